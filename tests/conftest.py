"""Fixtures for every test, and the rules of the suite.

Rules: a test touches nothing of the user's (home, session bus, keyring, screen); a log line
at WARNING or above fails the test that did not expect it; in CI nothing is skipped.
"""

from __future__ import annotations

import asyncio
import gc
import os
import re
import signal
import sys
from typing import TYPE_CHECKING, Protocol

import pytest
from hypothesis import HealthCheck, settings

from tests.support.environment import ROOT, Home
from tests.support.logs import LogGuard

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
    from pathlib import Path

    from tests.support.bus import BusClient, SessionBus
    from tests.support.desktop import Desktop, Trayer
    from tests.support.prepared import PreparedInterpreter
    from tests.support.process import Process
    from tests.support.secret_service import SecretService
    from tests.support.tray_host import TrayHost
    from tests.support.windows_files import WindowsFiles

_IN_CI = bool(os.environ.get("CI"))
_HOME = Home()
_ISOLATED = _HOME.environment(
    # Widgets in this process are drawn nowhere; whole runs get a real X server of their own.
    QT_QPA_PLATFORM="offscreen",
    # No bus, no keyring: a test that wants one asks for the fixture that makes one.
    DBUS_SESSION_BUS_ADDRESS="disabled:",
    PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring",
)
_REMOVED = ("DISPLAY", "WAYLAND_DISPLAY", "TIMER_APP_HOME", "TIMER_APP_LOG", "QT_API")

# These need a real desktop: their tests are marked `desktop`, and not collected elsewhere.
_DESKTOP_FIXTURES = {"session_bus", "desktop", "trayer", "start_process"}
# A file of tests that asks for one of these plays a part of Linux.
_LINUX_LIBRARIES = re.compile(
    r"^(?:from|import) (?:dbus_fast|Xlib|tests\.support\.(?:bus|desktop|compositor|secret_service)"
    r"|tests\.app\b|fcntl|pwd|resource)\b",
    re.MULTILINE,
)
# Their tests wait for whole programs, and are begun before those that compute.
_FOLDERS_OF_PROGRAMS = {"app", "cli", "demo", "desktop", "install", "prove"}
_IS_LINUX = sys.platform == "linux"
if not _IS_LINUX:
    collect_ignore = ["app", "desktop", "desktops", "prove", "windows"]

_failed = pytest.StashKey[bool]()


# -------------------------------------------------------------------- rules of the suite


def pytest_configure() -> None:
    """Cut this process off from whoever runs it, before anything reads the environment."""
    os.environ.update(_ISOLATED)
    # A shell's background job ignores Ctrl-C, and so would everything that is started here.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in _REMOVED:
        os.environ.pop(name, None)
    if not _IN_CI:  # there hypothesis has a profile of its own: the same draws every time
        # How long a draw takes tells how busy the computer is, and nothing of the test.
        settings.register_profile(
            "timer-app",
            deadline=None,
            print_blob=True,
            suppress_health_check=[HealthCheck.too_slow],
        )
        settings.load_profile("timer-app")


def pytest_unconfigure() -> None:
    """Remove the home that this process was given."""
    _HOME.close()


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave what plays a part of Linux, such as its session bus, to Linux."""
    if _IS_LINUX or collection_path.suffix != ".py":
        return None
    source = collection_path.read_text(encoding="utf-8")
    return True if _LINUX_LIBRARIES.search(source) else None


def pytest_collection() -> None:
    """Collect no garbage beside the tests: all of them are kept, and each worker has them all.

    The search for garbage takes two fifths of that time.
    """
    gc.disable()


def pytest_collection_finish() -> None:
    """Leave the tests out of each later search for garbage."""
    gc.freeze()
    gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what needs a desktop by the fixtures it asks for, so that no one can forget to."""
    for item in items:
        if isinstance(item, pytest.Function) and _DESKTOP_FIXTURES & set(item.fixturenames):
            item.add_marker(pytest.mark.desktop)
    if hasattr(config, "workerinput"):
        items[:] = _longest_first(items, config.workerinput["workercount"])


def _longest_first(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """In as many parts as there are workers, which each begin with one part.

    The slow tests come first, or the last one would be waited for alone, and then those that run
    whole programs and wait for them. The others compute: with them all workers end together.
    """
    slow, programs, others = list[pytest.Item](), list[pytest.Item](), list[pytest.Item]()
    for item in items:
        is_slow = item.get_closest_marker("slow")
        (slow if is_slow else programs if _runs_programs(item) else others).append(item)
    parts = [
        slow[at::workers] + _share(programs, at, workers) + _share(others, at, workers)
        for at in range(workers)
    ]
    return [item for part in parts for item in part]


def _runs_programs(item: pytest.Item) -> bool:
    return item.path.relative_to(ROOT / "tests").parts[0] in _FOLDERS_OF_PROGRAMS


def _share(items: list[pytest.Item], at: int, workers: int) -> list[pytest.Item]:
    """Neighbours stay together: what a file's tests share is made once."""
    return items[len(items) * at // workers : len(items) * (at + 1) // workers]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a skip is a failure: a test that did not run has proved nothing."""
    report = yield
    item.stash[_failed] = item.stash.get(_failed, False) or report.failed
    if report.skipped and not hasattr(report, "wasxfail"):
        _no_skip_in_ci(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a whole file that skips itself."""
    report = yield
    if report.skipped:
        _no_skip_in_ci(report)
    return report


def _no_skip_in_ci(report: pytest.TestReport | pytest.CollectReport) -> None:
    if _IN_CI:
        report.outcome = "failed"
        report.longrepr = f"skipped in CI, where nothing may be: {report.longreprtext}"


def pytest_asyncio_loop_factories(
    item: pytest.Item,
) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Async tests run on asyncio's own loop, and those marked `qasync` on Qt's."""
    if item.get_closest_marker("qasync"):
        return {"qasync": _qt_loop}
    return {"asyncio": asyncio.new_event_loop}


def _qt_loop() -> asyncio.AbstractEventLoop:
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    from timer_app.ui.event_loop import EventLoop

    found = QApplication.instance()
    application = found if isinstance(found, QApplication) else QApplication([])
    # The last window of an earlier test was closed: that must not end this one's loop.
    application.setQuitOnLastWindowClosed(False)
    QCoreApplication.removePostedEvents(application, QEvent.Type.Quit.value)
    return EventLoop(application)


@pytest.fixture(autouse=True)
def logs() -> Iterator[LogGuard]:
    """Fails the test on log lines it did not announce: `logs.expect(...)`, `logs.allow(...)`."""
    with LogGuard() as guard:
        yield guard
    guard.check()


@pytest.fixture
def windows_files(monkeypatch: pytest.MonkeyPatch) -> WindowsFiles:
    """Let this process meet Windows' rule for files that are open."""
    from tests.support.windows_files import WindowsFiles

    return WindowsFiles(monkeypatch)


# -------------------------------------------------------------------- programs


class StartProcess(Protocol):
    """Starts a program that is certain to be gone after the test."""

    def __call__(
        self,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str],
        cwd: Path = ROOT,
        stdin: bytes | None = None,
        prepared: PreparedInterpreter | None = None,
    ) -> Process: ...


@pytest.fixture
def start_process(request: pytest.FixtureRequest) -> Iterator[StartProcess]:
    """`start_process([...], env=...)`: as many as wanted; all are ended after the test.

    A test that fails shows what each of them said.
    """
    from tests.support.process import Process

    started: list[Process] = []

    def start(
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str],
        cwd: Path = ROOT,
        stdin: bytes | None = None,
        prepared: PreparedInterpreter | None = None,
    ) -> Process:
        process = Process(command, env=env, cwd=cwd, stdin=stdin, prepared=prepared)
        started.append(process)
        return process

    yield start
    for process in reversed(started):
        process.close()
    if request.node.stash.get(_failed, False):
        print(*(process.transcript() for process in started), sep="\n\n")  # noqa: T201


@pytest.fixture
def home() -> Iterator[Home]:
    """A home directory and the environment that goes with it."""
    with Home() as home:
        yield home


# -------------------------------------------------------------------- the session bus


@pytest.fixture
def session_bus(home: Home) -> Iterator[SessionBus]:
    """A session bus that only this test knows."""
    from tests.support.bus import SessionBus

    with SessionBus(home) as bus:
        yield bus


@pytest.fixture
def bus_client(session_bus: SessionBus) -> Iterator[BusClient]:
    """A plain client of the test's bus."""
    from tests.support.bus import BusClient

    with BusClient(session_bus.address) as client:
        yield client


@pytest.fixture
def absent_tray_host(session_bus: SessionBus) -> Iterator[TrayHost]:
    """A tray that is not there yet: the test calls `start` when it should appear."""
    from tests.support.tray_host import TrayHost

    with TrayHost(session_bus.address) as host:
        yield host


@pytest.fixture
def tray_host(absent_tray_host: TrayHost) -> TrayHost:
    """A panel's tray on the test's bus, driven without coordinates."""
    absent_tray_host.start()
    return absent_tray_host


@pytest.fixture
def secret_service(home: Home, session_bus: SessionBus) -> Iterator[SecretService]:
    """A real, unlocked gnome-keyring on the test's bus."""
    from tests.support.secret_service import SecretService

    with SecretService(home, session_bus) as service:
        yield service


@pytest.fixture
def locked_secret_service(secret_service: SecretService) -> SecretService:
    """A real gnome-keyring that is locked, with nobody there to ask for the password."""
    secret_service.lock()
    return secret_service


# -------------------------------------------------------------------- the screen


@pytest.fixture(scope="session")
def shared_desktop() -> Iterator[Desktop]:
    """One X server with its window manager for the whole run. Tests ask for `desktop`."""
    from tests.support.desktop import Desktop

    with Desktop() as desktop:
        yield desktop


@pytest.fixture
def desktop(
    shared_desktop: Desktop, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Desktop]:
    """The X server, the mouse at rest. A test that fails leaves a picture of the screen."""
    shared_desktop.rest()
    yield shared_desktop
    if request.node.stash.get(_failed, False):
        print(f"the screen: {shared_desktop.screenshot(tmp_path / 'screen.png')}")  # noqa: T201


@pytest.fixture
def trayer(desktop: Desktop) -> Iterator[Trayer]:
    """A tray of the older kind (XEmbed) on the desktop."""
    from tests.support.desktop import Trayer

    with Trayer(desktop) as trayer:
        yield trayer


@pytest.fixture
def desktop_environment(home: Home, session_bus: SessionBus, desktop: Desktop) -> Mapping[str, str]:
    """The environment of a program on the test's desktop: its screen, its bus, its home."""
    return home.environment(**session_bus.environment, **desktop.environment)
