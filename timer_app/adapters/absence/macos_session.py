"""Sleep, wake and a locked screen on macOS, reported by its workspace. Not run here.

Tested with a fake of the runtime. Another user's turn counts as a lock.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from timer_app.adapters.absence.session_sensor import SessionSensor
from timer_app.adapters.native.workspace import (
    DID_WAKE,
    SCREEN_LOCKED,
    SCREEN_UNLOCKED,
    SESSION_ACTIVE,
    SESSION_RESIGNED,
    WILL_SLEEP,
    WorkspaceObserver,
    WorkspaceRuntime,
    workspace_runtime,
)

_LOCK, _SESSION = "lock", "session"


class MacosSessionSensor(SessionSensor):
    """Implements the port `AbsenceSensor`. `runtime` defaults to the system's own."""

    name = "sleep and lock (macOS)"

    def __init__(
        self, now: Callable[[], datetime], runtime: WorkspaceRuntime | None = None
    ) -> None:
        super().__init__(now)
        self._runtime = runtime
        self._observer: WorkspaceObserver | None = None

    def _listen(self) -> str:
        workspace = {
            WILL_SLEEP: partial(self._set_asleep, asleep=True),
            DID_WAKE: partial(self._set_asleep, asleep=False),
            SESSION_RESIGNED: partial(self._set_away, _SESSION, away=True),
            SESSION_ACTIVE: partial(self._set_away, _SESSION, away=False),
        }
        distributed = {
            SCREEN_LOCKED: partial(self._set_away, _LOCK, away=True),
            SCREEN_UNLOCKED: partial(self._set_away, _LOCK, away=False),
        }
        runtime = self._runtime or workspace_runtime()
        self._observer = WorkspaceObserver(workspace, distributed, runtime)
        return ""

    def _leave(self) -> None:
        if self._observer is not None:
            self._observer.close()
            self._observer = None
