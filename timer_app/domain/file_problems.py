"""What an error of the system means for a file or folder, in our words. Pure.

The system's own words are in its language and its terms: they go to the log alone.
"""

from __future__ import annotations

import errno

from timer_app.domain.messages import FileProblemId
from timer_app.domain.user_message import UserMessage

_MEANINGS = {
    FileProblemId.FULL: ("ENOSPC", "EFBIG", "EDQUOT"),
    FileProblemId.READ_ONLY: ("EROFS",),
    FileProblemId.NOT_ALLOWED: ("EACCES", "EPERM"),
    FileProblemId.NOT_THERE: ("ENOENT",),
    FileProblemId.PATH_HAS_FILE: ("ENOTDIR", "EEXIST"),
    FileProblemId.IS_FOLDER: ("EISDIR",),
    FileProblemId.NOT_A_FILE: ("ENXIO", "ENODEV", "ESPIPE"),
    FileProblemId.NAME_TOO_LONG: ("ENAMETOOLONG",),
    FileProblemId.LINKS_IN_CIRCLE: ("ELOOP",),
    FileProblemId.IN_USE: ("EBUSY", "ETXTBSY", "EAGAIN", "EDEADLK"),
    FileProblemId.DISK_FAILED: ("EIO", "ESTALE", "EREMOTEIO"),
    FileProblemId.TOO_MANY_OPEN: ("EMFILE", "ENFILE"),
    FileProblemId.NAME_NOT_TAKEN: ("EILSEQ", "EINVAL"),
}
"""By the names of errors: not every system has each of them."""

_WINDOWS_MEANINGS = {
    FileProblemId.FULL: (39, 112, 1295),  # disk full, or the user's quota
    FileProblemId.READ_ONLY: (19,),
    FileProblemId.IN_USE: (32, 33, 303, 1224),  # shared, locked, being removed, mapped
    FileProblemId.NAME_TOO_LONG: (206,),
    FileProblemId.NAME_NOT_TAKEN: (123, 161),
    FileProblemId.LINKS_IN_CIRCLE: (1921,),
    FileProblemId.DISK_FAILED: (21, 23, 25, 27, 29, 30, 31, 1117, 1392),
}
"""By the numbers of Windows' errors, for which the interpreter has no errno or a coarser one.

Source: https://learn.microsoft.com/windows/win32/debug/system-error-codes
"""


def file_problem(error: OSError) -> UserMessage:
    """Why a file or folder could not be used, as a part of a sentence."""
    number = getattr(error, "winerror", None)
    for message_id, numbers in _WINDOWS_MEANINGS.items():
        if number in numbers:
            return UserMessage(message_id)
    if number and error.errno == errno.EINVAL:  # which the interpreter takes for all it knows not
        return UserMessage(FileProblemId.REFUSED, f"WinError {number}")
    # Windows has some of them by the names of its sockets alone: WSAEDQUOT.
    name = errno.errorcode.get(error.errno or 0, "").removeprefix("WSA")
    for message_id, names in _MEANINGS.items():
        if name in names:
            return UserMessage(message_id)
    return UserMessage(FileProblemId.REFUSED, name or error.errno or type(error).__name__)
