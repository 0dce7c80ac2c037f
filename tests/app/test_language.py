"""Another language at once, from outside: tray, open windows and their refusals."""

from __future__ import annotations

import pytest

from tests.app.conftest import RunCommand, StartApp, work_before
from tests.support.desktop import Desktop
from tests.support.services import Services
from tests.support.tray_host import TrayHost, TrayItem
from tests.support.whole_app import WholeApp


def test_what_is_open_speaks_another_language_at_once(
    app: WholeApp, item: TrayItem, desktop: Desktop, services: Services, command: RunCommand
) -> None:
    work_before(app, services)
    assert item.menu().labels[0] == "Today 0:01"
    item.click("Settings…")
    item.click("Add time…")
    desktop.wait_window("Timer App – Settings", pid=app.pid)
    desktop.wait_window("Add time", pid=app.pid)
    assert command("config", "set", "ui.language", "ja")[0] == 0
    item.wait_tooltip("計測していません")
    desktop.wait_window("Timer App – 設定", pid=app.pid)
    desktop.wait_window("時間を追加", pid=app.pid)
    assert "設定…" in item.menu().labels
    assert command("config", "set", "ui.language", "ru")[0] == 0
    item.wait_tooltip("Ничего не запущено")
    desktop.wait_window("Timer App – Настройки", pid=app.pid)
    desktop.wait_window("Добавить время", pid=app.pid)
    item.click("Выйти")
    assert app.process.wait() == 0


@pytest.mark.parametrize(
    ("wanted", "tooltip"),
    [("ja_JP.UTF-8", "計測していません"), ("de:ru", "Ничего не запущено"),
     ("de_DE.UTF-8", "Nothing is running")],
)  # fmt: skip
@pytest.mark.usefixtures("signed_in")
def test_the_first_language_is_the_persons_own(
    tray_host: TrayHost,
    start_app: StartApp,
    monkeypatch: pytest.MonkeyPatch,
    app_environment: dict[str, str],
    wanted: str,
    tooltip: str,
) -> None:
    monkeypatch.setitem(app_environment, "LANGUAGE", wanted)
    # Qt looks at LANGUAGE only where a language is spoken at all.
    monkeypatch.setitem(app_environment, "LANG", "en_US.UTF-8")
    start_app()
    tray_host.wait_item().wait_tooltip(tooltip)
