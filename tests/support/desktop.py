"""A real X server with a window manager, and a person's hands and eyes on it.

Mouse and keys go through xdotool (the XTEST extension), so a program cannot tell them from real
ones. What is on the screen is read through a connection that wakes on the server's events.
"""

from __future__ import annotations

import select
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self, TypeVar

from Xlib import X, Xatom
from Xlib.display import Display
from Xlib.error import BadDrawable, BadWindow, CatchError

from tests.support.environment import Home
from tests.support.limits import TIME_LIMIT, Deadline
from tests.support.process import Process
from tests.support.tools import tool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from Xlib.xobject.drawable import Window as XWindow

T = TypeVar("T")

LEFT, MIDDLE, RIGHT = 1, 2, 3

WIDTH, HEIGHT = 1280, 800
_GONE = (BadWindow, BadDrawable)  # a window may go while we look
_EVENTS = X.PropertyChangeMask | X.SubstructureNotifyMask | X.StructureNotifyMask


@dataclass(frozen=True)
class Window:
    """A window as it was when looked at; its place is that of its contents on the screen."""

    id: int
    title: str
    pid: int
    x: int
    y: int
    width: int
    height: int
    popup: bool  # a menu or tooltip: the window manager does not know it

    @property
    def centre(self) -> tuple[int, int]:
        """A point to click."""
        return self.x + self.width // 2, self.y + self.height // 2

    def inside(self, other: Window) -> bool:
        """Whether all of it can be seen: within the other window, and on the screen."""
        left, top = max(0, other.x), max(0, other.y)
        right, bottom = min(WIDTH, other.x + other.width), min(HEIGHT, other.y + other.height)
        across = left <= self.x and self.x + self.width <= right
        return across and top <= self.y and self.y + self.height <= bottom


class Desktop:
    """Xvfb with openbox. Programs are put on it by `environment`."""

    def __init__(self) -> None:
        self._home = Home()
        self._running: list[Process] = []
        self._clipboard: Process | None = None
        try:
            self.display = self._start_server()
            # Without the session bus of whoever runs the tests, and with Qt's xcb plugin.
            self.environment = {"DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}
            self._x = Display(self.display)
            self._x.set_error_handler(CatchError(*_GONE))
            self._root = self._x.screen().root
            self._start_window_manager()
        except BaseException:
            self._end_all()
            raise

    def _start_server(self) -> str:
        command = [tool("Xvfb"), "-displayfd", "1", "-screen", "0", f"{WIDTH}x{HEIGHT}x24"]
        server = self._start([*command, "-nolisten", "tcp", "-noreset"], {})
        return f":{server.wait_line('^[0-9]+$', stream='stdout').group()}"

    def _start_window_manager(self) -> None:
        self._start([tool("openbox"), "--sm-disable"], self.environment)
        self.wait(lambda: self._numbers(self._root, "_NET_SUPPORTING_WM_CHECK"), "openbox")

    def _start(
        self, command: list[str], extra: dict[str, str], stdin: bytes | None = None
    ) -> Process:
        process = Process(command, env=self._home.environment(**extra), stdin=stdin)
        self._running.append(process)
        return process

    # ------------------------------------------------------------------ eyes

    def wait(self, look: Callable[[], T | None], what: str, limit: float = TIME_LIMIT) -> T:
        """What `look` finds (not None, not empty): called now, and again on the X server's events.

        `look` reads windows through this object, which subscribes to whatever it reads.
        """
        deadline = Deadline(limit, what)
        while True:
            self._watch(self._root)
            if found := look():
                return found
            self._next_events(deadline)

    def _next_events(self, deadline: Deadline) -> None:
        poll = select.poll()
        poll.register(self._x.fileno(), select.POLLIN)
        while not self._x.pending_events():
            poll.poll(deadline.left(self._describe) * 1000)
        while self._x.pending_events():
            self._x.next_event()

    def _watch(self, window: XWindow) -> None:
        window.change_attributes(event_mask=_EVENTS)

    def _describe(self) -> str:
        return "\n".join(str(window) for window in self.windows())

    def windows(self) -> list[Window]:
        """All that programs show: windows under the window manager, then menus and tooltips."""
        managed = [
            self._x.create_resource_object("window", number)
            for number in self._numbers(self._root, "_NET_CLIENT_LIST") or ()
        ]
        found = [self._look_at(window, popup=False) for window in managed]
        found += [self._look_at(window, popup=True) for window in self._popups()]
        return [window for window in found if window is not None]

    def _popups(self) -> Iterator[XWindow]:
        for window in self._root.query_tree().children:
            try:
                facts = window.get_attributes()
            except _GONE:
                continue
            shown = facts.map_state == X.IsViewable and facts.override_redirect
            if shown and self._numbers(window, "_NET_WM_PID"):
                yield window

    def _look_at(self, window: XWindow, *, popup: bool) -> Window | None:
        try:
            self._watch(window)
            place = window.get_geometry()
            corner = window.translate_coords(self._root, 0, 0)
            title = window.get_full_text_property(self._x.get_atom("_NET_WM_NAME"))
            (pid,) = self._numbers(window, "_NET_WM_PID") or (0,)
        except _GONE:
            return None
        return Window(
            id=window.id,
            title=title or "",
            pid=pid,
            x=-corner.x,
            y=-corner.y,
            width=place.width,
            height=place.height,
            popup=popup,
        )

    def _numbers(self, window: XWindow, name: str) -> list[int] | None:
        try:
            found = window.get_full_property(self._x.get_atom(name), X.AnyPropertyType)
        except _GONE:
            return None
        return None if found is None else list(found.value)

    def wait_window(
        self, title: str = "", *, pid: int | None = None, limit: float = TIME_LIMIT
    ) -> Window:
        """A window with `title` in its title, of process `pid` if one is given."""

        def look() -> Window | None:
            ours = [window for window in self.windows() if not window.popup]
            return _first(window for window in ours if title in window.title and _of(window, pid))

        return self.wait(look, f"a window titled {title!r}", limit)

    def wait_popup(self, *, pid: int | None = None, limit: float = TIME_LIMIT) -> Window:
        """A menu or tooltip that is open."""

        def look() -> Window | None:
            return _first(window for window in self.windows() if window.popup and _of(window, pid))

        return self.wait(look, "a popup", limit)

    def wait_gone(self, window: Window, limit: float = TIME_LIMIT) -> None:
        """Wait until this window is not shown any more."""

        def look() -> bool:
            return all(other.id != window.id for other in self.windows())

        self.wait(look, f"{window} to go", limit)

    def wait_active(self, window: Window, limit: float = TIME_LIMIT) -> None:
        """Wait until this window has the keyboard."""

        def look() -> bool:
            return self._numbers(self._root, "_NET_ACTIVE_WINDOW") == [window.id]

        self.wait(look, f"{window} to be active", limit)

    def user_time(self, window: Window) -> int:
        """When its program says it was last used, in the server's milliseconds."""
        found = self._numbers(
            self._x.create_resource_object("window", window.id), "_NET_WM_USER_TIME"
        )
        return found[0] if found else 0

    def server_time(self) -> int:
        """The server's time now: that of a property's change, at a window nobody watches."""
        name = self._x.get_atom("_TIMER_APP_TEST_NOW")
        window = self._root.create_window(
            0, 0, 1, 1, 0, X.CopyFromParent, event_mask=X.PropertyChangeMask
        )
        window.change_property(name, Xatom.STRING, 8, b"now")
        while True:
            event = self._x.next_event()
            if event.type == X.PropertyNotify and event.atom == name:
                window.destroy()
                return int(event.time)

    def tray_icons(self) -> list[Window]:
        """The icons docked in a tray of the older kind (XEmbed), such as trayer's.

        An icon for which the tray has yet to grow is not there yet: it would move from under the
        mouse.
        """
        return [
            icon
            for panel in self.windows()
            for window in self._below(self._x.create_resource_object("window", panel.id))
            if (icon := self._look_at(window, popup=False)) and icon.inside(panel)
        ]

    def _below(self, window: XWindow) -> Iterator[XWindow]:
        """The embedded windows (each says so in a property) somewhere inside `window`."""
        try:
            self._watch(window)
            children = window.query_tree().children
        except _GONE:
            return
        for child in children:
            if self._numbers(child, "_XEMBED_INFO") is not None:
                yield child
            else:
                yield from self._below(child)

    def wait_tray_icon(self, *, pid: int | None = None, limit: float = TIME_LIMIT) -> Window:
        """An icon docked in the XEmbed tray, at its place there."""

        def look() -> Window | None:
            return _first(icon for icon in self.tray_icons() if _of(icon, pid))

        return self.wait(look, "an icon in the XEmbed tray", limit)

    def wait_tray(self, limit: float = TIME_LIMIT) -> None:
        """Wait until someone is an XEmbed tray, so that programs find it when they start."""
        selection = self._x.get_atom("_NET_SYSTEM_TRAY_S0")
        owned = lambda: self._x.get_selection_owner(selection) != X.NONE  # noqa: E731
        self.wait(owned, "an XEmbed tray", limit)

    def screenshot(self, path: Path) -> Path:
        """The whole screen as a picture, its format by the file's name."""
        self._run(tool("import"), "-window", "root", str(path))
        return path

    # ------------------------------------------------------------------ hands

    def click(self, point: tuple[int, int], button: int = LEFT) -> None:
        """Move the mouse there and click."""
        x, y = point
        self._xdotool("mousemove", str(x), str(y), "click", str(button))

    def double_click(self, point: tuple[int, int]) -> None:
        """Move the mouse there and click twice."""
        x, y = point
        self._xdotool("mousemove", str(x), str(y), "click", "--repeat", "2", "1")

    def move(self, point: tuple[int, int]) -> None:
        """Move the mouse there."""
        self._xdotool("mousemove", *(str(number) for number in point))

    def key(self, *keys: str) -> None:
        """Press keys one after the other: `key("ctrl+alt+t")`, `key("Down", "Return")`."""
        self._xdotool("key", *keys)

    def hold(self, keys: str) -> None:
        """Press keys and leave them so, until `release`: the server repeats the last."""
        self._xdotool("keydown", keys)

    def release(self, keys: str) -> None:
        """Let the keys of `hold` go."""
        self._xdotool("keyup", keys)

    def type(self, text: str) -> None:
        """Type a text with the keys of a US keyboard; `paste` takes other scripts."""
        assert text.isascii(), f"{text!r} is not on the keyboard: xdotool would remap keys in haste"
        self._xdotool("type", "--", text)

    def paste(self, text: str) -> None:
        """Put a text, in any script, into the clipboard and press Ctrl+V."""
        if self._clipboard is not None:
            self._clipboard.close()
        self._clipboard = self._start(
            [tool("xclip"), "-quiet", "-selection", "clipboard"], self.environment, text.encode()
        )
        self._clipboard.wait_line("Waiting for selection request")
        self.key("ctrl+v")

    def minimise(self, window: Window) -> None:
        """Put the window away into the panel."""
        self._xdotool("windowminimize", "--sync", str(window.id))

    def layout(self, name: str) -> None:
        """Set the keyboard's layout: `us`, `ru`, `us,ru`. The next test has `us` again."""
        self._run(tool("setxkbmap"), name)

    def rest(self) -> None:
        """Put the mouse where it touches nothing, the lower left corner, and the layout to US."""
        self.move((0, HEIGHT - 1))
        self.layout("us")

    def _xdotool(self, *words: str) -> None:
        self._run(tool("xdotool"), *words)

    def _run(self, *command: str) -> None:
        environment = self._home.environment(**self.environment)
        subprocess.run(command, env=environment, check=True, timeout=TIME_LIMIT)

    # ------------------------------------------------------------------ end

    def close(self) -> None:
        """End the window manager and the server."""
        self._x.close()
        self._end_all()

    def _end_all(self) -> None:
        for process in reversed(self._running):
            process.close()
        self._home.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Trayer:
    """A tray of the older kind (XEmbed) at the top right of a desktop."""

    def __init__(self, desktop: Desktop) -> None:
        self._home = Home()
        place = ["--edge", "top", "--align", "right", "--widthtype", "request", "--height", "24"]
        self._process = Process(
            [tool("trayer"), *place, "--SetDockType", "true"],
            env=self._home.environment(**desktop.environment),
        )
        try:
            desktop.wait_tray()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End it: docked icons lose their place."""
        self._process.close()
        self._home.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _first(windows: Iterator[Window]) -> Window | None:
    return next(windows, None)


def _of(window: Window, pid: int | None) -> bool:
    return pid in (None, window.pid)
