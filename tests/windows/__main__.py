"""`python -m tests.windows [PART …]`: the app under Wine, by Windows' own Python, Qt and libraries.

Builds the Windows of lab/setup.sh in build/windows, unless it is there or WINDOWS_LAB names
another, puts the commit that is checked out into it, and plays each part. As root on Debian. Slow,
so `make test` does not come here. What Wine cannot show: toasts, idle time, the trust of
certificates, sleep and lock by themselves (their messages are sent by hand), foreground rules.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

from tests.support.environment import ROOT

LAB = Path(__file__).parent / "lab"
FOLDER = Path(os.environ.get("WINDOWS_LAB") or ROOT / "build" / "windows")
DRIVE = FOLDER / "root" / "win" / "prefix" / "drive_c"
HOME = FOLDER / "root" / "win" / "home"
DEMOS = DRIVE / "users" / "root" / "AppData" / "Local" / "Temp"
DEMOS_THERE = r"C:\users\root\AppData\Local\Temp"
BUNDLE = r"C:\bundle\dist\timer-app"
INSTALLED = r"C:\users\root\AppData\Local\Programs\Timer App"
CLASSES = r"HKCU\Software\Classes"
_MENU = DRIVE / "users" / "root" / "AppData" / "Roaming" / "Microsoft" / "Windows" / "Start Menu"
SHORTCUT = _MENU / "Programs" / "Timer App.lnk"
LIMIT = 120.0
"""Seconds for whatever is waited for."""


class Failed(Exception):
    """The app does not do what it should; the text says what."""


def lab(script: str, *words: str | Path, limit: float = LIMIT, home: str = r"Z:\win\home") -> str:
    """What one of the lab's scripts says. Raises Failed."""
    command = [str(LAB / script), str(FOLDER), *map(str, words)]
    environment = {**os.environ, "TIMER_APP_HOME": home}
    # A file, since a pipe would be waited for as long as an app that the command started runs.
    with tempfile.TemporaryFile() as file:
        ended = subprocess.run(
            command, stdout=file, stderr=file, check=False, timeout=limit, env=environment
        )
        file.seek(0)
        said = file.read().decode(errors="replace")  # a console has a code page of its own
    if ended.returncode:
        raise Failed(f"{script} {' '.join(map(str, words))} -> {ended.returncode}\n{said}")
    return said


def run(*words: str, limit: float = LIMIT) -> str:
    """What a command in that Windows says. Raises Failed."""
    return lab("run.sh", *words, limit=limit)


def must(condition: object, what: str) -> None:
    """Raise Failed with `what` unless it is so."""
    if not condition:
        raise Failed(what)


def wait_until(condition: Callable[[], bool], what: str) -> None:
    """Wait until it is so. Raises Failed with `what`."""
    deadline = time.monotonic() + LIMIT
    while not condition():
        must(time.monotonic() < deadline, what)
        time.sleep(0.3)


class App:
    """A running app: `with App():` it has started, and has ended afterwards."""

    def __init__(self, *command: str) -> None:
        self._command = command or ("tray",)
        self._process: subprocess.Popen[str] | None = None
        self._before = len(log())

    def __enter__(self) -> Self:
        environment = {**os.environ, "TIMER_APP_HOME": r"Z:\win\home"}
        self._process = subprocess.Popen(
            [str(LAB / "run.sh"), str(FOLDER), *self._command], text=True, env=environment
        )
        self.wait_for("started tray=")
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None and self._process.poll() is None:
            run("timer-app", "quit")
        self.ended()

    def ended(self) -> int:
        """Its exit code, once it has ended."""
        return self._process.wait(LIMIT) if self._process else 0

    def wait_for(self, words: str) -> None:
        """Wait until its log says so. Raises Failed."""
        wait_until(
            lambda: words in log()[self._before :], f"the log does not say {words!r}:\n{log()}"
        )


def log() -> str:
    """What the app logged."""
    path = HOME / "log" / "app.log"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def new_home() -> None:
    """Begin with nothing but the address of a service that is not there."""
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir()
    (HOME / "settings.toml").write_text('[kaiten]\nurl = "http://127.0.0.1:9"\n', encoding="utf-8")


def own_tests() -> None:
    """The project's own tests, on Windows' Python."""
    lab("tests.sh", "-q", "--no-header", limit=3600)


def demo() -> None:
    """The main job, delivered to both stand-ins, by the command line and by the tray app."""
    must("each exactly once" in run("timer-app", "demo", "--headless"), "the demo's comparison")
    for old in DEMOS.glob("timer-app-demo-*"):
        shutil.rmtree(old)
    with subprocess.Popen([str(LAB / "run.sh"), str(FOLDER), "timer-app", "demo"]) as process:
        try:
            wait_until(lambda: "started tray=" in demo_log(), "the demo does not start")
            (folder,) = DEMOS.glob("timer-app-demo-*")
            home = rf"{DEMOS_THERE}\{folder.name}"
            # Ends with 3 where it is not delivered within that time.
            lab("run.sh", "timer-app", "start", "--task", "Inbox", "--wait", "60", home=home)
            must("kind=start attempt=1 outcome=Done" in demo_log(), demo_log())
            lab("run.sh", "timer-app", "quit", home=home)
            must(process.wait(LIMIT) == 0, "the demo's exit code")
        finally:
            process.kill()  # what of it is left ends with this Windows


def demo_log() -> str:
    """What the tray app of the demo logged."""
    return "".join(
        path.read_text(encoding="utf-8") for path in DEMOS.glob("timer-app-demo-*/log/app.log")
    )


def tray_app() -> None:
    """Starts, answers, is one, takes a link, and quits."""
    new_home()
    with App() as app:
        run("timer-app", "start", "http://127.0.0.1:9/12")
        must("#12" in run("timer-app", "status"), "what runs")
        run("tray")
        app.wait_for("command=raise")
        run("tray", "timer-app://stop")
        app.wait_for("command=link")
        run("timer-app", "quit")
        must(app.ended() == 0, "the exit code")


def presence() -> None:
    """Sleep, lock and the end of the login, as Windows tells them."""
    new_home()
    script = r"Z:\win\app\tests\windows\messages.py"
    with App() as app:
        run("timer-app", "start", "http://127.0.0.1:9/12")
        for word, words in (("sleep", ": asleep"), ("wake", "woke"), ("lock", ": locked")):
            run("python", script, word)
            app.wait_for(words)
        run("python", script, "unlock", "query", "end")
        must(app.ended() == 0, "the exit code")
        must(": ended" in log(), f"the end of the login is not noted:\n{log()}")
    with App() as app:
        run("python", script, "installer")
        must(app.ended() == 0, "the exit code after an installer's request")


def damaged_journal() -> None:
    """It is set aside, and work goes on."""
    new_home()
    run("timer-app", "start", "http://127.0.0.1:9/12")
    (HOME / "journal.sqlite3").write_bytes(b"no database " * 1000)
    said = run("timer-app", "start", "http://127.0.0.1:9/13")
    must("It is kept unchanged" in said, said)
    must(list(HOME.glob("journal.sqlite3.damaged-*")), "what was set aside")


def links() -> None:
    """`desktop install` writes the keys of timer-app:// links, and takes them out."""
    key = r"HKCU\Software\Classes\timer-app"
    run("timer-app", "desktop", "install")
    must("pythonw.exe" in run("wine", "reg", "query", key, "/s"), "the command of links")
    run("timer-app", "desktop", "remove")
    must("open nothing" not in run("timer-app", "desktop", "status"), "links are left")


def bundle() -> None:
    """PyInstaller's folder: the version, the demo, the tray app."""
    lab("bundle.sh", limit=3600)
    run("wine", rf"{BUNDLE}\timer-app.exe", "--version")
    said = run("wine", rf"{BUNDLE}\timer-app.exe", "demo", "--headless")
    must("each exactly once" in said, said)
    new_home()
    with App("wine", rf"{BUNDLE}\timer-app-tray.exe"):
        run("wine", rf"{BUNDLE}\timer-app.exe", "status")
        run("wine", rf"{BUNDLE}\timer-app.exe", "quit")


def installer() -> None:
    """Inno Setup's: in PATH, opens links; quits and starts again what runs; gone without trace."""
    run("wine", "reg", "add", r"HKCU\Environment", "/v", "Path", "/d", r"C:\mine", "/f")
    lab("installer.sh", "install", limit=1800)
    path = run("wine", "reg", "query", r"HKCU\Environment", "/v", "Path")
    must(path.rstrip().endswith(rf"C:\mine;{INSTALLED}"), path)
    opens = run("wine", "reg", "query", rf"{CLASSES}\timer-app\shell\open\command", "/ve")
    must(rf'"{INSTALLED}\timer-app-tray.exe" "%1"' in opens, f"links are opened by {opens}")
    must(SHORTCUT.exists(), f"{SHORTCUT} is missing")
    new_home()
    app = App("wine", rf"{INSTALLED}\timer-app-tray.exe")
    with app:
        before = len(log())
        (setup,) = (DRIVE / "build" / "dist").glob("*-setup.exe")
        run("wine", rf"C:\build\dist\{setup.name}", "/VERYSILENT", "/SUPPRESSMSGBOXES", limit=600)
        must(app.ended() == 0, "the exit code of the app before the upgrade")
        wait_until(lambda: "started tray=" in log()[before:], "it is not started again")
    before = len(log())
    run("wine", rf"{INSTALLED}\unins000.exe", "/VERYSILENT", "/SUPPRESSMSGBOXES", limit=600)
    wait_until(lambda: "quitting" in log()[before:], f"it does not quit:\n{log()}")
    wait_until(
        lambda: "Timer App" not in run("wine", "reg", "query", r"HKCU\Environment", "/v", "Path"),
        "PATH still names the folder",
    )
    folder = DRIVE / "users" / "root" / "AppData" / "Local" / "Programs" / "Timer App"
    wait_until(lambda: not (folder / "timer-app-tray.exe").exists(), f"{folder} is left")
    must("timer-app" not in run("wine", "reg", "query", CLASSES), "links still have an opener")
    must(not SHORTCUT.exists(), f"{SHORTCUT} is left")


PARTS: dict[str, Callable[[], None]] = {
    "demo": demo, "tray": tray_app, "presence": presence, "journal": damaged_journal,
    "links": links, "bundle": bundle, "installer": installer, "tests": own_tests,
}  # fmt: skip


def main(wanted: list[str]) -> int:
    """Play the parts that are named, or all; 0 if each was seen."""
    if not FOLDER.exists():
        print(f"windows: building {FOLDER} (about 4 GB, minutes)", flush=True)
        subprocess.run([LAB / "setup.sh", FOLDER, ROOT], check=True)
    lab("app.sh", ROOT, limit=600)
    run("screen")
    seen = {}
    try:
        for name in wanted or PARTS:
            try:
                PARTS[name]()
                seen[name] = "seen"
            except (Failed, subprocess.TimeoutExpired) as error:
                seen[name] = f"NOT: {error}"
            print(f"windows: {name:10} {PARTS[name].__doc__} {seen[name]}", flush=True)
    finally:
        run("screen-off")
    return 0 if all(each == "seen" for each in seen.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
