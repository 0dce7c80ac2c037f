"""The command line's end of the socket: whoever answers, and whatever is answered."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.support.app_socket import answering
from timer_app.adapters.setup.ipc.client import (
    AppError,
    AppExited,
    AppNotRunning,
    reading_answer,
    send_request,
)

GOOD = b'{"version": 1, "exit": 0, "document": {}, "messages": []}\n'
OTHER_USER = 65534


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """The folder of the socket, closed to others."""
    folder = tmp_path / "run"
    folder.mkdir(mode=0o700)
    return folder


def _ask(folder: Path) -> dict[str, object]:
    return send_request(str(folder / "app.sock"), "status", {}, 5)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(line=st.binary(max_size=80).map(lambda it: it.replace(b"\n", b"") + b"\n"))
@example(b"\n")
@example(b"\xff\xfe\n")
@example(b"null\n")
@example(b"[" * 100_000 + b"\n")
@example(b'{"version": 1}\n')
@example(b'{"version": 1, "exit": "0", "document": {}, "messages": []}\n')
@example(b'{"version": 1, "exit": true, "document": {}, "messages": []}\n')
@example(b'{"version": 1, "exit": 256, "document": {}, "messages": []}\n')
@example(b'{"version": 1, "exit": 0, "messages": []}\n')
@example(b'{"version": 1, "exit": 0, "document": {}, "messages": [1]}\n')
@example(b'{"version": 1, "exit": 0, "document": {}, "messages": "no"}\n')
def test_a_malformed_answer_is_an_error_that_says_what_to_do(run: Path, line: bytes) -> None:
    with answering(run / "app.sock", line), pytest.raises(AppError, match=r"restart|quit it"):
        _ask(run)


def test_an_answer_that_breaks_off_is_distinguished_from_a_malformed_one(run: Path) -> None:
    with answering(run / "app.sock", b'{"version": 1'), pytest.raises(AppExited):
        _ask(run)


def test_what_a_document_lacks_is_an_error_and_no_traceback() -> None:
    documents: list[object] = [{}, [], None, 5, "text", {"entry": 1}]
    for document in documents:
        with pytest.raises(AppError, match="quit it"), reading_answer():
            document["entry"]["id"]  # type: ignore[index]


def test_the_users_own_socket_is_used(run: Path) -> None:
    with answering(run / "app.sock", GOOD) as heard:
        assert _ask(run)["exit"] == 0
    assert heard


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
@pytest.mark.parametrize("given_away", ["run", "run/app.sock"])
def test_nothing_is_sent_to_another_users_socket(run: Path, given_away: str) -> None:
    with answering(run / "app.sock", GOOD) as heard:
        os.chown(run.parent / given_away, OTHER_USER, OTHER_USER)
        with pytest.raises(AppError, match="belongs to another user"):
            _ask(run)
        assert heard == []


def test_nothing_is_sent_where_others_may_put_a_socket(run: Path) -> None:
    with answering(run / "app.sock", GOOD) as heard:
        run.chmod(0o777)
        with pytest.raises(AppError, match="Other users can write"):
            _ask(run)
        assert heard == []


def test_a_file_in_the_sockets_place_is_named(run: Path) -> None:
    (run / "app.sock").touch()
    with pytest.raises(AppError, match=r"app\.sock is in the way"):
        _ask(run)


def test_without_a_socket_the_app_does_not_run(run: Path, tmp_path: Path) -> None:
    for folder in (run, tmp_path / "none", tmp_path / "file" / "run"):
        with pytest.raises(AppNotRunning):
            _ask(folder)
        (tmp_path / "file").touch()
