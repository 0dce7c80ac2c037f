"""Tokens in the keyring of the operating system, and nowhere else.

A keyring that is locked while a screen is there blocks until its prompt is answered. So each
call runs in a thread that nobody waits for when quitting, within a time limit, and every way it
can end has a name. One call at a time: two would be two prompts.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import threading
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any, Generic, TypeVar

from timer_app.domain.delivery.outbox import Service
from timer_app.domain.setup.secrets import KeyringProblem, ProxySecret, SecretName
from timer_app.services.setup.desktop_status import KeyringState
from timer_app.services.setup.ports import Secrets, SecretUnavailable

KEYRING_SERVICE = "timer-app"
KEYRING_TIMEOUT = 10.0
_SHARE_OF_DIAGNOSIS = 4
_LONGEST_DIAGNOSIS = 1.0

IsLocked = Callable[[], Awaitable[bool | None]]
"""Asks the keyring, beside the call that hangs, whether it is locked; None: it does not say."""

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


async def _unknown_lock_state() -> bool | None:
    return None


class KeyringSecrets:
    """Implements the port `Secrets`.

    An answer is waited for `timeout` seconds, and not longer than `until` on the loop's clock.
    `on_late_answer` is called when an answer came after its time limit: whoever held back may try
    again. `changed` is called when `state` has become another one. A prompt that a person put away
    is not shown at each of their clicks: only after `allow_prompt`, or once the keyring is
    unlocked.
    """

    def __init__(
        self,
        *,
        timeout: float = KEYRING_TIMEOUT,
        until: float | None = None,
        on_late_answer: Callable[[], None] = lambda: None,
        changed: Callable[[], None] = lambda: None,
        is_locked: IsLocked = _unknown_lock_state,
    ) -> None:
        self._timeout = timeout
        self._until = until
        self._on_late_answer = on_late_answer
        self._on_state_change = changed
        self._is_locked = is_locked
        self._state = KeyringState.UNASKED
        self._current_call: _Call[Any] | None = None
        self._prompt_dismissed = False

    def bind(self, changed: Callable[[], None], is_locked: IsLocked) -> None:
        """Have somebody look after it: see `__init__`."""
        self._on_state_change, self._is_locked = changed, is_locked

    @property
    def state(self) -> KeyringState:
        """How the keyring was when it was last asked."""
        return self._state

    @property
    def problem_message(self) -> str:
        """The same in words with what to do, "" while it is well."""
        return str(_unavailable(self._state)) if self._state.is_unavailable else ""

    async def token(self, service: SecretName) -> str:
        """See the port."""
        token = await self._ask(lambda: _get(service))
        if not token:
            raise SecretUnavailable(
                f"There is no {_secret_title(service)} yet."
                f" Enter one: timer-app login {service.value}",
                KeyringProblem.EMPTY,
            )
        return token

    async def store(self, service: SecretName, token: str) -> None:
        """See the port."""
        await self._ask(lambda: _set(service, token))

    async def delete(self, service: SecretName) -> bool:
        """See the port."""
        return await self._ask(lambda: _delete(service))

    def on_available(self) -> None:
        """There is a keyring, perhaps another one: who hangs at the one before hangs for good."""
        self._current_call = None
        self._prompt_dismissed = False

    def on_gone(self) -> None:
        """There is none any more. Tokens that are remembered are as good as before."""
        self._current_call = None
        if self._state.is_unavailable:
            self._set_state(KeyringState.ABSENT)

    def wait_until(self, instant: float) -> None:
        """Wait for no answer longer than until then, on the loop's clock."""
        self._until = instant

    def allow_prompt(self) -> None:
        """Let it show its prompt once more, though that was put away."""
        self._prompt_dismissed = False

    async def _ask(self, work: Callable[[], _T]) -> _T:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self._timeout
        if self._until is not None:
            deadline = min(deadline, self._until)
        await self._wait_for_previous_call(deadline)
        if self._prompt_dismissed and await self._is_locked():
            raise _unavailable(KeyringState.LOCKED)
        call: _Call[_T] = _Call(work, loop, self._on_call_ended)
        self._current_call = call
        threading.Thread(target=call.run, name="keyring", daemon=True).start()
        try:
            await self._wait(call, deadline)
        except asyncio.CancelledError:
            call.is_cancelled = True  # nobody is to be told
            raise
        if call.ended.is_set():
            return call.result()
        call.is_abandoned = True
        raise await self._timeout_error(deadline)

    async def _wait_for_previous_call(self, deadline: float) -> None:
        """Wait for the call before. A prompt that a person put away is not shown once more."""
        while (before := self._current_call) is not None and not before.ended.is_set():
            await self._wait(before, deadline)
            if not before.ended.is_set() and before is self._current_call:
                raise await self._timeout_error(deadline)
            if before.state is KeyringState.LOCKED:
                raise _unavailable(KeyringState.LOCKED)

    async def _wait(self, call: _Call[Any], deadline: float) -> None:
        """Until shortly before the deadline: why no answer came is asked as well."""
        rest = max(0.0, deadline - asyncio.get_running_loop().time())
        diagnosis = min(_LONGEST_DIAGNOSIS, rest / _SHARE_OF_DIAGNOSIS)
        try:
            async with asyncio.timeout(rest - diagnosis):
                await call.ended.wait()
        except TimeoutError:
            return

    async def _timeout_error(self, deadline: float) -> SecretUnavailable:
        """What to call it that no answer came."""
        rest = deadline - asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(max(0.0, rest)):
                locked = await self._is_locked()
        except TimeoutError:
            locked = None
        state = KeyringState.PROMPTING if locked else KeyringState.SLOW
        self._set_state(state)
        return _unavailable(state)

    def _on_call_ended(self, call: _Call[Any]) -> None:
        if self._current_call is call:
            self._current_call = None
            self._prompt_dismissed = call.state is KeyringState.LOCKED
            self._set_state(call.state)
            if call.is_abandoned and not call.is_cancelled and call.state is KeyringState.WORKS:
                self._on_late_answer()

    def _set_state(self, state: KeyringState) -> None:
        if self._state is not state:
            _log.info("keyring=%s", state.value)
            self._state = state
            self._on_state_change()


class CachedSecrets:
    """Implements the port `Secrets` on another one, asking it once for each token.

    A request would otherwise wait for the keyring each time.
    """

    def __init__(self, secrets: Secrets) -> None:
        self._secrets = secrets
        self._tokens: dict[SecretName, str] = {}

    def invalidate(self) -> None:
        """Ask the keyring again for everything: what it holds may have been changed."""
        self._tokens.clear()

    def forget(self, name: SecretName) -> None:
        """Ask the keyring again for one: it was refused."""
        self._tokens.pop(name, None)

    async def token(self, service: SecretName) -> str:
        """See the port."""
        if service not in self._tokens:
            self._tokens[service] = await self._secrets.token(service)
        return self._tokens[service]

    async def store(self, service: SecretName, token: str) -> None:
        """See the port."""
        self.invalidate()
        await self._secrets.store(service, token)

    async def delete(self, service: SecretName) -> bool:
        """See the port."""
        self.invalidate()
        return await self._secrets.delete(service)


class FixedSecrets:
    """Implements the port `Secrets` with what was handed over: for the stand-ins, and for a check.

    What is not among it is asked of `fallback`.
    """

    def __init__(
        self,
        tokens: Mapping[Service, str] | Mapping[SecretName, str],
        fallback: Secrets | None = None,
    ) -> None:
        self._tokens: dict[SecretName, str] = {name: text for name, text in tokens.items()}  # noqa: C416 - dict() takes no union of mappings
        self._fallback = fallback

    async def token(self, service: SecretName) -> str:
        """See the port."""
        if service in self._tokens:
            return self._tokens[service]
        if self._fallback is not None:
            return await self._fallback.token(service)
        raise SecretUnavailable(f"There is no {_secret_title(service)}.", KeyringProblem.EMPTY)

    async def store(self, service: SecretName, token: str) -> None:
        """See the port."""
        self._tokens[service] = token

    async def delete(self, service: SecretName) -> bool:
        """See the port."""
        return self._tokens.pop(service, None) is not None


class _Call(Generic[_T]):
    """One question to the keyring, asked in a thread and answered on the loop."""

    def __init__(
        self,
        work: Callable[[], _T],
        loop: asyncio.AbstractEventLoop,
        on_end: Callable[[_Call[_T]], None],
    ) -> None:
        self.ended = asyncio.Event()
        self.is_abandoned = False
        self.is_cancelled = False
        self.state = KeyringState.UNASKED
        self._work = work
        self._loop = loop
        self._on_end = on_end
        self._result: Callable[[], _T] = self._not_yet

    def run(self) -> None:
        """In the thread: ask, and hand the answer to the loop if that is still there."""
        try:
            end = partial(self._succeed, self._work())
        except Exception as error:  # noqa: BLE001 - back ends raise what they like
            end = partial(self._fail, _state(error), type(error).__name__)
        try:
            self._loop.call_soon_threadsafe(end)
        except RuntimeError:
            _log.debug("the keyring answered after the loop was closed")

    def result(self) -> _T:
        """The answer. Raises SecretUnavailable."""
        return self._result()

    def _not_yet(self) -> _T:
        raise _unavailable(KeyringState.SLOW)

    def _succeed(self, result: _T) -> None:
        self._end(KeyringState.WORKS, lambda: result)

    def _fail(self, state: KeyringState, kind: str) -> None:
        def fail() -> _T:
            raise _unavailable(state, kind)

        self._end(state, fail)

    def _end(self, state: KeyringState, take: Callable[[], _T]) -> None:
        self.state, self._result = state, take
        self.ended.set()
        self._on_end(self)


def _get(service: SecretName) -> str | None:
    import keyring

    _refresh_backend()
    return keyring.get_password(KEYRING_SERVICE, service.value)


def _set(service: SecretName, token: str) -> None:
    import keyring

    _refresh_backend()
    keyring.set_password(KEYRING_SERVICE, service.value, token)


def _delete(service: SecretName) -> bool:
    import keyring
    from keyring.errors import PasswordDeleteError

    _refresh_backend()
    try:
        keyring.delete_password(KEYRING_SERVICE, service.value)
    except PasswordDeleteError:
        return False
    return True


def _refresh_backend() -> None:
    """Look for back ends again: the library looks once in its life, and one may have come later."""
    from keyring import backend, core
    from keyring.backends import fail

    if isinstance(core.get_keyring(), fail.Keyring) and "PYTHON_KEYRING_BACKEND" not in os.environ:
        backend.get_all_keyring.reset()
        core.init_backend()


def _state(error: Exception) -> KeyringState:
    from keyring import errors

    if isinstance(error, errors.NoKeyringError) or _is_service_gone(error):
        return KeyringState.ABSENT
    return KeyringState.LOCKED if isinstance(error, errors.KeyringLocked) else KeyringState.BROKEN


def _is_service_gone(error: Exception) -> bool:
    """Whether there was a Secret Service and nobody has its name any more."""
    if sys.platform != "linux":
        return False
    from secretstorage.exceptions import SecretServiceNotAvailableException

    return isinstance(error, SecretServiceNotAvailableException) or isinstance(
        error.__cause__, SecretServiceNotAvailableException
    )


def _unavailable(state: KeyringState, kind: str = "") -> SecretUnavailable:
    """A state in words; a back end's own text is left out, it might quote what it was given."""
    return SecretUnavailable(
        {
            KeyringState.ABSENT: (
                "There is no keyring on this computer. Install and start one that offers the"
                " Secret Service (GNOME Keyring, KWallet, KeePassXC): tokens are kept nowhere else."
            ),
            KeyringState.LOCKED: (
                "The keyring is locked. Unlock it, or be asked for its password: timer-app sync"
            ),
            KeyringState.PROMPTING: (
                "The keyring waits for its password: look for its window, and try again after."
            ),
            KeyringState.SLOW: (
                "The keyring does not answer. End and start it anew, or log in to your desktop"
                " again."
            ),
        }.get(state, f"The keyring failed{f' ({kind})' if kind else ''}. Try again."),
        _PROBLEMS.get(state, KeyringProblem.FAILED),
    )


_PROBLEMS = {
    KeyringState.ABSENT: KeyringProblem.ABSENT,
    KeyringState.LOCKED: KeyringProblem.LOCKED,
    KeyringState.PROMPTING: KeyringProblem.SILENT,
    KeyringState.SLOW: KeyringProblem.SILENT,
}


def _secret_title(service: SecretName) -> str:
    return {
        Service.TIMECROWD: "token for TimeCrowd",
        Service.KAITEN: "token for Kaiten",
        ProxySecret.PROXY: "password for the proxy",
    }[service]
