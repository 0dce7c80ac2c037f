"""Hot keys through a portal that is played on a real bus."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator

import pytest
from dbus_fast import BusType, Variant

from tests.support.bus import SessionBus
from tests.support.limits import TIME_LIMIT
from tests.support.portal import Person, Portal
from timer_app.adapters.dbus.bus import Bus
from timer_app.adapters.hotkeys.portal import PortalHotKeys, keys_from_trigger, portal_trigger
from timer_app.domain.hotkeys import (
    HotKeyAction,
    HotKeyBinding,
    HotKeyBound,
    HotKeyPending,
    HotKeyProblem,
    HotKeyUnavailable,
    parse_combination,
)

pytestmark = pytest.mark.desktop

TOGGLE, OPEN, MANUAL = HotKeyAction
ID = "io.github.timer_app"
BOTH = {TOGGLE: parse_combination("Ctrl+Alt+T"), OPEN: parse_combination("Super+Shift+PageUp")}
BOUND = {TOGGLE: HotKeyBound("CTRL+ALT+T"), OPEN: HotKeyBound("SHIFT+LOGO+PAGE_UP")}


class Keys:
    """The hot keys of a test, and what was heard of them."""

    def __init__(
        self, address: str, before_asking: Callable[[], Awaitable[object]] | None = None
    ) -> None:
        self.heard: asyncio.Queue[HotKeyAction] = asyncio.Queue()
        self.bus = Bus(BusType.SESSION, address=address)
        self.tasks: list[asyncio.Task[None]] = []
        self._changed = asyncio.Event()
        self.now = 100.0
        self.hot_keys = PortalHotKeys(
            self.bus, ID, lambda action: f"Do {action.value}", self.heard.put_nowait,
            self._changed.set, self._spawn, seconds=lambda: self.now,
            before_asking=before_asking,
        )  # fmt: skip

    def _spawn(self, work: Callable[[], Coroutine[object, object, None]]) -> asyncio.Task[None]:
        self.tasks.append(asyncio.get_running_loop().create_task(work()))
        return self.tasks[-1]

    async def becomes(self, *wanted: HotKeyBinding) -> None:
        """Wait until the bindings are these, in order of the actions."""
        async with asyncio.timeout(TIME_LIMIT):
            while tuple(self.hot_keys.bindings.values()) != wanted:
                self._changed.clear()
                await self._changed.wait()

    async def cannot(self, obstacle: HotKeyProblem) -> str:
        """Wait until nothing works for that reason; the words said of it."""
        async with asyncio.timeout(TIME_LIMIT):
            while True:
                found = set(self.hot_keys.bindings.values())
                if len(found) == 1 and isinstance(only := found.pop(), HotKeyUnavailable):
                    assert only.problem is obstacle
                    return only.detail
                self._changed.clear()
                await self._changed.wait()

    async def hears(self, *actions: HotKeyAction) -> None:
        """These come in this order."""
        async with asyncio.timeout(TIME_LIMIT):
            assert [await self.heard.get() for _ in actions] == list(actions)
        assert self.heard.empty()


@pytest.fixture
def portal(session_bus: SessionBus) -> Iterator[Portal]:
    """A portal on the test's bus, started by the test."""
    with Portal(session_bus.address) as portal:
        yield portal


@pytest.fixture
async def keys(session_bus: SessionBus) -> AsyncIterator[Keys]:
    """Hot keys on the test's bus."""
    keys = Keys(session_bus.address)
    yield keys
    await keys.hot_keys.close()
    await keys.bus.close()
    for task in keys.tasks:
        async with asyncio.timeout(TIME_LIMIT):
            await asyncio.wait([task])
        assert task.cancelled() or task.exception() is None


async def test_what_the_desktop_bound_is_shown_and_works(keys: Keys, portal: Portal) -> None:
    portal.keys = {"toggle": "Press Ctrl+Alt+U", "open": ""}
    portal.start()
    keys.hot_keys.bind(BOTH)
    await keys.becomes(HotKeyBound("Press Ctrl+Alt+U"), HotKeyUnavailable(HotKeyProblem.DECLINED))
    asked = ["Register", "CreateSession", "ListShortcuts", "BindShortcuts"]
    assert portal.members()[:4] == asked
    assert portal.wait_call("Register").values == [ID, {}]
    _, shortcuts, parent, _ = portal.wait_call("BindShortcuts").values
    assert parent == ""
    assert shortcuts == [
        ("toggle", {"description": "Do toggle", "preferred_trigger": "CTRL+ALT+t"}),
        ("open", {"description": "Do open", "preferred_trigger": "SHIFT+LOGO+Page_Up"}),
    ]
    portal.activate("toggle")
    await keys.hears(TOGGLE)
    portal.change({"toggle": "Ctrl+Alt+U", "open": "Super+O"})
    await keys.becomes(HotKeyBound("Ctrl+Alt+U"), HotKeyBound("Super+O"))
    portal.activate("open", activation_token=Variant("s", "let me"))
    await keys.hears(OPEN)
    assert os.environ.pop("XDG_ACTIVATION_TOKEN") == "let me"


@pytest.mark.parametrize("stamp", [0, 5000])
async def test_a_key_held_down_is_pressed_once(keys: Keys, portal: Portal, stamp: int) -> None:
    """Whatever times the portal tells: KDE's repeats a held key with timestamp 0."""
    portal.start()
    keys.hot_keys.bind(BOTH)
    await keys.becomes(*BOUND.values())
    for _ in range(26):
        portal.activate("toggle", stamp)
    portal.activate("open", stamp)
    await keys.hears(TOGGLE, OPEN)
    portal.deactivate("toggle", stamp)
    portal.activate("toggle", stamp)
    await keys.hears(TOGGLE)
    keys.now += 3  # a portal that never says when a key is let go
    portal.activate("toggle", stamp)
    await keys.hears(TOGGLE)


async def test_keys_that_the_desktop_knows_are_not_asked_for(keys: Keys, portal: Portal) -> None:
    """KDE opens System Settings at every BindShortcuts, so at each start of the app."""
    portal.start()
    keys.hot_keys.bind(BOTH)
    await keys.becomes(*BOUND.values())
    assert portal.members().count("BindShortcuts") == 1
    portal.stop()
    await keys.cannot(HotKeyProblem.LOST)
    portal.start()
    await keys.becomes(*BOUND.values())
    assert portal.members().count("BindShortcuts") == 1
    portal.activate("toggle")
    await keys.hears(TOGGLE)


async def test_keys_that_the_person_took_away_are_not_asked_for(keys: Keys, portal: Portal) -> None:
    portal.listed_keys = {"toggle": "Ctrl+Alt+U", "open": ""}
    portal.start()
    keys.hot_keys.bind(BOTH)
    await keys.becomes(HotKeyBound("Ctrl+Alt+U"), HotKeyUnavailable(HotKeyProblem.DECLINED))
    assert "BindShortcuts" not in portal.members()
    keys.hot_keys.bind(BOTH)  # "Bind again"
    await asyncio.to_thread(portal.wait_call, "BindShortcuts")


async def test_one_that_is_missing_is_asked_for_with_the_others(keys: Keys, portal: Portal) -> None:
    """KDE's portal lets go of keys that a bind does not name."""
    portal.listed_keys = {"toggle": "Ctrl+Alt+U"}
    portal.start()
    keys.hot_keys.bind(BOTH)
    bind = await asyncio.to_thread(portal.wait_call, "BindShortcuts")
    assert [name for name, _ in bind.values[1]] == ["toggle", "open"]


async def test_a_first_bind_is_believed_when_a_new_session_confirms_it(
    keys: Keys, portal: Portal
) -> None:
    """The keys belong to the terminal: KDE's answer says otherwise."""
    portal.listed_keys, portal.lists_after_bind = {"toggle": ""}, True
    portal.start()
    keys.hot_keys.bind({TOGGLE: BOTH[TOGGLE]})
    await keys.becomes(HotKeyUnavailable(HotKeyProblem.DECLINED))


@pytest.mark.parametrize("code", [1, 2, 3_000_000_000])
async def test_a_success_with_any_code(keys: Keys, portal: Portal, code: int) -> None:
    """GNOME 48 leaves the code uninitialised, and its sessions know nothing of one another."""
    portal.code, portal.remembers = code, False
    portal.keys = {"toggle": "Press <Control><Alt>u", "open": "Press <Shift><Super>Page_Up"}
    portal.start()
    keys.hot_keys.bind(BOTH)
    await keys.becomes(HotKeyBound("Ctrl+Alt+U"), HotKeyBound("Shift+Super+PageUp"))
    assert portal.members().count("BindShortcuts") == 1
    portal.activate("toggle")
    await keys.hears(TOGGLE)


async def test_a_portal_that_binds_silently_is_reported_each_time(
    keys: Keys, portal: Portal
) -> None:
    """KDE's newer ones list keys that do not work before they are bound."""
    portal.version = 2
    portal.listed_keys = {"toggle": "Ctrl+Alt+U", "open": "Super+O"}
    portal.start()
    keys.hot_keys.bind(BOTH)
    await keys.becomes(HotKeyBound("Ctrl+Alt+U"), HotKeyBound("Super+O"))
    assert portal.members().count("BindShortcuts") == 1


async def test_nothing_is_asked_before_it_may_be(session_bus: SessionBus, portal: Portal) -> None:
    may_ask = asyncio.Event()
    keys = Keys(session_bus.address, may_ask.wait)
    portal.start()
    keys.hot_keys.bind(BOTH)
    await asyncio.to_thread(portal.wait_call, "ListShortcuts")
    assert set(keys.hot_keys.bindings.values()) == {HotKeyPending()}
    assert "BindShortcuts" not in portal.members()
    may_ask.set()
    await keys.becomes(*BOUND.values())
    await keys.hot_keys.close()
    await keys.bus.close()


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("Press <Control><Alt>u", "Ctrl+Alt+U"),
        ("<Primary><Shift>Page_Up", "Ctrl+Shift+PageUp"),
        ("<Super>F35 または <Mod1>plus を押す", "Super+F35, Alt+Plus"),
        ("<Hyper>u", "Hyper+U"),
        ("Meta+O", "Meta+O"),
        ("", ""),
    ],
)
def test_a_trigger_is_shown_as_keys(told: str, shown: str) -> None:
    assert keys_from_trigger(told) == shown


async def test_signals_of_others_are_not_ours(keys: Keys, portal: Portal) -> None:
    portal.start()
    keys.hot_keys.bind(BOTH)
    await keys.becomes(*BOUND.values())
    ours, portal.session = portal.session, "/org/freedesktop/portal/desktop/session/1_1/theirs"
    portal.activate("toggle")
    portal.change({"toggle": "Theirs"})
    portal.session = ours
    portal.activate("nonsense")
    portal.activate("open")
    await keys.hears(OPEN)
    assert keys.hot_keys.bindings == BOUND


async def test_a_portal_that_tells_only_when_it_is_asked(keys: Keys, portal: Portal) -> None:
    portal.lists = True
    portal.start()
    keys.hot_keys.bind(BOTH)
    await keys.becomes(*BOUND.values())
    assert "ListShortcuts" in portal.members()


async def test_nobody_to_register_with(keys: Keys, portal: Portal) -> None:
    """An older portal, or the app is in a sandbox."""
    portal.registry = False
    portal.start()
    keys.hot_keys.bind(BOTH)
    await keys.becomes(*BOUND.values())


async def test_the_person_declines(keys: Keys, portal: Portal) -> None:
    portal.person = Person.DECLINES
    portal.start()
    keys.hot_keys.bind(BOTH)
    await keys.cannot(HotKeyProblem.DECLINED)


async def test_a_portal_without_hot_keys(keys: Keys, portal: Portal) -> None:
    portal.shortcuts = False
    portal.start()
    keys.hot_keys.bind(BOTH)
    assert await keys.cannot(HotKeyProblem.PORTAL_TOO_OLD) == ""  # no words of D-Bus


async def test_the_portal_comes_late_and_is_restarted(keys: Keys, portal: Portal) -> None:
    keys.hot_keys.bind(BOTH)
    await keys.cannot(HotKeyProblem.NO_PORTAL)
    portal.start()
    await keys.becomes(*BOUND.values())
    portal.stop()
    await keys.cannot(HotKeyProblem.LOST)
    portal.start()
    await keys.becomes(*BOUND.values())
    assert portal.members().count("Register") == 2
    last = len(portal.members()) - portal.members()[::-1].index("Register")
    assert "Close" not in portal.members()[last:]  # it knows no session of the old one
    portal.activate("toggle")
    await keys.hears(TOGGLE)


async def test_no_bus(tmp_path: object) -> None:
    keys = Keys(f"unix:path={tmp_path}/none")
    keys.hot_keys.bind(BOTH)
    assert await keys.cannot(HotKeyProblem.NO_PORTAL) == ""  # the bus's words are the log's
    await keys.hot_keys.close()
    await keys.bus.close()


async def test_other_keys_are_asked_for_anew(keys: Keys, portal: Portal) -> None:
    portal.start()
    keys.hot_keys.bind(BOTH)
    await keys.becomes(*BOUND.values())
    before = portal.session
    keys.hot_keys.bind({OPEN: parse_combination("F9")})
    await keys.becomes(HotKeyBound("F9"))
    assert before != portal.session
    assert before in [call.path for call in portal.calls if call.member == "Close"]
    portal.activate("toggle")
    portal.activate("open")
    await keys.hears(OPEN)
    last = portal.session
    keys.hot_keys.bind({})
    async with asyncio.timeout(TIME_LIMIT):
        await asyncio.wait([keys.tasks[-1]])
    assert portal.calls[-1].path == last
    assert keys.hot_keys.bindings == {}


async def test_with_no_keys_wanted_nobody_is_asked(keys: Keys, portal: Portal) -> None:
    portal.start()
    keys.hot_keys.bind({})
    assert (keys.tasks, keys.bus.connected) == ([], False)
    portal.stop()
    keys.hot_keys.bind(BOTH)
    await keys.cannot(HotKeyProblem.NO_PORTAL)
    keys.hot_keys.bind({})
    assert keys.hot_keys.bindings == {}


async def test_the_desktop_ends_the_session(keys: Keys, portal: Portal) -> None:
    portal.start()
    keys.hot_keys.bind(BOTH)
    await keys.becomes(*BOUND.values())
    portal.end_session()
    await keys.cannot(HotKeyProblem.PORTAL_REFUSED)
    keys.hot_keys.bind(BOTH)
    await keys.becomes(*BOUND.values())


async def test_a_window_that_nobody_answers_is_taken_back(keys: Keys, portal: Portal) -> None:
    portal.person = Person.LEAVES_IT_OPEN
    portal.start()
    keys.hot_keys.bind(BOTH)
    bind = await asyncio.to_thread(portal.wait_call, "BindShortcuts")
    assert set(keys.hot_keys.bindings.values()) == {HotKeyPending()}
    async with asyncio.timeout(TIME_LIMIT):
        await keys.hot_keys.close()
    closed = [call.path for call in portal.calls if call.member == "Close"]
    assert closed[0].endswith(f"/{bind.values[3]['handle_token']}")
    assert closed[1] == bind.values[0]


@pytest.mark.parametrize(
    ("typed", "wish"),
    [("Ctrl+Alt+T", "CTRL+ALT+t"), ("Super+,", "LOGO+comma"), ("MediaPlay", "XF86AudioPlay")],
)
def test_the_wish_as_the_portal_reads_it(typed: str, wish: str) -> None:
    assert portal_trigger(parse_combination(typed)) == wish
