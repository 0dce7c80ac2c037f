"""What languages do differently where a text is made of parts."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import NOW
from timer_app.services.history import Bar, Bars, Scope
from timer_app.ui import wording
from timer_app.ui.history import words
from timer_app.ui.language import Language

UTC = ZoneInfo("UTC")


@pytest.fixture
def language(qapp: QApplication) -> Iterator[Language]:
    """What is spoken."""
    assert not qapp.closingDown()
    language = Language()
    yield language
    language.close()


@pytest.mark.parametrize(
    ("code", "said"), [("en", "One. %1 Two."), ("ru", "One. %1 Two."), ("ja", "One.%1Two.")]
)
def test_sentences_follow_each_other(language: Language, code: str, said: str) -> None:
    language.use(code)
    assert wording.joined("One.", "", "%1", "Two.") == said
    assert wording.joined("", "") == ""


@pytest.mark.parametrize(
    ("code", "month", "times"),
    [
        ("en", "November 2026", "12:00 – 12:00"),
        ("ru", "ноябрь 2026", "12:00 – 12:00"),
        ("ja", "2026年11月", "12:00～12:00"),
    ],
)
def test_a_month_and_times(language: Language, code: str, month: str, times: str) -> None:
    language.use(code)
    bars = Bars(Scope.MONTH, (Bar(NOW.date(), 0),), 0, NOW.date())
    assert words.bars_total(bars).partition("  ")[0] == month
    assert words.span(NOW, NOW, UTC) == times
