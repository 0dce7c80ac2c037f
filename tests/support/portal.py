"""A desktop's portal with hot keys, played on the test's bus; a person who answers, or does not."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, Self

from dbus_fast import Message, MessageType, NameFlag, Variant, unpack_variants

from tests.support.bus import BusClient

if TYPE_CHECKING:
    from collections.abc import Mapping

PORTAL = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
REGISTRY = "org.freedesktop.host.portal.Registry"
REQUEST = "org.freedesktop.portal.Request"
SESSION = "org.freedesktop.portal.Session"
PROPERTIES = "org.freedesktop.DBus.Properties"


class Person(Enum):
    """What the person in front of the portal's window does."""

    AGREES = "agrees"
    DECLINES = "declines"
    LEAVES_IT_OPEN = "leaves it open"


@dataclass(frozen=True)
class Call:
    """A method that was called, with its values."""

    member: str
    path: str
    values: list[Any]


@dataclass
class Portal:
    """The portal; nothing is there until `start`.

    `keys` says by which words it binds each id (default: the wish in capitals); `registry` and
    `shortcuts` say which interfaces it has; `lists` whether only ListShortcuts tells what is bound.
    `code` answers a success. Without `installed` it knows no desktop file of the program, and
    refuses it hot keys, as GNOME does.

    What is bound is known to every session after, as KDE's portal has it, which lists
    `listed_keys` where another program has the ones that were wished for (with `lists_after_bind`
    only once something was bound); or, without `remembers`,
    to the session that bound it alone, as GNOME has it. `session` is the one that bound last, or
    the last one that was made.
    """

    address: str
    person: Person = Person.AGREES
    keys: Mapping[str, str] = field(default_factory=dict)
    registry: bool = True
    shortcuts: bool = True
    lists: bool = False
    version: int = 1
    code: int = 0
    installed: bool = True
    remembers: bool = True
    listed_keys: Mapping[str, str] = field(default_factory=dict)
    lists_after_bind: bool = False
    calls: list[Call] = field(default_factory=list)
    session: str = ""
    _bound: list[Any] = field(default_factory=list)
    _bound_by: str = ""
    _programs: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._client = BusClient(self.address)
        self._client.bus.add_message_handler(self._on_message)

    def start(self) -> None:
        """Appear on the bus."""
        self._client.run(self._client.bus.request_name(PORTAL, NameFlag.DO_NOT_QUEUE))

    def stop(self) -> None:
        """Leave the bus, as a portal that crashed: sessions are forgotten."""
        self.session = ""
        self._client.run(self._client.bus.release_name(PORTAL))

    def members(self) -> list[str]:
        """What was called, in order, without questions for properties."""
        return [call.member for call in self.calls if call.member != "Get"]

    def wait_call(self, member: str, number: int = 1) -> Call:
        """The call of that member, once it came so often."""

        def look() -> Call | None:
            calls = [call for call in self.calls if call.member == member]
            return calls[number - 1] if len(calls) >= number else None

        return self._client.wait(look, f"call {number} of {member}")

    def activate(self, name: str, at: int = 0, **options: Variant) -> None:
        """The key of that id is pressed."""
        self._emit("Activated", "osta{sv}", self.session, name, at, options)

    def deactivate(self, name: str, at: int = 0) -> None:
        """It is let go."""
        self._emit("Deactivated", "osta{sv}", self.session, name, at, {})

    def change(self, keys: Mapping[str, str]) -> None:
        """The person set other keys in the desktop's settings."""
        told = [[name, {"trigger_description": Variant("s", key)}] for name, key in keys.items()]
        self._emit("ShortcutsChanged", "oa(sa{sv})", self.session, told)

    def end_session(self) -> None:
        """The desktop takes the keys back."""
        self._client.emit(self.session, SESSION, "Closed", "a{sv}", {})

    def close(self) -> None:
        """Leave for good."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _emit(self, member: str, signature: str, *values: object) -> None:
        self._client.emit(PATH, SHORTCUTS, member, signature, *values)

    def _register(self, message: Message) -> Message:
        """As x-d-p: a program is known by its desktop file, and looked at once a connection."""
        is_known = self._programs.setdefault(str(message.sender), self.installed)
        if is_known:
            return Message.new_method_return(message)
        error = "org.freedesktop.portal.Error.Failed"
        return Message.new_error(message, error, "Could not register app ID: App info not found")

    def _on_message(self, message: Message) -> Message | None:
        if message.message_type is not MessageType.METHOD_CALL or not message.path:
            return None
        self.calls.append(
            Call(str(message.member), message.path, [unpack_variants(v) for v in message.body])
        )
        self._client.note_change()
        match message.interface, message.member:
            case "org.freedesktop.host.portal.Registry", "Register" if self.registry:
                return self._register(message)
            case "org.freedesktop.DBus.Properties", "Get" if self.shortcuts:
                return Message.new_method_return(message, "v", [Variant("u", self.version)])
            case "org.freedesktop.portal.GlobalShortcuts", member if self.shortcuts:
                return self._request(message, str(member))
            case "org.freedesktop.portal.Request" | "org.freedesktop.portal.Session", "Close":
                self._forget(message.path)
                return Message.new_method_return(message)
            case _:
                pass
        error = "org.freedesktop.DBus.Error.UnknownMethod"
        return Message.new_error(message, error, f"No such interface {message.interface}")

    def _request(self, message: Message, member: str) -> Message:
        if not self._programs.setdefault(str(message.sender), self.installed):
            error = "org.freedesktop.portal.Error.NotAllowed"
            return Message.new_error(message, error, "An app id is required")
        options = unpack_variants(message.body[-1])
        sender = str(message.sender).removeprefix(":").replace(".", "_")
        handle = f"{PATH}/request/{sender}/{options['handle_token']}"
        match member:
            case "CreateSession":
                self.session = f"{PATH}/session/{sender}/{options['session_handle_token']}"
                results = {"session_handle": Variant("s", self.session)}
                self._respond(handle, self.code, results)
            case "BindShortcuts":
                assert message.body[0] == self.session
                self._bound_by = self.session
                self._bound = self._bind(message.body[1])
                if self.person is not Person.LEAVES_IT_OPEN:
                    self._answer(handle, told=not self.lists)
            case _:
                self._list(handle, message.body[0])
        return Message.new_method_return(message, "o", [handle])

    def _bind(self, asked: list[Any]) -> list[Any]:
        wishes = {name: unpack_variants(facts)["preferred_trigger"] for name, facts in asked}
        keys = self.keys or {name: wish.upper() for name, wish in wishes.items()}
        return [
            [name, {"trigger_description": Variant("s", keys[name])}]
            for name in wishes
            if name in keys
        ]

    def _list(self, handle: str, session: str) -> None:
        """What a session knows."""
        if session == self._bound_by:
            known = self._bound
        elif self.remembers and self.listed_keys and self._lists_now():
            known = [[name, {"trigger_description": Variant("s", key)}]
                     for name, key in self.listed_keys.items()]  # fmt: skip
        else:
            known = self._bound if self.remembers else []
        self._respond(handle, self.code, {"shortcuts": Variant("a(sa{sv})", known)})

    def _lists_now(self) -> bool:
        return not self.lists_after_bind or "BindShortcuts" in self.members()

    def _forget(self, path: str) -> None:
        """A session that bound nothing and is closed leaves the one that did."""
        if path == self.session and self._bound_by:
            self.session = self._bound_by
        if path == self._bound_by:
            self._bound_by = ""

    def _answer(self, handle: str, *, told: bool) -> None:
        if self.person is Person.DECLINES:
            self._respond(handle, 1, {})
        else:
            bound = {"shortcuts": Variant("a(sa{sv})", self._bound)} if told else {}
            self._respond(handle, self.code, bound)

    def _respond(self, handle: str, code: int, results: dict[str, Variant]) -> None:
        signal = Message(
            message_type=MessageType.SIGNAL, path=handle, interface=REQUEST, member="Response",
            signature="ua{sv}", body=[code, results],
        )  # fmt: skip
        _ = self._client.bus.send(signal)  # on the bus's own loop: it comes after the reply
