"""A comment as Kaiten can hold it (API page "Add time log")."""

from __future__ import annotations

MAX_COMMENT_UNITS = 4096


def truncate_comment(comment: str) -> str:
    """At most MAX_COMMENT_UNITS UTF-16 units, no pair split; halves of pairs are no text and go."""
    if not comment.strip():
        return ""
    units = comment.encode("utf-16-le", "surrogatepass")[: 2 * MAX_COMMENT_UNITS]
    return units.decode("utf-16-le", "ignore")
