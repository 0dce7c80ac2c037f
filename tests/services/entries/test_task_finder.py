"""The search field: recent tasks at once, then what Kaiten says."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import NoReturn

import pytest

from tests.services.entries.finding import CALL, make_finder
from tests.services.fakes import NOW, FakeCardDirectory, FakeTaskDirectory
from tests.services.world import CARD, TASK, WORDS, World
from timer_app.domain.delivery.outcomes import NotSent, NotSentCause, Refused
from timer_app.domain.entries.card import Card, CardInfo
from timer_app.domain.entries.entry import Source
from timer_app.domain.entries.task import Task
from timer_app.domain.errors import BadInput, JournalError
from timer_app.domain.messages import AddressMessageId, JournalMessageId, TaskMessageId
from timer_app.services.delivery.ports import ServiceCallError
from timer_app.services.entries.card_lookup import CardRefused
from timer_app.services.entries.suggestions import Suggestion, SuggestionSource, TaskSearchResult
from timer_app.services.entries.task_finder import MAX_CARDS, TaskFinder

INFO = CardInfo(CARD, "Ship it today", archived=False, board="Dev", column="Doing", minutes=90)
OTHER = CardInfo(Card(CARD.origin, 8), " ", archived=True, board="", column="", minutes=0)
TASK_SHOWN = Task("Ship it today", CARD)
RECENT_CARD = Suggestion(TASK, SuggestionSource.RECENT)
RECENT_WORDS = Suggestion(WORDS, SuggestionSource.RECENT)
OFFERED = Suggestion(Task("Ship it today", CARD), SuggestionSource.KAITEN, INFO)


def finder(world: World, book: FakeCardDirectory | None) -> TaskFinder:
    for ago, task in enumerate((TASK, WORDS), start=1):
        began = NOW - timedelta(hours=ago)
        world.timer.add(task, Source.CLI, began, began + timedelta(minutes=1))
    return make_finder(world, book)


@pytest.mark.parametrize(
    ("words", "known"),
    [
        ("", (RECENT_CARD, RECENT_WORDS)),
        ("  ", (RECENT_CARD, RECENT_WORDS)),
        ("IT ship", (RECENT_CARD, Suggestion(Task("IT ship"), SuggestionSource.WORDS))),
        ("mail", (RECENT_WORDS, Suggestion(Task("mail"), SuggestionSource.WORDS))),
        ("Node.js", (Suggestion(Task("Node.js"), SuggestionSource.WORDS),)),
        ("https://acme.kaiten.ru/7", (RECENT_CARD,)),
        ("#99", ()),
        ("x" * 501, ()),
    ],
)
def test_known_at_once(world: World, words: str, known: tuple[Suggestion, ...]) -> None:
    assert finder(world, None).local_suggestions(words) == known


def test_no_more_than_fit(world: World) -> None:
    finding = finder(world, None)
    for number in range(20):
        began = NOW - timedelta(minutes=30 - number)
        world.timer.add(Task(f"T{number}"), Source.CLI, began, began + timedelta(seconds=1))
    assert [s.task.title for s in finding.local_suggestions("")] == [
        f"T{n}" for n in range(19, 11, -1)
    ]


@pytest.mark.parametrize(
    ("words", "found", "searched"),
    [
        ("", TaskSearchResult(), []),
        ("7", TaskSearchResult((OFFERED,)), []),
        ("acme.kaiten.ru/7", TaskSearchResult((OFFERED,)), []),
        ("abc-12", TaskSearchResult((OFFERED,)), []),
        (
            "ship",
            TaskSearchResult(
                (OFFERED, Suggestion(Task("#8", OTHER.card), SuggestionSource.KAITEN, OTHER))
            ),
            [("ship", MAX_CARDS)],
        ),
    ],
)
def test_ask(
    world: World, words: str, found: TaskSearchResult, searched: list[tuple[str, int]]
) -> None:
    book = FakeCardDirectory((INFO, OTHER), {"ABC-12": INFO})
    assert asyncio.run(finder(world, book).search(words)) == found
    assert book.searched == searched


def test_nobody_is_asked_about_another_sites_address(world: World) -> None:
    book = FakeCardDirectory((INFO, OTHER))
    found = asyncio.run(finder(world, book).search("https://evil.example/7"))
    assert (found.suggestions, book.searched, found.error) == ((), [], None)
    found = asyncio.run(finder(world, book).search("https://me:pw@evil.example/7"))
    assert isinstance(found.error, BadInput)
    assert found.error.message_id is AddressMessageId.HOLDS_A_LOGIN
    assert finder(world, book).local_suggestions("https://me:pw@evil.example/7") == ()


@pytest.mark.parametrize("words", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_what_is_no_web_address_is_no_title(world: World, words: str) -> None:
    finding = finder(world, FakeCardDirectory((INFO,)))
    assert finding.local_suggestions(words) == ()
    assert isinstance(asyncio.run(finding.search(words)).error, BadInput)


def test_an_address_is_offered_as_what_it_was_and_as_a_new_task(world: World) -> None:
    finding = finder(world, FakeCardDirectory((INFO,)))
    message = "https://www.chatwork.com/#!rid1-2"
    known, linked = Task("Answer", None, message), Task("Ask", CARD, message, "Sales")
    for task in (known, Task("Mail"), linked):
        world.timer.start(task, Source.CLI)
    assert [(each.task, each.origin) for each in finding.local_suggestions(f"<{message}>")] == [
        (linked, SuggestionSource.RECENT),
        (Task("Answer", None, message, "Sales"), SuggestionSource.RECENT),
        (Task("", None, message, "Sales"), SuggestionSource.ADDRESS),
    ]
    other = "https://example.com/a?b=1"
    assert [each.task for each in finding.local_suggestions(f"{other}#c")] == [
        Task("", None, other)
    ]


@pytest.mark.parametrize("words", ["ship", "7"])
def test_kaitens_no_is_reported(world: World, words: str) -> None:
    problem = ServiceCallError(Refused(403, ()))
    book = FakeCardDirectory(problem=problem)
    assert asyncio.run(finder(world, book).search(words)) == TaskSearchResult(error=problem)


def test_a_very_long_title_is_cut_and_hides_no_other_card(world: World) -> None:
    long = CardInfo(CARD, "x" * 1000, archived=False, board="", column="", minutes=0)
    found = asyncio.run(finder(world, FakeCardDirectory((long, OTHER))).search("words"))
    assert [s.task.title for s in found.suggestions] == ["x" * 499 + "…", "#8"]


def test_kaiten_is_not_set_up(world: World) -> None:
    finding = finder(world, None)
    trouble = asyncio.run(finding.search("#7")).error
    assert isinstance(trouble, CardRefused)
    assert trouble.message_id is TaskMessageId.KAITEN_NOT_SET_UP
    assert asyncio.run(finding.search("mail")) == TaskSearchResult()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("https://acme.kaiten.ru/7", (RECENT_CARD,)),
        ("#99", (Suggestion(Task("#99", Card(CARD.origin, 99)), SuggestionSource.RECENT),)),
        ("ABC-12", ()),
        ("some words", ()),
    ],
)
def test_without_kaiten_a_card_can_be_started_all_the_same(
    world: World, words: str, found: tuple[Suggestion, ...]
) -> None:
    offline = ServiceCallError(NotSent(NotSentCause.OFFLINE, "No connection."))
    book = FakeCardDirectory(problem=offline)
    assert asyncio.run(finder(world, book).search(words)) == TaskSearchResult(found, offline)


def test_a_number_means_that_card_and_no_other_that_holds_it(world: World) -> None:
    longer = Task("Another", Card(CARD.origin, 51234))
    began = NOW - timedelta(minutes=9)
    finding = finder(world, None)
    world.timer.add(longer, Source.CLI, began, began + timedelta(minutes=1))
    assert finding.local_suggestions("123") == ()
    assert finding.local_suggestions(f"{CARD.origin}/5123") == ()
    assert finding.local_suggestions("51234") == (Suggestion(longer, SuggestionSource.RECENT),)


def test_pinned_tasks_come_first_and_stay(world: World) -> None:
    finder = make_finder(world)
    for task in (TASK, WORDS):
        world.timer.start(task, Source.CLICK)
        world.clock.move(minutes=1)
    new = Task("Never worked on")
    assert finder.pin(new, pinned=True) is None
    world.clock.move(minutes=1)
    assert finder.pin(TASK, pinned=True) is None
    assert [(each.task, each.pinned) for each in finder.local_suggestions("")] == [
        (new, True), (TASK, True), (WORDS, False),
    ]  # fmt: skip
    assert [each.task for each in finder.local_suggestions("never")] == [new, Task("never")]
    finder.pin(new, pinned=False)
    assert [each.task for each in finder.local_suggestions("")] == [TASK, WORDS]
    assert world.journal.recent_tasks(1) == [WORDS]


def test_a_pin_that_cannot_be_written_says_so(world: World) -> None:
    finder = make_finder(world)
    world.journal.connection.execute("PRAGMA query_only = 1")
    assert "is read-only" in str(finder.pin(TASK, pinned=True))
    world.journal.connection.execute("PRAGMA query_only = 0")
    assert finder.local_suggestions("") == ()


@pytest.mark.parametrize("words", ["café", "cafe\u0301", "ＣＡＦÉ"])
def test_an_accent_and_a_width_are_found_however_they_are_typed(world: World, words: str) -> None:
    world.timer.start(Task("Café"), Source.CLICK)
    found = finder(world, None).local_suggestions(words)
    assert found[0].task == Task("Café")


def test_a_card_is_pasted_beside_its_title(world: World) -> None:
    world.timer.start(TASK, Source.CLICK)
    pasted = f"Ship it\u200b <{CARD.url}>."
    assert [each.task for each in finder(world, None).local_suggestions(pasted)] == [TASK]


# -- lists without words, and TimeCrowd's tasks

OFFLINE = ServiceCallError(NotSent(NotSentCause.OFFLINE, "No connection."))
MY_CARDS, TIMECROWD = SuggestionSource.MY_CARDS, SuggestionSource.TIMECROWD


def test_own_cards_are_asked_for_once_a_minute_and_offered_ever_after(world: World) -> None:
    book = FakeCardDirectory((INFO,))
    finding = finder(world, book)
    own = Suggestion(Task("Ship it today", CARD), MY_CARDS, INFO)
    assert own not in finding.local_suggestions("")
    for _ in range(2):
        found = asyncio.run(finding.ask(MY_CARDS, ""))
        assert found == TaskSearchResult((own,), source=MY_CARDS)
    assert book.my_cards_asked == 1
    assert finding.local_suggestions("")[-1] == own
    assert own in finding.local_suggestions("SHIP today")
    assert own not in finding.local_suggestions("mail")
    world.clock.move(seconds=59)
    asyncio.run(finding.ask(MY_CARDS, ""))
    assert book.my_cards_asked == 1
    world.clock.move(seconds=1)
    asyncio.run(finding.ask(MY_CARDS, ""))
    assert book.my_cards_asked == 2


def test_a_clock_that_was_set_back_holds_no_list_up(world: World) -> None:
    book = FakeCardDirectory((INFO,))
    finding = finder(world, book)
    asyncio.run(finding.ask(MY_CARDS, ""))
    world.clock.move(hours=-1)
    asyncio.run(finding.ask(MY_CARDS, ""))
    assert book.my_cards_asked == 2


def test_offline_what_was_seen_last_is_offered_marked(world: World) -> None:
    book, tasks = FakeCardDirectory((INFO,)), FakeTaskDirectory((CALL,))
    finding = make_finder(world, book, tasks)
    asyncio.run(finding.ask(MY_CARDS, ""))
    asyncio.run(finding.ask(SuggestionSource.KAITEN, "ship"))
    asyncio.run(finding.ask(TIMECROWD, "call"))
    book.problem = tasks.problem = OFFLINE
    world.clock.move(minutes=1)
    own = asyncio.run(finding.ask(MY_CARDS, ""))
    assert ([each.is_old for each in own.suggestions], own.error) == ([True], OFFLINE)
    for source, words in ((SuggestionSource.KAITEN, "it ship"), (TIMECROWD, "WEEKLY")):
        found = asyncio.run(finding.ask(source, words))
        assert ([each.is_old for each in found.suggestions], found.error) == ([True], OFFLINE)
        none = asyncio.run(finding.ask(source, "elsewhere"))
        assert (none.suggestions, none.error) == ((), OFFLINE)
    book.problem = None
    world.clock.move(minutes=1)
    assert not asyncio.run(finding.ask(MY_CARDS, "")).suggestions[0].is_old


def test_after_a_restart_the_lists_seen_last_are_there_marked(world: World) -> None:
    """At once, and before anybody was asked; words that hold one find it while offline."""
    book, tasks = FakeCardDirectory((INFO,)), FakeTaskDirectory(most_used=(CALL,))
    before = make_finder(world, book, tasks)
    shown = [asyncio.run(before.ask(source, "")).suggestions for source in (MY_CARDS, TIMECROWD)]
    marked = tuple(replace(each, is_old=True) for (each,) in shown)

    book.problem = tasks.problem = OFFLINE
    after = make_finder(world, book, tasks)
    assert (after.my_cards, after.local_suggestions("")) == (marked[:1], marked)
    assert after.local_suggestions("ship")[0] == marked[0]
    assert asyncio.run(after.ask(MY_CARDS, "")) == TaskSearchResult(marked[:1], OFFLINE, MY_CARDS)
    assert asyncio.run(after.ask(TIMECROWD, "")).suggestions == marked[1:]
    fresh = make_finder(world, book, tasks)
    assert asyncio.run(fresh.ask(TIMECROWD, "weekly")).suggestions == marked[1:]
    assert asyncio.run(fresh.ask(SuggestionSource.KAITEN, "it")).suggestions[0].task == TASK_SHOWN

    book.problem = None
    answered = make_finder(world, book, tasks)
    assert asyncio.run(answered.ask(MY_CARDS, "")).suggestions == shown[0]
    assert make_finder(world, book, origin="https://other.kaiten.ru").my_cards == ()


def test_the_lists_of_another_account_are_forgotten_for_good(world: World) -> None:
    finding = make_finder(world, FakeCardDirectory((INFO,)))
    asyncio.run(finding.ask(MY_CARDS, ""))
    other, books = FakeCardDirectory(problem=OFFLINE), []
    books.append(FakeCardDirectory((INFO,)))
    changing = make_finder(world, lambda: books[-1])
    asyncio.run(changing.ask(MY_CARDS, ""))
    books.append(other)
    assert asyncio.run(changing.ask(MY_CARDS, "")).suggestions == ()
    assert make_finder(world, other).my_cards == ()


def test_a_journal_that_cannot_be_read_or_written_costs_the_lists_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> NoReturn:
        raise JournalError(JournalMessageId.HELD)

    for name in ("seen_cards", "save_seen_cards"):
        monkeypatch.setattr(world.journal, name, refuse)
    finding = make_finder(world, FakeCardDirectory((INFO,)))
    assert finding.my_cards == ()
    assert len(asyncio.run(finding.ask(MY_CARDS, "")).suggestions) == 1


def test_a_refusal_brings_nothing_old_back(world: World) -> None:
    book = FakeCardDirectory((INFO,))
    finding = finder(world, book)
    asyncio.run(finding.ask(SuggestionSource.KAITEN, "ship"))
    book.problem = ServiceCallError(Refused(403, ()))
    assert asyncio.run(finding.ask(SuggestionSource.KAITEN, "ship")).suggestions == ()


def test_the_most_used_tasks_are_asked_for_and_their_failing_is_silent(world: World) -> None:
    tasks = FakeTaskDirectory(most_used=(CALL,))
    finding = make_finder(world, None, tasks)
    found = asyncio.run(finding.ask(TIMECROWD, ""))
    assert [(each.task.title, each.remote) for each in found.suggestions] == [("Weekly call", CALL)]
    assert tasks.asked == [25]
    assert finding.local_suggestions("")[-1] == found.suggestions[0]
    tasks.problem = ServiceCallError(Refused(404, ()))
    world.clock.move(minutes=1)
    silent = asyncio.run(finding.ask(TIMECROWD, ""))
    assert (silent.error, [each.is_old for each in silent.suggestions]) == (None, [True])


def test_who_is_asked(world: World) -> None:
    book, tasks = FakeCardDirectory(), FakeTaskDirectory()
    kaiten = SuggestionSource.KAITEN
    for asked, words, sources in (
        (make_finder(world, book, tasks), "ship", {kaiten, TIMECROWD}),
        (make_finder(world, book, tasks), " ", {MY_CARDS, TIMECROWD}),
        (make_finder(world, book, tasks), "#7", {kaiten}),
        (make_finder(world, book), "", {MY_CARDS}),
        (make_finder(world, None, tasks), "ship", {TIMECROWD}),
        (make_finder(world), "ship", set()),
        (make_finder(world), "#7", {kaiten}),
    ):
        assert asked.sources(words) == sources


def test_a_task_of_timecrowds_with_a_cards_address_is_linked_with_the_card(world: World) -> None:
    told = replace(CALL, address=f"{CARD.origin}/space/1/boards/card/7")
    tasks = FakeTaskDirectory((told, CALL))
    found = asyncio.run(make_finder(world, None, tasks).ask(TIMECROWD, "call"))
    assert [each.task.card for each in found.suggestions] == [CARD, None]


def test_seconds_of_today(world: World) -> None:
    finding = finder(world, None)
    assert finding.seconds_today() == {TASK.key: 60, WORDS.key: 60}
