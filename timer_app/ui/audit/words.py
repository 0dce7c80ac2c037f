"""What the compare window says: values in, translated sentences out."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from timer_app.domain.audit.rows import (
    AuditRepair,
    AuditRow,
    AuditVerdict,
    CorrectEntryTimes,
    CorrectLogValues,
    DeleteFormerEntry,
    DeleteRemoteEntry,
    DeleteRemoteLog,
    ImportEntry,
    LinkRemoteEntry,
    LogTimeAgain,
    NextStep,
    RecordEntryAgain,
)
from timer_app.domain.delivery.service_messages import StartEntry
from timer_app.domain.user_message import fill
from timer_app.services.audit.auditor import Audit, RepairResult
from timer_app.ui.wording import format_number, join_sentences

translate = QCoreApplication.translate  # by this name lupdate finds the texts


def verdict_name(verdict: AuditVerdict) -> str:
    """How the journal stands to a service."""
    return {
        AuditVerdict.MATCHED: translate("History", "Matched"),
        AuditVerdict.MISSING: translate("History", "Missing"),
        AuditVerdict.EXTRA: translate("History", "Extra"),
        AuditVerdict.DIFFERENT: translate("History", "Different"),
    }[verdict]


def verdict_counts(audit: Audit) -> str:
    """How many rows of each kind, or that all agree, or that there is nothing."""
    kinds = [each.verdict for each in audit.rows]
    if not kinds:
        return translate("History", "There is nothing to compare.") if audit.is_complete else ""
    if audit.is_complete and set(kinds) == {AuditVerdict.MATCHED}:
        return fill(translate("History", "All %1 agree."), format_number(len(kinds)))
    return ", ".join(
        f"{verdict_name(each)}: {format_number(kinds.count(each))}" for each in AuditVerdict
    )


def audit_progress(done: int, total: int) -> str:
    """The progress of asking the services."""
    return fill(
        translate("History", "Asking the services… Kaiten: %1 of %2"),
        format_number(done),
        format_number(total),
    )


def repair_progress(done: int, total: int) -> str:
    """The progress of a repair."""
    return fill(
        translate("History", "Repairing: %1 of %2"), format_number(done), format_number(total)
    )


def repair_stopped(done: int, total: int) -> str:
    """What was repaired before it was cancelled."""
    return fill(
        translate("History", "Repaired: %1 of %2."), format_number(done), format_number(total)
    )


def repair_result(result: RepairResult) -> str:
    """What was repaired, and what not."""
    sentence = fill(translate("History", "Repaired: %1."), format_number(len(result.rows)))
    if result.changed:
        changed = format_number(len(result.changed))
        not_repaired = translate("History", "Not repaired, since it has changed meanwhile: %1.")
        sentence = join_sentences(sentence, fill(not_repaired, changed))
    return sentence


def row_help(row: AuditRow) -> str:
    """What brings a row right where no repair does."""
    return {
        NextStep.NONE: "",
        NextStep.WAITS: translate("History", "Corrected automatically"),
        NextStep.PERSON: translate("History", "See Problems"),
    }[row.next_step]


def repair_label(repair: AuditRepair) -> str:  # noqa: C901, PLR0911 - a sentence for each repair
    """What a repair does, short enough for a button."""
    match repair:
        case CorrectEntryTimes():
            return translate("History", "Correct the times in TimeCrowd")
        case RecordEntryAgain(message=StartEntry()):
            return translate("History", "Start it in TimeCrowd")
        case RecordEntryAgain():
            return translate("History", "Record it in TimeCrowd")
        case LinkRemoteEntry():
            return translate("History", "Take TimeCrowd's entry for this one")
        case ImportEntry():
            return translate("History", "Take it into the journal")
        case DeleteRemoteEntry() | DeleteFormerEntry():
            return translate("History", "Delete it in TimeCrowd")
        case CorrectLogValues():
            return translate("History", "Correct the log in Kaiten")
        case LogTimeAgain(removal=None):
            return translate("History", "Log it in Kaiten")
        case LogTimeAgain():
            return translate("History", "Log it again in Kaiten")
        case DeleteRemoteLog():
            return translate("History", "Delete it in Kaiten")
