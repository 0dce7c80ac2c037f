"""Work that the app's one task group owns."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine

TaskFactory = Callable[[], Coroutine[object, object, None]]
Spawn = Callable[[TaskFactory], asyncio.Task[None] | None]
"""Lets the app own a task; None while it is ending."""
