"""Everything that is on: what the control calls and the page work on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .kaiten_state import KaitenState
from .other_devices import OtherDevices
from .site import Site
from .timecrowd_state import TimeCrowdState

if TYPE_CHECKING:
    from .clock import ShiftedClock
    from .rate import RateLimit

AnySite = Site[TimeCrowdState] | Site[KaitenState]


@dataclass(frozen=True, slots=True)
class Visit:
    """A request that reached the other origin; `authorized`: an Authorization header came too."""

    method: str
    path: str
    authorized: bool


@dataclass
class Stage:
    """Both services, their clock, Kaiten's rate limit, other devices, visits of the other origin.

    `clock` is the time of both; each service's own clock may differ from it.
    """

    timecrowd: Site[TimeCrowdState]
    kaiten: Site[KaitenState]
    clock: ShiftedClock
    rate: RateLimit
    other_devices: OtherDevices
    visits: list[Visit] = field(default_factory=list)

    @property
    def sites(self) -> dict[str, AnySite]:
        """The services by the names used over HTTP: ``timecrowd`` and ``kaiten``."""
        return {"timecrowd": self.timecrowd, "kaiten": self.kaiten}
