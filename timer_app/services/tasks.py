"""Work that the app's one task group owns."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine

Work = Callable[[], Coroutine[object, object, None]]
Spawn = Callable[[Work], asyncio.Task[None] | None]
"""Lets the app own a task; None while it is ending."""
