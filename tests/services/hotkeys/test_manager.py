"""The desk of hot keys: what is wanted, what a press does, how it is told."""

from __future__ import annotations

from functools import partial

import pytest

from tests.support.hotkeys import FakeHotKeys
from timer_app.domain.hotkeys import (
    HotKeyAction,
    HotKeyBinding,
    HotKeyBound,
    HotKeyPending,
    HotKeyProblem,
    HotKeyTaken,
    HotKeyUnavailable,
    parse_combination,
)
from timer_app.services.hotkeys.manager import HotKeyManager

TOGGLE, OPEN, MANUAL = HotKeyAction
T, F9 = parse_combination("Ctrl+Alt+T"), parse_combination("F9")


class World:
    """A desk, its back end, and what was done."""

    def __init__(self) -> None:
        self.done: list[object] = []
        self.desk = HotKeyManager({each: partial(self.done.append, each) for each in HotKeyAction})
        self.back_end = FakeHotKeys(lambda _: None, lambda: None)

    def begin(self) -> None:
        """The back end comes."""
        self.desk.start(self._make)

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
    world.desk.set_keys({TOGGLE: T})
    assert (world.desk.bindings, world.desk.to_json()) == ({}, [])
    world.begin()
    assert world.back_end.asked == [{TOGGLE: T}]
    assert world.desk.bindings == {TOGGLE: HotKeyBound("Ctrl+Alt+T")}


def test_settings_that_change_other_things_bind_nothing_anew(world: World) -> None:
    world.begin()
    world.desk.set_keys({TOGGLE: T})
    world.desk.set_keys({TOGGLE: T})
    world.desk.set_keys({TOGGLE: F9})
    assert world.back_end.asked == [{}, {TOGGLE: T}, {TOGGLE: F9}]


def test_presses_act_unless_they_are_diverted(world: World) -> None:
    world.begin()
    world.desk.set_keys({TOGGLE: T})
    diverted: list[HotKeyAction] = []
    world.back_end.pressed(TOGGLE)
    world.back_end.pressed(MANUAL)
    world.desk.intercept(diverted.append)
    world.back_end.pressed(OPEN)
    assert (world.done, diverted) == ([TOGGLE, MANUAL], [OPEN])
    world.desk.intercept(None)
    world.back_end.pressed(OPEN)
    assert world.done == [TOGGLE, MANUAL, OPEN]


def test_who_looks_sees_it(world: World) -> None:
    world.begin()
    world.desk.observe(lambda: world.done.append(dict(world.desk.bindings)))
    world.desk.set_keys({OPEN: F9})
    world.back_end.tell(OPEN, HotKeyTaken("F9"))
    assert world.done == [{OPEN: HotKeyBound("F9")}, {OPEN: HotKeyTaken("F9")}]


@pytest.mark.parametrize(
    ("binding", "again"),
    [
        (HotKeyBound("F9"), False),
        (HotKeyPending(), False),
        (HotKeyTaken("F9"), True),
        (HotKeyUnavailable(HotKeyProblem.LOST), True),
        (HotKeyUnavailable(HotKeyProblem.DECLINED), False),
    ],
)
def test_only_what_is_not_bound_is_tried_again(
    world: World,
    binding: HotKeyBinding,
    again: bool,  # noqa: FBT001 - a row of the table
) -> None:
    world.begin()
    world.desk.set_keys({OPEN: F9})
    world.back_end.reported[OPEN] = binding
    before = len(world.back_end.asked)
    world.desk.retry()
    assert (len(world.back_end.asked) > before) is again
    world.desk.rebind()
    assert world.back_end.asked[-1] == {OPEN: F9}
    assert len(world.back_end.asked) == before + again + 1


async def test_closing(world: World) -> None:
    world.begin()
    world.desk.observe(lambda: world.done.append("changed"))
    await world.desk.close()
    assert world.back_end.closed
    world.desk.set_keys({OPEN: F9})
    world.back_end.changed()
    assert world.done == []


async def test_the_app_may_end_before_keys_are_bound(world: World) -> None:
    await world.desk.close()
    world.desk.set_keys({OPEN: F9})
    world.begin()
    assert world.back_end.asked == []


def test_what_doctor_gets(world: World) -> None:
    world.begin()
    world.desk.set_keys({TOGGLE: T, OPEN: F9})
    world.back_end.reported[OPEN] = HotKeyTaken("F9")
    assert world.desk.to_json() == [
        {"action": "toggle", "keys": "Ctrl+Alt+T", "state": "bound",
         "detail": "Bound to Ctrl+Alt+T.", "chosen_in": "app"},
        {"action": "open", "keys": "F9", "state": "taken",
         "detail": "F9 is taken by another program or by the desktop itself.",
         "chosen_in": "app"},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("binding", "chosen_in"),
    [
        (HotKeyBound("ctrl+alt+t"), "app"),
        (HotKeyBound("Ctrl+Alt+X"), "desktop"),
        (HotKeyUnavailable(HotKeyProblem.DECLINED), "desktop"),
        (HotKeyUnavailable(HotKeyProblem.FAILED), "app"),
        (HotKeyUnavailable(HotKeyProblem.PORTAL_TOO_OLD), "nowhere"),
    ],
)
def test_where_keys_are_chosen(world: World, binding: HotKeyBinding, chosen_in: str) -> None:
    world.begin()
    world.desk.set_keys({TOGGLE: T})
    world.back_end.reported[TOGGLE] = binding
    assert [row["chosen_in"] for row in world.desk.to_json()] == [chosen_in]
