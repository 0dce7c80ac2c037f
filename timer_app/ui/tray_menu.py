"""The menu of the tray icon.

It is filled when something has changed, not when it is opened: hosts draw it in the size that it
had before. Entries that stay keep their action, since a host names one by it: a click on an action
that was made again between the menu's drawing and the click would be lost.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from timer_app.ui import wording
from timer_app.ui.intents import Intents
from timer_app.ui.view import View

_LONGEST_LABEL = 60


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the menu.

    `key` is equal while it means the same. Nothing is `wanted` by a click on one that only tells
    something; one without a text is a separator.
    """

    key: Hashable
    text: str | None = None
    wanted: Callable[[], None] | None = None


class TrayMenu(QObject):
    """Fills `menu`; `native_text` makes a text of ours what the one who draws it shows as such."""

    def __init__(
        self,
        menu: QMenu,
        intents: Intents,
        now: Callable[[], datetime],
        native_text: Callable[[str], str],
        open_panel: Callable[[], None],
    ) -> None:
        super().__init__(menu)
        self._menu = menu
        self._intents = intents
        self._now = now
        self._native_text = native_text
        self._open_panel = open_panel
        self._view: View | None = None
        self._actions: dict[Hashable, QAction] = {}
        self._wanted: dict[Hashable, Callable[[], None]] = {}
        menu.aboutToShow.connect(self._on_about_to_show)
        menu.aboutToHide.connect(self._on_about_to_hide)

    def show(self, view: View) -> None:
        """Show what is the case now. A menu that Qt draws and a person reads changes no lines."""
        self._view = view
        self.fill()

    def fill(self) -> None:
        """Write every entry as it is now, in the language of the moment."""
        if self._view is None:
            return
        entries = list(_entries(self._view, self._intents, self._now(), self._open_panel))
        if not self._menu.isVisible():
            self._arrange(entries)
        for entry in entries:
            action = self._actions.get(entry.key)
            if action is not None and entry.text is not None:
                action.setText(self._native_text(entry.text))

    def _on_about_to_show(self) -> None:
        self._intents.refresh()
        self.fill()

    def _on_about_to_hide(self) -> None:
        QTimer.singleShot(0, self, self.fill)  # the entry chosen is still to be acted on

    def _arrange(self, entries: list[_Entry]) -> None:
        """Have the actions of these entries and no others, in their order."""
        keys = {entry.key for entry in entries}
        for key in [key for key in self._actions if key not in keys]:
            self._wanted.pop(key, None)
            action = self._actions.pop(key)
            self._menu.removeAction(action)
            action.deleteLater()
        unplaced = self._menu.actions()
        following: QAction | None = None
        for entry in reversed(entries):
            action = self._action_of(entry)
            if unplaced and unplaced[-1] is action:
                unplaced.pop()
            else:
                if action in unplaced:
                    unplaced.remove(action)
                self._insert(action, following)
            following = action

    def _insert(self, action: QAction, following: QAction | None) -> None:
        if following is None:
            self._menu.addAction(action)
        else:
            self._menu.insertAction(following, action)

    def _action_of(self, entry: _Entry) -> QAction:
        if entry.wanted is not None:
            self._wanted[entry.key] = entry.wanted
        if entry.key not in self._actions:
            action = QAction(self._menu)
            action.setSeparator(entry.text is None)
            action.setEnabled(entry.wanted is not None or entry.text is None)
            action.triggered.connect(lambda: self._act(entry.key))
            self._actions[entry.key] = action
        return self._actions[entry.key]

    def _act(self, key: Hashable) -> None:
        if key in self._wanted:
            self._wanted[key]()


def _entries(
    view: View, intents: Intents, now: datetime, open_panel: Callable[[], None]
) -> Iterator[_Entry]:
    """All of the menu, from top to bottom."""
    yield from _state_entries(view, intents, now)
    yield _Entry("after state")
    others = list(_other_tasks(view, intents))
    if others:
        yield from others
        yield _Entry("after tasks")
    if view.paused:
        yield _Entry(
            "resume", QCoreApplication.translate("Tray", "Resume delivery"), intents.resume_delivery
        )
    elif view.progress:
        yield _Entry(
            "pause", QCoreApplication.translate("Tray", "Pause delivery"), intents.pause_delivery
        )
    yield _Entry("open", QCoreApplication.translate("Tray", "Open…"), open_panel)
    yield _Entry(
        "add time", QCoreApplication.translate("Tray", "Add time…"), intents.open_manual_entry
    )
    yield _Entry("history", QCoreApplication.translate("Tray", "History…"), intents.open_history)
    if view.problems:
        problems = QCoreApplication.translate("Tray", "Problems (%1)…").replace(
            "%1", wording.format_number(view.problems)
        )
        yield _Entry("problems", problems, intents.open_problems)
    yield _Entry("settings", QCoreApplication.translate("Tray", "Settings…"), intents.open_settings)
    yield _Entry("before quit")
    yield _Entry("quit", QCoreApplication.translate("Tray", "Quit"), intents.quit)


def _state_entries(view: View, intents: Intents, now: datetime) -> Iterator[_Entry]:
    if view.running is not None:
        yield _Entry("running", _running_label(view, now))
    yield _Entry("today", wording.today_total(wording.format_hm(view.today(now))))
    for number, line in enumerate(view.services):
        yield _Entry(("service", number), wording.service_status(line))
    for number, text in enumerate(wording.delivery_lines(view)):
        yield _Entry(("delivery", number), text)
    for question in view.questions[:1]:
        text = wording.absence_range(question.absence) + "…"
        yield _Entry("question", text, intents.open_absence_prompt)
    if view.is_alert_closable:
        label = wording.link_labels()[wording.LinkTarget.CLOSE_ALERT]
        yield _Entry("close alert", label, intents.close_alert)
    if view.running is not None:
        yield _Entry("stop", QCoreApplication.translate("Tray", "Stop"), intents.stop)
        if address := view.running.task.url:
            text = QCoreApplication.translate("Tray", "Open in browser")
            yield _Entry("open address", text, partial(intents.open_address, address))
    elif view.recents:
        last = view.recents[0]
        label = wording.elide(
            QCoreApplication.translate("Tray", "Start “%1”").replace("%1", last.title),
            _LONGEST_LABEL,
        )
        yield _Entry(("start last", last.key), wording.elide(label, _LONGEST_LABEL), intents.toggle)


def _other_tasks(view: View, intents: Intents) -> Iterator[_Entry]:
    """Pinned and recent tasks and own cards but the one that runs or would be started above."""
    running = view.running.task if view.running else None
    offered = running or next(iter(view.recents), None)
    for task in (*view.pins, *(task for task in view.recents if task not in view.pins)):
        if task != offered:
            label = wording.elide(task.title, _LONGEST_LABEL)
            yield _Entry(("task", task.key), label, partial(intents.start, task, ""))
    named = {task.key for task in (*view.pins, *view.recents, *((offered,) if offered else ()))}
    cards = [task for task in view.my_cards if task.key not in named]
    if cards:
        yield _Entry("my cards", QCoreApplication.translate("Tray", "My cards"))
    for task in cards:
        label = wording.elide(task.title, _LONGEST_LABEL)
        yield _Entry(("task", task.key), label, partial(intents.start, task, ""))


def _running_label(view: View, now: datetime) -> str:
    """What runs, and for how long: a long title is cut before that."""
    elapsed = f"  {wording.format_hms(view.elapsed(now))}"
    title = view.running.task.title if view.running is not None else ""
    return wording.elide(title, _LONGEST_LABEL - len(elapsed)) + elapsed
