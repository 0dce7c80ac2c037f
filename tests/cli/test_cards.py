"""`cards`: the Kaiten cards in progress that are one's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.cli.support import CARD_ID
from timer_app.sandbox import FaultKind

if TYPE_CHECKING:
    from tests.cli.support import Services, TimerApp


def test_they_are_listed_with_their_place_and_the_time_so_far(
    app: TimerApp, services: Services
) -> None:
    rows = app.json("cards")
    assert [row["card_id"] for row in rows] == [CARD_ID, 63258150, 63258152], "newest first"
    assert rows[1] == {
        "card_id": 63258150,
        "card_url": services.card(63258150),
        "key": "DEMO-12",
        "title": "Keep an entry exactly once when the network drops",
        "space": "Product",
        "board": "Timer App",
        "column": "В работе",
        "minutes": 40,
    }
    assert rows[0]["key"] is None
    first, *_ = app.run("cards").out.splitlines()
    assert first == (
        f"#{CARD_ID}  Ship the tray timer  2:15  Product / Timer App / В работе  {services.card()}"
    )
    assert app.log() == [], "nothing was done"
    assert services.changes("kaiten") == []


def test_none_is_an_answer(app: TimerApp, services: Services) -> None:
    services.call(services.sandbox.kaiten.state.cards.clear)
    assert app.json("cards") == []
    assert app.run("cards").out == "No card in progress is yours.\n"


def test_what_stands_in_the_way_is_said_and_exits_1(app: TimerApp, services: Services) -> None:
    services.revoke("kaiten")
    document = app.json("cards", code=1)
    assert set(document) == {"error", "exit"}
    assert "Kaiten" in document["error"]
    assert "token" in document["error"]
    services.accept("kaiten")
    services.down("kaiten")
    ended = app.run("cards", code=1)
    assert ended.out == ""
    assert re.search("Kaiten.*connect", ended.err), ended
    app.configure(services.settings(kaiten=False))
    assert "Kaiten is not set up." in app.run("cards", code=1).err


def test_a_service_that_is_asked_too_often_is_asked_again(
    app: TimerApp, services: Services
) -> None:
    services.fault("kaiten", FaultKind.RATE_LIMITED, "GET", retry_after=1)
    assert len(app.json("cards")) == 3
    services.fault("kaiten", FaultKind.RATE_LIMITED, "GET", retry_after=60)
    assert app.run("cards", code=1).err == "timer-app: Kaiten asks for fewer requests.\n"
