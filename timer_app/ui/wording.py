"""Values as sentences, translated. Types come in, text goes out."""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta, tzinfo
from enum import Enum

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from timer_app.domain.absence import Absence, AbsenceCause
from timer_app.domain.entries.task import Task
from timer_app.domain.hotkeys import HotKeyAction
from timer_app.domain.messages import absent_keyring
from timer_app.domain.service import Service
from timer_app.domain.setup.local_time import format_clock
from timer_app.domain.user_message import UserMessage, fill
from timer_app.services.delivery.progress import Progress
from timer_app.services.delivery.service_status import Health
from timer_app.services.setup.desktop_status import (
    BusState,
    DesktopKind,
    DesktopStatus,
    KeyringState,
    TrayState,
)
from timer_app.ui.view import ServiceLine, View


class LinkTarget(Enum):
    """Where a sentence's link leads."""

    SET_UP = "set-up"
    ENTER_TOKEN = "enter-token"  # noqa: S105 - the name of an act
    KEYRING = "keyring"
    CLOSE_ALERT = "close-alert"


def format_hms(seconds: int) -> str:
    """Seconds as h:mm:ss."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def format_hm(seconds: int) -> str:
    """Seconds as h:mm, for what is looked at once a minute."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02}"


def tr(text: str, comment: str, count: int) -> str:
    """A text with a number (%n, or %Ln with its digits grouped) in the form the number asks for.

    Called so because pyside6-lupdate finds plurals in calls of this name alone, and not in those
    of `translate`.
    """
    return QCoreApplication.translate("", text, comment or None, count)


def task_tooltip(task: Task) -> str:
    """A task's whole title, which a list may cut, and its address."""
    return "\n".join(filter(None, (task.title, task.url)))


def format_time(instant: datetime, zone: tzinfo) -> str:
    """Hours and minutes here, with seconds where there are some, with CET where it is twice."""
    return format_clock(instant, zone)


def format_time_and_date(instant: datetime, now: datetime, zone: tzinfo) -> str:
    """The time of day here, with the date where it is not today's."""
    day, today = instant.astimezone(zone).date(), now.astimezone(zone).date()
    clock_time = format_minute(instant, zone)
    return clock_time if day == today else f"{short_date(day)} {clock_time}"


def format_minute(instant: datetime, zone: tzinfo) -> str:
    """The time of day without seconds, with CET where it is passed twice."""
    return format_clock(instant.replace(second=0), zone)


def short_date(on_date: date) -> str:
    """A date with its weekday, short: "Sun 22 Nov"."""
    form = QCoreApplication.translate("Wording", "ddd d MMM", "a date, in Qt's letters")
    return QLocale().toString(QDate(on_date.year, on_date.month, on_date.day), form)


def elide(text: str, longest: int) -> str:
    """The text with so many letters at most."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def message_text(message: str | UserMessage) -> str:
    """A sentence or a part of one; what others said stays in their own words."""
    if isinstance(message, str):
        return message
    # Where there is no translation Qt gives back the English text.
    text = QCoreApplication.translate(type(message.id).__name__, message.id.value)
    return fill(text, *map(message_text, message.values))


def join_sentences(*sentences: str) -> str:
    """Sentences after each other, as the language has it; empty ones are left out."""
    both = QCoreApplication.translate("Wording", "%1 %2", "one sentence after another")
    all_of_them = ""
    for each in filter(None, sentences):
        all_of_them = fill(both, all_of_them, each) if all_of_them else each
    return all_of_them


def format_range(begins: str, ends: str) -> str:
    """Two times or two dates, with what lies between them."""
    return fill(QCoreApplication.translate("Wording", "%1 – %2"), begins, ends)


def service_name(service: Service) -> str:
    """A service's name, the same in every language."""
    return {Service.TIMECROWD: "TimeCrowd", Service.KAITEN: "Kaiten"}[service]


def hotkey_action_label(action: HotKeyAction) -> str:
    """What a hot key does."""
    return message_text(action.label)


def tooltip(view: View, now: datetime) -> str:
    """What runs, today's total, and a line for each thing that waits."""
    lines = [_running(view, now), today_total(format_hm(view.today(now)))]
    lines += [service_status(line) for line in view.services]
    lines += delivery_lines(view)
    lines += [absence_range(question.absence) for question in view.questions]
    if view.problems:
        lines.append(problem_count(view.problems))
    if view.alert:
        lines.append(view.alert)
    return "\n".join(lines)


def _running(view: View, now: datetime) -> str:
    if view.running is None:
        return QCoreApplication.translate("Wording", "Nothing is running")
    return f"{view.running.task.title}  {format_hm(view.elapsed(now))}"


def today_total(length: str) -> str:
    """Today's total."""
    return QCoreApplication.translate("Wording", "Today %1").replace("%1", length)


def format_number(value: int) -> str:
    """A number as people group its digits."""
    here = QLocale()
    english = QLocale(QLocale.Language.English)  # C, where nothing is set, groups no digits
    return (english if here.language() is QLocale.Language.C else here).toString(value)


def delivery_lines(view: View) -> list[str]:
    """How a long delivery goes, in a line, or that it is paused; no line when there is neither."""
    if view.paused:
        return [delivery_paused(view.waiting)]
    if view.progress is None:
        return []
    template = QCoreApplication.translate("Wording", "Delivering: %1 of %2")
    return [fill(template, format_number(view.progress.done), format_number(view.progress.total))]


def delivery_paused(waits: int) -> str:
    """That nothing is sent because a person said so."""
    if not waits:
        return QCoreApplication.translate("Wording", "Delivery is paused: nothing waits")
    template = QCoreApplication.translate("Wording", "Delivery is paused: %1 waiting")
    return template.replace("%1", format_number(waits))


def delivery_progress(progress: Progress) -> str:
    """How many of how many."""
    template = QCoreApplication.translate("Wording", "%1 of %2 delivered")
    return fill(template, format_number(progress.done), format_number(progress.total))


def time_remaining(length: timedelta) -> str:
    """About how long it still takes."""
    minutes = -(-length // timedelta(minutes=1))
    if minutes <= 1:
        return QCoreApplication.translate("Wording", "Less than a minute left")
    if minutes < 120:
        return QCoreApplication.translate("Wording", "About %1 min left").replace(
            "%1", format_number(minutes)
        )
    template = QCoreApplication.translate("Wording", "About %1 h %2 min left")
    return fill(template, format_number(minutes // 60), format_number(minutes % 60))


def internal_error() -> str:
    """A bug ended a task of ours."""
    return QCoreApplication.translate(
        "Wording", "Something went wrong inside Timer App. What was recorded is safe; restart it."
    )


def lost_at_quit() -> str:
    """What was clicked or typed last could not be written before the app ended."""
    return QCoreApplication.translate(
        "Wording",
        "What you did last was not kept: another program was using the journal until Timer App"
        " quit. Start Timer App again and repeat it.",
    )


def absence_range(absence: Absence) -> str:
    """When nobody was there."""
    template = QCoreApplication.translate("Wording", "You were away %1–%2")
    return fill(template, *absence_bounds(absence))


def absence_bounds(absence: Absence) -> tuple[str, str]:
    """When it began and ended: the time of day, and the date where that is not the one before."""
    today_here = datetime.now().astimezone().date()
    if absence.ended is None:
        return _time_or_date_and_time(absence.began, today_here), "…"
    return _time_or_date_and_time(absence.began, today_here), _time_or_date_and_time(
        absence.ended, absence.began.astimezone().date()
    )


def _time_or_date_and_time(instant: datetime, current: date) -> str:
    here = instant.astimezone()
    return f"{here:%H:%M}" if here.date() == current else f"{short_date(here.date())} {here:%H:%M}"


def absence_causes(found: frozenset[AbsenceCause]) -> str:
    """Why it is taken that nobody was there."""
    translate = QCoreApplication.translate
    words = {
        AbsenceCause.IDLE: translate("Wording", "no keyboard or mouse activity"),
        AbsenceCause.ASLEEP: translate("Wording", "the computer slept"),
        AbsenceCause.LOCKED: translate("Wording", "the screen was locked"),
        AbsenceCause.LOGIN_ENDED: translate("Wording", "you were logged out"),
    }
    return translate("Wording", ", ").join(words[each] for each in AbsenceCause if each in found)


def problem_count(count: int) -> str:
    """How many deliveries need a person."""
    return QCoreApplication.translate("Wording", "Needs your attention: %1").replace(
        "%1", format_number(count)
    )


def service_status(line: ServiceLine) -> str:
    """A service that is not as it should be: "Kaiten: no connection, 1 waiting"."""
    how = keyring_status(line.keyring) if line.keyring else _health(line.health)
    name = service_name(line.service)
    if not line.waiting:
        return fill(QCoreApplication.translate("Wording", "%1: %2"), name, how)
    template = QCoreApplication.translate("Wording", "%1: %2, %3 waiting")
    return fill(template, name, how, format_number(line.waiting))


def service_status_sentence(line: ServiceLine) -> str:
    """How a service is and what waits for it, as a sentence."""
    return fill(QCoreApplication.translate("Wording", "%1."), service_status(line))


def service_remedy(line: ServiceLine) -> str:
    """What to do about it. Of the keyring there is a sentence of its own."""
    if line.keyring:
        return ""
    match line.health:
        case Health.OFFLINE if line.connection_problem and line.connection_problem.needs_user:
            return QCoreApplication.translate(
                "Wording", "To see what helps: Settings…, Network, Check now."
            )
        case Health.OFFLINE | Health.RATE_LIMITED:
            return QCoreApplication.translate("Wording", "Timer App will try again.")
        case Health.UNAUTHORIZED | Health.OK | Health.NOT_CONFIGURED:
            return ""


def keyring_status(state: KeyringState) -> str:  # noqa: PLR0911 - one for each case
    """How the keyring is, in a few words."""
    translate = QCoreApplication.translate
    match state:
        case KeyringState.ABSENT:
            return translate("Wording", "there is no keyring")
        case KeyringState.OUTSIDE_SESSION:
            return translate("Wording", "the keyring cannot be reached")
        case KeyringState.UNSAFE:
            return translate("Wording", "the keyring does not protect secrets")
        case KeyringState.LOCKED:
            return translate("Wording", "the keyring is locked")
        case KeyringState.DISMISSED:
            return translate("Wording", "the prompt for the keyring's password was dismissed")
        case KeyringState.PROMPTING:
            return translate("Wording", "the keyring waits for its password")
        case KeyringState.SLOW:
            return translate("Wording", "the keyring does not answer")
        case KeyringState.BROKEN:
            return translate("Wording", "the keyring failed")
        case KeyringState.UNASKED | KeyringState.WORKS:
            return translate("Wording", "the keyring works")


def _absent_keyring_remedy() -> str:
    if sys.platform == "linux":
        return QCoreApplication.translate(
            "Wording",
            "There is no keyring for the tokens. Install and start one that offers the Secret"
            " Service: GNOME Keyring, KWallet or KeePassXC. It is noticed by itself.",
        )
    else:  # noqa: RET505 - mypy checks the branch of one platform at a time
        return message_text(UserMessage(absent_keyring(sys.platform)))


def keyring_remedy(state: KeyringState) -> str:  # noqa: PLR0911 - one for each case
    """What to do about it, "" if there is nothing to do."""
    translate = QCoreApplication.translate
    match state:
        case KeyringState.ABSENT:
            return _absent_keyring_remedy()
        case KeyringState.OUTSIDE_SESSION:
            return translate(
                "Wording",
                "This program runs outside of the desktop's session, so the keyring cannot be"
                " reached. Start it from the desktop.",
            )
        case KeyringState.UNSAFE:
            return translate(
                "Wording",
                "The keyring that is chosen here does not protect secrets, so nothing is kept in"
                " it. timer-app doctor names what chose it.",
            )
        case KeyringState.DISMISSED:
            return translate(
                "Wording",
                "The keyring asked for its password, and the prompt was dismissed. Unlock the"
                " keyring: delivery then goes on by itself.",
            )
        case KeyringState.LOCKED:
            return translate(
                "Wording",
                "Unlock the keyring: delivery then goes on by itself.",
            )
        case KeyringState.PROMPTING:
            return translate(
                "Wording",
                "Look for the window that asks for the keyring's password. What you record"
                " meanwhile is safe.",
            )
        case KeyringState.SLOW:
            return translate(
                "Wording",
                "What you record is safe, and is delivered when the keyring answers. If it stays"
                " so, log out of the desktop and in again.",
            )
        case KeyringState.BROKEN:
            return translate(
                "Wording", "What you record is safe. To find out what is wrong: timer-app doctor"
            )
        case KeyringState.UNASKED | KeyringState.WORKS:
            return ""


def desktop_problems(status: DesktopStatus) -> list[str]:
    """Sentences on what is missing around the app, each with the way out."""
    sentences = [keyring_remedy(status.keyring), _tray_problem(status)]
    if status.session_bus in (BusState.LOST, BusState.SILENT):
        sentences.append(
            QCoreApplication.translate(
                "Wording",
                "The desktop's message bus does not answer: tray and keyring may be missing until"
                " it does.",
            )
        )
    return [each for each in sentences if each]


def _tray_problem(status: DesktopStatus) -> str:
    translate = QCoreApplication.translate
    match status.tray, status.desktop:
        case TrayState.SHOWN, _:
            return ""
        case TrayState.GONE, _:
            return translate(
                "Wording",
                "The tray has gone; the icon comes back with it. Until then starting Timer App"
                " once more opens this window.",
            )
        case _, DesktopKind.GNOME:
            return translate(
                "Wording",
                "GNOME shows no tray icons by itself: its extension “AppIndicator” does."
                " Starting Timer App once more opens this window.",
            )
        case _:
            return translate(
                "Wording",
                "This desktop shows no tray icons. Starting Timer App once more opens this"
                " window; the command line does the rest.",
            )


def service_not_set_up(service: Service) -> str:
    """That a service is not set up."""
    template = QCoreApplication.translate("Wording", "%1 is not set up.")
    return fill(template, service_name(service))


def link_labels() -> dict[LinkTarget, str]:
    """What the links of the panel's sentences say."""
    translate = QCoreApplication.translate
    return {
        LinkTarget.SET_UP: translate("Wording", "Set it up"),
        LinkTarget.ENTER_TOKEN: translate("Wording", "Enter a token"),
        LinkTarget.KEYRING: translate("Wording", "Ask for its password"),
        LinkTarget.CLOSE_ALERT: translate("Wording", "Close this notice"),
    }


def _health(health: Health) -> str:
    match health:
        case Health.OFFLINE:
            return QCoreApplication.translate("Wording", "no connection")
        case Health.UNAUTHORIZED:
            return QCoreApplication.translate("Wording", "the token is missing or not accepted")
        case Health.RATE_LIMITED:
            return QCoreApplication.translate("Wording", "asked us to slow down")
        case Health.OK:
            return QCoreApplication.translate("Wording", "connected")
        case Health.NOT_CONFIGURED:
            return QCoreApplication.translate("Wording", "not set up")
