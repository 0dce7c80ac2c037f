"""doctor: each part named, and what to do about it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.support.notifications import NotificationService
from timer_app.cli.doctor.checks import bind_command, without_notifications
from timer_app.domain.messages import absent_keyring
from timer_app.domain.user_message import UserMessage
from timer_app.sandbox import FaultKind

if TYPE_CHECKING:
    from tests.cli.support import Services, TimerApp
    from tests.support.bus import SessionBus
    from tests.support.secret_service import SecretService


def _rows(app: TimerApp, code: int | None) -> dict[str, Any]:
    return {row["part"]: row for row in app.json("doctor", code=code)}


def test_all_is_well(app: TimerApp, services: Services) -> None:
    rows = _rows(app, 0)
    for part in ("app", "journal", "settings", "timecrowd", "kaiten", "timecrowd token",
                 "kaiten token", "clock (timecrowd)", "clock (kaiten)", "tray", "keyring",
                 "session bus", "system bus"):  # fmt: skip
        assert part in rows
        assert rows[part]["verdict"] in {"ok", "note"}
    assert rows["hotkey"]["detail"] == "The tray app is not running: no key is bound."
    assert "timer-app toggle" in rows["hotkey"]["remedy"]
    assert services.changes("timecrowd") == services.changes("kaiten") == []
    text = app.run("doctor").out
    assert all(part in text for part in rows)


def test_what_is_wrong_is_named_with_its_remedy(app: TimerApp, services: Services) -> None:
    services.down("timecrowd")
    services.revoke("kaiten")
    app.run("start", "--task", "T", "--wait", "0", code=3)
    app.journal.with_name("journal.sqlite3-wal").unlink(missing_ok=True)
    app.journal.write_bytes(b"garbage" * 1000)
    rows = _rows(app, 4)
    for part in ("timecrowd", "kaiten", "journal"):
        assert rows[part]["verdict"] == "problem"
        assert rows[part]["detail"]
        assert rows[part]["remedy"]
    assert "login kaiten" in rows["kaiten"]["remedy"]
    assert app.journal.read_bytes() == b"garbage" * 1000


def test_a_wrong_clock(app: TimerApp, services: Services) -> None:
    services.move_clock(timedelta(minutes=10))
    rows = _rows(app, 4)
    for service in ("timecrowd", "kaiten"):
        row = rows[f"clock ({service})"]
        assert row["verdict"] == "problem"
        assert row["detail"].startswith(("0:10:0", "0:09:5"))
        assert "behind the service's" in row["detail"]
        assert row["remedy"]
    services.move_clock(timedelta(days=-7000))
    assert "6999 d 23:" in _rows(app, 4)["clock (kaiten)"]["detail"]


def test_an_address_that_is_something_else(app: TimerApp, services: Services) -> None:
    services.fault("kaiten", FaultKind.HTML, times=None)
    row = _rows(app, 4)["kaiten"]
    assert row["verdict"] == "problem"
    assert services.kaiten_url in row["remedy"]


def test_no_keyring_and_nothing_set_up(app: TimerApp, bare_app: TimerApp) -> None:
    app.environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    rows = _rows(app, 4)
    assert rows["kaiten token"]["verdict"] == "problem"
    assert "keyring" in rows["kaiten token"]["detail"]
    assert "Secret Service" in rows["keyring"]["remedy"]
    bare_app.settings.unlink()
    rows = _rows(bare_app, 0)
    assert "config set kaiten.url" in rows["kaiten"]["remedy"]
    assert "config set timecrowd.team_id" in rows["timecrowd"]["remedy"]


def test_a_locked_keyring(app: TimerApp, keyring: SecretService) -> None:
    keyring.lock()
    rows = _rows(app, 4)
    assert "locked" in rows["timecrowd token"]["detail"]
    assert rows["keyring"]["verdict"] == "problem"
    assert rows["keyring"]["detail"] == "It is locked."
    keyring.unlock()


def test_wrong_settings(bare_app: TimerApp) -> None:
    bare_app.configure("[x]\n")
    row = _rows(bare_app, 4)["settings"]
    assert row["verdict"] == "problem"
    assert "line 1" in row["detail"]


def test_notifications_by_the_state_of_their_service(app: TimerApp, shared_bus: SessionBus) -> None:
    row = _rows(app, 0)["notifications"]
    assert row["verdict"] == "note"
    assert "Install one" in row["remedy"]
    with NotificationService(shared_bus.address) as service:
        service.start()
        assert _rows(app, 0)["notifications"]["verdict"] == "ok"
        service.hangs = True
        row = _rows(app, 4)["notifications"]
        assert row["verdict"] == "problem"
        assert "Restart it" in row["remedy"]
    with NotificationService(shared_bus.address, ("body",)) as service:
        service.start()
        row = _rows(app, 0)["notifications"]
        assert "without buttons" in row["detail"]
        assert row["remedy"]
        assert service.told == []


def test_a_newer_version_is_reported_only_where_somebody_is_to_be_asked(
    app: TimerApp, services: Services
) -> None:
    assert "version" not in _rows(app, 0)
    app.run("config", "set", "updates.feed", f"{services.kaiten_url}/latest")
    row = _rows(app, 0)["version"]
    assert row["verdict"] == "note"
    assert "HTTP" in row["detail"]
    assert "updates.feed" in row["remedy"]


def test_a_delivery_that_needs_the_user_is_named(app: TimerApp, services: Services) -> None:
    assert "deliveries" not in _rows(app, 0)  # there is no journal yet
    services.fault("timecrowd", FaultKind.STATUS, "POST", status=422)
    app.run("start", "--task", "T", code=4)
    row = _rows(app, 4)["deliveries"]
    assert row["verdict"] == "problem"
    assert row["detail"].startswith("1 needs your attention. Delivery 1: ")
    assert "timer-app problems" in row["remedy"]


def test_a_remedy_speaks_of_the_system_it_is_for() -> None:
    """On Windows and macOS nobody can install dunst or a Secret Service."""
    linux = ("dunst", "mako", "Secret Service", "KWallet", "desktop's settings")
    for platform in ("win32", "darwin"):
        said = " ".join(
            (
                without_notifications(platform),
                bind_command(platform),
                str(UserMessage(absent_keyring(platform))),
            )
        )
        assert not [word for word in linux if word in said], said
        assert "timer-app toggle" in said
    assert "dunst" in without_notifications("linux")
    assert "Secret Service" in str(UserMessage(absent_keyring("linux")))
