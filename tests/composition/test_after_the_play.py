"""What the stateful proof found, each as short as it can be told.

The whole core against both services' stand-ins on simulated time (tests/prove); in the end nothing
is lost, doubled or wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.prove.scene import Scene
from tests.support.logs import LogGuard
from timer_app.domain.delivery.outbox import LoggedEntry
from timer_app.domain.entries.minutes import Rounding
from timer_app.sandbox import Fault, FaultKind, TimeCrowdSwitches

LOGS, ENTRIES = "/time-logs$", "/time_entries$"


@pytest.fixture
def scene() -> Iterator[Scene]:
    scene = Scene(Rounding.CARRY, TimeCrowdSwitches(), seed=0)
    yield scene
    scene.close()


def add(scene: Scene, *, card: bool = True, wait: str = "20") -> LoggedEntry:
    """Half an hour of an hour ago."""
    what = {"card": str(scene.sandbox.world.card_ids[0])} if card else {"task": "Read mail"}
    scene.computer.command("add", **what, **{"from": "-60m", "for": "30m"}, wait=wait)
    return scene.truth().entries()[-1]


def held_up(scene: Scene, name: str, path: str, times: int = 1) -> None:
    scene.arm(name, Fault(FaultKind.HELD_BACK, "POST", path, times=times))


@pytest.mark.parametrize("act", ["delete", "edit"])
@pytest.mark.parametrize("found_first", [False, True])
@pytest.mark.parametrize(("name", "path"), [("kaiten", LOGS), ("timecrowd", ENTRIES)])
def test_a_late_double_of_what_was_taken_back_goes_as_well(
    scene: Scene, name: str, path: str, *, found_first: bool, act: str
) -> None:
    """It took the place of the one that the deletion, or the move, had removed already."""
    held_up(scene, name, path)
    entry = add(scene)
    if found_first:
        scene.release()
        scene.wait(61)
        scene.computer.command("sync", wait="20")
    words = {"task": "Read mail"} if act == "edit" else {}
    scene.computer.command(act, entry=entry.entry.id, **words, wait="20")
    assert scene.differences() == []


@pytest.mark.parametrize(("name", "path"), [("kaiten", LOGS), ("timecrowd", ENTRIES)])
def test_what_was_dropped_while_a_try_was_on_its_way_is_watched(
    scene: Scene, name: str, path: str
) -> None:
    """The look had not found it, and then it was deleted before it was sent again."""
    held_up(scene, name, path)
    scene.arm(name, Fault(FaultKind.RATE_LIMITED, "POST", path, nth=2, retry_after=90))
    entry = add(scene)
    scene.computer.command("delete", entry=entry.entry.id, wait="5")
    assert scene.differences() == []


def test_each_of_several_late_doubles_is_found(scene: Scene) -> None:
    """The watch ended with the first."""
    held_up(scene, "timecrowd", ENTRIES, times=3)
    add(scene, card=False, wait="60")
    assert scene.differences() == []


def test_each_of_several_late_logs_is_found(scene: Scene) -> None:
    """The last check within the hour found the first of them, and there was no other one."""
    held_up(scene, "kaiten", LOGS, times=2)
    add(scene, wait="60")
    scene.computer.close_app()
    scene.release()
    scene.sleep(3600)
    assert scene.differences() == []


def test_a_late_double_gets_the_values_of_later_edits(scene: Scene) -> None:
    """It takes the place of a log that had been given other minutes meanwhile."""
    held_up(scene, "kaiten", LOGS)
    entry = add(scene)
    assert entry.stopped_at
    longer = (entry.stopped_at + timedelta(minutes=9)).isoformat()
    scene.computer.command("edit", entry=entry.entry.id, to=longer, wait="20")
    assert scene.differences() == []


def test_a_late_start_does_not_run_on_in_the_place_of_what_is_over(scene: Scene) -> None:
    """The start was held up; it was told as a closed entry when it had ended meanwhile."""
    held_up(scene, "timecrowd", ENTRIES)
    scene.computer.command("start", task="Read mail", wait="1")
    scene.wait(10)
    scene.computer.command("stop", wait="20")
    assert scene.differences() == []


def test_a_start_is_corrected_together_with_the_stop_of_another_device(scene: Scene) -> None:
    """The clock was ahead: TimeCrowd takes no start behind the stop that it has by then."""
    scene.computer.clock.wall_set = timedelta(hours=2)
    scene.arm("timecrowd", Fault(FaultKind.GARBAGE, "POST", ENTRIES))
    scene.computer.command("start", task="Read mail", wait="1")
    scene.start_elsewhere("Lunch talk", None)
    assert scene.differences() == []


def test_a_start_that_was_refused_does_not_keep_the_stop_waiting(scene: Scene) -> None:
    """The same, with a stop that our own next start made in TimeCrowd."""
    scene.computer.clock.wall_set = timedelta(hours=2)
    scene.arm("timecrowd", Fault(FaultKind.REDIRECT, "PATCH", "/time_entries/[0-9]+$"))
    scene.computer.command("start", task="Read mail", wait="1")
    scene.wait(30)
    scene.computer.command("start", task="Lunch talk", wait="5")
    assert scene.differences() == []


def test_a_log_that_is_not_shown_is_not_taken_for_gone(scene: Scene) -> None:
    """Of a card that may not be read Kaiten lists no logs."""
    entry, world = add(scene), scene.sandbox.world
    scene.sandbox.kaiten.state.forbidden_card_ids.add(world.card_ids[0])
    scene.computer.command("delete", entry=entry.entry.id, wait="20")
    assert scene.differences() == []


def test_a_forgotten_start_takes_no_removal_of_a_log_with_it(scene: Scene) -> None:
    scene.arm("timecrowd", Fault(FaultKind.CLOSE_BEFORE_COMMIT, "POST", ENTRIES, times=3))
    scene.arm("kaiten", Fault(FaultKind.CLOSE_AFTER_COMMIT, "POST", LOGS))
    scene.arm("kaiten", Fault(FaultKind.STATUS, "GET", LOGS, times=5, status=503))
    scene.computer.command("start", card=str(scene.sandbox.world.card_ids[0]), wait="1")
    scene.computer.command("stop", wait="1")
    scene.computer.command("delete", entry=scene.truth().entries()[-1].entry.id, wait="5")
    assert scene.differences() == []


@pytest.mark.parametrize("name", ["kaiten", "timecrowd"])
def test_a_gateways_404_removes_nothing(scene: Scene, name: str) -> None:
    entry = add(scene)
    scene.arm(name, Fault(FaultKind.STATUS, "DELETE", status=404))
    scene.computer.command("delete", entry=entry.entry.id, wait="20")
    assert scene.differences() == []


@pytest.mark.parametrize("to", [-5, 0, 5])
def test_an_edit_before_the_stop_of_what_was_sent_whole(scene: Scene, to: int) -> None:
    """TimeCrowd had the stop already, and so the start was not corrected."""
    other = add(scene, card=False)
    scene.computer.command("start", task="Lunch talk", wait="0")
    scene.computer.command("edit", entry=other.entry.id, **{"from": "-70m"}, wait="0")
    scene.wait(600)
    scene.computer.command("stop", wait="0")
    scene.arm("timecrowd", Fault(FaultKind.STATUS, "PATCH", status=401))
    scene.computer.command("sync", wait="1")
    entry = scene.truth().entries()[-1]
    assert entry.stopped_at
    words = {
        "from": (entry.entry.started_at - timedelta(minutes=5)).isoformat(),
        "to": (entry.stopped_at + timedelta(minutes=to)).isoformat(),
    }
    scene.wait(400)
    scene.computer.command("edit", entry=entry.entry.id, **words, wait="0")
    assert scene.differences() == []


@pytest.fixture(autouse=True)
def _lines(logs: LogGuard) -> None:
    logs.allow("were being sent when a process ended")
