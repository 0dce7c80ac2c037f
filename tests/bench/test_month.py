"""The tray app does not grow with use: days of a few clicks, looks and openings of every window."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.bench.month import KEPT, OBJECT_GROWTH, Held
from tests.support.environment import ROOT, Home

LIVED = """
import json
from dataclasses import astuple
from tests.bench.month import Month, live
print(json.dumps([astuple(day) for day in live(Month(days=3, clicks=12, polls=12, windows=3))]))
"""


def test_objects_widgets_and_descriptors_do_not_grow() -> None:
    with Home() as home:
        ended = subprocess.run(
            [sys.executable, "-c", LIVED],
            env=home.environment(
                QT_QPA_PLATFORM="offscreen", DBUS_SESSION_BUS_ADDRESS="disabled:"
            ),
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    _, first, *_, last = [Held(*each) for each in json.loads(ended.stdout)]
    assert last.objects < first.objects * OBJECT_GROWTH, "the first day imports what it needs"
    assert last.widgets == first.widgets
    assert last.descriptors <= first.descriptors + KEPT


def test_what_has_grown_is_reported() -> None:
    first = Held(megabytes=40.0, objects=1000, widgets=10, descriptors=20)
    assert first.faults(first) == []
    assert Held(41.9, 1019, 10, 24).faults(first) == []
    assert Held(42.1, 1021, 11, 25).faults(first) == [
        "MB: 42.1 after the last day, 40 after the first",
        "objects: 1021 after the last day, 1000 after the first",
        "widgets: 11 after the last day, 10 after the first",
        "descriptors: 25 after the last day, 20 after the first",
    ]
