"""A whole app: its home, its tokens in a real keyring, and both services."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import pytest

from tests.conftest import StartProcess
from tests.support.bus import SessionBus
from tests.support.desktop import Desktop, Window
from tests.support.environment import Home
from tests.support.midday import midday_zone, zone_name
from tests.support.notifications import NotificationService
from tests.support.prepared import TRAY_APP, PreparedInterpreter
from tests.support.secret_service import NAMED, SecretService
from tests.support.services import HeldLog, Services
from tests.support.tray_host import TrayHost, TrayItem
from tests.support.whole_app import WholeApp, settings_text
from timer_app.domain.delivery.log_reference import split_comment
from timer_app.sandbox.world import CARD_ID

TITLE = "Ship the tray timer"
EACH_ENTRY_HAS_A_LOG = '[time]\nrounding = "up"\n'


@pytest.fixture
def services() -> Iterator[Services]:
    """Both services, empty but for cards and categories."""
    with Services() as services:
        yield services


@pytest.fixture
def app_home(home: Home, services: Services) -> Path:
    """TIMER_APP_HOME with settings for both services."""
    return set_up(home.path / "app", services)


def set_up(folder: Path, services: Services) -> Path:
    """Write settings.toml into `folder`, in which the app has run before."""
    folder.mkdir(mode=0o700, parents=True)
    (folder / "run").mkdir(mode=0o700)
    menu_offer(folder).touch(mode=0o600)
    text = settings_text(services.timecrowd_url, services.kaiten_url, EACH_ENTRY_HAS_A_LOG)
    (folder / "settings.toml").write_text(text)
    return folder


def menu_offer(app_home: Path) -> Path:
    """The file that says that the app has offered to put itself into the menu."""
    return app_home / "run" / "menu-offered"


@pytest.fixture
def signed_in(secret_service: SecretService, services: Services) -> SecretService:
    """Both tokens are in the keyring."""
    keep_tokens(secret_service, services)
    return secret_service


def keep_tokens(keyring: SecretService, services: Services) -> None:
    """Put both tokens into the keyring."""
    keyring.store("timer-app", "timecrowd", services.sandbox.timecrowd_token)
    keyring.store("timer-app", "kaiten", services.sandbox.kaiten_token)


@pytest.fixture
def app_environment(
    desktop_environment: Mapping[str, str], app_home: Path, request: pytest.FixtureRequest
) -> Mapping[str, str]:
    """The environment of the app and of its command line, in a zone where it is midday."""
    keyring = NAMED if "signed_in" in request.fixturenames else {}
    own = {
        "TIMER_APP_HOME": str(app_home),
        "TIMER_APP_LOG": "debug",
        "TZ": zone_name(midday_zone()),
    }
    return {**desktop_environment, **keyring, **own}


class StartApp(Protocol):
    """Starts the app, in an interpreter of its own or a prepared one."""

    def __call__(self, *, own_interpreter: bool = False) -> WholeApp: ...


@pytest.fixture(scope="session")
def prepared() -> Iterator[PreparedInterpreter]:
    """What the tray app and its commands begin in, unless a test starts them by their name."""
    with Home() as home, PreparedInterpreter(home.environment(**NAMED), TRAY_APP) as interpreter:
        yield interpreter


@pytest.fixture
def start_app(
    start_process: StartProcess,
    app_environment: Mapping[str, str],
    app_home: Path,
    prepared: PreparedInterpreter,
) -> Iterator[StartApp]:
    """`start_app()`: the tray app, listening. None of them may have complained of a bug."""
    started: list[WholeApp] = []

    def start(*, own_interpreter: bool = False) -> WholeApp:
        begun_in = None if own_interpreter else prepared
        process = start_process(["timer-app"], env=app_environment, prepared=begun_in)
        started.append(WholeApp(process, app_home))
        started[-1].wait_started()
        return started[-1]

    yield start
    for app in started:
        assert not app.complaints(), app.process.transcript()


@pytest.fixture
def notifications(session_bus: SessionBus) -> Iterator[NotificationService]:
    """Who shows notifications: without one the tray's tooltip gives its place to each for 10 s."""
    with NotificationService(session_bus.address) as service:
        service.start()
        yield service


@pytest.fixture
def app(signed_in: object, tray_host: object, start_app: StartApp) -> WholeApp:
    """The app, signed in, in a StatusNotifier tray."""
    assert signed_in
    assert tray_host
    return start_app()


@pytest.fixture
def item(tray_host: TrayHost, app: WholeApp) -> TrayItem:
    """The app's icon in the tray."""
    return tray_host.wait_item(app.pid)


@pytest.fixture
def panel(app: WholeApp, item: TrayItem, desktop: Desktop) -> Window:
    """The panel, open and ready to be typed into."""
    item.secondary_activate()
    window = desktop.wait_window("Timer App", pid=app.pid)
    desktop.wait_active(window)
    return window


class RunCommand(Protocol):
    """Runs a command of the command line to its end."""

    def __call__(self, *words: str, stdin: str = "") -> tuple[int, str]: ...


@pytest.fixture
def command(
    start_process: StartProcess,
    app_environment: Mapping[str, str],
    prepared: PreparedInterpreter,
) -> RunCommand:
    """`command("status", "--json")`: exit code and stdout of `timer-app …`."""

    def run(*words: str, stdin: str = "") -> tuple[int, str]:
        environment = {**app_environment, "TIMER_APP_LOG": ""}
        process = start_process(
            ["timer-app", *words], env=environment, stdin=stdin.encode(), prepared=prepared
        )
        return process.wait(), process.stdout

    return run


def card_address(services: Services, card_id: int = CARD_ID) -> str:
    """A card's address at the stand-in of Kaiten."""
    return f"{services.kaiten_url}/{card_id}"


def work_before(app: WholeApp, services: Services, card_id: int = CARD_ID) -> None:
    """Let there be a last task: a minute of work on a card, delivered."""
    card = card_address(services, card_id)
    assert app.ask("add", card=card, **{"from": "-3m", "for": "1m"})["exit"] == 0


def entries_of(app: WholeApp) -> list[dict[str, Any]]:
    """The document of `log`: today's entries."""
    document = app.ask("log", **{"from": "yesterday"})["document"]
    assert isinstance(document, list)
    return document


def agree(app: WholeApp, services: Services) -> None:
    """Both services hold exactly what the journal says, each entry and each log once."""
    told = entries_of(app)
    held = services.entries()
    assert [(e.task, e.key) for e in held] == [
        (one["task"], one["card_url"] or one["task"]) for one in told
    ]
    for entry, one in zip(held, told, strict=True):
        assert near(entry.started_at, one["started_at"]), (entry, one)
        assert near(entry.stopped_at, one["stopped_at"]), (entry, one)
    logs = [
        HeldLog(
            one["card_id"],
            delivery["minutes"],
            datetime.fromisoformat(delivery["for_date"]).date(),
            one["comment"] or None,
        )
        for one in told
        for delivery in one["deliveries"]
        if delivery["kind"] == "log"
    ]
    assert [_without_name(log) for log in services.logs()] == logs
    # An entry past midnight has a log for each date, all with the entry's reference.
    references = [(log.for_date, split_comment(log.comment or "")[1]) for log in services.logs()]
    assert all(reference is not None for _, reference in references)
    assert len(set(references)) == len(references)


def _without_name(log: HeldLog) -> HeldLog:
    words, _ = split_comment(log.comment or "")
    return HeldLog(log.card_id, log.minutes, log.for_date, words or None)


def near(held: datetime | None, told: str | None) -> bool:
    """Whether both are the same instant within a second, or both are none."""
    if held is None or told is None:
        return held is None and told is None
    return abs(held - datetime.fromisoformat(told)) <= timedelta(seconds=1)


@pytest.fixture
def other_window(
    desktop: Desktop, start_process: StartProcess, desktop_environment: Mapping[str, str]
) -> Iterator[Window]:
    """A program that the person works in."""
    code = (
        "from PySide6.QtWidgets import QApplication, QPlainTextEdit; app = QApplication([]);"
        "it = QPlainTextEdit(); it.setWindowTitle('Other program'); it.resize(900, 500); it.show();"
        "app.exec()"
    )
    process = start_process(["python", "-c", code], env=desktop_environment)
    window = desktop.wait_window("Other program", pid=process.pid)
    desktop.wait_active(window)
    yield window
    process.close()
