"""Whatever is done to the journal in whatever order: its shortcuts tell what its rows tell."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.adapters.entries.journal.support import TASK, entry, finished, open_journal
from timer_app.domain.clock import ClockReading
from timer_app.domain.delivery.outbox import (
    OPEN,
    DeliveryState,
    DueDelivery,
)
from timer_app.domain.delivery.outcomes import RemoteEntry
from timer_app.domain.delivery.service_messages import StartEntry, service_of
from timer_app.domain.entries.timer import Effect, Idle, Running, State, Transition
from timer_app.domain.service import Service

some = st.integers(0, 10**6)


class JournalMachine(RuleBasedStateMachine):
    """The journal beside plain Python that does the same."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="journal-"))
        self.journal = open_journal(self.folder)
        self.journal.connection.execute("PRAGMA synchronous = OFF")
        self.entries = 0
        self.running: State = Idle()
        self.rows: dict[int, tuple[str, Service, DeliveryState]] = {}

    def _tell(self, transition: Transition) -> None:
        self.journal.apply_transition(transition)
        for effect in transition.effects:
            row = (effect.entry_id, service_of(effect.message), DeliveryState.WAITING)
            self.rows[len(self.rows) + 1] = row

    def _move(self, number: int, state: DeliveryState) -> None:
        entry_id, service, _ = self.rows[number]
        self.rows[number] = (entry_id, service, state)

    @rule()
    def start(self) -> None:
        if self.running == Idle():
            self.entries += 1
            one = entry(self.entries)
            self.running = Running(one)
            effects = (Effect(one.id, StartEntry(TASK, one.started_at)),)
            self._tell(Transition(self.running, effects=effects))

    @rule(cancel=st.booleans())
    def end(self, *, cancel: bool) -> None:
        if isinstance(self.running, Running):
            one, self.running = self.running.entry, Idle()
            number = int(one.id[1:])
            self._tell(Transition(Idle(), cancelled=one) if cancel else finished(number))

    @rule()
    def add(self) -> None:
        self.entries += 1
        self._tell(finished(self.entries, self.running))

    @precondition(lambda self: self.rows)
    @rule(which=some, state=st.sampled_from(DeliveryState))
    def mark(self, which: int, state: DeliveryState) -> None:
        number = which % len(self.rows) + 1
        self.journal.set_state(number, state, "error")
        self._move(number, state)

    @rule(service=st.sampled_from(Service))
    def send(self, service: Service) -> None:
        due = self.journal.next_due(service)
        assert (due.delivery.id if due else None) == self._expected_due(service)
        if due:
            assert self.journal.lease(due.delivery.id, ClockReading(due.entry.started_at))
            self._move(due.delivery.id, DeliveryState.SENDING)

    @precondition(lambda self: self.rows)
    @rule(which=some)
    def complete(self, which: int) -> None:
        number = which % len(self.rows) + 1
        logged = self.journal.entry_of_delivery(number)
        assert logged
        delivery = next(each for each in logged.deliveries if each.id == number)
        began = logged.entry.started_at
        self.journal.save_remote(
            delivery.entry_id, RemoteEntry("tc", "t", began, began + timedelta(1))
        )
        self.journal.complete(delivery.id, "991")
        self._move(number, DeliveryState.DONE)

    @rule()
    def reopen(self) -> None:
        self.journal.close()
        self.journal = open_journal(self.folder)
        self.journal.connection.execute("PRAGMA synchronous = OFF")
        sending = [n for n, row in self.rows.items() if row[2] is DeliveryState.SENDING]
        assert self.journal.recover_interrupted() == len(sending)
        for number in sending:
            self._move(number, DeliveryState.UNKNOWN)

    @rule()
    def break_off(self) -> None:
        with suppress(InterruptedError), self.journal.transaction():
            self.journal.apply_transition(finished(self.entries + 1, Idle()))
            for number in self.rows:
                self.journal.set_state(number, DeliveryState.DONE)
            raise InterruptedError

    def _expected_due(self, service: Service) -> int | None:
        held = set()
        for number, (entry_id, whose, state) in self.rows.items():
            if whose is service and state in OPEN:
                if state is DeliveryState.WAITING and entry_id not in held:
                    return number
                held.add(entry_id)
        return None

    @invariant()
    def the_tally_is_a_count(self) -> None:
        states = Counter(state for _, _, state in self.rows.values())
        assert self.journal.counts() == {state: states[state] for state in DeliveryState}

    @invariant()
    def the_open_ones_are_counted(self) -> None:
        found = Counter(
            (whose, s is DeliveryState.BLOCKED) for _, whose, s in self.rows.values() if s in OPEN
        )
        assert self.journal.open_counts() == found

    @invariant()
    def what_runs_runs(self) -> None:
        assert self.journal.state() == self.running

    @invariant()
    def what_is_due_is_known_with_its_entry(self) -> None:
        for service in Service:
            due = self.journal.next_due(service)
            if due:
                logged = self.journal.entry(due.entry.id)
                assert logged
                assert due.delivery in logged.deliveries
                assert replace(due, remote=None) == DueDelivery(
                    due.delivery, logged.entry, logged.stopped_at, None
                )

    def teardown(self) -> None:
        self.journal.close()
        shutil.rmtree(self.folder)


TestJournalMachine = JournalMachine.TestCase
TestJournalMachine.settings = settings(max_examples=30, stateful_step_count=30, deadline=None)
