"""Which of two versions is newer."""

from __future__ import annotations

import pytest

from timer_app.domain.setup.release import is_newer


@pytest.mark.parametrize(
    ("found", "ours", "newer"),
    [
        ("0.2.0", "0.1.0", True), ("v0.2", "0.1.9", True), ("0.10.0", "0.9.0", True),
        ("1.0", "1.0.0", False), ("1", "1.0.0", False), ("0.1.0", "0.1.0", False),
        ("0.0.9", "0.1.0", False), ("0.2.0rc1", "0.1.0", False), ("nightly", "0.1.0", False),
        ("", "0.1.0", False), ("1.2.3.4.5", "0.1.0", False), ("9" * 400, "0.1.0", False),
        ("٢.٠", "0.1.0", False), ("0.2.0", "0.1.0.dev1", False),
    ],
)  # fmt: skip
def test_is_newer(found: str, ours: str, *, newer: bool) -> None:
    assert is_newer(found, ours) is newer
