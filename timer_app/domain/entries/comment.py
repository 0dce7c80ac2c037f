"""A comment as it is kept, and as Kaiten can hold it (API page "Add time log")."""

from __future__ import annotations

import unicodedata

from timer_app.domain.setup.typed_text import is_blank

MAX_COMMENT_UNITS = 4096


def comment_units(comment: str) -> int:
    """How long it is in UTF-16 units, which Kaiten counts."""
    return len(comment.encode("utf-16-le", "surrogatepass")) // 2


def clean_comment(comment: str) -> str:
    """The comment without outer blanks, control characters and halves of pairs; lines stay."""
    lines = comment.replace("\r\n", "\n").replace("\r", "\n")
    clean = "".join(
        each for each in lines if each in "\n\t" or unicodedata.category(each) not in ("Cc", "Cs")
    ).strip()
    return "" if is_blank(clean) else clean


def truncate_comment(comment: str) -> str:
    """At most MAX_COMMENT_UNITS UTF-16 units, no pair split; halves of pairs are no text and go."""
    if not comment.strip():
        return ""
    units = comment.encode("utf-16-le", "surrogatepass")[: 2 * MAX_COMMENT_UNITS]
    return units.decode("utf-16-le", "ignore")
