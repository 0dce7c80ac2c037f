"""A real Secret Service: gnome-keyring on a private bus, in a private home."""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

from dbus_fast.signature import Variant

from tests.support.bus import BusClient
from tests.support.process import Process
from tests.support.tools import tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keyring.backends.SecretService import Keyring

    from tests.support.bus import SessionBus
    from tests.support.environment import Home

_NAME = "org.freedesktop.secrets"
_PATH = "/org/freedesktop/secrets"
_SERVICE = "org.freedesktop.Secret.Service"
_PROMPTER = Path("/usr/share/dbus-1/services/org.gnome.keyring.SystemPrompter.service")

PASSWORD = "a password for tests"
NAMED = {"PYTHON_KEYRING_BACKEND": "keyring.backends.SecretService.Keyring"}
"""The environment in which the `keyring` library need not look which keyring there is.

It takes 50 ms of every command. Tests about keyrings that are not there, or not yet, go without.
"""


class SecretService:
    """gnome-keyring with a keyring of its own, open until `lock`.

    Secrets go in and out through the `keyring` library, the one that the app uses.
    """

    def __init__(self, home: Home, bus: SessionBus) -> None:
        self._bus = bus
        self._closed = False
        command = [tool("gnome-keyring-daemon"), "--foreground", "--components=secrets"]
        self._daemon = Process(
            [*command, "--unlock"], env=home.environment(**bus.environment), stdin=PASSWORD.encode()
        )
        try:
            self._client = BusClient(bus.address)
        except BaseException:
            self._daemon.close()
            raise
        self._client.wait_name(_NAME)

    def lock(self) -> None:
        """Lock it, as after a login without its password."""
        collection = self._default_collection()
        self._client.call(_NAME, _PATH, _SERVICE, "Lock", "ao", [collection])
        assert self.locked

    def unlock(self) -> None:
        """Unlock it with its password, as a person would through a prompt."""
        _out, session = self._client.call(
            _NAME, _PATH, _SERVICE, "OpenSession", "sv", "plain", Variant("s", "")
        )
        secret = [session, b"", PASSWORD.encode(), "text/plain"]
        self._client.call(
            _NAME,
            _PATH,
            "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface",
            "UnlockWithMasterPassword",
            "o(oayays)",
            self._default_collection(),
            secret,
        )
        assert not self.locked

    def allow_prompts(self) -> None:
        """Let it ask for the password in a window. The bus needs a DISPLAY for that."""
        self._bus.allow_activation(_PROMPTER)

    def hang(self) -> None:
        """Keep its name, take calls, and answer none."""
        self._daemon.send(signal.SIGSTOP)

    @property
    def locked(self) -> bool:
        """Whether a password would be asked for."""
        found = self._client.properties(
            _NAME, self._default_collection(), "org.freedesktop.Secret.Collection"
        )
        return bool(found["Locked"])

    def _default_collection(self) -> str:
        (path,) = self._client.call(_NAME, _PATH, _SERVICE, "ReadAlias", "s", "default")
        return str(path)

    def store(self, service: str, user: str, secret: str) -> None:
        """Put a secret in."""
        with self._keyring() as keyring, self._explaining():
            keyring.set_password(service, user, secret)

    def read(self, service: str, user: str) -> str | None:
        """The secret that is in there, or None."""
        with self._keyring() as keyring, self._explaining():
            found = keyring.get_password(service, user)
            return None if found is None else str(found)

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        """An error says what the daemon said, and whether it has ended."""
        try:
            yield
        except Exception as error:
            state = "runs" if self._daemon.running else "has ended"
            error.add_note(f"{self._daemon.transcript()}\nThe keyring's daemon {state}.")
            raise

    @contextmanager
    def _keyring(self) -> Iterator[Keyring]:
        from keyring.backends.SecretService import Keyring
        from secretstorage import Collection, dbus_init, get_default_collection

        class ClosingKeyring(Keyring):
            """The library's, which leaves its connection open where the daemon does not answer.

            That would be told as a leak of whatever test runs next.
            """

            def get_preferred_collection(self) -> Collection:
                connection = dbus_init()
                try:
                    collection = get_default_collection(connection)
                    if collection.is_locked():
                        collection.unlock()
                except BaseException:
                    connection.close()
                    raise
                return collection

        name = "DBUS_SESSION_BUS_ADDRESS"
        before = os.environ.get(name)
        os.environ[name] = self._bus.address
        try:
            yield ClosingKeyring()  # type: ignore[no-untyped-call] # keyring has no types here
        finally:
            os.environ.pop(name)
            if before is not None:
                os.environ[name] = before

    def close(self) -> None:
        """End it. May be called twice."""
        if not self._closed:
            self._closed = True
            self._client.close()
            self._daemon.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
