"""A desktop's portal that tells how its person likes programs to look, played on the test's bus."""

from __future__ import annotations

from typing import Self

from dbus_fast import Message, MessageType, NameFlag, Variant

from tests.support.bus import BusClient
from tests.support.portal import PATH, PORTAL

SETTINGS = "org.freedesktop.portal.Settings"
APPEARANCE = "org.freedesktop.appearance"


class SettingsPortal:
    """Implements org.freedesktop.portal.Settings for `color-scheme` and `contrast`, both 0."""

    def __init__(self, address: str) -> None:
        self._values = {"color-scheme": 0, "contrast": 0}
        self._client = BusClient(address)
        self._client.bus.add_message_handler(self._on_message)
        self._client.run(self._client.bus.request_name(PORTAL, NameFlag.DO_NOT_QUEUE))

    def change(self, key: str, value: int) -> None:
        """The person chose another look."""
        self._values[key] = value
        told = [APPEARANCE, key, Variant("u", value)]
        self._client.emit(PATH, SETTINGS, "SettingChanged", "ssv", *told)

    def _on_message(self, message: Message) -> Message | None:
        if message.message_type is not MessageType.METHOD_CALL or message.interface != SETTINGS:
            return None
        if message.member == "ReadAll":
            held = {key: Variant("u", value) for key, value in self._values.items()}
            return Message.new_method_return(message, "a{sa{sv}}", [{APPEARANCE: held}])
        value = Variant("u", self._values.get(message.body[1], 0))
        shown = value if message.member == "ReadOne" else Variant("v", value)
        return Message.new_method_return(message, "v", [shown])

    def close(self) -> None:
        """Leave the bus."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
