"""What a screen reader has of a program: its tree by AT-SPI, buttons to press, what is spoken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tests.support.bus import BusClient, SessionBus
from tests.support.process import Process
from tests.support.tools import MissingToolError

if TYPE_CHECKING:
    from dbus_fast import Message

    from tests.support.environment import Home

_LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
_BUS = "org.a11y.Bus"
_REGISTRY = "org.a11y.atspi.Registry"
_ROOT = "/org/a11y/atspi/accessible/root"
_ACCESSIBLE = "org.a11y.atspi.Accessible"
_EVENTS = "org.a11y.atspi.Event.Object"
_ENABLED, _FOCUSABLE, _SHOWING = 8, 11, 25
"""Numbers of bits in an object's state, from at-spi's constants."""


@dataclass(frozen=True)
class Heard:
    """One object of the tree as a screen reader tells it; `depth` is 0 for a program."""

    bus_name: str
    path: str
    depth: int
    role: str
    name: str
    state: int

    def _has(self, bit: int) -> bool:
        return bool(self.state >> bit & 1)

    @property
    def takes_keys(self) -> bool:
        """Whether the keyboard can come to it now."""
        return self._has(_FOCUSABLE) and self._has(_ENABLED) and self._has(_SHOWING)

    @property
    def is_showing(self) -> bool:
        """Whether it is on the screen."""
        return self._has(_SHOWING)


class ScreenReader:
    """Listens on a session bus. Programs are heard with `environment`."""

    def __init__(self, home: Home, bus: SessionBus, display: dict[str, str]) -> None:
        if not _LAUNCHER.exists():
            raise MissingToolError(f"{_LAUNCHER} is missing: apt-get install at-spi2-core")
        environment = home.environment(**display, **bus.environment)
        self._launcher = Process([_LAUNCHER, "--launch-immediately"], env=environment)
        self.environment = {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        self._spoken: list[str] = []
        with BusClient(bus.address) as client:
            client.wait_name(_BUS)
            (address,) = client.call(_BUS, "/org/a11y/bus", _BUS, "GetAddress")
        self._client = BusClient(address)
        registry = "/org/a11y/atspi/registry"
        self._client.call(_REGISTRY, registry, _REGISTRY, "RegisterEvent", "s", "object:")
        self._client.bus.add_message_handler(self._on_message)
        for member in ("Announcement", "ChildrenChanged"):  # the second of a program that comes
            self._client.listen(f"type='signal',interface='{_EVENTS}',member='{member}'")

    def _on_message(self, message: Message) -> None:
        if message.interface == _EVENTS and message.member == "Announcement":
            self._spoken.append(str(message.body[3].value))
            self._client.note_change()

    def wait_spoken(self, words: str) -> None:
        """Wait until these words have been announced; those before them are forgotten."""

        def heard() -> bool | None:
            return words in self._spoken or None

        self._client.wait(heard, f"announcement of {words!r}", seen=lambda: str(self._spoken))
        del self._spoken[: self._spoken.index(words) + 1]

    def windows(self, count: int) -> list[Heard]:
        """The windows of the one program, once there are so many."""

        def found() -> list[Heard] | None:
            programs = self._children(_REGISTRY, _ROOT)
            windows = [each for one in programs for each in self._children(*one)]
            return [self._look(*each, 1) for each in windows] if len(windows) == count else None

        return self._client.wait(found, f"{count} windows")

    def walk(self, heard: Heard) -> Iterator[Heard]:
        """It and all that is on the screen below it, in the order of reading."""
        yield heard
        for each in self._children(heard.bus_name, heard.path):
            child = self._look(*each, heard.depth + 1)
            if child.is_showing:
                yield from self.walk(child)

    def press(self, heard: Heard) -> None:
        """Do what a click on it does."""
        action = "org.a11y.atspi.Action"
        (done,) = self._client.call(heard.bus_name, heard.path, action, "DoAction", "i", 0)
        assert done, heard

    def _children(self, bus_name: str, path: str) -> list[tuple[str, str]]:
        (found,) = self._client.call(bus_name, path, _ACCESSIBLE, "GetChildren")
        return [(str(name), str(where)) for name, where in found]

    def _look(self, bus_name: str, path: str, depth: int) -> Heard:
        (role,) = self._client.call(bus_name, path, _ACCESSIBLE, "GetRoleName")
        ((low, high),) = self._client.call(bus_name, path, _ACCESSIBLE, "GetState")
        (name,) = self._client.call(
            bus_name, path, "org.freedesktop.DBus.Properties", "Get", "ss", _ACCESSIBLE, "Name"
        )
        return Heard(bus_name, path, depth, str(role), str(name), low | high << 32)

    def close(self) -> None:
        """Stop listening."""
        self._client.close()
        self._launcher.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
