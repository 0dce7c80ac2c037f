"""One TLS context for both services, made anew for who found no connection by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from timer_app.adapters.http.trust import CaFileError, SharedTrust


def test_both_services_share_one_context() -> None:
    trust = SharedTrust("")
    assert trust.context_for("timecrowd") is trust.context_for("kaiten")


def test_who_asks_again_gets_one_that_reads_the_store_anew() -> None:
    trust = SharedTrust("")
    first = trust.context_for("timecrowd")
    trust.context_for("kaiten")
    second = trust.context_for("timecrowd")
    assert second is not first
    assert trust.context_for("kaiten") is second


def test_a_file_that_is_mended_counts_at_the_next_question(tmp_path: Path) -> None:
    trust = SharedTrust(str(tmp_path / "none.pem"))
    for _ in range(2):
        with pytest.raises(CaFileError):
            trust.context_for("timecrowd")
