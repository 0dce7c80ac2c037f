"""What screen readers are told of our own widgets, where Qt knows no role for them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QApplication, QWidget

_INSTALLED_PROPERTY = "timer_app_roles_are_installed"
_ROLE_PROPERTY = "timer_app_role"


def set_role(widget: QWidget, role: QAccessible.Role) -> None:
    """Have screen readers hear this role: to Qt a widget of ours is no more than a filler."""
    widget.setProperty(_ROLE_PROPERTY, role.value)
    application = QApplication.instance()
    if application is not None and not application.property(_INSTALLED_PROPERTY):
        QAccessible.installFactory(_with_role)
        application.setProperty(_INSTALLED_PROPERTY, True)


def set_tab_order(widgets: Iterable[QWidget]) -> None:
    """Have the keyboard go through these in that order: what is made later would come last."""
    for one, following in pairwise(widgets):
        QWidget.setTabOrder(one, following)


def announce(widget: QWidget, words: str) -> None:
    """Have a screen reader say that now, wherever the keyboard is."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))


def _with_role(_kind: str, widget: QObject) -> QAccessibleInterface | None:
    role = widget.property(_ROLE_PROPERTY)
    if role is None or not isinstance(widget, QWidget):
        return None
    return QAccessibleWidget(widget, QAccessible.Role(role), "")
