"""A task has one colour, in every picture and theme."""

from __future__ import annotations

import pytest

from timer_app.domain.entries.card import Card
from timer_app.domain.entries.task import Task
from timer_app.ui.design.task_colours import task_colour
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
