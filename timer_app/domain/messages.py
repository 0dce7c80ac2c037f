"""Every kind of no that a window can have to explain, with its sentence for the command line.

So too what an audit says of a row.
"""

from __future__ import annotations

from timer_app.domain.errors import MessageId


class TimeMessageId(MessageId):
    """Why what was typed for a time, a date or a length will not do."""

    NOT_A_LENGTH = "{!r} is not a duration. Write 1h30m, 1:30, 90m, 90 or 1.5h."
    AMBIGUOUS_LENGTH = "{!r} may be minutes or hours. Write {}m or {}h."
    LENGTH_OUT_OF_RANGE = "{!r}: a duration is more than nothing and at most a year."
    NOT_A_DATE = "{!r} is not a date. Write 2026-11-22, today or yesterday."
    AMBIGUOUS_DATE = "{!r} may be {} or {}. Write one of these."
    NOT_A_TIME_OF_DAY = "{!r} is not a time of day. Write 04:30."
    NOT_A_TIME = "{!r} is not a time. Write 09:30, yesterday 17:00, 2026-11-22 09:30 or -15m."
    NO_TIME_OF_DAY = "{0!r} is a date without a time of day. Write {0} 09:30."
    SKIPPED = "{!r} does not exist: the clocks were set forward over it that day."
    BEYOND_CALENDAR = "{!r} lies beyond the calendar: give a year such as 2026."
    TO_COME = "{} is still to come."
    ENDS_BEFORE = "The end must come after the beginning."
    SPAN_MISSING = "Say from when to when, or how long: two are enough."
    SPAN_DISAGREES = "The three do not agree: empty one of them."
    SPAN_TOO_LONG = "That is longer than a month."
    OUTSIDE = "{!r} lies outside of the entry."
    END_BEFORE_START = (
        "{!r}: on {} that lies before the start ({}), and on {} it would make {} h. If that is"
        " meant, write it with its date: {}."
    )


class WorkingHoursMessageId(MessageId):
    """Why what was typed for working hours will not do."""

    TOO_LONG = "Working hours are too long: at most {} letters."
    OVERLAP = "Working hours overlap: {} and {}."
    NOT_A_RANGE = "{!r} is not a range of working hours. Write {}."
    NO_DAYS = "{!r} does not say on which days. Write {}."
    ENDS_BEFORE = (
        "{!r} ends before it begins. Write a night as two ranges:"
        " Mon-Thu 22:00-24:00, Tue-Fri 00:00-06:00."
    )
    NOT_WEEKDAYS = "{!r} is not a range of weekdays. Write Mon-Fri."
    NOT_A_WEEKDAY = "{!r} is not a weekday. Write {}."
    NOT_A_TIME = "{!r} is not a time of day such as 09:00, at most 24:00."


class TaskMessageId(MessageId):
    """Why what was named is no task and no card."""

    NO_TITLE = "The task needs a title."
    TITLE_TOO_LONG = "The title is {} characters long; at most {} fit."
    NOT_A_CARD = "{!r} is not a card: paste its address, its number or its key."
    NOT_AN_ADDRESS = "{!r} is not a web address."
    OTHER_KAITEN = (
        "This address belongs to {}, but Timer App is set up for {}. Paste a card of that Kaiten."
    )
    DOCUMENT = "{!r} is a document, not a card: time is logged on cards only."
    SPACE = "{!r} is a space, not a card: open a card and copy its address."
    BOARD = "{!r} is a board, not a card: open a card and copy its address."
    NAMES_NO_CARD = "{!r} does not name a card: open the card in Kaiten and copy its address."
    KAITEN_NOT_SET_UP = "Kaiten is not set up: timer-app config set kaiten.url ADDRESS"


class AddressMessageId(MessageId):
    """Why an address of a service will not do; the first value is what it is for."""

    UNREADABLE = "{}: {!r} is not a web address ({})."
    NOT_ONE = "{}: {!r} is not a web address such as https://example.com."
    HOLDS_A_LOGIN = "{}: the address must not hold a user name or a password."
    NOT_ENCRYPTED = (
        "{}: {} is not encrypted and a token must not travel in the clear. Use https:// (plain"
        " http:// is for this computer only)."
    )


class LinkMessageId(MessageId):
    """Why a link cannot be used."""

    TOO_LONG = "The link is longer than {} characters."
    STOP_WITH_MORE = "A stop link takes no more than timer-app://stop."
    UNKNOWN = "Timer App knows no link to {!r}: there are start and stop."
    UNREADABLE = "This is not a link ({})."
    NOT_ONE = "This is not a link such as timer-app://start?card=123."
    UNKNOWN_PART = "The link has a part that is not known: {!r}."
    UNKNOWN_VALUE = (
        "The link has a part that is not known: {!r}. An & within a value is written %26."
    )
    UNREADABLE_VALUES = "The link's values cannot be read: write them as name=value."
    TWICE = "The link gives {!r} twice."
    NO_CARD = "The link names no card: timer-app://start?card=123."
    CARD_TOO_LONG = "The link's card is longer than {} characters."
    NO_KAITEN = "Kaiten is not set up, so this link's card cannot be found."
    COMMENT_TOO_LONG = "The link's comment is {} long; at most {} fit."
    NO_TEXT = "The link holds a character that is no text ({})."
    NO_TEXT_IN_VALUE = "The link's {!r} holds a character that is no text ({})."


class HotkeyMessageId(MessageId):
    """Why a combination of keys will not do."""

    NO_MODIFIER = "{!r} is no modifier; those are Ctrl, Alt, Shift and Super."
    TWICE = "{} is named twice."
    NO_KEY_AFTER = "After {} a key is missing."
    NO_KEY = "A key is missing."
    UNKNOWN_KEY = "There is no key {!r}."
    ALONE = "{} alone would be missing everywhere: add Ctrl, Alt or Super."
    NOT_USABLE = "This key cannot be used here. Try a letter, a digit or F1 to F35."


class EntryMessageId(MessageId):
    """Why an entry stays as it is."""

    NOTHING_TO_STOP = "Nothing is running, so there is nothing to stop."
    NOTHING_TO_CANCEL = "Nothing is running, so there is nothing to cancel."
    NOTHING_TO_COMMENT = "Nothing is running, so there is nothing to comment on."
    STOPS_BEFORE_START = "The stop ({}) lies before the start ({}) of what is running."
    NO_LAST_TASK = "There is no last task yet: name a card or a task to start."
    NOT_WITHIN = "{} does not lie within the entry."
    NOTHING_TO_UNDO = "There is nothing to undo."
    NO_UNDO = "This cannot be undone."
    ANOTHER_RUNS = "Something else is running now: stop it first, then undo."
    CHANGED_SINCE = "Something else was changed since: undo that first."
    NOT_DELETED = "The entry is there: there is nothing to bring back."
    NONE_SUCH = "There is no entry {}. `log` shows their ids."
    RUNS = "The entry {} is still running: stop or cancel it first."
    WOULD_END_BEFORE = "The entry would end ({}) before it begins ({})."


class AbsenceMessageId(MessageId):
    """Why a question about being away cannot be answered so."""

    NONE = "No question waits for an answer."
    NONE_SUCH = "There is no open question {}. `away` shows them."
    SAME_TASK = "That is the task it is on already: keep it."
    STILL_AWAY = "Nobody is back yet."


class DeliveryMessageId(MessageId):
    """Why there is nothing to decide about a delivery; the first value is its number."""

    NONE_SUCH = "There is no delivery {}. `problems` shows their numbers."
    DECIDED = "Delivery {} is {}: nothing to decide."
    BUG = "An error in Timer App itself ({}) stopped this. The other deliveries go on."
    SERVICE_BUG = "An error in Timer App itself ({}) stopped delivery. It is tried again later."


class JournalMessageId(MessageId):
    """Why the journal cannot be read or written."""

    DAMAGED = (
        "A part of the journal cannot be read: nothing was changed. Quit Timer App and start it"
        " again; it sets the file aside and carries over what can be read."
    )
    FULL = "The disk is full: nothing was changed. Free some space and try again."
    HELD = "Another program holds the journal: nothing was changed. Try again."
    READ_ONLY = (
        "The journal or its folder is read-only: nothing was changed. Make both writable for"
        " yourself and try again."
    )
    MOVED = (
        "The journal was moved or removed while Timer App ran: nothing was changed. Put it back"
        " and start Timer App again."
    )
    DISK = (
        "The disk fails to read or write the journal: nothing was changed. Check the disk and"
        " that its folder can be opened."
    )


class AuditMessageId(MessageId):
    """Why an audit does not know everything; the last value is what a service said."""

    NO_TIMECROWD = "TimeCrowd could not be asked: {}"
    NO_KAITEN = "Kaiten could not be asked: {}"
    CARD_HIDDEN = "Kaiten does not show the card {}: {}"
    DELIVERED_MEANWHILE = "Something was delivered while this was asked: audit again."


class AuditRowMessageId(MessageId):
    """A sentence, or a part of one, of what an audit found; they follow each other in a row."""

    # What a value can be
    RUNNING = "{}–now"
    ENTRY_RUNNING = "{}, {}–now"
    MINUTES = "{} min"
    MINUTES_AND_COMMENT = "{} min “{}”"

    # Entries here beside TimeCrowd's
    MATCHES = "{}."
    OTHER_TIMES = "{}; in TimeCrowd {}."
    NOT_IN_TIMECROWD = "{}; not in TimeCrowd."
    JUST_LIKE = "{}; TimeCrowd has one just like it, which was not known here."
    ENTRY_GONE = "{}; TimeCrowd had it and has it no more."
    ENTRY_DROPPED = "{}; TimeCrowd was never told: delivery {} was dropped."
    ENTRY_NEVER_TOLD = "{}; TimeCrowd was never told: it was not set up then."
    STOPPED_ELSEWHERE = "Another device stopped it: that is followed."

    # What TimeCrowd has beside them
    IN_TIMECROWD = "{} in TimeCrowd."
    ENTRY_KEPT = "You chose to keep it beside the entry it is like."
    DELETED = "It was deleted here."
    DELETED_AND_ANEW = "It was deleted here, and its entry is on its way to TimeCrowd anew."
    DELETED_AND_OTHER = "It was deleted; the entry is {} now."
    MAYBE_LATE = "It may be a late request of ours: that is being looked for."
    RUNS_ELSEWHERE = "Another device runs it: it is followed."
    IN_NO_ENTRY = "It is in no entry here."

    # Logs here beside Kaiten's
    LOG = "{}: {} for {} on {}."
    OTHER_VALUES = "In Kaiten {}."
    OTHER_PLACE = "In Kaiten {}, on {} for {}."
    NOT_IN_KAITEN = "Not in Kaiten."
    LOG_GONE = "Kaiten had it and has it no more."
    LOG_DROPPED = "Kaiten was never told: delivery {} was dropped."
    LOG_JUST_LIKE = "Log {} is just like it; should it not be this one, remove it there."
    LOG_NEVER_TOLD = "{}, {} s on {}: Kaiten was never told of {} min."
    NO_MINUTE = "{}, {} s on {}: it adds no minute to the day's logs."

    # What Kaiten has beside them
    IN_KAITEN = "{} on {} for {} in Kaiten."
    LOG_KEPT = "You chose to keep it beside the one it is like."
    REMOVED = "It was removed here."
    NOT_OURS = "Not made by Timer App: left alone."

    # What is on its way
    MAYBE_OURS = "It may be one of ours."
    TO_BE_DELETED = "It is to be deleted."
    NEEDS_YOU = "Delivery {} needs you: {}"
    NEEDS_YOU_WORDLESS = "Delivery {} needs you: without a word (HTTP {})"
    MAYBE_ARRIVED = "Delivery {} needs you: It may or may not have arrived."
    BEING_SENT = "Delivery {} is being sent, or looked for."
    WAITS = "Delivery {} waits to be sent."
    WAITS_BECAUSE = "Delivery {} waits to be sent: {}"
    CHANGED = "It changed while this was asked: audit again."


class ConnectionMessageId(MessageId):
    """A part of a sentence: what of ours stands in the way to a service, or what it left unsaid."""

    NOT_AN_ADDRESS = "it is not one"
    KIND_OF_PROXY = "its kind must be one of {}"
    NO_HOST = "it names no host"
    EMPTY = "it is empty"
    NO_PEM = "it holds no PEM text (-----BEGIN CERTIFICATE-----)"
    NO_CERTIFICATE = "it holds no certificate"
    BROKEN_CERTIFICATE = "a certificate in it is broken ({})"
    UNREADABLE = "it cannot be read"
    NO_SUCH_FILE = "there is no such file"
    NO_FILE = "it is no file"
    ADDRESS_OF_ITS_OWN = "another address of its own"
    WORDLESS = "without a word (HTTP {})"
    HANDSHAKE = "the handshake broke"


class FileMessageId(MessageId):
    """Why a file that a person named is as it was."""

    NOT_WRITTEN = "{} could not be written ({}). Nothing was changed there."


class DesktopEntryMessageId(MessageId):
    """Why the desktop's entry of the app is as it was; the last value is the system's words."""

    NOT_WRITTEN = "{} could not be written: {}."
    NOT_REMOVED = "{} could not be removed: {}."
    NOT_CHANGED = "{} could not be changed: {}."
    REGISTRY = "The registry could not be changed: {}."
    LEFT_TO_INSTALLER = "Links open Timer App here only where its installer sees to it."
