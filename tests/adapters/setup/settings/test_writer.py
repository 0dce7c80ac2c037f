"""Changing settings.toml: comments and order stay, the file is replaced whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from timer_app.adapters.setup.settings.reader import SettingsError, load
from timer_app.adapters.setup.settings.writer import change
from timer_app.domain.setup.settings_schema import SETTINGS

LARGEST = 2**63 - 1
ID = f"Write a whole number from 1 to {LARGEST}."
ROLE = f"Write -1 (Employee) or the number of a role, a whole number from 1 to {LARGEST}."
COMMENTED = """\
# My settings.

[kaiten]   # work
url = "https://acme.kaiten.ru"   # the company's
role_id = 5

# Mornings are late here.
[time]
day_start = "04:00"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text(COMMENTED)
    return path


@pytest.mark.parametrize(
    ("key", "typed", "old", "new"),
    [
        ("kaiten.role_id", "7", "role_id = 5\n", "role_id = 7\n"),
        ("kaiten.role_id", "-1", "role_id = 5\n", "role_id = -1\n"),
        ("time.day_start", "05:30", '"04:00"', '"05:30"'),
        (
            "kaiten.url", "https://b.kaiten.ru",
            '"https://acme.kaiten.ru"   # the', '"https://b.kaiten.ru"   # the',
        ),
        ("time.rounding", "up", '"04:00"\n', '"04:00"\nrounding = "up"\n'),
        ("ui.click", "open", '"04:00"\n', '"04:00"\n\n[ui]\nclick = "open"\n'),
    ],
)  # fmt: skip
def test_everything_else_stays_as_it_was(
    path: Path, key: str, typed: str, old: str, new: str
) -> None:
    settings = change(str(path), key, typed)
    assert path.read_text() == COMMENTED.replace(old, new)
    assert settings.text == path.read_text()
    assert {k: settings[k] for k in SETTINGS} == {k: load(str(path))[k] for k in SETTINGS}


@pytest.mark.parametrize(
    "text",
    [
        'kaiten = {url = "https://acme.kaiten.ru", role_id = 5}\n',
        'kaiten.url = "https://acme.kaiten.ru"\nui.click = "open"\nkaiten.role_id = 5\n',
        '["kaiten"]\n"url" = "https://acme.kaiten.ru"\n"role_id" = 5\n',
        '[kaiten]\nurl = "https://acme.kaiten.ru"\n',
        'kaiten.url = "https://acme.kaiten.ru"\n',
    ],
    ids=["inline", "dotted, apart", "quoted", "missing", "dotted"],
)
def test_however_it_is_written_no_other_key_is_lost(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text)
    change(str(path), "kaiten.role_id", "7")
    settings = load(str(path))
    assert (settings["kaiten.url"], settings["kaiten.role_id"]) == ("https://acme.kaiten.ru", 7)
    assert settings["ui.click"] == ("open" if "open" in text else "toggle")


def test_a_number_is_taken_away_by_nothing(path: Path) -> None:
    change(str(path), "timecrowd.team_id", "11609")
    assert load(str(path)).configured["timecrowd"]
    change(str(path), "timecrowd.team_id", "")
    assert not load(str(path)).configured["timecrowd"]
    assert path.read_text() == COMMENTED + "\n[timecrowd]\n"
    change(str(path), "timecrowd.category_id", "")  # it was not there


def test_the_first_setting_makes_the_file(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.toml"
    change(str(path), "ui.language", "ja")
    assert path.read_text() == '[ui]\nlanguage = "ja"\n'
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_the_file_stays_its_owners_alone(path: Path) -> None:
    path.chmod(0o644)
    change(str(path), "ui.language", "ja")
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    ("key", "typed", "why"),
    [
        ("kaiten.role_id", "x", f"kaiten.role_id: {ROLE}"),
        ("kaiten.role_id", "", f"kaiten.role_id: {ROLE}"),
        ("kaiten.role_id", "0", f"kaiten.role_id: {ROLE}"),
        ("timecrowd.team_id", "1_000", f"timecrowd.team_id: {ID}"),
        ("time.daily_goal", "99999999999h",
         "time.daily_goal: Write a length from 1s to 24h, or off."),
        ("ui.click", "menu", 'ui.click: Write one of "toggle", "open".'),
        (
            "kaiten.url", "http://acme.kaiten.ru",
            ("kaiten.url: http://acme.kaiten.ru is not encrypted, so the token could be read on"
             " the way. Use https:// (plain http:// is for this computer only)."),
        ),
        ("ui.colour", "red", f"There is no setting 'ui.colour'. Known: {', '.join(SETTINGS)}."),
    ],
)  # fmt: skip
def test_refused_and_the_file_is_as_it_was(path: Path, key: str, typed: str, why: str) -> None:
    with pytest.raises(SettingsError) as refused:
        change(str(path), key, typed)
    assert str(refused.value) == why.format(path=path)
    assert path.read_text() == COMMENTED


def test_a_broken_file_is_not_written_over(path: Path) -> None:
    path.write_text("[ui\n")
    with pytest.raises(SettingsError, match="not valid TOML"):
        change(str(path), "ui.click", "open")
    assert path.read_text() == "[ui\n"


def test_cannot_be_written(path: Path) -> None:
    (path.parent / "settings.toml.new").mkdir()
    with pytest.raises(SettingsError) as refused:
        change(str(path), "ui.click", "open")
    assert str(refused.value) == (
        f"{path}: cannot be written: it is a folder. The settings are as they were."
    )
    assert path.read_text() == COMMENTED


def test_no_folder_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "folder" / "settings.toml"
    with pytest.raises(
        SettingsError, match=r"cannot be written: a file is where a folder should be"
    ):
        change(str(path), "ui.click", "open")


def test_broken_off_in_the_middle_the_old_file_is_whole(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader sees the old file or the new one: the new one is whole before it has the name."""
    seen: list[tuple[str, str]] = []

    def no_space(handle: int) -> None:
        beside = Path(f"/proc/self/fd/{handle}").readlink()
        seen.append((path.read_text(), beside.name))
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(SettingsError, match=r"the disk is full\. The settings are as"):
        change(str(path), "ui.click", "open")
    assert seen == [(COMMENTED, "settings.toml.new")]
    assert path.read_text() == COMMENTED
    assert list(path.parent.iterdir()) == [path]  # nothing is left beside it
    monkeypatch.undo()
    change(str(path), "ui.click", "open")
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["without a mark", "with a mark"])
def test_line_ends_and_mark_of_another_editor_stay(path: Path, mark: bytes) -> None:
    path.write_bytes(mark + COMMENTED.replace("\n", "\r\n").encode())
    change(str(path), "time.day_start", "05:30")
    change(str(path), "ui.click", "open")
    wanted = COMMENTED.replace("04:00", "05:30") + '\n[ui]\nclick = "open"\n'
    assert path.read_bytes() == mark + wanted.replace("\n", "\r\n").encode()


def test_a_link_stays_one(path: Path) -> None:
    link = path.parent / "linked" / "settings.toml"
    link.parent.mkdir()
    link.symlink_to("../settings.toml")
    change(str(link), "ui.click", "open")
    assert link.is_symlink()
    assert 'click = "open"' in path.read_text()


def test_what_is_set_already_is_not_written_again(path: Path) -> None:
    change(str(path), "time.day_start", "4:00")
    before = path.stat().st_ino
    change(str(path), "time.day_start", "04:00")
    assert (path.stat().st_ino, path.read_text()) == (before, COMMENTED)
