"""Tokens in the keyring: a fake back end that is slow, locked or absent, and a real one."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import (
    InitError,
    KeyringLocked,
    NoKeyringError,
    PasswordDeleteError,
    PasswordSetError,
)

from tests.support.bus import SessionBus
from tests.support.environment import Home
from tests.support.process import Process
from tests.support.secret_service import SecretService
from timer_app.adapters.setup import keyrings
from timer_app.adapters.setup.cached_secrets import CachedSecrets, FixedSecrets
from timer_app.adapters.setup.keyring_items import FoundSecret
from timer_app.adapters.setup.keyring_questions import (
    KeyringAnswer,
    KeyringFailed,
    KeyringQuestion,
)
from timer_app.adapters.setup.secrets import KeyringSecrets
from timer_app.domain.service import Service
from timer_app.domain.setup.secrets import KeyringProblem
from timer_app.services.setup.desktop_status import KeyringState
from timer_app.services.setup.ports import Secrets, SecretUnavailable

TC, KT = Service.TIMECROWD, Service.KAITEN
CANARY = "canary-9f3b7c51e2"
NO_ANSWER = "The keyring does not answer. Restart it, or log out of the desktop and in again."
LOCKED = (
    "The keyring is locked. Unlock it and try again. To be asked for its password: timer-app sync"
)


@dataclass
class _Held:
    passwords: dict[tuple[str, str], str] = field(default_factory=dict)
    error: Callable[[], Exception | None] | None = None
    asked: threading.Event = field(default_factory=threading.Event)
    may_answer: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)
    calls: int = 0


class FakeKeyring(KeyringBackend):
    """A back end of the library, in memory."""

    held = _Held()

    @property
    def priority(self) -> float:
        return 1

    def _asked(self) -> None:
        self.held.calls += 1
        self.held.threads.append(threading.current_thread())
        self.held.asked.set()
        assert self.held.may_answer.wait(30)
        if self.held.error and (error := self.held.error()):
            raise error

    def get_password(self, service: str, username: str) -> str | None:
        self._asked()
        return self.held.passwords.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._asked()
        self.held.passwords[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._asked()
        if (service, username) not in self.held.passwords:
            raise PasswordDeleteError("not found")
        del self.held.passwords[service, username]


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[_Held]:
    """What the fake back end holds; it answers at once unless `may_answer` is cleared."""
    before = keyring.get_keyring()
    FakeKeyring.held = _Held()
    FakeKeyring.held.may_answer.set()
    keyring.set_keyring(FakeKeyring())  # type: ignore[no-untyped-call]
    monkeypatch.setattr(keyrings, "_SYSTEM_KEYRINGS", {f"{__name__}.FakeKeyring"})
    yield FakeKeyring.held
    FakeKeyring.held.may_answer.set()
    for thread in FakeKeyring.held.threads:
        thread.join(30)
    keyring.set_keyring(before)


async def test_kept_under_the_names_of_the_interface_page(held: _Held) -> None:
    secrets = KeyringSecrets()
    await secrets.store(TC, "one")
    await secrets.store(KT, "two")
    assert held.passwords == {("timer-app", "timecrowd"): "one", ("timer-app", "kaiten"): "two"}
    assert (await secrets.token(TC), await secrets.token(KT)) == ("one", "two")
    assert [await secrets.delete(TC), await secrets.delete(TC)] == [True, False]
    assert held.passwords == {("timer-app", "kaiten"): "two"}


@pytest.mark.parametrize("stored", [None, ""])
async def test_there_is_none_yet(held: _Held, stored: str | None) -> None:
    if stored is not None:
        held.passwords["timer-app", "kaiten"] = stored
    with pytest.raises(SecretUnavailable) as unavailable:
        await KeyringSecrets().token(KT)
    assert str(unavailable.value) == (
        "There is no token for Kaiten yet. Enter one: timer-app login kaiten"
    )


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            lambda: NoKeyringError("No recommended backend was available."),
            (
                "There is no keyring on this computer. Install and start one that offers the Secret"
                " Service (GNOME Keyring, KWallet, KeePassXC): tokens are kept nowhere else."
            ),
        ),
        (
            lambda: KeyringLocked("Failed to unlock the collection!"),
            LOCKED,
        ),
        (lambda: InitError(CANARY), "The keyring failed (InitError). Try again."),
        (
            lambda: PasswordSetError(f"cannot store {CANARY}"),
            "The keyring failed (PasswordSetError). Try again.",
        ),
        (lambda: OSError(CANARY), "The keyring failed (OSError). Try again."),
    ],
    ids=["no keyring", "locked", "init", "set", "system"],
)
async def test_every_failure_has_a_name_and_never_the_token(
    held: _Held, error: Callable[[], Exception], said: str
) -> None:
    held.error = error
    secrets = KeyringSecrets()
    for call in (secrets.token(KT), secrets.store(KT, CANARY), secrets.delete(KT)):
        with pytest.raises(SecretUnavailable) as unavailable:
            await call
        assert str(unavailable.value) == said
        whole = "".join(traceback.format_exception(unavailable.value))
        assert CANARY not in whole + repr(unavailable.value)


async def test_no_back_end_at_all() -> None:
    """The suite's own environment: the library's `fail` back end."""
    with pytest.raises(SecretUnavailable, match=r"^There is no keyring on this computer\."):
        await KeyringSecrets().token(KT)


async def _until(event: threading.Event) -> None:
    await asyncio.to_thread(event.wait, 30)


async def test_slow_it_is_given_up_by_name_and_its_late_answer_is_reported(held: _Held) -> None:
    held.passwords["timer-app", "kaiten"] = "token"
    held.may_answer.clear()
    told = asyncio.Event()
    secrets = KeyringSecrets(timeout=0.05, on_late_answer=told.set)
    with pytest.raises(SecretUnavailable) as unavailable:
        await secrets.token(KT)
    assert str(unavailable.value) == NO_ANSWER
    assert not told.is_set()
    held.may_answer.set()
    await asyncio.wait_for(told.wait(), 30)
    assert held.calls == 1
    held.may_answer.clear()  # one that asks its person again at each question is not asked again
    assert await secrets.token(KT) == "token"
    assert held.calls == 1
    held.may_answer.set()
    held.passwords["timer-app", "kaiten"] = "another"
    assert await secrets.token(KT) == "another"


async def test_who_logs_in_is_waited_for_while_a_prompt_is_known(held: _Held) -> None:
    """The prompt for the first password of a new keyring, or for the one of a locked keyring."""
    prompts, seen = True, asyncio.Event()

    async def is_locked() -> bool | None:
        if secrets.state is KeyringState.PROMPTING:
            seen.set()
        return prompts

    held.may_answer.clear()
    secrets = KeyringSecrets(timeout=0.02, is_locked=is_locked)
    storing = asyncio.create_task(secrets.store(KT, "token"))
    await asyncio.wait_for(seen.wait(), 30)
    assert not storing.done()
    held.may_answer.set()
    await storing
    assert secrets.state is KeyringState.WORKS
    held.may_answer.clear()
    prompts = False
    with pytest.raises(SecretUnavailable, match="does not answer"):
        await secrets.store(KT, "token")


async def test_slow_but_in_time_is_not_late(held: _Held) -> None:
    held.passwords["timer-app", "kaiten"] = "token"
    held.may_answer.clear()
    told: list[str] = []
    asking = asyncio.create_task(
        KeyringSecrets(on_late_answer=lambda: told.append("late")).token(KT)
    )
    await _until(held.asked)
    await asyncio.sleep(0)  # the loop goes on meanwhile
    held.may_answer.set()
    assert (await asking, told) == ("token", [])


async def test_a_late_failure_is_not_reported(held: _Held) -> None:
    held.error = lambda: KeyringLocked("no")
    held.may_answer.clear()
    told: list[str] = []
    secrets = KeyringSecrets(timeout=0.05, on_late_answer=lambda: told.append("late"))
    with pytest.raises(SecretUnavailable):
        await secrets.token(KT)
    await _let_it_answer(held)
    assert told == []


@pytest.mark.parametrize("error", [None, lambda: KeyringLocked("no")], ids=["answer", "failure"])
async def test_given_up_by_its_caller_it_is_not_reported(
    held: _Held, error: Callable[[], Exception] | None
) -> None:
    """Quitting cancels the question; its answer must not wake what is being closed."""
    held.error = error
    held.may_answer.clear()
    told: list[str] = []
    asking = asyncio.create_task(
        KeyringSecrets(on_late_answer=lambda: told.append("late")).token(KT)
    )
    await _until(held.asked)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    await _let_it_answer(held)
    del asking
    gc.collect()  # an exception that nobody took would be logged now
    assert told == []


async def _let_it_answer(held: _Held) -> None:
    held.may_answer.set()
    for thread in held.threads:
        await asyncio.to_thread(thread.join, 30)
    await asyncio.sleep(0)  # what the thread handed over is done now


BLOCKED = """
import asyncio, threading, keyring, sys
from keyring.backend import KeyringBackend
from timer_app.adapters.setup import keyrings
from timer_app.adapters.setup.secrets import KeyringSecrets
from timer_app.domain.service import Service
from timer_app.services.setup.ports import SecretUnavailable
asked = threading.Event()
class Blocked(KeyringBackend):
    priority = 1
    def get_password(self, service, username):
        print("asked", flush=True)
        asked.set()
        threading.Event().wait()
    def set_password(self, service, username, password):
        raise NotImplementedError
keyring.set_keyring(Blocked())
keyrings._SYSTEM_KEYRINGS = {"__main__.Blocked"}
async def main():
    secrets, refused = KeyringSecrets(timeout=0.05), ""
    while not asked.is_set():  # a busy machine may take longer to ask
        try:
            await secrets.token(Service.KAITEN)
        except SecretUnavailable as error:
            refused = str(error)
    print(refused, flush=True)
asyncio.run(main())
"""


def test_quitting_does_not_wait_for_a_blocked_keyring() -> None:
    with Process([sys.executable, "-c", BLOCKED], env=dict(os.environ)) as program:
        assert program.wait(limit=10) == 0, program.transcript()
        assert program.stdout == f"asked\n{NO_ANSWER}\n"


async def test_an_answer_after_the_loop_was_closed(held: _Held) -> None:
    held.may_answer.clear()

    def ask_and_leave() -> None:
        with asyncio.Runner() as runner:
            runner.run(_given_up())

    async def _given_up() -> None:
        with pytest.raises(SecretUnavailable):
            await KeyringSecrets(timeout=0.05).token(KT)

    await asyncio.to_thread(ask_and_leave)
    await _let_it_answer(held)


async def test_remembered_until_doubted(held: _Held) -> None:
    held.passwords["timer-app", "kaiten"] = "old"
    secrets = CachedSecrets(KeyringSecrets())
    assert [await secrets.token(KT), await secrets.token(KT)] == ["old", "old"]
    assert held.calls == 1
    held.passwords["timer-app", "kaiten"] = "new"
    assert await secrets.token(KT) == "old"
    secrets.invalidate()
    assert await secrets.token(KT) == "new"
    await secrets.store(KT, "newer")
    assert await secrets.token(KT) == "newer"
    assert await secrets.delete(KT)
    with pytest.raises(SecretUnavailable):
        await secrets.token(KT)


async def test_none_yet_is_not_remembered(held: _Held) -> None:
    secrets = CachedSecrets(KeyringSecrets())
    with pytest.raises(SecretUnavailable):
        await secrets.token(KT)
    held.passwords["timer-app", "kaiten"] = "token"
    assert await secrets.token(KT) == "token"


async def test_fixed_ones() -> None:
    secrets: Secrets = FixedSecrets({TC: "one"})
    assert await secrets.token(TC) == "one"
    with pytest.raises(SecretUnavailable, match=r"^There is no token for Kaiten yet\."):
        await secrets.token(KT)
    await secrets.store(KT, "two")
    assert (await secrets.delete(KT), await secrets.delete(KT)) == (True, False)


REAL = """
import asyncio, sys
from timer_app.adapters.setup.keyring_process import SubprocessQuestion
from timer_app.adapters.setup.keyring_questions import InProcessQuestion
from timer_app.adapters.setup.secrets import KeyringSecrets
from timer_app.domain.service import Service
from timer_app.services.setup.ports import SecretUnavailable
async def main():
    question = {"here": InProcessQuestion, "in another process": SubprocessQuestion}[sys.argv[2]]
    secrets = KeyringSecrets(make_question=question)
    match sys.argv[1]:
        case "keep":
            print(await secrets.store(Service.KAITEN, "a token"))
        case "token":
            print(await secrets.token(Service.KAITEN))
        case "forget":
            print(await secrets.delete(Service.KAITEN))
try:
    asyncio.run(main())
except SecretUnavailable as error:
    print(error)
"""


@pytest.mark.parametrize("where", ["here", "in another process"])
def test_a_real_keyring(
    home: Home, session_bus: SessionBus, secret_service: SecretService, where: str
) -> None:
    def ask(what: str) -> str:
        environment = home.environment(**session_bus.environment)
        with Process([sys.executable, "-c", REAL, what, where], env=environment) as program:
            assert program.wait() == 0, program.transcript()
            return program.stdout.strip()

    assert [ask("keep"), ask("token")] == ["None", "a token"]
    secret_service.lock()
    assert ask("token") == LOCKED
    secret_service.unlock()
    assert [ask("forget"), ask("forget")] == ["True", "False"]
    assert ask("token") == "There is no token for Kaiten yet. Enter one: timer-app login kaiten"


async def test_one_question_at_a_time_and_one_prompt(held: _Held) -> None:
    """The second waits for the first; a prompt put away answers both."""
    held.error = lambda: KeyringLocked("put away")
    held.may_answer.clear()
    secrets = KeyringSecrets()
    asking = [asyncio.create_task(secrets.token(service)) for service in (TC, KT)]
    await _until(held.asked)
    assert held.calls == 1
    held.may_answer.set()
    ended = await asyncio.gather(*asking, return_exceptions=True)
    assert [str(each) for each in ended] == [LOCKED, LOCKED]
    assert held.calls == 1
    assert secrets.state is KeyringState.LOCKED


async def test_a_prompt_that_was_put_away_is_shown_again_when_wanted(held: _Held) -> None:
    locked = True

    async def is_locked() -> bool | None:
        return locked

    held.passwords["timer-app", "kaiten"] = "token"
    held.error = lambda: KeyringLocked("put away")
    secrets = KeyringSecrets(is_locked=is_locked)
    for _ in range(3):
        with pytest.raises(SecretUnavailable, match="locked"):
            await secrets.token(KT)
    assert held.calls == 1
    secrets.allow_prompt()
    with pytest.raises(SecretUnavailable, match="locked"):
        await secrets.token(KT)
    assert held.calls == 2
    held.error, locked = None, False
    assert await secrets.token(KT) == "token"
    assert secrets.state is KeyringState.WORKS


@pytest.mark.parametrize(
    ("locked", "state"),
    [(True, KeyringState.PROMPTING), (False, KeyringState.SLOW), (None, KeyringState.SLOW)],
)
async def test_why_it_does_not_answer(
    held: _Held, *, locked: bool | None, state: KeyringState
) -> None:
    async def is_locked() -> bool | None:
        return locked

    held.may_answer.clear()
    changes: list[KeyringState] = []
    secrets = KeyringSecrets(timeout=0.05)

    async def start_service() -> bool:
        return False

    secrets.bind(lambda: changes.append(secrets.state), is_locked, start_service)
    with pytest.raises(SecretUnavailable) as unavailable:
        await secrets.token(KT)
    assert str(unavailable.value) == secrets.problem_message
    await _let_it_answer(held)
    assert changes == [state, KeyringState.WORKS]
    assert secrets.problem_message == ""


@pytest.mark.parametrize("turned", [KeyringSecrets.on_gone, KeyringSecrets.on_available])
async def test_who_hangs_at_a_keyring_that_is_gone_hangs_alone(
    held: _Held, turned: Callable[[KeyringSecrets], None]
) -> None:
    held.passwords["timer-app", "kaiten"] = "token"
    held.may_answer.clear()
    secrets = KeyringSecrets(timeout=0.05)
    with pytest.raises(SecretUnavailable):
        await secrets.token(KT)
    turned(secrets)
    hanging, held.may_answer = held.may_answer, threading.Event()
    held.may_answer.set()
    assert await secrets.token(KT) == "token"
    hanging.set()


async def test_one_that_went_is_absent_to_whom_it_was_in_trouble(held: _Held) -> None:
    secrets = KeyringSecrets()
    secrets.on_gone()
    seen = [secrets.state]
    held.error = lambda: KeyringLocked("no")
    with pytest.raises(SecretUnavailable):
        await secrets.token(KT)
    secrets.on_gone()
    assert [*seen, secrets.state] == [KeyringState.UNASKED, KeyringState.ABSENT]


class _Lost(Exception):
    """As jeepney's, which tells a D-Bus error by its name."""

    def __init__(self, name: str) -> None:
        super().__init__(CANARY)
        self.name = name


def _one_after_the_other(*errors: Exception | None) -> Callable[[], Exception | None]:
    left = iter(errors)
    return lambda: next(left)


async def test_what_fails_on_the_way_is_asked_once_more_in_silence(held: _Held) -> None:
    """As one call in a hundred does in KWallet's key exchange."""
    held.passwords["timer-app", "kaiten"] = "token"
    changes: list[KeyringState] = []
    secrets = KeyringSecrets(changed=lambda: changes.append(secrets.state))
    no_session = _Lost("org.qtproject.QtDBus.Error.InvalidObjectPath")
    held.error = _one_after_the_other(no_session, None)
    assert await secrets.token(KT) == "token"
    held.error = _one_after_the_other(ValueError("padding"), None, None)
    await secrets.store(KT, "another")
    assert held.passwords == {("timer-app", "kaiten"): "another"}
    assert changes == [KeyringState.WORKS]
    held.error = _one_after_the_other(no_session, no_session)
    with pytest.raises(SecretUnavailable, match=r"failed \(_Lost\)"):
        await secrets.token(KT)


@pytest.mark.parametrize(
    "error",
    [
        KeyringLocked("no"), InitError("no"), PasswordSetError("denied"),
        _Lost("org.freedesktop.DBus.Error.NoReply"),
    ],
)  # fmt: skip
async def test_what_is_an_answer_is_not_asked_again(held: _Held, error: Exception) -> None:
    """It would prompt a second time."""
    held.error = lambda: error
    with pytest.raises(SecretUnavailable):
        await KeyringSecrets().token(KT)
    assert held.calls == 1


@pytest.mark.parametrize("garbage", ["", "\x03\x1f", "\ufffd\x00"])
async def test_what_cannot_be_a_secret_is_read_once_more(
    held: _Held, monkeypatch: pytest.MonkeyPatch, garbage: str
) -> None:
    """A key exchange that failed unnoticed makes nothing or garbage of a secret."""
    answers = [garbage, "token"]
    monkeypatch.setattr(FakeKeyring, "get_password", lambda *_: answers.pop(0))
    assert await KeyringSecrets().token(KT) == "token"
    assert held.calls == 0


@pytest.mark.parametrize(
    ("is_there", "state"), [(True, KeyringState.WORKS), (False, KeyringState.ABSENT)]
)
async def test_a_service_that_is_installed_is_started(
    held: _Held, *, is_there: bool, state: KeyringState
) -> None:
    started: list[str] = []
    changes: list[KeyringState] = []

    async def start_service() -> bool:
        started.append("started")
        held.error = None if is_there else held.error
        secrets.on_available()  # the bus tells it before the answer
        return is_there

    held.passwords["timer-app", "kaiten"] = "token"
    held.error = lambda: NoKeyringError("none")
    secrets = KeyringSecrets(
        changed=lambda: changes.append(secrets.state), start_service=start_service
    )
    asked = [asyncio.create_task(secrets.token(KT)) for _ in range(2)]
    ended = await asyncio.gather(*asked, return_exceptions=True)
    assert [each == "token" for each in ended] == [is_there, is_there]
    assert changes == [state]  # nobody is told that there is none while it starts
    assert started[0] == "started"


async def test_a_service_that_our_question_started_is_not_asked_twice(held: _Held) -> None:
    """It prompts, and would do so a second time."""
    held.passwords["timer-app", "kaiten"] = "token"
    held.may_answer.clear()
    secrets = KeyringSecrets()
    first = asyncio.create_task(secrets.token(KT))
    await _until(held.asked)
    secrets.on_available()
    second = asyncio.create_task(secrets.token(KT))
    await asyncio.sleep(0)
    assert held.calls == 1
    held.may_answer.set()
    assert [await first, await second] == ["token", "token"]


DISMISSED = (
    "The keyring asked for its password, and the prompt was dismissed."
    " To be asked again: timer-app sync"
)


async def test_a_prompt_that_is_dismissed_is_called_so(held: _Held) -> None:
    seen = asyncio.Event()

    async def is_locked() -> bool | None:
        seen.set()
        return True

    held.error = lambda: KeyringLocked("Failed to unlock the collection!")
    held.may_answer.clear()
    secrets = KeyringSecrets(timeout=0.2, is_patient=True, is_locked=is_locked)
    asking = asyncio.create_task(secrets.token(KT))
    await asyncio.wait_for(seen.wait(), 30)
    held.may_answer.set()
    with pytest.raises(SecretUnavailable) as unavailable:
        await asking
    assert str(unavailable.value) == secrets.problem_message == DISMISSED
    with pytest.raises(SecretUnavailable, match="dismissed"):
        await secrets.token(KT)
    assert held.calls == 1  # it is not shown at each click


@pytest.mark.skipif(sys.platform != "linux", reason="prompts of the Secret Service")
async def test_a_prompt_for_a_first_password_that_is_dismissed(held: _Held) -> None:
    """The library wraps what its own library raises."""
    from secretstorage.exceptions import PromptDismissedException

    wrapped = InitError("Failed to create the collection")
    wrapped.__cause__ = PromptDismissedException("Prompt dismissed.")
    for error in (wrapped, PromptDismissedException("Prompt dismissed.")):
        held.error, held.calls = partial(_the_same, error), 0
        with pytest.raises(SecretUnavailable) as unavailable:
            await KeyringSecrets().store(KT, CANARY)
        assert str(unavailable.value) == DISMISSED
        assert held.calls == 1


def _the_same(error: Exception) -> Exception:
    return error


async def test_no_longer_than_until(held: _Held) -> None:
    held.may_answer.clear()
    loop = asyncio.get_running_loop()
    secrets = KeyringSecrets(until=loop.time() + 0.05)
    with pytest.raises(SecretUnavailable):
        await secrets.token(KT)
    assert secrets.state is KeyringState.SLOW


async def test_what_is_kept_is_read_back(held: _Held, monkeypatch: pytest.MonkeyPatch) -> None:
    def forget(_self: FakeKeyring, _service: str, _username: str, _password: str) -> None:
        """Take it, and keep nothing."""

    monkeypatch.setattr(FakeKeyring, "set_password", forget)
    secrets = KeyringSecrets()
    with pytest.raises(SecretUnavailable, match=r"failed \(NotKeptError\)"):
        await secrets.store(KT, CANARY)
    assert held.passwords == {}
    assert secrets.state is KeyringState.BROKEN


async def test_who_quits_waits_for_no_answer_and_asks_nothing_more(held: _Held) -> None:
    held.passwords["timer-app", "kaiten"] = "token"
    held.may_answer.clear()
    told: list[str] = []
    secrets = KeyringSecrets(timeout=60, on_late_answer=lambda: told.append("late"))
    asking = asyncio.create_task(secrets.token(KT))
    await _until(held.asked)
    secrets.give_up()
    with pytest.raises(SecretUnavailable) as given_up:
        await asyncio.wait_for(asking, 5)
    with pytest.raises(SecretUnavailable) as not_asked:
        await secrets.token(TC)
    assert given_up.value.problem is not_asked.value.problem is KeyringProblem.QUIT
    assert secrets.state is KeyringState.UNASKED  # which nothing is wrong with
    assert held.calls == 1
    await _let_it_answer(held)
    assert told == []


class _SlowToBegin:
    """A question whose process takes its time before it asks a keyring that is locked."""

    def __init__(self) -> None:
        self.made, self.may_begin = threading.Event(), threading.Event()

    def answer(self, on_asking: Callable[[], None]) -> KeyringAnswer:
        self.made.set()
        assert self.may_begin.wait(30)
        on_asking()
        raise KeyringFailed(KeyringState.LOCKED)

    def end(self) -> None:
        """Nothing that could be ended."""


async def test_the_time_before_a_question_begins_is_no_prompt() -> None:
    """A busy computer takes seconds to start a process: that is no prompt that was dismissed."""

    async def is_locked() -> bool | None:
        return True

    question = _SlowToBegin()
    secrets = KeyringSecrets(timeout=1.6, is_locked=is_locked, make_question=lambda _: question)
    asyncio.get_running_loop().call_later(0.6, question.may_begin.set)
    with pytest.raises(SecretUnavailable) as unavailable:
        await secrets.token(KT)
    assert unavailable.value.problem is KeyringProblem.LOCKED
    assert secrets.state is KeyringState.LOCKED


async def test_who_quits_before_a_question_begins() -> None:
    question = _SlowToBegin()
    secrets = KeyringSecrets(timeout=60, make_question=lambda _: question)
    asking = asyncio.create_task(secrets.token(KT))
    await _until(question.made)
    secrets.give_up()
    with pytest.raises(SecretUnavailable) as given_up:
        await asyncio.wait_for(asking, 5)
    assert given_up.value.problem is KeyringProblem.QUIT
    question.may_begin.set()


class _Prompt:
    """A question that waits for its person, however long; `end` lets it go."""

    def __init__(self) -> None:
        self.asked, self.ended = threading.Event(), threading.Event()

    def answer(self, on_asking: Callable[[], None]) -> KeyringAnswer:
        on_asking()
        self.asked.set()
        assert self.ended.wait(30)
        raise KeyringFailed(KeyringState.BROKEN, ["KeyringProcessEnded"])

    def end(self) -> None:
        self.ended.set()


class _Answers:
    """A question to a keyring that is open."""

    def answer(self, on_asking: Callable[[], None]) -> KeyringAnswer:
        on_asking()
        return KeyringAnswer(found=FoundSecret("token", ""))

    def end(self) -> None:
        """Nothing that could be ended."""


@pytest.mark.parametrize("is_late", [False, True])
async def test_unlocked_beside_a_prompt_that_is_open(
    monkeypatch: pytest.MonkeyPatch, *, is_late: bool
) -> None:
    """Through another program's prompt: whoever waits, or waited, gets its answer."""
    monkeypatch.setattr("timer_app.adapters.setup.secrets._ANSWER_AFTER_UNLOCK", 0.01)
    locked, prompt = True, _Prompt()
    questions: list[KeyringQuestion] = [prompt, _Answers()]
    told, asked_whether_locked = asyncio.Event(), asyncio.Event()

    async def is_locked() -> bool | None:
        asked_whether_locked.set()
        return locked

    secrets = KeyringSecrets(
        timeout=0.1 if is_late else 30,
        is_locked=is_locked,
        make_question=lambda _: questions.pop(0) if questions else _Answers(),
        on_late_answer=told.set,
    )
    asking = asyncio.create_task(secrets.token(KT))
    await _until(prompt.asked)
    if is_late:
        with pytest.raises(SecretUnavailable):
            await asking
    asked_whether_locked.clear()
    secrets.on_unlocked()  # as the watch tells at its start: it is locked all the same
    await asked_whether_locked.wait()
    assert not prompt.ended.is_set()
    locked = False
    secrets.on_unlocked()
    if is_late:
        await asyncio.wait_for(told.wait(), 5)
        assert await secrets.token(KT) == "token"
    else:
        assert await asyncio.wait_for(asking, 5) == "token"
    assert prompt.ended.is_set()
    assert secrets.state is KeyringState.WORKS
