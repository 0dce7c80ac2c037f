"""A search field's questions: after a pause, and only the last one is answered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine

from tests.services.fakes import NOW, FakeCardDirectory, FakeClock, run
from tests.services.world import TASK, World
from timer_app.domain.entries.entry import Source
from timer_app.services.entries.task_finder import TaskFinder, TaskSearchResult
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
            TaskFinder(world.journal, world.clock, lambda: book, lambda: "https://acme.kaiten.ru"),
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
    searching = DebouncedTaskSearch(
        TaskFinder(world.journal, world.clock, lambda: None, lambda: ""), lambda _: None
    )
    assert [each.task for each in searching.local_suggestions("")] == [TASK]
