"""Where the proof takes place: one keyring with both tokens; for each case a home and services."""

from __future__ import annotations

import asyncio
import itertools
import json
import sqlite3
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from tests.cli.support import TIMER_APP, TOKENS
from tests.support.bus import SessionBus
from tests.support.environment import Home
from tests.support.midday import midday_zone, zone_name
from tests.support.process import Process
from tests.support.secret_service import NAMED, SecretService
from tests.support.services import Services
from tests.support.whole_app import WholeApp, settings_text
from timer_app.sandbox.world import CARD_ID, FORBIDDEN_CARD_ID, KEYED_CARD_ID

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

KILLED = -9
DONE_HERE = (0, 3, 4)
"""Exit codes of a command that did here what it was asked."""

_BARRIER = b"GET /_sandbox/faults HTTP/1.1\r\nHost: sandbox\r\nConnection: close\r\n\r\n"


class Place:
    """One home, one bus and one keyring for all cases; it is midday there."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._numbers = itertools.count(1)
        with ExitStack() as stack:
            self._home = stack.enter_context(Home())
            bus = stack.enter_context(SessionBus(self._home))
            keyring = stack.enter_context(SecretService(self._home, bus))
            for service, token in TOKENS.items():
                keyring.store("timer-app", service, token)
            self._stack = stack.pop_all()
        self.environment: Mapping[str, str] = self._home.environment(
            **bus.environment,
            TZ=zone_name(midday_zone()),
            QT_QPA_PLATFORM="offscreen",
            **NAMED,
        )

    def new_home(self) -> Path:
        """A folder for one case."""
        folder = self._home.path / f"case-{next(self._numbers)}"
        folder.mkdir(mode=0o700)
        return folder

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()


class StandIns(Services):
    """Both services, as patient as one who is asked by many short-lived processes must be."""

    def __init__(self) -> None:
        super().__init__()
        self.do(self._arrange)

    def _arrange(self) -> None:
        for name, site in self.sandbox.stage.sites.items():
            site.state.tokens[TOKENS[name]] = site.user_id
        # The app keeps to Kaiten's 5 requests a second in each process; three processes in one
        # second may be more, and would only be told to wait.
        state = self.sandbox.kaiten.state
        state.switches = replace(state.switches, rate_limited=False)

    def come_to_rest(self) -> None:
        """Wait until what dead processes have asked is carried out or will never be."""
        self.run(self._rest())

    async def _rest(self) -> None:
        """A connection made now is served after all that were made before, and so on to the end."""
        for url in (self.timecrowd_url, self.kaiten_url):
            reader, writer = await asyncio.open_connection(
                urlsplit(url).hostname, urlsplit(url).port
            )
            writer.write(_BARRIER)
            await reader.read()
            writer.close()
            await writer.wait_closed()
        while others := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(others)


@dataclass(frozen=True)
class Ended:
    """A command that is over."""

    words: tuple[str, ...]
    code: int
    out: str
    err: str

    @property
    def killed(self) -> bool:
        """Whether SIGKILL ended it."""
        return self.code == KILLED

    @property
    def document(self) -> Any:  # noqa: ANN401 - any JSON
        """What it printed; None if it was killed before."""
        return json.loads(self.out) if self.out else None

    def __str__(self) -> str:
        """For messages."""
        return f"{' '.join(self.words)} -> {self.code}: {self.out.strip()} {self.err.strip()}"


class Setting:
    """One case: a new home, new services, and `timer-app` in front of them."""

    def __init__(self, place: Place) -> None:
        self.home = place.new_home()
        self._environment = {**place.environment, "TIMER_APP_HOME": str(self.home)}
        self._started: list[Process] = []
        self.services = StandIns()
        self.cards = {
            "card": f"{self.services.kaiten_url}/{CARD_ID}",
            "other": f"{self.services.kaiten_url}/{KEYED_CARD_ID}",
            "forbidden": f"{self.services.kaiten_url}/{FORBIDDEN_CARD_ID}",
        }
        self.own_task = self.services.do(self._add_own_task)
        text = settings_text(self.services.timecrowd_url, self.services.kaiten_url)
        (self.home / "settings.toml").write_text(text, encoding="utf-8")

    def _add_own_task(self) -> int:
        """A task that TimeCrowd has already, whose address is the card's; its number."""
        sandbox = self.services.sandbox
        state, world = sandbox.timecrowd.state, sandbox.world
        title, parent = "Ship it", world.category_id
        return state.add_task(world.team_id, title, self.cards["card"], parent, sandbox.clock()).id

    def run(self, *words: str, launcher: tuple[str, ...] = (str(TIMER_APP),)) -> Ended:
        """Run a command to its end."""
        typed = (*words, "--json")
        with Process([*launcher, *typed], env=self._environment) as process:
            return Ended(typed, process.wait(), process.stdout, process.stderr)

    def start_app(self, launcher: tuple[str, ...] = (str(TIMER_APP),)) -> WholeApp:
        """Start the tray app; `close` ends it."""
        environment = {**self._environment, "TIMER_APP_LOG": "debug"}
        self._started.append(Process(launcher, env=environment))
        return WholeApp(self._started[-1], self.home)

    def log(self) -> list[dict[str, Any]]:
        """The entries of the journal, oldest first."""
        ended = self.run("log", "--from", "2000-01-01")
        if ended.code == 1:  # the app was just then killed, as planned: now nobody is asked
            ended = self.run("log", "--from", "2000-01-01")
        assert ended.code == 0, ended
        found = ended.document
        assert isinstance(found, list)
        return found

    def unsound(self) -> str:
        """What is wrong with the journal's file; "" if nothing is.

        A copy is asked: whoever opens the file itself mends what a kill has left.
        """
        copies = self.home / "copy"
        copies.mkdir(exist_ok=True)
        for file in self.home.glob("journal.sqlite3*"):
            if not file.name.endswith("-shm"):
                (copies / file.name).write_bytes(file.read_bytes())
        if not (copies / "journal.sqlite3").exists():
            return ""
        with closing(sqlite3.connect(copies / "journal.sqlite3")) as journal:
            found = journal.execute("PRAGMA integrity_check").fetchall()
            found += journal.execute("PRAGMA foreign_key_check").fetchall()
        return "" if found == [("ok",)] else str(found)

    def close(self) -> None:
        """End what still runs."""
        for process in self._started:
            process.close()
        self.services.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
