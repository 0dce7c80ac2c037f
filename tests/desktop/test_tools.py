"""What the tests need is installed by `make test`, and a missing tool names its package."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontDatabase

from tests.support.environment import ROOT
from tests.support.tools import PACKAGES, MissingToolError, tool

PART_OF_EVERY_DEBIAN = {"bash", "util-linux"}


def listed_packages() -> set[str]:
    """The packages that `make test` installs."""
    lists = [ROOT / "packaging/setup" / name for name in ("gui.txt", "tests.txt")]
    lines = [line.split("#")[0] for path in lists for line in path.read_text().splitlines()]
    return {word for line in lines for word in line.split()}


def test_every_tools_package_is_installed_by_make() -> None:
    assert set(PACKAGES.values()) <= listed_packages() | PART_OF_EVERY_DEBIAN


@pytest.mark.desktop
@pytest.mark.parametrize("name", PACKAGES)
def test_every_tool_is_here(name: str) -> None:
    assert tool(name)


def test_a_missing_tool_names_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    tool.cache_clear()
    with pytest.raises(MissingToolError, match="apt-get install xvfb"):
        tool("Xvfb")


@pytest.mark.desktop
@pytest.mark.parametrize(
    "script",
    [
        QFontDatabase.WritingSystem.Latin,
        QFontDatabase.WritingSystem.Cyrillic,
        QFontDatabase.WritingSystem.Japanese,
    ],
)
@pytest.mark.usefixtures("qapp")
def test_the_languages_of_the_app_can_be_drawn(script: QFontDatabase.WritingSystem) -> None:
    assert QFontDatabase.families(script)
