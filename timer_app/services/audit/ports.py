"""What an audit needs from the journal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from timer_app.domain.delivery.outbox import Delivery, LoggedEntry
from timer_app.domain.entries.card import Card
from timer_app.domain.service import Service
from timer_app.services.delivery.ports import Journal

ChangeMark = tuple[int, int]
"""Another one whenever something was changed, by this process or another."""


class AuditJournal(Journal, Protocol):
    """The journal as it is compared with what the services hold."""

    def change_mark(self) -> ChangeMark:
        """What tells whether anything was changed since it was last asked for."""
        ...

    def card_dates(self, first: date, last: date) -> Sequence[tuple[Card, date]]:
        """The cards and dates with time, or with logs, from `first` to `last`, both included."""
        ...

    def deliveries_for_remote(self, service: Service, remote_id: str) -> Sequence[Delivery]:
        """The deliveries that have, or had, what the service calls `remote_id`, in order."""
        ...

    def unconfirmed_entries(self, service: Service) -> Sequence[LoggedEntry]:
        """The entries with a delivery of which it is not yet known whether it arrived."""
        ...
