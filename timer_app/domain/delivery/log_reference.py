"""The name of a time log: a reference to its entry, at the end of its comment.

Kaiten's log has no field for it (API page "Add time log"). With it several computers see that a
log of an entry is already there, and a log is matched exactly after an unknown outcome.
"""

from __future__ import annotations

import re

from timer_app.domain.entries.comment import MAX_COMMENT_UNITS, comment_units

_SEPARATOR = " · "
_TIMECROWD = "TimeCrowd "
_USUAL_DIGITS = 10
NAMED_COMMENT_UNITS = MAX_COMMENT_UNITS - comment_units(f"{_SEPARATOR}{_TIMECROWD}") - _USUAL_DIGITS
"""How long a comment may be, in UTF-16 units, so that its log's name fits behind it."""
_OWN_ID = "[0-9a-f]{12}"  # as the composition root makes them
_NAMED = re.compile(
    rf"(?P<comment>.*?)(?:^|[ \t]*·[ \t]*)(?P<reference>TimeCrowd[ \t]+(?P<number>[0-9]{{1,19}})"
    rf"|{_OWN_ID})\s*",
    re.DOTALL,
)


def timecrowd_reference(remote_id: str) -> str:
    """The reference of a log whose entry TimeCrowd knows as `remote_id`."""
    return f"{_TIMECROWD}{remote_id}"


def comment_with_reference(comment: str, reference: str) -> str:
    """The comment as Kaiten gets it, alone where `reference` is "".

    A comment that leaves no room keeps all its words, and its log has no name.
    """
    if not reference:
        return comment
    named = f"{comment}{_SEPARATOR}{reference}" if comment else reference
    return named if comment_units(named) <= MAX_COMMENT_UNITS else comment


def split_comment(text: str) -> tuple[str, str | None]:
    """The words of a log's comment and its reference, None where it does not end with one."""
    match = _NAMED.fullmatch(text)
    if match is None:
        return text, None
    number = match["number"]
    reference = timecrowd_reference(number) if number else match["reference"]
    return match["comment"], reference
