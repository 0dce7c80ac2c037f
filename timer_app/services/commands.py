"""The commands of the outside contract, as one place that app and command line both run.

A command comes as a name and the words the user typed; it goes back as an exit code, a JSON
document and sentences for people. The words are read here, so that both front ends read alike.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from timer_app.domain.away import Answer, Continue, Drop, Give, Keep
from timer_app.domain.delivery import OPEN, Delivery, LogTime
from timer_app.domain.entry import Source
from timer_app.domain.errors import BadInput, NotPossible
from timer_app.domain.task import Task
from timer_app.domain.time_input import parse_date, parse_duration, parse_end, parse_instant
from timer_app.domain.timer import Running, Transition
from timer_app.services.answering import Answers
from timer_app.services.editing import Edit, Editor
from timer_app.services.exit import Exit
from timer_app.services.naming import CardRefused, Naming
from timer_app.services.notices import Notices, sentence
from timer_app.services.ports import (
    AbsenceBook,
    CardBook,
    Clock,
    JournalUnwritable,
    LoggedEntry,
)
from timer_app.services.problems import Problems
from timer_app.services.report import (
    Document,
    audit_document,
    entry_document,
    problem_documents,
    question_document,
)
from timer_app.services.timer_service import TimerService

if TYPE_CHECKING:
    # For its types alone: it is imported when an audit is wanted.
    from timer_app.services.audit import Audit, Auditor


@dataclass(frozen=True, slots=True)
class Reply:
    """How a command ended; `messages` are for people, `document` for scripts."""

    exit: Exit
    document: object = None
    messages: tuple[str, ...] = ()


Words = Mapping[str, str]
Status = Callable[[], Document]
Deliver = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Commands:
    """Runs commands.

    `deliver(seconds)` sends what it can within that time, `look(seconds)` first asks what other
    devices did; `status` makes the document of `status`; `card_book` is None while Kaiten is not
    set up; `paused` says whether a person has paused delivering.
    """

    timer: TimerService
    editor: Editor
    journal: AbsenceBook
    problems: Problems
    clock: Clock
    deliver: Deliver
    look: Deliver
    status: Status
    origin: Callable[[], str]
    card_book: Callable[[], CardBook | None]
    notices: Notices
    auditor: Callable[[], Auditor]
    answers: Answers
    paused: Callable[[], bool]

    async def run(self, name: str, words: Words) -> Reply:
        """Run one command; every way it can end is a Reply."""
        command = COMMANDS.get(name)
        if command is None:
            return Reply(Exit.USAGE, messages=(f"There is no command {name!r}.",))
        try:
            _wait(words)  # a wrong one is wrong usage, and nothing is done then
            with self.notices.hearing() as heard:
                reply = await command(self, words)
            zone = self.clock.zone()
            said = tuple(sentence(notice, zone) for notice in heard)
            return replace(reply, messages=(*said, *reply.messages))
        except BadInput as error:
            return Reply(Exit.USAGE, messages=(str(error),))
        except (NotPossible, CardRefused) as error:
            return Reply(Exit.REFUSED, messages=(str(error),))
        except JournalUnwritable as error:
            return Reply(Exit.JOURNAL, messages=(str(error),))

    async def start(self, words: Words) -> Reply:
        """Begin an entry; the instant is that of the command, however long Kaiten takes."""
        pressed_at, at = self.clock.now(), self._time(words, "at")
        task, notes = await self._task(words)
        comment = words.get("comment", "")
        transition = self.timer.start(
            task, Source.CLI, comment=comment, at=at, pressed_at=pressed_at
        )
        return await self._told(transition, words, notes)

    async def stop(self, words: Words) -> Reply:
        """End what runs."""
        at = self._time(words, "at") or await self._when_pressed(words)
        return await self._told(self.timer.stop(comment=words.get("comment"), at=at), words)

    async def _when_pressed(self, words: Words) -> datetime | None:
        """With nothing running here it may run elsewhere: look, and act as of now."""
        if isinstance(self.timer.state, Running):
            return None
        pressed_at = self.clock.now()
        await self.look(_wait(words) * _SHARE_FOR_TITLE)
        state = self.timer.state
        if not isinstance(state, Running):
            return None
        return max(pressed_at, state.entry.started_at)

    async def toggle(self, words: Words) -> Reply:
        """Do what a click on the tray does."""
        return await self._told(self.timer.toggle(Source.CLI), words)

    async def cancel(self, words: Words) -> Reply:
        """Forget what runs."""
        return await self._told(self.timer.cancel(), words)

    async def add(self, words: Words) -> Reply:
        """Record an entry that is over."""
        started_at, stopped_at = self._span(words)
        task, notes = await self._task(words)
        notes += self._overlaps(started_at, stopped_at)
        comment = words.get("comment", "")
        transition = self.timer.add(task, Source.MANUAL, started_at, stopped_at, comment=comment)
        return await self._told(transition, words, notes)

    async def edit(self, words: Words) -> Reply:
        """Change a finished entry."""
        entry_id = words.get("entry", "")
        logged = self.journal.entry(entry_id)
        if logged is None or logged.forgotten:
            raise NotPossible(f"There is no entry {entry_id!r}. `log` shows their ids.")
        edit, notes = await self._edit(words, logged)
        touched = self.editor.edit(entry_id, edit)
        return await self._delivered(list(touched), words, notes)

    async def delete(self, words: Words) -> Reply:
        """Remove a finished entry."""
        touched = self.editor.delete(words.get("entry", ""))
        return await self._delivered(list(touched), words, (_UNDO,))

    async def split(self, words: Words) -> Reply:
        """Make two entries of a finished one."""
        entry_id = words.get("entry", "")
        logged = self.journal.entry(entry_id)
        at = self._time(words, "at", logged.entry.started_at if logged else None)
        if at is None:
            raise BadInput("Say where to split it: --at TIME.")
        return await self._delivered(list(self.editor.split(entry_id, at)), words, ())

    async def undo(self, words: Words) -> Reply:
        """Take back the latest edit, deletion, split or cancellation."""
        return await self._delivered(list(self.editor.undo()), words, ())

    async def _edit(self, words: Words, logged: LoggedEntry) -> tuple[Edit, tuple[str, ...]]:
        """A time of day alone is one of the entry's own date."""
        began = logged.entry.started_at
        started_at = self._time(words, "from", began)
        now, zone = self.clock.now(), self.clock.zone()
        stopped_at = (
            parse_end(words["to"], started_at or began, now, zone) if "to" in words else None
        )
        task, notes = await self._task(words)
        if started_at or stopped_at:
            span = started_at or began, stopped_at or logged.stopped_at or now
            notes += self._overlaps(*span, leaving_out=logged.entry.id)
        return Edit(started_at, stopped_at, words.get("comment"), task), notes

    async def show_status(self, words: Words) -> Reply:
        """What runs, today's total, how deliveries and services are."""
        del words
        return Reply(Exit.DONE, self.status(), self._question())

    async def log(self, words: Words) -> Reply:
        """The entries of some dates, today's unless told."""
        first, last = self._dates(words)
        found = list(self.journal.entries(first, last))
        state = self.timer.state
        if isinstance(state, Running) and last >= self.timer.today():
            found += [logged for logged in [self.journal.entry(state.entry.id)] if logged]
            found.sort(key=lambda logged: logged.entry.started_at)
        return Reply(Exit.DONE, self._documents(found))

    async def audit(self, words: Words) -> Reply:
        """The journal beside what both services hold; repairs what is named, and nothing else."""
        first, last = self._dates(words)
        if "repair" in words:
            return await self._repair(first, last, words)
        audit = await self.auditor().audit(first, last)
        return Reply(_agrees(audit), audit_document(audit), tuple(map(str, audit.gaps)))

    async def _repair(self, first: date, last: date, words: Words) -> Reply:
        """Commit the repairs, deliver them, and show what it is like then."""
        keys = words["repair"].split()
        every = keys == [_EVERY_ROW]
        repaired = await self.auditor().repair(first, last, None if every else keys)
        notes = [f"Repaired {row.key}: {row.repair.sentence}" for row in repaired.rows
                 if row.repair]  # fmt: skip
        notes += [f"Not repaired, it has changed: {row.key}" for row in repaired.changed]
        if not notes:
            notes = ["There is nothing to repair."]
        reply = await self._delivered(list(repaired.entry_ids), words, tuple(notes))
        audit = await self.auditor().audit(first, last)
        document = audit_document(audit) | {"repaired": [row.key for row in repaired.rows]}
        ended = reply.exit if repaired.rows else _agrees(audit)
        return Reply(ended, document, (*reply.messages, *map(str, audit.gaps)))

    async def sync(self, words: Words) -> Reply:
        """Deliver what is due now, and follow what other devices did."""
        await self.look(_wait(words))
        document = self.status()
        kinds = {person for _, person in self.journal.open_counts()}
        if True in kinds:
            return Reply(Exit.NEEDS_PERSON, document, (_PROBLEM,))
        if self.journal.held():
            return Reply(Exit.NEEDS_PERSON, document, (_QUESTION,))
        if kinds:
            return Reply(Exit.STILL_WAITING, document, (self._waits(),))
        return Reply(Exit.DONE, document)

    async def show_problems(self, words: Words) -> Reply:
        """The deliveries that need a person."""
        del words
        zone = self.clock.zone()
        rows = [row for logged in self.journal.needing_person()
                for row in problem_documents(logged, zone)]  # fmt: skip
        question = self._question()
        return Reply(Exit.NEEDS_PERSON if rows or question else Exit.DONE, rows, question)

    async def away(self, words: Words) -> Reply:
        """What waits for an answer about being away, or the answer."""
        if "answer" not in words:
            now, zone = self.clock.now(), self.clock.zone()
            rows = [question_document(each, now, zone) for each in self.answers.open()]
            return Reply(Exit.NEEDS_PERSON if rows else Exit.DONE, rows)
        answer, notes = await self._answer(words)
        number = _number(words, "question") if "question" in words else None
        answered = self.answers.answer(number, answer)
        notes += (_UNDO, *self._question())
        return await self._delivered(list(answered.entry_ids), words, notes)

    async def _answer(self, words: Words) -> tuple[Answer, tuple[str, ...]]:
        typed = words["answer"]
        task, notes = await self._task(words)
        if typed == "give" and task is None:
            raise BadInput("Say what the time was for: a card, or --task TITLE.")
        if typed != "give" and task is not None:
            raise BadInput(f"Only `give` takes a card or a task, {typed!r} does not.")
        if typed == "give" and task is not None:
            return Give(task), notes
        if typed not in _PLAIN_ANSWERS:
            raise BadInput(f"{typed!r} is no answer: keep, drop, continue or give.")
        return _PLAIN_ANSWERS[typed], notes

    def _question(self) -> tuple[str, ...]:
        """Say that an answer is waited for, if it is."""
        return (_QUESTION,) if self.answers.open() else ()

    async def retry(self, words: Words) -> Reply:
        """Send a delivery again."""
        logged = self.problems.retry(_delivery_number(words))
        return await self._delivered([logged.entry.id], words, ())

    async def drop(self, words: Words) -> Reply:
        """Never send a delivery."""
        number = _delivery_number(words)
        dropped = self.problems.drop(number)
        more = [str(delivery.id) for delivery in dropped if delivery.id != number]
        notes = (f"Dropped with it, since it needs it: {', '.join(more)}.",) if more else ()
        await self.deliver(_wait(words))  # what waited behind it, or was told in its place
        logged = self.journal.delivery(number)
        found = [logged] if logged else []
        ended, message = self._how_far([each for one in found for each in one.deliveries])
        return Reply(ended, self._documents(found), (*notes, *message))

    # What the commands share

    async def _told(
        self, transition: Transition, words: Words, notes: tuple[str, ...] = ()
    ) -> Reply:
        """Wait until what an event made is delivered, and tell how far that went."""
        touched = [transition.ended.finished.entry.id] if transition.ended else []
        touched += [transition.cancelled.id] if transition.cancelled else []
        if isinstance(transition.state, Running):
            touched.append(transition.state.entry.id)
        return await self._delivered(touched, words, (*notes, *self._no_minute_yet(transition)))

    def _no_minute_yet(self, transition: Transition) -> tuple[str, ...]:
        """Say it where an entry adds no whole minute to its card's day, and so has no log."""
        ended = transition.ended
        if ended is None or ended.finished.entry.task.card is None or not self.origin():
            return ()
        logged = {told.message.for_date for told in transition.told
                  if isinstance(told.message, LogTime)}  # fmt: skip
        return tuple(
            f"{stretch.seconds} s on {stretch.for_date} add no minute yet: Kaiten gets them with"
            " the card's next entry of that day."
            for stretch in ended.stretches
            if stretch.for_date not in logged
        )

    async def _delivered(self, entry_ids: list[str], words: Words, notes: tuple[str, ...]) -> Reply:
        await self.deliver(_wait(words))
        touched = [logged for each in dict.fromkeys(entry_ids)
                   if (logged := self.journal.entry(each))]  # fmt: skip
        deliveries = [delivery for logged in touched for delivery in logged.deliveries]
        ended, message = self._how_far(deliveries)
        if ended is not Exit.DONE and any(self.journal.is_held(each) for each in entry_ids):
            ended, message = Exit.NEEDS_PERSON, (_QUESTION,)
        document = self.status() | {"entries": self._documents(touched)}
        return Reply(ended, document, (*notes, *message))

    def _how_far(self, deliveries: list[Delivery]) -> tuple[Exit, tuple[str, ...]]:
        if any(delivery.needs_person for delivery in deliveries):
            return Exit.NEEDS_PERSON, (_PROBLEM,)
        if any(delivery.state in OPEN for delivery in deliveries):
            return Exit.STILL_WAITING, (self._waits(),)
        return Exit.DONE, ()

    def _waits(self) -> str:
        return _PAUSED if self.paused() else _WAITS

    def _documents(self, found: list[LoggedEntry]) -> list[Document]:
        now, zone = self.clock.now(), self.clock.zone()
        return [entry_document(logged, now, zone) for logged in found]

    def _time(self, words: Words, name: str, near: datetime | None = None) -> datetime | None:
        """A TIME that was typed; a time of day alone is one of the date of `near`, or today's."""
        typed = words.get(name)
        if typed is None:
            return None
        zone = self.clock.zone()
        return parse_instant(
            typed, self.clock.now(), zone, near.astimezone(zone).date() if near else None
        )

    def _dates(self, words: Words) -> tuple[date, date]:
        """The first and the last date that were named, today's unless told."""
        today = self.timer.today()
        last = self._date(words, "to", today) or today
        first = self._date(words, "from", today) or min(last, today)
        if first > last:
            raise BadInput(f"--from {first} lies after --to {last}.")
        return first, last

    def _date(self, words: Words, name: str, today: date) -> date | None:
        typed = words.get(name)
        return None if typed is None else parse_date(typed, today)

    def _span(self, words: Words) -> tuple[datetime, datetime]:
        started_at = self._time(words, "from")
        if started_at is None:
            raise BadInput("Say when it began: --from TIME.")
        if "for" in words:
            return started_at, _after(started_at, parse_duration(words["for"]))
        if "to" in words:
            now, zone = self.clock.now(), self.clock.zone()
            return started_at, parse_end(words["to"], started_at, now, zone)
        raise BadInput("Say how long it was: --to TIME or --for DURATION.")

    def _overlaps(
        self, started_at: datetime, stopped_at: datetime, leaving_out: str = ""
    ) -> tuple[str, ...]:
        titles = [other.entry.task.title for other in
                  self.journal.overlapping(started_at, stopped_at)
                  if other.entry.id != leaving_out]  # fmt: skip
        return (f"This shares time with: {', '.join(dict.fromkeys(titles))}.",) if titles else ()

    async def _task(self, words: Words) -> tuple[Task | None, tuple[str, ...]]:
        """The task that was named, if one was, and what there is to say about it."""
        naming = Naming(self.journal, self.origin(), self.card_book())
        patience = _wait(words) * _SHARE_FOR_TITLE
        return await naming.task(words.get("card"), words.get("task"), patience)


COMMANDS: dict[str, Callable[[Commands, Words], Awaitable[Reply]]] = {
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
_PLAIN_ANSWERS: dict[str, Answer] = {"keep": Keep(), "drop": Drop(), "continue": Continue()}
_QUESTION = "You were away while an entry ran. Say what the time was: timer-app away"
_WAITS = "Kept safely here; something still waits for a service (timer-app status)."
_PAUSED = "Kept safely here; delivering is paused: Resume is in the tray app's menu and panel."
_PROBLEM = "Something needs you: timer-app problems"
_UNDO = "Taken back by: timer-app undo"
_EVERY_ROW = "all"
_USUAL_WAIT = 5.0
_SHARE_FOR_TITLE = 0.5
"""How much of --wait may be spent on a card's title; the rest is for deliveries."""


def _agrees(audit: Audit) -> Exit:
    """How an audit that changed nothing ends."""
    if audit.needs_person:
        return Exit.NEEDS_PERSON
    return Exit.STILL_WAITING if audit.waits or not audit.complete else Exit.DONE


def _wait(words: Words) -> float:
    try:
        seconds = float(words.get("wait", _USUAL_WAIT))
    except ValueError:
        seconds = -1
    if not 0 <= seconds <= 86400:
        raise BadInput(f"--wait {words['wait']}: give a number of seconds.")
    return seconds


def _after(started_at: datetime, length: timedelta) -> datetime:
    try:
        return started_at + length
    except OverflowError:
        raise BadInput("The end lies beyond the calendar.") from None


def _delivery_number(words: Words) -> int:
    return _number(words, "delivery")


def _number(words: Words, of: str) -> int:
    """The number of a delivery or a question."""
    typed = words.get(of, "")
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 18):
        shows = {"delivery": "problems", "question": "away"}[of]
        raise BadInput(f"{typed!r} is not the number of a {of}. `{shows}` shows them.")
    return int(typed)
