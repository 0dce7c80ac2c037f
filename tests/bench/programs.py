"""Whole programs: how soon the icon is up, what a command costs, what idling costs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache, partial

from tests.bench.budgets import Figure
from tests.bench.idle import used
from tests.bench.taking_turns import NotMeasuredError, in_turns
from tests.support.app_socket import answering
from tests.support.bus import SessionBus
from tests.support.desktop import Desktop
from tests.support.environment import ROOT, Home
from tests.support.process import Process
from tests.support.secret_service import SecretService
from tests.support.services import Services
from tests.support.tray_host import TrayHost
from tests.support.whole_app import WholeApp, settings_text
from timer_app.adapters.setup.ipc import VERSION

CARD_ID = 63258149  # one that the stand-in has
Command = tuple[str, ...]
SMALLEST_TRAY: Command = ("python", "-m", "tests.bench.smallest_tray")
# A tray that is not up by then is not slow but broken.
TRAY_LIMIT = 20.0
_SETTLING_SECONDS = 3.0
_REST_SECONDS = 1.0
_UNTIL_QUIET_SECONDS = 20.0
"""A keyring that is not there is asked a second time, and the tray says so once more."""


def tray_up(rounds: int) -> dict[str, Figure]:
    """From the start of a program until the tray has fetched its picture."""
    return {
        "tray-up": in_turns(
            lambda: _until_in_tray(("timer-app",)), lambda: _until_in_tray(SMALLEST_TRAY), rounds
        )
    }


_LEAST_PYTHON: Command = ("python", "-c", "import sqlite3, json, argparse")


def status(rounds: int) -> dict[str, Figure]:
    """CPU time of `status` without the app."""
    command = ("timer-app", "status", "--json")
    return {"status": in_turns(lambda: _cpu_ms(command), lambda: _cpu_ms(_LEAST_PYTHON), rounds)}


def app_commands(rounds: int) -> dict[str, Figure]:
    """CPU time of commands that the running app carries out: of their own process alone."""
    commands = {"start": ("start", "--task", "A"), "stop": ("stop",), "toggle": ("toggle",)}
    return {
        f"command-{name}": in_turns(
            partial(_answered_cpu_ms, ("timer-app", *words, "--json")),
            lambda: _cpu_ms(_LEAST_PYTHON),
            rounds,
        )
        for name, words in commands.items()
    }


def hotkey(rounds: int) -> dict[str, Figure]:
    """Wall time of `toggle`, as a desktop's hot key runs it, until the running app has done it."""
    with ExitStack() as stack:
        home = stack.enter_context(Home())
        bus = stack.enter_context(SessionBus(home))
        host = stack.enter_context(TrayHost(bus.address))
        host.start()
        folder = home.path / "app"
        shutil.copytree(_lived_in(), folder)
        environment = home.environment(
            **bus.environment, **_desktop().environment, TIMER_APP_HOME=str(folder)
        )
        logged = environment | {"TIMER_APP_LOG": "debug"}  # it says when it listens
        ours = stack.enter_context(Process(["timer-app"], env=logged))
        host.wait_item(ours.pid)
        app = WholeApp(ours, folder)
        app.wait_started()
        time.sleep(_SETTLING_SECONDS)
        toggle: Command = ("timer-app", "toggle", "--wait", "0")
        before = app.status()["state"]
        figure = in_turns(
            lambda: _wall_ms(toggle, environment),
            lambda: _wall_ms(("python", "-c", "pass"), environment),
            rounds * 2,
        )
        if app.status()["state"] == before:  # one more than an even number, as caches were warmed
            raise NotMeasuredError("the app did not toggle")
        return {"hotkey": figure}


def _wall_ms(command: Command, environment: dict[str, str]) -> float:
    began = time.perf_counter()
    ended = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=False)
    spent = (time.perf_counter() - began) * 1000
    if ended.returncode not in (0, 3):  # 3: nothing is delivered, as nobody listens there
        raise NotMeasuredError(ended.stderr.decode(errors="replace"))
    return spent


def _answered_cpu_ms(command: Command) -> float:
    """CPU time beside somebody who answers at once, as the app would."""
    answer = {"version": VERSION, "exit": 0, "document": {"state": "idle"}, "messages": []}
    with Home() as home:
        run = home.path / "app" / "run"
        run.mkdir(mode=0o700, parents=True)
        with answering(run / "app.sock", json.dumps(answer).encode() + b"\n"):
            return _cpu_ms_in(home, command)


def history(rounds: int) -> dict[str, Figure]:
    """CPU time from the wish to the painted history of all entries there are."""
    return {"history": in_turns(lambda: _history_ms(1_000_000), lambda: _history_ms(100), rounds)}


def panel(rounds: int) -> dict[str, Figure]:
    """CPU time from the wish to the painted panel, at first and later."""
    return {
        f"panel-{when}": in_turns(
            partial(_panel_ms, "panel", number), partial(_panel_ms, "empty", number), rounds
        )
        for number, when in enumerate(("first", "later"))
    }


def idle(seconds: float) -> dict[str, Figure]:
    """Memory, wake-ups and CPU of both, watched over the same seconds."""
    with ExitStack() as stack:
        home = stack.enter_context(Home())
        bus = stack.enter_context(SessionBus(home))
        host = stack.enter_context(TrayHost(bus.address))
        host.start()
        folder = home.path / "app"
        folder.mkdir(mode=0o700)
        # Who said no to the first steps: their window would be measured else, not the tray.
        (folder / "settings.toml").write_text('[timecrowd]\nurl = "https://timecrowd.net"\n')
        environment = home.environment(
            **bus.environment, **_desktop().environment, TIMER_APP_HOME=str(folder)
        )
        environment["TIMER_APP_LOG"] = "debug"  # it says when it listens
        ours = stack.enter_context(Process(["timer-app"], env=environment))
        smallest = stack.enter_context(Process(SMALLEST_TRAY, env=environment))
        for process in (ours, smallest):
            host.wait_item(process.pid)
        WholeApp(ours, folder).wait_started()
        time.sleep(_UNTIL_QUIET_SECONDS)
        before = used(ours.pid), used(smallest.pid)
        time.sleep(seconds)
        pair = used(ours.pid) - before[0], used(smallest.pid) - before[1]
        wakeups = [each.all * 60 / seconds for each in pair]
        cpu = [each.cpu * 1000 * 60 / seconds for each in pair]
        return {
            "memory": Figure(private_mb(ours.pid), private_mb(smallest.pid)),
            "idle-wakeups": Figure(wakeups[0], wakeups[1]),
            "idle-cpu": Figure(cpu[0], cpu[1]),
        }


def in_use(seconds: float = 0) -> dict[str, Figure]:
    """Memory once an entry runs in both services: HTTP, TLS and a real keyring are loaded.

    And how often it wakes within so many `seconds` in which it runs and nobody looks, a minute.
    """
    with ExitStack() as stack:
        home = stack.enter_context(Home())
        bus = stack.enter_context(SessionBus(home))
        host = stack.enter_context(TrayHost(bus.address))
        host.start()
        services = Services()
        stack.callback(services.close)
        keyring = stack.enter_context(SecretService(home, bus))
        for service in ("timecrowd", "kaiten"):
            keyring.store("timer-app", service, getattr(services.sandbox, f"{service}_token"))
        folder = home.path / "app"
        folder.mkdir(mode=0o700)
        settings = settings_text(services.timecrowd_url, services.kaiten_url)
        (folder / "settings.toml").write_text(settings)
        environment = home.environment(
            **bus.environment, **_desktop().environment, TIMER_APP_HOME=str(folder)
        )
        environment["TIMER_APP_LOG"] = "debug"
        ours = stack.enter_context(Process(["timer-app"], env=environment))
        smallest = stack.enter_context(Process(SMALLEST_TRAY, env=environment))
        for process in (ours, smallest):
            host.wait_item(process.pid)
        app = WholeApp(ours, folder)
        app.wait_started()
        card = f"{services.kaiten_url}/{CARD_ID}"
        begun = app.ask("start", card=card, wait="0")["exit"]
        if begun not in (0, 3) or app.sync() != 0 or not services.entries():
            raise NotMeasuredError(f"the services were not told\n{ours.transcript()}")
        time.sleep(_SETTLING_SECONDS)
        figures = {"memory-in-use": Figure(private_mb(ours.pid), private_mb(smallest.pid))}
        if seconds:
            figures["running-wakeups"] = Figure(_wakings(ours.pid, seconds) * 60 / seconds)
        return figures


def _wakings(pid: int, seconds: float) -> int:
    """How often the program's main thread wakes from rest, a rest being _REST_SECONDS and more.

    Counted from the end of one waking, or a minute with one waking could show two, at its borders.
    Waiting for a service's answer, and for the tray that reads the new tooltip, is part of it.
    """
    _wait_for_rest(pid, after_waking=True)
    wakings, before = 0, used(pid).main
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(_REST_SECONDS)
        if used(pid).main != before:
            wakings += 1
            before = _wait_for_rest(pid)
    return wakings


def _wait_for_rest(pid: int, *, after_waking: bool = False) -> int:
    """Wait until the main thread rests, after its next waking if asked; its wake-ups so far."""
    before, is_waking_over = used(pid).main, not after_waking
    while True:
        time.sleep(_REST_SECONDS)
        now = used(pid).main
        if now == before and is_waking_over:
            return now
        is_waking_over |= now != before
        before = now


def private_mb(pid: int) -> float:
    """Memory that would be free again if the process ended."""
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:  # noqa: PTH123 - of /proc
        fields = [line.split() for line in file]
    names = ("Private_Clean:", "Private_Dirty:")
    return sum(int(field[1]) for field in fields if field[0] in names) / 1024


def _cpu_ms(command: Command) -> float:
    """CPU time, user and system, of a command that ends by itself with exit code 0."""
    with Home() as home:
        return _cpu_ms_in(home, command)


def _cpu_ms_in(home: Home, command: Command) -> float:
    environment = home.environment(TIMER_APP_HOME=str(home.path / "app"))
    process = subprocess.Popen(
        command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    with process.stderr as pipe:
        errors = pipe.read().decode(errors="replace")
    _pid, waited, spent = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(waited)
    if process.returncode != 0:
        raise NotMeasuredError(f"{' '.join(command)}: exit code {process.returncode}\n{errors}")
    return (spent.ru_utime + spent.ru_stime) * 1000


def _until_in_tray(command: Command) -> float:
    """Milliseconds. The app's home is one that was used before: settings, journal, a last task."""
    with ExitStack() as stack:
        home = stack.enter_context(Home())
        bus = stack.enter_context(SessionBus(home))
        host = stack.enter_context(TrayHost(bus.address))
        host.start()
        environment = home.environment(
            **bus.environment, **_desktop().environment, TIMER_APP_HOME=_lived_in()
        )
        started = time.monotonic()
        process = stack.enter_context(Process(command, env=environment))
        try:
            if not host.wait_item(process.pid, TRAY_LIMIT).facts().icon:
                raise NotMeasuredError("the tray was given no picture")
        except AssertionError as error:
            raise NotMeasuredError(f"{error}\n{process.transcript()}") from error
        return (time.monotonic() - started) * 1000


def _history_ms(entries: int) -> float:
    """Milliseconds of CPU."""
    command = ("python", "-m", "tests.bench.open_history", _history_of(entries))
    return float(_output(command)) * 1000


def _panel_ms(window: str, number: int) -> float:
    """Milliseconds of CPU: of the first opening (0), or of later ones (1)."""
    return float(_output(("python", "-m", "tests.bench.open_panel", window)).split()[number])


def _output(command: Command) -> str:
    """What a program prints that opens windows nobody sees."""
    with Home() as home:
        environment = home.environment(QT_QPA_PLATFORM="offscreen")
        ended = subprocess.run(
            command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False
        )
    if ended.returncode != 0:
        raise NotMeasuredError(ended.stderr)
    return ended.stdout


@cache
def _history_of(entries: int) -> str:
    """A journal of so many entries, made once; a million take a minute."""
    from tests.bench.open_history import make

    home = _shared.enter_context(Home())
    make(home.path, entries)
    return str(home.path)


_shared = ExitStack()


@contextmanager
def shared() -> Iterator[None]:
    """What all rounds use, closed in the end."""
    with _shared:
        yield


@cache
def _desktop() -> Desktop:
    """One X server for all rounds, made when first needed."""
    return _shared.enter_context(Desktop())


@cache
def _lived_in() -> str:
    """A TIMER_APP_HOME with settings for both services (nobody listens there) and a journal."""
    home = _shared.enter_context(Home())
    folder = home.path / "app"
    folder.mkdir(mode=0o700)
    nobody = "http://127.0.0.1:9"
    (folder / "settings.toml").write_text(settings_text(nobody, nobody))
    environment = home.environment(TIMER_APP_HOME=str(folder))
    for minutes in range(10, 60, 10):
        words = ("--task", f"Task {minutes}", "--from", f"-{minutes}m", "--for", "5m")
        command = ("timer-app", "add", *words, "--wait", "0")
        ended = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=False)
        if ended.returncode not in (0, 3):
            raise NotMeasuredError(ended.stderr.decode(errors="replace"))
    return str(folder)
