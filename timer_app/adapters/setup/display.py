"""Whether Qt can have a display. Where it cannot, it aborts the process.

Asked before QApplication is made, in the way that Qt chooses (qguiapplication.cpp): the plug-ins
that QT_QPA_PLATFORM names in their order, else those of DISPLAY and WAYLAND_DISPLAY, else xcb.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager

from PySide6.QtCore import QLibraryInfo, QPluginLoader

from timer_app.adapters.setup.missing_library import missing_library

_VARIABLES = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY")
_SELF_CONTAINED = ("offscreen", "minimal", "vnc")
"""Plug-ins that draw by themselves. Those of bare screens (eglfs, linuxfb) abort without one."""
_WAYLAND_TIMEOUT_SECONDS = 5.0
"""A compositor that is there takes the connection at once."""


class DisplayUnavailable(Exception):
    """Qt would abort. The text says what is missing, in one sentence."""


@contextmanager
def usable_display(environment: Mapping[str, str] = os.environ) -> Iterator[None]:
    """Qt can have a display within this. Raises DisplayUnavailable where it cannot.

    An X server restarts when its last client leaves, so the connection that tried it stays open
    until Qt has one. Elsewhere than on Linux there is always a display.
    """
    with ExitStack() as tried:
        if sys.platform == "linux":
            _find_display(environment, tried)
        yield


def _find_display(environment: Mapping[str, str], tried: ExitStack) -> None:
    if not any(environment.get(each) for each in _VARIABLES):
        raise DisplayUnavailable(
            "There is no display here: neither DISPLAY nor WAYLAND_DISPLAY is set, as they are in a"
            " desktop session."
        )
    reasons = []
    for name in _candidates(environment):
        reason = _plugin_problem(name, environment) or _connection_problem(name, environment, tried)
        if not reason:
            return
        reasons.append(reason)
    raise DisplayUnavailable(f"There is no display that can be used: {'; '.join(reasons)}.")


def _candidates(environment: Mapping[str, str]) -> list[str]:
    wanted = environment.get("QT_QPA_PLATFORM", "")
    if wanted:
        return [each.partition(":")[0].strip() for each in wanted.split(";")]
    found = [
        name
        for name, variable in (("wayland", "WAYLAND_DISPLAY"), ("xcb", "DISPLAY"))
        if environment.get(variable)
    ]
    return found or ["xcb"]


# The plug-in


def _plugin_problem(name: str, environment: Mapping[str, str]) -> str:
    """Why Qt cannot load the plug-in, or ""."""
    path = _plugin_file(name, environment)
    if path is None:
        known = ", ".join(sorted(_plugins(environment))) or "none"
        return f"Qt has no platform plug-in {name!r} (QT_QPA_PLATFORM), only {known}"
    loader = QPluginLoader(path)
    if loader.load():
        return ""
    library = missing_library(loader.errorString())
    if library:
        return f"Qt's platform plug-in {name!r} needs {library}, which is not installed"
    return f"Qt's platform plug-in {name!r} ({path}) cannot be loaded"


def _plugin_file(name: str, environment: Mapping[str, str]) -> str | None:
    """The usual name is looked for first: reading all of them costs some milliseconds."""
    for folder in _plugin_folders(environment):
        path = f"{folder}/libq{name}.so"
        if "/" not in name and os.path.exists(path):
            return path
    return _plugins(environment).get(name)


def _plugins(environment: Mapping[str, str]) -> dict[str, str]:
    """The files of the platform plug-ins by each of the names that they answer to."""
    found: dict[str, str] = {}
    for folder in _plugin_folders(environment):
        try:
            files = sorted(os.listdir(folder))
        except OSError:
            continue
        for file in files:
            if ".so" not in file:
                continue
            path = f"{folder}/{file}"
            for key in _keys(path):
                found.setdefault(key, path)
    return found


def _plugin_folders(environment: Mapping[str, str]) -> list[str]:
    own = QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)
    roots = [each for each in environment.get("QT_PLUGIN_PATH", "").split(os.pathsep) if each]
    direct = environment.get("QT_QPA_PLATFORM_PLUGIN_PATH", "")
    return [*([direct] if direct else []), *(f"{root}/platforms" for root in [*roots, own])]


def _keys(path: str) -> list[str]:
    """The names of one plug-in, read from its file without loading it."""
    data: object = QPluginLoader(path).metaData()
    for member in ("MetaData", "Keys"):
        data = data.get(member) if isinstance(data, dict) else None
    return [str(key) for key in data] if isinstance(data, list) else []


# The display itself


def _connection_problem(name: str, environment: Mapping[str, str], tried: ExitStack) -> str:
    """Why the plug-in finds no display, or ""; what draws without one needs none."""
    if name == "xcb":
        return _x11_problem(environment, tried)
    if name.startswith("wayland"):
        return _wayland_problem(environment)
    if name in _SELF_CONTAINED:
        return ""
    return f"Qt's platform plug-in {name!r} (QT_QPA_PLATFORM) shows no desktop's windows"


def _x11_problem(environment: Mapping[str, str], tried: ExitStack) -> str:
    display = environment.get("DISPLAY", "")
    if not display:
        return "DISPLAY, which names the X11 display, is not set"
    import ctypes  # here, since other displays do without it

    xcb = ctypes.CDLL("libxcb.so.1")  # the plug-in is linked with it
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(errors="surrogateescape"), None))
    tried.callback(xcb.xcb_disconnect, connection)
    if not xcb.xcb_connection_has_error(connection):
        return ""
    return f"the X11 display {display} (DISPLAY) cannot be reached, or does not let this user in"


def _wayland_problem(environment: Mapping[str, str]) -> str:
    if environment.get("WAYLAND_SOCKET"):
        return ""  # a connection that was handed over
    name = environment.get("WAYLAND_DISPLAY") or "wayland-0"
    folder = environment.get("XDG_RUNTIME_DIR", "")
    if not os.path.isabs(name) and not folder:
        return f"the Wayland display {name} cannot be found, since XDG_RUNTIME_DIR is not set"
    if _is_wayland_reachable(os.path.join(folder, name)):
        return ""
    return (
        f"the Wayland display {name} (WAYLAND_DISPLAY) cannot be reached, or does not let"
        " this user in"
    )


def _is_wayland_reachable(path: str) -> bool:
    if sys.platform == "linux":
        import socket

        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(_WAYLAND_TIMEOUT_SECONDS)
            try:
                connection.connect(path)
            except OSError:
                return False
    return True
