"""What is known of TimeCrowd's accounts and lists, as rows; see ports.RemoteRecords."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from timer_app.adapters.entries.journal.message_json import instant, unix
from timer_app.adapters.entries.journal.outbox import OPEN_STATES, DeliveryRows
from timer_app.adapters.entries.journal.rows import remote_from_row
from timer_app.domain.delivery.remote_history import AccountUse, KnownEntry

_HAS_OPEN_DELIVERY = f"""EXISTS (
  SELECT 1 FROM delivery WHERE entry_id = entry.id AND service = 'timecrowd'
    AND (state IN {OPEN_STATES}
      OR EXISTS (SELECT 1 FROM attempt WHERE delivery_id = delivery.id)))"""
"""SQL: whether a message of an entry for TimeCrowd is still open, or may follow."""


class RemoteRows(DeliveryRows):
    """Implements the port `RemoteRecords`."""

    def account_use(self, account: str, now: datetime) -> AccountUse:
        """See the port."""
        row = self._db.execute(
            "SELECT first_used_at, used_since, is_current FROM account WHERE name = ?", (account,)
        ).fetchone()
        if row is not None and row[2]:
            return AccountUse(instant(row[0]), instant(row[1]))
        first = row[0] if row else unix(now)
        with self.transaction():
            self._write("UPDATE account SET is_current = 0 WHERE is_current = 1")
            self._write(
                "INSERT OR REPLACE INTO account (name, first_used_at, used_since, is_current)"
                " VALUES (?, ?, ?, 1)",
                (account, first, unix(now)),
            )
        return AccountUse(instant(first), instant(unix(now)))

    def known_entries(self, since: datetime) -> Sequence[KnownEntry]:
        """See the port. By the index of stops: who ended later may have begun later."""
        rows = self._db.execute(
            "SELECT id, remote_id, remote_task_id, remote_started_at, remote_stopped_at"
            " FROM entry INDEXED BY entry_by_stop WHERE stopped_at >= ? AND cancelled = 0"
            " AND remote_id IS NOT NULL AND remote_stopped_at IS NOT NULL"
            f" AND NOT {_HAS_OPEN_DELIVERY}",
            (unix(since),),
        )
        found = [(entry_id, remote_from_row(row)) for entry_id, *row in rows]
        return [KnownEntry(entry_id, remote) for entry_id, remote in found if remote is not None]

    def has_open_timecrowd(self, entry_id: str) -> bool:
        """See the port."""
        row = self._db.execute(
            f"SELECT 1 FROM entry WHERE entry.id = ? AND {_HAS_OPEN_DELIVERY}", (entry_id,)
        ).fetchone()
        return row is not None
