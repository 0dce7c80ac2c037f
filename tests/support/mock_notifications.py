"""python-dbusmock's notification daemon: another party's idea of the service, on the test's bus."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.support.process import Process

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.support.bus import BusClient

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
_MOCK = "org.freedesktop.DBus.Mock"


class MockDaemon:
    """A daemon that prints each call; signals are sent by its own mock interface."""

    def __init__(
        self, client: BusClient, environment: Mapping[str, str], capabilities: str
    ) -> None:
        self._client = client
        self.process = Process(
            ["/usr/bin/python3", "-m", "dbusmock", "--session", "--template",
             "notification_daemon", "-p", f'{{"capabilities": "{capabilities}"}}'],
            env=environment,
        )  # fmt: skip
        client.wait_name(NAME)

    def wait_notify(self, words: str) -> tuple[int, dict[str, str]]:
        """Wait for a Notify that holds the words: the id it replaces, and keys of its buttons."""
        line = self.process.wait_line(f'Notify "Timer App" .*{words}', stream="stdout")
        text = line.string
        replaced = re.search(r'Notify "Timer App" ([0-9]+) ', text)
        pairs = re.search(r'\[((?:"[^"]*"(?:, )?)*)\] [\[{]', text)
        assert replaced, text
        found = re.findall(r'"([^"]*)"', pairs[1]) if pairs else []
        return int(replaced[1]), dict(zip(found[1::2], found[::2], strict=True))

    def press(self, number: int, key: str) -> None:
        """Say that a button was pressed."""
        self._emit("ActionInvoked", "us", number, key)
        self._emit("NotificationClosed", "uu", number, 2)

    def _emit(self, name: str, signature: str, *values: object) -> None:
        from dbus_fast import Variant

        typed = [Variant(kind, value) for kind, value in zip(signature, values, strict=True)]
        self._client.call(NAME, PATH, _MOCK, "EmitSignal", "sssav", NAME, name, signature, typed)

    def close(self) -> None:
        """End it."""
        self.process.close()
