"""A desktop's notification service, played on the test's bus: it shows, closes, hangs and dies."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from dbus_fast import Message, MessageType, unpack_variants

from tests.support.bus import BusClient

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
ABLE = ("actions", "body", "body-markup")
DISMISSED, BY_THE_PROGRAM = 2, 3
_HINTS = 6
"""Where Notify has its hints."""
_INTROSPECTION = f"""\
<node><interface name="{NAME}">
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation">
    <arg type="s" direction="out"/><arg type="s" direction="out"/>
    <arg type="s" direction="out"/><arg type="s" direction="out"/>
  </method>
  <method name="Notify">
    <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
    <arg type="a{{sv}}" direction="in"/><arg type="i" direction="in"/>
    <arg type="u" direction="out"/>
  </method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
  <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
</interface></node>
"""


@dataclass(frozen=True)
class Seen:
    """A notification as the service was told of it."""

    number: int
    replaced: int
    title: str
    text: str
    actions: dict[str, str]  # key -> label
    urgency: int
    hints: dict[str, Any]
    timeout: int

    @property
    def labels(self) -> list[str]:
        """The buttons."""
        return [label for key, label in self.actions.items() if key != "default"]

    def key(self, label: str) -> str:
        """The key of a button."""
        return next(key for key, own in self.actions.items() if own == label and key != "default")


class NotificationService:
    """Present from `start` to `stop`; everything it was told is in `told`, what is up in `up`.

    It answers with an error where a hint is one of `refused_hints`, and shows nothing.
    """

    def __init__(
        self,
        address: str,
        abilities: Sequence[str] = ABLE,
        refused_hints: Sequence[str] = (),
    ) -> None:
        self._address = address
        self._abilities = list(abilities)
        self._refused_hints = frozenset(refused_hints)
        self._client: BusClient | None = None
        self._held: list[Message] = []
        self._sent: asyncio.Future[None] | None = None
        self._next = 1
        self.hangs = False
        self.told: list[Seen] = []
        self.up: dict[int, Seen] = {}
        self.closed_by_program: list[int] = []

    @property
    def client(self) -> BusClient:
        """Its connection while it is there."""
        assert self._client
        return self._client

    def start(self) -> None:
        """Come, with numbers that begin anew."""
        self._next = 1
        self._client = BusClient(self._address)
        self._client.bus.add_message_handler(self._take)
        self._client.run(self._client.bus.request_name(NAME))

    def stop(self) -> None:
        """Die: what was shown is gone."""
        client, self._client = self._client, None
        self._held.clear()
        self.up.clear()
        if client is not None:
            client.close()

    def release(self) -> None:
        """Answer what is held, and hang no more."""
        self.hangs = False
        held, self._held = self._held, []

        async def answer() -> None:
            for message in held:
                await self.client.bus.send(self._answer(message))

        self.client.run(answer())

    # What a person does

    def press(self, label: str, title: str = "", *, token: str = "") -> Seen:
        """Press a button of what is shown; the title is a pattern."""
        seen = self.wait(title, label)
        self.press_key(seen.number, seen.key(label), token)
        self.dismiss(seen)
        return seen

    def press_key(self, number: int, key: str, token: str = "") -> None:
        """Say that an action was chosen."""
        if token:
            self.client.emit(PATH, NAME, "ActivationToken", "us", number, token)
        self.client.emit(PATH, NAME, "ActionInvoked", "us", number, key)

    def dismiss(self, seen: Seen) -> None:
        """Close it."""
        self.up.pop(seen.number, None)
        self.client.emit(PATH, NAME, "NotificationClosed", "uu", seen.number, DISMISSED)

    def wait(self, title: str, label: str = "") -> Seen:
        """Wait until something of that title (a pattern) is up, with that button if one is told."""
        return self.client.wait(lambda: self._find(title, label), f"a notification {title!r}")

    def wait_gone(self, seen: Seen) -> None:
        """Wait until it is up no more."""
        self.client.wait(
            lambda: True if seen.number not in self.up else None, f"{seen.title!r} to be withdrawn"
        )

    def wait_held(self, count: int = 1) -> None:
        """Wait until so many calls wait for an answer."""
        self.client.wait(lambda: True if len(self._held) >= count else None, "a call that hangs")

    def _find(self, title: str, label: str) -> Seen | None:
        return next(
            (
                each
                for each in list(self.up.values())
                if re.search(title, each.title) and (not label or label in each.labels)
            ),
            None,
        )

    # What programs say

    def _take(self, message: Message) -> Message | bool | None:
        if message.message_type is not MessageType.METHOD_CALL or message.path != PATH:
            return None
        if self.hangs:
            self._held.append(message)
            self.client.note_change()
            return True
        answer = self._answer(message)
        self.client.note_change()
        return answer

    def _answer(self, message: Message) -> Message:
        match message.member:
            case "Introspect":
                return Message.new_method_return(message, "s", [_INTROSPECTION])
            case "GetServerInformation":
                return Message.new_method_return(message, "ssss", ["Played", "Tests", "1", "1.2"])
            case "GetCapabilities":
                return Message.new_method_return(message, "as", [self._abilities])
            case "Notify":
                return self._notify(message)
            case "CloseNotification":
                return self._close(message)
            case _:
                unknown = "org.freedesktop.DBus.Error.UnknownMethod"
                return Message.new_error(message, unknown, "It is not played here.")

    def _notify(self, message: Message) -> Message:
        if refused := self._refused_hints.intersection(message.body[_HINTS]):
            error = "org.gnome.gjs.JSError.TypeError"
            return Message.new_error(message, error, f"{refused} cannot be read.")
        return Message.new_method_return(message, "u", [self._show(message.body)])

    def _show(self, body: Sequence[Any]) -> int:
        _, replaced, _, title, text, actions, hints, timeout = body
        number = replaced or self._next
        self._next = max(self._next, number + 1)
        known = {key: unpack_variants(value) for key, value in hints.items()}
        pairs = dict(zip(actions[::2], actions[1::2], strict=True))
        seen = Seen(number, replaced, title, text, pairs, known["urgency"], known, timeout)
        self.told.append(seen)
        self.up[number] = seen
        return int(number)

    def _close(self, message: Message) -> Message:
        (number,) = message.body
        if self.up.pop(number, None) is None:
            return Message.new_error(message, f"{NAME}.Error.InvalidId", "There is none.")
        self.closed_by_program.append(number)
        signal = Message(
            message_type=MessageType.SIGNAL, path=PATH, interface=NAME,
            member="NotificationClosed", signature="uu", body=[number, BY_THE_PROGRAM],
        )  # fmt: skip
        self._sent = self.client.bus.send(signal)
        return Message.new_method_return(message)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
