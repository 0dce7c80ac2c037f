"""The menu of the tray icon.

It is filled when something has changed, not when it is opened: hosts draw it in the size that it
had before. Entries that stay keep their action, since a host names one by it: a click on an action
that was made again between the menu's drawing and the click would be lost.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
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
    something; one without a text is a separator, and one with lines `below` opens a submenu.
    """

    key: Hashable
    text: str | None = None
    wanted: Callable[[], None] | None = None
    below: tuple[_Entry, ...] = ()


class TrayMenu(QObject):
    """Fills `menu`; `native_text` makes a text of ours what the one who draws it shows as such.

    What was in it before goes once its own entries are there, so that it is never empty.
    """

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
        self._open_panel = open_panel
        self._view: View | None = None
        self._lines = _Lines(menu, native_text)
        self._earlier_actions = menu.actions()
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
            self._lines.arrange(entries)
            self._remove_earlier_actions()
        self._lines.write(entries)

    def _remove_earlier_actions(self) -> None:
        while self._earlier_actions:
            self._menu.removeAction(self._earlier_actions.pop())

    def _on_about_to_show(self) -> None:
        self._intents.refresh()
        self.fill()

    def _on_about_to_hide(self) -> None:
        QTimer.singleShot(0, self, self.fill)  # the entry chosen is still to be acted on


class _Lines:
    """The actions of one menu and, for each of its submenus, the lines of that."""

    def __init__(self, menu: QMenu, native_text: Callable[[str], str]) -> None:
        self._menu = menu
        self._native_text = native_text
        self._actions: dict[Hashable, QAction] = {}
        self._wanted: dict[Hashable, Callable[[], None]] = {}
        self._submenus: dict[Hashable, _Lines] = {}

    def arrange(self, entries: Sequence[_Entry]) -> None:
        """Have the actions of these entries and no others, in their order, in submenus too."""
        self._remove_all_but({entry.key for entry in entries})
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
            if entry.key in self._submenus:
                self._submenus[entry.key].arrange(entry.below)

    def write(self, entries: Sequence[_Entry]) -> None:
        """Write the texts of those entries that have a line."""
        for entry in entries:
            action = self._actions.get(entry.key)
            if action is not None and entry.text is not None:
                action.setText(self._native_text(entry.text))
            if entry.key in self._submenus:
                self._submenus[entry.key].write(entry.below)

    def delete_later(self) -> None:
        """Delete the menu once no event of it is being handled."""
        self._menu.deleteLater()

    def _insert(self, action: QAction, following: QAction | None) -> None:
        if following is None:
            self._menu.addAction(action)
        else:
            self._menu.insertAction(following, action)

    def _remove_all_but(self, keys: set[Hashable]) -> None:
        for key in [key for key in self._actions if key not in keys]:
            self._wanted.pop(key, None)
            action = self._actions.pop(key)
            self._menu.removeAction(action)
            submenu = self._submenus.pop(key, None)
            if submenu is None:
                action.deleteLater()
            else:
                submenu.delete_later()  # its menu owns the action

    def _action_of(self, entry: _Entry) -> QAction:
        if entry.wanted is not None:
            self._wanted[entry.key] = entry.wanted
        if entry.key not in self._actions:
            self._actions[entry.key] = self._new_action(entry)
        return self._actions[entry.key]

    def _new_action(self, entry: _Entry) -> QAction:
        if entry.below:
            menu = QMenu(self._menu)
            self._submenus[entry.key] = _Lines(menu, self._native_text)
            return menu.menuAction()
        action = QAction(self._menu)
        action.setSeparator(entry.text is None)
        action.setEnabled(entry.wanted is not None or entry.text is None)
        action.triggered.connect(lambda: self._act(entry.key))
        return action

    def _act(self, key: Hashable) -> None:
        if key in self._wanted:
            self._wanted[key]()


def _entries(
    view: View, intents: Intents, now: datetime, open_panel: Callable[[], None]
) -> Iterator[_Entry]:
    """All of the menu, from top to bottom; separators stand between groups that have lines."""
    groups = (
        _state_entries(view, now),
        _task_entries(view, intents),
        _waiting_entries(view, intents),
        _window_entries(view, intents, open_panel),
        [_Entry("quit", QCoreApplication.translate("Tray", "Quit"), intents.quit)],
    )
    is_first = True
    for number, group in enumerate(groups):
        lines = list(group)
        if lines and not is_first:
            yield _Entry(("before group", number))
        yield from lines
        is_first = is_first and not lines


def _state_entries(view: View, now: datetime) -> Iterator[_Entry]:
    """What is the case; nothing of it can be clicked."""
    if view.running is not None:
        yield _Entry("running", _running_label(view, now))
    yield _Entry("today", wording.today_total(wording.format_hm(view.today(now))))
    for number, line in enumerate(view.services):
        yield _Entry(("service", number), wording.service_status(line))
    for number, text in enumerate(wording.delivery_lines(view)):
        yield _Entry(("delivery", number), text)


def _task_entries(view: View, intents: Intents) -> Iterator[_Entry]:
    """Stop, or start the last task again; then the other tasks."""
    if view.running is not None:
        yield _Entry("stop", QCoreApplication.translate("Tray", "Stop"), intents.stop)
    elif view.recents:
        last = view.recents[0]
        label = QCoreApplication.translate("Tray", "Start “%1”").replace("%1", last.title)
        yield _Entry(("start last", last.key), wording.elide(label, _LONGEST_LABEL), intents.toggle)
    if others := tuple(_other_tasks(view, intents)):
        text = (
            QCoreApplication.translate("Tray", "Switch to", "opens a list of tasks")
            if view.running is not None
            else QCoreApplication.translate("Tray", "Start", "opens a list of tasks")
        )
        yield _Entry("others", text, below=others)
    if view.running is not None and (address := view.running.task.url):
        text = QCoreApplication.translate("Tray", "Open in browser")
        yield _Entry("open address", text, partial(intents.open_address, address))


def _other_tasks(view: View, intents: Intents) -> Iterator[_Entry]:
    """Every task once, but for the one that runs or that the menu itself starts again."""
    offered = view.running.task if view.running else next(iter(view.recents), None)
    named = {offered.key} if offered else set()
    # The words are those of the panel's list.
    for key, heading, tasks in (
        ("pinned", QCoreApplication.translate("TaskSearch", "Pinned"), view.pins),
        ("recent", QCoreApplication.translate("TaskSearch", "Recent"), view.recents),
        ("my cards", QCoreApplication.translate("TaskSearch", "My cards"), view.my_cards),
    ):
        unnamed = {task.key: task for task in tasks if task.key not in named}
        named |= unnamed.keys()
        if unnamed:
            yield _Entry(key, heading)
        for task in unnamed.values():
            label = wording.elide(task.title, _LONGEST_LABEL)
            yield _Entry(("task", task.key), label, partial(intents.start, task, ""))


def _waiting_entries(view: View, intents: Intents) -> Iterator[_Entry]:
    """What waits for the person, and a long delivery."""
    for question in view.questions[:1]:
        text = wording.absence_range(question.absence) + "…"
        yield _Entry("question", text, intents.open_absence_prompt)
    if view.is_alert_closable:
        label = wording.link_labels()[wording.LinkTarget.CLOSE_ALERT]
        yield _Entry("close alert", label, intents.close_alert)
    if view.paused:
        text = QCoreApplication.translate("Tray", "Resume delivery")
        yield _Entry("resume", text, intents.resume_delivery)
    elif view.progress:
        text = QCoreApplication.translate("Tray", "Pause delivery")
        yield _Entry("pause", text, intents.pause_delivery)


def _window_entries(
    view: View, intents: Intents, open_panel: Callable[[], None]
) -> Iterator[_Entry]:
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


def _running_label(view: View, now: datetime) -> str:
    """What runs, and for how long: a long title is cut before that."""
    elapsed = f"  {wording.format_hms(view.elapsed(now))}"
    title = view.running.task.title if view.running is not None else ""
    return wording.elide(title, _LONGEST_LABEL - len(elapsed)) + elapsed
