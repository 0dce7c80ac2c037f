"""A task's colour: the same wherever it is drawn, on every day.

Tasks have their colours in the order in which the journal met them, so that those of one time
differ. Where two of one colour still meet in a picture, the later one has the other shade of it.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QPalette

from timer_app.domain.entries.task import Task
from timer_app.ui.design.tokens import colours_of

_NUMBERS_PROPERTY = "timer_app_task_numbers"


def set_task_numbers(number_of: Callable[[str], int | None] | None) -> None:
    """Let `number_of` tell the number of a task by its key, None where it cannot.

    Without a number a task has a colour by its key.
    """
    application = QCoreApplication.instance()
    if application is not None:
        application.setProperty(_NUMBERS_PROPERTY, number_of)


def task_colour(task: Task, palette: QPalette) -> QColor:
    """The task's colour on that palette. Text on it is `on_task` of the tokens."""
    tasks = colours_of(palette).tasks
    return tasks[_place(task, len(tasks))]


class PictureColours:
    """The colours of the tasks of one picture: those that stand beside each other differ.

    In each of `rows` neighbours are tasks beside each other. Of two with one colour the later one
    gives way: to the other shade of its colour, and if a neighbour has that too, to a free one.
    """

    def __init__(self, rows: Iterable[Sequence[Task]], palette: QPalette) -> None:
        self._palette = palette
        self._places: dict[str, int] = {}
        neighbours: dict[str, set[str]] = {}
        tasks: dict[str, Task] = {}
        for row in rows:
            tasks.update((task.key, task) for task in row)
            for one, other in pairwise(task.key for task in row):
                if one != other:
                    neighbours.setdefault(one, set()).add(other)
                    neighbours.setdefault(other, set()).add(one)
        for key, task in tasks.items():
            beside = {self._places.get(each) for each in neighbours.get(key, ())}
            choices = self._choices(task)
            self._places[key] = next((each for each in choices if each not in beside), choices[0])

    def colour(self, task: Task) -> QColor:
        """The colour of a task in this picture."""
        place = self._places.get(task.key)
        if place is None:
            return task_colour(task, self._palette)
        return colours_of(self._palette).tasks[place]

    def _choices(self, task: Task) -> list[int]:
        """The places that a task can have: its own, the other shade of it, then the others."""
        count = len(colours_of(self._palette).tasks)
        own = _place(task, count)
        return [(own + by) % count for by in (0, count // 2, *range(1, count))]


def _place(task: Task, count: int) -> int:
    """The task's place among `count` colours."""
    application = QCoreApplication.instance()
    number_of = application.property(_NUMBERS_PROPERTY) if application is not None else None
    number = number_of(task.key) if number_of is not None else None
    if number is None:
        number = 1 + zlib.crc32(task.key.encode("utf-8", "surrogatepass"))
    return (int(number) - 1) % count
