"""What commands say of an app that hangs, or that ends before it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.app_socket import answering, hung
from timer_app.adapters.file_lock import acquire_file_lock
from timer_app.adapters.paths import app_paths
from timer_app.adapters.setup.ipc import client
from timer_app.cli import run, watch
from timer_app.cli.doctor import checks
from timer_app.cli.main import main
from timer_app.tray import launch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

HUNG = (
    "timer-app: Timer App did not answer within 0 s. If it hangs, end its process and start it"
    " again."
)
ENDED = "timer-app: Timer App ended before it answered."
AFTERWARDS = "`timer-app status` and `timer-app log` tell whether the command was carried out."
CHANGES = (
    ("start", "--task", "Inbox"), ("stop",), ("toggle",), ("cancel",), ("undo",), ("sync",),
    ("drop", "7"), ("retry", "7"), ("away", "keep"), ("add", "7", "--from", "9:00", "--for", "5m"),
    ("edit", "7", "--comment", "Hm"), ("delete", "7"), ("split", "7", "--at", "9:00"),
    ("audit", "--repair", "all"),
)  # fmt: skip
QUESTIONS = (("log",), ("cards",), ("problems",), ("away",), ("audit",))


@pytest.fixture
def socket_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the app of an empty home listens."""
    monkeypatch.setenv("TIMER_APP_HOME", str(tmp_path))
    (tmp_path / "run").mkdir(mode=0o700)
    return tmp_path / "run" / "app.sock"


@pytest.fixture
def hung_app(socket_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One that takes requests and never answers. No command waits long for it."""

    def ask(path: str, command: str, words: Mapping[str, str], _: float) -> dict[str, object]:
        return client.send_request(path, command, words, 0.01)

    for module in (run, launch, checks):
        monkeypatch.setattr(module, "send_request", ask)
    monkeypatch.setattr(client, "APP_TIMEOUT", 0.01)
    monkeypatch.setattr(watch, "FIRST_ANSWER_SECONDS", 0.01)
    with hung(socket_path):
        yield


@pytest.mark.usefixtures("hung_app")
@pytest.mark.parametrize("words", CHANGES, ids=lambda words: words[0])
def test_a_hung_app_may_have_carried_out_a_change(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 1
    assert capsys.readouterr().err == f"{HUNG} {AFTERWARDS}\n"


@pytest.mark.usefixtures("hung_app")
@pytest.mark.parametrize("words", [("status",), ("quit",), *QUESTIONS], ids=lambda words: words[0])
def test_a_question_to_a_hung_app_names_no_other_question(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 1
    assert capsys.readouterr().err == f"{HUNG}\n"


@pytest.mark.usefixtures("hung_app")
def test_a_setting_is_kept_beside_a_hung_app(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(("config", "set", "time.daily_goal", "7h")) == 0
    said = capsys.readouterr()
    assert said.err == f"{HUNG}\n"
    assert "7h" in said.out


@pytest.mark.usefixtures("hung_app")
def test_a_second_start_beside_a_hung_app(capsys: pytest.CaptureFixture[str]) -> None:
    paths = app_paths()
    paths.make()
    lock = acquire_file_lock(paths.instance_lock)
    assert lock
    try:
        assert main(()) == 1
    finally:
        lock.release()
    assert capsys.readouterr().err == f"{HUNG}\n"


@pytest.mark.parametrize("words", CHANGES, ids=lambda words: words[0])
def test_an_app_that_ends_may_have_carried_out_a_change(
    words: tuple[str, ...], socket_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with answering(socket_path, b""):
        assert main(words) == 1
    assert capsys.readouterr().err == f"{ENDED} {AFTERWARDS}\n"


@pytest.mark.parametrize("words", QUESTIONS, ids=lambda words: words[0])
def test_an_app_that_ends_leaves_a_question_unanswered(
    words: tuple[str, ...], socket_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with answering(socket_path, b""):
        assert main(words) == 1
    assert capsys.readouterr().err == f"{ENDED}\n"


def test_an_app_that_ends_leaves_the_status_in_its_journal(
    socket_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with answering(socket_path, b""):
        assert main(("status", "--format", "{state}")) == 0
    assert capsys.readouterr() == ("idle\n", "")


def test_an_app_that_ends_without_an_answer_has_quit(socket_path: Path) -> None:
    with answering(socket_path, b""):
        assert main(("quit",)) == 0


@pytest.mark.usefixtures("hung_app")
def test_doctor_names_one_way_out() -> None:
    found = checks.app_finding(app_paths())
    assert f"{found.detail} {found.remedy}".strip() in HUNG


@pytest.mark.usefixtures("hung_app")
def test_watch_beside_a_hung_app_tells_what_the_journal_holds() -> None:
    lines: list[str] = []

    def write(document: watch.Document) -> bool:
        lines.append(document["state"])
        return False

    assert watch.watch(app_paths(), write) == 0
    assert lines == ["idle"]
