"""doctor --bundle: useful to who reads it, and nothing of the user's in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from tests.cli.support import CARD_ID, CARD_TITLE, TOKENS, owner_only
from tests.support.tools import tool
from timer_app.sandbox import FaultKind

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.support import Services, TimerApp
    from tests.support.secret_service import SecretService

TITLE = "Canarytitle merger with Acme"
COMMENT = "Canarycomment was late, see https://canarylink.example/x?token=canaryquery"
IN_SETTINGS = "Canaryremark"
_REFUSAL = f'{{"message": "{TITLE}: no. {COMMENT}"}}'
PROXY = "http://canaryuser@canaryproxy.example:3128"


def _private(app: TimerApp, services: Services) -> list[str]:
    """What nobody else may read; single words, so that a part of a text is found too."""
    return [
        *TOKENS.values(), "Canary", "canary", "merger", "Acme", "late", CARD_TITLE, str(CARD_ID),
        "Dana", "dana", services.timecrowd_url, services.kaiten_url, "127.0.0.1", "11609", "36543",
        str(app.home), app.environment["HOME"],
    ]  # fmt: skip


def _report(app: TimerApp, file: Path, code: int | None = None) -> str:
    app.run("doctor", "--bundle", str(file), code=code)
    text = file.read_text(encoding="utf-8")
    assert owner_only(file)
    file.unlink()
    return text


def _fill(app: TimerApp, services: Services) -> None:
    """Work in every way that leaves a trace: done, refused, unknown, with the log turned up."""
    app.environment["TIMER_APP_LOG"] = "debug"
    app.configure(services.settings(f"# {IN_SETTINGS}\n"))
    app.run("start", services.card(), "--comment", COMMENT)
    app.run("stop")
    app.run("add", "--task", TITLE, "--from", "-20m", "--for", "5m", "--comment", COMMENT)
    services.fault("timecrowd", FaultKind.STATUS, "POST", status=422, body=_REFUSAL)
    app.run("add", "--task", TITLE, "--from", "-40m", "--for", "5m", code=None)
    services.clear_faults()
    services.fault("kaiten", FaultKind.HANG_AFTER_COMMIT, "POST", "time-logs", times=None)
    app.run("add", services.card(), "--from", "-60m", "--for", "5m", "--wait", "1", code=None)
    services.clear_faults()
    services.release()
    app.run("start", "--task", TITLE)


def test_nothing_private_is_in_it(app: TimerApp, services: Services, tmp_path: Path) -> None:
    _fill(app, services)
    log = (app.home / "log" / "command-line.log").read_text(encoding="utf-8")
    (app.home / "log" / "command-line.log").write_text(log + _A_BUG, encoding="utf-8")
    text = _report(app, tmp_path / "report.txt")
    assert not [word for word in _private(app, services) if word in text], text

    # With everything wrong that can be: the remedies of doctor quote what is typed in settings.
    services.down("timecrowd")
    services.revoke("kaiten")
    ca_file = tmp_path / "Canaryfile.pem"
    ca_file.write_text("Canary")
    for more in (
        f'[network]\nproxy = "{PROXY}"\nca_file = "{ca_file}"\n',
        f'[network]\nproxy = "{PROXY}"\n',
        f'[{IN_SETTINGS}]\nCanarykey = "{TOKENS["kaiten"]}"\n',
        f'[time]\nrounding = "{IN_SETTINGS}"\n',
        IN_SETTINGS,
    ):
        app.configure(services.settings(more))
        text = _report(app, tmp_path / "report.txt")
        assert not [word for word in _private(app, services) if word in text], text


_A_BUG = (
    "2026-11-25 09:00:00,000 ERROR 7 timer_app.tray.lifecycle a task ended by a bug\n"
    "Traceback (most recent call last):\n"
    '  File "/home/Canary/x/timer_app/services/delivery/sender.py", line 12, in _take\n'
    '    raise ValueError("Canarytitle merger")\n'
    "ValueError: Canarytitle merger\n"
    "2026-11-25 09:00:00,001 WARNING 7 timer_app.tray.lifecycle"
    " shown to the user: Canarytitle merger\n"
    "2026-11-25 09:00:00,002 INFO 7 aiohttp.access GET /Canary merger\n"
)


def test_what_is_needed_is_in_it(app: TimerApp, services: Services, tmp_path: Path) -> None:
    _fill(app, services)
    log = app.home / "log" / "command-line.log"
    log.write_text(log.read_text(encoding="utf-8") + _A_BUG, encoding="utf-8")
    services.revoke("kaiten")
    text = _report(app, tmp_path / "report.txt", code=4)
    for expected in (
        "timer-app 0.1.0 (commit ", "Python 3.", "ok       timecrowd          Accepts the token.",
        "problem  kaiten             token_refused", "time.rounding = 'carry'",
        "kaiten.url: set", "entries: 5", "kind=log attempt=1 outcome=Done", "outcome=Refused",
        "timer_app.adapters.http.client", "timer_app/services/delivery/sender.py:12 _take",
        "    ValueError\n",
    ):  # fmt: skip
        assert expected in text, text


def test_a_file_that_is_there_is_left_alone(bare_app: TimerApp, tmp_path: Path) -> None:
    file = tmp_path / "thesis.txt"
    file.write_text("mine")
    ended = bare_app.run("doctor", "--bundle", str(file), code=1)
    assert "already exists" in ended.err
    assert file.read_text() == "mine"
    nowhere = bare_app.run("doctor", "--bundle", str(tmp_path / "no" / "where.txt"), code=1)
    assert "could not be written" in nowhere.err


def test_a_report_that_did_not_fit_is_not_in_the_way(bare_app: TimerApp, tmp_path: Path) -> None:
    full = (tool("prlimit"), "--fsize=100")  # as on a full disk
    bare_app.environment["PYTHONDONTWRITEBYTECODE"] = "1"  # or the checkout keeps a half of some
    refused = bare_app.run("doctor", "--bundle", str(tmp_path / "r"), code=1, prefix=full)
    assert "could not be written" in refused.err
    assert not (tmp_path / "r").exists()
    assert _report(bare_app, tmp_path / "r")


def test_with_a_journal_that_is_none(app: TimerApp, keyring: SecretService, tmp_path: Path) -> None:
    keyring.lock()
    app.run("start", "--task", TITLE, "--wait", "0", code=3)
    app.journal.with_name("journal.sqlite3-wal").unlink(missing_ok=True)
    app.journal.write_bytes(b"Canary" * 1000)
    text = _report(app, tmp_path / "report.txt", code=4)
    keyring.unlock()
    assert "problem  journal            It cannot be opened." in text
    assert "DatabaseError" in text
    assert "problem  keyring            It is locked." in text
    assert "Canary" not in text


def test_a_journal_with_a_strange_name_is_read(
    app: TimerApp, services: Services, tmp_path: Path
) -> None:
    home = tmp_path / "50% #1?"
    home.mkdir(mode=0o700)
    app.environment["TIMER_APP_HOME"] = str(home)
    (home / "settings.toml").write_text(services.settings(), encoding="utf-8")
    app.run("start", "--task", TITLE)
    with closing(sqlite3.connect(home / "journal.sqlite3")) as journal:
        assert journal.execute("SELECT count(*) FROM entry").fetchone() == (1,)
    assert "entries: 1" in _report(app, tmp_path / "report.txt")
