"""The goal of a day, as settings.toml says it."""

from __future__ import annotations

from pathlib import Path

import pytest

from timer_app.bootstrap.settings import ActiveSettings


@pytest.mark.parametrize(
    ("text", "seconds"), [("", 28_800), ('[time]\ndaily_goal = "7h30m"\n', 27_000),
                          ('[time]\ndaily_goal = "off"\n', 0)],
)  # fmt: skip
def test_daily_goal(tmp_path: Path, text: str, seconds: int) -> None:
    (tmp_path / "settings.toml").write_text(text)
    assert ActiveSettings(str(tmp_path / "settings.toml")).daily_goal() == seconds
