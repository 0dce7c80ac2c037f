"""What the system says of a file is told in our own words, whatever its language."""

from __future__ import annotations

import errno
import os

import pytest

from tests.support.windows_files import windows_error
from timer_app.domain.file_problems import file_problem
from timer_app.domain.messages import FileProblemId


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_no_error_is_reported_in_the_systems_words(number: int) -> None:
    said = str(file_problem(OSError(number, os.strerror(number))))
    assert os.strerror(number).casefold() not in said.casefold()


@pytest.mark.parametrize(
    ("number", "message_id"),
    [
        (errno.ENOSPC, FileProblemId.FULL), (errno.EDQUOT, FileProblemId.FULL),
        (errno.EROFS, FileProblemId.READ_ONLY), (errno.EACCES, FileProblemId.NOT_ALLOWED),
        (errno.ENOTDIR, FileProblemId.PATH_HAS_FILE), (errno.ELOOP, FileProblemId.LINKS_IN_CIRCLE),
        (errno.ENAMETOOLONG, FileProblemId.NAME_TOO_LONG), (errno.EISDIR, FileProblemId.IS_FOLDER),
    ],
)  # fmt: skip
def test_what_a_person_can_mend_has_a_sentence(number: int, message_id: FileProblemId) -> None:
    assert file_problem(OSError(number, "anything")).id is message_id


def test_an_unknown_one_is_named_by_its_number_or_kind() -> None:
    assert "4711" in str(file_problem(OSError(4711, "anything")))
    assert "OSError" in str(file_problem(OSError("anything")))


def test_windows_names_some_after_its_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(errno.errorcode, 10069, "WSAEDQUOT")
    assert file_problem(OSError(10069, "anything")).id is FileProblemId.FULL


@pytest.mark.parametrize(
    ("number", "code", "message_id"),
    [
        (19, errno.EACCES, FileProblemId.READ_ONLY),
        (23, errno.EACCES, FileProblemId.DISK_FAILED),
        (32, errno.EACCES, FileProblemId.IN_USE),
        (5, errno.EACCES, FileProblemId.NOT_ALLOWED),
        (2, errno.ENOENT, FileProblemId.NOT_THERE),
        (206, errno.ENOENT, FileProblemId.NAME_TOO_LONG),
        (112, errno.ENOSPC, FileProblemId.FULL),
        (39, errno.EINVAL, FileProblemId.FULL),
        (123, errno.EINVAL, FileProblemId.NAME_NOT_TAKEN),
        (1117, errno.EINVAL, FileProblemId.DISK_FAILED),
        (1224, errno.EINVAL, FileProblemId.IN_USE),
    ],
)
def test_windows_own_number_says_more_than_the_errno_made_of_it(
    number: int, code: int, message_id: FileProblemId
) -> None:
    assert file_problem(windows_error(number, code)).id is message_id


def test_an_error_of_windows_without_an_errno_is_named_by_its_number() -> None:
    """The interpreter takes EINVAL for it, which is about a name elsewhere."""
    assert "WinError 225" in str(file_problem(windows_error(225)))
