"""What a search field offers, as lines of a list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from timer_app.services.finder import Found, Origin, Suggestion


def merged(known: Sequence[Suggestion], found: Found) -> list[Suggestion]:
    """Kaiten's fresh words on a card replace what we remember; the typed words come last."""
    offered = {each.task.key: each for each in found.suggestions}
    for each in known:
        if each.origin is Origin.RECENT:
            offered.setdefault(each.task.key, each)
    for each in known:
        offered.setdefault(each.task.key, each)
    return list(offered.values())


def label(suggestion: Suggestion) -> str:
    """One line of the list."""
    match suggestion.origin:
        case Origin.WORDS:
            said = QCoreApplication.translate("Suggestions", "“%1” without a card")
            return said.replace("%1", suggestion.task.title)
        case Origin.RECENT | Origin.KAITEN:
            card = suggestion.task.card
            return (f"#{card.id}  " if card else "") + suggestion.task.title
