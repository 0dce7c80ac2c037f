"""The installed `timer-app` as a process, and both services beside it in a thread."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import socket
import threading
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from tests.support.environment import PROGRAMS
from tests.support.limits import TIME_LIMIT
from timer_app.sandbox import (
    Fault,
    FaultKind,
    LogClosedError,
    Record,
    Sandbox,
    Task,
    TimeEntry,
    TimeLog,
    World,
)
from timer_app.sandbox.clock import real_clock
from timer_app.sandbox.world import plain_world

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from tests.conftest import StartProcess
    from tests.support.prepared import PreparedInterpreter
    from tests.support.process import Process

T = TypeVar("T")

TIMER_APP = PROGRAMS / "timer-app"
TOKENS = {
    "timecrowd": "canary-timecrowd-5f1d9c0b7a",
    "kaiten": "canary-kaiten-e82a6b41d3",
}
CARD_ID = 63258149
CARD_TITLE = "Ship the tray timer"


@dataclass(frozen=True)
class Ended:
    """A command that is over."""

    words: tuple[str, ...]
    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:  # noqa: ANN401 - any JSON
        """The one JSON document that stdout must be."""
        try:
            return json.loads(self.out)
        except ValueError:
            raise AssertionError(f"stdout is not one JSON document\n{self}") from None

    def __str__(self) -> str:
        """For messages."""
        return f"{self.words} -> {self.code}\nstdout: {self.out}\nstderr: {self.err}"


class TimerApp:
    """Runs commands of one home. `environment` may be changed before a run.

    `prepared` may be set to None: each command then starts Python and imports what it needs.
    """

    def __init__(
        self,
        start_process: StartProcess,
        environment: Mapping[str, str],
        home: Path,
        prepared: PreparedInterpreter | None = None,
    ) -> None:
        self.start_process = start_process
        self.home = home
        self.environment = {**environment, "TIMER_APP_HOME": str(home)}
        self.prepared = prepared

    def on_another_computer(self, home: Path) -> TimerApp:
        """The same person's commands with another home."""
        return TimerApp(self.start_process, self.environment, home, self.prepared)

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.home / "settings.toml"

    @property
    def journal(self) -> Path:
        """The journal's file."""
        return self.home / "journal.sqlite3"

    def start(
        self, *words: str, stdin: bytes | None = None, prefix: tuple[str, ...] = ()
    ) -> Process:
        """Begin a command."""
        command = [*prefix, str(TIMER_APP), *words]
        return self.start_process(
            command,
            env=self.environment,
            cwd=Path("/"),
            stdin=stdin,
            prepared=self.prepared,
        )

    def run(
        self,
        *words: str,
        code: int | None = 0,
        stdin: bytes | None = None,
        prefix: tuple[str, ...] = (),
    ) -> Ended:
        """Run a command to its end, which must come with that exit code (None: any)."""
        process = self.start(*words, stdin=stdin, prefix=prefix)
        ended = Ended(words, process.wait(), process.stdout, process.stderr)
        assert code is None or ended.code == code, ended
        assert "Traceback" not in ended.err, ended
        return ended

    def json(self, *words: str, code: int | None = 0) -> Any:  # noqa: ANN401 - any JSON
        """The document of a command run with --json."""
        return self.run(*words, "--json", code=code).document

    def status(self) -> Any:  # noqa: ANN401 - any JSON
        """The document of `status`."""
        return self.json("status")

    def log(self, first: str = "2000-01-01") -> Any:  # noqa: ANN401 - any JSON
        """All entries."""
        return self.json("log", "--from", first)

    def configure(self, text: str) -> None:
        """Write settings.toml."""
        self.home.mkdir(parents=True, exist_ok=True)
        self.settings.write_text(text, encoding="utf-8")


class Services:
    """A sandbox in a thread. Every method may be called from the test's thread."""

    def __init__(self, world: World | None = None) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        world = world or plain_world(real_clock())
        world.timecrowd_token, world.kaiten_token = TOKENS["timecrowd"], TOKENS["kaiten"]
        self.sandbox = Sandbox(world)
        self._run(self.sandbox.start())
        self._held: dict[str, socket.socket] = {}
        for site in self.sandbox.stage.sites.values():
            site.port = int(site.url.rpartition(":")[2])  # it comes back where it was

    def _run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(TIME_LIMIT)

    def call(self, work: Callable[[], T]) -> T:
        """Do something on the thread of the services."""

        async def call() -> T:
            return work()

        return self._run(call())

    def close(self) -> None:
        """Stop both."""
        for name in list(self._held):
            self._held.pop(name).close()
        self._run(self.sandbox.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(TIME_LIMIT)
        self._loop.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- where they are

    @property
    def timecrowd_url(self) -> str:
        """TimeCrowd's origin."""
        return self.sandbox.timecrowd_url

    @property
    def kaiten_url(self) -> str:
        """Kaiten's origin."""
        return self.sandbox.kaiten_url

    def card(self, number: int = CARD_ID) -> str:
        """A card's address."""
        return f"{self.kaiten_url}/{number}"

    def settings(self, more: str = "", *, timecrowd: bool = True, kaiten: bool = True) -> str:
        """The text of a settings file for these services."""
        world, text = self.sandbox.world, ""
        if timecrowd:
            text += (
                f'[timecrowd]\nurl = "{self.timecrowd_url}"\nteam_id = {world.team_id}\n'
                f"category_id = {world.category_id}\n"
            )
        if kaiten:
            text += f'[kaiten]\nurl = "{self.kaiten_url}"\n'
        return text + more

    # -- what they hold

    def entries(self) -> list[TimeEntry]:
        """The user's entries that are not deleted, oldest first."""
        return [entry for entry in self.all_entries() if entry.deleted_at is None]

    def all_entries(self) -> list[TimeEntry]:
        """The user's entries, the deleted ones too."""
        state = self.sandbox.timecrowd.state
        user = self.sandbox.world.timecrowd_user_id
        return self.call(lambda: [e for e in state.entries.values() if e.user_id == user])

    def logs(self) -> list[TimeLog]:
        """Kaiten's time logs."""
        return self.call(lambda: list(self.sandbox.kaiten.state.logs.values()))

    def task(self, entry: TimeEntry) -> Task:
        """The task of an entry."""
        return self.call(lambda: self.sandbox.timecrowd.state.tasks[entry.task_id])

    def requests(self, service: str) -> list[Record]:
        """What arrived, oldest first."""
        return self.call(lambda: list(self.sandbox.stage.sites[service].requests.records))

    def changes(self, service: str) -> list[str]:
        """The methods and paths of what arrived and would change something."""
        return [f"{r.method} {r.path}" for r in self.requests(service) if r.method != "GET"]

    def visits(self) -> list[str]:
        """Who came to the other origin, to which a REDIRECT fault points."""
        return self.call(lambda: [visit.path for visit in self.sandbox.visits])

    @property
    def now(self) -> datetime:
        """Their clock."""
        return self.call(self.sandbox.clock)

    # -- what goes wrong

    def fault(
        self,
        service: str,
        kind: FaultKind,
        method: str = "*",
        path: str = "",
        **more: Any,  # noqa: ANN401
    ) -> None:
        """Plan a fault."""
        fault = Fault(kind, method, path, **more)
        self.call(lambda: self.sandbox.stage.sites[service].faults.add(fault))

    def clear_faults(self) -> None:
        """Plan none."""
        for site in self.sandbox.stage.sites.values():
            self.call(site.faults.clear)

    def release(self) -> None:
        """Let go of what hangs or pauses."""
        for site in self.sandbox.stage.sites.values():
            self.call(site.release)

    def arrived(self, service: str, method: str = "*", path: str = "", count: int = 1) -> Record:
        """Wait for a request to arrive."""
        log = self.sandbox.stage.sites[service].requests
        return self._run(log.arrived(method, path, count))

    def answered(self, service: str, method: str = "*", path: str = "", count: int = 1) -> Record:
        """Wait for a request to be over."""
        log = self.sandbox.stage.sites[service].requests
        return self._run(log.answered(method, path, count))

    def begin_waiting(self, service: str, number: int, *, answered: bool) -> socket.socket:
        """A socket that becomes readable once that request is there, or over."""
        log = self.sandbox.stage.sites[service].requests
        ours, theirs = socket.socketpair()

        async def tell() -> None:
            with theirs, contextlib.suppress(LogClosedError):
                await (log.answered if answered else log.arrived)(count=number)

        asyncio.run_coroutine_threadsafe(tell(), self._loop)
        return ours

    def decided(self, service: str, count: int) -> None:
        """Wait until the service has carried out its `count`-th request, answered or not."""

        async def wait() -> None:
            await self.sandbox.stage.sites[service].requests.decided(count)

        self._run(wait())

    def revoke(self, service: str) -> None:
        """Answer 401 from now on."""
        self.call(self.sandbox.stage.sites[service].revoke_token)

    def accept(self, service: str) -> None:
        """Accept the token again."""
        self.call(self.sandbox.stage.sites[service].accept_token)

    def down(self, service: str) -> None:
        """Refuse connections; the port stays ours."""
        site = self.sandbox.stage.sites[service]
        self._run(site.close())
        held = socket.socket()
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", site.port))
        self._held[service] = held

    def up(self, service: str) -> None:
        """Listen again where it was."""
        self._held.pop(service).close()
        self._run(self.sandbox.stage.sites[service].start())

    def move_clock(self, by: timedelta) -> None:
        """Let it be later (or earlier) for both services than it is for the app."""

        def move() -> None:
            self.sandbox.clock.offset += by

        self.call(move)


def files_under(folder: Path) -> list[Path]:
    """Every file below a folder."""
    return [path for path in folder.rglob("*") if path.is_file()]


def same_instant(one: datetime, other: datetime, seconds: float = 1) -> bool:
    """Whether two instants are the same within so many seconds."""
    return abs(one - other) <= timedelta(seconds=seconds)


def instant(text: str) -> datetime:
    """An instant of a document; it must say its offset."""
    moment = datetime.fromisoformat(text)
    assert moment.tzinfo is not None, text
    return moment


def without_times(text: str) -> str:
    """A text with its clock times taken out."""
    return re.sub(r"[0-9:]{4,}", "#", text)


def free_port() -> int:
    """A port on which nobody listens."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def owner_only(path: Path) -> bool:
    """Whether only the owner can read a file or folder."""
    return not path.stat().st_mode & 0o077
