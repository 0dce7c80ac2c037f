"""Where the system must be asked: how often, and what Windows and macOS are asked."""

from __future__ import annotations

import ctypes
from datetime import timedelta
from types import SimpleNamespace

import pytest

from tests.services.fakes import FakeClock, run
from timer_app.adapters.absence import macos, windows
from timer_app.adapters.absence.factory import make_sensors
from timer_app.adapters.absence.polled import IdleTimeUnavailable, PolledIdleSensor
from timer_app.domain.absence import AbsenceCause, AbsenceSignal, CauseBegan, CauseEnded

TEN = timedelta(minutes=10)


class Person:
    """Somebody with a mouse; `asked` is when the system was asked about it, in minutes."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.moved_at = 0.0
        self.will_move_at = float("inf")
        self.asked: list[int] = []
        self.signals: list[tuple[int, AbsenceSignal]] = []

    def idle(self) -> float:
        self.asked.append(round(self.clock.seconds / 60))
        if self.clock.seconds >= self.will_move_at:
            self.moved_at = self.will_move_at
        return self.clock.seconds - self.moved_at

    def tell(self, signal: AbsenceSignal, on_committed: object = None) -> None:
        assert on_committed is None
        self.signals.append((round(self.clock.seconds / 60), signal))


@pytest.fixture
def person() -> Person:
    return Person(FakeClock())


async def _for(minutes: int) -> None:
    import asyncio

    await asyncio.sleep(minutes * 60)


def test_once_before_it_can_be_idle_and_once_a_minute_while_it_is(person: Person) -> None:
    async def play() -> None:
        source = PolledIdleSensor("idle time", person.idle, person.clock.now)
        assert await source.start(person.tell, TEN) == ""
        source.set_polling(enabled=True)
        person.will_move_at = 12.5 * 60
        await _for(20)
        assert person.clock.seconds == 1200
        await source.stop()

    begin = person.clock.now()
    run(play(), person.clock)
    assert person.asked == [0, 0, 10, 11, 12, 13, 22][:6]
    assert person.signals == [
        (10, CauseBegan(AbsenceCause.IDLE, begin)),
        (13, CauseEnded(AbsenceCause.IDLE, begin + timedelta(minutes=12.5))),
    ]


def test_nothing_runs_nothing_is_asked(person: Person) -> None:
    async def play() -> None:
        source = PolledIdleSensor("idle time", person.idle, person.clock.now)
        assert await source.start(person.tell, TEN) == ""
        await _for(60)
        assert person.asked == [0]  # whether it can tell at all
        source.set_polling(enabled=True)
        source.set_polling(enabled=False)
        await _for(60)
        await source.stop()

    run(play(), person.clock)
    assert person.asked == [0, 60]


def test_a_system_that_does_not_say(person: Person) -> None:
    def unknown() -> float:
        raise IdleTimeUnavailable("It does not say.")

    async def play() -> None:
        source = PolledIdleSensor("idle time", unknown, person.clock.now)
        assert await source.start(person.tell, TEN) == "It does not say."
        assert await source.last_input() is None
        await source.stop()

    run(play(), person.clock)


def _windows(*, ticks: int, last: int, known: bool = True) -> SimpleNamespace:
    def get_last_input_info(where: object) -> int:
        info = where._obj  # type: ignore[attr-defined]  # what ctypes.byref points to
        assert info[0] == ctypes.sizeof(info) == 8
        info[1] = last
        return int(known)

    return SimpleNamespace(
        user32=SimpleNamespace(GetLastInputInfo=get_last_input_info),
        kernel32=SimpleNamespace(GetTickCount=lambda: ticks),
    )


@pytest.mark.parametrize(
    ("ticks", "last", "seconds"),
    [(90_500, 30_000, 60.5), (500, 2**32 - 500, 1.0)],
    ids=["", "the ticks began anew"],
)
def test_windows(ticks: int, last: int, seconds: float) -> None:
    assert windows.idle_seconds(_windows(ticks=ticks, last=last)) == seconds


def test_windows_that_does_not_say() -> None:
    with pytest.raises(IdleTimeUnavailable, match="does not say"):
        windows.idle_seconds(_windows(ticks=0, last=0, known=False))
    with pytest.raises(IdleTimeUnavailable, match="This is not Windows"):
        windows.idle_seconds()


def test_macos() -> None:
    asked: list[tuple[int, int]] = []

    class Ask:
        restype: object = None
        argtypes: object = None

        def __call__(self, state: int, kind: int) -> float:
            assert self.restype is ctypes.c_double
            asked.append((state, kind))
            return 61.5

    framework = SimpleNamespace(CGEventSourceSecondsSinceLastEventType=Ask())
    assert macos.idle_seconds(framework) == 61.5
    assert asked == [(1, 0xFFFFFFFF)]
    with pytest.raises(IdleTimeUnavailable, match="This is not macOS"):
        macos.idle_seconds()


@pytest.mark.parametrize(
    ("platform", "names"),
    [
        ("win32", ["idle time (Windows)", "sleep and lock (Windows)"]),
        ("darwin", ["idle time (macOS)", "sleep and lock (macOS)"]),
        ("linux", []),
    ],
)
def test_what_fits_where(platform: str, names: list[str], person: Person) -> None:
    found = make_sensors(None, None, person.clock.now, platform=platform, environment={})
    assert [source.name for source in found] == names
