"""The catalogue: every message that people see, with its English text, by subject.

The command line and logs format a message; windows translate it. `make translations` collects
the texts for resources/i18n. Places are written %1, %2 …; the second text of a member, if there
is one, is a hint for the command line alone.
"""

from __future__ import annotations

from timer_app.domain.user_message import MessageId


class TimeMessageId(MessageId):
    """Why what was typed for a time, a date or a length will not do."""

    NOT_A_LENGTH = "“%1” is not a length. Write 1h30m, 1:30, 90m, 90 or 1.5h."
    AMBIGUOUS_LENGTH = "“%1” may be minutes or hours. Write %2m or %3h."
    TWO_LENGTHS = "“%1” may be %2 (hours and minutes) or %3 (hours). Write one of these."
    LENGTH_OUT_OF_RANGE = "“%1” is not between 1 second and 1 year."
    NOT_A_DATE = "“%1” is not a date. Write 2026-11-22, today or yesterday."
    AMBIGUOUS_DATE = "“%1” may be %2 or %3. Write one of these."
    WEEKDAY_DISAGREES = "“%1” names a weekday that %2 is not. Correct one of them."
    NOT_A_TIME_OF_DAY = "“%1” is not a time of day. Write 04:30."
    NOT_A_TIME = "“%1” is not a time. Write 09:30, yesterday 17:00, 2026-11-22 09:30 or -15m."
    NO_TIME_OF_DAY = "“%1” is a date without a time of day. Write %1 09:30."
    SKIPPED = "“%1” does not exist: the clocks were set forward over it that day."
    BEYOND_CALENDAR = "“%1” is outside the calendar. Write a year such as 2026."
    TO_COME = "%1 is in the future."
    START_LONG_AGO = "%1 is more than a year ago. Did you mean %2?"
    LONG_AGO = "%1 is more than 10 years ago. Did you mean %2?"
    END_BEYOND_CALENDAR = "The end is outside the calendar."
    ENDS_BEFORE = "The end must be later than the start."
    SPAN_MISSING = "Enter two of start, end and length."
    SPAN_DISAGREES = "Start, end and length do not agree. Clear one of them."
    SPAN_TOO_LONG = "That is longer than a month."
    OUTSIDE = "“%1” is outside the entry."
    END_BEFORE_START = (
        "“%1” on %2 is before the start (%3), and on %4 it would make %5 h. If that is what you"
        " mean, write it with its date: %6."
    )


class WorkingHoursMessageId(MessageId):
    """Why what was typed for working hours will not do."""

    TOO_LONG = "Working hours are too long: at most %1 characters."
    OVERLAP = "Working hours overlap: %1 and %2."
    NOT_A_RANGE = "“%1” is not a range of working hours. Write %2."
    NO_DAYS = "“%1” names no days. Write %2."
    ENDS_BEFORE = (
        "“%1” ends before it starts. Write a night as two ranges: Mon-Thu 22:00-24:00, Tue-Fri"
        " 00:00-06:00."
    )
    NOT_WEEKDAYS = "“%1” is not a range of weekdays. Write Mon-Fri."
    NOT_A_WEEKDAY = "“%1” is not a weekday. Write %2."
    NOT_A_TIME = "“%1” is not a time of day such as 09:00, at most 24:00."
    WITH_SECONDS = "“%1” has seconds. Working hours are whole minutes: write %2."


class TaskMessageId(MessageId):
    """Why what was named is no task and no card."""

    NO_TITLE = "The task needs a title."
    TITLE_TOO_LONG = "The title is %1 characters long; at most %2 fit."
    ROOM_NAME_TOO_LONG = "The room's name is %1 characters long; at most %2 fit."
    NOT_A_CARD = "“%1” is not a card: paste its address, its number or its key."
    NOT_AN_ADDRESS = "“%1” is not a web address."
    OTHER_KAITEN = (
        "This address belongs to %1, but Timer App is set up for %2. Paste a card of that Kaiten."
    )
    DOCUMENT = "“%1” is a document, not a card: time is logged on cards only."
    SPACE = "“%1” is a space, not a card: open a card and copy its address."
    BOARD = "“%1” is a board, not a card: open a card and copy its address."
    KEY_UNKNOWN = "Kaiten did not say which card “%1” is. %2"
    CARD_HIDDEN = "Kaiten does not show the card %1. %2"
    ADDRESS_TOO_LONG = "The address is %1 characters long; at most %2 fit."
    ADDRESS_HIDES = "“%1” holds a character that cannot be seen: copy the address again."
    ADDRESS_DIGITS = "“%1” holds “%2”, a digit of another script: write 0 to 9."
    ADDRESS_NEEDS_TITLE = (
        "“%1” is not an address of your Kaiten: a task there needs a title.",
        "Write --task TITLE, or check the address.",
    )
    ROOM_NEEDS_NAME = "The room needs a name."
    NOT_A_ROOM = "“%1” does not name a chat room: open the message and copy its address."
    NAMES_NO_CARD = "“%1” does not name a card: open the card in Kaiten and copy its address."
    TIMECROWD_TASK_UNKNOWN = "TimeCrowd shows no task %1 in your teams."
    TIMECROWD_TASK_NOT_IN_TEAM = "TimeCrowd shows no task %1 in the team %2."
    TIMECROWD_TASK_HIDDEN = "TimeCrowd does not show the task %1. %2"
    TIMECROWD_NOT_SET_UP = (
        "TimeCrowd is not set up.",
        "Set it up: timer-app config set timecrowd.team_id NUMBER",
    )
    KAITEN_NOT_SET_UP = (
        "Kaiten is not set up.",
        "Set it up: timer-app config set kaiten.url ADDRESS",
    )


class AddressMessageId(MessageId):
    """Why an address of a service will not do; the first value is what it is for."""

    UNREADABLE = "“%1” is not a web address: its host or port cannot be read."
    NOT_ONE = "“%1” is not a web address such as https://example.com."
    HOLDS_A_LOGIN = "The address must not contain a user name or a password."
    NOT_ENCRYPTED = (
        "%1 is not encrypted, so the token could be read on the way. Use https:// (plain"
        " http:// is for this computer only)."
    )


class LinkMessageId(MessageId):
    """Why a link cannot be used."""

    TOO_LONG = "The link is longer than %1 characters."
    STOP_WITH_MORE = "A stop link is timer-app://stop and nothing more."
    UNKNOWN = "“%1” is not a link of Timer App. Links are start and stop."
    UNREADABLE = "This is not a link: what follows timer-app:// cannot be read."
    NOT_ONE = "This is not a link such as timer-app://start?card=123."
    UNKNOWN_PART = "The link has an unknown part: “%1”."
    UNKNOWN_VALUE = "The link has an unknown part: “%1”. Write an & within a value as %26."
    UNREADABLE_VALUES = "The link's values cannot be read. Write them as name=value."
    TWICE = "The link gives “%1” twice."
    NO_CARD = "The link names no card. Write timer-app://start?card=123."
    CARD_TOO_LONG = "The link's card is longer than %1 characters."
    NO_KAITEN = "Kaiten is not set up, so this link's card cannot be found."
    COMMENT_TOO_LONG = "The link's comment is %1 characters long; at most %2 fit."
    NO_TEXT = "The link contains a character that is not text (%1)."
    NO_TEXT_IN_VALUE = "The link's “%1” contains a character that is not text (%2)."


class HotkeyMessageId(MessageId):
    """Why a combination of keys will not do."""

    NO_MODIFIER = "“%1” is not a modifier. Use Ctrl, Alt, Shift or Super."
    TWICE = "%1 is given twice."
    NO_KEY_AFTER = "A key is missing after %1."
    NO_KEY = "A key is missing."
    UNKNOWN_KEY = "There is no key “%1”."
    ALONE = "%1 alone would stop working everywhere else. Add Ctrl, Alt or Super."
    NOT_USABLE = "This key cannot be used here. Try a letter, a digit or F1 to F35."


class HotkeyActionMessageId(MessageId):
    """What a hot key does."""

    TOGGLE = "Start or stop"
    OPEN = "Open Timer App"
    MANUAL = "Add time"


class HotkeyBindingMessageId(MessageId):
    """How a hot key is bound; %1 is the combination of keys."""

    BOUND = "Bound to %1."
    BOUND_BY_DESKTOP = (
        "Bound to %1: the desktop chose these keys. Change them in its keyboard settings."
    )
    TAKEN = "%1 is taken by another program or by the desktop itself."
    TAKEN_BY_ACTION = "%1 is already the hot key for “%2”."
    PENDING = "The desktop has not answered yet. It may ask you in a window of its own."
    WITH_DETAIL = "%1 (%2)"


class HotkeyProblemMessageId(MessageId):
    """Why a hot key does not work on this desktop."""

    NO_SCREEN = "There is no screen here on which keys could be bound."
    NO_BACK_END = "Programs cannot bind keys on this system."
    NO_PORTAL = "This desktop has no portal that binds keys for programs."
    PORTAL_TOO_OLD = "The portal of this desktop cannot bind keys for programs."
    PORTAL_REFUSED = "The portal of this desktop refused."
    DECLINED = "The desktop has no keys for it. Choose some in its keyboard settings."
    LOST = "The connection to the desktop was lost."
    NO_SUCH_KEY = "The keyboard has no such key. Choose another."
    FAILED = "The system refused."


class EntryMessageId(MessageId):
    """Why an entry stays as it is."""

    NOTHING_TO_STOP = "Nothing is running."
    NOTHING_TO_CANCEL = "Nothing is running, so there is nothing to cancel."
    NOTHING_TO_COMMENT = "Nothing is running, so there is nothing to comment on."
    NOTHING_TO_CORRECT = "Nothing is running, so there is no start to correct."
    STOPS_BEFORE_START = "The stop (%1) is before the start (%2) of the running entry."
    NO_LAST_TASK = "There is no last task yet. Choose a card or a task to start."
    COMMENT_TOO_LONG = "The comment is %1 characters long; at most %2 fit."
    COMMENT_LEAVES_NO_NAME = (
        "The comment is %1 characters long; at most %2 fit: Kaiten takes %4, of which the name of"
        " the time log needs %3."
    )
    NOT_WITHIN = "%1 is not within the entry."
    NOTHING_TO_UNDO = "There is nothing to undo."
    NO_UNDO = "This cannot be undone."
    ANOTHER_RUNS = "Another entry is running. Stop it first, then undo."
    CHANGED_SINCE = "Something else was changed since. Undo that first."
    NOT_DELETED = "The entry is not deleted, so there is nothing to restore."
    NONE_SUCH = "There is no such entry.", "ID: %1. `timer-app log` shows the ids."
    RUNS = "This entry is still running. Stop or cancel it first.", "ID: %1."
    WOULD_END_BEFORE = "The entry would end (%1) before it starts (%2)."


class AbsenceMessageId(MessageId):
    """Why a question about being away cannot be answered so."""

    NONE = "No question is open."
    NONE_SUCH = "This question is not open.", "Number: %1. `timer-app away` shows the open ones."
    SAME_TASK = "The time is already on this task. Keep it instead."
    STILL_AWAY = "You are still away."


class NoticeMessageId(MessageId):
    """What happened without the person."""

    STARTED_ELSEWHERE = "Started on another device at %1: %2."
    STOPPED_ELSEWHERE = "Stopped on another device at %1: %2."
    SWITCHED_ELSEWHERE = "Switched on another device or by TimeCrowd's calendar at %1: %2."
    STOPPED_EARLIER_ELSEWHERE = (
        "Another device or TimeCrowd's calendar stopped this at %1, before it was stopped here at"
        " %3: %2. The earlier stop counts."
    )
    ADDED_ELSEWHERE = "Entries taken in from other devices: %1. The latest: %2."
    DELETED_ELSEWHERE = "Deleted on another device: %1."
    CLOCK_SET_FORWARD = (
        "The computer's clock was set forward by %1 while this ran. The entry keeps its start and"
        " its true length, and ends at %2. Edit it if its start was wrong."
    )
    CLOCK_SET_BACK = (
        "The computer's clock was set back by %1 while this ran. The entry keeps its start and its"
        " true length, and ends at %2. Edit it if its start was wrong."
    )
    CLOCK_IS_BEHIND = (
        "This computer's clock is %1 behind the services' clock. Entries get the services' time."
        " Let this computer set its clock by itself."
    )
    CLOCK_IS_AHEAD = (
        "This computer's clock is %1 ahead of the services' clock. Entries get the services' time."
        " Let this computer set its clock by itself."
    )
    DAYS = "%1 d"
    DAYS_AND_TIME = "%1 d %2"


class HistoryMessageId(MessageId):
    """Why entries of other devices were not taken in; %1 is a date, or what TimeCrowd said."""

    NOT_SET_UP = "TimeCrowd is not set up.", "Set it up: timer-app config set timecrowd.team_id ID"
    NOT_READ = "Nothing was taken in. %1"
    TO_COME = "The date %1 is still to come.", "Write --from with a date that has begun."


class DeliveryMessageId(MessageId):
    """Why there is nothing to decide about a delivery; the first value is its number."""

    NONE_SUCH = "There is no such delivery.", "Number: %1. `timer-app problems` shows the numbers."
    DECIDED = "This delivery needs no decision.", "Delivery %1 is %2."
    MAYBE_ARRIVED = "It may or may not have arrived."
    NOT_SENT = "It could not be sent."
    NO_REASON = "No reason was given (HTTP %1)."
    DAMAGED = (
        "What delivery %1 was to tell cannot be read: its row in the journal is damaged. It was not"
        " sent. Try again to send what the entry says now, or never send it."
    )
    DAMAGED_ATTEMPT = (
        "What was sent by delivery %1 cannot be read: its row in the journal is damaged. Look into"
        " the service before you try again."
    )
    DAMAGED_STATE = (
        "Whether delivery %1 was sent is not certain: its row in the journal is damaged. Look into"
        " the service before you try again."
    )
    NOT_MADE_ANEW = (
        "What delivery %1 was to tell cannot be read, and does not follow from its entry.",
        "Drop it, and change the entry if a service holds something else.",
    )
    DAMAGED_LOG = (
        "The log of delivery %1 cannot be read in the journal. Decide about it in Problems first:"
        " else its minutes might be logged twice."
    )
    COMMENT_ONCE = (
        "Whether TimeCrowd has the comment is not known. It is not sent again: it might be twice.",
        "Look there, type it there if it is missing, then: timer-app drop %1",
    )
    AWAITS_CARD = "It waits until Kaiten shows the card: a rule depends on its space or board."
    COMMENT_KEPT = "TimeCrowd keeps the comment that it got first; change it there if it matters."
    BUG = "An error in Timer App itself (%1) stopped this delivery. The other ones go on."
    SIMILAR_LOG = (
        "Kaiten already holds a log with these minutes and without a name (%1): it may be your own."
    )
    DELETED_ELSEWHERE = (
        "This entry was deleted in TimeCrowd. Its log in Kaiten stays until you decide."
    )
    SERVICE_BUG = "An error in Timer App itself (%1) stopped delivery. It will try again later."


class ResolutionMessageId(MessageId):
    """What can be done about a delivery that needs the user: a button, or a command's effect."""

    SEND_AGAIN = "Try again"
    SEND_IF_MISSING = "Send again if it is not there"
    CHANGE_CARD = "Log it on another card…"
    CHANGE = "Change the entry…"
    CHANGE_CATEGORY = "Choose another category…"
    NEVER_SEND = "Never send it"
    COMMENT_CHECKED = "I looked in TimeCrowd"
    TAKE_REMOTE_STOP = "Take the other device's stop"
    KEEP_LOCAL_STOP = "Keep the stop made here", "(TimeCrowd is corrected)"
    LEAVE_BOTH_STOPS = "Leave both stops"
    REMOVE_OURS = "Remove one", "(the one that Timer App made; the other takes its place)"
    KEEP_DUPLICATE = "Keep both"
    CHECK_AGAIN = "I removed it: check again"
    LEAVE_DUPLICATE = "Leave it there"
    CLAIM_LOG = "It is this entry's"
    LOG_THIS_TOO = "Log this one too"
    REMOVE_LOG = "Remove the log too"
    KEEP_LOG = "Keep the log"


class JournalMessageId(MessageId):
    """Why the journal cannot be read or written."""

    DAMAGED = (
        "A part of the journal cannot be read. Nothing was changed. Quit Timer App and start it"
        " again: it keeps the damaged file and copies what can be read."
    )
    FULL = "The disk is full. Nothing was changed. Free some space and try again."
    NOT_LOCKED = "%1 cannot be locked. Nothing was changed. (%2)"
    HELD = "Another program is using the journal. Nothing was changed. Try again."
    READ_ONLY = (
        "The journal or its folder is read-only. Nothing was changed. Make both writable for"
        " yourself and try again."
    )
    MOVED = (
        "The journal was moved or removed while Timer App was running. Nothing was changed. Put"
        " it back and start Timer App again."
    )
    PUT_BACK = (
        "The journal was removed while Timer App was running. A copy with everything was put in"
        " its place. Nothing was changed. Quit Timer App and start it again."
    )
    REPLACED = (
        "Another file was put in the place of the journal while Timer App was running. What the"
        " journal held is kept as %1. Nothing was changed. Quit Timer App and start it again."
    )
    DAMAGED_UNDO = (
        "The latest change cannot be undone: its record in the journal (number %1) is damaged."
        " Nothing was changed."
    )
    DISK = (
        "The disk failed to read or write the journal. Nothing was changed. Check the disk, and"
        " that its folder can be opened."
    )


class JournalFileMessageId(MessageId):
    """Why the journal cannot be opened; %1 is its file, which was not changed."""

    NOT_OPENED = "The journal %1 cannot be opened. %2"
    NOT_OPENED_BY_SYSTEM = "The journal %1 cannot be opened: %2."
    DAMAGED = "The journal %1 is damaged."
    NEWER = (
        "The journal %1 was written by a newer Timer App (format %2; this one knows %3). It was"
        " left as it is: update Timer App."
    )
    ANOTHER_PROGRAMS = "The file %1 belongs to another program. It was left as it is."
    NOT_REPLACED = (
        "The journal %1 is damaged and was left where it is, since a new one cannot be made. (%2)"
    )
    NOT_SET_ASIDE = "The journal %1 is damaged and cannot be set aside: %2."


class AppMessageId(MessageId):
    """Why the running app gave no answer that can be used."""

    UNUSABLE_ANSWER = (
        "The answer of the running Timer App cannot be used: quit it and start it again."
    )
    NO_ANSWER = (
        "Timer App did not answer within %1 s.",
        "If it hangs, end its process and start it again.",
    )
    EXITED = "Timer App ended before it answered."
    BUSY = "Timer App is busy. Try again in a moment."
    ANOTHER_USERS = "%1 belongs to another user, so nothing was sent there."
    NOT_CONNECTED = "%1 cannot be connected to: %2."
    UNUSABLE = "%1 cannot be used: %2."
    UNUSABLE_PIPE = "The pipe of %1 cannot be used: %2."
    SHARED = (
        "Other users can write to %1, so nothing was sent there.",
        "Close it to them: chmod 700",
    )
    IN_THE_WAY = "%1 is in the way: it is not the app's socket. Remove it."
    OTHER_VERSION = "The running Timer App is of another version: restart it."
    NOT_LISTENING = "Timer App is running, but does not listen. Quit it, then start it again."


class CommandMessageId(MessageId):
    """Why a command's words will not do; a window asks for these things by its fields."""

    UNKNOWN_ZONE = "“%1” (TZ) is not a time zone. Times are in UTC.", "Write TZ=Europe/Berlin."
    NO_START_TIME = "Give the start.", "Write --from TIME."
    NO_END_TIME = "Give the end or the length.", "Write --to TIME or --for DURATION."
    NO_SPLIT_TIME = "Give the time at which to split the entry.", "Write --at TIME."
    NO_TASK = "Give the task that the time was for.", "Write a card, or --task TITLE."
    TASK_NOT_TAKEN = "The answer “%1” takes no task.", "Only `give` takes a card or --task TITLE."
    NOT_AN_ANSWER = "“%1” is not an answer. Answer keep, drop, continue or give."
    DATES_REVERSED = "The first date (%1) is later than the last date (%2)."
    NOT_SECONDS = "“%1” is not a number of seconds.", "Write --wait 5."
    NOT_A_DELIVERY = (
        "“%1” is not the number of a delivery.",
        "`timer-app problems` shows the numbers.",
    )
    NOT_A_TIMECROWD_TASK = (
        "“%1” is not the number of a task in TimeCrowd.",
        "It is the number in the task's address.",
    )
    TIMECROWD_TASK_ALONE = (
        "The task in TimeCrowd says what is worked on.",
        "Leave out CARD, --task, --card and --room.",
    )
    NOT_A_QUESTION = "“%1” is not the number of a question.", "`timer-app away` shows the numbers."
    TWO_CARDS = "Two cards are named: “%1” and “%2”.", "Write one of them."
    NO_ROOM = "“%1” is not a message of a chat room: no room can be named.", "Leave out --room."
    NO_ADDRESS_OF_ROOM = "Give the message whose room it is.", "Write its address and --task TITLE."
    ADDRESS_AS_TITLE = "“%1” is an address, not a title.", "Write it without --task."


class CallMessageId(MessageId):
    """How a call to a service failed; %1 is the service. The hint is what the log says of it."""

    CONNECTION_PROBLEM = "%1: %2"
    RATE_LIMITED = "%1 asks for fewer requests.", "(%2)"
    NO_ANSWER = "%1 did not answer.", "(%2)"
    TOO_SLOW = "%1 did not answer within %2 seconds."
    TOO_LARGE = "The answer of %1 is larger than any it should give, so it was not read."
    BROKE = "The connection to %1 broke before its answer was there."
    FAILED = "%1 failed (HTTP %2)."
    UNAUTHORIZED = "%1 has no token, or does not accept it.", "(%2)"
    REFUSED = "%1: %2 (HTTP %3)"
    REFUSED_WORDLESS = "%1 refused without giving a reason (HTTP %2)."


class RefusalMessageId(MessageId):
    """What a status of Kaiten's means where it says nothing itself; kept as `OutcomeMessageId`."""

    NOT_IN_PLAN = "Kaiten's tariff does not include time logs; the company has to change it."
    NO_ACCESS = (
        "Kaiten gives no access: the card is locked, may not exist, or is not shared with you."
    )
    NOT_THERE = "Kaiten has no such card or time log."


class OutcomeMessageId(MessageId):
    """What we ourselves say of how a request ended; %1 is the service where a text names none.

    The journal keeps it in English, as `delivery.error`; windows find its id by the text.
    """

    NO_ANSWER = (
        "%1 did not answer within %2 seconds, and whether it did what was asked is not known."
    )
    TOO_LARGE = (
        "The answer of %1 is larger than any it should give, so it was not read, and whether it did"
        " what was asked is not known."
    )
    BROKE = (
        "The connection to %1 broke before its answer was there, and whether it did what was asked"
        " is not known."
    )
    FAILED = "%1 failed (HTTP %2), and whether it did what was asked is not known."
    UNUSABLE = "%1 answered, but its answer cannot be used.", "(%2)"
    TOKEN_REFUSED = "%1 does not accept the token."  # noqa: S105 - a text
    NO_TOKEN_AT_ALL = "The token for %1 has characters that no token has."  # noqa: S105 - the same
    FEWER_REQUESTS = "%1 asks for fewer requests."
    LATER = "%1 asks for the request again, later."
    QUEUE_TOO_LONG = "Too many requests for %1 are queued here."
    REDIRECT = (
        "%1 sends requests on to %2. Timer App does not follow, so the token has not travelled"
        " there. Check the address in the settings."
    )
    ENTRY_NOT_SHOWN = (
        "TimeCrowd shows no entry %1 among yours on this task: it was deleted there, moved to"
        " another task, or lies further back than %2 pages."
    )
    TASK_NOT_SHOWN = "TimeCrowd shows no task %1 in your teams."
    TASK_GONE = "Task %1 is not there any more, or its team is none of yours."
    OTHER_TIMES = "TimeCrowd was asked for %1 and holds %2."
    REMOVE_ENTRY = "Remove entry %1 in TimeCrowd, then try again."
    REMOVE_LOG = "Remove log %1 in Kaiten, then try again."
    ENTRY_NUMBER_UNKNOWN = (
        "This cannot be done in TimeCrowd: the number of the entry there is not known."
    )
    LOG_NUMBER_UNKNOWN = "The log's number in Kaiten is not known."
    MANY_TASKS = "TimeCrowd holds more tasks than can be read."
    MANY_ENTRIES = "TimeCrowd holds more entries than can be read."
    ANOTHER_CARD = "Kaiten answered with another card (%1)."
    FOREIGN_CARD = "The card belongs to %1, but Timer App is set up for %2: nothing was sent."
    CARD_OF_KEY = (
        "TimeCrowd names the card %1, and Kaiten does not show it to you. The entry and its time"
        " are safe, and nothing is logged on any other card. Choose its card, or try again once"
        " Kaiten shows it."
    )


class AuditMessageId(MessageId):
    """Why an audit does not know everything; the last value is what a service said."""

    NO_TIMECROWD = "TimeCrowd was not compared. %1"
    NO_KAITEN = "Kaiten was not compared. %1"
    CARD_HIDDEN = "Kaiten does not show the card %1. %2"
    NO_ROW = "The comparison of %2 has no row “%1”.%3"
    NO_REPAIR = "%1 needs no repair. %2"
    DELIVERED_MEANWHILE = "Something was delivered during the comparison. Compare again."


class AuditRowMessageId(MessageId):
    """A sentence, or a part of one, of what an audit found; they follow each other in a row."""

    # What a value can be
    RUNNING = "%1 – now"
    ENTRY_RUNNING = "%1, %2 – now"
    MINUTES = "%1 min"
    MINUTES_AND_COMMENT = "%1 min “%2”"

    # Entries here beside TimeCrowd's
    MATCHES = "%1."
    OTHER_TIMES = "%1. In TimeCrowd: %2."
    NOT_IN_TIMECROWD = "%1. It is not in TimeCrowd."
    JUST_LIKE = "%1. TimeCrowd has one just like it that Timer App did not know."
    ENTRY_GONE = "%1. It was in TimeCrowd and is not there any more."
    ENTRY_DROPPED = (
        "%1. It was not sent to TimeCrowd because you chose not to send it.",
        "Delivery %2.",
    )
    ENTRY_NEVER_TOLD = "%1. It was not sent to TimeCrowd, which was not set up then."
    STOPPED_ELSEWHERE = "Another device stopped it. Timer App will take over this stop."

    # What TimeCrowd has beside them
    IN_TIMECROWD = "In TimeCrowd: %1."
    ENTRY_KEPT = "You chose to keep it beside the entry that it matches."
    DELETED = "It was deleted here."
    DELETED_AND_ANEW = "It was deleted, and its entry is being sent to TimeCrowd again."
    DELETED_AND_OTHER = "It was deleted. The entry is %1 now."
    MAYBE_LATE = "It may come from a late request of Timer App. This is being checked."
    RUNS_ELSEWHERE = "It is running on another device. Timer App follows it."
    IN_NO_ENTRY = "No entry here belongs to it."

    # Logs here beside Kaiten's
    LOG = "%1: %2 for %3 on %4."
    OTHER_VALUES = "In Kaiten: %1."
    OTHER_PLACE = "In Kaiten: %1, on %2 for %3."
    NOT_IN_KAITEN = "It is not in Kaiten."
    LOG_GONE = "It was in Kaiten and is not there any more."
    LOG_DROPPED = "It was not sent to Kaiten because you chose not to send it.", "Delivery %1."
    LOG_JUST_LIKE = "Log %1 is just like it. If it is another one, remove it in Kaiten."
    LOG_NEVER_TOLD = "%1, %2 s on %3: %4 min were not sent to Kaiten."
    NO_MINUTE = "%1, %2 s on %3: an earlier log covers it."

    # What Kaiten has beside them
    IN_KAITEN = "In Kaiten: %1 on %2 for %3."
    LOG_KEPT = "You chose to keep it beside the log that it matches."
    REMOVED = "It was removed here."
    NOT_OURS = "It was not made by Timer App and stays as it is."

    # What is on its way
    MAYBE_OURS = "It may be one of ours."
    TO_BE_DELETED = "It will be deleted."
    NEEDS_YOU = "It needs your attention: %2", "(Delivery %1.)"
    NEEDS_YOU_UNSENT = "It needs your attention: it could not be sent.", "Delivery %1: %2"
    NEEDS_YOU_WORDLESS = "It needs your attention: no reason was given (HTTP %2).", "Delivery %1."
    MAYBE_ARRIVED = "It needs your attention: it may or may not have arrived.", "Delivery %1."
    BEING_SENT = "It is being sent or checked.", "Delivery %1."
    WAITS = "It is waiting to be sent.", "Delivery %1."
    WAITS_BECAUSE = "It is waiting to be sent again.", "Delivery %1: %2"
    CHANGED = "It changed during the comparison. Compare again."


class ConnectionProblemKind(MessageId):
    """What stands between us and a service, from the nearest to the farthest.

    %1 is the host that it is about, for CA_FILE the file; %2 is the detail of `ConnectionProblem`.
    """

    NOT_SET_UP = "Not set up."
    TOKEN_UNAVAILABLE = "%2"  # noqa: S105 - a text
    CA_FILE = "The certificates in %1 cannot be used: %2."
    PROXY_ADDRESS = "The address of the proxy cannot be used: %2."
    PROXY_PASSWORD = "The proxy %1 requires a password. %2"  # noqa: S105 - a text
    NAME_NOT_FOUND = "The name of %1 was not found."
    NO_ROUTE = "The network has no way to %1. (%2)"
    CONNECTION_REFUSED = "The connection was refused by %1."
    NO_ANSWER = "There was no answer from %1 within %2."
    BROKEN = "The connection to %1 broke before anything was sent. (%2)"
    PROXY_WANTS_LOGIN = "The proxy %1 requires a user name and a password."
    PROXY_REFUSES_LOGIN = "The proxy %1 does not accept the user name and password."
    PROXY_REFUSES_CONNECTION = "The proxy %1 refused to connect. (%2)"
    NOT_A_PROXY = "The server at %1 is not a proxy of this kind."
    TLS = "A secure connection to %1 was not possible. (%2)"
    CERTIFICATE_EXPIRED = "The certificate of %1 has expired."
    CERTIFICATE_NOT_YET_VALID = "The certificate of %1 is not valid yet."
    CERTIFICATE_NAME_MISMATCH = "The certificate of %1 is for another name."
    CERTIFICATE_UNKNOWN_AUTHORITY = "The certificate of %1 is signed by an unknown authority. (%2)"
    CERTIFICATE_REVOKED = "The certificate of %1 was revoked."
    CERTIFICATE_INVALID = "The certificate of %1 cannot be trusted. (%2)"
    REDIRECTED = "%1 redirects to %2. The token was not sent there."
    UNEXPECTED_SERVER = "The server at %1 is not this service (%2)."
    TOKEN_REFUSED = "%1 does not accept the token."  # noqa: S105 - a text
    ASKED_TO_WAIT = "%1 asks for fewer requests."
    SERVICE_FAILED = "%1 has problems of its own.", "(%2)"
    SERVICE_REFUSES = "%1 refused: %2"


class RemedyMessageId(MessageId):
    """What a person can do about a connection problem; %1 is the host that it is about."""

    CA_FILE = (
        "Choose another file with PEM certificates, or none.",
        "timer-app config set network.ca_file FILE (or '')",
    )
    PROXY_ADDRESS = (
        "Write the address of the proxy as proxy.example:3128.",
        "timer-app config set network.proxy http://HOST:PORT, or: export https_proxy=…",
    )
    CHECK_PROXY = (
        "Check the address of the proxy, its kind (http, https, socks5) and its port.",
        "timer-app config set network.proxy http://HOST:PORT (or none)",
    )
    SET_PROXY = (
        "Check the network. If only a proxy leads outside, set its address.",
        "timer-app config set network.proxy http://HOST:PORT",
    )
    PROXY_LOGIN = (
        "Enter the user name and the password of the proxy.",
        "timer-app config set network.proxy http://USER@HOST:PORT, then: timer-app login proxy",
    )
    PROXY_LOGIN_AGAIN = (
        "Check the user name of the proxy and enter its password again.",
        "timer-app login proxy",
    )
    ASK_PROXY = "Ask whoever runs the proxy whether it allows this connection."
    CHECK_NAME = "Check the address, and that this computer is connected to the network."
    CHECK_NETWORK = "Check the cable, the Wi-Fi or the VPN."
    CHECK_PORT = (
        "Check the address and its port. Ask whoever runs the network whether it filters"
        " connections."
    )
    CHECK_CLOCK = "Check this computer's clock, and let it set its time automatically."
    RENEW = (
        "Check this computer's clock. If it is right, whoever runs %1 must renew the certificate."
    )
    LOGIN_PAGE = (
        "Check the address. On a network with a login page (a hotel, a train), open any web page in"
        " a browser and log in there first."
    )
    COMPANY_CA = (
        "If your company inspects connections, ask it for its CA certificate as a PEM file.",
        "timer-app config set network.ca_file FILE",
    )
    REVOKED = "Do not continue. Whoever runs %1 must get a new certificate."
    BAD_CERTIFICATE = "Whoever runs %1 must repair its certificate."
    NOTHING = "Nothing to do: Timer App will try again."
    NEW_TOKEN = "Enter a new token."  # noqa: S105 - a text
    CHECK_RIGHTS = "Check the address and what the token may do."


class ConnectionMessageId(MessageId):
    """A part of a sentence: what of ours stands in the way to a service, or what it left unsaid."""

    NOT_AN_ADDRESS = "it is not an address"
    KIND_OF_PROXY = "its kind must be one of %1"
    NO_HOST = "it has no host"
    EMPTY = "it is empty"
    NO_PEM = "it has no PEM text (-----BEGIN CERTIFICATE-----)"
    NO_CERTIFICATE = "it has no certificate"
    BROKEN_CERTIFICATE = "a certificate in it is broken"
    NO_SUCH_FILE = "there is no such file"
    NO_FILE = "it is not a file"
    ADDRESS_OF_ITS_OWN = "another address on the same server"
    OWN_ADDRESS = "another address of its own"
    WORDLESS = "no reason was given (HTTP %1)"
    HANDSHAKE = "the handshake failed"
    PROXY = "the proxy %1"
    NO_DETAIL = "no details"
    NO_TLS = "it does not speak TLS"
    OLD_TLS = "it has no version of TLS that is safe today"
    NO_COMMON_CIPHER = "it has no cipher in common with this computer"
    NAME_UNKNOWN_THERE = "it does not know this name"
    WANTS_CERTIFICATE = "it requires a client certificate"
    WEAK_KEY = "its key or its signature is too weak"
    SELF_SIGNED = "it is self-signed"
    ISSUER_UNKNOWN = "its issuer is not known to this computer"
    SIGNATURE_WRONG = "its signature is wrong"
    OTHER_PURPOSE = "it is not for servers"
    CODE = "code %1"
    NOT_ALLOWED_BY_PROXY = "its rules do not allow it"
    PROXY_NETWORK = "it has no way there"
    REFUSED_THERE = "the other side refused the connection"
    NOT_REACHED_IN_TIME = "there was no answer in time"
    PROXY_CANNOT = "it cannot do this"
    SECONDS = "%1 s"
    SYSTEM_LIMIT = "the system's time limit"
    WEB_PAGE = "it sent a web page"
    UNREADABLE_ANSWER = "its answer cannot be read"


class FileProblemId(MessageId):
    """Why a file or folder cannot be used: the end of a sentence."""

    FULL = "the disk is full"
    READ_ONLY = "the disk is read-only"
    NOT_ALLOWED = "you have no permission for it"
    NOT_THERE = "there is no such file or folder"
    PATH_HAS_FILE = "a file is where a folder should be"
    IS_FOLDER = "it is a folder"
    NOT_A_FILE = "it is not a file"
    NAME_TOO_LONG = "its name is too long"
    LINKS_IN_CIRCLE = "its links lead in a circle"
    IN_USE = "another program is using it"
    DISK_FAILED = "the disk failed"
    TOO_MANY_OPEN = "too many files are open"
    NAME_NOT_TAKEN = "the disk does not take such a name"
    REFUSED = "the system refuses it: %1"


class FileMessageId(MessageId):
    """Why a file that a person named is as it was."""

    NOT_WRITTEN = "%1 could not be written. Nothing was changed there. (%2)"
    EXISTS = "%1 already exists and was not changed. Choose another name."


class DesktopEntryMessageId(MessageId):
    """Why the desktop's entry of the app is as it was; the last value is a FileProblemId."""

    NOT_WRITTEN = "%1 could not be written. (%2)"
    NOT_REMOVED = "%1 could not be removed. (%2)"
    NOT_CHANGED = "%1 could not be changed. (%2)"
    REGISTRY = "The registry could not be changed. (%1)"
    LEFT_TO_INSTALLER = "On macOS the application brings its links: put it into Applications."


class RouteMessageId(MessageId):
    """Why what was chosen as a team or a category will not do."""

    NOT_A_TEAM = "“%1” is not the number of a team. Write a whole number, such as 11609."
    NOT_MY_TEAM = "You are not a member of team %1. Your teams: %2."
    NO_CATEGORY = "Team %1 has no category “%2”. It has: %3."
    AMBIGUOUS_CATEGORY = "“%1” may be any of these categories: %2. Write the number of one."
    NO_LISTS = (
        "TimeCrowd was not reached, and its categories were never seen here: %1",
        "Write the category's number.",
    )
    NOT_SET_UP = "TimeCrowd is not set up, so there is no team and no category."
    COUNTS_LATER = "What runs stays where it is. The choice counts from the next start on."
    OWN_TASK = "A task of TimeCrowd's own stays in its team and its category."
    NOTHING_TO_MOVE = "Delivery %1 makes no task in TimeCrowd, so it has no category to change."


class SettingMessageId(MessageId):
    """Why a setting is as it was, or why the settings file cannot be used."""

    # What a key can be
    NOT_TEXT = "Write text in quotes."
    NOT_A_SWITCH = "Write true or false."
    NOT_A_GOAL = "“%1” is not a goal of weekdays. Write Mon-Thu 8h, Fri 6h, Sat-Sun off."
    GOAL_WITHOUT_DAYS = "“%1” names no weekdays. Write Mon-Thu 8h, Fri 6h, Sat-Sun off."
    TWO_GOALS = "“%1” names a weekday that has another goal already."
    NOT_AN_ID = "Write a whole number from 1 to %1."
    NOT_A_ROLE = "Write -1 (Employee) or the number of a role, a whole number from 1 to %1."
    NOT_A_CHOICE = "Write one of %1."
    NOT_A_LENGTH = "Write a length such as 10m or 1h30m, or off."
    LENGTH_OUT_OF_RANGE = "Write a length from %1 to %2, or off."
    NOT_A_TIME_OF_DAY = "Write a time of day such as 00:00 or 04:30."
    NOT_A_PROXY = (
        "Write an address such as http://proxy.example:3128, without a password.",
        "Or none, or nothing for the system's. Save the password: timer-app login proxy",
    )
    NOT_A_FEED = "Write an address that begins with https://, or leave it empty."
    NOT_CERTIFICATES = "The certificates in %1 cannot be used: %2."
    TOO_LONG = "Write at most %1 characters."
    NO_TEXT = "It contains a character that is not text (%1)."

    # The file: its name, the line, and then what is wrong
    AT_LINE = "%1: line %2: %3: %4"
    TYPED = "%1: %2"
    UNKNOWN_KEY = "%1: line %2: unknown key '%3'. Known here: %4."
    TWICE = "%1: line %2: %3 is there twice: it is in line %4 already."
    NOT_TOML = "%1: line %2: this is not valid TOML. Write key = value, with text in quotes."
    TOO_DEEP = "%1: it cannot be read: a value is nested too deep or too long."
    TOO_LARGE = "%1: this is too large to be a settings file."
    UTF16 = "%1: this file is saved as %2. Save it as UTF-8 in your editor."
    NOT_UTF8 = "%1: line %2: this file is not saved as UTF-8. Save it as UTF-8 in your editor."
    UNREADABLE = "%1: cannot be read: %2."
    NOT_WRITTEN = "%1: cannot be written: %2. The settings are as they were."
    NO_SUCH_KEY = "There is no setting '%1'. Known: %2."
    SECTION_NOT_A_TABLE = (
        "%1: line %2: %3 is a section. Begin it with a line [%3], in single brackets."
    )
    RULES_NOT_A_LIST = (
        "%1: line %2: %3 is a list. Begin each rule with a line [[rules]], in double brackets."
    )
    RULE_WITHOUT_PLACE = "%1: line %2: this rule needs a space or a board, or both."
    RULE_TWICE = "%1: line %2: a rule for this space and board is in line %3 already."
    RULES_NOT_SET = (
        "Rules are not set one by one. Change them on the settings page “Rules”, or write them as"
        " [[rules]] in %1."
    )
    RULES_INLINE = "%1: line %2: write each rule under a line [[rules]] to change them here."
    RULES_CHANGED = "%1: the rules were changed meanwhile. Look at them, then try again."
    CHANGES_OTHERS = "%1: %2 cannot be changed without changing another key. Edit the file."
    IN_FORCE = "The settings file cannot be used, and the settings are as before: %1"
    SALVAGED = (
        "%1 This was done with what can be read of the file, and defaults for the rest. Nothing is"
        " sent until the file is corrected."
    )


class PathMessageId(MessageId):
    """Why the app cannot keep its files in the folder that was named."""

    WORKING_FOLDER_GONE = (
        "TIMER_APP_HOME=%1 starts at the folder that you are in, and that is gone. Write the whole"
        " path."
    )
    UNUSABLE = "The folder %1 cannot be used: %2."
    ANOTHER_USERS = "The folder %1 belongs to another user."
    SHARED = (
        "Everybody can write to the folder %1 (mode %2), so nothing is kept there. Choose a folder"
        " of your own, such as TIMER_APP_HOME=%3."
    )


class KeyringMessageId(MessageId):
    """Why no secret could be had from the keyring, or put into it."""

    NO_TIMECROWD_TOKEN = (
        "There is no token for TimeCrowd yet.",
        "Enter one: timer-app login timecrowd",
    )
    NO_KAITEN_TOKEN = ("There is no token for Kaiten yet.", "Enter one: timer-app login kaiten")
    TOKEN_OF_ANOTHER_ADDRESS = (
        "The token that is kept is for %1, so it is not sent to %2.",
        "Enter one for it: timer-app login %3",
    )
    ADDRESS_UNREADABLE = (
        "For which address a token is kept cannot be read, so it is not sent to %1.",
        "Enter it again: timer-app login %2",
    )
    PASSWORD_OF_ANOTHER_PROXY = (
        "The password that is kept is for the proxy %1, so it is not sent to %2.",
        "Enter one for it: timer-app login %3",
    )
    NO_PROXY_PASSWORD = (
        "There is no password for the proxy yet.",
        "Enter one: timer-app login proxy",
    )
    ABSENT = (
        "There is no keyring on this computer. Install and start one that offers the Secret Service"
        " (GNOME Keyring, KWallet, KeePassXC): tokens are kept nowhere else."
    )
    SYSTEM_ABSENT = (
        "The keyring of this system (Windows' Credential Manager, macOS' Keychain) cannot be used:"
        " tokens are kept nowhere else."
    )
    OUTSIDE_SESSION = (
        "This shell is outside of the desktop's session, so the keyring cannot be reached. Use a"
        " terminal of the desktop, or log in with a session of your own (not with su or sudo)."
    )
    CHOICE_ABSENT = (
        "%1, chosen by %2, cannot be used on this computer. Remove that choice, or start it: tokens"
        " are kept in a keyring alone."
    )
    UNSAFE = (
        "%1, chosen by %2, does not protect secrets or forgets them, so no token is kept there."
        " Remove that choice: Timer App uses the Secret Service, KWallet, or the keyring of macOS"
        " or Windows."
    )
    LOCKED = (
        "The keyring is locked. Unlock it and try again.",
        "To be asked for its password: timer-app sync",
    )
    DISMISSED = (
        "The keyring asked for its password, and the prompt was dismissed.",
        "To be asked again: timer-app sync",
    )
    PROMPTING = "The keyring is waiting for its password. Look for its window, then try again."
    SLOW = "The keyring does not answer. Restart it, or log out of the desktop and in again."
    QUIT = "Timer App was quit before the keyring answered."
    FAILED = "The keyring failed (%1). Try again."
    BROKEN = "The keyring failed. Try again."


def absent_keyring(platform: str) -> KeyringMessageId:
    """What to say where there is no keyring, in the words of that platform (`sys.platform`)."""
    return KeyringMessageId.ABSENT if platform == "linux" else KeyringMessageId.SYSTEM_ABSENT
