"""The scene keeps to what it says of the network, or the proof would blame the app for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.prove.scene import LONGEST_HELD, Scene
from timer_app.domain.delivery.log_reference import split_comment
from timer_app.domain.entries.minutes import Rounding
from timer_app.sandbox import Fault, FaultKind, TimeCrowdSwitches

LOGS = "/time-logs$"


@pytest.fixture
def scene() -> Iterator[Scene]:
    """Both services, and nothing wrong with them."""
    scene = Scene(Rounding.CARRY, TimeCrowdSwitches(), seed=0)
    yield scene
    scene.close()


def held_for(scene: Scene) -> timedelta:
    """How long the log's first request was on its way."""
    held = scene.sites["kaiten"].requests.matching("POST", LOGS)[0]
    (log,) = [
        log
        for log in scene.sandbox.kaiten.state.logs.values()
        if split_comment(log.comment or "")[0] == "late"
    ]
    return log.created - held.at


@pytest.mark.parametrize("ways", ["waiting", "sleeping", "commands"])
def test_no_request_is_on_its_way_for_longer_than_said(scene: Scene, ways: str) -> None:
    """However the time passes: the person's own waits are not the scene's."""
    card = str(scene.sandbox.world.card_ids[0])
    scene.arm("kaiten", Fault(FaultKind.HELD_BACK, "POST", LOGS))
    words = {"card": card, "comment": "late", "from": "-40m", "for": "9m", "wait": "1"}
    scene.computer.command("add", **words)
    scene.down("kaiten")
    scene.computer.wait(11 * 60)
    match ways:
        case "waiting":
            scene.wait(7200)
        case "sleeping":
            scene.sleep(7200)
        case _:
            for _ in range(60):
                scene.computer.wait(60)
                scene.computer.command("status")
    a_moment = timedelta(seconds=1)  # the simulated time is a sum of fractions
    assert timedelta(minutes=47) < held_for(scene) <= LONGEST_HELD + a_moment
