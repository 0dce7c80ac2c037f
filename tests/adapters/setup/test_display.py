"""Whether Qt can have a display, told before it would abort the process."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from timer_app.adapters.setup.display import DisplayUnavailable, usable_display
from timer_app.adapters.setup.missing_library import missing_library


@pytest.fixture
def wayland(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a compositor that listens."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        listening.bind(str(tmp_path / "wayland-7"))
        listening.listen()
        yield {"XDG_RUNTIME_DIR": str(tmp_path), "WAYLAND_DISPLAY": "wayland-7"}


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({}, "neither DISPLAY nor WAYLAND_DISPLAY is set"),
        ({"DISPLAY": ""}, "neither DISPLAY nor WAYLAND_DISPLAY is set"),
        ({"DISPLAY": ":4321"}, "X11 display :4321"),
        ({"DISPLAY": "no display"}, "X11 display no display"),
        ({"DISPLAY": "\udcff:1"}, "X11 display"),
        ({"QT_QPA_PLATFORM": "xcb"}, "DISPLAY, which names the X11 display, is not set"),
        ({"QT_QPA_PLATFORM": "wayland"}, "XDG_RUNTIME_DIR is not set"),
        ({"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": "/nowhere"}, "display wayland-0"),
        ({"WAYLAND_DISPLAY": "/nowhere/it"}, "display /nowhere/it"),
        ({"WAYLAND_DISPLAY": "/nowhere/" + "x" * 200}, "display /nowhere/x"),
        ({"QT_QPA_PLATFORM": "kms"}, "no platform plug-in 'kms'"),
        ({"QT_QPA_PLATFORM": "../xcb"}, "no platform plug-in '../xcb'"),
        ({"QT_QPA_PLATFORM": "windows:fontengine=freetype", "DISPLAY": ":0"}, "'windows'"),
        ({"QT_QPA_PLATFORM": "kms;xcb"}, "'kms'"),
        ({"QT_QPA_PLATFORM": "eglfs"}, "'eglfs' (QT_QPA_PLATFORM) shows no desktop's windows"),
        ({"QT_QPA_PLATFORM": "linuxfb:fb=/nowhere"}, "'linuxfb'"),
        ({"QT_QPA_PLATFORM": "vkkhrdisplay"}, "'vkkhrdisplay'"),
    ],
)
def test_what_is_missing_is_named_in_one_sentence(environment: dict[str, str], named: str) -> None:
    with pytest.raises(DisplayUnavailable) as error, usable_display(environment):
        pytest.fail("there is no such display")
    text = str(error.value)
    assert named in text
    assert text.startswith("There is no display")
    assert text.endswith(".")
    assert ". " not in text


@pytest.mark.parametrize(
    "platform", ["offscreen", "minimal", "offscreen:fontengine=freetype", "kms;offscreen"]
)
def test_what_draws_by_itself_needs_no_display(platform: str) -> None:
    with usable_display({"QT_QPA_PLATFORM": platform}):
        pass


@pytest.mark.parametrize("platform", ["", "wayland", "wayland-egl", "xcb;wayland"])
def test_a_compositor_that_listens_is_one(wayland: dict[str, str], platform: str) -> None:
    with usable_display(wayland | ({"QT_QPA_PLATFORM": platform} if platform else {})):
        pass


def test_a_compositor_named_by_its_path_is_one(wayland: dict[str, str]) -> None:
    path = f"{wayland['XDG_RUNTIME_DIR']}/{wayland['WAYLAND_DISPLAY']}"
    with usable_display({"WAYLAND_DISPLAY": path}):
        pass


def test_a_plug_in_folder_without_plug_ins_is_named(tmp_path: Path) -> None:
    environment = {"QT_QPA_PLATFORM": "mine", "QT_QPA_PLATFORM_PLUGIN_PATH": str(tmp_path)}
    (tmp_path / "libqmine.so").write_bytes(b"no library")
    with pytest.raises(DisplayUnavailable, match=r"'mine' .* cannot be loaded"):
        usable_display(environment).__enter__()


@pytest.mark.parametrize(
    ("text", "library"),
    [
        (
            "Cannot load /x/libqxcb.so: (libxcb-cursor.so.0: cannot open shared object file)",
            "libxcb-cursor.so.0",
        ),
        ("libEGL.so.1: cannot open shared object file: No such file", "libEGL.so.1"),
        ("No module named 'PySide6'", ""),
    ],
)
def test_the_library_that_the_linker_misses(text: str, library: str) -> None:
    assert missing_library(text) == library
