"""Which back end a desktop gets, and what is said where there is none."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import NoReturn

import pytest

from timer_app.adapters.hotkeys.factory import BackEndKind, HotKeyFactory, choose_back_end
from timer_app.domain.hotkeys import (
    HotKeyAction,
    HotKeyProblem,
    HotKeyUnavailable,
    parse_combination,
)


@pytest.mark.parametrize(
    ("platform", "environment", "sandboxed", "chosen"),
    [
        ("linux", {"DISPLAY": ":0"}, False, BackEndKind.X11),
        ("linux", {"DISPLAY": ":0", "XDG_SESSION_TYPE": "x11"}, False, BackEndKind.X11),
        ("linux", {"DISPLAY": ":0"}, True, BackEndKind.PORTAL),
        ("linux", {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, False, BackEndKind.PORTAL),
        ("linux", {"DISPLAY": ":0", "XDG_SESSION_TYPE": "wayland"}, False, BackEndKind.PORTAL),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True, BackEndKind.PORTAL),
        ("linux", {}, False, HotKeyProblem.NO_SCREEN),
        ("linux", {"XDG_SESSION_TYPE": "tty", "DISPLAY": ""}, True, HotKeyProblem.NO_SCREEN),
        ("win32", {}, False, BackEndKind.WINDOWS),
        ("darwin", {"DISPLAY": ":0"}, False, BackEndKind.MACOS),
        ("freebsd14", {"DISPLAY": ":0"}, False, HotKeyProblem.NO_BACK_END),
    ],
)
def test_desktops(
    platform: str,
    environment: Mapping[str, str],
    sandboxed: bool,  # noqa: FBT001 - a row of the table
    chosen: BackEndKind | HotKeyProblem,
) -> None:
    assert choose_back_end(platform, environment, sandboxed=sandboxed) is chosen


async def test_where_there_is_none_each_key_says_why() -> None:
    def no_bus() -> NoReturn:
        raise AssertionError

    desk = HotKeyFactory(
        no_bus, "id", str, lambda work: asyncio.get_running_loop().create_task(work())
    )
    hot_keys = desk.make_back_end(lambda _: None, lambda: None)  # this process has no screen
    hot_keys.bind({HotKeyAction.OPEN: parse_combination("F9")})
    assert hot_keys.bindings == {HotKeyAction.OPEN: HotKeyUnavailable(HotKeyProblem.NO_SCREEN)}
    await hot_keys.close()
