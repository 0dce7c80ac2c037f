"""Combinations of keys: read as they are typed, written as they are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timer_app.domain.errors import BadInput
from timer_app.domain.hotkeys import (
    KEYS,
    HotKeyAction,
    HotKeyBound,
    HotKeyPending,
    HotKeyProblem,
    HotKeyTaken,
    HotKeyUnavailable,
    KeyCombination,
    Modifier,
    binding_message,
    find_key,
    key_for_us_code,
    make_combination,
    parse_combination,
    us_key_code,
)

CTRL, ALT, SHIFT, SUPER = Modifier

COMBINATIONS = st.builds(
    make_combination,
    st.sets(st.sampled_from(Modifier)).map(lambda held: held | {CTRL}),
    st.sampled_from(KEYS),
)


@given(COMBINATIONS)
def test_what_is_written_is_read_back(pressed: KeyCombination) -> None:
    assert parse_combination(str(pressed)) == pressed
    assert parse_combination(str(pressed).lower().replace("+", " + ")) == pressed


@given(
    st.text() | st.lists(st.sampled_from(["Ctrl", "alt", "+", " ", "T", "F1", "="])).map("".join)
)
def test_any_text_is_a_combination_or_has_a_reason_why_not(text: str) -> None:
    try:
        pressed = parse_combination(text)
    except BadInput as error:
        why = str(error)
        pressed = None
    else:
        why = ""
    assert (pressed is None) is why.endswith(".")
    assert pressed is None or parse_combination(str(pressed)) == pressed


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Ctrl+Alt+T", "Ctrl+Alt+T"),
        ("alt + control + t", "Ctrl+Alt+T"),
        ("Meta+M", "Super+M"),
        ("Cmd+5", "Super+5"),
        ("Option+Space", "Alt+Space"),
        ("super+F9", "Super+F9"),
        ("F35", "F35"),
        ("Shift+F1", "Shift+F1"),
        ("Pause", "Pause"),
        ("MediaPlayPause", "MediaPlay"),
        ("Ctrl+,", "Ctrl+Comma"),
        ("Ctrl+Shift+Home", "Ctrl+Shift+Home"),
        ("Ctrl++", "Ctrl+Plus"),
        ("Ctrl + +", "Ctrl+Plus"),
        ("Ctrl+=", "Ctrl+Plus"),
        ("Ctrl+up", "Ctrl+Up"),
    ],
)
def test_many_ways_to_write_it(typed: str, written: str) -> None:
    assert str(parse_combination(typed)) == written


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "A key is missing."),
        ("Ctrl+", "A key is missing."),
        ("Ctrl+Alt", "A key is missing after Alt."),
        ("Hyper+T", "“Hyper” is not a modifier. Use Ctrl, Alt, Shift or Super."),
        ("Ctrl+T+Alt", "“T” is not a modifier. Use Ctrl, Alt, Shift or Super."),
        ("Ctrl+Control+T", "Ctrl is given twice."),
        ("Ctrl+Е", "There is no key “Е”."),
        ("Ctrl+F36", "There is no key “F36”."),
        ("T", "T alone would stop working everywhere else. Add Ctrl, Alt or Super."),
        ("shift+t", "Shift+T alone would stop working everywhere else. Add Ctrl, Alt or Super."),
        ("Space", "Space alone would stop working everywhere else. Add Ctrl, Alt or Super."),
        ("+", "Plus alone would stop working everywhere else. Add Ctrl, Alt or Super."),
    ],
)
def test_what_is_wrong_is_named(typed: str, why: str) -> None:
    with pytest.raises(BadInput) as error:
        parse_combination(typed)
    assert str(error.value) == why


def test_places_on_a_us_keyboard() -> None:
    """As Linux's input-event-codes.h numbers them."""
    known = {"1": 2, "0": 11, "Q": 16, "T": 20, "A": 30, "Z": 44, "M": 50, "Slash": 53, "Grave": 41}
    assert {key: us_key_code(key) for key in known} == known
    assert us_key_code("F1") is None
    assert [key_for_us_code(place) for place in (20, 53, 59)] == ["T", "Slash", None]
    assert all(
        key_for_us_code(place) == key for key in KEYS if (place := us_key_code(key)) is not None
    )


def test_keys_by_name_or_by_what_they_write() -> None:
    assert [find_key(name) for name in ("t", ";", "pgup", "ф")] == [
        "T",
        "Semicolon",
        "PageUp",
        None,
    ]


def test_every_state_has_a_sentence() -> None:
    keys = parse_combination("F9")
    taken = binding_message(HotKeyTaken("F9", HotKeyAction.TOGGLE), keys)
    assert str(taken) == "F9 is already the hot key for “Start or stop”."
    assert str(binding_message(HotKeyBound("F9"), keys)) == "Bound to F9."
    assert str(binding_message(HotKeyBound("F10"), keys)).startswith("Bound to F10: the desktop")
    assert "not answered" in str(binding_message(HotKeyPending(), keys))
    messages = {binding_message(HotKeyUnavailable(each), keys) for each in HotKeyProblem}
    assert len(messages) == len(HotKeyProblem)
    assert str(binding_message(HotKeyUnavailable(HotKeyProblem.LOST, "Broken pipe"), keys)) == (
        "The connection to the desktop was lost. (Broken pipe)"
    )
