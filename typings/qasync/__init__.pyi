# qasync 0.28 ships no types: the part of it that we use, as it behaves on Linux and Windows.
#
# Not said here: call_later and call_at hand back a plain asyncio.Handle, without when().

import asyncio
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from PySide6.QtCore import QCoreApplication, QObject

class _SimpleTimer(QObject):
    def add_callback(self, handle: asyncio.Handle, delay: float = 0) -> asyncio.Handle: ...
    def stop(self) -> None: ...
    def set_debug(self, enabled: bool) -> None: ...

class QThreadExecutor:
    def __init__(self, max_workers: int = 10, stack_size: int | None = None) -> None: ...
    def shutdown(self, wait: bool = True) -> None: ...

if sys.platform == "win32":
    class _IocpProactor:
        _iocp: int
        def select(self, timeout: float | None = None) -> list[object]: ...

    class _PlatformLoop(asyncio.ProactorEventLoop):
        _proactor: _IocpProactor
        _self_reading_future: asyncio.Future[bytes] | None
        def _loop_self_reading(self) -> None: ...
        def _process_events(self, events: Sequence[object]) -> None: ...
        def _before_run_forever(self) -> None: ...
        def _after_run_forever(self) -> None: ...

else:
    class _PlatformLoop(asyncio.SelectorEventLoop): ...

class QEventLoop(_PlatformLoop):
    _timer: _SimpleTimer
    def __init__(
        self,
        app: QCoreApplication | None = None,
        set_running_loop: bool = False,
        already_running: bool = False,
    ) -> None: ...
    def _add_callback(self, handle: asyncio.Handle, delay: float = 0) -> asyncio.Handle: ...
    def set_default_executor(self, executor: QThreadExecutor) -> None: ...  # type: ignore[override]
    def __enter__(self) -> Self: ...
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...
