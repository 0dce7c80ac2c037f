"""The rows of the search list as values: what is offered, in which section, and in which words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from PySide6.QtCore import QCoreApplication

from timer_app.domain.entries.card import CardInfo
from timer_app.domain.entries.task import Task
from timer_app.domain.user_message import fill
from timer_app.services.entries.suggestions import Suggestion, SuggestionSource, TaskSearchResult


class Section(Enum):
    """A part of the list, in this order; what was typed itself stands last, without a heading."""

    PINNED = "pinned"
    RECENT = "recent"
    MY_CARDS = "my_cards"
    KAITEN = "kaiten"
    TIMECROWD = "timecrowd"
    TYPED = "typed"


_SECTIONS = {
    SuggestionSource.RECENT: Section.RECENT,
    SuggestionSource.MY_CARDS: Section.MY_CARDS,
    SuggestionSource.KAITEN: Section.KAITEN,
    SuggestionSource.TIMECROWD: Section.TIMECROWD,
    SuggestionSource.WORDS: Section.TYPED,
    SuggestionSource.ADDRESS: Section.TYPED,
}


@dataclass(frozen=True, slots=True)
class SearchRow:
    """A row: `details` are the parts of its second line.

    `minutes_today` is None for a task that nothing was done for today; one that `is_old` was shown
    by a service that does not answer now.
    """

    section: Section
    title: str
    details: tuple[str, ...]
    minutes_today: int | None
    is_old: bool
    suggestion: Suggestion


def search_rows(
    known: Collection[Suggestion],
    found: Mapping[SuggestionSource, TaskSearchResult],
    seconds_today: Mapping[str, int],
    *,
    without: Task | None = None,
) -> list[SearchRow]:
    """The rows of what is `known` at once and what was `found`, each task once.

    A source's answer takes the place of what was known of it, and Kaiten's fresh words on a card
    that of what is remembered. The task `without` is left out.
    """
    answered = [each for result in found.values() for each in result.suggestions]
    current = [each for each in known if each.origin not in found] + answered
    fresh = {each.task.key: each for each in current if each.info is not None and not each.is_old}
    known_keys = {each.task.key for each in current if each.remote is None}
    rows: dict[str, SearchRow] = {}
    for section in Section:
        for each in _of_section(current, section):
            if each.same_keys & known_keys:  # TimeCrowd's own name for one that is offered above
                continue
            rows.setdefault(row_key(each), _row(section, _refreshed(each, fresh), seconds_today))
    if without is not None:  # to choose what runs would only cut its entry in two
        rows.pop(without.key, None)
    return list(rows.values())


def row_key(suggestion: Suggestion) -> str:
    """What identifies a row: a new task at an address differs from those known there."""
    is_new = suggestion.origin is SuggestionSource.ADDRESS
    return f"{suggestion.task.key} new" if is_new else suggestion.task.key


def _of_section(current: Iterable[Suggestion], section: Section) -> Iterable[Suggestion]:
    for each in current:
        if section is (Section.PINNED if each.pinned else _SECTIONS[each.origin]):
            yield each


def _refreshed(suggestion: Suggestion, fresh: Mapping[str, Suggestion]) -> Suggestion:
    newer = fresh.get(suggestion.task.key)
    if newer is None or suggestion.origin is not SuggestionSource.RECENT:
        return suggestion
    task = replace(suggestion.task, title=newer.task.title)
    return replace(suggestion, task=task, info=newer.info)


def _row(section: Section, suggestion: Suggestion, seconds_today: Mapping[str, int]) -> SearchRow:
    seconds = seconds_today.get(suggestion.task.key)
    return SearchRow(
        section,
        suggestion.task.title,
        _details(suggestion),
        None if seconds is None else seconds // 60,
        suggestion.is_old,
        suggestion,
    )


def _details(suggestion: Suggestion) -> tuple[str, ...]:
    card, remote = suggestion.task.card, suggestion.remote
    parts = [f"#{card.id}"] if card else []
    if suggestion.info is not None:
        parts.append(card_place(suggestion.info))
    elif remote is not None:
        parts.append(" / ".join(each for each in (remote.team, remote.category) if each))
    if not card and remote is None:
        parts.append(QCoreApplication.translate("TaskSearch", "TimeCrowd only"))
    if suggestion.task.address and suggestion.origin is not SuggestionSource.ADDRESS:
        parts.append(suggestion.task.address.partition("://")[2])
    return tuple(each for each in parts if each)


def card_place(info: CardInfo) -> str:
    """Where a card lies, as far as Kaiten says it: space, board and column."""
    return " / ".join(each for each in (info.space, info.board, info.column) if each)


def section_heading(section: Section) -> str:
    """What stands above a section, "" for none."""
    match section:
        case Section.PINNED:
            return QCoreApplication.translate("TaskSearch", "Pinned")
        case Section.RECENT:
            return QCoreApplication.translate("TaskSearch", "Recent")
        case Section.MY_CARDS:
            return QCoreApplication.translate("TaskSearch", "My cards")
        case Section.KAITEN:
            return "Kaiten"
        case Section.TIMECROWD:
            return "TimeCrowd"
        case Section.TYPED:
            return ""


def row_label(row: SearchRow) -> str:
    """The row in one line."""
    label = task_label(row.suggestion.task)
    if row.suggestion.origin is SuggestionSource.ADDRESS:
        words = QCoreApplication.translate("TaskSearch", "New task at %1")
        return fill(words, row.suggestion.task.address)
    if row.section is Section.TYPED:
        words = QCoreApplication.translate("TaskSearch", "“%1” without a card")
        return fill(words, row.title)
    if row.section is Section.PINNED:
        label = f"★ {label}"
    if row.is_old:
        label = fill(QCoreApplication.translate("TaskSearch", "%1 (seen earlier)"), label)
    return label


def spoken_row(row: SearchRow) -> str:
    """The row as a screen reader says it: with its second line and its section."""
    label = row_label(row)
    details = (each for each in row.details if each not in label)  # a number is said once
    return ", ".join(each for each in (label, *details, section_heading(row.section)) if each)


def task_label(task: Task) -> str:
    """The task in a few words, its card's number before its title."""
    return f"#{task.card.id}  {task.title}" if task.card else task.title
