"""Hot keys through the desktop's portal: on Wayland, and for an app in a sandbox.

The portal asks the person and binds what they say: the keys of the settings are a wish. It keeps
nothing over its own end or ours, so everything is bound at each start of either.

Source: org.freedesktop.portal.GlobalShortcuts and org.freedesktop.host.portal.Registry,
https://flatpak.github.io/xdg-desktop-portal/docs/ ; what a trigger is called: the "shortcuts"
specification of freedesktop.org.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Mapping

from dbus_fast import Variant

from timer_app.adapters.dbus.bus import PATIENCE_SECONDS, Bus, BusProblem, Signal, Trouble
from timer_app.adapters.hotkeys.keysyms import KEYSYMS
from timer_app.domain.hotkeys import Action, Combination, Modifier
from timer_app.services.ports import Asking, Binding, Bound, CannotRun, Obstacle
from timer_app.services.tasks import Spawn

PORTAL = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
REGISTRY = "org.freedesktop.host.portal.Registry"
REQUEST = "org.freedesktop.portal.Request"
SESSION = "org.freedesktop.portal.Session"
_DBUS = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
_PATIENCE_TO_START = 25.0
"""Seconds that the bus itself gives a service to start."""
_PATIENCE_AT_END = 1.0
_REPEAT_PAUSE = 1000
"""Milliseconds. A key that was not let go and comes again within them is a repeat."""
_MODIFIERS = {
    Modifier.CTRL: "CTRL", Modifier.ALT: "ALT", Modifier.SHIFT: "SHIFT", Modifier.SUPER: "LOGO",
}  # fmt: skip

_log = logging.getLogger(__name__)


class Refusal(Exception):
    """The portal answered, and not with what was asked for."""

    def __init__(self, obstacle: Obstacle, detail: str = "") -> None:
        super().__init__(detail)
        self.obstacle = obstacle
        self.detail = detail


class PortalHotKeys:
    """Calls `pressed` with the action of a key, once for each press; `changed` with any change.

    `describe` says what an action does, for the portal's own window; `spawn` owns the one task
    that talks with the portal. It may wait for a person as long as they like.
    """

    def __init__(
        self,
        bus: Bus,
        application_id: str,
        describe: Callable[[Action], str],
        pressed: Callable[[Action], None],
        changed: Callable[[], None],
        spawn: Spawn,
    ) -> None:
        self._bus = bus
        self._application_id = application_id
        self._describe = describe
        self._pressed = pressed
        self._changed = changed
        self._spawn = spawn
        self._wanted: dict[Action, Combination] = {}
        self._bindings: dict[Action, Binding] = {}
        self._watching: asyncio.Task[None] | None = None
        self._binding: asyncio.Task[None] | None = None
        self._owned: bool | None = None
        self._stops: list[Callable[[], None]] = []
        self._talk = _Conversation(bus)
        self._held: dict[Action, int] = {}

    @property
    def bindings(self) -> Mapping[Action, Binding]:
        """How each wanted one is now."""
        return self._bindings

    def bind(self, wanted: Mapping[Action, Combination]) -> None:
        """Ask the portal for these and no others."""
        self._wanted = dict(wanted)
        self._put(Asking())
        if self._owned:
            self._bind_anew()
        elif wanted and (self._watching is None or self._watching.done()):
            self._watching = self._spawn(self._watch)

    async def close(self) -> None:
        """Take back what the portal may be asking just now, and the keys."""
        for task in (self._watching, self._binding):
            if task is not None:
                task.cancel()
        self._stop_listening()
        await self._talk.end()

    # -- the portal comes and goes

    async def _watch(self) -> None:
        """Have the bus start the portal, and follow its coming and going from then on."""
        try:
            await self._start_portal()
            if not self._stops:
                await self._listen()
        except BusProblem as problem:
            self._stop_listening()
            self._cannot(Obstacle.NO_PORTAL, str(problem))
        else:
            if not self._owned:
                self._cannot(Obstacle.NO_PORTAL)

    async def _start_portal(self) -> None:
        """A name that nobody has and nobody can start is heard of by the watch."""
        try:
            await self._bus.call(
                *_DBUS, "StartServiceByName", "su", PORTAL, 0, patience=_PATIENCE_TO_START
            )
        except BusProblem as problem:
            if problem.trouble is Trouble.NO_BUS:
                raise
            _log.info("the portal does not start: %s", problem)

    async def _listen(self) -> None:
        for interface, member, handler in (
            (SHORTCUTS, "Activated", self._activated),
            (SHORTCUTS, "Deactivated", self._deactivated),
            (SHORTCUTS, "ShortcutsChanged", self._shortcuts_changed),
            (SESSION, "Closed", self._session_closed),
        ):
            self._stops.append(await self._bus.listen(Signal(PORTAL, interface, member), handler))
        self._stops.append(await self._bus.watch(PORTAL, self._owner_changed))

    def _stop_listening(self) -> None:
        stops, self._stops = self._stops, []
        for stop in stops:
            stop()

    def _owner_changed(self, owned: bool) -> None:  # noqa: FBT001 - as the bus calls it
        """A portal that is new knows nothing of us."""
        before, self._owned = self._owned, owned
        self._talk.forget()
        self._held.clear()
        if owned:
            self._bind_anew()
        elif before:
            if self._binding is not None:
                self._binding.cancel()
            self._cannot(Obstacle.LOST)

    # -- binding

    def _bind_anew(self) -> None:
        """What was asked before is of no interest any more."""
        if self._binding is not None:
            self._binding.cancel()
        self._put(Asking())
        self._changed()
        self._binding = self._spawn(self._bind)

    async def _bind(self) -> None:
        try:
            await self._talk.end()
            if self._wanted:
                self._show(await self._talk.bind(self._application_id, self._shortcuts()))
        except Refusal as refusal:
            self._cannot(refusal.obstacle, refusal.detail)
        except BusProblem as problem:
            gone = problem.trouble in (Trouble.NO_BUS, Trouble.NOBODY)
            self._cannot(Obstacle.LOST if gone else Obstacle.PORTAL_REFUSED, str(problem))

    def _shortcuts(self) -> list[object]:
        return [
            [action.value, {"description": Variant("s", self._describe(action)),
                            "preferred_trigger": Variant("s", trigger(each))}]
            for action, each in self._wanted.items()
        ]  # fmt: skip

    def _show(self, shortcuts: object) -> None:
        """What is not among them, or has no keys, was not bound."""
        told = shortcuts if isinstance(shortcuts, list) else []
        keys = {str(name): str(facts.get("trigger_description", "")) for name, facts in told}
        self._bindings = {
            action: Bound(keys[action.value])
            if keys.get(action.value)
            else CannotRun(Obstacle.DECLINED)
            for action in self._wanted
        }
        self._tell()

    def _cannot(self, obstacle: Obstacle, detail: str = "") -> None:
        self._put(CannotRun(obstacle, detail))
        self._tell()

    def _tell(self) -> None:
        _log.info("hot keys by the portal: %s", self._bindings)
        self._changed()

    def _put(self, binding: Binding) -> None:
        self._bindings = dict.fromkeys(self._wanted, binding)

    # -- what the portal tells

    def _activated(self, values: list[object]) -> None:
        action = self._ours(values)
        if action is None or self._repeats(action, int(str(values[2]))):
            return
        options = values[3]
        if isinstance(options, dict) and options.get("activation_token"):
            # With it Qt may bring a window of ours to the front on Wayland; it takes it from here.
            os.environ["XDG_ACTIVATION_TOKEN"] = str(options["activation_token"])
        self._pressed(action)

    def _repeats(self, action: Action, at: int) -> bool:
        before = self._held.get(action)
        self._held[action] = at
        return before is not None and 0 < at - before < _REPEAT_PAUSE

    def _deactivated(self, values: list[object]) -> None:
        action = self._ours(values)
        if action is not None:
            self._held.pop(action, None)

    def _shortcuts_changed(self, values: list[object]) -> None:
        session, shortcuts = values
        if session == self._talk.session:
            self._show(shortcuts)

    def _session_closed(self, _values: list[object]) -> None:
        """The bus tells us of our own sessions only; one that we closed is forgotten by then."""
        if self._talk.session:
            self._talk.forget()
            self._cannot(Obstacle.PORTAL_REFUSED, "it ended the session")

    def _ours(self, values: list[object]) -> Action | None:
        """The action that a signal is about, if it is of our session and still wanted."""
        named = {action.value: action for action in self._wanted}
        return named.get(str(values[1])) if values[0] == self._talk.session else None


class _Conversation:
    """A session with the portal, and the request that it works on."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._number = 0
        self._request = ""
        self.session = ""
        """The session's path, "" without one. Known before the portal says so."""

    async def bind(self, application_id: str, shortcuts: list[object]) -> object:
        """What was bound for a new session: ids with their facts. Raises Refusal, BusProblem."""
        await self._register(application_id)
        await self._need_shortcuts()
        token = self._token()
        self.session = self._path("session", token)
        await self._ask("CreateSession", "", session_handle_token=Variant("s", token))
        session = self.session
        bound = await self._ask("BindShortcuts", "oa(sa{sv})s", session, shortcuts, "")
        if "shortcuts" not in bound:
            bound = await self._ask("ListShortcuts", "o", session)
        return bound.get("shortcuts")

    async def end(self) -> None:
        """Take back the request and the session; a portal that is gone has none."""
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
                PORTAL, path, interface, "Close", patience=_PATIENCE_AT_END, start=False
            )
        except BusProblem as problem:
            _log.debug("nothing to close: %s", problem)

    async def _register(self, application_id: str) -> None:
        """Say who we are. In a sandbox, and to an older portal, there is nobody to say it to."""
        try:
            await self._bus.call(PORTAL, PATH, REGISTRY, "Register", "sa{sv}", application_id, {})
        except BusProblem as problem:
            if problem.trouble is not Trouble.REFUSED:
                raise
            _log.info("the portal does not register us: %s", problem)

    async def _need_shortcuts(self) -> None:
        try:
            await self._bus.call(
                PORTAL, PATH, "org.freedesktop.DBus.Properties", "Get", "ss", SHORTCUTS, "version"
            )
        except BusProblem as problem:
            if problem.trouble is not Trouble.REFUSED:
                raise
            raise Refusal(Obstacle.PORTAL_TOO_OLD, str(problem)) from problem

    async def _ask(
        self, member: str, signature: str, *body: object, **options: Variant
    ) -> dict[str, object]:
        """Make a request and wait for its response, however long a person takes over it."""
        token = self._token()
        self._request = self._path("request", token)
        response: asyncio.Future[list[object]] = asyncio.get_running_loop().create_future()
        heard = Signal(PORTAL, REQUEST, "Response", self._request)
        stop = await self._bus.listen(heard, lambda values: _answer(response, values))
        try:
            options["handle_token"] = Variant("s", token)
            await self._bus.call(
                PORTAL, PATH, SHORTCUTS, member, f"{signature}a{{sv}}", *body, options,
                patience=PATIENCE_SECONDS,
            )  # fmt: skip
            code, results = await response
        finally:
            stop()
        self._request = ""
        if code == 1:
            raise Refusal(Obstacle.DECLINED)
        if code != 0 or not isinstance(results, dict):
            raise Refusal(Obstacle.PORTAL_REFUSED, member)
        return results

    def _token(self) -> str:
        self._number += 1
        return f"timer_app_{self._number}"

    def _path(self, kind: str, token: str) -> str:
        sender = self._bus.unique_name.removeprefix(":").replace(".", "_")
        return f"{PATH}/{kind}/{sender}/{token}"


def trigger(wanted: Combination) -> str:
    """A combination as the portal reads it: `CTRL+ALT+t`."""
    held = [_MODIFIERS[each] for each in Modifier if each in wanted.modifiers]
    return "+".join([*held, KEYSYMS[wanted.key]])


def _answer(response: asyncio.Future[list[object]], values: list[object]) -> None:
    if not response.done():
        response.set_result(values)
