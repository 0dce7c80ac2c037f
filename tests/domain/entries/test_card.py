"""A pasted card address, number or key -> a card of our Kaiten, or the reason why not."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from timer_app.domain.entries.card import Card, CardKey, is_address, looks_like_card, parse_card
from timer_app.domain.errors import BadInput

OURS = "https://acme.kaiten.ru"
CARD = Card(OURS, 63258149)

ACCEPTED = [
    "63258149",
    "#63258149",
    "  63258149\n",
    f"{OURS}/63258149",
    f"{OURS}/63258149/",
    f"{OURS}/63258149?focus=comments&id=7",
    f"{OURS}/63258149#comment-5",
    f"{OURS}/c/63258149",
    f"{OURS}/space/12/card/63258149",
    f"{OURS}/space/12/boards/card/63258149?filter=eyJrZXkiOiJhbmQifQ==",
    f"{OURS}/space/12/boards/34/cards/63258149",
    f"{OURS}/space/12/boards/34/card/63258149",
    "acme.kaiten.ru/63258149",
    "acme.kaiten.ru/space/12/boards/card/63258149?filter=x",
    "https://ACME.kaiten.ru/63258149",
    "https://acme.kaiten.ru:443/63258149",
    "http://acme.kaiten.ru/63258149",
    "https://someone@acme.kaiten.ru/63258149",
    "http://acme.kaiten.ru:80/63258149",
]


@pytest.mark.parametrize("pasted", ACCEPTED)
def test_accepted(pasted: str) -> None:
    assert parse_card(pasted, OURS) == CARD


@pytest.mark.parametrize(
    ("origin", "pasted"),
    [
        ("https://kaiten.example.com:8443", "https://kaiten.example.com:8443/7"),
        ("https://kaiten.example.com:8443", "kaiten.example.com:8443/space/1/card/7"),
        ("http://127.0.0.1:5000", "http://127.0.0.1:5000/7"),
        ("http://127.0.0.1:5000", "127.0.0.1:5000/7"),
        ("http://localhost:5000", "http://localhost:5000/c/7"),
        ("http://localhost:5000", "localhost:5000/c/7"),
        ("https://kaiten", "kaiten/7"),
        ("http://[::1]:5000", "http://[::1]:5000/7"),
        ("https://карта.рф", "https://xn--80aa2azak.xn--p1ai/7"),
        ("https://xn--80aa2azak.xn--p1ai", "http://КАРТА.рф/space/1/card/7"),
    ],
)
def test_other_origins(origin: str, pasted: str) -> None:
    assert parse_card(pasted, origin) == Card(origin, 7)


@pytest.mark.parametrize(
    "pasted", ["ABC-12", "abc-12", " Abc-12 ", f"{OURS}/abc-12", f"{OURS}/c/ABC-12"]
)
def test_a_key_is_a_card_only_once_kaiten_answers(pasted: str) -> None:
    assert parse_card(pasted, OURS) == CardKey(OURS, "ABC-12")


def test_the_canonical_address() -> None:
    assert CARD.url == "https://acme.kaiten.ru/63258149"
    assert parse_card(CARD.url, OURS) == CARD


NO_CARD = "does not name a card: open the card in Kaiten and copy its address."
SPACE = "is a space, not a card: open a card and copy its address."
BOARD = "is a board, not a card: open a card and copy its address."
DOCUMENT = "is a document, not a card: time is logged on cards only."


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/space/123", SPACE),
        ("/space/123/", SPACE),
        ("/space/1/boards/456", BOARD),
        ("/space/1/board/456", BOARD),
        ("/space/1/boards", BOARD),
        ("/document/99", DOCUMENT),
        ("/documents/d/99", DOCUMENT),
        ("", NO_CARD),
        ("/", NO_CARD),
        ("/0", NO_CARD),
        ("/012", NO_CARD),
        ("/-5", NO_CARD),
        ("/1.5", NO_CARD),
        ("/1234567890123456789", NO_CARD),
        ("/card/5/edit", NO_CARD),
        ("/profile/api-key", NO_CARD),
        ("/#5", NO_CARD),
        ("/%35", NO_CARD),
        ("//5", NO_CARD),
    ],
)
def test_refused_by_what_it_is(path: str, why: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_card(f"{OURS}{path}", OURS)
    assert str(refused.value) == f"“{OURS + path}” {why}"


@pytest.mark.parametrize(
    ("pasted", "host"),
    [
        ("https://other.kaiten.ru/5", "other.kaiten.ru"),
        ("https://acme.kaiten.io/5", "acme.kaiten.io"),
        ("https://acme.kaiten.ru.evil.example/5", "acme.kaiten.ru.evil.example"),
        ("https://acme.kaiten.ru@evil.example/5", "evil.example"),
        ("https://evil.example/acme.kaiten.ru/5", "evil.example"),
        ("https://evil.example?https://acme.kaiten.ru/5", "evil.example"),
        ("https://acme.kaiten.ru:8443/5", "acme.kaiten.ru"),
        ("other.kaiten.ru/5", "other.kaiten.ru"),
        ("10.0.0.7/5", "10.0.0.7"),
    ],
)
def test_another_host_is_refused(pasted: str, host: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_card(pasted, OURS)
    assert str(refused.value) == (
        f"This address belongs to {host}, but Timer App is set up for {OURS}."
        " Paste a card of that Kaiten."
    )


@pytest.mark.parametrize(
    ("pasted", "why"),
    [
        ("", "“” is not a card: paste its address, its number or its key."),
        ("0", "“0” is not a card: paste its address, its number or its key."),
        ("٣", "“٣” is not a card: paste its address, its number or its key."),
        ("7.0", "“7.0” is not a card: paste its address, its number or its key."),
        ("1.2.3/5", "“1.2.3/5” is not a card: paste its address, its number or its key."),
        ("Fix it", "“Fix it” is not a card: paste its address, its number or its key."),
        ("ftp://acme.kaiten.ru/5", "“ftp://acme.kaiten.ru/5” is not a web address."),
        ("file:///5", "“file:///5” is not a web address."),
    ],
)
def test_what_is_no_address(pasted: str, why: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_card(pasted, OURS)
    assert str(refused.value) == why


@pytest.mark.parametrize(
    "text",
    ["7.0", "1.5", "12.5h", "10.0.0.1", "10.0.0.1:80", "v2.1", "a.b", "1.000.000", "Node.js",
     "9.30", "22.11.2026", "example.com", "readme.md", "7.0/2", "v2.1/fix", "1.2.3.4.5/6",
     "a.b/c", "999.1.1.1/5"],
)  # fmt: skip
def test_a_number_or_a_name_with_a_dot_is_no_address(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_card(text, OURS)
    assert str(refused.value) == (
        f"“{text}” is not a card: paste its address, its number or its key."
    )
    assert not looks_like_card(text, OURS)


@pytest.mark.parametrize(
    ("text", "host"), [("10.0.0.1/5", "10.0.0.1"), ("xn--e1afmkfd.xn--p1ai/5", "xn--e1afmkfd")]
)
def test_a_host_with_a_path_is_an_address(text: str, host: str) -> None:
    with pytest.raises(BadInput, match=f"belongs to .*{host}"):
        parse_card(text, OURS)
    assert looks_like_card(text, OURS)


@pytest.mark.parametrize("port", ["99999", "x"])
def test_a_port_that_is_none(port: str) -> None:
    with pytest.raises(BadInput, match=r"^“.*” is not a web address: its host or port"):
        parse_card(f"https://acme.kaiten.ru:{port}/5", OURS)


PIECES = st.sampled_from(
    ["https://", "http://", "acme.kaiten.ru", "evil.example", "@", ":", "/", "\\", "?", "#", "//",
     "5", "space/", "card/", "c/", "443", "%2f", ".", "[", "]", "\t", "ABC-1", " ", "‎", "０"]
)  # fmt: skip


@given(st.text() | st.lists(PIECES, max_size=8).map("".join))
@example("https://acme.kaiten.ru\\@evil.example/5")
@example("https://acme.kaiten.ru#@evil.example/5")
@example("https:///acme.kaiten.ru/5")
def test_anything_pasted_is_a_card_of_ours_or_refused(pasted: str) -> None:
    try:
        card = parse_card(pasted, OURS)
    except BadInput:
        return
    assert card.origin == OURS
    if isinstance(card, Card):
        assert 0 < card.id < 10**18
        assert parse_card(card.url, OURS) == card
    else:
        assert parse_card(card.key, OURS) == card


@given(st.lists(PIECES, max_size=6).map("".join))
def test_an_address_of_another_host_never_names_a_card(rest: str) -> None:
    with pytest.raises(BadInput):
        parse_card(f"https://evil.example/{rest}", OURS)


@pytest.mark.parametrize("pasted", [*ACCEPTED, "ABC-12", "other.example/5"])
def test_looks_like_a_card(pasted: str) -> None:
    assert looks_like_card(pasted)


@pytest.mark.parametrize("words", ["", "Fix login", "Node.js", "v1.2", "review 12", "a/b"])
def test_words_are_words(words: str) -> None:
    assert not looks_like_card(words)


WRAPPED = [
    "<{}>", '"{}"', "'{}'", "`{}`", "({})", "[{}]", "«{}»", "“{}”", "「{}」", "‹{}›", "„{}“",
    "„{}”", "‚{}‘", "〈{}〉", "〔{}〕", "{}.", "{},", "({}).",
    "[Fix it]({})", "[Fix it](<{}>)", '[Fix it]({} "title")', "<{}|Fix it>", "**{}**",
    '<a href="{}">Fix it</a>', "\u200b{}\ufeff", "\u2060{}\u00ad", "Fix it {}", "{} Fix it",
    "Fix it\n{}", "Fix [it]({}), please", "Card: {}", "https://forge.example/7 {}",
]  # fmt: skip


@pytest.mark.parametrize("form", WRAPPED)
def test_an_address_is_pasted_with_what_is_around_it(form: str) -> None:
    pasted = form.format(CARD.url)
    assert parse_card(pasted, OURS) == CARD
    assert looks_like_card(pasted, OURS)


@pytest.mark.parametrize(
    "number", ["６３２５８１４９", "＃63258149", "#63258149.", "(63258149)", "\u200b63258149"]
)
def test_a_number_is_typed_in_any_width(number: str) -> None:
    assert parse_card(number, OURS) == CARD


@pytest.mark.parametrize(
    "text",
    ["0", "#0", "-5", "9223372036854775808", "9" * 30, "2 bugs", "٣", "- 63258149",
     f"{CARD.url} {OURS}/64"],
)  # fmt: skip
def test_what_is_no_card_number(text: str) -> None:
    with pytest.raises(BadInput, match="is not a card"):
        parse_card(text, OURS)
    assert not looks_like_card(text, OURS)


def test_what_is_refused_shows_what_nobody_sees() -> None:
    with pytest.raises(BadInput, match=r"“ab\\u200bc” is not a card"):
        parse_card("ab\u200bc", OURS)


@pytest.mark.parametrize(
    "title", ["Review https://forge.example/pull/5", "C++:// notes", "see https://x.example/ now"]
)
def test_words_around_an_address_are_words(title: str) -> None:
    assert not looks_like_card(title, OURS)
    assert not is_address(title)
    assert is_address("<https://forge.example/pull/5>")


@pytest.mark.parametrize(
    "pasted",
    [
        "№63258149", "№ 63258149", "# 63258149", f"{OURS}/63258149)", f"{OURS}/63258149»,",
        "https://acme.kaiten.ru./63258149", "「№63258149」",
    ],
)  # fmt: skip
def test_a_card_as_letters_and_half_copied_sentences_name_it(pasted: str) -> None:
    assert parse_card(pasted, OURS) == CARD


@pytest.mark.parametrize("typed", ["007", "1_000", "+12", "12-", "1e5", "①", "¹²", "9" * 400])
def test_what_python_takes_for_a_number_and_nobody_means_as_a_card(typed: str) -> None:
    with pytest.raises(BadInput):
        parse_card(typed, OURS)
