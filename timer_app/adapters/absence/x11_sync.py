"""The part of the X extension SYNC that alarms on idle time need, on python-xlib.

Source: https://www.x.org/releases/current/doc/xextproto/sync.html, and sync.xml of xcb-proto for
the bytes.
"""

from __future__ import annotations

import sys

from Xlib import error
from Xlib.protocol import rq

from timer_app.adapters.x11_display import CoreDisplay

_EXTENSION = "SYNC"
_IDLE_COUNTER = b"IDLETIME"
_ALL_VALUES = 0b111111  # counter, value type, value, test, delta, events
_ABSOLUTE = 0
_DESTROYED = 2
"""The state in an event about what this client did itself."""
_POSITIVE_COMPARISON, _NEGATIVE_COMPARISON = 2, 3


class XSyncError(Exception):
    """The X server cannot be asked. The text says why."""


class _Initialize(rq.ReplyRequest):
    _request = rq.Struct(
        rq.Card8("opcode"), rq.Opcode(0), rq.RequestLength(),
        rq.Card8("major"), rq.Card8("minor"), rq.Pad(2),
    )  # fmt: skip
    _reply = rq.Struct(
        rq.ReplyCode(), rq.Pad(1), rq.Card16("sequence_number"), rq.ReplyLength(),
        rq.Card8("major"), rq.Card8("minor"), rq.Pad(22),
    )  # fmt: skip


class _ListSystemCounters(rq.ReplyRequest):
    _request = rq.Struct(rq.Card8("opcode"), rq.Opcode(1), rq.RequestLength())
    _reply = rq.Struct(
        rq.ReplyCode(), rq.Pad(1), rq.Card16("sequence_number"), rq.ReplyLength(),
        rq.Card32("length"), rq.Pad(20), rq.Binary("counters"),
    )  # fmt: skip


class _QueryCounter(rq.ReplyRequest):
    _request = rq.Struct(rq.Card8("opcode"), rq.Opcode(5), rq.RequestLength(), rq.Card32("counter"))
    _reply = rq.Struct(
        rq.ReplyCode(), rq.Pad(1), rq.Card16("sequence_number"), rq.ReplyLength(),
        rq.Int32("high"), rq.Card32("low"), rq.Pad(16),
    )  # fmt: skip


class _CreateAlarm(rq.Request):
    _request = rq.Struct(
        rq.Card8("opcode"), rq.Opcode(8), rq.RequestLength(), rq.Card32("alarm"),
        rq.Card32("mask"), rq.Card32("counter"), rq.Card32("value_type"),
        rq.Int32("value_high"), rq.Card32("value_low"), rq.Card32("test"),
        rq.Int32("delta_high"), rq.Card32("delta_low"), rq.Card32("events"),
    )  # fmt: skip


class _DestroyAlarm(rq.Request):
    _request = rq.Struct(rq.Card8("opcode"), rq.Opcode(11), rq.RequestLength(), rq.Card32("alarm"))


class _AlarmNotify(rq.Event):
    _code = None
    _fields = rq.Struct(
        rq.Card8("type"), rq.Card8("kind"), rq.Card16("sequence_number"), rq.Card32("alarm"),
        rq.Int32("counted_high"), rq.Card32("counted_low"),
        rq.Int32("value_high"), rq.Card32("value_low"),
        rq.Card32("timestamp"), rq.Card8("state"), rq.Pad(3),
    )  # fmt: skip


class XSyncConnection:
    """A connection of its own to the X server. Every method raises XSyncError."""

    def __init__(self, display: str) -> None:
        try:
            self._x = CoreDisplay(display)
        except (error.DisplayError, OSError) as failed:
            raise XSyncError(f"The X server {display} cannot be reached: {failed}.") from failed
        try:
            self._begin(display)
        except BaseException:
            self._x.close()
            raise

    def _begin(self, display: str) -> None:
        extension = self._x.query_extension(_EXTENSION)
        if extension is None or not extension.present:
            raise XSyncError(f"The X server {display} has no extension {_EXTENSION}.")
        self._opcode = extension.major_opcode
        # A server that does not know the version answers every request with an error.
        _Initialize(display=self._x.display, opcode=self._opcode, major=3, minor=1)
        self._fired = extension.first_event + 1
        self._x.extension_add_event(self._fired, _AlarmNotify)
        listed = _ListSystemCounters(display=self._x.display, opcode=self._opcode)
        counters = _counters(bytes(listed.counters), listed.length)
        if _IDLE_COUNTER not in counters:
            raise XSyncError(f"The X server {display} does not count idle time.")
        self._counter = counters[_IDLE_COUNTER]

    def fileno(self) -> int:
        """The file descriptor that is readable when something has come in."""
        return int(self._x.fileno())

    def idle_milliseconds(self) -> int:
        """The time since the last input."""
        try:
            found = _QueryCounter(
                display=self._x.display, opcode=self._opcode, counter=self._counter
            )
        except error.ConnectionClosedError as gone:
            raise XSyncError("The X server is gone.") from gone
        return _joined(found.high, found.low)

    def alarm_at_least(self, milliseconds: int) -> int:
        """Set an alarm that fires once, when there was no input for so long; its id."""
        return self._alarm(milliseconds, _POSITIVE_COMPARISON)

    def alarm_at_most(self, milliseconds: int) -> int:
        """Set an alarm that fires once, when the last input is more recent than that; its id."""
        return self._alarm(milliseconds, _NEGATIVE_COMPARISON)

    def _alarm(self, milliseconds: int, test: int) -> int:
        alarm = self._x.display.allocate_resource_id()
        try:
            _CreateAlarm(
                display=self._x.display, opcode=self._opcode, alarm=alarm, mask=_ALL_VALUES,
                counter=self._counter, value_type=_ABSOLUTE,
                value_high=milliseconds >> 32, value_low=milliseconds & 0xFFFFFFFF,
                test=test, delta_high=0, delta_low=0, events=1,
            )  # fmt: skip
            self._x.flush()
        except error.ConnectionClosedError as gone:
            raise XSyncError("The X server is gone.") from gone
        return int(alarm)

    def destroy_alarm(self, alarm: int) -> None:
        """Delete the alarm. Its id is not used again: a late event of it is ignored."""
        try:
            _DestroyAlarm(display=self._x.display, opcode=self._opcode, alarm=alarm)
            self._x.flush()
        except error.ConnectionClosedError as gone:
            raise XSyncError("The X server is gone.") from gone

    def next_fired(self) -> int | None:
        """An alarm that has fired, None if there is none. Never waits.

        The counted value is not returned: the server gives 0, or the other alarm's value.
        """
        try:
            while self._x.pending_events():
                event = self._x.next_event()
                if event.type == self._fired and event.state != _DESTROYED:
                    self.destroy_alarm(event.alarm)
                    return int(event.alarm)
        except error.ConnectionClosedError as gone:
            raise XSyncError("The X server is gone.") from gone
        return None

    def close(self) -> None:
        """Disconnect from the server, if it is still there."""
        try:
            self._x.close()
        except error.ConnectionClosedError:
            return


def _joined(high: int, low: int) -> int:
    return (high << 32) | low


def _counters(data: bytes, number: int) -> dict[bytes, int]:
    """Each is: id (4 bytes), resolution (8), length of the name (2), the name, padded to 4."""
    found: dict[bytes, int] = {}
    at = 0
    for _ in range(number):
        length = int.from_bytes(data[at + 12 : at + 14], sys.byteorder)
        found[data[at + 14 : at + 14 + length]] = int.from_bytes(data[at : at + 4], sys.byteorder)
        at += (14 + length + 3) // 4 * 4
    return found
