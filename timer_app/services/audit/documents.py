"""An audit as the document that scripts read."""

from __future__ import annotations

from timer_app.domain.audit.rows import AuditRow
from timer_app.services.audit.auditor import Audit
from timer_app.services.entries.documents import Document


def audit_document(audit: Audit) -> Document:
    """An audit as `audit --json` lists it."""
    return {
        "from": audit.first.isoformat(),
        "to": audit.last.isoformat(),
        "rows": [_row_document(row) for row in audit.rows],
        "complete": audit.is_complete,
    }


def _row_document(row: AuditRow) -> Document:
    return {
        "key": row.key,
        "entry": row.entry_id,
        "service": row.service.value,
        "verdict": row.verdict.value,
        "remote_id": row.remote_id,
        "detail": row.detail,
        "repair": row.repair.sentence if row.repair else None,
        "help": row.next_step.value or None,
    }
