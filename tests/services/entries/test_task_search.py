"""A search field's questions: after a pause, and only the last one is answered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence

from tests.services.entries.finding import CALL, make_finder
from tests.services.fakes import NOW, FakeCardDirectory, FakeClock, FakeTaskDirectory, run
from tests.services.world import CARD, TASK, World
from timer_app.domain.entries.card import CardInfo
from timer_app.domain.entries.entry import Source
from timer_app.services.entries.suggestions import Suggestion, SuggestionSource, TaskSearchResult
from timer_app.services.entries.task_search import TYPING_DEBOUNCE, DebouncedTaskSearch


def test_only_the_last_question_is_asked(world: World) -> None:
    book = FakeCardDirectory()
    answers: list[TaskSearchResult] = []

    async def type_quickly() -> None:
        tasks: list[asyncio.Task[None]] = []

        def spawn(work: Callable[[], Coroutine[object, object, None]]) -> asyncio.Task[None]:
            tasks.append(asyncio.get_running_loop().create_task(work()))
            return tasks[-1]

        searching = DebouncedTaskSearch(
            make_finder(world, book),
            spawn,
        )
        for words in ("t", "ti", "tim"):
            searching.search(words, answers.append)
        await asyncio.wait(tasks)
        assert [task.cancelled() for task in tasks] == [True, True, False]
        searching.search("time", answers.append)
        searching.cancel_search()
        await asyncio.wait(tasks)

    clock = FakeClock(NOW)
    run(type_quickly(), clock)
    assert ([words for words, _ in book.searched], answers) == (["tim"], [TaskSearchResult()])
    assert clock.seconds >= TYPING_DEBOUNCE.total_seconds()


def test_what_is_known_needs_no_question(world: World) -> None:
    world.timer.start(TASK, Source.CLICK)
    searching = DebouncedTaskSearch(make_finder(world, origin=""), lambda _: None)
    assert [each.task for each in searching.local_suggestions("")] == [TASK]


class SlowCards(FakeCardDirectory):
    """Kaiten that answers when it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.go = asyncio.Event()

    async def search(self, words: str, most: int) -> Sequence[CardInfo]:
        await self.go.wait()
        return await super().search(words, most)

    async def my_cards(self) -> Sequence[CardInfo]:
        found = await super().my_cards()
        await self.go.wait()
        return found


def test_a_slow_service_holds_up_no_other_and_nothing_stale_shows(world: World) -> None:
    book, tasks = SlowCards(), FakeTaskDirectory((CALL,), (CALL,))
    book.cards = (CardInfo(CARD, "Ship it", archived=False, board="", column="", minutes=0),)
    answers: list[SuggestionSource] = []
    found: dict[SuggestionSource, tuple[Suggestion, ...]] = {}
    running: list[asyncio.Task[None]] = []

    def spawn(work: Callable[[], Coroutine[object, object, None]]) -> asyncio.Task[None]:
        running.append(asyncio.get_running_loop().create_task(work()))
        return running[-1]

    def heard(answer: TaskSearchResult) -> None:
        answers.append(answer.source)
        found[answer.source] = answer.suggestions

    async def search() -> None:
        searching = DebouncedTaskSearch(make_finder(world, book, tasks), spawn)
        assert searching.search("", heard) == {
            SuggestionSource.MY_CARDS,
            SuggestionSource.TIMECROWD,
        }
        await asyncio.wait(running, return_when="FIRST_COMPLETED")
        assert answers == [SuggestionSource.TIMECROWD], "while Kaiten is slow"
        searching.search("call", heard)
        book.go.set()
        await asyncio.wait(running)
        assert set(answers[1:]) == set(SuggestionSource) - {
            SuggestionSource.RECENT, SuggestionSource.WORDS, SuggestionSource.ADDRESS,
        }  # fmt: skip
        assert found[SuggestionSource.MY_CARDS] == (), "none of them holds the word"
        assert book.my_cards_asked == 1
        searching.search("", heard)
        await asyncio.wait(running)
        assert book.my_cards_asked == 1, "it was kept"

    run(search(), FakeClock(NOW))
