"""Whatever is typed, pasted or linked: it is read, or refused by the one error that names why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.security.support import refusal
from timer_app.adapters.setup.settings.reader import SettingsError, parse
from timer_app.domain.entries.card import Card, CardKey, looks_like_card, parse_card
from timer_app.domain.errors import BadInput
from timer_app.domain.hotkeys import parse_combination
from timer_app.domain.reminders.working_hours import parse_working_hours
from timer_app.domain.setup.addresses import parse_origin
from timer_app.domain.setup.link import StartLink, StopLink, parse_link
from timer_app.domain.setup.local_time import parse_end, parse_instant
from timer_app.domain.setup.settings_schema import SETTINGS
from timer_app.domain.setup.span_input import BadSpan, TypedSpan, parse_span
from timer_app.domain.setup.time_grammar import parse_date, parse_duration

ORIGIN = "https://acme.kaiten.ru"
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = date(2026, 11, 22)
HAVANA = ZoneInfo("America/Havana")  # its clocks are set at midnight

READERS: dict[str, Callable[[str], object]] = {
    "card": lambda text: parse_card(text, ORIGIN),
    "looks like a card": looks_like_card,
    "link": lambda text: parse_link(text, ORIGIN),
    "address": parse_origin,
    "company": lambda text: parse_origin(text, bare_domain="kaiten.ru"),
    "duration": parse_duration,
    "instant": lambda text: parse_instant(text, NOW, HAVANA),
    "end": lambda text: parse_end(text, NOW, NOW, HAVANA),
    "date": lambda text: parse_date(text, TODAY),
    "hot key": parse_combination,
    "working hours": parse_working_hours,
}
PARTS = st.sampled_from(
    [
        "https://", "http://", "timer-app://", "start", "stop", "?", "&", "=", "card=", "comment=",
        "acme.kaiten.ru", "evil.example", "@", ":", "/", "//", "\\", "#", "%2e", "%00", "..", "1",
        "63258149", "ABC-12", "/space/", "/boards/", "/card/", "[", "]", "::1", "127.0.0.1", "xn--",
        "yesterday", "today", " ", "\t", "\n", "-", "–", "+", ":", "09:30", "24:00", "2026-11-22",
        "T", "Z", "+99:99", "9999-12-31", "0001-01-01", "1h", "30m", "1e9", "1ч", "時間", "半",
        "pm",
        "Ctrl+", "Alt", "F1", "Mon-Fri", "пн", "日", ",", "٣", "²", "½", "\u202e", "\x00", "\ud800",
        "9" * 30, "0", ".", "é", "Ａ", "𝟗",
    ]
)  # fmt: skip
TYPED = st.one_of(
    st.text(max_size=60), st.lists(PARTS, max_size=8).map("".join), st.from_regex(r"[0-9:.\-TZ ]*")
)


@pytest.mark.parametrize("name", READERS)
@given(text=TYPED)
@example("9" * 5000)  # more digits than int() takes
@example("[" * 5000)
def test_it_is_read_or_refused(name: str, text: str) -> None:
    refusal(lambda: READERS[name](text), BadInput)


@given(fields=st.tuples(TYPED, TYPED, TYPED), day=st.dates())
def test_a_stretch_is_read_or_refused(fields: tuple[str, str, str], day: date) -> None:
    try:
        span = parse_span(TypedSpan(day, *fields), NOW, HAVANA)
    except BadSpan:
        return
    assert span.started_at < span.stopped_at <= NOW


@given(text=TYPED)
def test_a_card_is_one_of_ours_or_none(text: str) -> None:
    """Nothing that is pasted leads to another host: what is asked for is at our origin alone."""
    try:
        card = parse_card(text, ORIGIN)
    except BadInput:
        return
    assert card.origin == ORIGIN
    assert isinstance(card, Card | CardKey)
    if isinstance(card, CardKey):
        assert set(card.key) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")


@pytest.mark.parametrize(
    "text",
    [
        "https://acme.kaiten.ru@evil.example/1",
        "https://acme.kaiten.ru:x@evil.example/1",
        "https://evil.example/1",
        "https://evil.example/https://acme.kaiten.ru/1",
        "https://acme.kaiten.ru.evil.example/1",
        "https://evil.example\\@acme.kaiten.ru/1",
        "https://evil.example#@acme.kaiten.ru/1",
        "https://evil.example?@acme.kaiten.ru/1",
        "//evil.example/1",
        "https:evil.example/1",
        "https://acme.kaiten.ru:444/1",
        "https://аcme.kaiten.ru/1",  # its first letter is Cyrillic
        "https://acme.kaiten.ru/../../evil",
    ],
)
def test_an_address_of_another_host_is_no_card(text: str) -> None:
    for read in (parse_card, lambda it, origin: parse_link(f"timer-app://start?card={it}", origin)):
        with pytest.raises(BadInput):
            read(text, ORIGIN)


@given(text=TYPED)
def test_a_link_only_starts_a_card_or_stops(text: str) -> None:
    try:
        link = parse_link(f"timer-app://{text}", ORIGIN)
    except BadInput:
        return
    match link:
        case StartLink(card):
            assert card.origin == ORIGIN
        case StopLink():
            pass


VALUES = st.one_of(
    TYPED, st.integers(), st.floats(), st.booleans(), st.none(), st.dates(), st.lists(TYPED)
)


@given(key=st.sampled_from(sorted(SETTINGS)), value=VALUES)
def test_a_setting_is_taken_or_refused(key: str, value: object) -> None:
    refusal(lambda: SETTINGS[key].kind.check(value), BadInput)


TABLES = st.lists(
    st.one_of(
        TYPED,
        st.sampled_from(["[timecrowd]", "[kaiten]", "[network]", "[", "]", "[[time]]", "[a.b.c]"]),
        st.tuples(st.sampled_from(sorted(each.rpartition(".")[2] for each in SETTINGS)), TYPED).map(
            lambda pair: f"{pair[0]} = {pair[1]}"
        ),
    ),
    max_size=6,
).map("\n".join)


@given(text=TABLES)
@example("a = " + "[" * 3000)
def test_settings_are_read_or_refused(text: str) -> None:
    why = refusal(lambda: parse(text, "settings.toml"), SettingsError)
    assert not why or "settings.toml" in why
