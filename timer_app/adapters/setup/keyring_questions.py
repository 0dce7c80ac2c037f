"""Questions to the keyring of the operating system: requests, answers and failures.

`InProcessQuestion` asks in this process. `keyring_process.py` has a question that is asked in
another.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from timer_app.adapters.setup.keyring_items import FoundSecret, delete_item, read_item, write_item
from timer_app.adapters.setup.keyrings import (
    COLLECTION_VARIABLE,
    NoKeyring,
    OutsideSession,
    UnsafeKeyring,
    chosen_collection,
    find_keyrings,
    refuse_forgetful_collection,
)
from timer_app.domain.setup.secrets import SecretName, SecretUse
from timer_app.services.setup.desktop_status import KeyringState

_LOST_CALLS = tuple(
    f"org.freedesktop.DBus.Error.{name}"
    for name in ("NoReply", "Timeout", "TimedOut", "Disconnected", "ServiceUnknown")
)


class KeyringAct(Enum):
    """What is done with an item."""

    READ = "read"
    WRITE = "write"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class KeyringRequest:
    """One question. `secret` is what is written, and in no `repr`."""

    act: KeyringAct
    name: SecretName
    use: SecretUse
    secret: str = ""

    def __repr__(self) -> str:
        return f"KeyringRequest({self.act}, {self.name}, {self.use})"


@dataclass(frozen=True, slots=True)
class KeyringAnswer:
    """What was found, for READ; whether there was something, for DELETE."""

    found: FoundSecret | None = None
    was_there: bool = False


class KeyringFailed(Exception):
    """Why there was no answer, without a word of the keyring's own: it might quote a secret.

    `detail` belongs into the sentence. `may_pass`: it failed on the way and is worth a second try.
    """

    def __init__(
        self, state: KeyringState, detail: Sequence[str] = (), *, may_pass: bool = False
    ) -> None:
        super().__init__(state.value, *detail)
        self.state = state
        self.detail = tuple(detail)
        self.may_pass = may_pass


class KeyringQuestion(Protocol):
    """One question, of which a thread waits for the answer."""

    def answer(self, on_asking: Callable[[], None]) -> KeyringAnswer:
        """Ask; blocks while a prompt waits for an answer. Raises KeyringFailed.

        It may be asked again when it has failed.

        `on_asking` is called when all that comes before is done: from then on a keyring that gives
        no answer may be showing a prompt.
        """
        ...

    def end(self) -> None:
        """Stop waiting and ask no more, as far as possible. May be called from another thread."""
        ...


MakeQuestion = Callable[[KeyringRequest], KeyringQuestion]


class InProcessQuestion:
    """Asks the libraries in this process; a prompt that waits cannot be ended."""

    def __init__(self, request: KeyringRequest) -> None:
        self._request = request

    def answer(self, on_asking: Callable[[], None]) -> KeyringAnswer:
        """See KeyringQuestion."""
        try:
            import_libraries()  # which takes a busy computer seconds, and is no prompt
            on_asking()
            return _answer(self._request)
        except Exception as error:  # noqa: BLE001 - back ends raise what they like
            failed = _failed(error)
        raise failed

    def end(self) -> None:
        """See KeyringQuestion."""


def import_libraries() -> None:
    """Have what a question needs, so that it is imported before the question begins."""
    from keyring import core, errors

    del core, errors
    if sys.platform == "linux":
        with suppress(ImportError):
            from keyring.backends import SecretService

            del SecretService


def _answer(request: KeyringRequest) -> KeyringAnswer:
    match request.act:
        case KeyringAct.READ:
            return KeyringAnswer(found=_read(request.name, request.use))
        case KeyringAct.WRITE:
            keyring = find_keyrings()[0]
            refuse_forgetful_collection(keyring)
            write_item(keyring, request.name, request.secret, request.use)
            return KeyringAnswer()
        case KeyringAct.DELETE:
            removed = [delete_item(each, request.name, request.use) for each in find_keyrings()]
            return KeyringAnswer(was_there=any(removed))


def _read(name: SecretName, use: SecretUse) -> FoundSecret | None:
    """The secret of the first keyring that has it, else one that is for another address."""
    found = None
    for each in find_keyrings():
        found = read_item(each, name, use) or found
        if found is not None and not found.other_origin:
            break
    return found


def _failed(error: Exception) -> KeyringFailed:
    state = _state(error)
    return KeyringFailed(state, _detail(error, state), may_pass=_may_pass(error, state))


def _may_pass(error: Exception, state: KeyringState) -> bool:
    """Whether it is no answer of the keyring's, but something that failed on the way.

    A service that ended meanwhile is left alone: it would be started, and prompt once more.
    """
    from keyring.errors import KeyringError

    is_lost = getattr(error, "name", "") in _LOST_CALLS  # jeepney's DBusErrorResponse
    is_answer = isinstance(error, KeyringError)
    return state is KeyringState.BROKEN and not (is_answer or is_lost)


def _state(error: Exception) -> KeyringState:
    if isinstance(error, UnsafeKeyring):
        return KeyringState.UNSAFE
    if isinstance(error, OutsideSession):
        return KeyringState.OUTSIDE_SESSION
    if isinstance(error, NoKeyring):
        return KeyringState.ABSENT
    from keyring import errors

    is_choice_absent = isinstance(error, errors.InitError) and bool(chosen_collection())
    if isinstance(error, errors.NoKeyringError) or _is_service_gone(error) or is_choice_absent:
        return KeyringState.ABSENT
    if _is_prompt_dismissed(error):
        return KeyringState.DISMISSED
    return KeyringState.LOCKED if isinstance(error, errors.KeyringLocked) else KeyringState.BROKEN


def _detail(error: Exception, state: KeyringState) -> tuple[str, ...]:
    """What belongs into the sentence; a back end's own text might quote what it was given."""
    if isinstance(error, UnsafeKeyring | NoKeyring) and error.backend:
        return error.backend, error.chosen_by
    if state is KeyringState.ABSENT:
        collection = chosen_collection()
        return (collection, COLLECTION_VARIABLE) if collection else ()
    return (type(error).__name__,)


def _is_service_gone(error: Exception) -> bool:
    """Whether there was a Secret Service and nobody has its name any more."""
    if sys.platform == "linux":
        from secretstorage.exceptions import SecretServiceNotAvailableException

        return isinstance(error, SecretServiceNotAvailableException) or isinstance(
            error.__cause__, SecretServiceNotAvailableException
        )
    else:  # noqa: RET505 - mypy checks the branch of one platform at a time
        return False


def _is_prompt_dismissed(error: Exception) -> bool:
    """Whether a person dismissed the prompt for the first password of a new keyring."""
    if sys.platform == "linux":
        from secretstorage.exceptions import PromptDismissedException

        return isinstance(error, PromptDismissedException) or isinstance(
            error.__cause__, PromptDismissedException
        )
    else:  # noqa: RET505 - mypy checks the branch of one platform at a time
        return False
