"""A careful person: mends what is broken, lets time pass, and answers what the app asks.

They know what they did by hand and on the other device, and look into the services before they
answer. What they can tell apart by nothing but such knowledge is counted as `told_by_looking`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.prove.computer import Computer
from tests.prove.truth import Difference, Others
from timer_app.domain.delivery.outbox import (
    Delivery,
    DeliveryState,
    LoggedEntry,
    is_stop_conflict,
)
from timer_app.domain.delivery.service_messages import (
    CommentEntry,
    LogTime,
    RecordEntry,
    RemoveDuplicateEntry,
    RemoveDuplicateLog,
    StartEntry,
    service_of,
)
from timer_app.domain.entries.timer import Running
from timer_app.domain.service import Service
from timer_app.sandbox import FaultKind, Sandbox

MOST_ROUNDS = 60
_PAUSES = (61, 5 * 60, 15 * 60, 45 * 60)


class NotHealed(Exception):
    """Everything works, and yet something stays open."""


@dataclass
class Person:
    """Who sits before the computer. `choose(n)` takes one of n ways."""

    computer: Computer
    sandbox: Sandbox
    others: Others
    choose: Callable[[int], int]
    told_by_looking: int = 0
    needless: list[Difference] = field(default_factory=list)

    def heal(self) -> None:
        """Go on until nothing runs, nothing is open and nothing is watched. Raises NotHealed."""
        quiet = 0
        for number in range(MOST_ROUNDS):
            self.computer.command("sync", wait="60")
            problems = self.answer_all()
            quiet = 0 if problems or self._stop_all() or self._is_open() else quiet + 1
            if quiet > 1:
                return
            self.computer.wait(_PAUSES[number % len(_PAUSES)])
        raise NotHealed

    def _stop_all(self) -> bool:
        runs_here = isinstance(self.computer.core.timer.state, Running)
        if runs_here:
            self.computer.command("stop", wait="60")
        user = self.sandbox.world.timecrowd_user_id
        return runs_here or self.sandbox.timecrowd.state.running(user) is not None

    def _is_open(self) -> bool:
        journal = self.computer.core.journal
        (watched,) = journal.connection.execute("SELECT count(*) FROM watch").fetchone()
        return bool(watched or journal.open_counts())

    # -- problems

    def answer_all(self) -> bool:
        """Answer everything that is asked now; whether anything was."""
        found = [
            (logged, each)
            for logged in self.computer.core.journal.needing_user(
                self.computer.core.journal.ids_needing_user()
            )
            for each in logged.deliveries
        ]
        for logged, delivery in found:
            self._answer(logged, delivery)
        return bool(found)

    def _answer(self, logged: LoggedEntry, delivery: Delivery) -> None:
        match delivery.message:
            case RemoveDuplicateEntry(kept=kept):
                self._double(delivery, int(kept.id), self.others.entries, self._delete_entry)
            case RemoveDuplicateLog(kept=kept_log):
                self._double(delivery, int(kept_log), set(self.others.logs), self._delete_log)
            case _ if is_stop_conflict(delivery, logged.remote) and logged.remote:
                self._conflict(logged, delivery)
            case CommentEntry() if delivery.state is DeliveryState.UNKNOWN:
                self._say("drop", delivery)
            case _ if delivery.state is DeliveryState.UNKNOWN:
                self._tell(delivery)
            case _:
                self._say("retry", delivery)

    def _say(self, what: str, delivery: Delivery) -> None:
        self.computer.command(what, delivery=str(delivery.id), wait="60")

    def _double(
        self, delivery: Delivery, other: int, not_ours: set[int], delete: Callable[[int], None]
    ) -> None:
        """Of two that are ours one goes; what they made themselves stays."""
        if other in not_ours:
            self._say("drop", delivery)
            return
        if not self._was_late(service_of(delivery.message)):
            self.needless.append(Difference("doubled", f"by no late request: {delivery.message}"))
        if delivery.error.startswith("Remove "):
            delete(other)
        self._say("retry", delivery)

    def _was_late(self, service: Service) -> bool:
        """Whether a request arrived after the app had to give it up: nobody can rule that out."""
        site = self.sandbox.stage.sites[service.value]
        late = (FaultKind.HELD_BACK, FaultKind.PAUSE)
        return any(each.fault in late for each in site.requests.matching("POST"))

    def _conflict(self, logged: LoggedEntry, delivery: Delivery) -> None:
        stopped_at = logged.remote.stopped_at if logged.remote else None
        match self.choose(3):
            case 0 if stopped_at is not None:
                words = {"entry": logged.entry.id, "to": stopped_at.isoformat()}
                self.computer.command("edit", **words, wait="60")
            case 1:
                self._say("drop", delivery)
            case _:
                self._say("retry", delivery)

    def _tell(self, delivery: Delivery) -> None:
        """See whether it is there; one that is goes, so that it can be sent anew."""
        self.told_by_looking += 1
        message = delivery.message
        if isinstance(message, LogTime):
            self._delete_unclaimed_logs(message)
        elif isinstance(message, StartEntry | RecordEntry):
            self._delete_unclaimed_entries()
        self._say("retry", delivery)

    def _delete_unclaimed_logs(self, like: LogTime) -> None:
        where = (like.card.id, like.for_date)
        for number, log in list(self.sandbox.kaiten.state.logs.items()):
            mine = (log.card_id, log.for_date) == where and number not in self.others.logs
            if mine and not self._has("kaiten", number):
                self._delete_log(number)

    def _delete_unclaimed_entries(self) -> None:
        user = self.sandbox.world.timecrowd_user_id
        for entry in self.sandbox.timecrowd.state.entries_of(user):
            mine = entry.id not in self.others.entries
            if mine and not self._has("timecrowd", entry.id):
                self._delete_entry(entry.id)

    def _has(self, service: str, number: int) -> bool:
        """Whether the app shows the id with one of its deliveries."""
        row = self.computer.core.journal.connection.execute(
            "SELECT 1 FROM delivery WHERE service = ? AND remote_id = ?", (service, str(number))
        ).fetchone()
        return row is not None

    def _delete_entry(self, number: int) -> None:
        user = self.sandbox.world.timecrowd_user_id
        state = self.sandbox.timecrowd.state
        if state.entries[number].deleted_at is None:
            state.delete(user, number, self.sandbox.clock())

    def _delete_log(self, number: int) -> None:
        self.sandbox.kaiten.state.logs.pop(number, None)
