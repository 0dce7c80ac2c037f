"""Notifications of macOS' workspace: sleep, wake, another user's turn, the end of the login.

Not run here: tested with a fake of the runtime. By ctypes on libobjc: PyObjC is large for this.
Source: NSWorkspace of AppKit, https://developer.apple.com/documentation/appkit/nsworkspace;
the lock's names are undocumented and known for long.
"""

from __future__ import annotations

import ctypes
import logging
from collections.abc import Callable, Mapping
from ctypes import c_bool, c_char_p, c_size_t, c_void_p
from typing import Any, Protocol

WILL_SLEEP = "NSWorkspaceWillSleepNotification"
DID_WAKE = "NSWorkspaceDidWakeNotification"
WILL_POWER_OFF = "NSWorkspaceWillPowerOffNotification"
SESSION_RESIGNED = "NSWorkspaceSessionDidResignActiveNotification"
SESSION_ACTIVE = "NSWorkspaceSessionDidBecomeActiveNotification"
SCREEN_LOCKED = "com.apple.screenIsLocked"
SCREEN_UNLOCKED = "com.apple.screenIsUnlocked"

_log = logging.getLogger(__name__)
_Implementation = ctypes.CFUNCTYPE(None, c_void_p, c_void_p, c_void_p)


class WorkspaceRuntime(Protocol):
    """The few acts of Objective-C that are needed. Objects are numbers."""

    def observe(self, name: str, callback: Callable[[], None], *, distributed: bool) -> int:
        """Call back at each notification of that name; the observer."""
        ...

    def forget(self, observer: int, *, distributed: bool) -> None:
        """Call back no more."""
        ...


class WorkspaceObserver:
    """Calls the handler of each notification until `close`.

    `workspace` are those of NSWorkspace, `distributed` those of all programs, by their names.
    """

    def __init__(
        self,
        workspace: Mapping[str, Callable[[], None]],
        distributed: Mapping[str, Callable[[], None]],
        runtime: WorkspaceRuntime,
    ) -> None:
        self._runtime = runtime
        self._observers: list[tuple[int, bool]] = []
        for handlers, is_distributed in ((workspace, False), (distributed, True)):
            for name, handler in handlers.items():
                callback = _guarded(name, handler)
                observer = runtime.observe(name, callback, distributed=is_distributed)
                self._observers.append((observer, is_distributed))

    def close(self) -> None:
        """Hear of nothing any more."""
        for observer, is_distributed in self._observers:
            self._runtime.forget(observer, distributed=is_distributed)
        self._observers.clear()


def _guarded(name: str, handler: Callable[[], None]) -> Callable[[], None]:
    def call() -> None:
        try:
            handler()
        except Exception:  # noqa: BLE001 - the system takes no exception
            _log.exception("a notification of the system was not handled: %s", name)

    return call


def workspace_runtime() -> WorkspaceRuntime:
    """The system's own. Raises OSError where this is not macOS."""
    return _ObjectiveC()


class _ObjectiveC:
    """libobjc, with one class of ours whose objects are observers."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL("/usr/lib/libobjc.A.dylib")
        ctypes.CDLL("/System/Library/Frameworks/AppKit.framework/AppKit")
        self._library.objc_getClass.argtypes = [c_char_p]
        self._library.objc_getClass.restype = c_void_p
        self._library.sel_registerName.argtypes = [c_char_p]
        self._library.sel_registerName.restype = c_void_p
        self._library.objc_allocateClassPair.argtypes = [c_void_p, c_char_p, c_size_t]
        self._library.objc_allocateClassPair.restype = c_void_p
        self._library.class_addMethod.argtypes = [c_void_p, c_void_p, c_void_p, c_char_p]
        self._library.class_addMethod.restype = c_bool
        self._library.objc_registerClassPair.argtypes = [c_void_p]
        self._callbacks: dict[int, Callable[[], None]] = {}
        self._implementation = _Implementation(self._on_notification)  # kept: the system does not
        self._kind = self._make_class()

    def observe(self, name: str, callback: Callable[[], None], *, distributed: bool) -> int:
        """See the protocol."""
        observer = int(self._send(self._kind, "new"))
        self._callbacks[observer] = callback
        self._send(
            self._center(distributed=distributed), "addObserver:selector:name:object:",
            observer, self._selector("onNotification:"), self._string(name), None,
        )  # fmt: skip
        return observer

    def forget(self, observer: int, *, distributed: bool) -> None:
        """See the protocol."""
        self._send(self._center(distributed=distributed), "removeObserver:", observer)
        self._send(observer, "release")
        del self._callbacks[observer]

    def _make_class(self) -> int:
        name = f"TimerAppObserver{id(self)}".encode()
        kind = self._library.objc_allocateClassPair(self._class("NSObject"), name, 0)
        implementation = ctypes.cast(self._implementation, c_void_p)
        self._library.class_addMethod(
            kind, self._selector("onNotification:"), implementation, b"v@:@"
        )
        self._library.objc_registerClassPair(kind)
        return int(kind)

    def _on_notification(self, observer: int, _selector: int, _notification: int) -> None:
        if (callback := self._callbacks.get(observer)) is not None:
            callback()

    def _center(self, *, distributed: bool) -> int:
        if distributed:
            return int(self._send(self._class("NSDistributedNotificationCenter"), "defaultCenter"))
        workspace = self._send(self._class("NSWorkspace"), "sharedWorkspace")
        return int(self._send(workspace, "notificationCenter"))

    def _string(self, text: str) -> int:
        kind = self._class("NSString")
        send = self._message(c_char_p)
        return int(send(kind, self._selector("stringWithUTF8String:"), text.encode()))

    def _class(self, name: str) -> int:
        return int(self._library.objc_getClass(name.encode()))

    def _selector(self, name: str) -> int:
        return int(self._library.sel_registerName(name.encode()))

    def _send(self, receiver: int, selector: str, *values: int | None) -> Any:  # noqa: ANN401 - an object or nothing
        send = self._message(*(c_void_p for _ in values))
        return send(receiver, self._selector(selector), *values)

    def _message(self, *takes: Any) -> Callable[..., Any]:  # noqa: ANN401 - types of ctypes
        """objc_msgSend as a function of these types: on arm64 each must be called as it is."""
        return ctypes.CFUNCTYPE(c_void_p, c_void_p, c_void_p, *takes)(
            ("objc_msgSend", self._library)
        )
