"""Which keyrings a secret may be kept in: those of the operating system, and no other.

The library takes any back end that it finds or that is named: one that writes to a plain file
(keyrings.alt), one that keeps nothing (null). Here a back end counts by its class. A chainer counts
by its members, and those that do not count are passed over.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

BACKEND_VARIABLE = "PYTHON_KEYRING_BACKEND"
COLLECTION_VARIABLE = "KEYRING_PROPERTY_PREFERRED_COLLECTION"
_BUS_VARIABLE = "DBUS_SESSION_BUS_ADDRESS"
_CHAINER = "keyring.backends.chainer.ChainerBackend"
_NONE = "keyring.backends.fail.Keyring"
_FREEDESKTOP = "keyring.backends.SecretService.Keyring"
_SESSION_COLLECTION = "/org/freedesktop/secrets/collection/session"
"""What the Secret Service forgets when its session ends."""
_SYSTEM_KEYRINGS = frozenset([
    "keyring.backends.SecretService.Keyring",
    "keyring.backends.kwallet.DBusKeyring",
    "keyring.backends.kwallet.DBusKeyringKWallet4",
    "keyring.backends.libsecret.Keyring",
    "keyring.backends.macOS.Keyring",
    "keyring.backends.Windows.WinVaultKeyring",
])  # fmt: skip


class UnsafeKeyring(Exception):
    """What was chosen protects no secret, or keeps none.

    `backend` is its class (or a collection of it), `chosen_by` what chose it.
    """

    def __init__(self, backend: str, chosen_by: str) -> None:
        super().__init__(f"{backend} by {chosen_by}")
        self.backend = backend
        self.chosen_by = chosen_by


class NoKeyring(Exception):
    """There is no keyring, or none that this process reaches.

    `backend` is what `chosen_by` chose, both "" where nothing was chosen.
    """

    def __init__(self, backend: str = "", chosen_by: str = "") -> None:
        super().__init__(f"{backend} by {chosen_by}" if backend else "")
        self.backend = backend
        self.chosen_by = chosen_by


class OutsideSession(NoKeyring):
    """The process is outside of the desktop's session, in which the keyring is."""


def find_keyrings() -> Sequence[KeyringBackend]:
    """The keyrings to use, the best first, at least one. May block; call it in a thread.

    Raises UnsafeKeyring, OutsideSession or NoKeyring.
    """
    use_own_session_bus()
    chosen = _chosen()
    found = _system_keyrings(chosen)
    if not found and BACKEND_VARIABLE not in os.environ:
        chosen = _look_again()
        found = _system_keyrings(chosen)
    if not found:
        raise _why_none(chosen)
    return found


def _chosen() -> KeyringBackend:
    """What the library uses. Raises UnsafeKeyring for a choice that cannot even be loaded."""
    from keyring import core

    if not os.environ.get(BACKEND_VARIABLE, "x").strip():
        del os.environ[BACKEND_VARIABLE]  # empty is not set, as for any other variable
    try:
        return core.get_keyring()
    except Exception as error:
        file = _config_file()
        if name := os.environ.get(BACKEND_VARIABLE):
            raise _why_not_loaded(name, BACKEND_VARIABLE) from error
        if os.path.exists(file):  # what it was to choose cannot always be read
            name = _backend_of_config() or os.path.basename(file)
            raise _why_not_loaded(name, file) from error
        raise


def _why_not_loaded(name: str, chosen_by: str) -> Exception:
    """Why a back end that was chosen by its name cannot be used."""
    if name not in _SYSTEM_KEYRINGS and name != _CHAINER:
        return UnsafeKeyring(name, chosen_by)
    is_outside = sys.platform == "linux" and _is_outside_session()
    return OutsideSession() if is_outside else NoKeyring(name, chosen_by)


def chosen_collection() -> str:
    """The collection of the Secret Service that the environment names, "" for its default."""
    return os.environ.get(COLLECTION_VARIABLE, "").strip()


def refuse_forgetful_collection(keyring: KeyringBackend) -> None:
    """Raise UnsafeKeyring for a collection that the Secret Service forgets at the session's end."""
    if _class_name(keyring) == _FREEDESKTOP:
        collection = keyring.get_preferred_collection()  # type: ignore[attr-defined]  # its class
        collection.connection.close()
        if collection.collection_path == _SESSION_COLLECTION:
            chosen_by = COLLECTION_VARIABLE if COLLECTION_VARIABLE in os.environ else _FREEDESKTOP
            raise UnsafeKeyring(_SESSION_COLLECTION, chosen_by)


def _look_again() -> KeyringBackend:
    """The library looks for back ends once in its life: one may have come since."""
    from keyring import backend, core

    with suppress(KeyError):  # it has not looked yet
        backend.get_all_keyring.reset()
    core.init_backend()
    return core.get_keyring()


def use_own_session_bus() -> None:
    """Where no reachable bus is named (cron, su, an old tmux), use the one of this user's session.

    It is at a place of its own, which only this user can write to.
    """
    if sys.platform == "linux" and not _is_reachable(os.environ.get(_BUS_VARIABLE, "")):
        for folder in (os.environ.get("XDG_RUNTIME_DIR", ""), f"/run/user/{os.getuid()}"):
            path = os.path.join(folder, "bus")
            if folder and _is_own_socket(path):
                os.environ[_BUS_VARIABLE] = f"unix:path={path}"
                return


def _is_reachable(address: str) -> bool:
    """Whether the address may lead to a bus; one that switches the bus off is somebody's wish."""
    if address.startswith(("disabled:", "autolaunch:")):
        return True
    paths = [part[len("unix:path=") :].split(",")[0] for part in address.split(";")
             if part.startswith("unix:path=")]  # fmt: skip
    return any(os.path.exists(path) for path in paths) if paths else bool(address)


def _is_own_socket(path: str) -> bool:
    try:
        status = os.stat(path)
    except OSError:
        return False
    is_ours = sys.platform == "win32" or status.st_uid == os.getuid()
    return stat.S_ISSOCK(status.st_mode) and is_ours


def _system_keyrings(chosen: KeyringBackend) -> list[KeyringBackend]:
    return [each for each in _members(chosen) if _class_name(each) in _SYSTEM_KEYRINGS]


def _members(chosen: KeyringBackend) -> list[KeyringBackend]:
    return list(getattr(chosen, "backends", ())) if _class_name(chosen) == _CHAINER else [chosen]


def _class_name(backend: KeyringBackend) -> str:
    kind = type(backend)
    return f"{kind.__module__}.{kind.__qualname__}"


def _why_none(chosen: KeyringBackend) -> Exception:
    members = [_class_name(each) for each in _members(chosen)]
    unsafe = [name for name in members if name != _NONE]
    by_variable = bool(os.environ.get(BACKEND_VARIABLE))
    chosen_by = BACKEND_VARIABLE if by_variable else _config_file()
    if unsafe and (by_variable or _backend_of_config()):
        return UnsafeKeyring(unsafe[0], chosen_by)
    if sys.platform == "linux" and not by_variable and _is_outside_session():
        return OutsideSession()
    if unsafe:
        return UnsafeKeyring(unsafe[0], unsafe[0].split(".")[0])
    return NoKeyring()


def _is_outside_session() -> bool:
    """Whether no session bus can be reached at all; one that was switched off counts as well."""
    address = os.environ.get(_BUS_VARIABLE, "")
    return not address or not _is_reachable(address)


def _config_file() -> str:
    from keyring.util.platform_ import config_root

    return os.path.join(config_root(), "keyringrc.cfg")


def _backend_of_config() -> str:
    """The back end that the library's own file of settings names, "" for none."""
    from configparser import Error, RawConfigParser

    config = RawConfigParser()
    try:
        config.read(_config_file(), encoding="utf-8")
        return config.get("backend", "default-keyring", fallback="").strip()
    except (Error, UnicodeDecodeError):
        return ""
