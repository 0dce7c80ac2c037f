"""Local stand-ins of TimeCrowd and Kaiten, with memory and faults: for `demo` and for tests.

They are faithful to tests/seeds and shared/api, traps included. In a process::

    async with Sandbox() as sandbox:
        sandbox.timecrowd.faults.add(Fault(FaultKind.CLOSE_AFTER_COMMIT, "POST", "/time_entries$"))
        ...                                         # a client talks to sandbox.timecrowd_url
        await sandbox.timecrowd.requests.answered("POST", "/time_entries$")
        assert sandbox.timecrowd.state.entries == {...}

In another one: ``python -m timer_app.sandbox``, then the calls in control.py.
"""

from .clock import Clock, ShiftedClock
from .faults import Fault, FaultKind, FaultPlan
from .kaiten_state import Card, KaitenState, KaitenSwitches, Person, Place, Role, Space, TimeLog
from .other_devices import Deed, DeedKind, OtherDevices
from .requests import LogClosedError, Record, RequestLog
from .server import Sandbox
from .site import Released, Site
from .stage import Visit
from .timecrowd_model import Task, Team, TimeCrowdSwitches, TimeEntry, User
from .timecrowd_state import TimeCrowdState
from .world import World, add_teams, demo_world, plain_world

__all__ = [
    "Card",
    "Clock",
    "Deed",
    "DeedKind",
    "Fault",
    "FaultKind",
    "FaultPlan",
    "KaitenState",
    "KaitenSwitches",
    "LogClosedError",
    "OtherDevices",
    "Person",
    "Place",
    "Record",
    "Released",
    "RequestLog",
    "Role",
    "Sandbox",
    "ShiftedClock",
    "Site",
    "Space",
    "Task",
    "Team",
    "TimeCrowdState",
    "TimeCrowdSwitches",
    "TimeEntry",
    "TimeLog",
    "User",
    "Visit",
    "World",
    "add_teams",
    "demo_world",
    "plain_world",
]
