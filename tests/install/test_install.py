"""`pip install .` outside the checkout: the demo runs from there, and all files came along."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.environment import ROOT

if TYPE_CHECKING:
    from tests.conftest import StartProcess
    from tests.support.environment import Home

COPIED = ("timer_app", "resources", "packaging", "pyproject.toml", "setup.py", "README.md",
          "LICENSE", "MANIFEST.in")  # fmt: skip


def _data(folder: Path) -> set[str]:
    """The files of a package that are not code."""
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"}
    }


def _pip(*words: str | Path) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *map(str, words)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.mark.slow
def test_installed_from_a_wheel_it_works_anywhere(
    home: Home, start_process: StartProcess, tmp_path: Path
) -> None:
    """No network: the wheel is built with this environment's setuptools, the libraries are its."""
    source = tmp_path / "source"
    source.mkdir()
    for name in COPIED:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, source / name, ignore=ignored)
        elif (ROOT / name).exists():
            shutil.copy(ROOT / name, source / name)
    _pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", tmp_path, source)
    (wheel,) = tmp_path.glob("timer_app-*.whl")
    place = home.path / "elsewhere"
    venv.create(place, symlinks=True)
    python = place / "bin" / "python"
    _pip("--python", python, "install", "--no-deps", "--no-index", wheel)
    site = next(place.glob("lib/python*/site-packages"))
    _borrow_libraries(site)
    installed = site / "timer_app"
    assert installed.is_dir()
    assert not installed.is_symlink()
    assert _data(installed / "resources" / "icons") == _data(ROOT / "resources" / "icons")
    assert (installed / "py.typed").is_file()

    environment = home.environment()
    where: list[str | Path] = [python, "-c", "import timer_app; print(timer_app.__file__)"]
    asked = start_process(where, env=environment, cwd=Path("/"))
    assert asked.wait() == 0, asked.transcript()
    assert asked.stdout.startswith(str(site)), asked.transcript()

    command = place / "bin" / "timer-app"
    demo = start_process([command, "demo", "--headless"], env=environment, cwd=Path("/"))
    assert demo.wait() == 0, demo.transcript()
    assert "each exactly once" in demo.stdout
    module = start_process([python, "-m", "timer_app", "--version"], env=environment, cwd=Path("/"))
    assert module.wait() == 0, module.transcript()
    assert module.stdout.startswith("timer-app ")
    icons = "from timer_app.resources import __path__; print(*__path__)"
    asked = start_process([python, "-c", icons], env=environment, cwd=Path("/"))
    assert asked.wait() == 0, asked.transcript()
    assert asked.stdout.startswith(str(site))


def _borrow_libraries(site: Path) -> None:
    """Every library of this environment, but neither the app nor its editable finder."""
    (library,) = [Path(path) for path in sys.path if path.startswith(sys.prefix)
                  and path.endswith("site-packages")]  # fmt: skip
    for path in library.iterdir():
        ours = "timer_app" in path.name or path.suffix == ".pth"
        if not ours and not (site / path.name).exists():
            (site / path.name).symlink_to(path)
