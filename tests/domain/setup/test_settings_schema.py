"""What each kind of setting accepts, in the ways that it is typed."""

from __future__ import annotations

import pytest

from timer_app.domain.setup.settings_schema import SETTINGS


@pytest.mark.parametrize(
    ("key", "typed", "kept"),
    [
        ("time.daily_goal", "8", "8h"),
        ("time.daily_goal", "480", "8h"),
        ("time.daily_goal", "７：３０", "7h30m"),
        ("time.idle_after", "10", "10m"),
        ("time.idle_after", "полчаса", "30m"),
        ("time.remind_after", "ｏｆｆ", "off"),
        ("time.day_start", "午前4時", "04:00"),
        ("time.day_start", "４", "04:00"),
        ("time.rounding", "ｃａｒｒｙ", "carry"),
        ("timecrowd.team_id", "１１６０９", 11609),
        ("timecrowd.follow_devices", "ｔｒｕｅ", True),
        ("kaiten.url", "\u200bhttps://acme.kaiten.ru\ufeff", "https://acme.kaiten.ru"),
        ("kaiten.url", "ａｃｍｅ", "https://acme.kaiten.ru"),
        ("hotkeys.toggle", "Ｃｔｒｌ＋Ａｌｔ＋Ｕ", "Ctrl+Alt+U"),
    ],
)
def test_what_an_input_method_types_is_read(key: str, typed: str, kept: object) -> None:
    kind = SETTINGS[key].kind
    assert kind.check(kind.parse(typed)) == kept
