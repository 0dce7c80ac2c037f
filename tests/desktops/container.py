"""Debian 13 in a container of systemd: logins, user managers and D-Bus as on a real computer.

`root` holds the system (debootstrap, 4 GB with all desktops) and is made once. Nothing stays
running after `halt`, and nothing outside the folder changes, but for the two tools that are
installed by apt if they are missing.
"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.environment import ROOT

PERSON = "ada"
"""Whose desktop it is."""
PERSON_ID = 1777
PASSWORD = "pass"
VENV = "/opt/timer-app"
TOOLS = {"debootstrap": "debootstrap", "systemd-nspawn": "systemd-container"}
"""Programs of this machine, and Debian's packages with them."""
MASKED = (
    "lightdm.service", "NetworkManager.service", "NetworkManager-wait-online.service",
    "udisks2.service", "systemd-udevd.service", "systemd-udevd-control.socket",
    "systemd-udevd-kernel.socket", "systemd-networkd.service", "systemd-resolved.service",
    "systemd-timesyncd.service", "fstrim.timer", "ModemManager.service", "bluetooth.service",
    "apt-daily.timer", "apt-daily-upgrade.timer", "systemd-binfmt.service",
    "console-getty.service", "getty@tty1.service", "upower.service",
)  # fmt: skip
"""Units that need hardware, a monitor or a network of their own."""
_RUN_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


class Failed(Exception):
    """Something is not as it should be; the text says what."""


def must(condition: object, what: str) -> None:
    """Raise Failed with `what` unless it is so."""
    if not condition:
        raise Failed(what)


def wait_for(condition: Callable[[], object], what: str, seconds: float = 60.0) -> None:
    """Wait until it is so. Raises Failed with `what`."""
    deadline = time.monotonic() + seconds
    while not condition():
        must(time.monotonic() < deadline, what)
        time.sleep(0.2)


def _call(words: Sequence[str], seconds: float, given: str = "", log: Path | None = None) -> str:
    """What a command prints, both ways; `log` takes it instead. Raises Failed."""
    with (log or Path(os.devnull)).open("ab") as file:
        try:
            ended = subprocess.run(
                words, input=given.encode(), check=False, timeout=seconds,
                stdout=file if log else subprocess.PIPE, stderr=subprocess.STDOUT,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise Failed(f"{shlex.join(words[-6:])}: no end within {seconds:g} s") from error
    said = (ended.stdout or b"").decode(errors="replace")
    if ended.returncode:
        raise Failed(f"{shlex.join(words[-6:])} -> {ended.returncode} {said.strip()} {log or ''}")
    return said


def missing_on_this_machine() -> list[str]:
    """What this machine lacks, with what to do. Tools are installed where that is possible."""
    if os.geteuid() != 0:
        return ["Only root can start such a container: sudo make desktops."]
    lacks = [package for tool, package in TOOLS.items() if not shutil.which(tool)]
    if lacks and shutil.which("apt-get"):
        for words in (["update"], ["install", "-y", "--no-install-recommends", *lacks]):
            subprocess.run(
                ["apt-get", "-qq", *words], check=False, stdout=subprocess.DEVNULL,
                env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            )  # fmt: skip
    found = [
        f"{tool} is missing: install Debian's package {package}."
        for tool, package in TOOLS.items()
        if not shutil.which(tool)
    ]
    if not Path("/sys/fs/cgroup").is_dir():
        found.append("There is no /sys/fs/cgroup: the kernel has no control groups.")
    return found


@dataclass
class Container:
    """The root in a folder, and what runs in it."""

    folder: Path
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def root(self) -> Path:
        """Its /."""
        return self.folder / "root"

    # How it is made

    def build(self, packages: Mapping[str, Sequence[str]]) -> None:
        """Make what is not there yet; `packages` by the names of their groups. Raises Failed."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if not (self.root / "etc/debian_version").exists():
            print(f"desktops: Debian 13 into {self.root} (about 4 GB, minutes)", flush=True)
            self._debootstrap()
        wanted = {name: group for name, group in packages.items() if not self._mark(name).exists()}
        if wanted:
            self._lend_network()
            self._nspawn("apt-get", "-qq", "update")
        for name, group in wanted.items():
            print(f"desktops: packages of {name}", flush=True)
            self._install(group)
            self._mark(name).write_text("\n".join(group))
        self._settle()

    def _mark(self, group: str) -> Path:
        return self.root / "opt" / f"installed-{group}"

    @property
    def _log(self) -> Path:
        return self.folder / "build.log"

    def _debootstrap(self) -> None:
        mirror = os.environ.get("DEBIAN_MIRROR", "http://deb.debian.org/debian")
        words = ["debootstrap", "--variant=minbase", "--include=ca-certificates,dbus,locales"]
        _call([*words, "trixie", str(self.root), mirror], 1800, log=self._log)

    def _lend_network(self) -> None:
        """Take over names and authorities: a company's proxy may inspect connections."""
        shutil.copy("/etc/resolv.conf", self.root / "etc/resolv.conf")
        trusted = Path("/etc/ssl/certs/ca-certificates.crt")
        if trusted.exists():
            shutil.copy(trusted, self.root / trusted.relative_to("/"))

    def _install(self, group: Sequence[str]) -> None:
        refuse = self.root / "usr/sbin/policy-rc.d"  # nothing starts while it is installed
        refuse.write_text("#!/bin/sh\nexit 101\n")
        refuse.chmod(0o755)
        words = ["apt-get", "-qq", "install", "-y", "--no-install-recommends"]
        self._nspawn("env", "DEBIAN_FRONTEND=noninteractive", *words, *group)
        refuse.unlink()

    def _nspawn(self, *words: str) -> None:
        """Run a command in the root while the container does not run."""
        nspawn = ["systemd-nspawn", "--quiet", "--register=no", "--keep-unit", "--as-pid2"]
        nspawn += ["--resolv-conf=off", "--timezone=off", "--pipe", "-D", str(self.root)]
        _call(["nice", *nspawn, *words], 3600, log=self._log)

    def _settle(self) -> None:
        units = self.root / "etc/systemd/system"
        for unit in MASKED:
            _link(units / unit, "/dev/null")
        (units / "display-manager.service").unlink(missing_ok=True)
        _link(units / "default.target", "/lib/systemd/system/multi-user.target")
        (self.root / "etc/hostname").write_text("desktops\n")
        if f"{PERSON}:" not in (self.root / "etc/passwd").read_text():
            self._nspawn("useradd", "-m", "-s", "/bin/bash", "-u", str(PERSON_ID), PERSON)
            self._nspawn("sh", "-c", f"echo {PERSON}:{PASSWORD} | chpasswd")
        (self.root / "opt/pictures").mkdir(exist_ok=True)
        (self.root / "opt/pictures").chmod(0o777)  # the person's programs write them, or root's
        inside = Path(__file__).parent / "inside"
        shutil.copytree(inside, self.root / "opt/inside", dirs_exist_ok=True)

    def install_app(self) -> None:
        """The app of this checkout, as pip installs it. Raises Failed."""
        wheels = self.folder / "wheel"
        shutil.rmtree(wheels, ignore_errors=True)
        make = ["make", "-C", str(ROOT), "--no-print-directory", "wheel"]
        _call(make, 600, log=self._log)
        shutil.rmtree(self.root / "opt/wheel", ignore_errors=True)
        shutil.copytree(ROOT / "dist", self.root / "opt/wheel", ignore=_only_wheels)
        settings = [
            f"{name}={value}"
            for name, value in os.environ.items()
            if name.startswith("PIP_INDEX") or name.lower().endswith("_proxy")
        ]
        pip = f"{VENV}/bin/pip --disable-pip-version-check install --quiet"
        self.run("env", *settings, "sh", "-c", f"""
            [ -x {VENV}/bin/pip ] || python3 -m venv {VENV}
            {pip} --force-reinstall --no-deps /opt/wheel/*.whl && {pip} /opt/wheel/*.whl
            ln -sf {VENV}/bin/timer-app /usr/local/bin/timer-app""", seconds=900)  # fmt: skip

    # How it runs

    def boot(self) -> None:
        """Start its systemd. Raises Failed."""
        log = (self.folder / "boot.log").open("wb")
        words = ["systemd-nspawn", "--quiet", "--register=no", "--keep-unit", "-D", str(self.root),
                 "-M", "desktops", "--console=pipe", "--capability=all", "--boot"]  # fmt: skip
        self._process = subprocess.Popen(
            [*words], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True, env={**os.environ, "SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1"},
        )  # fmt: skip
        wait_for(self._has_booted, f"the container does not boot: {log.name}", 60)

    def _has_booted(self) -> bool:
        try:
            self.run("sh", "-c", "systemctl is-system-running | grep -qE 'running|degraded'")
        except Failed:
            return False
        return True

    def halt(self) -> None:
        """End it, and all that runs in it."""
        process, self._process = self._process, None
        if process is None or process.poll() is not None:
            return
        leader = self._children(process.pid)
        if leader:
            os.kill(leader[0], signal.SIGRTMIN + 4)  # systemd's word for "power off"
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()

    def _children(self, process: int) -> list[int]:
        try:
            told = Path(f"/proc/{process}/task/{process}/children").read_text()
        except OSError:
            return []
        return [int(each) for each in told.split()]

    def run(self, *words: str, seconds: float = 120.0, given: str = "") -> str:
        """What a command of root's prints in it. Raises Failed."""
        leader = self._children(self._process.pid) if self._process else []
        must(leader, f"the container does not run: {self.folder / 'boot.log'}")
        enter = ["nsenter", "-t", str(leader[0]), "-m", "-u", "-i", "-p", "-C", "-r", "-w"]
        clean = ["env", "-i", f"PATH={_RUN_PATH}", "HOME=/root", "LANG=C.UTF-8", "TERM=dumb"]
        return _call([*enter, *clean, *words], seconds, given)

    def as_person(self, *words: str, seconds: float = 120.0, given: str = "") -> str:
        """The same as the person, in the environment that their desktop gave. Raises Failed."""
        unit = ["systemd-run", "--user", "--quiet", "--pipe", "--wait", "--collect",
                f"--working-directory=/home/{PERSON}"]  # fmt: skip
        return self.run(*_PERSON_WORDS, *unit, *words, seconds=seconds, given=given)

    def spawn(self, name: str, *words: str) -> None:
        """Start a program of the person's that stays, as a menu does: `name` is its desktop id."""
        self.run(*_PERSON_WORDS, "systemctl", "--user", "reset-failed")
        unit = f"--unit=app-{name}@played.service"
        self.run(*_PERSON_WORDS, "systemd-run", "--user", "--quiet", "--collect", unit, *words)

    def stop(self, name: str) -> None:
        """End a program that `spawn` started, if it still runs."""
        if self.is_up(name):
            self.run(*_PERSON_WORDS, "systemctl", "--user", "stop", f"app-{name}@played.service")

    def is_up(self, name: str) -> bool:
        """Whether a program that `spawn` started still runs."""
        return self._says(*_PERSON_WORDS, "systemctl", "--user", "is-active", "--quiet",
                          f"app-{name}@played.service")  # fmt: skip

    def owns(self, bus_name: str) -> bool:
        """Whether somebody has a name on the person's bus."""
        words = ("busctl", "--user", "--no-pager", "status", bus_name)
        return self._says(*_PERSON_WORDS, *words)

    def runs(self, program: str) -> bool:
        """Whether a program of that name runs."""
        return self._says("pgrep", "-x", program)

    def has(self, path: str, words: str) -> bool:
        """Whether a file is there and says so."""
        return self._says("grep", "-q", words, path)

    def _says(self, *words: str) -> bool:
        try:
            self.run(*words)
        except Failed:
            return False
        return True

    def put(self, path: str, text: str, *, executable: bool = False) -> None:
        """Write a file of the person's home."""
        file = self.home / path
        missing = [each for each in file.parents if not each.exists()]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        for each in (file, *missing):
            os.chown(each, PERSON_ID, PERSON_ID)
        file.chmod(0o755 if executable else 0o644)

    @property
    def home(self) -> Path:
        """The person's home, from outside."""
        return self.root / "home" / PERSON

    def hide_services(self, *names: str) -> None:
        """Of the session bus' services hide these, as if they were not installed, and no others."""
        folder = self.root / "usr/share/dbus-1/services"
        for path in folder.glob("*.hidden"):
            path.rename(path.with_suffix(""))
        for name in names:
            path = folder / f"{name}.service"
            if path.exists():
                path.rename(f"{path}.hidden")

    def new_home(self) -> None:
        """Begin as a new user."""
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.copytree(self.root / "etc/skel", self.home)
        for path in (self.home, *self.home.rglob("*")):
            os.chown(path, PERSON_ID, PERSON_ID)


_PERSON_WORDS = (
    "runuser", "-u", PERSON, "--", "env", f"XDG_RUNTIME_DIR=/run/user/{PERSON_ID}",
    f"DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/{PERSON_ID}/bus", f"HOME=/home/{PERSON}",
)  # fmt: skip


def _link(path: Path, target: str) -> None:
    if not path.is_symlink():
        path.unlink(missing_ok=True)
        path.symlink_to(target)


def _only_wheels(_folder: str, names: list[str]) -> list[str]:
    return [name for name in names if not name.endswith(".whl")]
