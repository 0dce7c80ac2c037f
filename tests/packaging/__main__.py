"""`python -m tests.packaging [KIND …]`: each package installed where nothing else is, and used.

What is in dist/ is tried, as `make packages` has put it there: nothing is built here. The whole-run
tests of the checkout are played with the built program in its place, on a real desktop with a
real keyring. Slow, so `make test` does not come here.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.support.environment import ROOT

DIST = ROOT / "dist"
BUILD = ROOT / "build"
PLAYED = ("tests/app/test_tray.py", "tests/app/test_xembed_tray.py",
          "tests/app/test_second_start.py",
          "tests/app/test_panel_in_use.py", "tests/app/test_hotkeys.py",
          "tests/app/test_notifications.py", "tests/app/test_networks.py",
          "tests/app/test_services_in_trouble.py", "tests/cli/test_accounts.py",
          "tests/cli/test_support_report.py")  # fmt: skip
"""Tray, keyring, hot keys, notifications, proxies and certificates, the command line."""
PLAYED_SHORT = ("tests/app/test_tray.py", "tests/cli/test_accounts.py")


class Failed(Exception):
    """A package does not do what it should; the text says what."""


def _run(*words: str | Path, env: Mapping[str, str] | None = None) -> str:
    """What a command prints; it runs outside the checkout. Raises Failed."""
    command = [str(word) for word in words]
    ended = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd="/", env=env, timeout=900
    )
    if ended.returncode:
        raise Failed(f"{' '.join(command)} -> {ended.returncode}\n{ended.stdout}{ended.stderr}")
    return ended.stdout


def _say(text: str) -> None:
    print(f"packages: {text}", flush=True)


def _only(pattern: str) -> Path:
    found = list(DIST.glob(pattern))
    if len(found) != 1:
        raise Failed(f"dist/{pattern}: {len(found)} of them. `make packages` makes one.")
    return found[0]


def _uses_it(*program: str | Path) -> None:
    """Version with its commit, and the main job against the stand-ins."""
    version = _run(*program, "--version").strip()
    if "(commit " not in version:
        raise Failed(f"{version}: of which commit?")
    if "Both match the entry: each exactly once." not in _run(*program, "demo", "--headless"):
        raise Failed("the demo did not say that both match")
    _say(f"  {version}: played the main job")


def _play(programs: Path, tests: tuple[str, ...]) -> None:
    """The whole-run tests with the `timer-app` of a folder."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests]
    environment = {**os.environ, "TIMER_APP_PROGRAMS": str(programs)}
    if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
        raise Failed(f"the tests above, with {programs}/timer-app")


def wheel() -> None:
    """Into a new environment outside the checkout, with what it asks for and nothing else."""
    package = _only("timer_app-*.whl")
    with zipfile.ZipFile(package) as archive:
        names = set(archive.namelist())
    for end in ("licenses/LICENSE", "i18n/ja.qm", "io.github.timer_app.desktop",
                "man/man1/timer-app.1", "completions/timer-app",
                "icons/timer-app.svg"):  # fmt: skip
        if not any(name.endswith(end) for name in names):
            raise Failed(f"{package.name} has no {end}")
    with tempfile.TemporaryDirectory() as folder:
        _run(sys.executable, "-m", "venv", "--without-pip", folder)
        versions = Path(folder, "versions.txt")
        versions.write_text(_locked_versions())
        pip = (sys.executable, "-m", "pip", "--quiet", "--python", f"{folder}/bin/python")
        _run(*pip, "install", "--only-binary", ":all:", "--constraint", versions, package)
        _uses_it(f"{folder}/bin/timer-app")


def _locked_versions() -> str:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    return "\n".join(line.rstrip(" \\") for line in lines if "==" in line and line[0].isalnum())


def sdist() -> None:
    """A wheel made of it is the wheel that was made of the checkout."""
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(_only("timer_app-*.tar.gz")) as archive:
            archive.extractall(folder, filter="data")
        (source,) = Path(folder).iterdir()
        options = ("--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", folder)
        _run(sys.executable, "-m", "pip", "wheel", *options, source)
        (made,) = Path(folder).glob("*.whl")
        with zipfile.ZipFile(made) as ours, zipfile.ZipFile(_only("timer_app-*.whl")) as theirs:
            differing = {
                name
                for name in {*ours.namelist(), *theirs.namelist()}
                if not name.endswith("RECORD") and _read(ours, name) != _read(theirs, name)
            }
    if differing:
        raise Failed(f"the wheel of the sdist differs in {sorted(differing)}")
    _say("  makes the same wheel")


def _read(archive: zipfile.ZipFile, name: str) -> bytes | None:
    return archive.read(name) if name in archive.namelist() else None


def bundle() -> None:
    """Copied to a place with a space, and started without Python, PATH or a home."""
    with tempfile.TemporaryDirectory(prefix="a place ") as folder:
        shutil.copytree(DIST / "bundle" / "timer-app", Path(folder, "timer-app"), symlinks=True)
        program = Path(folder, "timer-app", "timer-app")
        _uses_it("/usr/bin/env", "-i", "LANG=C.UTF-8", program)
        _play(program.parent, PLAYED)


def deb() -> None:
    """Installed by apt on a Debian that has nothing but itself."""
    package = _only("timer-app_*.deb")
    root = _clean_root()
    shutil.copy(package, root / "var/cache" / package.name)
    inside = _inside(root)
    _run(*inside, "apt-get", "--quiet", "update")
    install = ("apt-get", "--yes", "--quiet", "--no-install-recommends", "install")
    _run(*inside, "env", "DEBIAN_FRONTEND=noninteractive", *install, f"/var/cache/{package.name}")
    _uses_it(*inside, "timer-app")
    _its_papers(root)
    _play(_programs_of(root), PLAYED_SHORT)
    _run(*inside, "dpkg", "--purge", "timer-app")
    left = [path for path in root.rglob("*timer*app*") if "var/cache" not in str(path)]
    if left:
        raise Failed(f"after its removal there are {left}")
    _say("  nothing is left of it after its removal")


def _programs_of(root: Path) -> Path:
    """A folder whose `timer-app` is the one installed there. Its /tmp is ours: homes, buses."""
    programs = BUILD / "deb-programs"
    programs.mkdir(exist_ok=True)
    program = programs / "timer-app"
    # By its whole path: this folder is first in PATH, in there too.
    words = shlex.join([*_with_mounts(root), "chroot", str(root), "/usr/bin/timer-app"])
    program.write_text(f'#!/bin/sh\nexec {words} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return programs


def _its_papers(root: Path) -> None:
    """Menu entry, software centre, manual and completions are where desktops and shells look."""
    share = root / "usr/share"
    _run("desktop-file-validate", share / "applications/io.github.timer_app.desktop")
    _run(
        "appstreamcli", "validate", "--no-net", share / "metainfo/io.github.timer_app.metainfo.xml"
    )
    if "--bundle FILE" not in _run("man", "--local-file", share / "man/man1/timer-app.1.gz"):
        raise Failed("the manual page does not name --bundle FILE")
    for name in ("icons/hicolor/scalable/apps/io.github.timer_app.svg",
                 "bash-completion/completions/timer-app", "zsh/vendor-completions/_timer-app",
                 "fish/vendor_completions.d/timer-app.fish",
                 "doc/timer-app/copyright"):  # fmt: skip
        if not (share / name).is_file():
            raise Failed(f"there is no {name}")
    if (root / "etc/xdg/autostart/io.github.timer_app.desktop").exists():
        raise Failed("it starts at everybody's login unasked")
    _say("  menu entry, metainfo, manual and completions are in place")


def _clean_root() -> Path:
    """A Debian of its own below build/; made once, used as a copy."""
    whole, root = BUILD / "debian.tar", BUILD / "debian"
    if not whole.exists():
        _say("  making a bare Debian")
        _run("mmdebstrap", "--mode=root", "--variant=apt", "bookworm", whole)
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    _run("tar", "--extract", "--file", whole, "--directory", root)
    shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")
    return root


def _with_mounts(root: Path) -> tuple[str, ...]:
    """Words before a command: /proc, /dev and /tmp are in the root while it runs, no longer."""
    mounts = "".join(
        f'mount --rbind /{name} "{root}/{name}" && ' for name in ("proc", "dev", "tmp")
    )
    return ("unshare", "--mount", "sh", "-c", f'{mounts}exec "$@"', "-")


def _inside(root: Path) -> tuple[str | Path, ...]:
    path = "PATH=/usr/sbin:/usr/bin:/sbin:/bin"
    return (*_with_mounts(root), "env", "-i", path, "LANG=C.UTF-8", *_proxies(), "chroot", root)


def _proxies() -> tuple[str, ...]:
    """What leads apt outside, where something must."""
    return tuple(f"{name}={value}" for name, value in os.environ.items() if name.endswith("_proxy"))


KINDS: dict[str, Callable[[], None]] = {
    "wheel": wheel,
    "sdist": sdist,
    "bundle": bundle,
    "deb": deb,
}


def main(wanted: list[str]) -> int:
    """Try the packages; returns 0, or 1 if one failed."""
    failed = []
    for kind in wanted or KINDS:
        _say(kind)
        try:
            KINDS[kind]()
        except Failed as error:
            _say(f"  FAILED: {error}")
            failed.append(kind)
    _say(f"failed: {', '.join(failed)}" if failed else "each was installed and did its work")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
