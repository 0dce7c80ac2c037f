"""What the app is built on may be used so, and THIRD-PARTY.md lists it."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

import pytest

from tests.support.environment import ROOT


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    """The script, which is in no package."""
    spec = importlib.util.spec_from_file_location("licences", ROOT / "packaging" / "licences.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["licences"] = module  # where its dataclass looks for itself
    spec.loader.exec_module(module)
    return module


def test_each_licence_is_one_that_goes_with_ours(licences: ModuleType) -> None:
    wrong = {each.name: each.licence for each in licences.libraries()
             if not licences.allowed(each.licence)}  # fmt: skip
    assert wrong == {}


def test_the_list_is_of_what_is_installed(licences: ModuleType) -> None:
    """`python packaging/licences.py` makes it anew."""
    listed = (ROOT / "THIRD-PARTY.md").read_text(encoding="utf-8")
    assert listed == licences.text(licences.libraries())


def test_it_looks_through_all_of_them(licences: ModuleType) -> None:
    found = {each.name: each for each in licences.libraries()}
    assert {"pyside6-essentials", "shiboken6", "httpx", "h11", "socksio"} <= found.keys()
    assert found["pywin32-ctypes"].systems == ("win32",)
    assert "pytest" not in found


@pytest.mark.parametrize(
    ("licence", "good"),
    [
        ("MIT", True), ("Apache-2.0 AND MIT", True), ("GPL-3.0-only OR LGPL-3.0-only", True),
        ("GPL-3.0-only", False), ("MIT AND GPL-3.0-only", False), ("", False), ("AGPL", False),
    ],
)  # fmt: skip
def test_what_is_allowed(licences: ModuleType, licence: str, *, good: bool) -> None:
    assert licences.allowed(licence) is good
