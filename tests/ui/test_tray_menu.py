"""The menu and the clicks of the tray icon, without a tray."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QCursor, QGuiApplication
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from tests.ui.conftest import (
    CARD,
    DRAINING,
    IDLE,
    NOW,
    ORIGIN,
    OTHER,
    PAUSED,
    WORDS,
    Noted,
    running,
)
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.task import Task
from timer_app.domain.reminders.notification import Notification, Topic
from timer_app.domain.service import Service
from timer_app.services.delivery.service_status import Health
from timer_app.ui.early_tray_icon import EarlyTrayIcon
from timer_app.ui.icon_state import TrayBadge
from timer_app.ui.tray import Tray
from timer_app.ui.view import ServiceLine, View

Reason = QSystemTrayIcon.ActivationReason

# The offscreen platform has no tray at all.
pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.qt_log_ignore("No such signal QPlatformNativeInterface"),
]


@pytest.fixture
def tray(noted: Noted) -> Iterator[Tray]:
    """The tray icon, in no tray."""
    tray = Tray(EarlyTrayIcon(), noted, lambda: False)
    yield tray
    tray.close()


def icon(tray: Tray) -> QSystemTrayIcon:
    """What is in the tray."""
    found = tray.findChildren(QSystemTrayIcon)
    assert len(found) == 1
    return found[0]


def labels(tray: Tray) -> list[str]:
    """The menu as it is when it opens; what cannot be chosen is in brackets."""
    return [f"({each.text()})" if not each.isEnabled() else each.text() for each in actions(tray)]


def actions(tray: Tray) -> list[QAction]:
    """The entries of the menu, separators left out."""
    menu = icon(tray).contextMenu()
    menu.aboutToShow.emit()
    return [action for action in menu.actions() if not action.isSeparator()]


def submenu(tray: Tray) -> QMenu:
    """The menu below Switch to, or below Start."""
    (found,) = [each for action in actions(tray) if isinstance(each := action.menu(), QMenu)]
    return found


def others(tray: Tray) -> list[str]:
    """The tasks of the submenu and their headings; what cannot be chosen is in brackets."""
    shown = submenu(tray).actions()
    return [each.text() if each.isEnabled() else f"({each.text()})" for each in shown]


def test_the_menu_of_an_idle_app(tray: Tray) -> None:
    tray.show(IDLE)
    assert labels(tray) == [
        "(Today 2:01)", "Start “Ship the tray timer”", "Start",
        "Open…", "Add time…", "History…", "Settings…", "Quit",
    ]  # fmt: skip
    assert others(tray) == ["(Recent)", "Перенести справку", "tidy the desk"]
    drawn = [action.isSeparator() for action in icon(tray).contextMenu().actions()]
    assert [at for at, is_line in enumerate(drawn) if is_line] == [1, 4, 9]


@pytest.mark.parametrize(
    "after",
    [
        IDLE, running(), DRAINING, PAUSED, replace(IDLE, problems=2), replace(IDLE, waiting=3),
        replace(IDLE, services=(ServiceLine(Service.KAITEN, Health.OFFLINE, 2),)),
        replace(IDLE, recents=(Task("x" * 50),)), replace(IDLE, seconds_before_running=9999),
        replace(IDLE, recents=()), replace(IDLE, my_cards=(Task("Mine", Card(ORIGIN, 5)),)),
    ],
)  # fmt: skip
def test_the_menu_has_its_size_before_it_is_opened(tray: Tray, after: View) -> None:
    """Hosts map the menu in the size that it had before they say that it opens."""
    menu = icon(tray).contextMenu()
    for view in (IDLE, after):
        tray.show(view)
        before = [(action.text(), action.isEnabled()) for action in menu.actions()]
        kept, size = menu.actions(), menu.sizeHint()
        menu.aboutToShow.emit()
        assert (menu.actions(), menu.sizeHint()) == (kept, size)
        shown = [(action.text(), action.isEnabled()) for action in menu.actions()]
        assert [_untimed(text) for text, _ in shown] == [_untimed(text) for text, _ in before]


def _untimed(text: str) -> str:
    return re.sub(r"\d", "0", text)


def test_times_are_those_of_the_moment_it_opens(noted: Noted) -> None:
    now = [NOW]
    tray = Tray(EarlyTrayIcon(), noted, lambda: False, lambda: now[0])
    tray.show(running())
    before = labels(tray)[0]
    now[0] += timedelta(seconds=75)
    assert labels(tray)[0] != before
    tray.close()


def test_what_is_offered_is_up_to_date_before_a_host_asks(tray: Tray) -> None:
    """Some hosts show the menu with what they know already, and read it anew too late."""
    tray.show(IDLE)
    tray.show(replace(IDLE, recents=(WORDS, CARD)))
    entries = {action.text(): action.menu() for action in icon(tray).contextMenu().actions()}
    assert "Start “tidy the desk”" in entries
    below = entries["Start"]
    assert isinstance(below, QMenu)
    assert [action.text() for action in below.actions()] == ["Recent", "Ship the tray timer"]


def test_a_click_counts_though_other_entries_came_or_went(tray: Tray, noted: Noted) -> None:
    """A host shows the menu as it was before a delivery ended, and names what is clicked."""
    tray.show(replace(running(), problems=2, paused=True))
    drawn = {each.text(): each for each in actions(tray)}
    tray.show(
        replace(running(), recents=(), services=(ServiceLine(Service.KAITEN, Health.OFFLINE, 1),))
    )
    for label in ("Stop", "Add time…", "Quit"):
        assert drawn[label] in icon(tray).contextMenu().actions()  # else the host's number is gone
        drawn[label].trigger()
    assert noted.take() == [("stop",), ("open_manual_entry",), ("quit",)]


def test_running_offers_the_others(tray: Tray) -> None:
    tray.show(running())
    elapsed, today, *rest = labels(tray)
    assert elapsed.startswith("(Ship the tray timer  ")
    assert today.startswith("(Today ")
    assert rest == [
        "Stop",
        "Switch to",
        "Open in browser",
        "Open…",
        "Add time…",
        "History…",
        "Settings…",
        "Quit",
    ]


def test_each_task_stands_once_in_its_first_section(tray: Tray, noted: Noted) -> None:
    pinned, own = Task("Stand-up"), Task("Mine", Card(ORIGIN, 5))
    renamed = replace(OTHER, title="Another title of the same card")
    tray.show(replace(IDLE, pins=(pinned, renamed), my_cards=(CARD, own, OTHER, WORDS)))
    assert others(tray) == [
        "(Pinned)", "Stand-up", "Another title of the same card",
        "(Recent)", "tidy the desk",
        "(My cards)", "Mine",
    ]  # fmt: skip
    for action in submenu(tray).actions():
        action.trigger()
    started = [said for said in noted.take() if said[0] == "start"]
    assert started == [("start", each, "") for each in (pinned, renamed, WORDS, own)]
    tray.show(replace(running(own), recents=(CARD,), my_cards=(own,), pins=(own,)))
    assert others(tray) == ["(Recent)", "Ship the tray timer"]


@pytest.mark.parametrize("recents", [(), (CARD,)])
def test_no_list_is_offered_without_tasks(tray: Tray, recents: tuple[Task, ...]) -> None:
    tray.show(IDLE)
    tray.show(replace(running(), recents=recents, pins=recents, my_cards=recents))
    assert "Switch to" not in labels(tray)
    tray.show(running())
    assert others(tray) == ["(Recent)", "Перенести справку", "tidy the desk"]


def test_a_click_in_the_list_counts_though_its_rows_changed(tray: Tray, noted: Noted) -> None:
    tray.show(IDLE)
    menu = submenu(tray)
    drawn = {each.text(): each for each in menu.actions()}
    tray.show(replace(running(), pins=(Task("Stand-up"),), recents=(CARD, WORDS)))
    assert submenu(tray) is menu
    assert drawn["tidy the desk"] in menu.actions()
    drawn["tidy the desk"].trigger()
    assert ("start", WORDS, "") in noted.take()


def test_what_is_wrong_is_reported(tray: Tray) -> None:
    line = ServiceLine(Service.KAITEN, Health.UNAUTHORIZED, 2)
    tray.show(replace(IDLE, services=(line,), problems=1))
    assert labels(tray)[1] == "(Kaiten: the token is missing or not accepted, 2 waiting)"
    assert labels(tray)[-3] == "Problems (1)…"


def test_titles_are_shown_as_they_are_and_short(tray: Tray) -> None:
    ampersand, long = Task("Q&A <b>session</b>"), Task("x" * 300)
    tray.show(replace(IDLE, recents=(ampersand, long)))
    shown = [action.text() for action in actions(tray)]
    assert shown[1] == "Start “Q&&A <b>session</b>”"  # && is how a menu is told one &
    assert others(tray)[1] == "x" * 59 + "…"
    tray.show(running(long))
    label = actions(tray)[0].text()
    assert re.fullmatch(r"x+…  \d+:\d\d:\d\d", label)  # how long is what one looks for
    assert len(label) == 60


def test_every_entry_is_carried_out(tray: Tray, noted: Noted) -> None:
    tray.show(IDLE)
    for action in actions(tray):
        action.trigger()
    assert noted.take() == [
        ("toggle",),
        ("open_panel",), ("open_manual_entry",), ("open_history",), ("open_settings", None),
        ("quit",),
    ]  # fmt: skip
    tray.show(replace(IDLE, problems=1))
    actions(tray)[-3].trigger()
    assert noted.take() == [("open_problems",)]
    tray.show(running())
    actions(tray)[2].trigger()
    actions(tray)[4].trigger()
    assert CARD.card is not None
    assert noted.take() == [("stop",), ("open_address", CARD.card.url)]


@pytest.mark.parametrize(
    ("view", "said", "offered", "wanted"),
    [
        (DRAINING, "(Delivering: 1,234 of 10,000)", "Pause delivery", "pause_delivery"),
        (PAUSED, "(Delivery is paused: 8,766 waiting)", "Resume delivery", "resume_delivery"),
        (
            replace(IDLE, paused=True, waiting=3),
            "(Delivery is paused: 3 waiting)", "Resume delivery", "resume_delivery",
        ),
    ],
    ids=["delivering", "paused", "paused with little"],
)  # fmt: skip
def test_a_long_delivery_can_be_paused_and_resumed(
    tray: Tray, noted: Noted, view: View, said: str, offered: str, wanted: str
) -> None:
    tray.show(view)
    seen = labels(tray)
    assert seen[1] == said
    assert [label for label in seen if label.endswith(" delivery")] == [offered]
    actions(tray)[seen.index(offered)].trigger()
    assert noted.take() == [(wanted,)]


@pytest.mark.parametrize(
    ("view", "reason", "opens", "wanted"),
    [
        (IDLE, Reason.Trigger, False, [("toggle",)]),
        (running(), Reason.Trigger, False, [("toggle",)]),
        (IDLE, Reason.Trigger, True, [("open_panel",)]),
        (IDLE, Reason.MiddleClick, False, [("open_panel",)]),
        (replace(IDLE, recents=()), Reason.Trigger, False, [("open_panel",)]),
        (replace(running(), recents=()), Reason.Trigger, False, [("toggle",)]),
        (IDLE, Reason.Context, False, []),
        (IDLE, Reason.DoubleClick, False, []),
    ],
)
def test_clicks(
    noted: Noted,
    view: View,
    reason: Reason,
    *,
    opens: bool,
    wanted: list[object],
) -> None:
    tray = Tray(EarlyTrayIcon(), noted, lambda: opens)
    tray.show(view)
    icon(tray).activated.emit(reason)
    assert noted.take() == wanted
    tray.close()


@pytest.mark.parametrize(
    ("topic", "wanted"), [(Topic.NEEDS_PERSON, "open_problems"), (Topic.LONG_RUN, "open_panel")]
)
def test_a_click_on_what_the_tray_tells_opens_what_it_is_about(
    noted: Noted, topic: Topic, wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda _, title, *__: told.append(title))
    tray = Tray(EarlyTrayIcon(), noted, lambda: False)
    tray.show(IDLE)
    tray.show_notification(Notification(topic, "A title"))
    assert told == ["A title"]
    icon(tray).messageClicked.emit()
    assert noted.take() == [(wanted,)]
    tray.close()


@pytest.mark.parametrize("reason", [Reason.Trigger, Reason.MiddleClick])
def test_an_icon_without_a_place_is_where_it_was_clicked(tray: Tray, reason: Reason) -> None:
    """A StatusNotifierItem is told no place."""
    tray.show(IDLE)
    assert tray.panel_position() is None
    for place in ((700, 12), (300, 590)):
        QCursor.setPos(*place)
        icon(tray).activated.emit(reason)
        assert tray.panel_position() == place
    QCursor.setPos(5, 5)
    assert tray.panel_position() == (300, 590)  # a hot key opens the panel there too


def test_the_menu_tells_the_place_until_a_click_does(tray: Tray) -> None:
    tray.show(IDLE)
    QCursor.setPos(600, 80)
    actions(tray)[labels(tray).index("Open…")].trigger()
    assert tray.panel_position() == (600, 80)
    QCursor.setPos(700, 12)
    icon(tray).activated.emit(Reason.Trigger)
    QCursor.setPos(690, 90)
    actions(tray)[labels(tray).index("Open…")].trigger()
    assert tray.panel_position() == (700, 12)


def test_wayland_tells_no_place(tray: Tray, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "wayland")
    tray.show(IDLE)
    icon(tray).activated.emit(Reason.Trigger)
    assert tray.panel_position() is None


def test_nothing_ticks_while_nothing_runs(tray: Tray) -> None:
    def ticking() -> list[int]:
        return [timer.interval() for timer in tray.findChildren(QTimer) if timer.isActive()]

    tray.show(IDLE)
    assert ticking() == []
    tray.show(running())
    (interval,) = ticking()  # the tooltip's minutes
    assert 0 < interval <= 60_000
    (ticks,) = [timer for timer in tray.findChildren(QTimer) if timer.isActive()]
    ticks.timeout.emit()
    assert len(ticking()) == 1, "it goes on"
    tray.show(IDLE)
    assert ticking() == []


def test_the_icon_is_changed_only_when_its_look_is(tray: Tray) -> None:
    tray.show(IDLE)
    before = icon(tray).icon().cacheKey()
    tray.show(replace(IDLE, seconds_before_running=9999))
    assert icon(tray).icon().cacheKey() == before
    tray.show(running())
    assert icon(tray).icon().cacheKey() != before


def test_the_icon_tells_the_minutes_once_a_minute(noted: Noted) -> None:
    began = running().running
    assert began is not None
    now, is_on = [began.started_at + timedelta(seconds=59)], [False]
    tray = Tray(EarlyTrayIcon(), noted, lambda: False, lambda: now[0], lambda: is_on[0])

    def shown() -> object:
        tray.show(running())
        return icon(tray).icon().pixmap(22, 22).toImage()

    plain = shown()
    now[0] += timedelta(minutes=5)
    assert shown() == plain
    is_on[0] = True
    five = shown()
    assert five != plain
    key = icon(tray).icon().cacheKey()
    now[0] += timedelta(seconds=0.5)
    tray.show(running())
    assert icon(tray).icon().cacheKey() == key  # a tray draws each new icon
    now[0] += timedelta(seconds=1)
    assert shown() != five
    assert [each.interval() for each in tray.findChildren(QTimer) if each.isActive()] == [60_000]
    tray.show(replace(running(), badge=TrayBadge.ATTENTION))
    attention = icon(tray).icon().pixmap(22, 22).toImage()
    is_on[0] = False
    tray.show(replace(running(), badge=TrayBadge.ATTENTION))
    assert icon(tray).icon().pixmap(22, 22).toImage() == attention  # what is wrong comes first
    tray.show(IDLE)
    assert not [each for each in tray.findChildren(QTimer) if each.isActive()]
    tray.close()
