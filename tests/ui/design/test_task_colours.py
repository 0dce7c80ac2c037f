"""A task has one colour, in every picture and theme."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from timer_app.domain.entries.card import Card
from timer_app.domain.entries.task import Task
from timer_app.ui.design.task_colours import PictureColours, set_task_numbers, task_colour
from timer_app.ui.design.tokens import Theme, colours, palette

TASKS = [Task(f"Task {number}") for number in range(200)]
every_theme = pytest.mark.parametrize("theme", Theme)


@every_theme
def test_all_colours_are_used(theme: Theme) -> None:
    used = {task_colour(task, palette(theme)).name() for task in TASKS}
    assert used == {each.name() for each in colours(theme).tasks}


@every_theme
def test_a_task_looks_the_same_each_time(theme: Theme) -> None:
    own = palette(theme)
    assert task_colour(TASKS[0], own) == task_colour(Task("Task 0"), own)


def test_another_theme_does_not_mix_tasks_up() -> None:
    light, dark = ([task_colour(task, palette(theme)) for task in TASKS] for theme in Theme)
    places = [[list(colours(theme).tasks).index(each) for each in drawn]
              for theme, drawn in zip(Theme, (light, dark), strict=True)]  # fmt: skip
    assert places[0] == places[1]


def test_a_card_that_is_renamed_keeps_its_colour() -> None:
    card = Card("https://acme.kaiten.ru", 63258149)
    own = palette(Theme.LIGHT)
    assert task_colour(Task("Before", card), own) == task_colour(Task("After", card), own)


def test_a_title_that_is_no_text_has_a_colour_too() -> None:
    assert task_colour(Task("\udcff"), palette(Theme.DARK)) in colours(Theme.DARK).tasks


@pytest.fixture
def numbers(qapp: QApplication) -> Iterator[dict[str, int]]:
    """The numbers of tasks by their keys."""
    assert qapp is not None
    known: dict[str, int] = {}
    set_task_numbers(known.get)
    yield known
    set_task_numbers(None)


@every_theme
def test_the_first_tasks_have_the_colours_in_their_order(
    numbers: dict[str, int], theme: Theme
) -> None:
    numbers.update({task.key: number for number, task in enumerate(TASKS, start=1)})
    first = [task_colour(task, palette(theme)) for task in TASKS[:13]]
    assert first == [*colours(theme).tasks, colours(theme).tasks[0]]


@every_theme
def test_neighbours_of_one_colour_differ_and_keep_their_hue(
    numbers: dict[str, int], theme: Theme
) -> None:
    numbers.update({TASKS[0].key: 2, TASKS[1].key: 14, TASKS[2].key: 3})
    seen = PictureColours([[TASKS[0], TASKS[1], TASKS[0]], [TASKS[2], TASKS[1]]], palette(theme))
    shades = colours(theme).tasks
    assert [seen.colour(task) for task in TASKS[:3]] == [shades[1], shades[7], shades[2]]


@every_theme
def test_tasks_that_do_not_meet_keep_their_colours(numbers: dict[str, int], theme: Theme) -> None:
    numbers.update({TASKS[0].key: 2, TASKS[1].key: 14, TASKS[2].key: 3})
    seen = PictureColours([[TASKS[0], TASKS[2], TASKS[1]]], palette(theme))
    assert seen.colour(TASKS[0]) == seen.colour(TASKS[1]) == task_colour(TASKS[1], palette(theme))


def test_many_tasks_of_one_colour_all_differ_from_their_neighbours(
    numbers: dict[str, int],
) -> None:
    numbers.update({task.key: 1 for task in TASKS[:9]})
    pairs = [[one, other] for one in TASKS[:9] for other in TASKS[:9] if one is not other]
    seen = PictureColours(pairs, palette(Theme.LIGHT))
    assert len({seen.colour(task).name() for task in TASKS[:9]}) == 9
