"""What an audit asks the journal; see ports.AuditBook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from timer_app.adapters.entries.journal.message_json import optional_date_of
from timer_app.adapters.entries.journal.outbox import OPEN_STATES, DeliveryRows
from timer_app.domain.delivery.outbox import Delivery, LoggedEntry
from timer_app.domain.entries.card import Card
from timer_app.domain.service import Service
from timer_app.services.audit.ports import ChangeMark

_CARD_URL = "task.card_origin || '/' || task.card_id"


class AuditRows(DeliveryRows):
    """Implements the port `AuditJournal`."""

    def change_mark(self) -> ChangeMark:
        """See the port. Source: sqlite.org/pragma.html#pragma_data_version."""
        (others,) = self._db.execute("PRAGMA data_version").fetchone()
        return int(others), self._db.total_changes

    def card_dates(self, first: date, last: date) -> Sequence[tuple[Card, date]]:
        """See the port.

        CROSS JOIN keeps SQLite to the order: card by card, for which there are indexes; by date
        alone it would read every delivery there is.
        """
        span = (first.isoformat(), last.isoformat())
        rows = self._db.execute(
            "SELECT card_origin, card_id, for_date FROM task CROSS JOIN stretch"
            f" ON card = {_CARD_URL} WHERE card_id IS NOT NULL AND for_date BETWEEN ? AND ?"
            " UNION SELECT card_origin, card_id, for_date FROM task CROSS JOIN delivery"
            f" ON card = {_CARD_URL} WHERE card_id IS NOT NULL AND for_date BETWEEN ? AND ?"
            " ORDER BY for_date, card_origin, card_id",
            span * 2,
        )
        return [
            (Card(origin, number), day)
            for origin, number, text in rows
            if (day := optional_date_of(text)) is not None
        ]

    def deliveries_for_remote(self, service: Service, remote_id: str) -> Sequence[Delivery]:
        """See the port."""
        return self._deliveries("service = ? AND remote_id = ?", (service.value, remote_id))

    def unconfirmed_entries(self, service: Service) -> Sequence[LoggedEntry]:
        """See the port."""
        some = (
            f"SELECT entry_id FROM delivery WHERE state IN {OPEN_STATES} AND service = ?"
            " AND state IN ('sending', 'unknown')"
        )
        return self._logged(f"entry.id IN ({some})", (service.value,))
