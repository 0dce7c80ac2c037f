"""settings.toml, read strictly: every key, its default, and what is said of a wrong one."""

from __future__ import annotations

import os
import sys
from datetime import time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timer_app.adapters.setup.settings.reader import (
    Settings,
    SettingsError,
    load,
    parse,
    salvage,
)
from timer_app.domain.hotkeys import parse_combination
from timer_app.domain.setup.settings_schema import NORMAL_HOTKEY, SETTINGS

PATH = "/home/me/settings.toml"
DEFAULTS: dict[str, object] = {
    "timecrowd.url": "https://timecrowd.net",
    "timecrowd.team_id": None,
    "timecrowd.category_id": None,
    "timecrowd.follow_devices": True,
    "timecrowd.comments": True,
    "kaiten.url": "",
    "kaiten.role_id": -1,
    "kaiten.reference": True,
    "time.rounding": "carry",
    "time.day_start": "00:00",
    "time.idle_after": "10m",
    "time.remind_after": "4h",
    "time.working_hours": "",
    "time.daily_goal": "8h",
    "time.weekday_goals": "",
    "time.week_start": "system",
    "hotkeys.toggle": "Ctrl+Alt+U",
    "hotkeys.open": "",
    "hotkeys.manual": "",
    "network.proxy": "",
    "network.ca_file": "",
    "updates.feed": "",
    "ui.language": "system",
    "ui.click": "toggle",
    "ui.tray_time": False,
}
# The example of the interface page, with each value another than the default.
WHOLE = """
[timecrowd]
url = "https://crowd.example.com"
team_id = 11609
category_id = 36543          # parent_id of new tasks
follow_devices = false
comments = false
[kaiten]
url = "https://acme.kaiten.ru"
role_id = 5
reference = false
[time]
rounding = "nearest"
day_start = "04:30"
idle_after = "off"
remind_after = "1h30m"
working_hours = "Mon-Fri 09:00-18:00"
daily_goal = "45s"
weekday_goals = "Fri 6h, Sat-Sun off"
week_start = "sunday"
[hotkeys]
toggle = "super+F9"
open = "Ctrl + Shift + O"
manual = "Meta+M"
[network]
proxy = "http://proxy.example:3128"
ca_file = "{ca_file}"
[updates]
feed = "https://forge.example/releases/latest"
[ui]
language = "ja"
click = "open"
tray_time = true
"""


def values(settings: Settings) -> dict[str, object]:
    return {key: settings[key] for key in SETTINGS}


def test_defaults(tmp_path: Path) -> None:
    assert values(parse("", PATH)) == DEFAULTS
    assert values(load(str(tmp_path / "none.toml"))) == DEFAULTS


def test_every_key(tmp_path: Path) -> None:
    ca_file = tmp_path / "ca.pem"
    ca_file.touch()
    assert values(parse(WHOLE.replace("{ca_file}", str(ca_file)), PATH)) == {
        "timecrowd.url": "https://crowd.example.com",
        "timecrowd.team_id": 11609,
        "timecrowd.category_id": 36543,
        "timecrowd.follow_devices": False,
        "timecrowd.comments": False,
        "kaiten.url": "https://acme.kaiten.ru",
        "kaiten.role_id": 5,
        "kaiten.reference": False,
        "time.rounding": "nearest",
        "time.day_start": "04:30",
        "time.idle_after": "off",
        "time.remind_after": "1h30m",
        "time.working_hours": "Mon-Fri 09:00-18:00",
        "time.daily_goal": "45s",
        "time.weekday_goals": "Fri 6h, Sat-Sun off",
        "time.week_start": "sunday",
        "hotkeys.toggle": "super+F9",
        "hotkeys.open": "Ctrl + Shift + O",
        "hotkeys.manual": "Meta+M",
        "network.proxy": "http://proxy.example:3128",
        "network.ca_file": str(ca_file),
        "updates.feed": "https://forge.example/releases/latest",
        "ui.language": "ja",
        "ui.click": "open",
        "ui.tray_time": True,
    }


def test_what_the_app_asks() -> None:
    settings = parse('[time]\nday_start = "04:30"\n[timecrowd]\nteam_id = 5\n', PATH)
    assert settings.day_start == time(4, 30)
    assert settings.configured == {"timecrowd": True, "kaiten": False}
    assert (settings.get_number("timecrowd.team_id"), settings.get_number("kaiten.url")) == (
        5,
        None,
    )
    assert settings.get_text("time.rounding") == "carry"
    assert parse('[kaiten]\nurl = "acme"\n', PATH).configured == {
        "timecrowd": False,
        "kaiten": True,
    }
    with pytest.raises(KeyError):
        settings["time.zone"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("acme", "https://acme.kaiten.ru"),
        ("https://Acme.Kaiten.ru/space/5", "https://acme.kaiten.ru"),
        ("http://127.0.0.1:5000", "http://127.0.0.1:5000"),
        ("http://localhost:5000/", "http://localhost:5000"),
        ("", ""),
    ],
)
def test_addresses_are_kept_as_origins(typed: str, kept: str) -> None:
    assert parse(f'[kaiten]\nurl = "{typed}"\n', PATH)["kaiten.url"] == kept


def test_an_empty_address_counts_as_none() -> None:
    """TimeCrowd has one for everybody; Kaiten is not set up without its own."""
    settings = parse('[timecrowd]\nurl = ""\nteam_id = 1\n[kaiten]\nurl = ""\n', PATH)
    assert settings["timecrowd.url"] == "https://timecrowd.net"
    assert settings.configured == {"timecrowd": True, "kaiten": False}


KNOWN_TABLES = "timecrowd, kaiten, time, hotkeys, network, updates, ui, rules"
KNOWN_TIMES = (
    "rounding, day_start, idle_after, remind_after, working_hours, daily_goal, weekday_goals,"
    " week_start"
)


@pytest.mark.parametrize(
    ("text", "line", "key", "known"),
    [
        ('[time]\nrounding = "up"\nround = 1\n', 3, "time.round", KNOWN_TIMES),
        ('# [time]\n[ time ] # [ui]\n\n"round" = 1\n', 4, "time.round", KNOWN_TIMES),
        ("['time']\n'round'=1\n", 2, "time.round", KNOWN_TIMES),
        ('[ui]\nclick = "open"\n[time]\nclick = "open"\n', 4, "time.click", KNOWN_TIMES),
        ("\ntime.round = 1\n", 2, "time.round", KNOWN_TIMES),
        ('\ntime . "round" = 1\n', 2, "time.round", KNOWN_TIMES),
        ("\ntime = {round = 1}\n", 2, "time.round", KNOWN_TIMES),
        ("[time]\n\nround.up = 1\n", 3, "time.round", KNOWN_TIMES),
        ("[ui]\n\n[time.round]\nup = 1\n", 3, "time.round", KNOWN_TIMES),
        ("[ui]\n\n[[time.round]]\nup = 1\n", 3, "time.round", KNOWN_TIMES),
        ('[ui]\n[tiem]\nrounding = "up"\n', 2, "tiem", KNOWN_TABLES),
        ("[ui]\n\n[tiem.zone]\nx = 1\n", 3, "tiem", KNOWN_TABLES),
        ('rounding = "up"\n', 1, "rounding", KNOWN_TABLES),
        ('\n"rounding" = "up"\n', 2, "rounding", KNOWN_TABLES),
        ("\ntiem.rounding = 5\n", 2, "tiem", KNOWN_TABLES),
        ('[time]\n\n"round.up" = 1\n', 3, "time.round.up", KNOWN_TIMES),
        ("[time]\n\n'round=up' = 1\n", 3, "time.round=up", KNOWN_TIMES),
        ('[ui]\n\n["ti]em"]\nx = 1\n', 3, "ti]em", KNOWN_TABLES),
    ],
)
def test_unknown_keys_are_named_with_their_line(text: str, line: int, key: str, known: str) -> None:
    with pytest.raises(SettingsError) as refused:
        parse(text, PATH)
    assert str(refused.value) == f"{PATH}: line {line}: unknown key '{key}'. Known here: {known}."


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("[ui]\n\n[[time]]\n", 3, "time"),
        ("\ntime = 5\n", 2, "time"),
        ("hotkeys = []\n", 1, "hotkeys"),
        ('[ui]\n[["network"]]\nproxy = ""\n', 2, "network"),
        ("kaiten = 'https://acme.kaiten.ru'\n", 1, "kaiten"),
    ],
)
def test_a_section_that_is_something_else_is_reported_with_how_it_begins(
    text: str, line: int, key: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        parse(text, PATH)
    said = f"{key} is a section. Begin it with a line [{key}], in single brackets."
    assert str(refused.value) == f"{PATH}: line {line}: {said}"


LARGEST = 2**63 - 1
ID = f"Write a whole number from 1 to {LARGEST}."
ROLE = f"Write -1 (Employee) or the number of a role, a whole number from 1 to {LARGEST}."
TEXT = "Write text in quotes."
CLOCK = "Write a time of day such as 00:00 or 04:30."
LENGTH = "Write a length such as 10m or 1h30m, or off."
HOURS = "“Mon-Fri 09:00” is not a range of working hours. Write Mon-Fri 09:00-18:00."
FEED = "Write an address that begins with https://, or leave it empty."
PROXY = (
    "Write an address such as http://proxy.example:3128, without a password."
    " Or none, or nothing for the system's. Save the password: timer-app login proxy"
)
IN_THE_CLEAR = (
    "http://acme.kaiten.ru is not encrypted, so the token could be read on the way."
    " Use https:// (plain http:// is for this computer only)."
)


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("timecrowd.team_id", '"5"', ID),
        ("timecrowd.team_id", "0", ID),
        ("timecrowd.team_id", "-1", ID),
        ("timecrowd.team_id", "true", ID),
        ("timecrowd.category_id", "1.5", ID),
        ("kaiten.role_id", "0", ROLE),
        ("kaiten.role_id", "-2", ROLE),
        ("kaiten.role_id", "false", ROLE),
        ("timecrowd.team_id", str(LARGEST + 1), ID),
        ("kaiten.role_id", str(LARGEST + 1), ROLE),
        ("kaiten.url", "5", TEXT),
        (
            "kaiten.url",
            r'"https://acme\t.kaiten.ru"',
            "It contains a character that is not text (U+0009).",
        ),
        ("network.ca_file", '"' + "a" * 4097 + '"', "Write at most 4096 characters."),
        ("kaiten.url", '"http://acme.kaiten.ru"', IN_THE_CLEAR),
        (
            "kaiten.url",
            '"https://me:pw@acme.kaiten.ru"',
            "The address must not contain a user name or a password.",
        ),
        ("timecrowd.url", "[]", TEXT),
        ("time.rounding", '"CARRY"', 'Write one of "carry", "nearest", "up", "down".'),
        ("time.rounding", "1", 'Write one of "carry", "nearest", "up", "down".'),
        ("time.day_start", '"24:00"', CLOCK),
        ("time.day_start", '"4:60"', CLOCK),
        ("time.day_start", "04:30:00", TEXT),
        ("time.idle_after", '"ten"', LENGTH),
        ("time.idle_after", '"0m"', "Write a length from 1s to 24h, or off."),
        ("time.idle_after", '"24h1s"', "Write a length from 1s to 24h, or off."),
        ("time.daily_goal", '"99999999999h"', "Write a length from 1s to 24h, or off."),
        ("time.remind_after", '"169h"', "Write a length from 1s to 168h, or off."),
        ("time.remind_after", '"' + "9" * 101 + 'h"', "Write at most 100 characters."),
        ("time.idle_after", '""', LENGTH),
        ("time.working_hours", "9", TEXT),
        ("time.working_hours", '"Mon-Fri 09:00"', HOURS),
        ("time.daily_goal", "8", TEXT),
        (
            "hotkeys.toggle",
            '"T"',
            "T alone would stop working everywhere else. Add Ctrl, Alt or Super.",
        ),
        ("hotkeys.toggle", '"Ctrl+"', "A key is missing."),
        (
            "hotkeys.open",
            '"Hyper+T"',
            "“Hyper” is not a modifier. Use Ctrl, Alt, Shift or Super.",
        ),
        ("hotkeys.manual", "false", TEXT),
        ("network.proxy", '"proxy:3128"', PROXY),
        ("network.proxy", '"http://me:pw@proxy:3128"', PROXY),
        ("network.proxy", '"http://proxy:pw"', PROXY),
        ("network.proxy", '"http://proxy:70000"', PROXY),
        ("network.proxy", '"http://proxy:0"', PROXY),
        ("network.proxy", '"ftp://proxy:3128"', PROXY),
        ("network.proxy", '"http://"', PROXY),
        ("network.proxy", '"direct"', PROXY),
        ("ui.language", '"de"', 'Write one of "system", "en", "ru", "ja".'),
        ("ui.click", '"menu"', 'Write one of "toggle", "open".'),
        ("updates.feed", '"http://forge.example/latest"', FEED),
        ("updates.feed", '"https://me:secret@forge.example/latest"', FEED),
        ("updates.feed", '"forge.example/latest"', FEED),
        ("updates.feed", '"https://forge.example/a b"', FEED),
    ],
)
def test_wrong_values(key: str, value: str, why: str) -> None:
    table, _, name = key.partition(".")
    with pytest.raises(SettingsError) as refused:
        parse(f"# mine\n\n[{table}]\n{name} = {value}\n", PATH)
    assert str(refused.value) == f"{PATH}: line 4: {key}: {why}"


def test_every_key_refuses_some_value() -> None:
    for key in SETTINGS:
        table, _, name = key.partition(".")
        with pytest.raises(SettingsError, match=f"line 2: {key}: "):
            parse(f"[{table}]\n{name} = [1]\n", PATH)


NOT_TOML = "line 2: this is not valid TOML. Write key = value, with text in quotes."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[ui]\nclick = ]\n", NOT_TOML),
        ('[ui]\nclick = "open', NOT_TOML),
        ("[time]\n[ui]\n[time]\n", "line 3: time is there twice: it is in line 1 already."),
        ("\ntime.rounding = 'up'\n[time]\n",
         "line 3: time is there twice: it is in line 2 already."),
        ("[ui]\r\nclick = 'open'\r\n'click' = 'open'\r\n",
         "line 3: ui.click is there twice: it is in line 2 already."),
        ("x = " + "9" * 5000, "it cannot be read: a value is nested too deep or too long."),
        ("x = " + "[" * 5000, "it cannot be read: a value is nested too deep or too long."),
    ],
    ids=["no value", "open", "table", "dotted", "key", "digits", "nested"],
)  # fmt: skip
def test_no_toml(text: str, said: str) -> None:
    with pytest.raises(SettingsError) as refused:
        parse(text, PATH)
    assert str(refused.value) == f"{PATH}: {said}"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('[ui]\nclick = "open"\n'.encode("utf-16"),
         "this file is saved as UTF-16. Save it as UTF-8 in your editor."),
        ('[ui]\nclick = "open"\n'.encode("utf-16-le"),
         "this file is saved as UTF-16. Save it as UTF-8 in your editor."),
        ('[ui]\n# Щелчок\nclick = "open"\n'.encode("cp1251"),
         "line 2: this file is not saved as UTF-8. Save it as UTF-8 in your editor."),
        (b"#" * 1_000_001, "this is too large to be a settings file."),
    ],
    ids=["UTF-16", "UTF-16 without a mark", "cp1251", "large"],
)  # fmt: skip
def test_files_of_other_editors(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    with pytest.raises(SettingsError) as refused:
        load(str(path))
    assert str(refused.value) == f"{path}: {said}"


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(b'\xef\xbb\xbf[ui]\r\nclick = "open"\r\n')
    assert load(str(path))["ui.click"] == "open"


def test_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=f"^{tmp_path}: cannot be read: it is a folder"):
        load(str(tmp_path))


@pytest.mark.parametrize(
    ("key", "written", "kept"),
    [
        ("time.idle_after", "10", "10m"),
        ("time.remind_after", "4 h", "4h"),
        ("time.daily_goal", "７時間30分", "7h30m"),
        ("time.daily_goal", "90m", "1h30m"),
        ("time.daily_goal", "OFF", "off"),
        ("time.day_start", "4:30", "04:30"),
        ("kaiten.url", " acme ", "https://acme.kaiten.ru"),
    ],
)
def test_a_value_is_kept_in_one_form(key: str, written: str, kept: str) -> None:
    table, _, name = key.partition(".")
    assert parse(f'[{table}]\n{name} = "{written}"\n', PATH)[key] == kept


BROKEN_HEADER = """
[timecrowd]
team_id = "mine"
[kaiten
url = "acme"
[time]
rounding = "up"
daily_goal = "99999999999h"
[ui]
click = open
"""


def test_what_can_be_read_of_a_broken_file(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(BROKEN_HEADER)
    settings, wrong = salvage(str(path))
    assert str(wrong).startswith(f"{path}: line 4: ")
    assert settings["time.rounding"] == "up"
    assert settings["time.daily_goal"] == "8h"
    assert settings.configured == {"timecrowd": True, "kaiten": True}


@pytest.mark.parametrize(
    "content", [b"\xff\xfe", b"\xf6\xe4[time]\nrounding = 'up'\n", b"[" * 5000, b"= \n" * 900]
)
def test_anything_can_be_salvaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    settings, wrong = salvage(str(path))
    assert wrong is not None
    assert settings.configured == {"timecrowd": False, "kaiten": False}


def test_a_good_file_is_salvaged_whole(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(WHOLE)
    settings, wrong = salvage(str(path))
    assert wrong is None
    assert values(settings) == values(load(str(path)))


@given(st.text() | st.sampled_from(sorted(SETTINGS)).map(lambda key: f"{key} = 1"))
def test_any_text_is_settings_or_a_named_error(text: str) -> None:
    said = f"{PATH}: "
    try:
        assert set(values(parse(text, PATH))) == set(DEFAULTS)
    except SettingsError as error:
        said = str(error)
    assert said.startswith(f"{PATH}: ")


@pytest.mark.parametrize(
    ("typed", "length"),
    [("off", None), ("4h", timedelta(hours=4)), ("1h30m", timedelta(minutes=90)),
     ("45s", timedelta(seconds=45))],
)  # fmt: skip
def test_lengths(typed: str, length: timedelta | None) -> None:
    settings = parse(f'[time]\nremind_after = "{typed}"\n', PATH)
    assert settings.get_duration("time.remind_after") == length


@given(st.from_regex(NORMAL_HOTKEY, fullmatch=True))
def test_what_is_let_through_unread_is_a_combination(text: str) -> None:
    assert str(parse_combination(text)) == text


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", False),
        ("[time]\n[ui]\nclick = 'open'\n[timecrowd]\n", False),
        ("[timecrowd]\nfollow_devices = false\ncategory_id = 3\n[kaiten]\nrole_id = 5\n", False),
        ("[kaiten]\nurl = ''\n", False),
        ("timecrowd.url = 'https://timecrowd.net'\n", True),
        ("[timecrowd]\nteam_id = 7\n", True),
        ("[kaiten]\nurl = 'https://acme.kaiten.ru'\n", True),
    ],
)
def test_whether_a_service_is_named(text: str, named: bool) -> None:  # noqa: FBT001
    assert parse(text, PATH).has_service_settings is named


NOT_UTF8 = "this file is not saved as UTF-8"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'\xef\xbb\xbf[ui]\nlanguage = "en" # \xe9\n', f"line 2: {NOT_UTF8}"),
        ('[ui]\nlanguage = "en" # 日本\n'.encode("shift_jis"), f"line 2: {NOT_UTF8}"),
        ('[ui]\nlanguage = "en"\n'.encode("utf-16-be"), "saved as UTF-16"),
        (b'[ui]\nlanguage = "en"\x00\n', f"line 2: {NOT_UTF8}"),
        (b"[ui]\nlanguage = \xe2\x80\x9cen\xe2\x80\x9d\n", "line 2: this is not valid TOML"),
        (b"<<<<<<< HEAD\n[ui]\n", "line 1: this is not valid TOML"),
        (b"[timecrowd]\nteam_id = inf\n", "line 2: timecrowd.team_id: Write a whole number"),
        (b"[timecrowd]\nteam_id = " + b"9" * 5000, "too deep or too long"),
    ],
)  # fmt: skip
def test_files_of_other_programs(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    with pytest.raises(SettingsError, match=said):
        load(str(path))


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such pipes")
def test_a_pipe_in_its_place_is_no_file_and_holds_nothing_up(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    os.mkfifo(path)
    with pytest.raises(SettingsError, match="cannot be read: it is not a file"):
        load(str(path))
    assert salvage(str(path))[1] is not None


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-le", "utf-32-be"])
def test_utf_32_is_called_that(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes('[ui]\nlanguage = "en"\n'.encode(encoding))
    with pytest.raises(SettingsError, match="saved as UTF-32"):
        load(str(file))


RULES = """# where time goes
[[rules]]
space = 12
board = 5
team_id = 11609

[[rules]]
board = 6
role_id = -1
"""


def test_rules_are_read_in_their_order() -> None:
    settings = parse(RULES, PATH)
    assert settings.rules == (
        {"space": 12, "board": 5, "team_id": 11609},
        {"board": 6, "role_id": -1},
    )
    assert settings.all()["rules"] == [dict(each) for each in settings.rules]
    assert parse("rules = [{ space = 1 }]", PATH).rules == ({"space": 1},)
    assert parse("", PATH).rules == ()


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[ui]\n\n[rules]\nboard = 1\n", 3, "rules is a list."),
        ("\nrules = 5\n", 2, "rules is a list."),
        ("rules = [1]\n", 1, "rules is a list."),
        (RULES + "colour = 1\n", 10, "unknown key 'rules.colour'. Known here: space, board,"),
        (RULES + "[[rules]]\nteam_id = 1\n", 10, "this rule needs a space or a board"),
        ("[[rules]]\n", 1, "this rule needs a space or a board"),
        (RULES + "[[rules]]\n\nboard = 'x'\n", 12, f"rules.board: {ID}"),
        (RULES + "[[rules]]\nspace = -3\n", 11, f"rules.space: {ID}"),
        (RULES + "[[rules]]\nspace = 0\n", 11, f"rules.space: {ID}"),
        (RULES + "[[rules]]\nspace = true\n", 11, f"rules.space: {ID}"),
        (RULES + "[[rules]]\nspace = 1.5\n", 11, f"rules.space: {ID}"),
        (RULES + "[[rules]]\nspace = 9223372036854775808\n", 11, f"rules.space: {ID}"),
        (RULES + "[[rules]]\nspace = 3\nrole_id = -2\n", 12, f"rules.role_id: {ROLE}"),
        (RULES + "[[rules]]\nboard = 5\nspace = 12\n", 10, "space and board is in line 2 already"),
        (RULES + "[[rules]]\nspace = 3\nspace = 4\n", 12, "rules.space is there twice"),
        (RULES + "[[rules]]\nspace = 3\n[rules.more]\nx = 1\n", 12, "'rules.more'"),
    ],
)
def test_a_bad_rule_is_named_with_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(SettingsError) as refused:
        parse(text, PATH)
    assert f"{PATH}: line {line}: " in str(refused.value)
    assert said in str(refused.value)


def test_what_can_be_read_of_bad_rules_stays_in_force(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(RULES + "[[rules]]\nspace = 'x'\n[[rules]]\nspace = 9\n")
    settings, error = salvage(str(path))
    assert error is not None
    assert [each.get("board") for each in settings.rules] == [5, 6]
