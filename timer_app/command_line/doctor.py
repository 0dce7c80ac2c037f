"""`doctor`: checks each part and says what to do."""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import asdict, dataclass
from datetime import timedelta
from enum import Enum

from timer_app.adapters.http.exchange import Response, Unreadable
from timer_app.adapters.ipc.client import AppTrouble, NoApp, ask
from timer_app.adapters.journal.schema import JournalUnusable, connect
from timer_app.adapters.kaiten import wire as kaiten_wire
from timer_app.adapters.places import Places
from timer_app.adapters.secrets import KeyringSecrets
from timer_app.adapters.settings import reading as settings_file
from timer_app.adapters.settings.reading import Settings, SettingsError
from timer_app.adapters.system_clock import SystemClock
from timer_app.adapters.timecrowd import wire as timecrowd_wire
from timer_app.composition import Connections
from timer_app.domain.delivery import Service
from timer_app.services.commands import Exit, Reply
from timer_app.services.ports import TokenUnavailable

TOLERATED_SKEW = timedelta(seconds=30)
_TRAY_PROBE = (
    "import sys; from PySide6.QtWidgets import QApplication, QSystemTrayIcon;"
    "app = QApplication(sys.argv); print(QSystemTrayIcon.isSystemTrayAvailable())"
)


class Verdict(Enum):
    """How a part is."""

    OK = "ok"
    NOTE = "note"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """One part, how it is, and what to do about it."""

    part: str
    verdict: Verdict
    detail: str
    remedy: str = ""


async def examine(places: Places) -> Reply:
    """Check every part. Exit code 4 when something needs a person."""
    findings = [_app(places), _journal(places)]
    try:
        settings = settings_file.load(places.settings)
    except SettingsError as error:
        findings.append(Finding("settings", Verdict.PROBLEM, str(error), "Mend the file."))
    else:
        findings.append(Finding("settings", Verdict.OK, places.settings))
        findings += await _services(settings)
    findings += [await _tray(), _hotkey(places)]
    ended = any(finding.verdict is Verdict.PROBLEM for finding in findings)
    rows = [asdict(finding) | {"verdict": finding.verdict.value} for finding in findings]
    return Reply(Exit.NEEDS_PERSON if ended else Exit.DONE, rows)


def show(rows: object) -> str:
    """The findings as text."""
    lines = []
    for row in rows if isinstance(rows, list) else []:
        lines.append(f"{row['verdict']:<8} {row['part']:<18} {row['detail']}")
        lines += [f"{'':<27} {row['remedy']}"] if row["remedy"] else []
    return "\n".join(lines)


def _app(places: Places) -> Finding:
    try:
        ask(places.socket, "status", {}, 5)
    except NoApp:
        return Finding("app", Verdict.NOTE, "The tray app is not running.", "Start it: timer-app")
    except AppTrouble as error:
        return Finding("app", Verdict.PROBLEM, str(error), "Quit it and start it again.")
    return Finding("app", Verdict.OK, "The tray app is running.")


def _journal(places: Places) -> Finding:
    if not os.path.exists(places.journal):
        return Finding(
            "journal", Verdict.OK, f"{places.journal}: will be made with the first start."
        )
    try:
        connection = connect(places.journal)
    except JournalUnusable as error:
        remedy = "Keep the file. Starting Timer App sets a damaged one aside and tells where."
        return Finding("journal", Verdict.PROBLEM, str(error), remedy)
    try:
        (sound,) = connection.execute("PRAGMA quick_check").fetchone()
    finally:
        connection.close()
    if sound != "ok":
        return Finding("journal", Verdict.PROBLEM, str(sound), "Make a copy of the file first.")
    writable = os.access(places.journal, os.W_OK)
    if not writable:
        remedy = "Make it writable for yourself."
        return Finding("journal", Verdict.PROBLEM, f"{places.journal}: read-only.", remedy)
    return Finding("journal", Verdict.OK, places.journal)


async def _services(settings: Settings) -> list[Finding]:
    findings: list[Finding] = []
    connections = Connections(KeyringSecrets(), SystemClock())
    try:
        for service in Service:
            if settings.configured[service.value]:
                findings += await _service(service, settings, connections)
            else:
                key = {Service.TIMECROWD: "timecrowd.team_id", Service.KAITEN: "kaiten.url"}
                remedy = f"timer-app config set {key[service]} …"
                findings.append(Finding(service.value, Verdict.NOTE, "Not set up.", remedy))
    finally:
        await connections.close()
    return findings


async def _service(service: Service, settings: Settings, connections: Connections) -> list[Finding]:
    try:
        await KeyringSecrets().token(service)
    except TokenUnavailable as error:
        return [Finding(f"{service.value} token", Verdict.PROBLEM, str(error))]
    token = Finding(f"{service.value} token", Verdict.OK, "In the keyring.")
    wire = {
        Service.TIMECROWD: (timecrowd_wire.me, timecrowd_wire.account),
        Service.KAITEN: (kaiten_wire.current_user, kaiten_wire.account),
    }
    request, read = wire[service]
    answer = await connections.client(service, settings).call(request())
    if not isinstance(answer, Response):
        remedy = f"Check the address, the network and the token (timer-app login {service.value})."
        return [token, Finding(service.value, Verdict.PROBLEM, answer.reason, remedy)]
    try:
        name = read(answer).name
    except Unreadable as error:
        remedy = f"Check the address: {settings.get_text(service.value + '.url')}"
        detail = f"The answer is not this service's: {error}."
        return [token, Finding(service.value, Verdict.PROBLEM, detail, remedy)]
    fine = Finding(service.value, Verdict.OK, f"Accepts the token of {name}.")
    return [token, fine, *_clock(service, answer)]


def _clock(service: Service, answer: Response) -> list[Finding]:
    if answer.server_time is None:
        return []
    skew = SystemClock().now() - answer.server_time
    part = f"clock ({service.value})"
    if abs(skew) <= TOLERATED_SKEW:
        return [Finding(part, Verdict.OK, f"Within {TOLERATED_SKEW.seconds} s of the service's.")]
    detail = f"Differs from the service's by {skew.total_seconds():.0f} s."
    return [Finding(part, Verdict.PROBLEM, detail, "Let the computer set its clock by itself.")]


async def _tray() -> Finding:
    """Asked in a process of its own: without a screen Qt ends the one that asks."""
    remedy = "Timer App works without a tray: use its window, the command line or a shortcut."
    if sys.platform == "linux" and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        return Finding("tray", Verdict.NOTE, "There is no screen here.", remedy)
    probe = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _TRAY_PROBE,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    answer, _ = await probe.communicate()
    if answer.strip() == b"True":
        return Finding("tray", Verdict.OK, "A tray shows icons.")
    return Finding("tray", Verdict.NOTE, "No tray shows icons here.", remedy)


def _hotkey(places: Places) -> Finding:
    """As the running app has it: only a program that runs can have a key."""
    instead = "Or bind this command to a key in your desktop's settings: timer-app toggle"
    try:
        rows = ask(places.socket, "hotkeys", {}, 5)["document"]
    except NoApp:
        detail = "The tray app is not running: no key is bound."
        return Finding("hotkey", Verdict.NOTE, detail, f"Start it: timer-app. {instead}")
    except AppTrouble as error:
        return Finding("hotkey", Verdict.NOTE, str(error), instead)
    if not isinstance(rows, list) or not rows:
        remedy = f"timer-app config set hotkeys.toggle Ctrl+Alt+T. {instead}"
        return Finding("hotkey", Verdict.NOTE, "No hot key is set.", remedy)
    detail = " ".join(f"{row['action']}: {row['detail']}" for row in rows)
    if all(row["state"] == "bound" for row in rows):
        return Finding("hotkey", Verdict.OK, detail)
    remedy = f"Choose other keys in the settings (Settings…, Hot keys). {instead}"
    return Finding("hotkey", Verdict.NOTE, detail, remedy)
