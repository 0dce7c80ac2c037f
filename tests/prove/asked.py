"""What the user asked for, kept beside the app: the entries they made, changed and removed.

Times that they named are taken as named; what ran from one click to another took as long as it
truly did, however the clock was set meanwhile. Where a kill leaves open whether a command was
carried out, and where another device acted, the journal is believed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tests.prove.computer import Computer
from tests.prove.simulated import TrueTime
from tests.prove.truth import Difference
from timer_app.domain.delivery.outbox import LoggedEntry
from timer_app.services.command_context import CommandReply
from timer_app.services.exit_codes import ExitCode

_DONE = (ExitCode.DONE, ExitCode.STILL_WAITING, ExitCode.NEEDS_PERSON)
_AS_TOLD = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A finished entry as the user wants it."""

    task: str
    started_at: datetime
    stopped_at: datetime
    comment: str


@dataclass(frozen=True, slots=True)
class _Click:
    true: datetime
    boots: int


@dataclass
class Asked:
    """The user's own record. An entry that is None was removed."""

    computer: Computer
    true: TrueTime
    kaiten: str
    entries: dict[str, Wanted | None] = field(default_factory=dict)
    found: list[Difference] = field(default_factory=list)
    _history: list[dict[str, Wanted | None]] = field(default_factory=list)
    _sure: bool = True
    _began: dict[str, _Click] = field(default_factory=dict)

    def heard(
        self, name: str, words: Mapping[str, str], began: datetime, reply: CommandReply | None
    ) -> None:
        """Keep what a command that was given at the true instant `began` has changed."""
        if reply is None:
            self._believe_the_journal()
        elif reply.exit_code in _DONE:
            self._note(name, words, _Click(began, self.computer.clock.boots), _touched(reply))

    def _note(self, name: str, words: Mapping[str, str], click: _Click, ids: list[str]) -> None:
        match name:
            case "add":
                self._added(ids[0], words)  # what runs, if anything does, comes after it
            case "edit":
                self._edited(words["entry"], words)
            case "delete":
                self._change({words["entry"]: None})
            case "split":
                self._split(ids, datetime.fromisoformat(words["at"]))
            case "undo":
                self._undo()
            case "cancel":
                self._history.append({})
            case "start" | "stop" | "toggle":
                self._clicked(name, words, click, ids)
            case _:
                pass

    def _added(self, number: str, words: Mapping[str, str]) -> None:
        made = self._held(number)
        if made is None or words["from"].startswith("-"):
            return
        begin, end = (datetime.fromisoformat(words[each]) for each in ("from", "to"))
        self.entries[number] = Wanted(self._task(words) or made.task, begin, end, words["comment"])

    def _edited(self, number: str, words: Mapping[str, str]) -> None:
        before = self.entries.get(number)
        if before is None:  # nobody told us what it was
            self._sure = False
            return
        after = replace(
            before,
            started_at=_named(words, "from") or before.started_at,
            stopped_at=_named(words, "to") or before.stopped_at,
            comment=words.get("comment", before.comment),
            task=self._task(words) or before.task,
        )
        if after != before:
            self._change({number: after}, before={number: before})

    def _split(self, ids: list[str], at: datetime) -> None:
        first, second = ids
        before = self.entries.get(first)
        if before is None:
            self._history.append({})
            self._sure = False
            return
        halves = {first: replace(before, stopped_at=at), second: replace(before, started_at=at)}
        self._change(dict(halves), before={first: before, second: None})

    def _change(
        self, after: dict[str, Wanted | None], before: dict[str, Wanted | None] | None = None
    ) -> None:
        known = {number: self.entries[number] for number in after if number in self.entries}
        self._history.append(before or known)
        self.entries |= after

    def _undo(self) -> None:
        if self._sure and self._history:
            self.entries |= self._history.pop()
        else:
            self._believe_the_journal()

    def _clicked(self, name: str, words: Mapping[str, str], click: _Click, ids: list[str]) -> None:
        """What this click ended took as long as it is since the one that began it."""
        for number in ids:
            logged = self.computer.core.journal.entry(number)
            began = self._began.pop(number, None)
            if logged is None or logged.is_deleted:
                continue
            if logged.stopped_at is None:
                if name != "stop" and "at" not in words and number not in self.entries:
                    self._began[number] = began or click
                continue
            if began and "at" not in words and began.boots == click.boots:
                self._took(logged, click.true - began.true)
            self.entries.setdefault(number, self._held(number))

    def _took(self, logged: LoggedEntry, truly: timedelta) -> None:
        assert logged.stopped_at is not None
        if abs(logged.stopped_at - logged.entry.started_at - truly) > _AS_TOLD:
            took = logged.stopped_at - logged.entry.started_at
            self.found.append(Difference("wrong", f"{logged.entry.id} took {truly}, not {took}"))

    # -- what the journal says

    def _believe_the_journal(self) -> None:
        """Nobody can tell whether the last command was carried out."""
        self._sure = False
        self._began.clear()
        for number in list(self.entries):
            self.entries[number] = self._held(number)

    def _held(self, number: str) -> Wanted | None:
        logged = self.computer.core.journal.entry(number)
        if logged is None or logged.is_deleted or logged.stopped_at is None:
            return None
        entry = logged.entry
        return Wanted(entry.task.key, entry.started_at, logged.stopped_at, entry.comment)

    def _task(self, words: Mapping[str, str]) -> str | None:
        if "card" in words:
            return f"{self.kaiten}/{words['card']}"
        return words.get("task")

    def differences(self) -> Iterator[Difference]:
        """Where the journal is not what the user asked for."""
        yield from self.found
        for number, wanted in self.entries.items():
            held = self._held(number)
            if held == wanted:
                continue
            kind = "lost" if held is None else "doubled" if wanted is None else "wrong"
            yield Difference(kind, f"{number} was asked to be {wanted} and is {held}")


def _touched(reply: CommandReply) -> list[str]:
    document = reply.document
    entries = document.get("entries", []) if isinstance(document, dict) else []
    return [str(each["id"]) for each in entries]


def _named(words: Mapping[str, str], name: str) -> datetime | None:
    return datetime.fromisoformat(words[name]) if name in words else None
