"""`doctor`: checks each part and says what to do."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

from timer_app.adapters.entries.journal.connection import JournalUnusable, connect
from timer_app.adapters.entries.journal.damaged_rows import damaged_rows
from timer_app.adapters.entries.journal.store import SqliteJournal
from timer_app.adapters.http.trust import CaFileError, check_ca_file
from timer_app.adapters.paths import Paths
from timer_app.adapters.setup.cached_secrets import CachedSecrets
from timer_app.adapters.setup.ipc.client import (
    AppError,
    AppNotRunning,
    reading_answer,
    send_request,
)
from timer_app.adapters.setup.secret_origins import SecretOrigins
from timer_app.adapters.setup.secrets import KEYRING_TIMEOUT, KeyringSecrets
from timer_app.adapters.setup.settings import reader as settings_file
from timer_app.adapters.setup.settings.reader import Settings, SettingsError
from timer_app.adapters.system_clock import SystemClock, unknown_zone
from timer_app.bootstrap.connections import ServiceConnections
from timer_app.bootstrap.keyring import keyring_with_timeout
from timer_app.bootstrap.settings import secret_origin
from timer_app.cli.doctor import desktop_checks
from timer_app.cli.doctor.findings import DoctorFinding, Severity
from timer_app.cli.doctor.rule_checks import rule_findings
from timer_app.domain.errors import NotPossible
from timer_app.domain.messages import ConnectionProblemKind
from timer_app.domain.reminders.notice import shift_message
from timer_app.domain.service import Service
from timer_app.domain.setup.connection_problems import ConnectionProblem
from timer_app.domain.setup.release import is_newer
from timer_app.services.command_context import CommandReply
from timer_app.services.exit_codes import ExitCode
from timer_app.services.setup.checks import MAX_CLOCK_SKEW, ServiceCheck, check_all
from timer_app.services.setup.desktop_status import DesktopStatus
from timer_app.services.setup.updates import ReleaseFeedError
from timer_app.version import own_version

_MOST_NAMED = 20
_NO_KEYRING = "It cannot be read: see the keyring."


async def diagnose(paths: Paths, report: str | None = None) -> CommandReply:
    """Check every part. Exit code 4 when something needs a person.

    With `report`, a file of that name is written with what others may see.
    """
    findings = await run_checks(paths)
    messages = []
    if report is not None:
        from timer_app.cli.doctor.support_report import write_report

        try:
            messages.append(write_report(report, paths, findings))
        except NotPossible as error:
            return CommandReply(ExitCode.REFUSED, None, (str(error),))
    ended = any(finding.severity is Severity.PROBLEM for finding in findings)
    rows = [finding.row for finding in findings]
    return CommandReply(ExitCode.NEEDS_PERSON if ended else ExitCode.DONE, rows, tuple(messages))


async def run_checks(paths: Paths) -> list[DoctorFinding]:
    """How every part is."""
    findings = [app_finding(paths), *_time_zone(), *_journal_and_deliveries(paths)]
    app_status = desktop_checks.status_from_app(paths)
    keyring = keyring_with_timeout(KEYRING_TIMEOUT)
    try:
        settings = settings_file.load(paths.settings)
    except SettingsError as error:
        plain = "It cannot be used."
        findings.append(
            DoctorFinding("settings", Severity.PROBLEM, str(error), "Mend the file.", plain)
        )
    else:
        findings.append(
            DoctorFinding("settings", Severity.OK, paths.settings, plain="It can be used.")
        )
        findings += await _services(paths, settings, keyring, app_status)
        findings += await _newest_release(paths, settings, keyring)
    status = app_status or await desktop_checks.probe_desktop()
    if not status.keyring.is_unavailable:
        status = replace(status, keyring=keyring.state)  # it was asked just now
    findings += desktop_checks.findings(
        status, from_app=app_status is not None, keyring_message=keyring.problem_message
    )
    findings += [await _notifications(), _hotkey(paths), _away(paths), *_desktop()]
    return findings


def as_text(rows: object) -> str:
    """The findings as text."""
    lines = []
    for row in rows if isinstance(rows, list) else []:
        lines.append(f"{row['verdict']:<8} {row['part']:<18} {row['detail']}")
        lines += [f"{'':<27} {row['remedy']}"] if row["remedy"] else []
    return "\n".join(lines)


def app_finding(paths: Paths) -> DoctorFinding:
    """Whether the tray app runs and answers."""
    try:
        send_request(paths.socket, "status", {}, 5)
    except AppNotRunning:
        return DoctorFinding(
            "app", Severity.NOTE, "The tray app is not running.", "Start it: timer-app"
        )
    except AppError as error:
        remedy, plain = _app_remedy(error), type(error).__name__
        return DoctorFinding("app", Severity.PROBLEM, str(error), remedy, plain)
    return DoctorFinding("app", Severity.OK, "The tray app is running.")


def _app_remedy(error: AppError) -> str:
    """What to do, where the error's own text does not say it."""
    return "" if error.message_id.hint else "Quit it and start it again."


def _time_zone() -> list[DoctorFinding]:
    name = unknown_zone()
    if not name:
        return []
    detail = f"TZ is {name!r}, which is not a time zone: times are in UTC."
    remedy = "Set TZ to a name such as Europe/Berlin, or to nothing."
    return [DoctorFinding("time zone", Severity.PROBLEM, detail, remedy, "TZ names none.")]


def _journal(paths: Paths) -> DoctorFinding:
    if not os.path.exists(paths.journal):
        return DoctorFinding(
            "journal",
            Severity.OK,
            f"{paths.journal}: will be made with the first start.",
            plain="There is none yet.",
        )
    try:
        connection = connect(paths.journal)
    except JournalUnusable as error:
        remedy = "Keep the file. Starting Timer App sets a damaged one aside and tells where."
        return DoctorFinding(
            "journal", Severity.PROBLEM, str(error), remedy, "It cannot be opened."
        )
    try:
        (sound,) = connection.execute("PRAGMA quick_check").fetchone()
    finally:
        connection.close()
    if sound != "ok":
        remedy = "Make a copy of the file first."
        return DoctorFinding("journal", Severity.PROBLEM, str(sound), remedy, "It is damaged.")
    writable = os.access(paths.journal, os.W_OK)
    if not writable:
        remedy = "Make it writable for yourself."
        detail = f"{paths.journal}: read-only."
        return DoctorFinding("journal", Severity.PROBLEM, detail, remedy, "It is read-only.")
    return DoctorFinding("journal", Severity.OK, paths.journal, plain="It is sound.")


def _journal_and_deliveries(paths: Paths) -> list[DoctorFinding]:
    journal = _journal(paths)
    if journal.severity is Severity.PROBLEM or not os.path.exists(paths.journal):
        return [journal]
    return [journal, *_damaged_rows(paths), _deliveries(paths)]


def _damaged_rows(paths: Paths) -> list[DoctorFinding]:
    """What is damaged within the sound file, by name; each is set aside where it is read."""
    connection = connect(paths.journal)
    try:
        damaged = damaged_rows(connection)
    finally:
        connection.close()
    if not damaged:
        return []
    some = ", ".join(damaged[:_MOST_NAMED]) + (", …" if len(damaged) > _MOST_NAMED else "")
    remedy = "Everything else goes on. `timer-app problems` shows what waits for you."
    plain = "Some rows are damaged."
    return [DoctorFinding("journal rows", Severity.PROBLEM, f"{plain} {some}", remedy, plain)]


def _deliveries(paths: Paths) -> DoctorFinding:
    """Whether deliveries need the user; the first says why: a refusal, or a bug."""
    connection = connect(paths.journal)
    try:
        journal = SqliteJournal(connection)
        ids = journal.ids_needing_user()
        first = journal.delivery(ids[0]) if ids else None
    finally:
        connection.close()
    if first is None:
        none = "None needs your attention."
        return DoctorFinding("deliveries", Severity.OK, none, plain=none)
    count = len(ids)
    plain = f"{count} {'needs' if count == 1 else 'need'} your attention."
    detail = f"{plain} Delivery {first.id}: {first.error}"
    remedy = "See `timer-app problems`."
    return DoctorFinding("deliveries", Severity.PROBLEM, detail, remedy, plain)


async def _services(
    paths: Paths, settings: Settings, keyring: KeyringSecrets, app_status: DesktopStatus | None
) -> list[DoctorFinding]:
    findings = _trust(settings)
    connections = ServiceConnections(_bound(paths, settings, keyring), SystemClock())
    connections.apply(settings)
    checks: list[ServiceCheck] = []
    configured = [each for each in Service if settings.configured[each.value]]
    # The app has asked the keyring just now, and a second question may be a second prompt.
    unread = configured if app_status and app_status.keyring.is_unavailable else []
    await check_all(connections, [each for each in configured if each not in unread], checks.append)
    findings += _proxy(settings, checks)
    for service in Service:
        found = [_service(check, settings) for check in checks if check.service is service]
        if service in unread:
            findings.append(DoctorFinding(f"{service.value} token", Severity.PROBLEM, _NO_KEYRING))
        else:
            findings += found[0] if found else [_not_set_up(service)]
    fine = {check.service for check in checks if check.connection_problem is None}
    findings += await rule_findings(
        settings,
        connections.timecrowd if Service.TIMECROWD in fine else None,
        connections.kaiten if Service.KAITEN in fine else None,
    )
    await connections.close()
    return findings


def _bound(paths: Paths, settings: Settings, keyring: KeyringSecrets) -> CachedSecrets:
    """The keyring, whose secrets are for the addresses that they were entered for."""
    return CachedSecrets(
        keyring, SecretOrigins(paths.secret_origins), partial(secret_origin, settings)
    )


async def _newest_release(
    paths: Paths, settings: Settings, keyring: KeyringSecrets
) -> list[DoctorFinding]:
    """Whether there is a newer version; nothing where no address is set."""
    feed = settings.get_text("updates.feed")
    if not feed:
        return []
    connections = ServiceConnections(_bound(paths, settings, keyring), SystemClock())
    connections.apply(settings)
    ours = own_version()
    try:
        found = await connections.newest_release(feed)
    except ReleaseFeedError as reason:
        detail = f"The newest version is not known: {reason}."
        remedy = "timer-app config set updates.feed ADDRESS"
        return [DoctorFinding("version", Severity.NOTE, detail, remedy, "The newest is not known.")]
    if is_newer(found, ours):
        detail = f"{found} is there; this is {ours}."
        return [DoctorFinding("version", Severity.NOTE, detail, "Get it where you got this one.")]
    return [DoctorFinding("version", Severity.OK, f"{ours} is the newest.")]


def _not_set_up(service: Service) -> DoctorFinding:
    key = {Service.TIMECROWD: "timecrowd.team_id", Service.KAITEN: "kaiten.url"}
    remedy = f"timer-app config set {key[service]} …"
    return DoctorFinding(service.value, Severity.NOTE, "Not set up.", remedy)


def _trust(settings: Settings) -> list[DoctorFinding]:
    if not settings.ca_file:
        return []
    try:
        check_ca_file(settings.ca_file)
    except CaFileError as fault:
        problem = ConnectionProblem(ConnectionProblemKind.CA_FILE, fault.path, detail=fault.reason)
        return [_connection_finding("ca_file", problem, problem.remedy)]
    detail = f"{settings.ca_file} adds to the system's trust store."
    return [
        DoctorFinding("ca_file", Severity.OK, detail, plain="It adds to the system's trust store.")
    ]


def _connection_finding(
    part: str, connection_problem: ConnectionProblem, remedy: str = ""
) -> DoctorFinding:
    """What is in the way; a report names the kind, and neither the place nor what was said."""
    where = " at the proxy" if connection_problem.at_proxy else ""
    kind = f"{connection_problem.kind.name.lower()}{where}"
    return DoctorFinding(part, Severity.PROBLEM, connection_problem.sentence, remedy, kind)


def _proxy(settings: Settings, checks: Sequence[ServiceCheck]) -> list[DoctorFinding]:
    """The connection of each service; its problems stand beside each of them."""
    ways = [
        f"{check.service.value} " + (f"through {check.proxy}" if check.proxy else "directly")
        for check in sorted(checks, key=lambda check: check.service.value)
        if check.proxy or not _was_not_called(check)
    ]
    source = settings.get_text("network.proxy") or "the system's"
    if not ways:
        return []
    through = sum(bool(check.proxy) for check in checks)
    plain = f"{through} of {len(checks)} services are called through one."
    return [DoctorFinding("proxy", Severity.OK, f"{source}: {', '.join(ways)}.", plain=plain)]


def _was_not_called(check: ServiceCheck) -> bool:
    """Whether the check ended before a connection was tried, so that there was no way at all."""
    problem = check.connection_problem
    return problem is not None and (
        problem.at_proxy
        or problem.kind
        in (
            ConnectionProblemKind.NOT_SET_UP,
            ConnectionProblemKind.TOKEN_UNAVAILABLE,
            ConnectionProblemKind.CA_FILE,
        )
    )


def _service(check: ServiceCheck, settings: Settings) -> list[DoctorFinding]:
    service, connection_problem = check.service, check.connection_problem
    token = DoctorFinding(f"{service.value} token", Severity.OK, "In the keyring.")
    if connection_problem is None:
        detail = f"Accepts the token of {check.account}."
        fine = DoctorFinding(service.value, Severity.OK, detail, plain="Accepts the token.")
        return [token, fine, *_clock(check)]
    if connection_problem.kind is ConnectionProblemKind.TOKEN_UNAVAILABLE:
        return [_connection_finding(f"{service.value} token", connection_problem)]
    return [
        token,
        _connection_finding(
            service.value, connection_problem, _remedy(connection_problem, service, settings)
        ),
    ]


def _remedy(connection_problem: ConnectionProblem, service: Service, settings: Settings) -> str:
    if connection_problem.kind is ConnectionProblemKind.TOKEN_REFUSED:
        return f"timer-app login {service.value}"
    if connection_problem.at_proxy or connection_problem.kind is ConnectionProblemKind.CA_FILE:
        return connection_problem.remedy
    key = f"{service.value}.url"
    return f"{connection_problem.remedy} {key} is {settings.get_text(key)}"


def _clock(check: ServiceCheck) -> list[DoctorFinding]:
    if check.skew is None:
        return []
    part = f"clock ({check.service.value})"
    if not check.is_clock_off:
        return [
            DoctorFinding(part, Severity.OK, f"Within {MAX_CLOCK_SKEW.seconds} s of the service's.")
        ]
    detail = (
        f"{shift_message(check.skew)} {'ahead of' if check.skew > timedelta(0) else 'behind'} the"
        " service's. Entries get the service's time."
    )
    return [
        DoctorFinding(part, Severity.PROBLEM, detail, "Let the computer set its clock by itself.")
    ]


async def _notifications() -> DoctorFinding:
    """Asked as the app would; nothing is shown."""
    from timer_app.adapters.reminders.factory import probe_notifier
    from timer_app.domain.reminders.notification import NotifierState

    match await probe_notifier():
        case NotifierState.WITH_ACTIONS:
            detail = "The desktop shows them, with buttons."
            return DoctorFinding("notifications", Severity.OK, detail)
        case NotifierState.WITHOUT_ACTIONS:
            detail = "The desktop shows them, but without buttons."
            remedy = "Answer in the tray's menu or the window."
            return DoctorFinding("notifications", Severity.NOTE, detail, remedy)
        case NotifierState.SLOW:
            detail = "The notification service does not answer."
            remedy = "Restart it, or log out and in. What matters is shown at the tray icon too."
            return DoctorFinding("notifications", Severity.PROBLEM, detail, remedy)
        case NotifierState.ABSENT | NotifierState.UNTRIED:
            detail = "No notification service is there."
            remedy = without_notifications(sys.platform)
            return DoctorFinding("notifications", Severity.NOTE, detail, remedy)


def _hotkey(paths: Paths) -> DoctorFinding:
    """As the running app has it: only a program that runs can have a key."""
    bind = bind_command(sys.platform)
    instead = f"Or {bind[0].lower()}{bind[1:]}"
    try:
        rows = _read_hotkeys(send_request(paths.socket, "hotkeys", {}, 5)["document"])
    except AppNotRunning:
        detail = "The tray app is not running: no key is bound."
        return DoctorFinding("hotkey", Severity.NOTE, detail, f"Start it: timer-app. {instead}")
    except AppError as error:
        return DoctorFinding("hotkey", Severity.NOTE, str(error), instead, type(error).__name__)
    if not rows:
        remedy = f"timer-app config set hotkeys.toggle Ctrl+Alt+U. {instead}"
        return DoctorFinding("hotkey", Severity.NOTE, "No hot key is set.", remedy)
    detail = " ".join(f"{row['action']}: {row['detail']}" for row in rows)
    plain = ", ".join(f"{row['action']} {row['state']}" for row in rows)
    desktop_chooses = any(row["chosen_in"] == "desktop" for row in rows)
    remedy = _DESKTOP_KEYS if desktop_chooses else _OWN_KEYS
    if all(row["state"] == "bound" for row in rows):
        return DoctorFinding(
            "hotkey", Severity.OK, detail, remedy if desktop_chooses else "", plain
        )
    if all(row["chosen_in"] == "nowhere" for row in rows):
        return DoctorFinding("hotkey", Severity.NOTE, detail, bind, plain)
    return DoctorFinding("hotkey", Severity.NOTE, detail, f"{remedy} {instead}", plain)


def bind_command(platform: str) -> str:
    """How a key starts a command without us."""
    if platform == "win32":
        return "Give a shortcut to this command a key of its own: timer-app toggle"
    if platform == "darwin":
        return "Bind this command to a key in the app Shortcuts: timer-app toggle"
    return "Bind this command to a key in your desktop's settings: timer-app toggle"


def without_notifications(platform: str) -> str:
    """What is done where no service shows them."""
    if platform != "linux":
        return "The tray icon says it instead; what matters stands in its tooltip and the window."
    return (
        "Install one that suits the desktop, such as dunst or mako. Without one only"
        " some trays show what is said; what matters stands in the tooltip and the window."
    )


_OWN_KEYS = "Choose other keys in the settings (Settings…, Hot keys)."
_DESKTOP_KEYS = (
    "Choose the keys in your desktop's own keyboard settings (KDE Plasma: System Settings,"
    " Keyboard, Shortcuts; GNOME: Settings, Apps, Timer App)."
)


def _read_hotkeys(document: object) -> list[dict[str, str]]:
    """The rows of an answer. Raises AppError."""
    with reading_answer():
        rows = document if isinstance(document, list) else []
        return [
            {name: str(row[name]) for name in ("action", "state", "detail", "chosen_in")}
            for row in rows
        ]


def _away(paths: Paths) -> DoctorFinding:
    """Only the running app knows what it can watch."""
    try:
        found = send_request(paths.socket, "presence", {}, 5)["document"]
    except AppNotRunning:
        detail = "The tray app is not running; it is what notices that you are away."
        return DoctorFinding("away", Severity.NOTE, detail, "Start it: timer-app")
    except AppError as error:
        return DoctorFinding("away", Severity.NOTE, str(error), _app_remedy(error))
    reasons = found if isinstance(found, dict) else {}
    fine = all(reason == "" for reason in reasons.values()) and bool(reasons)
    detail = "; ".join(f"{name}: {reason or 'works'}" for name, reason in reasons.items())
    if fine:
        return DoctorFinding("away", Severity.OK, detail)
    remedy = "What is not noticed you can correct yourself: timer-app edit ENTRY --to TIME"
    return DoctorFinding("away", Severity.NOTE, detail or "Nothing here tells it.", remedy)


def _desktop() -> list[DoctorFinding]:
    """The app's own entries in the desktop. Only one that starts a missing program is a problem."""
    from timer_app.adapters.setup.autostart.factory import desktop_integration
    from timer_app.cli.desktop import describe_autostart, describe_links
    from timer_app.services.setup.desktop_integration import DesktopEntryState

    entries = desktop_integration()
    severities = {DesktopEntryState.ON: Severity.OK, DesktopEntryState.BROKEN: Severity.PROBLEM}
    found = []
    for part, entry, words, remedy in (
        ("autostart", entries.autostart, describe_autostart, "timer-app autostart on"),
        ("links", entries.links, describe_links, "timer-app desktop install"),
    ):
        status = entry.status()
        severity = severities.get(status.state, Severity.NOTE)
        fine = status.state in (DesktopEntryState.ON, DesktopEntryState.UNSUPPORTED)
        plain = status.state.name.lower().replace("_", " ")
        found.append(DoctorFinding(part, severity, words(status), "" if fine else remedy, plain))
    return found
