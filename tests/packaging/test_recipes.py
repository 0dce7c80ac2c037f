"""What can be said of the recipes without building anything."""

from __future__ import annotations

import re
import subprocess
import tomllib
from xml.etree import ElementTree as ET

from tests.support.environment import ROOT
from tests.support.tools import tool

PACKAGING = ROOT / "packaging"
METAINFO = PACKAGING / "appstream" / "io.github.timer_app.metainfo.xml"
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def _version() -> str:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])


def test_software_centres_take_the_metainfo() -> None:
    command = [tool("appstreamcli"), "validate", "--no-net", str(METAINFO)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_the_metainfo_names_this_version_and_what_there_is() -> None:
    component = ET.parse(METAINFO).getroot()  # noqa: S314 - our own file
    assert component.find("releases/release").get("version") == _version()  # type: ignore[union-attr]
    launchable = component.findtext("launchable")
    assert (ROOT / "resources" / str(launchable)).is_file()
    assert component.findtext("id") == str(launchable).removesuffix(".desktop")


def test_every_action_of_the_workflows_is_pinned_by_its_commit() -> None:
    assert [path.name for path in WORKFLOWS] == ["ci.yml", "release.yml"]
    used = [
        line.strip()
        for path in WORKFLOWS
        for line in path.read_text(encoding="utf-8").splitlines()
        if "uses:" in line
    ]
    assert used
    pinned = re.compile(r"(?:- )?uses: [\w-]+/[\w-]+@[0-9a-f]{40}  # v[0-9.]+")
    assert [line for line in used if not pinned.fullmatch(line)] == []


def test_the_workflows_use_targets_that_there_are() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for path in WORKFLOWS:
        for words in re.findall(r"run: make (.+)", path.read_text(encoding="utf-8")):
            missing = [word for word in words.split() if f"\n{word}:" not in makefile]
            assert missing == [], path.name


def test_the_workflows_use_modules_and_scripts_that_there_are() -> None:
    used = {
        word
        for path in WORKFLOWS
        for word in re.findall(
            r"-m (tests[\w.]*)|(packaging/[\w/.-]+)", path.read_text(encoding="utf-8")
        )
    }
    assert {module for module, _ in used} == {"", "tests.packaging", "tests.windows.own_tests"}
    for module, script in used:
        path = ROOT / module.replace(".", "/") if module else ROOT / script
        assert path.exists() or path.with_suffix(".py").exists(), path
