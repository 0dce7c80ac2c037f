"""`doctor` on the desktop around the app: keyring, tray and buses, as the app sees them.

The app is asked if it runs, since only it knows whether its icon is shown or a prompt is open;
otherwise they are looked at from here.
"""

from __future__ import annotations

import asyncio
import os
import sys

from timer_app.adapters.ipc.client import AppTrouble, NoApp, ask
from timer_app.adapters.places import Places
from timer_app.command_line.findings import Finding, Verdict
from timer_app.services.surroundings import (
    BusState,
    DesktopKind,
    KeyringState,
    Surroundings,
    TrayState,
    read_document,
)

PATIENCE_WITH_APP = 5
PATIENCE_WITH_TRAY = 10.0
_TRAY_PROBE = "timer_app.command_line.tray_probe"


def told_by_app(places: Places) -> Surroundings | None:
    """What the running app says, None if none does."""
    try:
        return read_document(ask(places.socket, "surroundings", {}, PATIENCE_WITH_APP)["document"])
    except (NoApp, AppTrouble):
        return None


async def look_from_here() -> Surroundings:
    """Tray and buses without the app."""
    session, system = (None, None) if sys.platform != "linux" else await _buses()
    tray = await _tray(silent=session is BusState.SILENT)
    return Surroundings(tray=tray, session_bus=session, system_bus=system, desktop=_kind())


def findings(around: Surroundings, *, of_app: bool) -> list[Finding]:
    """Each part in words."""
    found = [Finding("keyring", *_KEYRING[around.keyring]), _tray_finding(around, of_app=of_app)]
    if around.session_bus is not None:
        found.append(Finding("session bus", *_SESSION_BUS[around.session_bus]))
    if around.system_bus is not None:
        found.append(Finding("system bus", *_SYSTEM_BUS[around.system_bus]))
    return found


async def _buses() -> tuple[BusState, BusState]:
    from dbus_fast import BusType

    from timer_app.adapters.dbus.bus import Bus

    session, system = Bus(BusType.SESSION), Bus(BusType.SYSTEM)
    try:
        states = await asyncio.gather(session.look(), system.look())
    finally:
        await session.close()
        await system.close()
    return states[0], states[1]


def _kind() -> DesktopKind:
    from timer_app.adapters.desktop_kind import desktop_kind

    return desktop_kind()


async def _tray(*, silent: bool) -> TrayState:
    """Asked in a process of its own: without a screen Qt ends the one that asks."""
    if no_screen():
        return TrayState.NONE_HERE
    environment = dict(os.environ)
    if silent:  # Qt would wait for it
        environment["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"
    probe = await asyncio.create_subprocess_exec(
        sys.executable, "-m", _TRAY_PROBE, env=environment,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        async with asyncio.timeout(PATIENCE_WITH_TRAY):
            answer, _ = await probe.communicate()
    except TimeoutError:
        probe.kill()
        await probe.wait()
        return TrayState.NONE_HERE
    return TrayState.SHOWN if answer.strip() == b"True" else TrayState.NONE_HERE


def no_screen() -> bool:
    """Whether there is nothing to draw on."""
    return sys.platform == "linux" and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


_Said = tuple[Verdict, str, str]
_RELOGIN = "Log out of the desktop and in again."
_KEYRING: dict[KeyringState, _Said] = {
    KeyringState.WORKS: (Verdict.OK, "It answers.", ""),
    KeyringState.UNASKED: (Verdict.NOTE, "Nothing had to be asked of it.", ""),
    KeyringState.ABSENT: (
        Verdict.PROBLEM,
        "There is none here.",
        (
            "Install and start one that offers the Secret Service (GNOME Keyring, KWallet,"
            " KeePassXC). Timer App notices it by itself."
        ),
    ),
    KeyringState.LOCKED: (
        Verdict.PROBLEM,
        "It is locked.",
        "Unlock it, or be asked for its password: timer-app sync",
    ),
    KeyringState.PROMPTING: (
        Verdict.PROBLEM,
        "It waits for its password.",
        "Look for its window. What is recorded meanwhile is safe.",
    ),
    KeyringState.SLOW: (
        Verdict.PROBLEM,
        "It does not answer.",
        "End and start it anew, or log in to your desktop again.",
    ),
    KeyringState.BROKEN: (
        Verdict.PROBLEM,
        "It failed.",
        "Open it with your desktop's own program for passwords, and see if that works.",
    ),
}
_SESSION_BUS: dict[BusState, _Said] = {
    BusState.CONNECTED: (Verdict.OK, "It answers.", ""),
    BusState.NONE: (
        Verdict.NOTE,
        "There is none: no keyring, tray or shortcuts of the desktop.",
        "Start Timer App from within your desktop.",
    ),
    BusState.SILENT: (Verdict.PROBLEM, "It takes connections and does not answer.", _RELOGIN),
    BusState.LOST: (
        Verdict.PROBLEM,
        "The connection broke. It is taken up again when the bus is back.",
        _RELOGIN,
    ),
}
_NO_SLEEP = "Without it nobody tells that the computer slept: check the times after a sleep."
_SYSTEM_BUS: dict[BusState, _Said] = {
    BusState.CONNECTED: (Verdict.OK, "It answers.", ""),
    BusState.NONE: (Verdict.NOTE, "There is none.", _NO_SLEEP),
    BusState.SILENT: (Verdict.NOTE, "It takes connections and does not answer.", _NO_SLEEP),
    BusState.LOST: (
        Verdict.NOTE,
        "The connection broke. It is taken up again when the bus is back.",
        _NO_SLEEP,
    ),
}


def _tray_finding(around: Surroundings, *, of_app: bool) -> Finding:
    remedy = "Timer App works without a tray: use its window, the command line or a shortcut."
    if around.tray is TrayState.SHOWN:
        detail = "It shows the icon." if of_app else "A tray shows icons."
        return Finding("tray", Verdict.OK, detail)
    if around.tray is TrayState.GONE:
        detail = "The tray has gone; the icon comes back with it."
        return Finding("tray", Verdict.NOTE, detail, remedy)
    if not of_app and no_screen():
        return Finding("tray", Verdict.NOTE, "There is no screen here.", remedy)
    if around.desktop is DesktopKind.GNOME:
        remedy = "GNOME shows tray icons with its extension “AppIndicator”. " + remedy
    return Finding("tray", Verdict.NOTE, "No tray shows icons here.", remedy)
