"""One keyring serves several folders of the app, each set up for addresses of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

from timer_app.adapters.setup.keyring_items import (
    FoundSecret,
    NotKeptError,
    delete_item,
    read_item,
    write_item,
)
from timer_app.domain.service import Service
from timer_app.domain.setup.secrets import SecretUse

KT = Service.KAITEN
A, B = "https://a.kaiten.ru", "https://b.kaiten.ru"


class Memory(KeyringBackend):
    """A keyring in memory; `drops` are the items that it does not keep."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # keyring has no types here
        self.items: dict[str, str] = {}
        self.drops: set[str] = set()

    @property
    def priority(self) -> float:
        return 1

    def get_password(self, service: str, username: str) -> str | None:
        assert service == "timer-app"
        return self.items.get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        assert service == "timer-app"
        if username not in self.drops:
            self.items[username] = password

    def delete_password(self, service: str, username: str) -> None:
        assert service == "timer-app"
        if username not in self.items:
            raise PasswordDeleteError(username)
        del self.items[username]


@pytest.fixture
def keyring() -> Memory:
    return Memory()


@pytest.fixture
def first(tmp_path: Path) -> SecretUse:
    """A folder of the app that is set up for A."""
    (tmp_path / "first").mkdir()
    return SecretUse(A, str(tmp_path / "first"))


@pytest.fixture
def second(tmp_path: Path) -> SecretUse:
    """Another folder, which is set up for B."""
    (tmp_path / "second").mkdir()
    return SecretUse(B, str(tmp_path / "second"))


def test_usually_a_token_has_the_name_of_its_service(keyring: Memory, first: SecretUse) -> None:
    write_item(keyring, KT, "token", first)
    assert keyring.items["kaiten"] == "token"
    assert read_item(keyring, KT, first) == FoundSecret("token")
    assert delete_item(keyring, KT, first)
    assert keyring.items == {}
    assert not delete_item(keyring, KT, first)


def test_two_folders_keep_both_their_tokens(
    keyring: Memory, first: SecretUse, second: SecretUse
) -> None:
    write_item(keyring, KT, "of A", first)
    write_item(keyring, KT, "of B", second)
    assert (keyring.items["kaiten"], keyring.items[f"kaiten {B}"]) == ("of A", "of B")
    assert read_item(keyring, KT, first) == FoundSecret("of A")
    assert read_item(keyring, KT, second) == FoundSecret("of B")
    assert delete_item(keyring, KT, second)
    assert read_item(keyring, KT, first) == FoundSecret("of A")


def test_a_token_that_was_checked_elsewhere_is_not_given(
    keyring: Memory, first: SecretUse, second: SecretUse
) -> None:
    write_item(keyring, KT, "of A", first)
    assert read_item(keyring, KT, second) == FoundSecret("", other_origin=A)
    assert not delete_item(keyring, KT, second)
    assert keyring.items["kaiten"] == "of A"


def test_another_address_in_the_same_folder_takes_the_place(
    keyring: Memory, first: SecretUse
) -> None:
    write_item(keyring, KT, "of A", first)
    moved = SecretUse(B, first.home)
    assert read_item(keyring, KT, moved) == FoundSecret("", other_origin=A)
    write_item(keyring, KT, "of B", moved)
    assert keyring.items["kaiten"] == "of B"
    assert read_item(keyring, KT, moved) == FoundSecret("of B")


def test_folders_with_one_address_share_its_token(
    keyring: Memory, first: SecretUse, second: SecretUse
) -> None:
    write_item(keyring, KT, "old", first)
    write_item(keyring, KT, "new", SecretUse(A, second.home))
    assert read_item(keyring, KT, first) == FoundSecret("new")
    assert f"kaiten {A}" not in keyring.items


def test_a_token_that_another_program_put_there_is_free(
    keyring: Memory, first: SecretUse, second: SecretUse
) -> None:
    write_item(keyring, KT, "of A", first)
    keyring.items["kaiten"] = "put there by hand"
    assert read_item(keyring, KT, second) == FoundSecret("put there by hand")
    write_item(keyring, KT, "of B", second)
    assert keyring.items["kaiten"] == "of B"


def test_a_folder_that_is_gone_holds_nothing_back(
    keyring: Memory, first: SecretUse, second: SecretUse
) -> None:
    write_item(keyring, KT, "of A", first)
    Path(first.home).rmdir()
    write_item(keyring, KT, "of B", second)
    assert keyring.items["kaiten"] == "of B"


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"origin": 1}', "[" * 100_000])
def test_a_damaged_note_counts_as_none(keyring: Memory, first: SecretUse, text: str) -> None:
    keyring.items |= {"kaiten": "token", "kaiten address": text}
    assert read_item(keyring, KT, first) == FoundSecret("token")


@pytest.mark.parametrize("item", ["kaiten", "kaiten address"])
def test_what_is_not_kept_is_an_error(keyring: Memory, first: SecretUse, item: str) -> None:
    keyring.drops = {item}
    with pytest.raises(NotKeptError):
        write_item(keyring, KT, "token", first)
