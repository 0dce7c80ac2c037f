"""The desk of hot keys: what is wanted, what a press does, how it is told."""

from __future__ import annotations

from functools import partial

import pytest

from tests.support.hotkeys import FakeHotKeys
from timer_app.domain.hotkeys import Action, parse_combination
from timer_app.services.hotkeys import HotKeyDesk, sentence
from timer_app.services.ports import Asking, Binding, Bound, CannotRun, Obstacle, Taken

TOGGLE, OPEN, MANUAL = Action
T, F9 = parse_combination("Ctrl+Alt+T"), parse_combination("F9")


class World:
    """A desk, its back end, and what was done."""

    def __init__(self) -> None:
        self.done: list[object] = []
        self.desk = HotKeyDesk({each: partial(self.done.append, each) for each in Action})
        self.back_end = FakeHotKeys(lambda _: None, lambda: None)

    def begin(self) -> None:
        """The back end comes."""
        self.desk.begin(self._make)

    def _make(self, pressed: object, changed: object) -> FakeHotKeys:
        assert callable(pressed)
        assert callable(changed)
        self.back_end.pressed, self.back_end.changed = pressed, changed
        return self.back_end


@pytest.fixture
def world() -> World:
    """A desk before its back end is there."""
    return World()


def test_what_was_wanted_before_is_bound_when_the_back_end_comes(world: World) -> None:
    world.desk.want({TOGGLE: T})
    assert (world.desk.bindings, world.desk.document()) == ({}, [])
    world.begin()
    assert world.back_end.asked == [{TOGGLE: T}]
    assert world.desk.bindings == {TOGGLE: Bound("Ctrl+Alt+T")}


def test_settings_that_change_other_things_bind_nothing_anew(world: World) -> None:
    world.begin()
    world.desk.want({TOGGLE: T})
    world.desk.want({TOGGLE: T})
    world.desk.want({TOGGLE: F9})
    assert world.back_end.asked == [{}, {TOGGLE: T}, {TOGGLE: F9}]


def test_presses_act_unless_they_are_diverted(world: World) -> None:
    world.begin()
    world.desk.want({TOGGLE: T})
    diverted: list[Action] = []
    world.back_end.pressed(TOGGLE)
    world.back_end.pressed(MANUAL)
    world.desk.divert(diverted.append)
    world.back_end.pressed(OPEN)
    assert (world.done, diverted) == ([TOGGLE, MANUAL], [OPEN])
    world.desk.divert(None)
    world.back_end.pressed(OPEN)
    assert world.done == [TOGGLE, MANUAL, OPEN]


def test_who_looks_is_told(world: World) -> None:
    world.begin()
    world.desk.observe(lambda: world.done.append(dict(world.desk.bindings)))
    world.desk.want({OPEN: F9})
    world.back_end.tell(OPEN, Taken("F9"))
    assert world.done == [{OPEN: Bound("F9")}, {OPEN: Taken("F9")}]


@pytest.mark.parametrize(
    ("binding", "again"),
    [
        (Bound("F9"), False), (Asking(), False), (Taken("F9"), True),
        (CannotRun(Obstacle.LOST), True), (CannotRun(Obstacle.DECLINED), False),
    ],
)  # fmt: skip
def test_only_what_is_not_bound_is_tried_again(
    world: World,
    binding: Binding,
    again: bool,  # noqa: FBT001 - a row of the table
) -> None:
    world.begin()
    world.desk.want({OPEN: F9})
    world.back_end.told[OPEN] = binding
    before = len(world.back_end.asked)
    world.desk.try_again()
    assert (len(world.back_end.asked) > before) is again
    world.desk.bind_again()
    assert world.back_end.asked[-1] == {OPEN: F9}
    assert len(world.back_end.asked) == before + again + 1


async def test_closing(world: World) -> None:
    world.begin()
    world.desk.observe(lambda: world.done.append("changed"))
    await world.desk.close()
    assert world.back_end.closed
    world.desk.want({OPEN: F9})
    world.back_end.changed()
    assert world.done == []


async def test_the_app_may_end_before_keys_are_bound(world: World) -> None:
    await world.desk.close()
    world.desk.want({OPEN: F9})
    world.begin()
    assert world.back_end.asked == []


def test_what_doctor_is_told(world: World) -> None:
    world.begin()
    world.desk.want({TOGGLE: T, OPEN: F9})
    world.back_end.told[OPEN] = Taken("F9")
    assert world.desk.document() == [
        {"action": "toggle", "keys": "Ctrl+Alt+T", "state": "bound",
         "detail": "Bound to Ctrl+Alt+T."},
        {"action": "open", "keys": "F9", "state": "taken",
         "detail": "F9 is taken by another program or the desktop itself."},
    ]  # fmt: skip


def test_every_state_has_a_sentence() -> None:
    assert sentence(Taken("F9", TOGGLE)) == "F9 is taken by the hot key of 'toggle'."
    assert "not answered" in sentence(Asking())
    said = [sentence(CannotRun(obstacle)) for obstacle in Obstacle]
    assert len(set(said)) == len(Obstacle)
    assert sentence(CannotRun(Obstacle.LOST, "Broken pipe.")) == (
        "The connection to the desktop was lost (Broken pipe)."
    )
