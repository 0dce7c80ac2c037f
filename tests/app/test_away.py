"""Being away, driven from outside: a real mouse, logind and a screen saver of python-dbusmock."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.app.conftest import TITLE, RunCommand, StartApp, agree, card_address, entries_of
from tests.conftest import StartProcess
from tests.support.bus import BusClient, SessionBus
from tests.support.desktop import Desktop, Window
from tests.support.limits import TIME_LIMIT, Deadline
from tests.support.services import Services
from tests.support.tray_host import TrayHost, TrayItem
from tests.support.whole_app import WholeApp
from timer_app.sandbox.world import KEYED_CARD_ID

LOGIND = ("org.freedesktop.login1", "/org/freedesktop/login1")
MANAGER = "org.freedesktop.login1.Manager"
SAVER = ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver")
MOCK = "org.freedesktop.DBus.Mock"
WINDOW = "You were away"


def idle_after(app: WholeApp, length: str) -> None:
    """Change the setting; the app takes it without a restart."""
    path = app.home / "settings.toml"
    kept = [line for line in path.read_text().splitlines() if "idle_after" not in line]
    kept.insert(kept.index("[time]") + 1, f'idle_after = "{length}"')
    path.write_text("\n".join(kept) + "\n")
    assert app.ask("settings")["exit"] == 0


def started(app: WholeApp, services: Services, minutes: int = 30) -> str:
    """Work that began a while ago; its id."""
    reply = app.ask("start", card=card_address(services), at=f"-{minutes}m", wait="20")
    assert reply["exit"] == 0
    return str(reply["document"]["entry"]["id"])


def away_by_idling(app: WholeApp, desktop: Desktop) -> Window:
    """Touch nothing until that is noticed, then the mouse; the question."""
    idle_after(app, "2s")
    app.process.wait_line("absence: absent since .*: idle")
    desktop.move((600, 700))
    app.process.wait_line("absence: present")
    idle_after(app, "off")
    window = desktop.wait_window(WINDOW, pid=app.pid)
    desktop.wait_active(window)
    return window


def question(app: WholeApp) -> dict[str, Any]:
    """The one that is open."""
    (row,) = app.ask("away")["document"]
    assert isinstance(row, dict)
    return row


def wait_asked(app: WholeApp, desktop: Desktop) -> None:
    """Wait until the window is there."""
    desktop.wait_window(WINDOW, pid=app.pid)


def move_back(app: WholeApp, minutes: int) -> None:
    """Let the gap have begun earlier: a test does not wait for half an hour."""
    with closing(sqlite3.connect(app.home / "journal.sqlite3", isolation_level=None)) as journal:
        journal.execute("UPDATE away SET began = began - ?", (minutes * 60,))


def told(app: WholeApp, services: Services) -> list[tuple[str, float]]:
    """Both services hold what the journal says; the entries by title and whole minutes."""
    app.sync()
    agree(app, services)
    return [(entry["task"], round(entry["seconds"] / 60)) for entry in entries_of(app)]


@pytest.mark.parametrize(
    ("keys", "entries", "runs"),
    [
        (("alt+k",), [(TITLE, 30)], True),
        (("alt+s",), [(TITLE, 10)], False),
        (("alt+c",), [(TITLE, 10), (TITLE, 0)], True),
    ],
    ids=["keep", "drop", "continue"],
)
def test_each_answer_by_its_letter_and_its_undoing(
    app: WholeApp, item: TrayItem, desktop: Desktop, services: Services,
    keys: tuple[str, ...], entries: list[tuple[str, int]], *, runs: bool,
) -> None:  # fmt: skip
    started(app, services)
    item.wait_tooltip(TITLE)
    before = item.facts().icon
    away_by_idling(app, desktop)
    item.wait(lambda facts: facts.icon != before, "the icon with its question mark")
    move_back(app, 20)
    desktop.key("Return", "space")  # meant for another window: they answer nothing
    assert question(app)["causes"] == ["idle"]
    desktop.key(*keys)
    item.wait(lambda facts: WINDOW not in facts.tooltip, "no question in the tooltip")
    assert app.ask("away")["document"] == []
    assert (app.status()["state"] == "running") is runs
    assert told(app, services) == entries
    desktop.key("alt+u")
    item.wait_tooltip(WINDOW)
    assert told(app, services) == [(TITLE, 30)]
    assert app.status()["state"] == "running"
    desktop.key(*keys)
    item.wait(lambda facts: WINDOW not in facts.tooltip, "no question in the tooltip")
    if runs:
        assert app.ask("stop", wait="20")["exit"] == 0
    assert told(app, services) == entries
    app.quit()


def test_given_to_another_card_by_its_address(
    app: WholeApp, item: TrayItem, desktop: Desktop, services: Services
) -> None:
    started(app, services)
    window = away_by_idling(app, desktop)
    move_back(app, 20)
    desktop.key("alt+t")
    desktop.wait(
        lambda: [
            each for each in desktop.windows()
            if each.id == window.id and each.height > window.height
        ],
        "the search field",
    )  # fmt: skip
    desktop.type(card_address(services, KEYED_CARD_ID))
    desktop.key("Return")
    other = "Keep an entry exactly once when the network drops"
    item.wait(lambda facts: WINDOW not in facts.tooltip, "no question in the tooltip")
    assert app.ask("stop", wait="20")["exit"] == 0
    assert told(app, services) == [(TITLE, 10), (other, 20), (TITLE, 0)]
    app.quit()


def test_escape_leaves_it_open_and_only_its_entry_waits(
    app: WholeApp, item: TrayItem, desktop: Desktop, services: Services, command: RunCommand
) -> None:
    entry = started(app, services)
    window = away_by_idling(app, desktop)
    move_back(app, 20)
    desktop.key("Escape")
    desktop.wait_gone(window)
    assert any(label.startswith(WINDOW) for label in item.menu().labels)
    stopped = app.ask("stop", wait="1")
    assert stopped["exit"] == 4
    assert "timer-app away" in " ".join(stopped["messages"])
    assert (
        app.ask("add", task="Read mail", **{"from": "-3h", "for": "1h", "wait": "20"})["exit"] == 0
    )
    assert app.sync() == 4
    assert [held.stopped_at is None for held in services.entries()] == [True, False]
    assert services.logs() == []
    assert command("status", "--json")[0] == 0
    code, text = command("away")
    assert code == 4
    assert "Nothing of it is sent before the answer." in text
    item.click(next(label for label in item.menu().labels if label.startswith(WINDOW)))
    desktop.wait_window(WINDOW, pid=app.pid)
    code, text = command("away", "drop", "--wait", "20")
    assert code == 0, text
    assert entry in text
    assert app.sync() == 0
    agree_sorted(app, services)
    app.quit()


def agree_sorted(app: WholeApp, services: Services) -> None:
    """As `agree`, where what was added lies before what ran."""
    spans = sorted((e["started_at"], e["stopped_at"]) for e in entries_of(app))
    held = sorted((e.started_at, e.stopped_at) for e in services.entries())
    for (began, ended), (began_there, ended_there) in zip(spans, held, strict=True):
        second = timedelta(seconds=1)
        assert ended_there is not None
        assert abs(datetime.fromisoformat(began) - began_there) <= second
        assert abs(datetime.fromisoformat(ended) - ended_there) <= second
    # What came after the gap is an entry of its own, if it took any time at all.
    assert [log.minutes for log in services.logs()] in ([10], [10, 1])


# -------------------------------------------------------------------- sleep, lock, end of login


@pytest.fixture
def system(session_bus: SessionBus) -> Iterator[BusClient]:
    """A client of the test's bus, which is the system's as well."""
    with BusClient(session_bus.address) as client:
        yield client


@pytest.fixture
def app_environment(
    app_environment: Mapping[str, str], session_bus: SessionBus
) -> Mapping[str, str]:
    """The test's bus is the system's as well: logind speaks there."""
    return {
        **app_environment,
        "DBUS_SYSTEM_BUS_ADDRESS": session_bus.address,
        "XDG_SESSION_ID": "c7",
    }


@pytest.fixture
def mock(
    start_process: StartProcess, system: BusClient, app_environment: Mapping[str, str]
) -> Callable[[str, str, str], None]:
    """`mock("--system", "logind", name)`: a service of python-dbusmock."""

    def start(bus: str, template: str, name: str) -> None:
        words = ["/usr/bin/python3", "-m", "dbusmock", bus, "--template", template]
        start_process(words, env=app_environment)
        system.wait_name(name)

    return start


@pytest.fixture
def logind(mock: Callable[[str, str, str], None], system: BusClient) -> BusClient:
    """Its session is ours."""
    mock("--system", "logind", LOGIND[0])
    system.call(*LOGIND, MOCK, "AddSession", "ssusb", "c7", "seat0", 1000, "somebody", True)
    return system


def inhibitors(system: BusClient) -> list[Any]:
    (found,) = system.call(*LOGIND, MANAGER, "ListInhibitors")
    assert isinstance(found, list)
    return found


def watched_app(start_app: StartApp, tray_host: TrayHost) -> WholeApp:
    """The app once it watches everything."""
    app = start_app()
    tray_host.wait_item(app.pid)
    app.process.wait_line("absence sensors: ")
    return app


def sleeps(system: BusClient, asleep: bool) -> None:  # noqa: FBT001 - the signal's own argument
    """What logind says before a sleep, and after it."""
    system.call(*LOGIND, MOCK, "EmitSignal", "sssav", MANAGER, "PrepareForSleep", "b",
                [_variant(asleep)])  # fmt: skip


def _variant(value: bool) -> object:  # noqa: FBT001 - a value
    from dbus_fast import Variant

    return Variant("b", value)


def test_a_sleep_is_on_the_disk_before_it_begins_and_survives_a_kill(
    logind: BusClient, signed_in: object, tray_host: TrayHost, start_app: StartApp,
    desktop: Desktop, services: Services, command: RunCommand,
) -> None:  # fmt: skip
    assert signed_in
    app = watched_app(start_app, tray_host)
    entry = started(app, services)
    assert inhibitors(logind)[0][0] == "sleep:shutdown"
    sleeps(logind, asleep=True)
    app.process.wait_line("absence: absent since .*: asleep")
    app.process.wait_line("a sleep is held up no more")
    deadline = Deadline(TIME_LIMIT, "the lock to be gone")
    while inhibitors(logind):
        deadline.left()
    app.process.kill()
    with closing(sqlite3.connect(app.home / "journal.sqlite3", isolation_level=None)) as journal:
        ((about, ended),) = journal.execute("SELECT entry_id, ended FROM away").fetchall()
        assert (about, ended) == (entry, None)
    move_back(app, 20)
    again = watched_app(start_app, tray_host)
    wait_asked(again, desktop)
    assert question(again)["causes"] == ["asleep"]
    code, _ = command("away", "continue", "--wait", "20")
    assert code == 0
    assert again.ask("stop", wait="20")["exit"] == 0
    assert told(again, services) == [(TITLE, 10), (TITLE, 0)]
    assert again.ask("away")["document"] == []
    again.quit()


def test_an_open_question_is_asked_again_after_a_kill(
    app: WholeApp, desktop: Desktop, services: Services, start_app: StartApp, tray_host: TrayHost
) -> None:
    started(app, services)
    away_by_idling(app, desktop)
    move_back(app, 20)
    app.process.kill()
    again = watched_app(start_app, tray_host)
    window = desktop.wait_window(WINDOW, pid=again.pid)
    desktop.wait_active(window)
    desktop.key("alt+s")
    tray_host.wait_item(again.pid).wait_tooltip("Nothing is running")
    assert told(again, services) == [(TITLE, 10)]
    again.quit()


@pytest.mark.parametrize("who", ["screen saver", "logind"])
def test_a_locked_screen(
    who: str, logind: BusClient, mock: Callable[[str, str, str], None], signed_in: object,
    tray_host: TrayHost, start_app: StartApp, desktop: Desktop, services: Services,
) -> None:  # fmt: skip
    assert signed_in
    mock("--session", "gnome_screensaver", SAVER[0])
    app = watched_app(start_app, tray_host)
    started(app, services)

    def lock(*, locked: bool) -> None:
        if who == "logind":
            path = "/org/freedesktop/login1/session/c7"
            session = "org.freedesktop.login1.Session"
            logind.call(LOGIND[0], path, session, "SetLockedHint", "b", locked)
        else:
            logind.call(*SAVER, SAVER[0], "SetActive", "b", locked)

    lock(locked=True)
    app.process.wait_line("absence: absent since .*: locked")
    move_back(app, 20)
    lock(locked=False)
    app.process.wait_line("absence: present")
    assert app.ask("away")["document"] == []  # the app knows since when, whatever the test wrote
    lock(locked=True)
    app.process.wait_line("absence: absent since .*: locked")
    app.quit()
    move_back(app, 20)
    again = watched_app(start_app, tray_host)
    again.process.wait_line("absence: absent since .*: locked")
    lock(locked=False)
    wait_asked(again, desktop)
    assert question(again)["causes"] == ["locked"]
    again.quit()


def test_the_end_of_the_login(
    app: WholeApp, desktop: Desktop, services: Services, start_app: StartApp, tray_host: TrayHost
) -> None:
    started(app, services)
    app.process.wait_line("absence sensors: ")
    assert app.process.terminate() == 0
    move_back(app, 20)
    again = watched_app(start_app, tray_host)
    wait_asked(again, desktop)
    assert question(again)["causes"] == ["ended"]
    again.quit()


def test_doctor_names_what_can_tell_and_what_cannot(
    logind: BusClient, signed_in: object, tray_host: TrayHost, start_app: StartApp,
    command: RunCommand,
) -> None:  # fmt: skip
    assert logind.has_owner(LOGIND[0])
    assert signed_in
    app = watched_app(start_app, tray_host)
    _, text = command("doctor")
    assert "idle time (X11): works" in text
    assert "sleep and lock (logind): works" in text
    assert "This desktop has no screen saver on the session bus." in text
    app.quit()
