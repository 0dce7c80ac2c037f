"""Tokens in the keyring of the operating system, and nowhere else.

A keyring that is locked while a screen is there blocks until its prompt is answered. So each
call runs in a thread that nobody waits for when quitting, within a time limit, and every way it
can end has a name. One call at a time: two would be two prompts.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import CancelledError
from functools import partial

from timer_app.adapters.setup.keyring_items import FoundSecret
from timer_app.adapters.setup.keyring_questions import (
    InProcessQuestion,
    KeyringAct,
    KeyringAnswer,
    KeyringFailed,
    KeyringQuestion,
    KeyringRequest,
    MakeQuestion,
)
from timer_app.adapters.setup.secret_origins import secret_of_another_origin
from timer_app.domain.messages import KeyringMessageId, absent_keyring
from timer_app.domain.service import Service
from timer_app.domain.setup.secrets import KeyringProblem, ProxySecret, SecretName, SecretUse
from timer_app.services.background_tasks import start_task
from timer_app.services.setup.desktop_status import KeyringState
from timer_app.services.setup.ports import SecretUnavailable

KEYRING_TIMEOUT = 10.0
_LATE_SECONDS = 30.0
_SHARE_OF_DIAGNOSIS = 4
_LONGEST_DIAGNOSIS = 1.0
_LONGEST_START = 8.0
"""Seconds in which a service that was started must be there."""
_ANSWER_AFTER_UNLOCK = 2.0
"""Seconds in which a question is answered that a person answered a prompt for."""
_LOCKED_STATES = (KeyringState.LOCKED, KeyringState.DISMISSED)

IsLocked = Callable[[], Awaitable[bool | None]]
"""Asks the keyring, beside the call that hangs, whether it is locked; None: it does not say."""

StartService = Callable[[], Awaitable[bool]]
"""Starts a keyring's service that is installed; returns whether one is there now."""

_log = logging.getLogger(__name__)
NO_USE = SecretUse()


async def _unknown_lock_state() -> bool | None:
    return None


async def _nothing_to_start() -> bool:
    return False


class KeyringSecrets:
    """Implements the port `Secrets`.

    An answer is waited for `timeout` seconds, and not longer than `until` on the loop's clock.
    `on_late_answer` is called when an answer came after its time limit: its caller may try
    again, and gets that answer without a second question. A secret is stored, and with
    `is_patient` anything is done, as long as a prompt is known to wait for the person. `changed` is
    called when `state` has become another one. A prompt that a person dismissed
    is not shown at each of their clicks: only after `allow_prompt`, or once the keyring is
    unlocked. Where there is no service, `start_service` may start one. `make_question` makes what
    asks the keyring, in this process or in another.
    """

    def __init__(
        self,
        *,
        timeout: float = KEYRING_TIMEOUT,
        until: float | None = None,
        is_patient: bool = False,
        on_late_answer: Callable[[], None] = lambda: None,
        changed: Callable[[], None] = lambda: None,
        is_locked: IsLocked = _unknown_lock_state,
        start_service: StartService = _nothing_to_start,
        make_question: MakeQuestion = InProcessQuestion,
    ) -> None:
        self._timeout = timeout
        self._until = until
        self._is_patient = is_patient
        self._late_secrets: dict[tuple[SecretName, SecretUse], tuple[FoundSecret, float]] = {}
        self._on_late_answer = on_late_answer
        self._on_state_change = changed
        self._is_locked = is_locked
        self._start_service = start_service
        self._make_question = make_question
        self._detail: Sequence[str] = ()
        self._state = KeyringState.UNASKED
        self._current_call: _Call | None = None
        self._prompt_dismissed = False
        self._asking_again: asyncio.Task[None] | None = None

    def bind(
        self, changed: Callable[[], None], is_locked: IsLocked, start_service: StartService
    ) -> None:
        """Set what is called by it: see the class."""
        self._on_state_change, self._is_locked = changed, is_locked
        self._start_service = start_service

    @property
    def state(self) -> KeyringState:
        """The state of the keyring after the last call."""
        return self._state

    @property
    def problem_message(self) -> str:
        """The state as a sentence with what to do, "" while it works."""
        return str(_unavailable(self._state, self._detail)) if self._state.is_unavailable else ""

    async def token(self, service: SecretName, use: SecretUse = NO_USE) -> str:
        """See the port."""
        found = self._take_late(service, use)
        if found is None:
            request = KeyringRequest(KeyringAct.READ, service, use)
            found = (await self._ask(request, is_patient=self._is_patient)).found
        if found is not None and found.other_origin:
            raise secret_of_another_origin(service, found.other_origin, use.origin)
        if not found or not found.secret:
            raise secret_missing(service)
        return found.secret

    async def store(self, service: SecretName, token: str, use: SecretUse = NO_USE) -> None:
        """See the port."""
        self._drop_late(service)
        request = KeyringRequest(KeyringAct.WRITE, service, use, token)
        await self._ask(request, is_patient=True)

    async def delete(self, service: SecretName, use: SecretUse = NO_USE) -> bool:
        """See the port."""
        self._drop_late(service)
        request = KeyringRequest(KeyringAct.DELETE, service, use)
        return (await self._ask(request, is_patient=self._is_patient)).was_there

    def on_available(self) -> None:
        """There is a keyring, perhaps another one: a call that waits for the one before never ends.

        One that a question of ours has started, and that is still being asked, is not a new one.
        """
        if self._current_call is not None and not self._current_call.is_abandoned:
            return
        self._leave_call()
        self._prompt_dismissed = False
        self._late_secrets.clear()

    def on_unlocked(self) -> None:
        """It can be read by now, perhaps through another program's prompt.

        Our own prompt then waits for an answer that nobody needs to give: GNOME Keyring leaves it
        open. A question that is not answered soon is asked again.
        """
        self.allow_prompt()
        call = self._current_call
        is_asking_again = self._asking_again is not None and not self._asking_again.done()
        if call is not None and not call.ended.is_set() and not is_asking_again:
            self._asking_again = start_task(self._ask_again(call))

    async def _ask_again(self, call: _Call) -> None:
        try:
            async with asyncio.timeout(_ANSWER_AFTER_UNLOCK):
                await call.ended.wait()
        except TimeoutError:
            is_locked = await self._locked_within(_LONGEST_DIAGNOSIS)
            if is_locked is False and call is self._current_call and not call.ended.is_set():
                call.ask_again()

    def on_gone(self) -> None:
        """There is none any more. Cached tokens stay valid."""
        self._leave_call()
        if self._state.is_unavailable:
            self._set_state(KeyringState.ABSENT)

    def give_up(self) -> None:
        """Wait for no answer any more: the app quits, and a delivery that waits was not sent."""
        self._until = 0.0
        if self._current_call is not None:
            self._current_call.cancel()
        self._leave_call()

    def wait_until(self, instant: float) -> None:
        """Wait for no answer longer than until then, on the loop's clock."""
        self._until = instant

    def allow_prompt(self) -> None:
        """Let it show its prompt once more, though that was dismissed."""
        self._prompt_dismissed = False

    def _leave_call(self) -> None:
        """End the current call and ignore its answer."""
        call, self._current_call = self._current_call, None
        if call is not None:
            call.end()

    def _keep_late(self, request: KeyringRequest, answer: KeyringAnswer) -> None:
        """Keep what came after its time limit: a keyring may show a prompt for each question."""
        if answer.found and answer.found.secret:
            until = asyncio.get_running_loop().time() + _LATE_SECONDS
            self._late_secrets[request.name, request.use] = answer.found, until

    def _take_late(self, service: SecretName, use: SecretUse) -> FoundSecret | None:
        """What came late, once, and only soon after: somebody may store another one."""
        found, until = self._late_secrets.pop((service, use), (None, 0.0))
        return found if asyncio.get_running_loop().time() < until else None

    def _drop_late(self, service: SecretName) -> None:
        for each in [each for each in self._late_secrets if each[0] is service]:
            del self._late_secrets[each]

    async def _ask(self, request: KeyringRequest, *, is_patient: bool) -> KeyringAnswer:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self._timeout
        if self._until is not None:
            deadline = min(deadline, self._until)
            if self._until <= 0:
                raise _quit()
        await self._wait_for_previous_call(deadline)
        if self._prompt_dismissed and await self._is_locked():
            is_known = self._state in _LOCKED_STATES
            raise _unavailable(self._state if is_known else KeyringState.LOCKED)
        start = partial(_run_on, loop, self._start_service)
        call = _Call(request, self._make_question, start, loop, self._on_call_ended)
        self._current_call = call
        call.begin()
        try:
            await self._notice_prompt(call, deadline)
            await self._wait(call, deadline)
            while is_patient and not call.ended.is_set() and await self._is_locked():
                call.has_prompted = True
                self._set_state(KeyringState.PROMPTING)
                await self._wait(call, loop.time() + self._timeout)
        except asyncio.CancelledError:
            call.is_cancelled = True  # its result is not reported
            raise
        if call.is_cancelled:
            raise _quit()
        if call.ended.is_set():
            return call.result()
        call.is_abandoned = True
        raise await self._timeout_error(deadline)

    async def _wait_for_previous_call(self, deadline: float) -> None:
        """Wait for the call before. A prompt that a person dismissed is not shown once more."""
        while (before := self._current_call) is not None and not before.ended.is_set():
            await self._wait(before, deadline)
            if not before.ended.is_set() and before is self._current_call:
                raise await self._timeout_error(deadline)
            if before.state in _LOCKED_STATES:
                raise _unavailable(before.state)

    async def _notice_prompt(self, call: _Call, deadline: float) -> None:
        """Detect whether a prompt is open: a locked keyring without one answers at once."""
        loop = asyncio.get_running_loop()
        remaining = max(0.0, deadline - loop.time())
        pause = min(_LONGEST_DIAGNOSIS, remaining / _SHARE_OF_DIAGNOSIS)
        try:
            async with asyncio.timeout(remaining - 2 * pause):
                await call.asking.wait()
        except TimeoutError:
            return
        try:
            async with asyncio.timeout(pause):
                await call.ended.wait()
        except TimeoutError:
            call.has_prompted = bool(await self._locked_within(pause))

    async def _wait(self, call: _Call, deadline: float) -> None:
        """Wait until shortly before the deadline; the rest is for a diagnosis."""
        remaining = max(0.0, deadline - asyncio.get_running_loop().time())
        diagnosis = min(_LONGEST_DIAGNOSIS, remaining / _SHARE_OF_DIAGNOSIS)
        try:
            async with asyncio.timeout(remaining - diagnosis):
                await call.ended.wait()
        except TimeoutError:
            return

    async def _timeout_error(self, deadline: float) -> SecretUnavailable:
        """The error for a keyring that did not answer in time."""
        remaining = max(0.0, deadline - asyncio.get_running_loop().time())
        is_locked = await self._locked_within(remaining)
        state = KeyringState.PROMPTING if is_locked else KeyringState.SLOW
        self._set_state(state)
        return _unavailable(state)

    async def _locked_within(self, seconds: float) -> bool | None:
        try:
            async with asyncio.timeout(seconds):
                return await self._is_locked()
        except TimeoutError:
            return None

    def _on_call_ended(self, call: _Call) -> None:
        if self._current_call is call:
            self._current_call = None
            self._prompt_dismissed = call.state in _LOCKED_STATES
            self._detail = call.detail
            self._set_state(call.state)
            if call.is_abandoned and not call.is_cancelled and call.state is KeyringState.WORKS:
                self._keep_late(call.request, call.result())
                self._on_late_answer()

    def _set_state(self, state: KeyringState) -> None:
        if self._state is not state:
            _log.info("keyring=%s", state.value)
            self._state = state
            self._on_state_change()


class _Call:
    """One question to the keyring, asked in a thread and answered on the loop.

    It is asked once more where `start_service` could start a service, or where the keyring failed
    as KWallet does: one call in a hundred fails in its key exchange (seen with KWallet 6.13).
    """

    def __init__(
        self,
        request: KeyringRequest,
        make_question: MakeQuestion,
        start_service: Callable[[], bool],
        loop: asyncio.AbstractEventLoop,
        on_end: Callable[[_Call], None],
    ) -> None:
        self.request = request
        self.ended = asyncio.Event()
        self.asking = asyncio.Event()
        """Set when the question begins, which takes a process of its own a while."""
        self.is_abandoned = False
        self.is_cancelled = False
        self.has_prompted = False
        self.state = KeyringState.UNASKED
        self.detail: Sequence[str] = ()
        self._make_question = make_question
        self._question = make_question(request)
        self._start_service = start_service
        self._loop = loop
        self._on_end = on_end
        self._result: Callable[[], KeyringAnswer] = self._not_yet

    def begin(self) -> None:
        """Ask in a thread of its own."""
        ask = partial(self._run, self._question)
        threading.Thread(target=ask, name="keyring", daemon=True).start()

    def ask_again(self) -> None:
        """Ask with a new question; what becomes of the one before does not matter."""
        self.end()
        self._question = self._make_question(self.request)
        self.begin()

    def _run(self, question: KeyringQuestion) -> None:
        """In the thread: ask, and hand the answer to the loop if that is still there."""
        try:
            end = partial(self._succeed, self._ask_twice(question))
        except KeyringFailed as failed:
            end = partial(self._fail, failed.state, failed.detail)
        except Exception as error:  # noqa: BLE001 - who asked would wait for an answer
            _log.exception("the keyring could not be asked")
            end = partial(self._fail, KeyringState.BROKEN, (type(error).__name__,))
        self._on_loop(lambda: end() if question is self._question else None)

    def _on_loop(self, act: Callable[[], object]) -> None:
        try:
            self._loop.call_soon_threadsafe(act)
        except RuntimeError:
            _log.debug("the keyring answered after the loop was closed")

    def cancel(self) -> None:
        """Release whoever waits; the answer is not reported."""
        self.is_cancelled = True
        self.asking.set()
        self.ended.set()

    def end(self) -> None:
        """Nobody waits for it any more: end what can be ended."""
        self._question.end()

    def result(self) -> KeyringAnswer:
        """The answer. Raises SecretUnavailable."""
        return self._result()

    def _ask_twice(self, question: KeyringQuestion) -> KeyringAnswer:
        """Raises KeyringFailed."""
        try:
            return question.answer(partial(self._on_loop, self.asking.set))
        except KeyringFailed as failed:
            is_absent = failed.state is KeyringState.ABSENT
            if not (self._start_service() if is_absent else failed.may_pass):
                raise
        return question.answer(lambda: None)

    def _not_yet(self) -> KeyringAnswer:
        raise _unavailable(KeyringState.SLOW)

    def _succeed(self, answer: KeyringAnswer) -> None:
        self._end(KeyringState.WORKS, lambda: answer)

    def _fail(self, state: KeyringState, detail: Sequence[str]) -> None:
        if state is KeyringState.LOCKED and self.has_prompted:
            state = KeyringState.DISMISSED

        def fail() -> KeyringAnswer:
            raise _unavailable(state, detail)

        self.detail = detail
        self._end(state, fail)

    def _end(self, state: KeyringState, take: Callable[[], KeyringAnswer]) -> None:
        self.state, self._result = state, take
        self.asking.set()
        self.ended.set()
        self._on_end(self)


def _run_on(loop: asyncio.AbstractEventLoop, start: StartService) -> bool:
    """Have the loop start a service; called in a thread. False if that fails or takes too long."""

    async def started() -> bool:
        return await start()

    if loop.is_closed():
        return False
    try:
        return asyncio.run_coroutine_threadsafe(started(), loop).result(_LONGEST_START)
    except (TimeoutError, CancelledError):
        return False


def _quit() -> SecretUnavailable:
    """The app was quit while the keyring was asked: that is no state of the keyring."""
    return SecretUnavailable(KeyringMessageId.QUIT, problem=KeyringProblem.QUIT)


def _unavailable(state: KeyringState, detail: Sequence[str] = ()) -> SecretUnavailable:
    """The error for a state of the keyring."""
    message_id = _MESSAGES.get(
        state, KeyringMessageId.FAILED if detail else KeyringMessageId.BROKEN
    )
    if state is KeyringState.ABSENT and detail:
        message_id = KeyringMessageId.CHOICE_ABSENT
    return SecretUnavailable(
        message_id, *detail, problem=_PROBLEMS.get(state, KeyringProblem.FAILED)
    )


_MESSAGES = {
    KeyringState.ABSENT: absent_keyring(sys.platform),
    KeyringState.UNSAFE: KeyringMessageId.UNSAFE,
    KeyringState.OUTSIDE_SESSION: KeyringMessageId.OUTSIDE_SESSION,
    KeyringState.LOCKED: KeyringMessageId.LOCKED,
    KeyringState.DISMISSED: KeyringMessageId.DISMISSED,
    KeyringState.PROMPTING: KeyringMessageId.PROMPTING,
    KeyringState.SLOW: KeyringMessageId.SLOW,
}
_PROBLEMS = {
    KeyringState.ABSENT: KeyringProblem.ABSENT,
    KeyringState.UNSAFE: KeyringProblem.UNSAFE,
    KeyringState.OUTSIDE_SESSION: KeyringProblem.OUTSIDE_SESSION,
    KeyringState.LOCKED: KeyringProblem.LOCKED,
    KeyringState.DISMISSED: KeyringProblem.DISMISSED,
    KeyringState.PROMPTING: KeyringProblem.SILENT,
    KeyringState.SLOW: KeyringProblem.SILENT,
}


_NOT_THERE = {
    Service.TIMECROWD: KeyringMessageId.NO_TIMECROWD_TOKEN,
    Service.KAITEN: KeyringMessageId.NO_KAITEN_TOKEN,
    ProxySecret.PROXY: KeyringMessageId.NO_PROXY_PASSWORD,
}


def secret_missing(name: SecretName) -> SecretUnavailable:
    """The error for a keyring that works and does not have the secret."""
    return SecretUnavailable(_NOT_THERE[name], problem=KeyringProblem.EMPTY)
