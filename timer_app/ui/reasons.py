"""Why something was not done, as a translated sentence. Errors come in, by their kinds."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from timer_app.domain.audit.rows import AuditRow
from timer_app.domain.delivery.outbox import Delivery, Service
from timer_app.domain.delivery.outcomes import (
    NotSent,
    NotSentCause,
    OutcomeUnknown,
    Refused,
    Unauthorized,
)
from timer_app.domain.errors import DomainError, MessageId
from timer_app.domain.messages import (
    AbsenceMessageId,
    AddressMessageId,
    AuditMessageId,
    AuditRowMessageId,
    ConnectionMessageId,
    DeliveryMessageId,
    DesktopEntryMessageId,
    EntryMessageId,
    FileMessageId,
    HotkeyMessageId,
    JournalMessageId,
    LinkMessageId,
    TaskMessageId,
    TimeMessageId,
    WorkingHoursMessageId,
)
from timer_app.domain.user_message import UserMessage
from timer_app.services.delivery.ports import ServiceCallError
from timer_app.ui.wording import fill, join_sentences, service_name

translate = QCoreApplication.translate  # by this name lupdate finds the texts


def error_text(error: Exception) -> str:
    """Why; in English where it is nothing that a window can meet."""
    if isinstance(error, ServiceCallError):
        return _of_kaiten(error.outcome)
    if isinstance(error, DomainError) and error.reason is not None:
        return fill(_sentence(error.reason), *error.values)
    return str(error)


def delivery_error_text(delivery: Delivery) -> str:
    """Why it is held up: in the service's own words, or that it had none."""
    if not delivery.is_refused_without_message:
        return delivery.error
    said = translate("Reasons", "No reason was given (HTTP %1).")
    return fill(said, str(delivery.refused_status))


def audit_row_text(row: AuditRow) -> str:
    """What an audit says of a row."""
    return join_sentences(*map(message_text, row.sentences))


def message_text(of: str | UserMessage) -> str:
    """A sentence or a part of one; what others said stays in their own words."""
    if isinstance(of, str):
        return of
    return fill(_sentence(of.id), *map(message_text, of.values))


def setting_error_text(key: str, error: Exception) -> str:
    """Why a setting was not taken; `key` is the whole one, such as `time.rounding`."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, DomainError) and cause.reason is not None:
            return error_text(cause)
        if isinstance(cause, OSError):
            said = translate(
                "Reasons", "The settings could not be written: %1. They are as before."
            )
            return fill(said, cause.strerror or str(cause))
        cause = cause.__cause__
    return _wanted().get(key) or _wanted().get(key.partition(".")[0]) or str(error)


def _wanted() -> dict[str, str]:
    """What a setting can be, where nothing is more to the point."""
    length = translate("Reasons", "Write a length such as 10m or 1h30m.")
    return {
        "time.idle_after": length,
        "time.remind_after": length,
        "time.daily_goal": length,
        "time.day_start": translate("Reasons", "Write a time of day such as 00:00 or 04:30."),
        "network.proxy": translate(
            "Reasons", "Write an address such as proxy.example:3128, without a password."
        ),
        "network.ca_file": translate(
            "Reasons", "This file has no certificates that can be used. Choose a PEM file."
        ),
        "updates.feed": translate(
            "Reasons", "Write an address that begins with https://, or leave it empty."
        ),
        "timecrowd": translate("Reasons", "Write a whole number above 0."),
        "kaiten": translate("Reasons", "Write a whole number."),
    }


def settings_file_error_text(error: Exception) -> str:
    """The settings file cannot be used; where and why is said as the file is written."""
    said = translate(
        "Reasons", "The settings file cannot be used, and the settings are as before: %1"
    )
    return fill(said, str(error))


def _of_kaiten(outcome: NotSent | OutcomeUnknown | Unauthorized | Refused) -> str:
    """A window asks Kaiten alone. What it says itself is left in its own words."""
    name = service_name(Service.KAITEN)
    match outcome:
        case NotSent(connection_problem=connection_problem) if connection_problem is not None:
            from timer_app.ui.setup.network_wording import obstacle_sentence

            return fill(translate("Reasons", "%1: %2"), name, obstacle_sentence(connection_problem))
        case NotSent(cause=NotSentCause.RATE_LIMITED):
            return fill(translate("Reasons", "%1 asks for fewer requests."), name)
        case NotSent() | OutcomeUnknown():
            return fill(translate("Reasons", "%1 did not answer."), name)
        case Unauthorized():
            return fill(translate("Reasons", "%1 has no token, or does not accept it."), name)
        case Refused():
            return _refused(outcome, name)


def _refused(outcome: Refused, name: str) -> str:
    said = " ".join(outcome.messages)
    if outcome.status is None:
        return fill(translate("Reasons", "%1: %2"), name, said)
    status = str(outcome.status)
    if said:
        return fill(translate("Reasons", "%1: %2 (HTTP %3)"), name, said, status)
    return fill(translate("Reasons", "%1 refused without a word (HTTP %2)."), name, status)


def _sentence(reason: MessageId) -> str:
    # The audit's comes first: it is asked hundreds of times for one window, the others once.
    for table in (_audit, _task, _time, _keys, _hours, _entry, _link, _address, _rest):
        if said := table().get(reason):
            return said
    return str(reason.value)


def _time() -> dict[MessageId, str]:
    return {
        TimeMessageId.NOT_A_LENGTH: translate(
            "Reasons", "“%1” is not a length. Write 1h30m, 1:30, 90m, 90 or 1.5h."
        ),
        TimeMessageId.LENGTH_OUT_OF_RANGE: translate(
            "Reasons", "“%1”: a length is more than nothing and at most a year."
        ),
        TimeMessageId.NOT_A_DATE: translate(
            "Reasons", "“%1” is not a date. Write 2026-11-22, today or yesterday."
        ),
        TimeMessageId.NOT_A_TIME: translate(
            "Reasons",
            "“%1” is not a time. Write 09:30, yesterday 17:00, 2026-11-22 09:30 or -15m.",
        ),
        TimeMessageId.NO_TIME_OF_DAY: translate(
            "Reasons", "“%1” is a date without a time of day. Write %1 09:30."
        ),
        TimeMessageId.SKIPPED: translate(
            "Reasons", "“%1” does not exist: the clocks were set forward over it that day."
        ),
        TimeMessageId.BEYOND_CALENDAR: translate(
            "Reasons", "“%1” lies beyond the calendar: give a year such as 2026."
        ),
        TimeMessageId.TO_COME: translate("Reasons", "%1 is still to come."),
        TimeMessageId.ENDS_BEFORE: translate("Reasons", "The end must come after the beginning."),
        TimeMessageId.AMBIGUOUS_LENGTH: translate(
            "Reasons", "“%1” may be minutes or hours. Write %2m or %3h."
        ),
        TimeMessageId.AMBIGUOUS_DATE: translate(
            "Reasons", "“%1” may be %2 or %3. Write one of these."
        ),
        TimeMessageId.NOT_A_TIME_OF_DAY: translate(
            "Reasons", "“%1” is not a time of day. Write 04:30."
        ),
        TimeMessageId.END_BEFORE_START: translate(
            "Reasons",
            "“%1”: on %2 that lies before the start (%3), and on %4 it would make %5 h. If that is"
            " meant, write it with its date: %6.",
        ),
        TimeMessageId.SPAN_MISSING: translate(
            "Reasons", "Say from when to when, or how long: two are enough."
        ),
        TimeMessageId.SPAN_DISAGREES: translate(
            "Reasons", "The three do not agree: empty one of them."
        ),
        TimeMessageId.SPAN_TOO_LONG: translate("Reasons", "That is longer than a month."),
        TimeMessageId.OUTSIDE: translate("Reasons", "“%1” lies outside of the entry."),
    }


def _hours() -> dict[MessageId, str]:
    return {
        WorkingHoursMessageId.TOO_LONG: translate(
            "Reasons", "Working hours are too long: at most %1 letters."
        ),
        WorkingHoursMessageId.OVERLAP: translate("Reasons", "Working hours overlap: %1 and %2."),
        WorkingHoursMessageId.NOT_A_RANGE: translate(
            "Reasons", "“%1” is not a range of working hours. Write %2."
        ),
        WorkingHoursMessageId.NO_DAYS: translate(
            "Reasons", "“%1” does not say on which days. Write %2."
        ),
        WorkingHoursMessageId.ENDS_BEFORE: translate(
            "Reasons",
            "“%1” ends before it begins. Write a night as two ranges:"
            " Mon-Thu 22:00-24:00, Tue-Fri 00:00-06:00.",
        ),
        WorkingHoursMessageId.NOT_WEEKDAYS: translate(
            "Reasons", "“%1” is not a range of weekdays. Write Mon-Fri."
        ),
        WorkingHoursMessageId.NOT_A_WEEKDAY: translate(
            "Reasons", "“%1” is not a weekday. Write %2."
        ),
        WorkingHoursMessageId.NOT_A_TIME: translate(
            "Reasons", "“%1” is not a time of day such as 09:00, at most 24:00."
        ),
    }


def _task() -> dict[MessageId, str]:
    return {
        TaskMessageId.NO_TITLE: translate("Reasons", "The task needs a title."),
        TaskMessageId.TITLE_TOO_LONG: translate(
            "Reasons", "The title is %1 characters long; at most %2 fit."
        ),
        TaskMessageId.NOT_A_CARD: translate(
            "Reasons", "“%1” is not a card: paste its address, its number or its key."
        ),
        TaskMessageId.NOT_AN_ADDRESS: translate("Reasons", "“%1” is not a web address."),
        TaskMessageId.OTHER_KAITEN: translate(
            "Reasons",
            "This address belongs to %1, but Timer App is set up for %2. Paste a card of that"
            " Kaiten.",
        ),
        TaskMessageId.DOCUMENT: translate(
            "Reasons", "“%1” is a document, not a card: time is logged on cards only."
        ),
        TaskMessageId.SPACE: translate(
            "Reasons", "“%1” is a space, not a card: open a card and copy its address."
        ),
        TaskMessageId.BOARD: translate(
            "Reasons", "“%1” is a board, not a card: open a card and copy its address."
        ),
        TaskMessageId.NAMES_NO_CARD: translate(
            "Reasons", "“%1” does not name a card: open the card in Kaiten and copy its address."
        ),
        TaskMessageId.KAITEN_NOT_SET_UP: translate(
            "Reasons", "Kaiten is not set up: timer-app config set kaiten.url ADDRESS"
        ),
    }


def _address() -> dict[MessageId, str]:
    return {
        AddressMessageId.UNREADABLE: translate("Reasons", "“%2” is not a web address (%3)."),
        AddressMessageId.NOT_ONE: translate(
            "Reasons", "“%2” is not a web address such as https://example.com."
        ),
        AddressMessageId.HOLDS_A_LOGIN: translate(
            "Reasons", "The address must not hold a user name or a password."
        ),
        AddressMessageId.NOT_ENCRYPTED: translate(
            "Reasons",
            "%2 is not encrypted and a token must not travel in the clear. Use https:// (plain"
            " http:// is for this computer only).",
        ),
    }


def _link() -> dict[MessageId, str]:
    return {
        LinkMessageId.TOO_LONG: translate("Reasons", "The link is longer than %1 characters."),
        LinkMessageId.STOP_WITH_MORE: translate(
            "Reasons", "A stop link takes no more than timer-app://stop."
        ),
        LinkMessageId.UNKNOWN: translate(
            "Reasons", "Timer App knows no link to “%1”: there are start and stop."
        ),
        LinkMessageId.UNREADABLE: translate("Reasons", "This is not a link (%1)."),
        LinkMessageId.NOT_ONE: translate(
            "Reasons", "This is not a link such as timer-app://start?card=123."
        ),
        LinkMessageId.UNKNOWN_PART: translate(
            "Reasons", "The link has a part that is not known: “%1”."
        ),
        LinkMessageId.UNKNOWN_VALUE: translate(
            "Reasons",
            "The link has a part that is not known: “%1”. An & within a value has to be"
            " percent-encoded.",
        ),
        LinkMessageId.UNREADABLE_VALUES: translate(
            "Reasons", "The link's values cannot be read: write them as name=value."
        ),
        LinkMessageId.TWICE: translate("Reasons", "The link gives “%1” twice."),
        LinkMessageId.NO_CARD: translate(
            "Reasons", "The link names no card: timer-app://start?card=123."
        ),
        LinkMessageId.CARD_TOO_LONG: translate(
            "Reasons", "The link's card is longer than %1 characters."
        ),
        LinkMessageId.NO_KAITEN: translate(
            "Reasons", "Kaiten is not set up, so this link's card cannot be found."
        ),
        LinkMessageId.COMMENT_TOO_LONG: translate(
            "Reasons", "The link's comment is %1 long; at most %2 fit."
        ),
        LinkMessageId.NO_TEXT: translate(
            "Reasons", "The link holds a character that is no text (%1)."
        ),
        LinkMessageId.NO_TEXT_IN_VALUE: translate(
            "Reasons", "The link's “%1” holds a character that is no text (%2)."
        ),
    }


def _keys() -> dict[MessageId, str]:
    return {
        HotkeyMessageId.NO_MODIFIER: translate(
            "Reasons", "“%1” is no modifier; those are Ctrl, Alt, Shift and Super."
        ),
        HotkeyMessageId.TWICE: translate("Reasons", "%1 is named twice."),
        HotkeyMessageId.NO_KEY_AFTER: translate("Reasons", "After %1 a key is missing."),
        HotkeyMessageId.NO_KEY: translate("Reasons", "A key is missing."),
        HotkeyMessageId.UNKNOWN_KEY: translate("Reasons", "There is no key “%1”."),
        HotkeyMessageId.ALONE: translate(
            "Reasons", "%1 alone would be missing everywhere: add Ctrl, Alt or Super."
        ),
        HotkeyMessageId.NOT_USABLE: translate(
            "Reasons", "This key cannot be used here. Try a letter, a digit or F1 to F35."
        ),
    }


def _entry() -> dict[MessageId, str]:
    return {
        EntryMessageId.NOTHING_TO_STOP: translate(
            "Reasons", "Nothing is running, so there is nothing to stop."
        ),
        EntryMessageId.NOTHING_TO_CANCEL: translate(
            "Reasons", "Nothing is running, so there is nothing to cancel."
        ),
        EntryMessageId.NOTHING_TO_COMMENT: translate(
            "Reasons", "Nothing is running, so there is nothing to comment on."
        ),
        EntryMessageId.STOPS_BEFORE_START: translate(
            "Reasons", "The stop (%1) lies before the start (%2) of what is running."
        ),
        EntryMessageId.NO_LAST_TASK: translate(
            "Reasons", "There is no last task yet: choose a card or a task to start."
        ),
        EntryMessageId.NOT_WITHIN: translate("Reasons", "%1 does not lie within the entry."),
        EntryMessageId.NOTHING_TO_UNDO: translate("Reasons", "There is nothing to undo."),
        EntryMessageId.NO_UNDO: translate("Reasons", "This cannot be undone."),
        EntryMessageId.ANOTHER_RUNS: translate(
            "Reasons", "Something else is running now: stop it first, then undo."
        ),
        EntryMessageId.CHANGED_SINCE: translate(
            "Reasons", "Something else was changed since: undo that first."
        ),
        EntryMessageId.NOT_DELETED: translate(
            "Reasons", "The entry is there: there is nothing to bring back."
        ),
        EntryMessageId.NONE_SUCH: translate("Reasons", "This entry is not there any more."),
        EntryMessageId.RUNS: translate("Reasons", "This entry is still running: stop it first."),
        EntryMessageId.WOULD_END_BEFORE: translate(
            "Reasons", "The entry would end (%1) before it begins (%2)."
        ),
    }


def _audit() -> dict[MessageId, str]:
    return {**_parts_of_rows(), **_of_timecrowd(), **_of_kaitens_logs(), **_on_its_way()}


def _parts_of_rows() -> dict[MessageId, str]:
    return {
        AuditRowMessageId.RUNNING: translate("Audit", "%1 – now"),
        AuditRowMessageId.ENTRY_RUNNING: translate("Audit", "%1, %2 – now"),
        AuditRowMessageId.MINUTES: translate("Audit", "%1 min"),
        AuditRowMessageId.MINUTES_AND_COMMENT: translate("Audit", "%1 min “%2”"),
        AuditRowMessageId.MATCHES: translate("Audit", "%1."),
    }


def _of_timecrowd() -> dict[MessageId, str]:
    return {
        AuditRowMessageId.OTHER_TIMES: translate("Audit", "%1. In TimeCrowd: %2."),
        AuditRowMessageId.NOT_IN_TIMECROWD: translate("Audit", "%1. It is not in TimeCrowd."),
        AuditRowMessageId.JUST_LIKE: translate(
            "Audit", "%1. TimeCrowd has one just like it, which was not known here."
        ),
        AuditRowMessageId.ENTRY_GONE: translate(
            "Audit", "%1. TimeCrowd had it and has it no more."
        ),
        AuditRowMessageId.ENTRY_DROPPED: translate(
            "Audit", "%1. TimeCrowd was never told: you chose not to send it."
        ),
        AuditRowMessageId.ENTRY_NEVER_TOLD: translate(
            "Audit", "%1. TimeCrowd was never told: it was not set up then."
        ),
        AuditRowMessageId.STOPPED_ELSEWHERE: translate(
            "Audit", "Another device stopped it: that is followed."
        ),
        AuditRowMessageId.IN_TIMECROWD: translate("Audit", "In TimeCrowd: %1."),
        AuditRowMessageId.ENTRY_KEPT: translate(
            "Audit", "You chose to keep it beside the entry it is like."
        ),
        AuditRowMessageId.DELETED: translate("Audit", "It was deleted here."),
        AuditRowMessageId.DELETED_AND_ANEW: translate(
            "Audit", "It was deleted here, and its entry is on its way to TimeCrowd anew."
        ),
        AuditRowMessageId.DELETED_AND_OTHER: translate(
            "Audit", "It was deleted; the entry is %1 now."
        ),
        AuditRowMessageId.MAYBE_LATE: translate(
            "Audit", "It may be a late request of ours: that is being looked for."
        ),
        AuditRowMessageId.RUNS_ELSEWHERE: translate(
            "Audit", "Another device runs it: it is followed."
        ),
        AuditRowMessageId.IN_NO_ENTRY: translate("Audit", "It is in no entry here."),
    }


def _of_kaitens_logs() -> dict[MessageId, str]:
    return {
        AuditRowMessageId.LOG: translate("Audit", "%1: %2 for %3 on %4."),
        AuditRowMessageId.OTHER_VALUES: translate("Audit", "In Kaiten: %1."),
        AuditRowMessageId.OTHER_PLACE: translate("Audit", "In Kaiten: %1, on %2 for %3."),
        AuditRowMessageId.NOT_IN_KAITEN: translate("Audit", "It is not in Kaiten."),
        AuditRowMessageId.LOG_GONE: translate("Audit", "Kaiten had it and has it no more."),
        AuditRowMessageId.LOG_DROPPED: translate(
            "Audit", "Kaiten was never told: you chose not to send it."
        ),
        AuditRowMessageId.LOG_JUST_LIKE: translate(
            "Audit", "Log %1 is just like it; should it not be this one, remove it there."
        ),
        AuditRowMessageId.LOG_NEVER_TOLD: translate(
            "Audit", "%1, %2 s on %3: Kaiten was never told of %4 min."
        ),
        AuditRowMessageId.NO_MINUTE: translate(
            "Audit", "%1, %2 s on %3: it adds no minute to the day's logs."
        ),
        AuditRowMessageId.IN_KAITEN: translate("Audit", "In Kaiten: %1 on %2 for %3."),
        AuditRowMessageId.LOG_KEPT: translate(
            "Audit", "You chose to keep it beside the one it is like."
        ),
        AuditRowMessageId.REMOVED: translate("Audit", "It was removed here."),
        AuditRowMessageId.NOT_OURS: translate("Audit", "Not made by Timer App: left alone."),
    }


def _on_its_way() -> dict[MessageId, str]:
    """Why it waits is told by the panel, and by Problems where it needs a person."""
    return {
        AuditRowMessageId.MAYBE_OURS: translate("Audit", "It may be one of ours."),
        AuditRowMessageId.TO_BE_DELETED: translate("Audit", "It is to be deleted."),
        AuditRowMessageId.NEEDS_YOU: translate("Audit", "It needs you: “%2”"),
        AuditRowMessageId.NEEDS_YOU_WORDLESS: translate(
            "Audit", "It needs you: no reason was given (HTTP %2)."
        ),
        AuditRowMessageId.MAYBE_ARRIVED: translate(
            "Audit", "It needs you: it may or may not have arrived."
        ),
        AuditRowMessageId.BEING_SENT: translate("Audit", "It is being sent, or looked for."),
        AuditRowMessageId.WAITS: translate("Audit", "It waits to be sent."),
        AuditRowMessageId.WAITS_BECAUSE: translate("Audit", "It waits to be sent."),
        AuditRowMessageId.CHANGED: translate(
            "Audit", "It changed while this was asked: compare again."
        ),
    }


def _rest() -> dict[MessageId, str]:
    return {
        AbsenceMessageId.NONE: translate("Reasons", "No question waits for an answer."),
        AbsenceMessageId.NONE_SUCH: translate("Reasons", "This question is answered already."),
        AbsenceMessageId.SAME_TASK: translate(
            "Reasons", "That is the task it is on already: choose “Keep it”."
        ),
        AbsenceMessageId.STILL_AWAY: translate("Reasons", "Nobody is back yet."),
        DeliveryMessageId.NONE_SUCH: translate("Reasons", "This is not there any more."),
        DeliveryMessageId.DECIDED: translate(
            "Reasons", "This is settled: there is nothing to decide."
        ),
        DeliveryMessageId.BUG: translate(
            "Reasons",
            "An error in Timer App itself (%1) stopped this. The other deliveries go on.",
        ),
        DeliveryMessageId.SERVICE_BUG: translate(
            "Reasons",
            "An error in Timer App itself (%1) stopped delivery. It is tried again later.",
        ),
        JournalMessageId.DAMAGED: translate(
            "Reasons",
            "A part of the journal cannot be read: nothing was changed. Quit Timer App and start"
            " it again; it sets the file aside and carries over what can be read.",
        ),
        JournalMessageId.FULL: translate(
            "Reasons", "The disk is full: nothing was changed. Free some space and try again."
        ),
        JournalMessageId.HELD: translate(
            "Reasons", "Another program holds the journal: nothing was changed. Try again."
        ),
        JournalMessageId.READ_ONLY: translate(
            "Reasons",
            "The journal or its folder is read-only: nothing was changed. Make both writable for"
            " yourself and try again.",
        ),
        JournalMessageId.MOVED: translate(
            "Reasons",
            "The journal was moved or removed while Timer App ran: nothing was changed. Put it"
            " back and start Timer App again.",
        ),
        JournalMessageId.DISK: translate(
            "Reasons",
            "The disk fails to read or write the journal: nothing was changed. Check the disk and"
            " that its folder can be opened.",
        ),
        AuditMessageId.NO_TIMECROWD: translate(
            "Reasons", "TimeCrowd could not be asked. Compare again later."
        ),
        AuditMessageId.NO_KAITEN: translate(
            "Reasons", "Kaiten could not be asked. Compare again later."
        ),
        AuditMessageId.CARD_HIDDEN: translate("Reasons", "Kaiten does not show the card %1: %2"),
        AuditMessageId.DELIVERED_MEANWHILE: translate(
            "Reasons", "Something was delivered while this was asked: compare again."
        ),
        ConnectionMessageId.NOT_AN_ADDRESS: translate("Reasons", "it is not one"),
        ConnectionMessageId.KIND_OF_PROXY: translate("Reasons", "its kind must be one of %1"),
        ConnectionMessageId.NO_HOST: translate("Reasons", "it names no host"),
        ConnectionMessageId.EMPTY: translate("Reasons", "it is empty"),
        ConnectionMessageId.NO_PEM: translate(
            "Reasons", "it holds no PEM text (-----BEGIN CERTIFICATE-----)"
        ),
        ConnectionMessageId.NO_CERTIFICATE: translate("Reasons", "it holds no certificate"),
        ConnectionMessageId.BROKEN_CERTIFICATE: translate(
            "Reasons", "a certificate in it is broken (%1)"
        ),
        ConnectionMessageId.UNREADABLE: translate("Reasons", "it cannot be read"),
        ConnectionMessageId.NO_SUCH_FILE: translate("Reasons", "there is no such file"),
        ConnectionMessageId.NO_FILE: translate("Reasons", "it is no file"),
        ConnectionMessageId.ADDRESS_OF_ITS_OWN: translate("Reasons", "another address of its own"),
        ConnectionMessageId.WORDLESS: translate("Reasons", "no reason given (HTTP %1)"),
        ConnectionMessageId.HANDSHAKE: translate("Reasons", "the handshake broke"),
        FileMessageId.NOT_WRITTEN: translate(
            "Reasons", "%1 could not be written (%2). Nothing was changed there."
        ),
        DesktopEntryMessageId.NOT_WRITTEN: translate("Reasons", "%1 could not be written: %2."),
        DesktopEntryMessageId.NOT_REMOVED: translate("Reasons", "%1 could not be removed: %2."),
        DesktopEntryMessageId.NOT_CHANGED: translate("Reasons", "%1 could not be changed: %2."),
        DesktopEntryMessageId.REGISTRY: translate(
            "Reasons", "The registry could not be changed: %1."
        ),
        DesktopEntryMessageId.LEFT_TO_INSTALLER: translate(
            "Reasons", "Links open Timer App here only where its installer sees to it."
        ),
    }
