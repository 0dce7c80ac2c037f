"""The tray app as a process, and everything a test asks of it."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.support.limits import TIME_LIMIT
from timer_app.adapters.setup.ipc.client import send_request

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.process import Process


@dataclass(frozen=True)
class WholeApp:
    """A running `timer-app` and its home."""

    process: Process
    home: Path

    @property
    def pid(self) -> int:
        """Its process id."""
        return self.process.pid

    @property
    def socket(self) -> Path:
        """Where it listens."""
        return self.home / "run" / "app.sock"

    def wait_started(self) -> bool:
        """Wait until it listens; whether it found a tray."""
        line = self.process.wait_line("timer_app.tray.lifecycle started tray=(True|False) ")
        return line[1] == "True"

    def ask(self, command: str, **words: str) -> dict[str, Any]:
        """The answer to a command, as the command line gets it.

        Kaiten is asked for a card's title in half of the wait: a busy machine has all the time.
        """
        if "card" in words:
            words.setdefault("wait", str(TIME_LIMIT - 5))
        return send_request(str(self.socket), command, words, TIME_LIMIT)

    def status(self) -> dict[str, Any]:
        """The document of `status`."""
        document = self.ask("status")["document"]
        assert isinstance(document, dict)
        return document

    def sync(self) -> int:
        """Deliver what is due; the exit code once that is over."""
        return int(self.ask("sync", wait=str(TIME_LIMIT - 5))["exit"])

    def complaints(self) -> list[str]:
        """What it said of bugs of its own: tracebacks, and warnings of Qt and PySide."""
        said = self.process.stderr
        lines = re.findall(
            "^(?:Traceback|libpyside|qt\\.|Q[A-Z][A-Za-z]+:).*|.*by a bug$", said, re.MULTILINE
        )
        # The log itself cannot be written where a test fills the disk.
        return [] if "File too large" in said else lines

    def quit(self) -> None:
        """End it by its menu's word, and see that it ends well."""
        self.ask("quit")
        assert self.process.wait() == 0, self.process.transcript()


@dataclass(frozen=True)
class Row:
    """A delivery in the journal."""

    service: str
    kind: str
    state: str


def journal_rows(home: Path) -> list[Row]:
    """The deliveries in the journal of that home, in order; the app may run or be dead."""
    path = home / "journal.sqlite3"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as journal:
        found = journal.execute("SELECT service, kind, state FROM delivery ORDER BY id")
        return [Row(*row) for row in found]


def settings_text(timecrowd_url: str, kaiten_url: str, more: str = "") -> str:
    """A settings.toml for both services."""
    return (
        f"[timecrowd]\nurl = {json.dumps(timecrowd_url)}\nteam_id = 11609\ncategory_id = 36543\n"
        f"[kaiten]\nurl = {json.dumps(kaiten_url)}\n{more}"
    )
