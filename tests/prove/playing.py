"""One playing of a story: what was typed, what was promised, who was killed, and the mending."""

from __future__ import annotations

import json
import re
import shlex
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tests.cli.support import TIMER_APP
from tests.prove.comparing import (
    Findings,
    JsonObject,
    compare_acknowledged,
    compare_comments,
    compare_entries,
    compare_minutes,
)
from tests.prove.counts import Counts
from tests.prove.place import DONE_HERE, KILLED, Ended, Setting
from tests.prove.stories import Command, Killed, words_of
from tests.prove.victim import Boundary
from tests.support.process import ProcessEndedError

if TYPE_CHECKING:
    from tests.prove.stories import Story
    from tests.support.whole_app import WholeApp

_VICTIM = Path(__file__).with_name("victim.py")
_PLAIN = (str(TIMER_APP),)
_PATIENCE = "--wait 20"
_MOST_SYNCS = 20
"""So often a careful person says `sync` before calling it broken. Two are enough as a rule."""
_REMOVES = ("cancel", "delete")
_MAY_CHANGE = ("cancel", "edit", "delete", "split", "undo")
"""Commands after which an entry may be other than it was printed before."""

# Not `complaints`: without a tray Qt has some of its own.
_BUG = re.compile("^Traceback|by a bug$", re.MULTILINE)

Launcher = tuple[str, ...]
Met = dict[Boundary, int]
"""How often a process came to each boundary."""


class Playing:
    """A story being played in a setting of its own."""

    def __init__(self, story: Story, setting: Setting) -> None:
        self.story = story
        self.findings = Findings()
        self.kills = 0
        self._entries = 0
        self._setting = setting
        self._report = setting.home / "boundaries.json"
        self._acknowledged: dict[str, JsonObject | None] = {}
        self._app: WholeApp | None = None

    @property
    def counts(self) -> Counts:
        """What it came to."""
        return Counts(kills=self.kills, entries=self._entries) + self.findings.counts

    # -- victims

    def victim(self, boundary: Boundary, number: int) -> Launcher:
        """What to run instead of `timer-app` to have it killed there."""
        return (sys.executable, str(_VICTIM), boundary.value, str(number), str(self._report))

    def counting(self) -> Launcher:
        """What to run instead of `timer-app` to have its boundaries counted (see `met`)."""
        return self.victim(Boundary.BEFORE_COMMIT, 0)

    def met(self) -> Met:
        """How often the process that counted came to each boundary."""
        found = json.loads(self._report.read_text(encoding="ascii"))
        return {boundary: found.get(boundary.value, 0) for boundary in Boundary}

    # -- typing

    def type(self, command: Command, launcher: Launcher = _PLAIN) -> Ended | None:
        """Run a command of the story; None if it names an entry that there is not."""
        if isinstance(command, Killed):
            launcher = self.victim(command.boundary, command.number)
        words = self._filled_in(words_of(command))
        if words is None:
            return None
        ended = self._setting.run(*words, launcher=launcher)
        if ended.killed:
            self._after_a_kill()
        self._listen(ended)
        return ended

    def _filled_in(self, words: str) -> list[str] | None:
        values = self._setting.cards | {"own_task": str(self._setting.own_task)}
        if "{last}" in words:
            log = self._setting.log()
            if not log:
                return None
            values["last"] = log[-1]["id"]
        return shlex.split(words.format(**values))

    def _listen(self, ended: Ended) -> None:
        """Remember what was printed: from here on it is a promise."""
        if "Traceback" in ended.err:
            self.findings.wrong.append(f"a bug: {ended}")
        verb, document = ended.words[0], ended.document
        if verb in _MAY_CHANGE:
            self._forget(verb, ended.words[1])
        if document is None or ended.code not in (*DONE_HERE, KILLED):
            return
        entries = document.get("entries", []) if isinstance(document, dict) else []
        self._acknowledged |= {entry["id"]: entry for entry in entries}
        if verb in _REMOVES:  # what was removed is named first
            self._acknowledged[entries[0]["id"]] = None

    def _forget(self, verb: str, entry_id: str) -> None:
        """Expect nothing of what a command may have changed; it says itself what is now."""
        if verb in ("edit", "delete", "split"):
            self._acknowledged.pop(entry_id, None)
        else:
            self._acknowledged.clear()

    def _after_a_kill(self) -> None:
        self.kills += 1
        self._setting.services.come_to_rest()
        if unsound := self._setting.unsound():
            self.findings.wrong.append(f"the journal is not sound: {unsound}")

    # -- the tray app

    def start_app(self, launcher: Launcher = _PLAIN) -> None:
        """Start the tray app; it listens when this returns, unless it was killed before."""
        self._app = self._setting.start_app(launcher)
        with suppress(ProcessEndedError):
            self._app.wait_started()

    def app_runs(self) -> bool:
        """Whether it still runs. That it was killed is noticed here."""
        app = self._app
        if app is None or app.process.running:
            return app is not None
        self._app_ended(app)
        return False

    def quit_app(self) -> None:
        """End the app, if it runs."""
        if self._app is not None:
            self._setting.run("quit")
            self._app_ended(self._app)

    def _app_ended(self, app: WholeApp) -> None:
        self._app = None
        code = app.process.wait()
        if code == KILLED:
            self._after_a_kill()
        elif code or _BUG.search(app.process.stderr):
            self.findings.wrong.append(f"the app ended with {code}\n{app.process.transcript()}")

    # -- afterwards

    def mend(self) -> None:
        """Say `sync` until all is delivered, and `stop` if something runs: nothing else."""
        ended = None
        for _ in range(_MOST_SYNCS):
            ended = self.type(f"sync {_PATIENCE}")
            if ended is None or not isinstance(ended.document, dict):
                break
            if ended.document.get("state") == "running":
                self.type(f"stop {_PATIENCE}")
            elif ended.code == 0 or (ended.code == 4 and self.story.may_need_person):
                return
            elif ended.code == 4 and not self._look_at_comments():
                break
        self.findings.wrong.append(f"it needs a person: {ended}\n{self._setting.run('problems')}")

    def _look_at_comments(self) -> bool:
        """Say of comments that may have arrived that one has looked; whether there were any."""
        found = self._setting.run("problems").document
        unknown = [
            each for each in found or () if (each["kind"], each["state"]) == ("comment", "unknown")
        ]
        for each in unknown:
            self._setting.run("drop", str(each["id"]))
        return bool(unknown)

    def compare(self) -> None:
        """Hold the journal against what both services have and what was printed."""
        told, services = self._setting.log(), self._setting.services
        finished = [entry for entry in told if entry["stopped_at"] is not None]
        self._entries = len(finished)
        self.findings.wrong += [
            f"it still runs: {entry}" for entry in told if entry not in finished
        ]
        compare_entries(finished, services.entries(), self.findings)
        refused = self._setting.cards["forbidden"]
        compare_minutes(finished, services.logs(), refused, self.findings)
        compare_comments(finished, services.comment_posts(), self.findings)
        compare_acknowledged(self._acknowledged, told, self.findings)
