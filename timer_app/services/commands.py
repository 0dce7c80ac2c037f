"""The commands of the outside contract, as one place that app and command line both run.

A command comes as a name and the words the user typed; it goes back as an exit code, a JSON
document and sentences for people. The words are read here, so that both front ends read alike.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from timer_app.domain.absence import (
    AbsenceResolution,
    DropAndContinue,
    DropTime,
    KeepTime,
    ReassignTime,
)
from timer_app.domain.delivery.outbox import OPEN, Delivery, LoggedEntry, LogTime
from timer_app.domain.entries.comment import MAX_COMMENT_UNITS, comment_units
from timer_app.domain.entries.entry import Source
from timer_app.domain.entries.task import Task
from timer_app.domain.entries.timer import Running, Transition
from timer_app.domain.errors import BadInput, JournalError, NotPossible
from timer_app.domain.messages import CommandMessageId, EntryMessageId, TimeMessageId
from timer_app.domain.setup.local_time import (
    EndBeforeStart,
    format_clock,
    is_passed_twice,
    parse_end,
    parse_instant,
    parse_instant_before_now,
    parse_within,
)
from timer_app.domain.setup.time_grammar import parse_date, parse_duration, split_range
from timer_app.services.absence.ports import AbsenceJournal
from timer_app.services.absence.resolver import AbsenceResolver
from timer_app.services.delivery.problem_resolver import ProblemResolver
from timer_app.services.delivery.problems import entries_needing_user
from timer_app.services.documents import (
    Document,
    audit_document,
    entry_document,
    problem_documents,
    question_document,
)
from timer_app.services.entries.card_lookup import CardRefused
from timer_app.services.entries.editor import Editor, EntryEdit
from timer_app.services.entries.listing import EntryFilter, EntryListing
from timer_app.services.entries.ports import CardDirectory, Clock
from timer_app.services.entries.task_resolver import TaskResolver
from timer_app.services.entries.timer_service import TimerService
from timer_app.services.exit_codes import ExitCode
from timer_app.services.reminders.notices import Notices, notice_message
from timer_app.services.retry import HELD_PAUSE, is_held

if TYPE_CHECKING:
    # For its types alone: it is imported when an audit is wanted.
    from timer_app.services.audit.auditor import Audit, Auditor


@dataclass(frozen=True, slots=True)
class CommandReply:
    """How a command ended; `messages` are for people, `document` for scripts."""

    exit_code: ExitCode
    document: object = None
    messages: tuple[str, ...] = ()


CommandArgs = Mapping[str, str]
StatusSource = Callable[[], Document]
Deliver = Callable[[float], Awaitable[None]]


class CommandJournal(AbsenceJournal, EntryListing, Protocol):
    """The journal as commands want it."""


@dataclass(frozen=True, slots=True)
class Commands:
    """Runs commands.

    `deliver(seconds)` sends what it can within that time, `look(seconds)` first asks what other
    devices did; `status` makes the document of `status`; `card_book` is None while Kaiten is not
    set up; `paused` says whether a person has paused delivering.
    """

    timer: TimerService
    editor: Editor
    journal: CommandJournal
    problems: ProblemResolver
    clock: Clock
    deliver: Deliver
    look: Deliver
    status: StatusSource
    origin: Callable[[], str]
    card_book: Callable[[], CardDirectory | None]
    notices: Notices
    auditor: Callable[[], Auditor]
    absence_resolver: AbsenceResolver
    paused: Callable[[], bool]

    async def run(self, name: str, args: CommandArgs) -> CommandReply:
        """Run one command; every way it can end is a Reply."""
        command = COMMANDS.get(name)
        if command is None:
            return CommandReply(ExitCode.USAGE, messages=(f"There is no command {name!r}.",))
        try:
            _wait_seconds(args)  # a wrong one is wrong usage, and nothing is done then
            with self.notices.capture() as heard:
                reply = await self._run_unless_held(command, args)
            zone = self.clock.zone()
            said = tuple(notice_message(notice, zone) for notice in heard)
            return replace(reply, messages=(*said, *reply.messages))
        except EndBeforeStart as error:  # it can be read, and is refused for what it means
            return CommandReply(ExitCode.REFUSED, messages=(str(error),))
        except BadInput as error:
            return CommandReply(ExitCode.USAGE, messages=(str(error),))
        except (NotPossible, CardRefused) as error:
            return CommandReply(ExitCode.REFUSED, messages=(str(error),))
        except JournalError as error:
            return CommandReply(ExitCode.JOURNAL, messages=(str(error),))

    async def _run_unless_held(self, command: Command, args: CommandArgs) -> CommandReply:
        """Run it, and again while another program holds the journal, _HELD_LIMIT at most."""
        now = asyncio.get_running_loop().time
        until = now() + _HELD_LIMIT.total_seconds()
        while True:
            try:
                return await command(self, args)
            except JournalError as error:
                if not is_held(error) or now() >= until:
                    raise
                await asyncio.sleep(HELD_PAUSE.total_seconds())

    async def start(self, args: CommandArgs) -> CommandReply:
        """Begin an entry; the instant is that of the command, however long Kaiten takes."""
        pressed_at, at = self.clock.now(), self._time(args, "at")
        comment = _comment(args) or ""
        task, notes = await self._task(args)
        transition = self.timer.start(
            task, Source.CLI, comment=comment, at=at, pressed_at=pressed_at
        )
        return await self._deliver_transition(transition, args, notes + self._passes(at))

    async def stop(self, args: CommandArgs) -> CommandReply:
        """End what runs."""
        comment, typed_at = _comment(args), self._stop_time(args)
        at = typed_at or await self._pressed_at(args)
        transition = self.timer.stop(comment=comment, at=at)
        return await self._deliver_transition(transition, args, self._passes(typed_at))

    def _stop_time(self, args: CommandArgs) -> datetime | None:
        """When it ended: a time of day alone is the latest that is over."""
        if "at" not in args:
            return None
        return parse_instant_before_now(args["at"], self.clock.now(), self.clock.zone())

    async def _pressed_at(self, args: CommandArgs) -> datetime | None:
        """With nothing running here it may run elsewhere: look, and act as of now."""
        if isinstance(self.timer.state, Running):
            return None
        pressed_at = self.clock.now()
        await self.look(_wait_seconds(args) * _SHARE_FOR_TITLE)
        state = self.timer.state
        if not isinstance(state, Running):
            return None
        return max(pressed_at, state.entry.started_at)

    async def toggle(self, args: CommandArgs) -> CommandReply:
        """Do what a click on the tray does."""
        return await self._deliver_transition(self.timer.toggle(Source.CLI), args)

    async def cancel(self, args: CommandArgs) -> CommandReply:
        """Forget what runs."""
        return await self._deliver_transition(self.timer.cancel(), args)

    async def add(self, args: CommandArgs) -> CommandReply:
        """Record an entry that is over."""
        started_at, stopped_at = self._span(args)
        comment = _comment(args) or ""
        task, notes = await self._task(args)
        notes += self._overlaps(started_at, stopped_at) + self._passes(started_at, stopped_at)
        transition = self.timer.add(task, Source.MANUAL, started_at, stopped_at, comment=comment)
        return await self._deliver_transition(transition, args, notes)

    async def edit(self, args: CommandArgs) -> CommandReply:
        """Change a finished entry."""
        entry_id = args.get("entry", "")
        logged = self.journal.entry(entry_id)
        if logged is None or logged.is_deleted:
            raise NotPossible(EntryMessageId.NONE_SUCH, entry_id)
        edit, notes = await self._edit(args, logged)
        touched = self.editor.edit(entry_id, edit)
        return await self._delivered(list(touched), args, notes)

    async def delete(self, args: CommandArgs) -> CommandReply:
        """Remove a finished entry."""
        touched = self.editor.delete(args.get("entry", ""))
        return await self._delivered(list(touched), args, (_UNDO,))

    async def split(self, args: CommandArgs) -> CommandReply:
        """Make two entries of a finished one."""
        entry_id = args.get("entry", "")
        logged = self.journal.entry(entry_id)
        at = self._split_time(args, logged)
        if at is None:
            raise BadInput(CommandMessageId.NO_SPLIT_TIME)
        touched = list(self.editor.split(entry_id, at))
        return await self._delivered(touched, args, self._passes(at))

    def _split_time(self, args: CommandArgs, logged: LoggedEntry | None) -> datetime | None:
        """A time of day alone is one of the entry's dates."""
        if logged is None or logged.stopped_at is None or "at" not in args:
            return self._time(args, "at")
        now, zone = self.clock.now(), self.clock.zone()
        at = parse_within(args["at"], logged.entry.started_at, logged.stopped_at, now, zone)
        if at is None:
            raise NotPossible(EntryMessageId.NOT_WITHIN, args["at"])
        return at

    async def undo(self, args: CommandArgs) -> CommandReply:
        """Take back the latest edit, deletion, split or cancellation."""
        return await self._delivered(list(self.editor.undo()), args, ())

    async def _edit(
        self, args: CommandArgs, logged: LoggedEntry
    ) -> tuple[EntryEdit, tuple[str, ...]]:
        """A time of day alone is one of the entry's own date."""
        began = logged.entry.started_at
        started_at = self._time(args, "from", began)
        stopped_at = self._new_end(args, started_at or began, logged)
        comment = _comment(args)
        task, notes = await self._task(args)
        notes += self._passes(started_at, stopped_at)
        if started_at or stopped_at:
            span = started_at or began, stopped_at or logged.stopped_at or self.clock.now()
            notes += self._overlaps(*span, leaving_out=logged.entry.id)
        return EntryEdit(started_at, stopped_at, comment, task), notes

    def _new_end(
        self, args: CommandArgs, started_at: datetime, logged: LoggedEntry
    ) -> datetime | None:
        """A time of day alone is also one of the date that the entry ends on now."""
        if "to" not in args:
            return None
        now, zone = self.clock.now(), self.clock.zone()
        ends_on = logged.stopped_at.astimezone(zone).date() if logged.stopped_at else None
        return parse_end(args["to"], started_at, now, zone, ends_on)

    async def show_status(self, args: CommandArgs) -> CommandReply:
        """What runs, today's total, how deliveries and services are."""
        del args
        return CommandReply(ExitCode.DONE, self.status(), self._question_notes())

    async def log(self, args: CommandArgs) -> CommandReply:
        """The entries of some dates, today's by default."""
        first, last = self._dates(args)
        wanted = EntryFilter(first=first, last=last, running=last >= self.timer.today())
        documents: list[Document] = []
        cursor = None
        while True:
            page = self.journal.page(wanted, cursor, _ENTRIES_PER_STEP, oldest_first=True)
            found = self.journal.entries_by_id(page.ids)
            documents += self._documents([found[each] for each in page.ids if each in found])
            cursor = page.next_cursor
            if cursor is None:
                return CommandReply(ExitCode.DONE, documents)
            await asyncio.sleep(0)  # a click does not wait for ten thousand entries

    async def audit(self, args: CommandArgs) -> CommandReply:
        """The journal beside what both services hold; repairs the named rows only."""
        first, last = self._dates(args)
        if "repair" in args:
            return await self._repair(first, last, args)
        audit = await self.auditor().audit(first, last)
        return CommandReply(
            _audit_exit_code(audit), audit_document(audit), tuple(map(str, audit.failures))
        )

    async def _repair(self, first: date, last: date, args: CommandArgs) -> CommandReply:
        """Commit the repairs, deliver them, and show what it is like then."""
        keys = args["repair"].split()
        every = keys == [_EVERY_ROW]
        repaired = await self.auditor().repair(first, last, None if every else keys)
        notes = [f"Repaired {row.key}: {row.repair.sentence}" for row in repaired.rows
                 if row.repair]  # fmt: skip
        notes += [f"Not repaired, it has changed: {row.key}" for row in repaired.changed]
        if not notes:
            notes = ["There is nothing to repair."]
        reply = await self._delivered(list(repaired.entry_ids), args, tuple(notes))
        audit = await self.auditor().audit(first, last)
        document = audit_document(audit) | {"repaired": [row.key for row in repaired.rows]}
        ended = reply.exit_code if repaired.rows else _audit_exit_code(audit)
        return CommandReply(ended, document, (*reply.messages, *map(str, audit.failures)))

    async def sync(self, args: CommandArgs) -> CommandReply:
        """Deliver what is due now, and follow what other devices did."""
        await self.look(_wait_seconds(args))
        document = self.status()
        kinds = {person for _, person in self.journal.open_counts()}
        if True in kinds:
            return CommandReply(ExitCode.NEEDS_PERSON, document, (_PROBLEM,))
        if self.journal.on_hold_counts():
            return CommandReply(ExitCode.NEEDS_PERSON, document, (_QUESTION,))
        if kinds:
            return CommandReply(ExitCode.STILL_WAITING, document, (self._waiting_note(),))
        return CommandReply(ExitCode.DONE, document)

    async def show_problems(self, args: CommandArgs) -> CommandReply:
        """The deliveries that need a person."""
        del args
        zone = self.clock.zone()
        ids, rows = entries_needing_user(self.journal), list[Document]()
        for begin in range(0, len(ids), _ENTRIES_PER_STEP):
            for logged in self.journal.needing_user(ids[begin : begin + _ENTRIES_PER_STEP]):
                rows += problem_documents(logged, zone)
            await asyncio.sleep(0)
        question = self._question_notes()
        return CommandReply(
            ExitCode.NEEDS_PERSON if rows or question else ExitCode.DONE, rows, question
        )

    async def away(self, args: CommandArgs) -> CommandReply:
        """What waits for an answer about being away, or the answer."""
        if "answer" not in args:
            now, zone = self.clock.now(), self.clock.zone()
            rows = [
                question_document(each, now, zone) for each in self.absence_resolver.unresolved()
            ]
            return CommandReply(ExitCode.NEEDS_PERSON if rows else ExitCode.DONE, rows)
        answer, notes = await self._answer(args)
        number = _number(args, "question") if "question" in args else None
        answered = self.absence_resolver.resolve(number, answer)
        notes += (_UNDO, *self._question_notes())
        return await self._delivered(list(answered.entry_ids), args, notes)

    async def _answer(self, args: CommandArgs) -> tuple[AbsenceResolution, tuple[str, ...]]:
        typed = args["answer"]
        task, notes = await self._task(args)
        if typed == "give" and task is None:
            raise BadInput(CommandMessageId.NO_TASK)
        if typed != "give" and task is not None:
            raise BadInput(CommandMessageId.TASK_NOT_TAKEN, typed)
        if typed == "give" and task is not None:
            return ReassignTime(task), notes
        if typed not in _PLAIN_ANSWERS:
            raise BadInput(CommandMessageId.NOT_AN_ANSWER, typed)
        return _PLAIN_ANSWERS[typed], notes

    def _question_notes(self) -> tuple[str, ...]:
        """Say that an answer is waited for, if it is."""
        return (_QUESTION,) if self.absence_resolver.unresolved() else ()

    async def retry(self, args: CommandArgs) -> CommandReply:
        """Send a delivery again."""
        logged = self.problems.retry(_delivery_number(args))
        return await self._delivered([logged.entry.id], args, ())

    async def drop(self, args: CommandArgs) -> CommandReply:
        """Never send a delivery."""
        number = _delivery_number(args)
        dropped = self.problems.drop(number)
        more = [str(delivery.id) for delivery in dropped if delivery.id != number]
        notes = (f"Dropped with it, since it needs it: {', '.join(more)}.",) if more else ()
        await self.deliver(_wait_seconds(args))  # what waited behind it, or was told in its place
        logged = self.journal.entry_of_delivery(number)
        found = [logged] if logged else []
        ended, message = self._delivery_outcome([each for one in found for each in one.deliveries])
        return CommandReply(ended, self._documents(found), (*notes, *message))

    # What the commands share

    async def _deliver_transition(
        self, transition: Transition, args: CommandArgs, notes: tuple[str, ...] = ()
    ) -> CommandReply:
        """Wait until the deliveries of an event are done, and report how far they came."""
        touched = [transition.ended.finished.entry.id] if transition.ended else []
        touched += [transition.cancelled.id] if transition.cancelled else []
        if isinstance(transition.state, Running):
            touched.append(transition.state.entry.id)
        return await self._delivered(touched, args, (*notes, *self._no_minute_notes(transition)))

    def _no_minute_notes(self, transition: Transition) -> tuple[str, ...]:
        """Say it where an entry adds no whole minute to its card's day, and so has no log."""
        ended = transition.ended
        if ended is None or ended.finished.entry.task.card is None or not self.origin():
            return ()
        logged = {effect.message.for_date for effect in transition.effects
                  if isinstance(effect.message, LogTime)}  # fmt: skip
        return tuple(
            f"{segment.seconds} s on {segment.for_date} add no minute yet: Kaiten gets them with"
            " the card's next entry of that day."
            for segment in ended.segments
            if segment.for_date not in logged
        )

    async def _delivered(
        self, entry_ids: list[str], args: CommandArgs, notes: tuple[str, ...]
    ) -> CommandReply:
        await self.deliver(_wait_seconds(args))
        touched = [logged for each in dict.fromkeys(entry_ids)
                   if (logged := self.journal.entry(each))]  # fmt: skip
        deliveries = [delivery for logged in touched for delivery in logged.deliveries]
        ended, message = self._delivery_outcome(deliveries)
        if ended is not ExitCode.DONE and any(self.journal.is_on_hold(each) for each in entry_ids):
            ended, message = ExitCode.NEEDS_PERSON, (_QUESTION,)
        document = self.status() | {"entries": self._documents(touched)}
        return CommandReply(ended, document, (*notes, *message))

    def _delivery_outcome(self, deliveries: list[Delivery]) -> tuple[ExitCode, tuple[str, ...]]:
        if any(delivery.needs_user for delivery in deliveries):
            return ExitCode.NEEDS_PERSON, (_PROBLEM,)
        if any(delivery.state in OPEN for delivery in deliveries):
            return ExitCode.STILL_WAITING, (self._waiting_note(),)
        return ExitCode.DONE, ()

    def _waiting_note(self) -> str:
        return _PAUSED if self.paused() else _WAITS

    def _documents(self, found: list[LoggedEntry]) -> list[Document]:
        now, zone = self.timer.entry_now(), self.clock.zone()
        return [entry_document(logged, now, zone) for logged in found]

    def _time(self, args: CommandArgs, name: str, near: datetime | None = None) -> datetime | None:
        """A TIME that was typed; a time of day alone is one of the date of `near`, or today's."""
        typed = args.get(name)
        if typed is None:
            return None
        zone = self.clock.zone()
        return parse_instant(
            typed, self.clock.now(), zone, near.astimezone(zone).date() if near else None
        )

    def _dates(self, args: CommandArgs) -> tuple[date, date]:
        """The first and the last date of the arguments, today by default."""
        today = self.timer.today()
        last = self._date(args, "to", today) or today
        first = self._date(args, "from", today) or min(last, today)
        if first > last:
            raise BadInput(CommandMessageId.DATES_REVERSED, str(first), str(last))
        return first, last

    def _date(self, args: CommandArgs, name: str, today: date) -> date | None:
        typed = args.get(name)
        return None if typed is None else parse_date(typed, today)

    def _passes(self, *instants: datetime | None) -> tuple[str, ...]:
        """Say which of two instants a time was read as, where the clocks pass it twice."""
        zone = self.clock.zone()
        twice = [each for each in instants if each is not None and is_passed_twice(each, zone)]
        return tuple(
            f"That night passes this time twice: it is taken as {format_clock(each, zone)}."
            for each in twice
        )

    def _span(self, args: CommandArgs) -> tuple[datetime, datetime]:
        if "to" not in args and "for" not in args and (found := split_range(args.get("from", ""))):
            args = {**args, "from": found[0], "to": found[1]}
        started_at = self._time(args, "from")
        if started_at is None:
            raise BadInput(CommandMessageId.NO_START_TIME)
        if "for" in args:
            return started_at, _end_after(started_at, parse_duration(args["for"]))
        if "to" in args:
            now, zone = self.clock.now(), self.clock.zone()
            return started_at, parse_end(args["to"], started_at, now, zone)
        raise BadInput(CommandMessageId.NO_END_TIME)

    def _overlaps(
        self, started_at: datetime, stopped_at: datetime, leaving_out: str = ""
    ) -> tuple[str, ...]:
        titles = [other.entry.task.title for other in
                  self.journal.overlapping(started_at, stopped_at)
                  if other.entry.id != leaving_out]  # fmt: skip
        return (f"This shares time with: {', '.join(dict.fromkeys(titles))}.",) if titles else ()

    async def _task(self, args: CommandArgs) -> tuple[Task | None, tuple[str, ...]]:
        """The task that was named, if one was, and what there is to say about it."""
        naming = TaskResolver(self.journal, self.origin(), self.card_book())
        timeout_seconds = _wait_seconds(args) * _SHARE_FOR_TITLE
        return await naming.resolve(args.get("card"), args.get("task"), timeout_seconds)


Command = Callable[[Commands, CommandArgs], Awaitable[CommandReply]]
COMMANDS: dict[str, Command] = {
    "start": Commands.start,
    "stop": Commands.stop,
    "toggle": Commands.toggle,
    "cancel": Commands.cancel,
    "add": Commands.add,
    "edit": Commands.edit,
    "delete": Commands.delete,
    "split": Commands.split,
    "undo": Commands.undo,
    "status": Commands.show_status,
    "log": Commands.log,
    "audit": Commands.audit,
    "sync": Commands.sync,
    "problems": Commands.show_problems,
    "retry": Commands.retry,
    "drop": Commands.drop,
    "away": Commands.away,
}
_PLAIN_ANSWERS: dict[str, AbsenceResolution] = {
    "keep": KeepTime(),
    "drop": DropTime(),
    "continue": DropAndContinue(),
}
_QUESTION = "You were away while an entry ran. Say what the time was: timer-app away"
_WAITS = "Kept safely here; something still waits for a service (timer-app status)."
_PAUSED = "Kept safely here; delivering is paused: Resume is in the tray app's menu and panel."
_PROBLEM = "Something needs you: timer-app problems"
_UNDO = "Taken back by: timer-app undo"
_EVERY_ROW = "all"
_USUAL_WAIT = 5.0
_ENTRIES_PER_STEP = 100
_HELD_LIMIT = timedelta(seconds=5)
"""How long a journal that another program holds is waited for."""
_SHARE_FOR_TITLE = 0.5
"""How much of --wait may be spent on a card's title; the rest is for deliveries."""


def _audit_exit_code(audit: Audit) -> ExitCode:
    """How an audit that changed nothing ends."""
    if audit.needs_user:
        return ExitCode.NEEDS_PERSON
    return (
        ExitCode.STILL_WAITING if audit.has_waiting_rows or not audit.is_complete else ExitCode.DONE
    )


def _wait_seconds(args: CommandArgs) -> float:
    try:
        seconds = float(args.get("wait", _USUAL_WAIT))
    except ValueError:
        seconds = -1
    if not 0 <= seconds <= 86400:
        raise BadInput(CommandMessageId.NOT_SECONDS, args["wait"])
    return seconds


def _comment(args: CommandArgs) -> str | None:
    """The comment that was typed, if one was. NotPossible for one that Kaiten cannot hold."""
    comment = args.get("comment")
    if comment is not None and (units := comment_units(comment)) > MAX_COMMENT_UNITS:
        raise NotPossible(EntryMessageId.COMMENT_TOO_LONG, str(units), str(MAX_COMMENT_UNITS))
    return comment


def _end_after(started_at: datetime, length: timedelta) -> datetime:
    try:
        return started_at + length
    except OverflowError:
        raise BadInput(TimeMessageId.END_BEYOND_CALENDAR) from None


_NOT_A_NUMBER = {
    "delivery": CommandMessageId.NOT_A_DELIVERY,
    "question": CommandMessageId.NOT_A_QUESTION,
}


def _delivery_number(args: CommandArgs) -> int:
    return _number(args, "delivery")


def _number(args: CommandArgs, of: str) -> int:
    """The number of a delivery or a question."""
    typed = args.get(of, "")
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 18):
        raise BadInput(_NOT_A_NUMBER[of], typed)
    return int(typed)
