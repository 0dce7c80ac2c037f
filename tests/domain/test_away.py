"""Signs in any order make absences; any answer cuts an entry into parts that share no second."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from timer_app.domain.away import (
    Answer,
    Away,
    Back,
    Cause,
    Continue,
    Drop,
    Gap,
    Give,
    Here,
    Keep,
    Left,
    Seen,
    Sign,
    Span,
    State,
    cut,
    step,
)
from timer_app.domain.task import Task

NINE = datetime(2026, 11, 25, 9, tzinfo=UTC)
OTHER = Task("Meeting")


def at(seconds: int) -> datetime:
    return NINE + timedelta(seconds=seconds)


@st.composite
def days(draw: st.DrawFn) -> list[tuple[datetime, Sign]]:
    """Signs as time goes on, each with the instant at which it comes."""
    day: list[tuple[datetime, Sign]] = []
    now = 1000
    for _ in range(draw(st.integers(0, 25))):
        now += draw(st.integers(0, 900))
        cause = draw(st.sampled_from(Cause))
        left = Left(cause, at(now - draw(st.integers(0, 900))))
        signs: list[Sign] = [left, Back(cause, at(now)), Seen(at(now))]
        day.append((at(now), draw(st.sampled_from(signs))))
    return day


@given(days())
def test_an_absence_has_all_its_causes_and_begins_at_the_first(
    day: list[tuple[datetime, Sign]],
) -> None:
    state: State = Here()
    lefts: list[Left] = []
    still: set[Cause] = set()
    for now, sign in day:
        state, gap = step(state, sign)
        match sign:
            case Left(cause):
                lefts.append(sign)
                still.add(cause)
            case Back(cause):
                still.discard(cause)
            case Seen():
                still.clear()
        if lefts and not still:
            since = min(each.since for each in lefts)
            assert gap == Gap(since, max(since, now), frozenset(each.cause for each in lefts))
            lefts.clear()
        else:
            assert gap is None
        if still:
            assert isinstance(state, Away)
            assert state.still == still
        else:
            assert state == Here()


def test_nested_causes_are_one_absence() -> None:
    signs: list[Sign] = [
        Left(Cause.IDLE, at(0)), Left(Cause.LOCKED, at(300)), Left(Cause.ASLEEP, at(600)),
        Back(Cause.ASLEEP, at(900)), Back(Cause.IDLE, at(901)), Back(Cause.LOCKED, at(910)),
    ]  # fmt: skip
    state: State = Here()
    gaps = []
    for sign in signs:
        state, gap = step(state, sign)
        gaps.append(gap)
    causes = frozenset({Cause.IDLE, Cause.LOCKED, Cause.ASLEEP})
    assert gaps == [None] * 5 + [Gap(at(0), at(910), causes)]


def test_who_does_something_here_is_here_whatever_a_cause_still_says() -> None:
    state, _ = step(Here(), Left(Cause.LOCKED, at(0)))
    state, gap = step(state, Seen(at(60)))
    assert (state, gap) == (Here(), Gap(at(0), at(60), frozenset({Cause.LOCKED})))
    assert step(state, Back(Cause.LOCKED, at(70))) == (Here(), None)


answers = st.sampled_from([Keep(), Drop(), Continue(), Give(OTHER)])


@given(
    lengths=st.tuples(
        st.integers(0, 50), st.integers(0, 50), st.integers(1, 50), st.integers(0, 50)
    ),
    answer=answers,
    runs=st.booleans(),
)
def test_every_second_is_kept_dropped_or_given_once(
    lengths: tuple[int, int, int, int], answer: Answer, *, runs: bool
) -> None:
    start, before, away, after = lengths
    began = start + before
    back, end = began + away, began + away + after
    entry = Span(at(start), None if runs else at(end))
    parts = cut(entry, at(began), at(back), answer)
    spans = [span for span in (parts.before, parts.given, parts.after) if span is not None]
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
        case Keep() | Give():
            assert gone == set()
        case Drop() if runs:
            assert gone == set(range(began, end))
        case Drop() | Continue():
            assert gone == set(range(began, back))
    goes_on = any(span.ended is None for span in spans)
    assert goes_on is (runs and not isinstance(answer, Drop))
