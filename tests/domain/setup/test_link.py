"""Links: strict, since anybody can write one."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from timer_app.domain.entries.card import Card, CardKey
from timer_app.domain.entries.task import clean_title
from timer_app.domain.errors import BadInput
from timer_app.domain.setup.link import MAX_LINK_LENGTH, StartLink, StopLink, is_link, parse_link

ORIGIN = "https://acme.kaiten.ru"
CARD = Card(ORIGIN, 123)


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("timer-app://stop", StopLink()),
        ("timer-app://stop/", StopLink()),
        ("TIMER-APP://STOP", StopLink()),
        ("timer-app://start?card=123", StartLink(CARD)),
        ("timer-app://start/?card=123", StartLink(CARD)),
        ("timer-app://start?card=%23123", StartLink(CARD)),
        ("timer-app://start?card=abc-12", StartLink(CardKey(ORIGIN, "ABC-12"))),
        ("timer-app://start?card=https://acme.kaiten.ru/123", StartLink(CARD)),
        ("timer-app://start?card=acme.kaiten.ru/c/123", StartLink(CARD)),
        (f"timer-app://start?card={quote(ORIGIN + '/123?a=1&b=2', safe='')}", StartLink(CARD)),
        ("timer-app://start?card=123&comment=a+b%20c%2B%2B", StartLink(CARD, "a b c++")),
        ("timer-app://start?card=123&comment=%D0%94%D0%B0", StartLink(CARD, "Да")),
        ("timer-app://start?card=123&comment=Да", StartLink(CARD, "Да")),
        ("timer-app://start?task=A++title&card=123", StartLink(CARD, "", "A title")),
        ("timer-app://start?card=123&comment=&task=", StartLink(CARD)),
    ],
)
def test_what_is_taken(text: str, link: object) -> None:
    assert is_link(text)
    assert parse_link(text, ORIGIN) == link


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("timer-app:start?card=123", "not a link"),
        ("timer-app:///start?card=123", "not a link"),
        ("https://start?card=123", "not a link"),
        ("timer-app://[x", "not a link"),
        ("timer-app://", "not a link"),
        ("timer-app://delete?card=123", "is not a link of Timer App"),
        ("timer-app://me@start?card=123", "is not a link of Timer App"),
        ("timer-app://start:80?card=123", "is not a link of Timer App"),
        ("timer-app://start/now?card=123", "“now”"),
        ("timer-app://start?card=123#x", "“#x”"),
        ("timer-app://start", "names no card"),
        ("timer-app://start?card=", "names no card"),
        ("timer-app://start?comment=x", "names no card"),
        ("timer-app://start?card=123&card=124", "“card” twice"),
        ("timer-app://start?card=123&at=09:00", "“at”"),
        ("timer-app://start?card=123&Comment=x", "“Comment”"),
        ("timer-app://start?card=acme.kaiten.ru/1?a=1&b=2", "%26"),
        ("timer-app://start?card", "name=value"),
        ("timer-app://start?card=123&comment=%FF", "cannot be read"),
        ("timer-app://start?card=evil.example/123", "belongs to evil.example"),
        ("timer-app://start?card=https://acme.kaiten.ru@evil.example/123", "evil.example"),
        ("timer-app://start?card=javascript://acme.kaiten.ru/1", "not a web address"),
        ("timer-app://start?card=https://acme.kaiten.ru/space/123", "a space, not a card"),
        ("timer-app://start?card=" + "1" * 2001, "longer than 2000"),
        ("timer-app://start?card=123&comment=" + "x" * 4097, "4097 characters"),
        ("timer-app://start?card=123&task=" + "x" * 501, "501 characters"),
        ("timer-app://start?card=123&comment=" + "x" * MAX_LINK_LENGTH, "longer than 32768"),
        ("timer-app://start?card=123&comment=a%0Ab", "U+000A"),
        ("timer-app://start?card=123&comment=a\x00b", "U+0000"),
        ("timer-app://start?card=123&comment=%E2%80%AEb", "U+202E"),
        ("timer-app://start?card=123&task=%E2%80%A8", "U+2028"),
        ("timer-app://stop?card=123", "A stop link is timer-app://stop and nothing more"),
    ],
)
def test_what_is_not_taken_says_why(text: str, why: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_link(text, ORIGIN)
    assert why in str(caught.value)


def test_without_a_kaiten_there_is_no_card() -> None:
    with pytest.raises(BadInput, match="not set up"):
        parse_link("timer-app://start?card=123", "")
    assert parse_link("timer-app://stop", "") == StopLink()


@pytest.mark.parametrize("text", ["start", "timer-app", "timer-application:x", "", "-h"])
def test_other_words_are_no_links(text: str) -> None:
    assert not is_link(text)


@given(st.text(), st.sampled_from(["", "timer-app:", "timer-app://start?", "timer-app://stop"]))
@example("card=1&comment=\ud800", "timer-app://start?")
@example("//start?card=１２３", "timer-app:")
def test_any_text_is_a_link_or_an_error(text: str, before: str) -> None:
    try:
        link = parse_link(before + text, ORIGIN)
    except BadInput:
        return
    assert isinstance(link, StopLink) or link.card.origin == ORIGIN


_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=50)


@given(st.integers(1, 10**18 - 1), _WORDS, _WORDS)
def test_what_is_encoded_comes_back(number: int, comment: str, title: str) -> None:
    query = urlencode({"card": number, "comment": comment, "task": title})
    link = parse_link(f"timer-app://start?{query}", ORIGIN)
    assert link == StartLink(Card(ORIGIN, number), comment, clean_title(title))


_BYTES = st.binary(max_size=40).map(quote)


@given(_BYTES, _BYTES, _BYTES)
def test_any_bytes_in_the_values(card: str, comment: str, title: str) -> None:
    try:
        link = parse_link(f"timer-app://start?card={card}&comment={comment}&task={title}", ORIGIN)
    except BadInput:
        return
    assert isinstance(link, StartLink)
    assert link.card.origin == ORIGIN
    assert (link.comment + link.title).isprintable() or not link.comment.isascii()
