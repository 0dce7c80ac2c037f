"""The icon as a panel drives it over D-Bus: clicks, menu, tooltip, trays that come late."""

from __future__ import annotations

import pytest

from tests.app.conftest import TITLE, StartApp, agree, card_address, entries_of, work_before
from tests.support.desktop import HEIGHT, Desktop
from tests.support.services import START, Services
from tests.support.tray_host import TrayHost, TrayItem
from tests.support.whole_app import WholeApp
from timer_app.sandbox import FaultKind
from timer_app.sandbox.world import KEYED_CARD_ID

EDGE, HIGHEST_BAR = 20, 96  # pixels
OTHER = "Keep an entry exactly once when the network drops"


def test_a_click_starts_and_another_stops(
    app: WholeApp, item: TrayItem, services: Services
) -> None:
    work_before(app, services)
    idle = item.facts().icon
    item.activate()
    item.wait_tooltip(f"{TITLE}  0:00")
    running = item.facts().icon
    assert running != idle
    assert app.status()["entry"]["task"] == TITLE
    assert app.sync() == 0
    assert services.entries()[-1].stopped_at is None
    item.activate()
    item.wait_tooltip("Nothing is running")
    assert app.sync() == 0
    item.wait(lambda facts: facts.icon == idle, "the idle icon again")
    assert [entry["source"] for entry in entries_of(app)] == ["manual", "click"]
    assert len(services.logs()) == 2
    agree(app, services)


def test_the_first_click_with_nothing_to_start_opens_the_panel(
    app: WholeApp, item: TrayItem, desktop: Desktop, services: Services
) -> None:
    item.activate()
    panel = desktop.wait_window("Timer App", pid=app.pid)
    desktop.wait_active(panel)
    assert app.status()["state"] == "idle"
    assert services.entries() == []


def test_the_middle_click_opens_the_panel(
    app: WholeApp, item: TrayItem, desktop: Desktop, services: Services
) -> None:
    work_before(app, services)
    item.secondary_activate()
    desktop.wait_window("Timer App", pid=app.pid)
    assert app.status()["state"] == "idle"


@pytest.mark.parametrize("icon", [(1200, 10), (20, 790)])
def test_the_panel_opens_where_the_icon_was_clicked(
    app: WholeApp, item: TrayItem, desktop: Desktop, icon: tuple[int, int]
) -> None:
    """A StatusNotifierItem tells no place: the pointer does."""
    desktop.move(icon)
    item.secondary_activate()
    panel = desktop.wait_window("Timer App", pid=app.pid)

    def is_there() -> bool:
        (seen,) = [each for each in desktop.windows() if each.id == panel.id]
        from_edge = seen.y if icon[1] < HEIGHT // 2 else HEIGHT - seen.y - seen.height
        is_beside = seen.x - EDGE <= icon[0] <= seen.x + seen.width + EDGE
        return is_beside and 0 <= from_edge <= HIGHEST_BAR

    desktop.wait(is_there, "the panel at the icon")


def test_the_menu_of_an_app_never_used(item: TrayItem) -> None:
    menu = item.menu()
    assert menu.labels == ["Today 0:00", "Open…", "Add time…", "History…", "Settings…", "Quit"]
    assert not menu.find("Today 0:00").enabled


def test_the_menu_is_read_and_clicked(app: WholeApp, item: TrayItem, services: Services) -> None:
    work_before(app, services)
    work_before(app, services, KEYED_CARD_ID)
    menu = item.menu()
    assert menu.labels == [
        "Today 0:02", f"Start “{OTHER}”", "Start", "Open…", "Add time…", "History…",
        "Settings…", "Quit",
    ]  # fmt: skip
    assert menu.find("Start").labels == ["Recent", TITLE]
    assert not menu.find("Start", "Recent").enabled
    item.click("Start", TITLE)
    item.wait_tooltip(TITLE)
    menu = item.menu()
    elapsed, *rest = menu.labels
    assert elapsed.startswith(f"{TITLE}  0:00:0")
    assert rest == [
        "Today 0:02",
        "Stop",
        "Switch to",
        "Open in browser",
        "Open…",
        "Add time…",
        "History…",
        "Settings…",
        "Quit",
    ]
    assert not menu.find(elapsed).enabled
    assert menu.find("Switch to").labels == ["Recent", OTHER]
    item.click("Switch to", OTHER)
    item.wait_tooltip(OTHER)
    item.click("Stop")
    item.wait_tooltip("Nothing is running")
    item.click(f"Start “{OTHER}”")
    item.wait_tooltip(OTHER)
    assert app.sync() == 0
    agree(app, services)
    assert [entry.task for entry in services.entries()] == [TITLE, OTHER, TITLE, OTHER, OTHER]
    item.click("Quit")
    assert app.process.wait() == 0


def test_titles_are_drawn_letter_by_letter(app: WholeApp, item: TrayItem) -> None:
    titles = ["snake_case_name", "R&D & more", "_private & co_", "&"]
    for title in titles:
        app.ask("start", task=title, wait="0")
    app.ask("stop", wait="0")
    menu = item.menu()
    last, *earlier = reversed(titles)
    assert f"Start “{last}”" in menu.labels
    assert menu.find("Start").labels == ["Recent", *earlier]


def test_other_rows_of_the_list_are_reported_before_it_is_opened(
    app: WholeApp, item: TrayItem, tray_host: TrayHost
) -> None:
    """A host reads a menu again when it is told of a number above that of what it has."""
    for title in ("first", "second", "third"):
        app.ask("start", task=title, wait="0")
    item.wait_tooltip("third")
    before, number = item.menu(), item.menu_revision()
    assert before.find("Switch to").labels == ["Recent", "second", "first"]
    already_told = len(tray_host.layout_updates)
    app.ask("start", task="first", wait="0")
    item.wait_tooltip("first")
    told = tray_host.layout_updates[already_told:]
    after = item.menu()
    assert after.find("Switch to").labels == ["Recent", "third", "second"]
    parents = {parent for revision, parent in told if revision > number}
    assert after.find("Switch to").id in parents


def test_the_icon_tells_each_state(app: WholeApp, item: TrayItem, services: Services) -> None:
    work_before(app, services)
    seen = [item.facts().icon]

    def next_icon() -> None:
        seen.append(item.wait(lambda facts: facts.icon not in seen, "another icon").icon)

    services.plan(FaultKind.PAUSE, START)
    item.activate()
    next_icon()  # running, and not yet delivered
    services.arrived(START, 2)
    services.release()
    next_icon()  # running
    services.plan(FaultKind.STATUS, START, status=422, body='{"messages": ["No."]}')
    item.click("Stop")
    item.wait_tooltip("Nothing is running")
    item.activate()
    item.wait_tooltip(TITLE)
    next_icon()  # running, and somebody is needed
    item.activate()
    next_icon()  # idle, and somebody is needed
    # What the tray itself has to say comes first, for some seconds.
    item.wait(
        lambda facts: "Needs your attention: 1" in facts.tooltip and facts.status == "Active",
        "the state",
    )
    assert len(set(seen)) == 5


@pytest.mark.usefixtures("signed_in")
def test_started_before_any_tray(
    absent_tray_host: TrayHost,
    start_app: StartApp,
    services: Services,
    desktop: Desktop,
) -> None:
    app = start_app(own_interpreter=True)
    desktop.wait_window("Timer App", pid=app.pid)  # without a tray there is still a way in
    work_before(app, services)
    absent_tray_host.start()
    item = absent_tray_host.wait_item(app.pid)
    item.wait_tooltip("Nothing is running")
    item.activate()
    item.wait_tooltip(TITLE)
    item.click("Stop")
    item.wait_tooltip("Nothing is running")
    assert app.sync() == 0
    agree(app, services)


def test_a_tray_that_is_restarted_gets_its_icon_back(
    app: WholeApp, item: TrayItem, tray_host: TrayHost, services: Services
) -> None:
    work_before(app, services)
    item.activate()
    item.wait_tooltip(TITLE)
    for _ in range(3):
        tray_host.stop()
        tray_host.start()
        item = tray_host.wait_item(app.pid)
        item.wait_tooltip(TITLE)
        assert [each.pid for each in tray_host.items()] == [app.pid]
        assert {picture.width for picture in item.facts().icon} == {22, 64}
    item.click("Stop")
    item.wait_tooltip("Nothing is running")
    item.activate()
    item.wait_tooltip(TITLE)


def test_the_tray_may_open_the_panel_instead(
    app: WholeApp, item: TrayItem, desktop: Desktop, services: Services
) -> None:
    work_before(app, services)
    settings = app.home / "settings.toml"
    settings.write_text(settings.read_text() + '[ui]\nclick = "open"\n')
    assert app.ask("settings")["exit"] == 0
    item.activate()
    desktop.wait_window("Timer App", pid=app.pid)
    assert app.status()["state"] == "idle"


def test_a_switch_by_the_command_line_is_seen_in_the_tray(
    app: WholeApp, item: TrayItem, services: Services
) -> None:
    assert app.ask("start", card=card_address(services), comment="from a script")["exit"] == 0
    item.wait_tooltip(TITLE)
    assert app.ask("start", card=card_address(services, KEYED_CARD_ID))["exit"] == 0
    item.wait_tooltip(OTHER)
    assert app.ask("stop")["exit"] == 0
    item.wait_tooltip("Nothing is running")
    agree(app, services)
