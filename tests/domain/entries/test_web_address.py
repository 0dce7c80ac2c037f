"""Web addresses of tasks: which are taken, as what, and which are refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timer_app.domain.entries.web_address import (
    MAX_ADDRESS_LENGTH,
    is_foreign_address,
    is_http_address,
    parse_web_address,
    room_of,
    same_address,
)
from timer_app.domain.errors import BadInput
from timer_app.domain.messages import AddressMessageId, TaskMessageId
from timer_app.domain.user_message import MessageId

OURS = "https://acme.kaiten.ru"
MESSAGE = "https://www.chatwork.com/#!rid123456-123456789012345678"
KDDI = "https://kcw.kddi.ne.jp/#!rid123456-123456789012345678"


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("http://wyman.test/liberty", "http://wyman.test/liberty"),
        ("https://example.com", "https://example.com"),
        ("https://example.com/", "https://example.com/"),
        ("https://example.com/a?b=c&d=%20#part", "https://example.com/a?b=c&d=%20"),
        ("https://example.com/a?", "https://example.com/a?"),
        ("https://example.com/#", "https://example.com/"),
        ("https://example.com/app#!/mail/7", "https://example.com/app#!/mail/7"),
        (" HTTPS://Example.COM:443/Path ", "https://example.com/Path"),
        ("http://localhost:3000/x", "http://localhost:3000/x"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x"),
        ("http://10.0.0.7/x", "http://10.0.0.7/x"),
        ("https://пример.рф/задача?я=1", "https://пример.рф/задача?я=1"),
        ("https://ja.example/課題/1", "https://ja.example/課題/1"),
        ("<https://example.com/a>", "https://example.com/a"),
        ("[Ship it](https://example.com/a)", "https://example.com/a"),
        ("https://example.com/a.", "https://example.com/a"),
        ("https://example.com/wiki/Foo_(bar)", "https://example.com/wiki/Foo_(bar)"),
        ("https://example.com/a%00b", "https://example.com/a%00b"),
        ("https://ｅｘａｍｐｌｅ。com/a", "https://example.com/a"),
        ("https://例え．テスト｡jp:8443/課題", "https://例え.テスト.jp:8443/課題"),
        ("https://ПРИМЕР.рф/a", "https://пример.рф/a"),
        ("http://www.chatwork.com/#!rid12-3", "https://www.chatwork.com/#!rid12-3"),
        ("https://kcw.kddi.ne.jp#!rid12-3", "https://kcw.kddi.ne.jp/#!rid12-3"),
        ("http://www.chatwork.com:8080/#!rid12-3", "http://www.chatwork.com:8080/#!rid12-3"),
        (MESSAGE, MESSAGE),
        (KDDI, KDDI),
        ("https://www.chatwork.com/service/jobs", "https://www.chatwork.com/service/jobs"),
    ],
)
def test_addresses_that_are_taken(typed: str, address: str) -> None:
    assert parse_web_address(typed) == address
    assert parse_web_address(address) == address
    assert is_http_address(typed)
    assert same_address(typed, address)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("https://", AddressMessageId.NOT_ONE),
        ("https:///path", AddressMessageId.NOT_ONE),
        ("https://?q=1", AddressMessageId.NOT_ONE),
        ("https://../a", AddressMessageId.NOT_ONE),
        ("https://-a.example/", AddressMessageId.NOT_ONE),
        ("https://a..example/", AddressMessageId.NOT_ONE),
        ("https://пример..рф/", AddressMessageId.NOT_ONE),
        ("https://exa mple.com/", AddressMessageId.NOT_ONE),
        ("https://256.1.1.1/", AddressMessageId.NOT_ONE),
        ("https://1.2.3.4.5/", AddressMessageId.NOT_ONE),
        ("https://10.0.1/", AddressMessageId.NOT_ONE),
        ("https://example.123/", AddressMessageId.NOT_ONE),
        ("https://example.com/a b", AddressMessageId.NOT_ONE),
        ("javascript:alert(1)", AddressMessageId.NOT_ONE),
        ("javascript://example.com/%0aalert(1)", AddressMessageId.NOT_ONE),
        ("file:///etc/passwd", AddressMessageId.NOT_ONE),
        ("ftp://example.com/", AddressMessageId.NOT_ONE),
        ("mailto:me@example.com", AddressMessageId.NOT_ONE),
        ("https://example.com\\@evil.example/", AddressMessageId.NOT_ONE),
        ("https://example.com:0/", AddressMessageId.NOT_ONE),
        ("https://example.com:99999/", AddressMessageId.UNREADABLE),
        ("https://[::1/", AddressMessageId.UNREADABLE),
        ("https://user:secret@example.com/", AddressMessageId.HOLDS_A_LOGIN),
        ("https://user@example.com/", AddressMessageId.HOLDS_A_LOGIN),
        ("https://@example.com/", AddressMessageId.HOLDS_A_LOGIN),
        ("https://example.com/" + "x" * 4000, TaskMessageId.ADDRESS_TOO_LONG),
        ("https://example.com/１２３", TaskMessageId.ADDRESS_DIGITS),
        ("https://example.com:８０８０/", TaskMessageId.ADDRESS_DIGITS),
        ("https://www.chatwork.com/#!rid١٢٣", TaskMessageId.ADDRESS_DIGITS),
        ("https://example.com/a\u200bb", TaskMessageId.ADDRESS_HIDES),
        ("https://exam\u202eple.com/", TaskMessageId.ADDRESS_HIDES),
        ("https://example.com/\u3164", TaskMessageId.ADDRESS_HIDES),
        ("https://example.com/a\x00b", TaskMessageId.ADDRESS_HIDES),
        ("https://example.com/a\nb", TaskMessageId.ADDRESS_HIDES),
        ("https://example.com/a\r\n", TaskMessageId.ADDRESS_HIDES),
        ("https://example.com/a\u2028b", TaskMessageId.ADDRESS_HIDES),
        ("https://example.com/a\tb", TaskMessageId.ADDRESS_HIDES),
        ("https://www.chatwork.com/#!rid", TaskMessageId.NOT_A_ROOM),
        ("https://www.chatwork.com/#!ridabc-1", TaskMessageId.NOT_A_ROOM),
        ("https://www.chatwork.com/#!rid0-1", TaskMessageId.NOT_A_ROOM),
        ("https://kcw.kddi.ne.jp/#!rid12-", TaskMessageId.NOT_A_ROOM),
        ("https://kcw.kddi.ne.jp/#!rid12-3x", TaskMessageId.NOT_A_ROOM),
    ],
)
def test_addresses_that_are_refused(typed: str, why: MessageId) -> None:
    with pytest.raises(BadInput) as refused:
        parse_web_address(typed)
    assert refused.value.message_id is why
    assert not same_address(typed, "https://example.com/a")


@given(st.text(max_size=60).map(lambda text: f"https://{text}"))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        address = parse_web_address(text)
    except BadInput:
        return
    assert parse_web_address(address) == address
    assert address.isprintable()
    assert len(address) <= MAX_ADDRESS_LENGTH


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("https://example.com/7", True),
        ("https://acme.kaiten.rru/7", True),
        ("https://acme.kaiten.ru.example/7", True),
        ("https://user:secret@example.com", True),
        ("https://", True),
        ("https://acme.kaiten.ru:8443/7", True),
        ("https://acme.kaiten.ru/7", False),
        ("http://ACME.kaiten.ru./7", False),
        ("http://acme.kaiten.ru:80/7", False),
        ("http://acme.kaiten.ru:443/7", False),
        ("https://acme.kaiten.ru:80/7", True),
        ("https://ａｃｍｅ.kaiten.ru/7", False),
        ("https://acme.kaiten.ru/document/1", False),
        ("123", False),
        ("Fix: the build", False),
        ("look at https://example.com/7", False),
        ("example.com/7", False),
        ("file:///etc/passwd", False),
        ("javascript:alert(1)", True),
        (" JavaScript:alert('a b')", True),
        ("data:text/html,<b>x", True),
        ("mailto:me@example.com", True),
        ("javascript: the build", False),
        ("Data:cleanup", False),
        ("About the build", False),
    ],
)
def test_what_is_meant_as_another_sites_address(text: str, *, foreign: bool) -> None:
    assert is_foreign_address(text, OURS) is foreign


def test_every_address_is_another_sites_without_kaiten() -> None:
    assert is_foreign_address("https://acme.kaiten.ru/7", "")


@pytest.mark.parametrize("host", ["https://www.chatwork.com", "https://kcw.kddi.ne.jp"])
def test_the_room_of_a_message(host: str) -> None:
    room = room_of(f"{host}/#!rid123456-123456789012345678")
    assert room is not None
    assert (room.address, room.default_name) == (f"{host}/#!rid123456", "Chatwork 123456")
    assert room_of(room.address) == room


@pytest.mark.parametrize(
    "address",
    [
        "https://www.chatwork.com/", "https://www.chatwork.com.example/#!rid1-2",
        "https://example.com/#!rid1-2", "http://www.chatwork.com/#!rid1-2", "",
    ],
)  # fmt: skip
def test_other_addresses_have_no_room(address: str) -> None:
    assert room_of(address) is None


@pytest.mark.parametrize(
    ("stored", "address"),
    [
        ("https://xn--e1afmkfd.xn--p1ai/a", "https://пример.рф/a"),
        ("https://пример.рф/a", "https://xn--e1afmkfd.xn--p1ai/a"),
        ("https://ja.example/%E8%AA%B2%E9%A1%8C?a=%e8%aa%b2", "https://ja.example/課題?a=課"),
        ("https://ja.example/課題", "https://ja.example/%E8%AA%B2%E9%A1%8C"),
    ],
)
def test_a_browser_may_have_written_the_same_address_in_ascii(stored: str, address: str) -> None:
    assert same_address(stored, address)


@pytest.mark.parametrize(
    ("stored", "address"),
    [
        ("https://example.com/a%2Fb", "https://example.com/a/b"),
        ("https://example.com/A", "https://example.com/a"),
        ("https://example.com/a?b", "https://example.com/a"),
        ("https://example.com/%D0%B9", "https://example.com/й/"),
    ],
)
def test_what_a_site_may_tell_apart_is_another_address(stored: str, address: str) -> None:
    assert not same_address(stored, address)
