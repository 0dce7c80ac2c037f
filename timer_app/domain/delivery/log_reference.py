"""The reference of a time log to its entry, at the end of the log's comment.

Kaiten's log has no field for it (API page "Add time log"). With it several computers see that a
log of an entry is already there, and a log is matched exactly after an unknown outcome.
"""

from __future__ import annotations

import re

from timer_app.domain.entries.comment import MAX_COMMENT_UNITS, comment_units

_SEPARATOR = " · "
_TIMECROWD = "TimeCrowd "
_USUAL_DIGITS = 10
MAX_UNITS_WITH_REFERENCE = (
    MAX_COMMENT_UNITS - comment_units(f"{_SEPARATOR}{_TIMECROWD}") - _USUAL_DIGITS
)
"""How long a comment may be, in UTF-16 units, so that a reference fits behind it."""
_OWN_ID = "[0-9a-f]{12}"  # as the composition root makes them
_WITH_REFERENCE = re.compile(
    rf"(?P<comment>.*?)(?:^|[ \t]*·[ \t]*)(?P<reference>TimeCrowd[ \t]+(?P<number>[0-9]{{1,19}})"
    rf"|{_OWN_ID})\s*",
    re.DOTALL,
)


def timecrowd_reference(remote_id: str) -> str:
    """The reference of a log whose entry TimeCrowd knows as `remote_id`."""
    return f"{_TIMECROWD}{remote_id}"


def comment_with_reference(comment: str, reference: str) -> str:
    """The comment as Kaiten gets it, alone where `reference` is "".

    A comment that leaves no space for it is not shortened; its log has no reference.
    """
    if not reference:
        return comment
    combined = f"{comment}{_SEPARATOR}{reference}" if comment else reference
    return combined if comment_units(combined) <= MAX_COMMENT_UNITS else comment


def split_comment(text: str) -> tuple[str, str | None]:
    """A log's comment and its reference, None if it does not end with one."""
    match = _WITH_REFERENCE.fullmatch(text)
    if match is None:
        return text, None
    number = match["number"]
    reference = timecrowd_reference(number) if number else match["reference"]
    return match["comment"], reference
