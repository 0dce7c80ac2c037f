"""Hot keys through the desktop's portal: on Wayland, and for an app in a sandbox.

The portal asks the person and binds what they say: the keys of the settings are a proposal. Some
portals keep what was bound (KDE) and ask again at every BindShortcuts, so a new session is first
asked what it knows; others keep nothing (GNOME), and everything is bound at each start of theirs or
ours.

Source: org.freedesktop.portal.GlobalShortcuts and org.freedesktop.host.portal.Registry,
https://flatpak.github.io/xdg-desktop-portal/docs/ ; what a trigger is called: the "shortcuts"
specification of freedesktop.org.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import time
from collections.abc import Awaitable, Callable, Mapping

from dbus_fast import Variant

from timer_app.adapters.dbus.bus import (
    CALL_TIMEOUT_SECONDS,
    Bus,
    BusError,
    BusErrorKind,
    SignalMatch,
)
from timer_app.adapters.hotkeys.keysyms import KEYSYMS
from timer_app.domain.errors import BadInput
from timer_app.domain.hotkeys import (
    HotKeyAction,
    HotKeyBinding,
    HotKeyBound,
    HotKeyPending,
    HotKeyProblem,
    HotKeyUnavailable,
    KeyCombination,
    Modifier,
    parse_combination,
)
from timer_app.services.background_tasks import Spawn

PORTAL = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
REGISTRY = "org.freedesktop.host.portal.Registry"
REQUEST = "org.freedesktop.portal.Request"
SESSION = "org.freedesktop.portal.Session"
_DBUS = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
_START_TIMEOUT = 25.0
"""Seconds that the bus itself gives a service to start."""
_CLOSE_TIMEOUT = 1.0
_REPEAT_PAUSE = 1.0
"""Seconds. A key that was not released and comes again within them is a repeat."""
_SILENT_VERSION = 2
_ANSWERS = ("shortcuts", "session_handle")
_MODIFIERS = {
    Modifier.CTRL: "CTRL", Modifier.ALT: "ALT", Modifier.SHIFT: "SHIFT", Modifier.SUPER: "LOGO",
}  # fmt: skip
_GTK_TRIGGER = re.compile(r"((?:<\w+>)+)(\w+)")
"""A trigger as GTK writes it, within a sentence: `Press <Control><Alt>u`."""
_GTK_NAMES = {"primary": "Ctrl", "mod1": "Alt", "mod4": "Super"}
_KEYS_OF_KEYSYMS = {name.casefold(): key for key, name in KEYSYMS.items()}

_log = logging.getLogger(__name__)


class PortalRefused(Exception):
    """The portal answered with something else than requested."""

    def __init__(self, problem: HotKeyProblem, detail: str = "") -> None:
        super().__init__(detail)
        self.problem = problem
        self.detail = detail


class PortalHotKeys:
    """Calls `pressed` with the action of a key, once for each press; `changed` with any change.

    `describe` says what an action does, for the portal's own window; `spawn` owns the one task
    that talks with the portal. It may wait for a person as long as they like. `seconds` is a
    steady clock: KDE's portal sends a held key 25 times a second, each time with timestamp 0.
    `before_asking` is awaited before the portal may open a window of its own.
    """

    def __init__(
        self,
        bus: Bus,
        application_id: str,
        describe: Callable[[HotKeyAction], str],
        pressed: Callable[[HotKeyAction], None],
        changed: Callable[[], None],
        spawn: Spawn,
        *,
        seconds: Callable[[], float] = time.monotonic,
        before_asking: Callable[[], Awaitable[object]] | None = None,
    ) -> None:
        self._bus = bus
        self._seconds = seconds
        self._before_asking = before_asking
        self._application_id = application_id
        self._describe = describe
        self._pressed = pressed
        self._changed = changed
        self._spawn = spawn
        self._requested: dict[HotKeyAction, KeyCombination] | None = None
        self._must_ask = False
        self._bindings: dict[HotKeyAction, HotKeyBinding] = {}
        self._watching: asyncio.Task[None] | None = None
        self._binding: asyncio.Task[None] | None = None
        self._is_portal_available: bool | None = None
        self._unsubscribers: list[Callable[[], None]] = []
        self._portal_session = _PortalSession(bus)
        self._pressed_at: dict[HotKeyAction, float] = {}

    @property
    def bindings(self) -> Mapping[HotKeyAction, HotKeyBinding]:
        """The binding of each requested key."""
        return self._bindings

    def bind(self, requested: Mapping[HotKeyAction, KeyCombination]) -> None:
        """Request these keys and no others.

        Keys that changed while the app runs, and those that the person wants to bind again, are
        asked for even if the portal knows some: it may let the person choose others.
        """
        if self._requested is not None:
            changed = any(self._requested.get(action) != keys for action, keys in requested.items())
            declined = HotKeyUnavailable(HotKeyProblem.DECLINED) in self._bindings.values()
            self._must_ask = self._must_ask or changed or declined
        self._requested = dict(requested)
        self._set_all(HotKeyPending())
        if self._is_portal_available:
            self._rebind()
        elif requested and (self._watching is None or self._watching.done()):
            self._watching = self._spawn(self._watch)

    async def close(self) -> None:
        """Cancel the open request, and release the keys."""
        for task in (self._watching, self._binding):
            if task is not None:
                task.cancel()
        self._stop_listening()
        await self._portal_session.end()

    # -- the portal appears and disappears

    async def _watch(self) -> None:
        """Have the bus start the portal, and observe its name from then on."""
        try:
            await self._start_portal()
            if not self._unsubscribers:
                await self._listen()
        except BusError as problem:
            self._stop_listening()
            _log.info("no hot keys by the portal: %s", problem)
            self._set_unavailable(HotKeyProblem.NO_PORTAL)
        else:
            if not self._is_portal_available:
                self._set_unavailable(HotKeyProblem.NO_PORTAL)

    async def _start_portal(self) -> None:
        """Start the portal; the watch reports a name that nobody has and nobody can start."""
        try:
            await self._bus.call(
                *_DBUS, "StartServiceByName", "su", PORTAL, 0, time_limit=_START_TIMEOUT
            )
        except BusError as problem:
            if problem.kind is BusErrorKind.NO_BUS:
                raise
            _log.info("the portal does not start: %s", problem)

    async def _listen(self) -> None:
        for interface, member, handler in (
            (SHORTCUTS, "Activated", self._on_activated),
            (SHORTCUTS, "Deactivated", self._on_deactivated),
            (SHORTCUTS, "ShortcutsChanged", self._on_shortcuts_changed),
            (SESSION, "Closed", self._on_session_closed),
        ):
            self._unsubscribers.append(
                await self._bus.listen(SignalMatch(PORTAL, interface, member), handler)
            )
        self._unsubscribers.append(await self._bus.watch(PORTAL, self._on_owner_changed))

    def _stop_listening(self) -> None:
        unsubscribers, self._unsubscribers = self._unsubscribers, []
        for stop in unsubscribers:
            stop()

    def _on_owner_changed(self, owned: bool) -> None:  # noqa: FBT001 - as the bus calls it
        """Rebind: a new portal does not know us."""
        before, self._is_portal_available = self._is_portal_available, owned
        self._portal_session.forget()
        self._pressed_at.clear()
        if owned:
            self._rebind()
        elif before:
            if self._binding is not None:
                self._binding.cancel()
            self._set_unavailable(HotKeyProblem.LOST)

    # -- binding

    def _rebind(self) -> None:
        """Cancel the request under way, and make a new one."""
        if self._binding is not None:
            self._binding.cancel()
        self._set_all(HotKeyPending())
        self._changed()
        self._binding = self._spawn(self._bind)

    async def _bind(self) -> None:
        try:
            await self._portal_session.end()
            if self._requested:
                await self._portal_session.start(self._application_id)
                self._show_bound(await self._bind_missing())
        except PortalRefused as refused:
            self._set_unavailable(refused.problem, refused.detail)
        except BusError as problem:
            is_gone = problem.kind in (BusErrorKind.NO_BUS, BusErrorKind.NAME_HAS_NO_OWNER)
            _log.info("no hot keys by the portal: %s", problem)
            self._set_unavailable(
                HotKeyProblem.LOST if is_gone else HotKeyProblem.PORTAL_REFUSED, problem.error_name
            )

    async def _bind_missing(self) -> object:
        """Ask the portal for keys only where it does not know them yet.

        All are named then: KDE's portal releases those that are not.
        """
        session = self._portal_session
        known = await session.list_shortcuts()
        is_known = {action.value for action in self._keys} <= {name for name, _ in _rows(known)}
        if is_known and not self._must_ask and not session.binds_silently:
            return known
        if self._before_asking is not None and not (is_known and session.binds_silently):
            await self._before_asking()
        bound = await session.bind(self._shortcuts())
        if is_known and not self._must_ask:
            return known
        bound = await session.list_in_new_session() or bound
        self._must_ask = False
        return bound

    @property
    def _keys(self) -> Mapping[HotKeyAction, KeyCombination]:
        return self._requested or {}

    def _shortcuts(self) -> list[object]:
        return [
            [action.value, {"description": Variant("s", self._describe(action)),
                            "preferred_trigger": Variant("s", portal_trigger(each))}]
            for action, each in self._keys.items()
        ]  # fmt: skip

    def _show_bound(self, shortcuts: object) -> None:
        """What is not among them, or has no keys, was not bound."""
        keys = {
            name: keys_from_trigger(str(facts.get("trigger_description", "")))
            for name, facts in _rows(shortcuts)
        }
        self._bindings = {
            action: HotKeyBound(keys[action.value])
            if keys.get(action.value)
            else HotKeyUnavailable(HotKeyProblem.DECLINED)
            for action in self._keys
        }
        self._notify()

    def _set_unavailable(self, problem: HotKeyProblem, detail: str = "") -> None:
        self._set_all(HotKeyUnavailable(problem, detail))
        self._notify()

    def _notify(self) -> None:
        _log.info("hot keys by the portal: %s", self._bindings)
        self._changed()

    def _set_all(self, binding: HotKeyBinding) -> None:
        self._bindings = dict.fromkeys(self._keys, binding)

    # -- what the portal reports

    def _on_activated(self, values: list[object]) -> None:
        action = self._own_action(values)
        if action is None or self._is_repeat(action):
            return
        options = values[3]
        if isinstance(options, dict) and options.get("activation_token"):
            # With it Qt may bring a window of ours to the front on Wayland; it takes it from here.
            os.environ["XDG_ACTIVATION_TOKEN"] = str(options["activation_token"])
        self._pressed(action)

    def _is_repeat(self, action: HotKeyAction) -> bool:
        before = self._pressed_at.get(action)
        self._pressed_at[action] = now = self._seconds()
        return before is not None and now - before < _REPEAT_PAUSE

    def _on_deactivated(self, values: list[object]) -> None:
        action = self._own_action(values)
        if action is not None:
            self._pressed_at.pop(action, None)

    def _on_shortcuts_changed(self, values: list[object]) -> None:
        session, shortcuts = values
        if session == self._portal_session.session:
            self._show_bound(shortcuts)

    def _on_session_closed(self, _values: list[object]) -> None:
        """Handle the end of a session; one that we closed ourselves is ignored."""
        if self._portal_session.session:
            self._portal_session.forget()
            self._set_unavailable(HotKeyProblem.PORTAL_REFUSED, "it ended the session")

    def _own_action(self, values: list[object]) -> HotKeyAction | None:
        """The action that a signal is about, if it is of our session and still wanted."""
        named = {action.value: action for action in self._keys}
        return named.get(str(values[1])) if values[0] == self._portal_session.session else None


class _PortalSession:
    """A session with the portal, and the request that it works on."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._number = 0
        self._request = ""
        self.session = ""
        """The session's path, "" without one. Known before the portal says so."""

        self.binds_silently = False
        """Whether a bind of shortcuts that the portal knows opens no window of its own. KDE's newer
        portals want one for the keys to work, and offer version 2 of the interface.
        """

    async def start(self, application_id: str) -> None:
        """Register and open a session. Raises PortalRefused, BusError."""
        await self._register(application_id)
        self.binds_silently = await self._version() >= _SILENT_VERSION
        await self._open()

    async def list_shortcuts(self) -> object:
        """What the portal knows for the session: ids with their facts. Raises BusError."""
        try:
            return (await self._ask("ListShortcuts", "o", self.session)).get("shortcuts")
        except PortalRefused as refused:
            _log.info("the portal lists no shortcuts: %s", refused)
            return None
        except BusError as problem:
            if problem.kind is not BusErrorKind.REFUSED:
                raise
            _log.info("the portal lists no shortcuts: %s", problem)
            return None

    async def bind(self, shortcuts: list[object]) -> object:
        """What was bound: ids with their facts. Raises PortalRefused, BusError."""
        bound = await self._ask("BindShortcuts", "oa(sa{sv})s", self.session, shortcuts, "")
        return bound["shortcuts"] if "shortcuts" in bound else await self.list_shortcuts()

    async def list_in_new_session(self) -> object:
        """The bindings that a new session knows, None if it knows nothing.

        KDE's portal answers a bind with the requested keys, even if others have them;
        only a new session reports which ones work. Where it knows something it becomes our session.
        Ours is closed first, and the new one as well: closing one takes its keys away.
        Raises PortalRefused, BusError.
        """
        own = self.session
        await self._open()
        probe, known = self.session, await self.list_shortcuts()
        await self._close(probe, SESSION)
        if not _rows(known):
            self.session = own
            return None
        await self._close(own, SESSION)
        await self._open()
        return await self.list_shortcuts() or known

    async def _open(self) -> None:
        token = self._token()
        self.session = self._path("session", token)
        await self._ask("CreateSession", "", session_handle_token=Variant("s", token))

    async def end(self) -> None:
        """Close the request and the session."""
        request, session = self._request, self.session
        self.forget()
        for path, interface in ((request, REQUEST), (session, SESSION)):
            if path:
                await self._close(path, interface)

    def forget(self) -> None:
        """The portal that knew them is gone."""
        self._request = self.session = ""

    async def _close(self, path: str, interface: str) -> None:
        try:
            await self._bus.call(
                PORTAL, path, interface, "Close", time_limit=_CLOSE_TIMEOUT, start=False
            )
        except BusError as problem:
            _log.debug("nothing to close: %s", problem)

    async def _register(self, application_id: str) -> None:
        """Register our application id. A sandbox and an older portal have no registry."""
        try:
            await self._bus.call(PORTAL, PATH, REGISTRY, "Register", "sa{sv}", application_id, {})
        except BusError as problem:
            if problem.kind is not BusErrorKind.REFUSED:
                raise
            _log.info("the portal does not register us: %s", problem)

    async def _version(self) -> int:
        """The version of the portal's hot keys. Raises PortalRefused where it has none."""
        try:
            [version] = await self._bus.call(
                PORTAL, PATH, "org.freedesktop.DBus.Properties", "Get", "ss", SHORTCUTS, "version"
            )
        except BusError as problem:
            if problem.kind is not BusErrorKind.REFUSED:
                raise
            _log.info("the portal binds no keys: %s", problem)
            raise PortalRefused(HotKeyProblem.PORTAL_TOO_OLD) from problem
        return version if isinstance(version, int) else 1

    async def _ask(
        self, member: str, signature: str, *body: object, **options: Variant
    ) -> dict[str, object]:
        """Make a request and wait for its response, however long a person takes over it."""
        token = self._token()
        self._request = self._path("request", token)
        response: asyncio.Future[list[object]] = asyncio.get_running_loop().create_future()
        match = SignalMatch(PORTAL, REQUEST, "Response", self._request)
        stop = await self._bus.listen(match, lambda values: _set_response(response, values))
        try:
            options["handle_token"] = Variant("s", token)
            await self._bus.call(
                PORTAL, PATH, SHORTCUTS, member, f"{signature}a{{sv}}", *body, options,
                time_limit=CALL_TIMEOUT_SECONDS,
            )  # fmt: skip
            code, results = await response
        finally:
            stop()
        self._request = ""
        if isinstance(results, dict) and any(results.get(each) for each in _ANSWERS):
            return results  # GNOME 48 reports a success with any code
        if code == 1:
            raise PortalRefused(HotKeyProblem.DECLINED)
        if code != 0 or not isinstance(results, dict):
            raise PortalRefused(HotKeyProblem.PORTAL_REFUSED, member)
        return results

    def _token(self) -> str:
        self._number += 1
        return f"timer_app_{self._number}"

    def _path(self, kind: str, token: str) -> str:
        sender = self._bus.unique_name.removeprefix(":").replace(".", "_")
        return f"{PATH}/{kind}/{sender}/{token}"


def portal_trigger(combination: KeyCombination) -> str:
    """A combination as the portal reads it: `CTRL+ALT+t`."""
    modifiers = [_MODIFIERS[each] for each in Modifier if each in combination.modifiers]
    return "+".join([*modifiers, KEYSYMS[combination.key]])


def keys_from_trigger(trigger: str) -> str:
    """The keys that a portal's words for a trigger name: `Press <Control><Alt>u` is `Ctrl+Alt+U`.

    Words without keys as GTK writes them stay as they are.
    """
    found = [_gtk_keys(modifiers, key) for modifiers, key in _GTK_TRIGGER.findall(trigger)]
    return ", ".join(found) if found else trigger


def _gtk_keys(modifiers: str, key: str) -> str:
    names = re.findall(r"\w+", modifiers)
    modifier_names = [_GTK_NAMES.get(name.casefold(), name) for name in names]
    typed = "+".join([*modifier_names, _KEYS_OF_KEYSYMS.get(key.casefold(), key)])
    try:
        return str(parse_combination(typed))
    except BadInput:
        return typed


def _rows(shortcuts: object) -> list[tuple[str, dict[str, object]]]:
    """The ids and facts of an answer."""
    rows = shortcuts if isinstance(shortcuts, list) else []
    return [(str(name), facts) for name, facts in rows]


def _set_response(response: asyncio.Future[list[object]], values: list[object]) -> None:
    if not response.done():
        response.set_result(values)
