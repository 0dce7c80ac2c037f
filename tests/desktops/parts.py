"""What is played on each desktop: a person's hands at one end, the app's own words at the other."""

from __future__ import annotations

import json
import shlex
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.desktops.container import PERSON, VENV, Container, must, wait_for
from tests.desktops.hands import SCREEN, Area, Hands, changed_area, shown_only_between
from tests.desktops.sessions import Desktop

APP = "io.github.timer_app"
_CARD = "7788"
MIDDLE = Area(0, 40, SCREEN[0], SCREEN[1] - 50)
"""The screen without the bars, in which clocks go on."""
_BESIDE_THE_MOUSE = Area(60, MIDDLE.top, MIDDLE.right, MIDDLE.bottom)
_ICON = range(6, 65)
_EDGE = 4
"""Pixels by which a thing may look larger or smaller and be the same."""
_IDLE_SECONDS = 60


@dataclass
class Scene:
    """The app's demo in a desktop that is up, as if from its menu."""

    desktop: Desktop
    container: Container
    hands: Hands
    home: str = field(default="", init=False)
    _icon: Area | None = field(default=None, init=False)

    def start_app(self) -> None:
        """Install it into the menu, start its demo, and wait until it answers. Raises Failed."""
        self.container.as_person("timer-app", "desktop", "install")
        self.container.run("sh", "-c", "rm -rf /tmp/timer-app-demo-*")
        before = self.hands.still_picture()
        self.container.spawn(APP, "timer-app", "demo")
        wait_for(self._find_home, "the demo does not start")
        wait_for(lambda: "started tray=" in self.log(), "the app does not start")
        if self.desktop.allow_keys is not None:
            asked = self.hands.wait_change(before, within=MIDDLE)
            self.desktop.allow_keys(self.hands, asked)
            wait_for(lambda: "HotKeyBound" in self.log(), "no hot key is bound")
        self.hands.still_picture()

    def _find_home(self) -> bool:
        found = self.container.run(
            "sh", "-c", "ls -d /tmp/timer-app-demo-* 2>/dev/null || true"
        ).split()
        self.home = found[0] if found else ""
        return bool(self.home)

    def app(self, *words: str, seconds: float = 60.0) -> str:
        """What the app's command line says to the demo. Raises Failed."""
        return self.container.as_person(
            "env", f"TIMER_APP_HOME={self.home}", "timer-app", *words, seconds=seconds
        )

    def status(self) -> dict[str, Any]:
        """What `status --json` says."""
        told = json.loads(self.app("status", "--json"))
        assert isinstance(told, dict)
        return told

    def wait_state(self, state: str) -> None:
        """Wait until the app is `idle` or `running`. Raises Failed."""
        wait_for(lambda: self.status()["state"] == state, f"the app is not {state}")

    def entries(self) -> list[dict[str, Any]]:
        """What `log --json` says of today and yesterday."""
        told = json.loads(self.app("log", "--from", "yesterday", "--json"))
        assert isinstance(told, list)
        return told

    def log(self) -> str:
        """What the app has logged."""
        return self.container.run("sh", "-c", f"cat {self.home}/log/app.log 2>/dev/null || true")

    def wait_log(self, words: str, after: int, seconds: float = 60.0) -> None:
        """Wait until the log says so behind its first `after` letters. Raises Failed."""
        wait_for(lambda: words in self.log()[after:], f"the log does not say {words!r}", seconds)

    def stand_ins(self) -> dict[str, Any]:
        """Both services' stand-ins, for an app that is no demo: their addresses and tokens."""
        path = "/run/stand-ins.json"
        command = [f"{VENV}/bin/python", "-m", "timer_app.sandbox", "--seed-demo"]
        output = f"StandardOutput=truncate:{path}"
        clean = f"systemctl stop stand-ins 2>/dev/null; rm -f {path}"
        self.container.run("sh", "-c", clean)
        unit = ("systemd-run", "--quiet", "--collect", "--unit=stand-ins", "-p", output)
        self.container.run(*unit, *command)
        wait_for(lambda: self.container.has(path, "token"), "no stand-ins")
        told = json.loads(self.container.run("cat", path))
        assert isinstance(told, dict)
        return told

    def session(self) -> str:
        """The number of the person's login."""
        told = self.container.run("loginctl", "--no-legend", "list-sessions").split("\n")
        return next(line.split()[0] for line in told if f" {PERSON} " in line and "user" in line)

    def absences(self) -> list[object]:
        """What the app asks about."""
        command = f"TIMER_APP_HOME={self.home} timer-app away --json || true"  # 4: it asks
        return list(json.loads(self.container.as_person("sh", "-c", command)))

    def idle(self) -> None:
        """Nothing runs, and all is told."""
        if self.status()["state"] == "running":
            self.app("stop")
        self.hands.put_mouse_away()
        wait_for(self._is_all_told, "something still waits for a service")

    def _is_all_told(self) -> bool:
        deliveries = self.status()["deliveries"]
        return not deliveries["waiting"] and not deliveries["sending"]

    @property
    def icon(self) -> Area:
        """Where the icon is: what looks otherwise while an entry runs, and not before and after."""
        if self._icon is None:
            self._icon = self._find_icon()
        return self._icon

    def _find_icon(self) -> Area:
        self.app("start", "--task", "Icon")
        self.idle()
        wait_for_a_calm_minute()
        before = self.hands.still_picture()
        self.app("start", "--task", "Icon")
        self.wait_state("running")
        self.hands.wait_change(before)
        between = self.hands.still_picture()
        self.idle()
        time.sleep(1)  # the bar draws after the app has told
        after = self.hands.still_picture()
        found = shown_only_between(before, between, after)
        must(found, "no part of the screen shows whether an entry runs")
        assert found is not None
        width, height = found.size
        must(width in _ICON and height in _ICON, f"no icon is {width} to {height}: {found}")
        return found


def wait_for_a_calm_minute() -> None:
    """Wait until no clock of a bar will go on for some seconds."""
    while time.time() % 60 > 45:
        time.sleep(0.5)


def icon(scene: Scene) -> str:
    """The icon is in the bar, and shows whether an entry runs."""
    width, height = scene.icon.size
    return f"{width}x{height} at {scene.icon.left},{scene.icon.top}"


def click(scene: Scene) -> str:
    """A click on the icon starts, another one stops."""
    scene.idle()
    scene.hands.click(*scene.icon.centre, times=scene.desktop.clicks)
    scene.wait_state("running")
    scene.hands.click(*scene.icon.centre, times=scene.desktop.clicks)
    scene.wait_state("idle")
    return f"{scene.desktop.clicks} to start, {scene.desktop.clicks} to stop"


def menu(scene: Scene) -> str:
    """The menu's first opening after a change is as large as its second, and on the screen."""
    scene.idle()
    scene.app("start", "--task", "A task whose title is too long for any menu " * 3)
    time.sleep(1)
    first, second = _open_menu(scene), _open_menu(scene)
    scene.idle()
    must(_alike(first, second), f"it is {first.size} first, and {second.size} then")
    must(first.size[1] > 150, f"it is only {first.size}")
    must(_on_screen(first), f"it leaves the screen: {first}")
    return f"{first.size[0]}x{first.size[1]}, the same again"


def _alike(first: Area, second: Area) -> bool:
    """Whether both are as large, but for a shadow's edge and the minutes in the menu's text."""
    pairs = zip(first.size, second.size, strict=True)
    return all(abs(one - other) <= _EDGE for one, other in pairs)


def _open_menu(scene: Scene) -> Area:
    wait_for_a_calm_minute()
    before = scene.hands.still_picture()
    scene.hands.click(*scene.icon.centre, button=3)
    shown = scene.hands.wait_change(before, within=_BESIDE_THE_MOUSE)
    scene.hands.press("Escape")
    scene.hands.put_mouse_away()
    time.sleep(0.7)
    return shown


def _on_screen(area: Area) -> bool:
    return area.left > 0 and area.size[1] < SCREEN[1] - 60


def hot_key(scene: Scene) -> str:
    """A key starts an entry; held for 2.5 seconds it starts one, and only one."""
    scene.idle()
    counted = len(scene.entries())
    scene.hands.press(*scene.desktop.keys)
    scene.wait_state("running")
    scene.hands.press(*scene.desktop.keys)
    scene.wait_state("idle")
    scene.hands.press(*scene.desktop.keys, seconds=2.5)
    scene.wait_state("running")
    time.sleep(0.5)
    scene.idle()
    new = scene.entries()[counted:]
    must(len(new) == 2, f"{len(new)} entries after pressing twice and holding once")
    return f"{'+'.join(scene.desktop.keys)}, by {new[-1]['source']}"


def notification(scene: Scene) -> str:
    """A reminder is shown, and its first button stops the entry."""
    scene.idle()
    before = scene.hands.still_picture()
    scene.app("start", "--task", "Forgotten", "--at", "-5h")
    shown = scene.hands.wait_change(before, within=MIDDLE)
    scene.desktop.stop(scene.container, scene.hands, shown)
    scene.wait_state("idle")
    return f"shown at {shown.left},{shown.top}, its button stops"


def panel(scene: Scene) -> str:
    """A panel that another window covers comes forward at a second start."""
    scene.idle()
    empty = scene.hands.still_picture()
    scene.container.spawn(f"{APP}.second", "env", f"TIMER_APP_HOME={scene.home}", "timer-app")
    shown = scene.hands.wait_change(empty)
    before = scene.hands.still_picture()
    scene.container.spawn("cover", *scene.desktop.cover)
    scene.hands.wait_change(before)
    covered = scene.hands.still_picture()
    try:
        scene.container.spawn(f"{APP}.second", "env", f"TIMER_APP_HOME={scene.home}", "timer-app")
        forward = scene.hands.wait_change(covered)
        must(forward.size[0] > 250 and forward.size[1] > 150, f"only {forward} has changed")
    finally:
        scene.hands.press("Escape")
        scene.container.stop("cover")
    return f"{shown.size[0]}x{shown.size[1]}, in front of another window"


def keyring(scene: Scene) -> str:
    """A first keyring asks for its password, and the login waits and keeps the token."""
    told = scene.stand_ins()
    home, said = "/home/ada/own", "/home/ada/login.txt"
    real = ("env", f"TIMER_APP_HOME={home}", "timer-app")
    for key in ("timecrowd_url", "kaiten_url"):
        name = key.replace("_", ".")
        scene.container.as_person(*real, "config", "set", name, str(told[key]))
    before = scene.hands.still_picture()
    login = f"timer-app login kaiten > {said} 2>&1; echo ended $? >> {said}"
    scene.container.spawn("login", "env", f"TIMER_APP_HOME={home}", "sh", "-c",
                          f"echo {shlex.quote(told['kaiten_token'])} | {{ {login}; }}")  # fmt: skip
    asked = scene.hands.wait_change(before, within=MIDDLE)
    scene.desktop.make_keyring(scene.hands, asked)
    wait_for(lambda: scene.container.has(said, "ended"), "the login does not end", 70)
    ended = scene.container.run("cat", said)
    must("ended 0" in ended, f"the login says: {ended}")
    found = json.loads(scene.container.as_person(*real, "doctor", "--json"))
    (state,) = [each for each in found if each["part"] == "keyring"]
    must(state["verdict"] == "ok", f"doctor says of the keyring: {state}")
    return "asked, waited, and kept the token"


def away(scene: Scene) -> str:
    """A lock is noticed, and so is a minute without a touch: the app asks what it was."""
    scene.idle()
    empty = scene.hands.still_picture()
    scene.app("config", "set", "time.idle_after", "1m")
    scene.app("start", "--task", "Away")
    logged = len(scene.log())
    session = scene.session()
    scene.container.run("loginctl", "lock-session", session)
    scene.wait_log(": locked", logged)
    scene.container.run("loginctl", "unlock-session", session)
    scene.wait_log("absence: present", logged)
    logged = len(scene.log())
    time.sleep(_IDLE_SECONDS + 5)
    scene.hands.press("Escape")
    scene.hands.put_mouse_away()
    wait_for(scene.absences, "no absence is asked about")
    scene.app("away", "keep")
    wait_for(lambda: changed_area(empty, scene.hands.picture(), MIDDLE) is None,
             "the question does not go when it is answered elsewhere")  # fmt: skip
    return "locked, and idle"


PARTS: dict[str, Callable[[Scene], str]] = {
    "icon": icon, "click": click, "menu": menu, "hot key": hot_key,
    "notification": notification, "panel": panel, "keyring": keyring, "away": away,
}  # fmt: skip
