"""What the user asked for, kept beside the app: the entries they made, changed and removed.

Times that they named are taken as named. A click lies where it truly was, however wrong the clock
is and however it was set, if a service was heard in that boot of the computer, before or after it;
else where the difference that was known last puts it. What ran from one click to another took as
long as it truly did. Where a kill leaves open whether a command was carried out, and where another
device acted, the journal is believed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tests.prove.computer import Computer
from tests.prove.simulated import TrueTime
from tests.prove.truth import Difference
from timer_app.domain.delivery.outbox import LoggedEntry
from timer_app.domain.entries.entry import Source
from timer_app.services.command_context import CommandReply
from timer_app.services.exit_codes import ExitCode

_DONE = (ExitCode.DONE, ExitCode.STILL_WAITING, ExitCode.NEEDS_PERSON)
_AS_TOLD = timedelta(seconds=2)
_HEARD = timedelta(seconds=12)  # a service is heard to some seconds: half of the time it took


@dataclass(frozen=True, slots=True)
class _Click:
    """When it truly was, in which boot, and what the app could know then of the instant."""

    true: datetime
    boots: int
    by_wall: datetime

    def is_at(self, instant: datetime, heard: set[int]) -> bool:
        """Whether an entry may begin there for this click."""
        near = abs(instant - self.true) <= _HEARD
        return near or (self.boots not in heard and abs(instant - self.by_wall) <= _HEARD)


@dataclass(frozen=True, slots=True)
class _Named:
    """An instant that the user named, perhaps read off a clock that was wrong by so much."""

    instant: datetime
    wrong_by: timedelta

    def is_at(self, instant: datetime, _: set[int]) -> bool:
        """Whether an end may lie there."""
        return instant == self.instant or abs(instant - self.instant + self.wrong_by) <= _HEARD


@dataclass(frozen=True, slots=True)
class Wanted:
    """A finished entry as the user wants it.

    Its ends are instants, named or those of clicks; None where a kill hid which of them it is.
    """

    task: str
    started_at: datetime | _Click | _Named | None
    stopped_at: datetime | _Click | _Named | None
    comment: str


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
    _named_starts: set[str] = field(default_factory=set)
    _heard_in: set[int] = field(default_factory=set)

    def heard(
        self, name: str, words: Mapping[str, str], began: datetime, reply: CommandReply | None
    ) -> None:
        """Keep what a command that was given at the true instant `began` has changed."""
        if reply is None:
            self._believe_the_journal()
        elif reply.exit_code in _DONE:
            self._note(name, words, self._click(began), _touched(reply))

    def note_clock(self) -> None:
        """Before anything changes the clocks or the boot: what the app knows of them."""
        known = self._service_clock()
        if known is not None and known[0] == self.computer.clock.boots:
            self._heard_in.add(known[0])

    def _service_clock(self) -> tuple[int, timedelta] | None:
        """In which boot a service was heard last, and its clock less ours."""
        row = self.computer.saved("SELECT boot, difference FROM service_clock")
        return row and (int(row[0].removeprefix("boot ")), timedelta(seconds=row[1]))

    def _click(self, true: datetime) -> _Click:
        known, clock = self._service_clock(), self.computer.clock
        self.note_clock()
        return _Click(
            true, clock.boots, true + clock.wall_set + (known[1] if known else timedelta(0))
        )

    def _note(self, name: str, words: Mapping[str, str], click: _Click, ids: list[str]) -> None:
        match name:
            case "add":
                self._added(ids[0], words)  # what runs, if anything does, comes after it
            case "edit":
                self._edited(words["entry"], words)
            case "delete":
                self._change({words["entry"]: None})
            case "split":
                self._split(ids, self._named(words, "at"))
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
        begin, end = self._named(words, "from"), self._named(words, "to")
        self.entries[number] = Wanted(self._task(words) or made.task, begin, end, words["comment"])

    def _edited(self, number: str, words: Mapping[str, str]) -> None:
        before = self.entries.get(number)
        if before is None:  # nobody told us what it was
            self._sure = False
            return
        after = replace(
            before,
            started_at=self._named(words, "from") or before.started_at,
            stopped_at=self._named(words, "to") or before.stopped_at,
            comment=words.get("comment", before.comment),
            task=self._task(words, before.task) or before.task,
        )
        if after != before:
            self._change({number: after}, before={number: before})

    def _split(self, ids: list[str], at: _Named | None) -> None:
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
                if name == "start" and "at" in words:
                    self._named_starts.add(number)
                continue
            is_click = "at" not in words
            held = self._held(number)
            is_ended_here = held is not None and held.stopped_at is not None
            if began and is_click and is_ended_here and began.boots == click.boots:
                self._took(logged, click.true - began.true)
            if held is not None and number not in self.entries:
                is_told = number in self._named_starts or logged.entry.source is Source.ADOPTED
                start = self._as_named(logged.entry.started_at) if is_told else began
                stop = click if is_click else self._as_named(logged.stopped_at)
                self.entries[number] = replace(held, started_at=start, stopped_at=stop)

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
        for number, wanted in list(self.entries.items()):
            held = self._held(number)
            if not self._is_as(wanted, held):
                self.entries[number] = held and replace(held, started_at=None, stopped_at=None)

    def _is_as(self, wanted: Wanted | None, held: Wanted | None) -> bool:
        if wanted is None or held is None:
            return wanted is held
        return (
            (wanted.task, wanted.comment) == (held.task, held.comment)
            and self._is_at(wanted.started_at, held.started_at)
            and self._is_at(wanted.stopped_at, held.stopped_at)
        )

    def _named(self, words: Mapping[str, str], name: str) -> _Named | None:
        return self._as_named(datetime.fromisoformat(words[name])) if name in words else None

    def _as_named(self, instant: datetime) -> _Named:
        return _Named(instant, self.computer.clock.wall_set)

    def _is_at(self, wanted: object, held: object) -> bool:
        if isinstance(wanted, _Click | _Named) and isinstance(held, datetime):
            return wanted.is_at(held, self._heard_in)
        return None in (wanted, held) or wanted == held

    def _held(self, number: str) -> Wanted | None:
        logged = self.computer.core.journal.entry(number)
        if logged is None or logged.is_deleted or logged.stopped_at is None:
            return None
        entry = logged.entry
        # The earlier stop of another device is the true one, whenever it was seen.
        query = "SELECT stopped_elsewhere FROM entry WHERE id = ?"
        (stopped_elsewhere,) = self.computer.saved(query, number)
        stop = None if stopped_elsewhere else logged.stopped_at
        return Wanted(entry.task.key, entry.started_at, stop, entry.comment)

    def _task(self, words: Mapping[str, str], before: str = "") -> str | None:
        """The key of the task that is named. With another card alone an address stays."""
        if "card" not in words:
            return words.get("task")
        if "://" in words["card"]:
            linked = words.get("linked_card")
            return f"{words['card']} {self.kaiten}/{linked}" if linked else words["card"]
        address, card = before.partition(" ")[0], f"{self.kaiten}/{words['card']}"
        keeps_address = "://" in address and not address.startswith(self.kaiten)
        return f"{address} {card}" if keeps_address else card

    def differences(self) -> Iterator[Difference]:
        """Where the journal is not what the user asked for."""
        self.note_clock()
        yield from self.found
        for number, wanted in self.entries.items():
            held = self._held(number)
            if self._is_as(wanted, held):
                continue
            kind = "lost" if held is None else "doubled" if wanted is None else "wrong"
            yield Difference(kind, f"{number} was asked to be {wanted} and is {held}")


def _touched(reply: CommandReply) -> list[str]:
    document = reply.document
    entries = document.get("entries", []) if isinstance(document, dict) else []
    return [str(each["id"]) for each in entries]
