"""`doctor` on the desktop around the app: keyring, tray and buses, as the app sees them.

A running app is asked, since only it knows whether its icon is shown or a prompt is open; otherwise
they are checked from here.
"""

from __future__ import annotations

import asyncio
import os
import sys

from timer_app.adapters.paths import Paths
from timer_app.adapters.setup.ipc.client import AppError, AppNotRunning, send_request
from timer_app.cli.doctor.findings import DoctorFinding, Severity
from timer_app.domain.messages import absent_keyring
from timer_app.domain.user_message import UserMessage
from timer_app.services.setup.desktop_status import (
    BusState,
    DesktopKind,
    DesktopStatus,
    KeyringState,
    TrayState,
    desktop_status_from_json,
)

DOCTOR_APP_TIMEOUT = 5
TRAY_PROBE_TIMEOUT = 10.0
_TRAY_PROBE = "timer_app.cli.doctor.tray_probe"


def status_from_app(paths: Paths) -> DesktopStatus | None:
    """What the running app says, None if none does."""
    try:
        return desktop_status_from_json(
            send_request(paths.socket, "surroundings", {}, DOCTOR_APP_TIMEOUT)["document"]
        )
    except (AppNotRunning, AppError):
        return None


async def probe_desktop() -> DesktopStatus:
    """Tray and buses without the app."""
    session, system = (None, None) if sys.platform != "linux" else await _buses()
    tray = await _tray(silent=session is BusState.SILENT)
    return DesktopStatus(tray=tray, session_bus=session, system_bus=system, desktop=_kind())


def findings(
    status: DesktopStatus, *, from_app: bool, keyring_message: str = ""
) -> list[DoctorFinding]:
    """Each part in words. `keyring_message` is what the keyring was found to be just now."""
    severity, text, remedy = _KEYRING[status.keyring]
    absent = str(UserMessage(absent_keyring(sys.platform)))
    if status.keyring is KeyringState.ABSENT and sys.platform != "linux":
        remedy = absent
    names_choice = status.keyring is KeyringState.UNSAFE or (
        status.keyring is KeyringState.ABSENT and keyring_message != absent
    )
    if names_choice and keyring_message:
        keyring = DoctorFinding("keyring", severity, keyring_message, plain=text)
    else:
        keyring = DoctorFinding("keyring", severity, text, remedy)
    found = [
        keyring,
        _tray_finding(status, from_app=from_app),
    ]
    if status.session_bus is not None:
        found.append(DoctorFinding("session bus", *_SESSION_BUS[status.session_bus]))
    if status.system_bus is not None:
        found.append(DoctorFinding("system bus", *_SYSTEM_BUS[status.system_bus]))
    return found


async def _buses() -> tuple[BusState, BusState]:
    from dbus_fast import BusType

    from timer_app.adapters.dbus.bus import Bus

    session, system = Bus(BusType.SESSION), Bus(BusType.SYSTEM)
    try:
        states = await asyncio.gather(session.probe(), system.probe())
    finally:
        await session.close()
        await system.close()
    return states[0], states[1]


def _kind() -> DesktopKind:
    from timer_app.adapters.setup.desktop_kind import desktop_kind

    return desktop_kind()


async def _tray(*, silent: bool) -> TrayState:
    """Asked in a process of its own: without a screen Qt ends the one that asks."""
    if has_no_display():
        return TrayState.NOT_AVAILABLE
    environment = dict(os.environ)
    if silent:  # Qt would wait for it
        environment["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"
    probe = await asyncio.create_subprocess_exec(
        sys.executable, "-m", _TRAY_PROBE, env=environment,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        async with asyncio.timeout(TRAY_PROBE_TIMEOUT):
            answer, _ = await probe.communicate()
    except TimeoutError:
        probe.kill()
        await probe.wait()
        return TrayState.NOT_AVAILABLE
    return TrayState.SHOWN if answer.strip() == b"True" else TrayState.NOT_AVAILABLE


def has_no_display() -> bool:
    """Whether there is nothing to draw on."""
    return sys.platform == "linux" and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


_Description = tuple[Severity, str, str]
_RELOGIN = "Log out of the desktop and in again."
_KEYRING: dict[KeyringState, _Description] = {
    KeyringState.WORKS: (Severity.OK, "It answers.", ""),
    KeyringState.UNASKED: (Severity.NOTE, "Nothing had to be asked of it.", ""),
    KeyringState.ABSENT: (
        Severity.PROBLEM,
        "There is none here.",
        (
            "Install and start one that offers the Secret Service (GNOME Keyring, KWallet,"
            " KeePassXC). Timer App notices it by itself."
        ),
    ),
    KeyringState.OUTSIDE_SESSION: (
        Severity.PROBLEM,
        "It cannot be reached: this shell is outside of the desktop's session.",
        (
            "Use a terminal of the desktop, or log in with a session of your own (not with su or"
            " sudo)."
        ),
    ),
    KeyringState.UNSAFE: (
        Severity.PROBLEM,
        "What is chosen here does not protect secrets.",
        "Remove that choice: Timer App uses the keyring of the desktop or of the system.",
    ),
    KeyringState.LOCKED: (
        Severity.PROBLEM,
        "It is locked.",
        "Unlock it, or be asked for its password: timer-app sync",
    ),
    KeyringState.DISMISSED: (
        Severity.PROBLEM,
        "It asked for its password, and the prompt was dismissed.",
        "Unlock it, or be asked again: timer-app sync",
    ),
    KeyringState.PROMPTING: (
        Severity.PROBLEM,
        "It waits for its password.",
        "Look for its window. What is recorded meanwhile is safe.",
    ),
    KeyringState.SLOW: (
        Severity.PROBLEM,
        "It does not answer.",
        "Restart it, or log in to your desktop again.",
    ),
    KeyringState.BROKEN: (
        Severity.PROBLEM,
        "It failed.",
        "Open it with your desktop's own program for passwords, and see if that works.",
    ),
}
_SESSION_BUS: dict[BusState, _Description] = {
    BusState.CONNECTED: (Severity.OK, "It answers.", ""),
    BusState.NONE: (
        Severity.NOTE,
        "There is none: no keyring, tray or shortcuts of the desktop.",
        "Start Timer App from within your desktop.",
    ),
    BusState.SILENT: (Severity.PROBLEM, "It takes connections and does not answer.", _RELOGIN),
    BusState.LOST: (
        Severity.PROBLEM,
        "The connection broke. It is taken up again when the bus is back.",
        _RELOGIN,
    ),
}
_NO_SLEEP = "Without it nobody tells that the computer slept: check the times after a sleep."
_SYSTEM_BUS: dict[BusState, _Description] = {
    BusState.CONNECTED: (Severity.OK, "It answers.", ""),
    BusState.NONE: (Severity.NOTE, "There is none.", _NO_SLEEP),
    BusState.SILENT: (Severity.NOTE, "It takes connections and does not answer.", _NO_SLEEP),
    BusState.LOST: (
        Severity.NOTE,
        "The connection broke. It is taken up again when the bus is back.",
        _NO_SLEEP,
    ),
}


def _tray_finding(status: DesktopStatus, *, from_app: bool) -> DoctorFinding:
    remedy = "Timer App works without a tray: use its window, the command line or a shortcut."
    if status.tray is TrayState.SHOWN:
        detail = "It shows the icon." if from_app else "A tray shows icons."
        return DoctorFinding("tray", Severity.OK, detail)
    if status.tray is TrayState.GONE:
        detail = "The tray has gone; the icon comes back with it."
        return DoctorFinding("tray", Severity.NOTE, detail, remedy)
    if not from_app and has_no_display():
        return DoctorFinding("tray", Severity.NOTE, "There is no screen here.", remedy)
    if status.desktop is DesktopKind.GNOME:
        remedy = "GNOME shows tray icons with its extension “AppIndicator”. " + remedy
    return DoctorFinding("tray", Severity.NOTE, "No tray shows icons here.", remedy)
