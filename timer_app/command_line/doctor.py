"""`doctor`: checks each part and says what to do."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace

from timer_app.adapters.http.trust import CaFileUnusable, check_ca_file
from timer_app.adapters.ipc.client import AppTrouble, NoApp, ask
from timer_app.adapters.journal.schema import JournalUnusable, connect
from timer_app.adapters.places import Places
from timer_app.adapters.secrets import PATIENCE as KEYRING_PATIENCE
from timer_app.adapters.secrets import KeyringSecrets, RememberedSecrets
from timer_app.adapters.settings import reading as settings_file
from timer_app.adapters.settings.reading import Settings, SettingsError
from timer_app.adapters.system_clock import SystemClock
from timer_app.command_line import desktop_parts
from timer_app.command_line.findings import Finding, Verdict
from timer_app.command_line.version import own_version
from timer_app.composition import Connections, keyring_for
from timer_app.domain.delivery import Service
from timer_app.domain.errors import NotPossible
from timer_app.domain.obstacle import Obstacle, Trouble
from timer_app.domain.release import is_newer
from timer_app.services.checking import TOLERATED_SKEW, Check, check_each
from timer_app.services.commands import Reply
from timer_app.services.exit import Exit
from timer_app.services.surroundings import Surroundings
from timer_app.services.updates import FeedUnusable

_NO_KEYRING = "It cannot be read: see the keyring."


async def examine(places: Places, report: str | None = None) -> Reply:
    """Check every part. Exit code 4 when something needs a person.

    With `report`, a file of that name is written with what others may see.
    """
    findings = await look(places)
    messages = []
    if report is not None:
        from timer_app.command_line.support_report import write

        try:
            messages.append(write(report, places, findings))
        except NotPossible as error:
            return Reply(Exit.REFUSED, None, (str(error),))
    ended = any(finding.verdict is Verdict.PROBLEM for finding in findings)
    rows = [finding.row for finding in findings]
    return Reply(Exit.NEEDS_PERSON if ended else Exit.DONE, rows, tuple(messages))


async def look(places: Places) -> list[Finding]:
    """How every part is."""
    findings = [_app(places), _journal(places)]
    told = desktop_parts.told_by_app(places)
    keyring = keyring_for(KEYRING_PATIENCE)
    try:
        settings = settings_file.load(places.settings)
    except SettingsError as error:
        plain = "It cannot be used."
        findings.append(Finding("settings", Verdict.PROBLEM, str(error), "Mend the file.", plain))
    else:
        findings.append(Finding("settings", Verdict.OK, places.settings, plain="It can be used."))
        findings += await _services(settings, keyring, told)
        findings += await _newest(settings, keyring)
    around = told or await desktop_parts.look_from_here()
    if not around.keyring.troubled:
        around = replace(around, keyring=keyring.state)  # it was asked just now
    findings += desktop_parts.findings(around, of_app=told is not None)
    findings += [await _notifications(), _hotkey(places), _away(places), *_desktop()]
    return findings


def show(rows: object) -> str:
    """The findings as text."""
    lines = []
    for row in rows if isinstance(rows, list) else []:
        lines.append(f"{row['verdict']:<8} {row['part']:<18} {row['detail']}")
        lines += [f"{'':<27} {row['remedy']}"] if row["remedy"] else []
    return "\n".join(lines)


def _app(places: Places) -> Finding:
    try:
        ask(places.socket, "status", {}, 5)
    except NoApp:
        return Finding("app", Verdict.NOTE, "The tray app is not running.", "Start it: timer-app")
    except AppTrouble as error:
        remedy, plain = "Quit it and start it again.", type(error).__name__
        return Finding("app", Verdict.PROBLEM, str(error), remedy, plain)
    return Finding("app", Verdict.OK, "The tray app is running.")


def _journal(places: Places) -> Finding:
    if not os.path.exists(places.journal):
        return Finding(
            "journal",
            Verdict.OK,
            f"{places.journal}: will be made with the first start.",
            plain="There is none yet.",
        )
    try:
        connection = connect(places.journal)
    except JournalUnusable as error:
        remedy = "Keep the file. Starting Timer App sets a damaged one aside and tells where."
        return Finding("journal", Verdict.PROBLEM, str(error), remedy, "It cannot be opened.")
    try:
        (sound,) = connection.execute("PRAGMA quick_check").fetchone()
    finally:
        connection.close()
    if sound != "ok":
        remedy = "Make a copy of the file first."
        return Finding("journal", Verdict.PROBLEM, str(sound), remedy, "It is damaged.")
    writable = os.access(places.journal, os.W_OK)
    if not writable:
        remedy = "Make it writable for yourself."
        detail = f"{places.journal}: read-only."
        return Finding("journal", Verdict.PROBLEM, detail, remedy, "It is read-only.")
    return Finding("journal", Verdict.OK, places.journal, plain="It is sound.")


async def _services(
    settings: Settings, keyring: KeyringSecrets, told: Surroundings | None
) -> list[Finding]:
    findings = _trust(settings)
    connections = Connections(RememberedSecrets(keyring), SystemClock())
    connections.use(settings)
    checks: list[Check] = []
    configured = [each for each in Service if settings.configured[each.value]]
    # The app has asked the keyring just now, and a second question may be a second prompt.
    unread = configured if told and told.keyring.troubled else []
    await check_each(
        connections, [each for each in configured if each not in unread], checks.append
    )
    findings += _proxy(settings, checks)
    for service in Service:
        found = [_service(check, settings) for check in checks if check.service is service]
        if service in unread:
            findings.append(Finding(f"{service.value} token", Verdict.PROBLEM, _NO_KEYRING))
        else:
            findings += found[0] if found else [_not_set_up(service)]
    return findings


async def _newest(settings: Settings, keyring: KeyringSecrets) -> list[Finding]:
    """Whether there is a newer version; nothing where nobody is to be asked."""
    feed = settings.get_text("updates.feed")
    if not feed:
        return []
    connections = Connections(RememberedSecrets(keyring), SystemClock())
    connections.use(settings)
    ours = own_version()
    try:
        found = await connections.newest_release(feed)
    except FeedUnusable as reason:
        detail = f"The newest version is not known: {reason}."
        remedy = "timer-app config set updates.feed ADDRESS"
        return [Finding("version", Verdict.NOTE, detail, remedy, "The newest is not known.")]
    if is_newer(found, ours):
        detail = f"{found} is there; this is {ours}."
        return [Finding("version", Verdict.NOTE, detail, "Get it where you got this one.")]
    return [Finding("version", Verdict.OK, f"{ours} is the newest.")]


def _not_set_up(service: Service) -> Finding:
    key = {Service.TIMECROWD: "timecrowd.team_id", Service.KAITEN: "kaiten.url"}
    remedy = f"timer-app config set {key[service]} …"
    return Finding(service.value, Verdict.NOTE, "Not set up.", remedy)


def _trust(settings: Settings) -> list[Finding]:
    if not settings.ca_file:
        return []
    try:
        check_ca_file(settings.ca_file)
    except CaFileUnusable as fault:
        trouble = Obstacle(Trouble.CA_FILE, fault.path, detail=fault.reason)
        return [_hindered("ca_file", trouble, trouble.remedy)]
    detail = f"{settings.ca_file} adds to the system's trust store."
    return [Finding("ca_file", Verdict.OK, detail, plain="It adds to the system's trust store.")]


def _hindered(part: str, obstacle: Obstacle, remedy: str = "") -> Finding:
    """What is in the way; a report names the kind, and neither the place nor what was said."""
    where = " at the proxy" if obstacle.at_proxy else ""
    kind = f"{obstacle.trouble.name.lower()}{where}"
    return Finding(part, Verdict.PROBLEM, obstacle.sentence, remedy, kind)


def _proxy(settings: Settings, checks: Sequence[Check]) -> list[Finding]:
    """Which way the services were called; what is wrong with it stands beside each of them."""
    ways = [
        f"{check.service.value} " + (f"through {check.proxy}" if check.proxy else "directly")
        for check in sorted(checks, key=lambda check: check.service.value)
    ]
    source = settings.get_text("network.proxy") or "the system's"
    if not ways:
        return []
    through = sum(bool(check.proxy) for check in checks)
    plain = f"{through} of {len(checks)} services are called through one."
    return [Finding("proxy", Verdict.OK, f"{source}: {', '.join(ways)}.", plain=plain)]


def _service(check: Check, settings: Settings) -> list[Finding]:
    service, obstacle = check.service, check.obstacle
    token = Finding(f"{service.value} token", Verdict.OK, "In the keyring.")
    if obstacle is None:
        detail = f"Accepts the token of {check.account}."
        fine = Finding(service.value, Verdict.OK, detail, plain="Accepts the token.")
        return [token, fine, *_clock(check)]
    if obstacle.trouble is Trouble.TOKEN_UNAVAILABLE:
        return [_hindered(f"{service.value} token", obstacle)]
    return [token, _hindered(service.value, obstacle, _remedy(obstacle, service, settings))]


def _remedy(obstacle: Obstacle, service: Service, settings: Settings) -> str:
    if obstacle.trouble is Trouble.TOKEN_REFUSED:
        return f"timer-app login {service.value}"
    if obstacle.at_proxy or obstacle.trouble is Trouble.CA_FILE:
        return obstacle.remedy
    key = f"{service.value}.url"
    return f"{obstacle.remedy} {key} is {settings.get_text(key)}"


def _clock(check: Check) -> list[Finding]:
    if check.skew is None:
        return []
    part = f"clock ({check.service.value})"
    if not check.clock_is_off:
        return [Finding(part, Verdict.OK, f"Within {TOLERATED_SKEW.seconds} s of the service's.")]
    detail = f"Differs from the service's by {check.skew.total_seconds():.0f} s."
    return [Finding(part, Verdict.PROBLEM, detail, "Let the computer set its clock by itself.")]


async def _notifications() -> Finding:
    """Asked as the app would; nothing is shown."""
    from timer_app.adapters.notify.making import probe
    from timer_app.domain.notification import NotifierState

    match await probe():
        case NotifierState.WITH_ACTIONS:
            detail = "The desktop shows them, with buttons."
            return Finding("notifications", Verdict.OK, detail)
        case NotifierState.WITHOUT_ACTIONS:
            detail = "The desktop shows them, but without buttons."
            remedy = "Answer in the tray's menu or the window."
            return Finding("notifications", Verdict.NOTE, detail, remedy)
        case NotifierState.SLOW:
            detail = "The notification service does not answer."
            remedy = "Restart it, or log out and in. What matters is shown at the tray icon too."
            return Finding("notifications", Verdict.PROBLEM, detail, remedy)
        case NotifierState.ABSENT | NotifierState.UNTRIED:
            detail = "No notification service is there."
            remedy = (
                "Install one that suits the desktop, such as dunst or mako. Without one only"
                " some trays show what is said; what matters stands in the tooltip and the window."
            )
            return Finding("notifications", Verdict.NOTE, detail, remedy)


def _hotkey(places: Places) -> Finding:
    """As the running app has it: only a program that runs can have a key."""
    instead = "Or bind this command to a key in your desktop's settings: timer-app toggle"
    try:
        rows = ask(places.socket, "hotkeys", {}, 5)["document"]
    except NoApp:
        detail = "The tray app is not running: no key is bound."
        return Finding("hotkey", Verdict.NOTE, detail, f"Start it: timer-app. {instead}")
    except AppTrouble as error:
        return Finding("hotkey", Verdict.NOTE, str(error), instead, type(error).__name__)
    if not isinstance(rows, list) or not rows:
        remedy = f"timer-app config set hotkeys.toggle Ctrl+Alt+T. {instead}"
        return Finding("hotkey", Verdict.NOTE, "No hot key is set.", remedy)
    detail = " ".join(f"{row['action']}: {row['detail']}" for row in rows)
    plain = ", ".join(f"{row['action']} {row['state']}" for row in rows)
    if all(row["state"] == "bound" for row in rows):
        return Finding("hotkey", Verdict.OK, detail, plain=plain)
    remedy = f"Choose other keys in the settings (Settings…, Hot keys). {instead}"
    return Finding("hotkey", Verdict.NOTE, detail, remedy, plain)


def _away(places: Places) -> Finding:
    """Only the running app knows what it can watch."""
    try:
        found = ask(places.socket, "presence", {}, 5)["document"]
    except NoApp:
        detail = "The tray app is not running; it is what notices that you are away."
        return Finding("away", Verdict.NOTE, detail, "Start it: timer-app")
    except AppTrouble as error:
        return Finding("away", Verdict.NOTE, str(error), "Quit it and start it again.")
    reasons = found if isinstance(found, dict) else {}
    fine = all(reason == "" for reason in reasons.values()) and bool(reasons)
    detail = "; ".join(f"{name}: {reason or 'works'}" for name, reason in reasons.items())
    if fine:
        return Finding("away", Verdict.OK, detail)
    remedy = "What is not noticed you can correct yourself: timer-app edit ENTRY --to TIME"
    return Finding("away", Verdict.NOTE, detail or "Nothing here tells it.", remedy)


def _desktop() -> list[Finding]:
    """The app's own entries in the desktop. Only one that starts what is gone is a problem."""
    from timer_app.adapters.autostart.choosing import integration
    from timer_app.command_line.desktop import autostart_in_words, links_in_words
    from timer_app.services.at_login import EntryState

    entries = integration()
    verdicts = {EntryState.ON: Verdict.OK, EntryState.BROKEN: Verdict.PROBLEM}
    found = []
    for part, entry, words, remedy in (
        ("autostart", entries.autostart, autostart_in_words, "timer-app autostart on"),
        ("links", entries.links, links_in_words, "timer-app desktop install"),
    ):
        status = entry.status()
        verdict = verdicts.get(status.state, Verdict.NOTE)
        fine = status.state in (EntryState.ON, EntryState.UNSUPPORTED)
        plain = status.state.name.lower().replace("_", " ")
        found.append(Finding(part, verdict, words(status), "" if fine else remedy, plain))
    return found
