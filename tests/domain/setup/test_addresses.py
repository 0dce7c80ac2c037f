"""Addresses of services: what was typed -> an origin, or the reason why not."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from timer_app.domain.errors import BadInput
from timer_app.domain.setup.addresses import is_loopback, parse_origin, shown_origin


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("acme", "https://acme.kaiten.ru"),
        ("ACME-2", "https://acme-2.kaiten.ru"),
        ("  acme  ", "https://acme.kaiten.ru"),
        ("acme.kaiten.ru", "https://acme.kaiten.ru"),
        ("https://Acme.Kaiten.RU", "https://acme.kaiten.ru"),
        ("https://acme.kaiten.ru/", "https://acme.kaiten.ru"),
        ("https://acme.kaiten.ru/space/1/card/2?filter=x#y", "https://acme.kaiten.ru"),
        ("https://acme.kaiten.io", "https://acme.kaiten.io"),
        ("https://kaiten.example.com:8443/x", "https://kaiten.example.com:8443"),
        ("https://kaiten.example.com:443", "https://kaiten.example.com"),
        ("HTTPS://kaiten.example.com", "https://kaiten.example.com"),
        ("http://localhost:8080/", "http://localhost:8080"),
        ("http://localhost:80", "http://localhost"),
        ("http://127.0.0.1:5000", "http://127.0.0.1:5000"),
        ("http://127.9.9.9", "http://127.9.9.9"),
        ("http://[::1]:5000/x", "http://[::1]:5000"),
        ("https://доска.example.рф", "https://доска.example.рф"),
        ("https://[2001:DB8::1]", "https://[2001:db8::1]"),
        ("localhost", "https://localhost"),
    ],
)
def test_accepted(typed: str, origin: str) -> None:
    assert parse_origin(typed, bare_domain="kaiten.ru") == origin
    assert parse_origin(origin, bare_domain="kaiten.ru") == origin


def test_a_single_word_is_a_host_where_companies_have_no_domain() -> None:
    assert parse_origin("tracker") == "https://tracker"


NO_USER = "The address must not contain a user name or a password."
IN_THE_CLEAR = (
    "http://acme.kaiten.ru is not encrypted, so the token could be read on the way."
    " Use https:// (plain http:// is for this computer only)."
)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "“” is not a web address such as https://example.com."),
        ("https://", "“https://” is not a web address such as https://example.com."),
        ("ftp://a.b", "“ftp://a.b” is not a web address such as https://example.com."),
        ("a\xa0b", "“a b” is not a web address such as https://example.com."),
        (
            "https://a<b",
            "“https://a<b” is not a web address such as https://example.com.",
        ),
        ("a b", "“a b” is not a web address such as https://example.com."),
        ("https://me@a.b", NO_USER),
        ("https://me:pw@a.b", NO_USER),
        ("http://127.0.0.1@a.b", NO_USER),
        ("http://acme.kaiten.ru", IN_THE_CLEAR),
    ],
)
def test_refused(typed: str, why: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_origin(typed, bare_domain="kaiten.ru")
    assert str(refused.value) == why


@pytest.mark.parametrize("typed", ["https://a.b:99999", "https://a.b:x", "https://[::1"])
def test_what_no_parser_takes_is_refused_without_the_parsers_words(typed: str) -> None:
    with pytest.raises(BadInput, match=r"“.*” is not a web address: its host or port cannot"):
        parse_origin(typed)


@pytest.mark.parametrize(
    "host",
    [
        "evil.localhost",
        "localhost.localhost",
        "localhost.",
        "localhost.example.com",
        "127.0.0.1.example.com",
        "127.1",
        "192.168.0.1",
        "[::1]",
    ],
)
def test_what_only_looks_like_this_computer(host: str) -> None:
    assert not is_loopback(host)


@given(st.text() | st.from_regex(r"https?://[a-z.:@/\[\]0-9\\?#-]{0,30}", fullmatch=True))
@example("http://localhost\\@evil.example")
@example("https://a\tb.example")
@example("0\xa0?")
def test_anything_typed_is_an_origin_or_refused(typed: str) -> None:
    try:
        origin = parse_origin(typed, bare_domain="kaiten.ru")
    except BadInput:
        return
    parts = urlsplit(origin)
    assert (parts.path, parts.query, parts.fragment, parts.username) == ("", "", "", None)
    assert parts.scheme == "https" or is_loopback(parts.hostname or "")
    assert parse_origin(origin, bare_domain="kaiten.ru") == origin


@pytest.mark.parametrize(
    "address",
    ["https://acme.kai\tten.ru", "https://acme.\nkaiten.ru", "https://acme.kaiten.ru\r/1",
     "ht\ntps://acme.kaiten.ru", "acme\t.kaiten.ru", "https://acme.kaiten.ru/\x001"],
)  # fmt: skip
def test_control_characters_within_an_address_are_refused(address: str) -> None:
    with pytest.raises(BadInput, match="is not a web address"):
        parse_origin(address)


@pytest.mark.parametrize(
    ("origin", "shown"),
    [
        ("https://acme.kaiten.ru", "https://acme.kaiten.ru"),
        ("https://кайтен.example:8443", "https://кайтен.example:8443 (xn--80aklcs2a.example)"),
        ("https://аррӏе.com", "https://аррӏе.com (xn--80ak6aa92e.com)"),
        ("https://" + "ы" * 64 + ".a", "https://" + "ы" * 64 + ".a (" + r"\u044b" * 64 + ".a)"),
    ],
)
def test_a_host_in_another_script_is_shown_with_its_real_name(origin: str, shown: str) -> None:
    assert shown_origin(origin) == shown


def test_a_refused_host_in_another_script_shows_its_real_name() -> None:
    with pytest.raises(BadInput, match=r"\(xn--80ak6aa92e\.com\) is not encrypted"):
        parse_origin("http://аррӏе.com")


@pytest.mark.parametrize(
    "typed",
    [
        "ｈｔｔｐｓ：／／ａｃｍｅ．ｋａｉｔｅｎ．ｒｕ", "\ufeffhttps://acme.kaiten.ru", "https://acme.kaiten.ru\u200b",
        "https://acme。kaiten。ru", "https://acme.kaiten.ru.", "\u202ahttps://acme.kaiten.ru\u202c",
    ],
)  # fmt: skip
def test_what_an_input_method_or_a_page_adds_is_no_part_of_an_address(typed: str) -> None:
    assert parse_origin(typed) == "https://acme.kaiten.ru"


@pytest.mark.parametrize(
    "typed",
    [
        "https://.", "https://a..b", "https://-a.b", "https://a-.b", "https://a.b:0",
        "https://" + "a" * 64 + ".b", "https://" + "a." * 127 + "b", "https://[::1%25eth0]",
    ],
)  # fmt: skip
def test_a_host_that_no_name_server_can_know_is_refused(typed: str) -> None:
    with pytest.raises(BadInput, match="is not a web address"):
        parse_origin(typed)


def test_an_address_of_numbers_that_is_not_encrypted_is_shown_as_one() -> None:
    with pytest.raises(BadInput, match=r"http://\[::ffff:127\.0\.0\.1\] is not encrypted"):
        parse_origin("http://[::ffff:127.0.0.1]:8080/")
