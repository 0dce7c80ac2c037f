"""Two commands at once, and commands that are killed: whatever happens, each thing once."""

from __future__ import annotations

import ctypes
import os
import select
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from tests.cli.support import Services, TimerApp, instant, same_instant
from tests.support.limits import TIME_LIMIT
from timer_app.sandbox import FaultKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support.process import Process

IN_MODIFY = 0x2


def _sound(app: TimerApp) -> Counter[str]:
    """The journal is whole; its deliveries by state."""
    connection = sqlite3.connect(app.journal)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        if connection.execute("PRAGMA user_version").fetchone() == (0,):
            return Counter()  # killed before it was made
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        counted = dict(connection.execute("SELECT state, count(*) FROM delivery GROUP BY state"))
        kept = dict(
            connection.execute(
                "SELECT state, sum(deliveries) AS n FROM tally GROUP BY state HAVING n > 0"
            )
        )
        assert counted == kept
        return Counter(counted)
    finally:
        connection.close()


def _all_told(app: TimerApp, services: Services) -> None:
    """Each finished entry is in TimeCrowd once, and its minutes are in Kaiten once."""
    told = [entry for entry in app.log() if entry["stopped_at"]]
    held = sorted(services.entries(), key=lambda entry: entry.started_at)
    assert len(held) == len(told)
    for entry, expected in zip(held, told, strict=True):
        assert entry.stopped_at is not None
        assert same_instant(entry.started_at, instant(expected["started_at"]))
        assert same_instant(entry.stopped_at, instant(expected["stopped_at"]))
    minutes = Counter(
        d["minutes"] for entry in told for d in entry["deliveries"] if d["kind"] == "log"
    )
    assert Counter(log.time_spent for log in services.logs()) == minutes


# -------------------------------------------------------------------- at the same moment


def _together(app: TimerApp, *commands: tuple[str, ...]) -> list[int]:
    running = [app.start(*words) for words in commands]
    codes = [process.wait() for process in running]
    for process in running:
        assert "Traceback" not in process.stderr, process.transcript()
    return codes


def test_two_starts_at_once(app: TimerApp, services: Services) -> None:
    codes = _together(app, ("start", "--task", "One"), ("start", "--task", "Two"))
    # the one whose instant is earlier may come second: then it is refused
    assert Counter(codes)[0] >= 1
    assert set(codes) <= {0, 1, 3}
    _sound(app)
    app.run("sync")
    app.run("stop")
    _all_told(app, services)
    assert len(services.entries()) == Counter(codes)[0] + Counter(codes)[3]


def test_two_stops_at_once(app: TimerApp, services: Services) -> None:
    app.run("start", services.card(), "--at", "-20m")
    codes = _together(app, ("stop",), ("stop",))
    assert sorted(codes) == [0, 1]
    _sound(app)
    _all_told(app, services)
    assert len(services.logs()) == 1


def test_many_syncs_at_once(app: TimerApp, services: Services) -> None:
    for hour in ("06", "07", "08"):
        words = ("--from", f"{hour}:00", "--for", f"{hour}m", "--wait", "0")
        app.run("add", services.card(), *words, code=3)
    codes = _together(app, *[("sync", "--wait", "20")] * 4)
    assert codes == [0, 0, 0, 0]
    _sound(app)
    _all_told(app, services)
    posts = [each for each in services.changes("kaiten") if each.startswith("POST")]
    assert len(posts) == 3


def test_a_click_is_kept_while_another_process_sends(app: TimerApp, services: Services) -> None:
    services.fault("timecrowd", FaultKind.PAUSE, "POST")
    first = app.start("start", services.card(), "--at", "-20m", "--wait", "20")
    services.arrived("timecrowd", "POST")
    second = app.run("stop", "--wait", "0", code=3)
    assert second.out
    assert app.status()["state"] == "idle"
    assert app.status()["deliveries"]["sending"] == 1
    services.release()
    assert first.wait() in (0, 3)
    app.run("sync")
    _all_told(app, services)


# -------------------------------------------------------------------- killed


@pytest.fixture
def fresh(app: TimerApp) -> Iterator[Callable[[], tuple[TimerApp, Services]]]:
    """Another home and other services each time, within one test."""
    made: list[Services] = []

    def make() -> tuple[TimerApp, Services]:
        services = Services()
        made.append(services)
        home = app.home.parent / f"home-{len(made)}"
        other = app.on_another_computer(home)
        other.configure(services.settings())
        return other, services

    yield make
    for services in made:
        services.close()


def test_after_a_kill_every_command_says_what_is_unknown(app: TimerApp, services: Services) -> None:
    """Also `status`, which sends nothing and writes nothing."""
    services.fault("timecrowd", FaultKind.PAUSE, "POST")
    process = app.start("start", services.card(), "--wait", "20")
    services.arrived("timecrowd", "POST")
    assert app.status()["deliveries"]["sending"] == 1
    _kill(process)
    process.wait()
    assert app.status()["deliveries"] == {
        "waiting": 0, "sending": 0, "unknown": 1, "blocked": 0, "done": 0,
    }  # fmt: skip
    (told,) = app.log()
    assert [delivery["state"] for delivery in told["deliveries"]] == ["unknown"]
    services.release()


def _kill(process: Process) -> None:
    with suppress(ProcessLookupError):  # it may have been done already
        process.kill()


def _decide(app: TimerApp, services: Services) -> None:
    """As a careful person: look at what is there; only what is not there is sent again."""
    for _ in range(20):
        if (code := app.run("sync", code=None).code) == 0:
            return
        assert code in (3, 4)
        for problem in app.json("problems", code=None):
            answer = _answer(problem["kind"], services)
            app.run(answer, str(problem["id"]), "--wait", "0", code=None)
    raise AssertionError(f"it never came to an end: {app.status()}")


def _answer(kind: str, services: Services) -> str:
    there = {
        "start": bool(services.entries()),
        "entry": bool(services.entries()),
        "log": bool(services.logs()),
    }
    return "drop" if there.get(kind) else "retry"  # a stop or correction may well be repeated


def _survives(app: TimerApp, services: Services, what: object) -> None:
    """After a kill: the journal is sound, nothing is sent blindly, nothing is lost."""
    before = _sound(app)
    sent = services.changes("timecrowd"), services.changes("kaiten")
    app.run("sync", "--wait", "0", code=None)
    assert (services.changes("timecrowd"), services.changes("kaiten")) == sent, what
    after = _sound(app)
    assert after["sending"] == 0, what
    assert after["unknown"] == before["unknown"] + before["sending"], what
    app.run("stop", "--wait", "0", code=None)  # if it still runs
    _decide(app, services)
    _sound(app)
    held, logs = services.entries(), services.logs()
    told = app.log()
    assert len(told) <= 1, what
    assert len(held) == len(told), what
    assert len(logs) == len(told), what
    if told:
        expected = next(d["minutes"] for d in told[0]["deliveries"] if d["kind"] == "log")
        assert [log.time_spent for log in logs] == [expected], what


ONLINE = (("start", "--at", "-30m"), ("stop",))
OFFLINE = (("start", "--at", "-30m", "--wait", "0"), ("stop", "--wait", "0"), ("sync",))


def _play(app: TimerApp, services: Services, story: tuple[tuple[str, ...], ...]) -> None:
    for words in story:
        app.run(*_named(words, services), code=None)


def _named(words: tuple[str, ...], services: Services) -> tuple[str, ...]:
    return (*words, services.card()) if words[0] == "start" else words


@pytest.mark.slow
@pytest.mark.parametrize(
    ("story", "moment"),
    [
        (ONLINE, "lost"),
        (ONLINE, "stored"),
        (ONLINE, "answered"),
        (OFFLINE, "late"),
        (OFFLINE, "stored"),
    ],
    ids=["online-lost", "online-stored", "online-answered", "offline-late", "offline-stored"],
)
def test_killed_at_every_request(
    fresh: Callable[[], tuple[TimerApp, Services]], story: tuple[tuple[str, ...], ...], moment: str
) -> None:
    """lost: it never arrives; late: it arrives after the kill; stored: nobody hears the answer."""
    app, services = fresh()
    _play(app, services, story)
    _all_told(app, services)
    points = [
        (name, record.number)
        for name in ("timecrowd", "kaiten")
        for record in services.requests(name)
        if record.method != "GET" or moment == "lost"
    ]
    killed = 0
    for name, number in points:
        app, services = fresh()
        if _killed_at(app, services, story, name, number, moment):
            _survives(app, services, (name, number, moment))
            killed += 1
        else:  # it takes a slow machine to be corrected for what came late: not this time
            _all_told(app, services)
    assert killed >= 3


def _killed_at(
    app: TimerApp,
    services: Services,
    story: tuple[tuple[str, ...], ...],
    name: str,
    number: int,
    moment: str,
) -> bool:
    """Whether that request came, which is what it was killed at."""
    kinds = {
        "lost": FaultKind.HANG_BEFORE_COMMIT,
        "late": FaultKind.PAUSE,
        "stored": FaultKind.HANG_AFTER_COMMIT,
    }
    if moment in kinds:
        services.fault(name, kinds[moment], nth=number)
    for words in story:
        process = app.start(*_named(words, services))
        if not _reached(services, process, name, number, answered=moment == "answered"):
            continue
        if moment == "stored":
            services.decided(name, number)
        _kill(process)
        if moment == "late":
            services.release()
            services.answered(name, count=number)
        services.clear_faults()
        services.release()
        return True
    return False


def _reached(
    services: Services, process: Process, name: str, number: int, *, answered: bool
) -> bool:
    """Wait until that request is there, or (False) the process ended without it."""
    waiting = services.begin_waiting(name, number, answered=answered)
    poll = select.poll()
    poll.register(waiting.fileno(), select.POLLIN)
    with waiting, os.fdopen(os.pidfd_open(process.pid)) as life:
        poll.register(life.fileno(), select.POLLIN)
        assert poll.poll(TIME_LIMIT * 1000), process.transcript()
        process_only = [fd for fd, _ in poll.poll(0)] == [life.fileno()]
    if process_only:
        process.wait()
    return not process_only


class _Writes:
    """The writes to files of a folder, as they happen (inotify)."""

    def __init__(self, folder: str) -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        self.fd = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        assert self.fd >= 0
        assert libc.inotify_add_watch(self.fd, folder.encode(), IN_MODIFY) >= 0

    def wait(self, process: Process, count: int) -> bool:
        """Wait for so many changes; False if the process ended before."""
        seen = 0
        with os.fdopen(os.pidfd_open(process.pid)) as life:
            poll = select.poll()
            poll.register(self.fd, select.POLLIN)
            poll.register(life.fileno(), select.POLLIN)
            while seen < count:
                ready = [fd for fd, _ in poll.poll(TIME_LIMIT * 1000)]
                assert ready, process.transcript()
                if self.fd not in ready:
                    return False
                seen += self._take()
        return True

    def _take(self) -> int:
        data, taken = os.read(self.fd, 4096), 0
        while data:
            length = int.from_bytes(data[12:16], "little")
            taken += data[16 : 16 + length].rstrip(b"\0").startswith(b"journal.sqlite3")
            data = data[16 + length :]
        return taken

    def close(self) -> None:
        os.close(self.fd)


@pytest.mark.slow
def test_killed_at_the_writes_of_the_journal(
    fresh: Callable[[], tuple[TimerApp, Services]],
) -> None:
    """Killed as soon as the kernel tells of the n-th write: within commits and between them."""
    ended, count = False, 1
    while not ended:
        app, services = fresh()
        app.run("status")
        writes = _Writes(str(app.home))
        try:
            process = app.start("start", services.card(), "--at", "-30m")
            ended = not writes.wait(process, count)
            _kill(process)
            if app.journal.exists():
                _survives(app, services, count)
        finally:
            writes.close()
        count += 4 + count // 4
    assert count > 10


def test_a_thread_within_rust_does_not_abort_the_end() -> None:
    """The keyring's thread may be in cryptography, and that in Python, as the process ends."""
    program = (
        "import sys, threading\n"
        "from cryptography.hazmat.primitives import hashes\n"
        "from timer_app.cli.main import main\n"
        "called = threading.Event()\n"
        "class Called(hashes.SHA256):\n"
        "    @property\n"
        "    def name(self):\n"
        "        called.set()\n"
        "        while True: pass\n"
        "threading.Thread(target=lambda: hashes.Hash(Called()), daemon=True).start()\n"
        "called.wait()\n"
        "sys.argv[1:] = ['--version']\n"
        "sys.exit(main())\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program],
        check=False,
        capture_output=True,
        text=True,
        timeout=TIME_LIMIT,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("timer-app ")
