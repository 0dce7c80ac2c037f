"""How notices read."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest

from tests.services.fakes import NOW
from timer_app.domain.reminders.notice import ClockChangedNotice, notice_message


@pytest.mark.parametrize(
    ("shift", "text"),
    [
        (timedelta(days=-2, microseconds=3), "set back by 2 d while"),
        (timedelta(days=-1, hours=-3), "set back by 1 d 3:00:00 while"),
        (timedelta(seconds=59.6), "set forward by 0:01:00 while"),
        (timedelta(hours=498865, minutes=30, seconds=10), "set forward by 20786 d 1:30:10 while"),
    ],
)
def test_a_clock_was_set_by_whole_units(shift: timedelta, text: str) -> None:
    assert text in str(notice_message(ClockChangedNotice(shift, NOW), UTC))
