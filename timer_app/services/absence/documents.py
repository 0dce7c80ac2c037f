"""An unresolved absence in the JSON documents that scripts read."""

from __future__ import annotations

from datetime import datetime, tzinfo

from timer_app.domain.absence import UnresolvedAbsence
from timer_app.services.entries.documents import Document, local_iso, subject_document


def question_document(question: UnresolvedAbsence, now: datetime, zone: tzinfo) -> Document:
    """An unresolved absence, with its resolutions.

    `to` is null while nobody is back; `held` says whether deliveries wait for the resolution.
    """
    absence = question.absence
    ended = absence.ended
    resolutions = {
        "keep": "it was work on this",
        "drop": "it was not; the entry ends where it began"
        + ("" if question.stopped_at else ", and nothing runs"),
        "continue": "it was not; the entry goes on since the return",
        "give CARD": "it was work on something else (or --task TITLE)",
    }
    return {
        "id": question.id,
        **subject_document(question.entry, zone),
        "from": local_iso(absence.began, zone),
        "to": local_iso(ended, zone),
        "seconds": int(((ended or now) - absence.began).total_seconds()),
        "causes": sorted(cause.value for cause in absence.causes),
        "held": question.stopped_at is not None,
        "ways": [
            {"command": f"timer-app away {answer} --question {question.id}", "does": effect}
            for answer, effect in resolutions.items()
            if not (question.stopped_at and answer == "continue")
        ],
    }
