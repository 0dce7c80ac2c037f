"""Which back end a desktop gets, and what is said where there is none."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import NoReturn

import pytest

from timer_app.adapters.hotkeys.choosing import BackEnd, Desk, choose
from timer_app.domain.hotkeys import Action, parse_combination
from timer_app.services.ports import CannotRun, Obstacle


@pytest.mark.parametrize(
    ("platform", "environment", "sandboxed", "chosen"),
    [
        ("linux", {"DISPLAY": ":0"}, False, BackEnd.X11),
        ("linux", {"DISPLAY": ":0", "XDG_SESSION_TYPE": "x11"}, False, BackEnd.X11),
        ("linux", {"DISPLAY": ":0"}, True, BackEnd.PORTAL),
        ("linux", {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, False, BackEnd.PORTAL),
        ("linux", {"DISPLAY": ":0", "XDG_SESSION_TYPE": "wayland"}, False, BackEnd.PORTAL),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True, BackEnd.PORTAL),
        ("linux", {}, False, Obstacle.NO_SCREEN),
        ("linux", {"XDG_SESSION_TYPE": "tty", "DISPLAY": ""}, True, Obstacle.NO_SCREEN),
        ("win32", {}, False, BackEnd.WINDOWS),
        ("darwin", {"DISPLAY": ":0"}, False, BackEnd.MACOS),
        ("freebsd14", {"DISPLAY": ":0"}, False, Obstacle.NO_BACK_END),
    ],
)
def test_desktops(
    platform: str,
    environment: Mapping[str, str],
    sandboxed: bool,  # noqa: FBT001 - a row of the table
    chosen: BackEnd | Obstacle,
) -> None:
    assert choose(platform, environment, sandboxed=sandboxed) is chosen


async def test_where_there_is_none_each_key_says_why() -> None:
    def no_bus() -> NoReturn:
        raise AssertionError

    desk = Desk(no_bus, "id", str, lambda work: asyncio.get_running_loop().create_task(work()))
    hot_keys = desk.hot_keys(lambda _: None, lambda: None)  # this process has no screen
    hot_keys.bind({Action.OPEN: parse_combination("F9")})
    assert hot_keys.bindings == {Action.OPEN: CannotRun(Obstacle.NO_SCREEN)}
    await hot_keys.close()
