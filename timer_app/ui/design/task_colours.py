"""A task's colour: the same wherever it is drawn, on every day."""

from __future__ import annotations

import zlib

from PySide6.QtGui import QColor, QPalette

from timer_app.domain.entries.task import Task
from timer_app.ui.design.tokens import colours_of


def task_colour(task: Task, palette: QPalette) -> QColor:
    """The task's colour on that palette. Text on it is `on_task` of the tokens."""
    tasks = colours_of(palette).tasks
    return tasks[zlib.crc32(task.key.encode("utf-8", "surrogatepass")) % len(tasks)]
