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

_SHARING_VIOLATIONS = (32, 33)  # Windows: another program has the file or a part of it


def file_problem(error: OSError) -> UserMessage:
    """Why a file or folder could not be used, as a part of a sentence."""
    if getattr(error, "winerror", None) in _SHARING_VIOLATIONS:  # its errno is EACCES
        return UserMessage(FileProblemId.IN_USE)
    # Windows has some of them by the names of its sockets alone: WSAEDQUOT.
    name = errno.errorcode.get(error.errno or 0, "").removeprefix("WSA")
    for message_id, names in _MEANINGS.items():
        if name in names:
            return UserMessage(message_id)
    return UserMessage(FileProblemId.REFUSED, name or error.errno or type(error).__name__)
