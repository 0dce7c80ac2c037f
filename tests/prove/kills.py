"""Every story of stories.py, killed at every boundary it has, each time in a new home.

First a story is played with nobody killed, and its boundaries are counted. Then, for each of them,
it is played again, killed there, mended as a careful person would, and compared.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from tests.prove.counts import Counts
from tests.prove.place import Place, Setting
from tests.prove.playing import Met, Playing
from tests.prove.stories import STORIES, Killed, Story, words_of
from tests.prove.victim import Boundary

_TRIES = 3
"""How often a boundary is looked for: on a busy machine a wait may end before its request."""
_AT_ONCE = 3
"""Cases at the same time: on two cores, as of three one waits for a disk or for Kaiten's pace."""


@dataclass(frozen=True)
class Case:
    """A kill: in which command of the story (in its app, if it has one), and at which boundary.

    `goes_on`: the rest of the story is played after the kill, with the app started again.
    """

    story: Story
    at: int
    boundary: Boundary
    number: int
    goes_on: bool

    def __str__(self) -> str:
        """For messages."""
        where = "the app" if self.story.in_app else repr(words_of(self.story.commands[self.at]))
        then = "then it goes on" if self.goes_on else "then nothing more"
        return f"{self.story.name}: {where} at {self.boundary} {self.number}, {then}"


@dataclass(frozen=True)
class Result:
    """What came of a playing, and what there is to say of it; "" if all is as promised.

    `reached`: the process came to its boundary, and was killed there.
    """

    counts: Counts
    text: str
    reached: bool


def kill_everywhere() -> Counts:
    """Play all cases of all stories; what is not as promised is printed."""
    with Place() as place, ThreadPoolExecutor(_AT_ONCE) as pool:
        counted = list(pool.map(partial(count_boundaries, place), STORIES))
        cases = [case for story, met in counted for case in cases_of(story, met)]
        return _total(pool.map(partial(play, place), cases))


def kill_here_and_there(story: Story) -> Counts:
    """Play a case of each kind of boundary; what is not as promised is printed.

    Raises AssertionError if a kind is never reached.
    """
    total, missing = Counts(), list(Boundary)
    with Place() as place:
        for _ in range(_TRIES):
            cases = cases_of(*count_boundaries(place, story))
            results = [
                (kind, play(place, case)) for kind in missing for case in _one_of(cases, kind)
            ]
            total += _total(result for _, result in results)
            reached = [kind for kind, result in results if result.reached]
            missing = [kind for kind in missing if kind not in reached]
            if not missing or not total.clean:
                return total
    raise AssertionError(f"{story.name}: never reached {missing}")


def _total(results: Iterable[Result]) -> Counts:
    total = Counts()
    for result in results:
        total += result.counts
        if result.text:
            sys.stdout.write(f"{result.text}\n")
            sys.stdout.flush()
    return total


def cases_of(story: Story, met: Sequence[Met]) -> list[Case]:
    """The kills of a story. After every other one the rest of it is played."""
    points = [
        (at, boundary, number)
        for at, boundaries in enumerate(met)
        for boundary, times in boundaries.items()
        for number in range(1, times + 1)
    ]
    return [Case(story, *point, goes_on=index % 2 == 1) for index, point in enumerate(points)]


def _one_of(cases: Sequence[Case], kind: Boundary) -> list[Case]:
    """The middle case of a kind, the same one every time; none if there is none."""
    found = [case for case in cases if case.boundary is kind]
    return found[len(found) // 2 :][:1]


def count_boundaries(place: Place, story: Story) -> tuple[Story, list[Met]]:
    """How often each command of the story, or its app, comes to each boundary.

    A playing without a kill that does not end well would make every case red for its own reason.
    """
    with Setting(place) as setting:
        playing = Playing(story, setting)
        met = _count_in_app(playing) if story.in_app else _count_in_commands(playing)
        playing.mend()
        playing.compare()
    assert playing.counts.clean, f"{story.name}, nobody killed\n{playing.findings}"
    return story, met


def _count_in_commands(playing: Playing) -> list[Met]:
    met: list[Met] = []
    for command in playing.story.commands:
        ended = playing.type(command, playing.counting())
        assert ended is not None, f"{command} names an entry that there is not"
        assert ended.killed == isinstance(command, Killed), ended
        met.append(playing.met() if isinstance(command, str) else {})
    return met


def _count_in_app(playing: Playing) -> list[Met]:
    for command in playing.story.before_app:
        playing.type(command)
    playing.start_app(playing.counting())
    for command in playing.story.told_to_app:
        playing.type(command)
    playing.quit_app()
    return [playing.met()]


def play(place: Place, case: Case) -> Result:
    """Play a case to its end."""
    with Setting(place) as setting:
        playing = Playing(case.story, setting)
        try:
            killed = _kill_app(playing, case) if case.story.in_app else _kill(playing, case)
            playing.mend()
            playing.compare()
            playing.quit_app()
        except Exception:  # noqa: BLE001 - whatever it is, this case is not as promised
            playing.findings.wrong.append(traceback.format_exc())
            killed = True
    text = "" if playing.counts.clean else f"{case}\n{playing.findings}"
    text = text if killed else f"{case}: it was not reached\n{text}"
    return Result(playing.counts, text, killed)


def _kill(playing: Playing, case: Case) -> bool:
    killed = False
    for index, command in enumerate(case.story.commands):
        if index < case.at:
            playing.type(command)
        elif index == case.at:
            ended = playing.type(command, playing.victim(case.boundary, case.number))
            killed = ended is not None and ended.killed
        elif case.goes_on:
            playing.type(command)
    return killed


def _kill_app(playing: Playing, case: Case) -> bool:
    """Kill the app; what comes after is for a new app, or for none at all."""
    for command in playing.story.before_app:
        playing.type(command)
    playing.start_app(playing.victim(case.boundary, case.number))
    for command in case.story.told_to_app:
        if not playing.app_runs():
            if not case.goes_on:
                break
            playing.start_app()
        playing.type(command)
    if not playing.kills:
        playing.quit_app()
    playing.app_runs()
    if case.goes_on:
        playing.start_app()
    return bool(playing.kills)
