"""The search field: recent tasks at once, then what Kaiten says."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from tests.services.fakes import NOW, FakeCardBook
from tests.services.world import CARD, TASK, WORDS, World
from timer_app.domain.card import Card
from timer_app.domain.entry import Source
from timer_app.domain.outcome import NotSent, NotSentCause, Refused
from timer_app.domain.task import Task
from timer_app.services.finder import MOST_CARDS, Finder, Found, Origin, Suggestion
from timer_app.services.ports import CardInfo, ServiceProblem

INFO = CardInfo(CARD, "Ship it today", archived=False, board="Dev", column="Doing", minutes=90)
OTHER = CardInfo(Card(CARD.origin, 8), " ", archived=True, board="", column="", minutes=0)
RECENT_CARD = Suggestion(TASK, Origin.RECENT)
RECENT_WORDS = Suggestion(WORDS, Origin.RECENT)
OFFERED = Suggestion(Task("Ship it today", CARD), Origin.KAITEN, INFO)


def finder(world: World, book: FakeCardBook | None) -> Finder:
    for ago, task in enumerate((TASK, WORDS), start=1):
        began = NOW - timedelta(hours=ago)
        world.timer.add(task, Source.CLI, began, began + timedelta(minutes=1))
    return Finder(world.journal, world.clock, lambda: book, lambda: CARD.origin)


@pytest.mark.parametrize(
    ("words", "known"),
    [
        ("", (RECENT_CARD, RECENT_WORDS)),
        ("  ", (RECENT_CARD, RECENT_WORDS)),
        ("IT ship", (RECENT_CARD, Suggestion(Task("IT ship"), Origin.WORDS))),
        ("mail", (RECENT_WORDS, Suggestion(Task("mail"), Origin.WORDS))),
        ("Node.js", (Suggestion(Task("Node.js"), Origin.WORDS),)),
        ("https://acme.kaiten.ru/7", (RECENT_CARD,)),
        ("#99", ()),
        ("x" * 501, ()),
    ],
)
def test_known_at_once(world: World, words: str, known: tuple[Suggestion, ...]) -> None:
    assert finder(world, None).known(words) == known


def test_no_more_than_fit(world: World) -> None:
    finding = finder(world, None)
    for number in range(20):
        began = NOW - timedelta(minutes=30 - number)
        world.timer.add(Task(f"T{number}"), Source.CLI, began, began + timedelta(seconds=1))
    assert [s.task.title for s in finding.known("")] == [f"T{n}" for n in range(19, 11, -1)]


@pytest.mark.parametrize(
    ("words", "found", "searched"),
    [
        ("", Found(), []),
        ("7", Found((OFFERED,)), []),
        ("acme.kaiten.ru/7", Found((OFFERED,)), []),
        ("abc-12", Found((OFFERED,)), []),
        (
            "ship",
            Found((OFFERED, Suggestion(Task("#8", OTHER.card), Origin.KAITEN, OTHER))),
            [("ship", MOST_CARDS)],
        ),
        (
            "https://evil.example/7",
            Found(
                trouble="This address belongs to evil.example, but Timer App is set up for"
                " https://acme.kaiten.ru. Paste a card of that Kaiten."
            ),
            [],
        ),
    ],
)
def test_ask(world: World, words: str, found: Found, searched: list[tuple[str, int]]) -> None:
    book = FakeCardBook((INFO, OTHER), {"ABC-12": INFO})
    assert asyncio.run(finder(world, book).ask(words)) == found
    assert book.searched == searched


@pytest.mark.parametrize("words", ["ship", "7"])
def test_kaitens_no_is_said(world: World, words: str) -> None:
    outcome = Refused(403, ())
    book = FakeCardBook(problem=ServiceProblem(outcome))
    assert asyncio.run(finder(world, book).ask(words)) == Found(trouble=outcome.reason)


def test_a_very_long_title_is_cut_and_hides_no_other_card(world: World) -> None:
    long = CardInfo(CARD, "x" * 1000, archived=False, board="", column="", minutes=0)
    found = asyncio.run(finder(world, FakeCardBook((long, OTHER))).ask("words"))
    assert [s.task.title for s in found.suggestions] == ["x" * 499 + "…", "#8"]


def test_kaiten_is_not_set_up(world: World) -> None:
    finding = finder(world, None)
    said = "Kaiten is not set up: timer-app config set kaiten.url ADDRESS"
    assert asyncio.run(finding.ask("#7")) == Found(trouble=said)
    assert asyncio.run(finding.ask("mail")) == Found()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("https://acme.kaiten.ru/7", Found((RECENT_CARD,), "No connection.")),
        ("#99", Found((Suggestion(Task("#99", Card(CARD.origin, 99)), Origin.RECENT),),
                      "No connection.")),
        ("ABC-12", Found(trouble="No connection.")),
        ("some words", Found(trouble="No connection.")),
    ],
)  # fmt: skip
def test_without_kaiten_a_card_can_be_started_all_the_same(
    world: World, words: str, found: Found
) -> None:
    offline = ServiceProblem(NotSent(NotSentCause.OFFLINE, "No connection."))
    book = FakeCardBook(problem=offline)
    assert asyncio.run(finder(world, book).ask(words)) == found


def test_a_number_means_that_card_and_no_other_that_holds_it(world: World) -> None:
    longer = Task("Another", Card(CARD.origin, 51234))
    began = NOW - timedelta(minutes=9)
    finding = finder(world, None)
    world.timer.add(longer, Source.CLI, began, began + timedelta(minutes=1))
    assert finding.known("123") == ()
    assert finding.known(f"{CARD.origin}/5123") == ()
    assert finding.known("51234") == (Suggestion(longer, Origin.RECENT),)


def test_pinned_tasks_come_first_and_stay(world: World) -> None:
    finder = Finder(world.journal, world.clock, lambda: None, lambda: CARD.origin)
    for task in (TASK, WORDS):
        world.timer.start(task, Source.CLICK)
        world.clock.move(minutes=1)
    new = Task("Never worked on")
    assert finder.pin(new, pinned=True) == ""
    world.clock.move(minutes=1)
    assert finder.pin(TASK, pinned=True) == ""
    assert [(each.task, each.pinned) for each in finder.known("")] == [
        (new, True), (TASK, True), (WORDS, False),
    ]  # fmt: skip
    assert [each.task for each in finder.known("never")] == [new, Task("never")]
    finder.pin(new, pinned=False)
    assert [each.task for each in finder.known("")] == [TASK, WORDS]
    assert world.journal.recent_tasks(1) == [WORDS]


def test_a_pin_that_cannot_be_written_says_so(world: World) -> None:
    finder = Finder(world.journal, world.clock, lambda: None, lambda: CARD.origin)
    world.journal.connection.execute("PRAGMA query_only = 1")
    assert "cannot be written" in finder.pin(TASK, pinned=True)
    world.journal.connection.execute("PRAGMA query_only = 0")
    assert finder.known("") == ()
