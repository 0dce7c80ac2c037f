"""Signs in any order make absences; any answer cuts an entry into parts that share no second."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from timer_app.domain.absence import (
    Absence,
    AbsenceCause,
    AbsenceResolution,
    AbsenceSignal,
    AbsenceState,
    Absent,
    CauseBegan,
    CauseEnded,
    DropAndContinue,
    DropTime,
    EntrySpan,
    KeepTime,
    Present,
    ReassignTime,
    UserActive,
    split_by_resolution,
    step,
)
from timer_app.domain.entries.task import Task

NINE = datetime(2026, 11, 25, 9, tzinfo=UTC)
OTHER = Task("Meeting")


def at(seconds: int) -> datetime:
    return NINE + timedelta(seconds=seconds)


@st.composite
def days(draw: st.DrawFn) -> list[tuple[datetime, AbsenceSignal]]:
    """Signs as time goes on, each with the instant at which it comes."""
    day: list[tuple[datetime, AbsenceSignal]] = []
    now = 1000
    for _ in range(draw(st.integers(0, 25))):
        now += draw(st.integers(0, 900))
        cause = draw(st.sampled_from(AbsenceCause))
        left = CauseBegan(cause, at(now - draw(st.integers(0, 900))))
        signals: list[AbsenceSignal] = [left, CauseEnded(cause, at(now)), UserActive(at(now))]
        day.append((at(now), draw(st.sampled_from(signals))))
    return day


@given(days())
def test_an_absence_has_all_its_causes_and_begins_at_the_first(
    day: list[tuple[datetime, AbsenceSignal]],
) -> None:
    state: AbsenceState = Present()
    cause_begins: list[CauseBegan] = []
    active_causes: set[AbsenceCause] = set()
    seen = at(0)
    for now, signal in day:
        state, absence = step(state, signal)
        match signal:
            case CauseBegan(cause):
                cause_begins.append(signal)
                active_causes.add(cause)
            case CauseEnded(cause):
                active_causes.discard(cause)
            case UserActive():
                active_causes.clear()
        if cause_begins and not active_causes:
            since = max(seen, min(each.since for each in cause_begins))
            assert absence == Absence(
                since, max(since, now), frozenset(each.cause for each in cause_begins)
            )
            cause_begins.clear()
            seen = max(since, now)
        else:
            assert absence is None
            if isinstance(signal, UserActive):
                seen = max(seen, now)
        if active_causes:
            assert isinstance(state, Absent)
            assert state.active_causes == active_causes
        else:
            assert isinstance(state, Present)


def test_nested_causes_are_one_absence() -> None:
    signals: list[AbsenceSignal] = [
        CauseBegan(AbsenceCause.IDLE, at(0)),
        CauseBegan(AbsenceCause.LOCKED, at(300)),
        CauseBegan(AbsenceCause.ASLEEP, at(600)),
        CauseEnded(AbsenceCause.ASLEEP, at(900)),
        CauseEnded(AbsenceCause.IDLE, at(901)),
        CauseEnded(AbsenceCause.LOCKED, at(910)),
    ]
    state: AbsenceState = Present()
    absences = []
    for signal in signals:
        state, absence = step(state, signal)
        absences.append(absence)
    causes = frozenset({AbsenceCause.IDLE, AbsenceCause.LOCKED, AbsenceCause.ASLEEP})
    assert absences == [None] * 5 + [Absence(at(0), at(910), causes)]


def test_who_does_something_here_is_here_whatever_a_cause_still_says() -> None:
    state, _ = step(Present(), CauseBegan(AbsenceCause.LOCKED, at(0)))
    state, absence = step(state, UserActive(at(60)))
    assert (state, absence) == (
        Present(at(60)),
        Absence(at(0), at(60), frozenset({AbsenceCause.LOCKED})),
    )
    assert step(state, CauseEnded(AbsenceCause.LOCKED, at(70))) == (state, None)


def test_a_sign_that_reaches_back_counts_from_when_somebody_was_last_seen() -> None:
    state, _ = step(Present(), UserActive(at(600)))
    state, _ = step(state, CauseBegan(AbsenceCause.IDLE, at(120)))
    state, _ = step(state, CauseBegan(AbsenceCause.LOCKED, at(60)))
    _, absence = step(state, UserActive(at(720)))
    assert absence == Absence(at(600), at(720), frozenset({AbsenceCause.IDLE, AbsenceCause.LOCKED}))


answers = st.sampled_from([KeepTime(), DropTime(), DropAndContinue(), ReassignTime(OTHER)])


@given(
    lengths=st.tuples(
        st.integers(0, 50), st.integers(0, 50), st.integers(1, 50), st.integers(0, 50)
    ),
    answer=answers,
    runs=st.booleans(),
)
def test_every_second_is_kept_dropped_or_given_once(
    lengths: tuple[int, int, int, int], answer: AbsenceResolution, *, runs: bool
) -> None:
    start, before, away, after = lengths
    began = start + before
    back, end = began + away, began + away + after
    entry = EntrySpan(at(start), None if runs else at(end))
    parts = split_by_resolution(entry, at(began), at(back), answer)
    spans = [span for span in (parts.before, parts.reassigned, parts.after) if span is not None]
    seconds: list[int] = []
    for span in spans:
        ended = at(end) if span.ended is None else span.ended
        assert span.ended is None or span.ended > span.began
        seconds += range(int((span.began - NINE).total_seconds()),
                         int((ended - NINE).total_seconds()))  # fmt: skip
    gone = set(range(start, end)) - set(seconds)
    assert len(seconds) == len(set(seconds))
    assert set(seconds) <= set(range(start, end))
    match answer:
        case KeepTime() | ReassignTime():
            assert gone == set()
        case DropTime() if runs:
            assert gone == set(range(began, end))
        case DropTime() | DropAndContinue():
            assert gone == set(range(began, back))
    goes_on = any(span.ended is None for span in spans)
    assert goes_on is (runs and not isinstance(answer, DropTime))
