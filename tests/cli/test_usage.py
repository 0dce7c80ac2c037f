"""The words themselves: help, version, wrong usage, settings, and the streams."""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest

from tests.cli.support import owner_only

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.support import TimerApp

COMMANDS = (
    "start", "stop", "toggle", "cancel", "add", "status", "log", "cards", "sync", "problems",
    "retry", "drop", "login", "logout", "config", "doctor", "quit", "demo",
)  # fmt: skip


def test_help_names_every_command_and_every_command_has_help(bare_app: TimerApp) -> None:
    listed = bare_app.run("--help").out
    for command in COMMANDS:
        assert re.search(rf"^ *{command} ", listed, re.MULTILINE), command
        shown = bare_app.run(command, "--help")
        assert command in shown.out
        assert shown.err == ""
    assert not bare_app.home.exists()


def test_version(bare_app: TimerApp) -> None:
    assert bare_app.run("--version").out.startswith(f"timer-app {version('timer-app')} (")


@pytest.mark.parametrize(
    "words",
    [("nonsense",), ("Start",), ("--nonsense",), ("start", "--nonsense"), ("start", "a", "b"),
     ("stop", "now"), ("retry",), ("drop",), ("login",), ("login", "jira"), ("config", "unset"),
     ("config", "set", "time.rounding"), ("status", "x"), ("stop", "--wait"), ("",)],
)  # fmt: skip
def test_wrong_usage_is_2(bare_app: TimerApp, words: tuple[str, ...]) -> None:
    wrong = bare_app.run(*words, code=2)
    assert wrong.out == ""
    assert wrong.err
    assert not bare_app.home.exists()


@pytest.mark.parametrize("comment", ["-fix", "--fix"])
def test_a_value_with_a_dash_gets_a_hint(bare_app: TimerApp, comment: str) -> None:
    wrong = bare_app.run("stop", "--comment", comment, code=2)
    assert f"--comment={comment}" in wrong.err


def test_words_that_are_not_text(bare_app: TimerApp) -> None:
    broken = b"\xff\xfe".decode(errors="surrogateescape")
    for words in (("start", "--task", broken), ("stop", "--comment", broken), (broken,)):
        wrong = bare_app.run(*words, "--json", code=2)
        assert wrong.document["exit"] == 2
        assert wrong.err


@pytest.mark.parametrize("seconds", ["x", "-1", "nan", "inf", "1e9", ""])
def test_wrong_waits(bare_app: TimerApp, seconds: str) -> None:
    bare_app.run("start", "--task", "T", f"--wait={seconds}", code=2)
    assert bare_app.status()["state"] == "idle"


def test_quit_without_the_app(bare_app: TimerApp) -> None:
    ended = bare_app.run("quit", code=None)
    assert ended.code in (0, 1)
    assert "not running" in ended.err
    assert not bare_app.home.exists()


def test_the_config_keeps_comments(bare_app: TimerApp) -> None:
    bare_app.configure('# mine\n[time]  # about time\nrounding = "up"  # as the boss says\n')
    assert bare_app.run("config", "get", "time.rounding").out == "up\n"
    assert bare_app.run("config", "path").out == f"{bare_app.settings}\n"
    bare_app.run("config", "set", "time.rounding", "down")
    bare_app.run("config", "set", "timecrowd.team_id", "11609")
    bare_app.run("config", "set", "kaiten.url", "acme")
    text = bare_app.settings.read_text()
    assert text.startswith('# mine\n[time]  # about time\nrounding = "down"  # as the boss says\n')
    values = bare_app.json("config", "get")
    assert (values["kaiten.url"], values["timecrowd.team_id"]) == ("https://acme.kaiten.ru", 11609)
    assert values["time.daily_goal"] == "8h"
    assert bare_app.json("config", "get", "timecrowd.category_id") is None
    bare_app.run("config", "set", "timecrowd.team_id", "")
    assert bare_app.status()["services"]["timecrowd"]["state"] == "not_configured"
    assert owner_only(bare_app.settings)


@pytest.mark.parametrize(
    ("key", "value"),
    [("no.such", "1"), ("time", "1"), ("timecrowd.team_id", "x"), ("timecrowd.team_id", "-1"),
     ("timecrowd.team_id", "1.5"), ("kaiten.url", "http://acme.kaiten.ru"), ("kaiten.role_id", "0"),
     ("kaiten.url", "ftp://acme"), ("time.rounding", "Up"), ("time.day_start", "24:00"),
     ("time.idle_after", "ten"), ("network.ca_file", "/no/such/file"), ("ui.language", "fr"),
     ("network.proxy", "http://user:hunter2@proxy:1")],
)  # fmt: skip
def test_wrong_values_change_nothing(bare_app: TimerApp, key: str, value: str) -> None:
    bare_app.configure("# as it was\n")
    refused = bare_app.run("config", "set", key, value, code=1)
    assert key.partition(".")[0] in refused.err
    assert bare_app.settings.read_text() == "# as it was\n"
    assert "hunter2" not in refused.err


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[time]\n\nroundings = 1\n", ("time.roundings", "line 3")),
        ("# x\n[tim]\nrounding = 1\n", ("'tim'", "line 2")),
        ("rounding = 'up'\n", ("'rounding'", "line 1")),
        ("[time]\nrounding = 5\n", ("time.rounding", "line 2")),
        ("[timecrowd]\n\n\nteam_id = '1'\n", ("timecrowd.team_id", "line 4")),
        ("[timecrowd]\nteam_id = true\n", ("timecrowd.team_id", "line 2")),
        ("[kaiten]\nurl = 'http://acme.kaiten.ru'\n", ("kaiten.url", "line 2")),
        ("[kaiten]\nrole_id = 0\n", ("kaiten.role_id", "line 2")),
        ("[time]\nrounding = \n", ("settings.toml", "line 2")),
        ("[time]\nrounding='up'\nrounding='up'\n", ("settings.toml", "line 3")),
        ("\x00\x01", ("settings.toml",)),
    ],
)
def test_wrong_settings_are_named(bare_app: TimerApp, text: str, named: tuple[str, ...]) -> None:
    bare_app.configure(text)
    for words in (("status",), ("start", "--task", "T")):
        refused = bare_app.run(*words, "--json", code=1)
        assert all(part in refused.document["error"] for part in named), refused
    assert not bare_app.journal.exists()


def test_wrong_settings_do_not_hide_where_they_are(bare_app: TimerApp) -> None:
    bare_app.configure("[x]\n")
    assert bare_app.run("config", "path").out == f"{bare_app.settings}\n"
    assert bare_app.run("config", "set", "ui.click", "open", code=1).err
    assert bare_app.settings.read_text() == "[x]\n"


def test_settings_that_cannot_be_read(bare_app: TimerApp) -> None:
    bare_app.settings.mkdir(parents=True)
    assert str(bare_app.settings) in bare_app.run("status", code=1).err
    bare_app.settings.rmdir()
    bare_app.settings.write_bytes(b'[time]\nrounding = "\xff"\n')
    for words in (("status",), ("config", "get"), ("config", "set", "ui.click", "open")):
        assert str(bare_app.settings) in bare_app.run(*words, code=1).err
    assert bare_app.settings.read_bytes() == b'[time]\nrounding = "\xff"\n'


def test_loopback_may_be_plain_http(bare_app: TimerApp) -> None:
    for address in ("http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]:8000"):
        assert bare_app.run("config", "set", "kaiten.url", address).out == f"{address}\n"


# -------------------------------------------------------------------- streams


def _through_shell(app: TimerApp, script: str) -> tuple[int, str, str]:
    shell = ("/bin/bash", "-c", f"timer_app=$0; {script}")
    ended = app.run(prefix=shell, code=None)
    return ended.code, ended.out, ended.err


def test_a_reader_that_leaves(bare_app: TimerApp) -> None:
    for words in ("status", "--help", "status --json", "--version", "config get", "start --help"):
        script = f'"$timer_app" {words} | head -c0; exit ${{PIPESTATUS[0]}}'
        code, _, err = _through_shell(bare_app, script)
        assert (code, err) == (0, ""), words


def test_the_exit_code_does_not_depend_on_the_reader(app: TimerApp) -> None:
    start = '"$timer_app" start --task T --wait 0'
    for redirected in (f"{start} | true; exit ${{PIPESTATUS[0]}}", f"{start} >&-",
                       f"{start} >/dev/full", f"{start} >&- 2>&- <&-",
                       f"{start} 2>/dev/full"):  # fmt: skip
        code, _, _ = _through_shell(app, redirected)
        assert code == 3, redirected
    assert len(app.log()) == 5


def test_an_answer_that_is_lost_is_no_success(bare_app: TimerApp) -> None:
    for words in ("status", "log --json", "config get"):
        code, _, err = _through_shell(bare_app, f'"$timer_app" {words} >/dev/full')
        assert code == 1
        assert "the disk is full" in err


def test_closed_streams_do_not_become_the_journal(bare_app: TimerApp) -> None:
    for redirected in (">&-", "2>&-", "<&- >&- 2>&-"):
        _through_shell(bare_app, f'"$timer_app" start --task Closed {redirected}')
        assert bare_app.status()["entry"]["task"] == "Closed"
        assert bare_app.journal.read_bytes().startswith(b"SQLite format 3\0")
    assert len(bare_app.log()) == 3


@pytest.mark.parametrize("variables", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}])
def test_any_locale(bare_app: TimerApp, variables: dict[str, str]) -> None:
    bare_app.environment.update(variables)
    started = bare_app.json("start", "--task", "Отчёт 議事録 🚀", "--comment", "Ω")
    assert started["entry"]["task"] == "Отчёт 議事録 🚀"
    bare_app.run("add", "--task", "Ж", "--from", "-2h", "--for", "1時間30分")


def test_any_folder(bare_app: TimerApp, tmp_path: Path) -> None:
    del tmp_path
    base = bare_app.home
    for name in (
        "with spaces",
        "Ünïcode папка 議",
        "100% #1 ?x=y&z",
        "-rf",
        "a" * 200 + "/" + "b" * 200,
    ):
        bare_app.home = base / name
        bare_app.environment["TIMER_APP_HOME"] = str(bare_app.home)
        bare_app.run("start", f"--task={name[:50]}")
        assert bare_app.status()["entry"]["task"] == name[:50]
        assert bare_app.run("config", "path").out == f"{bare_app.settings}\n"
        bare_app.run("config", "set", "ui.click", "open")
        found = {path.name for path in bare_app.home.iterdir()}
        assert {"journal.sqlite3", "settings.toml", "log", "run"} <= found
        assert all(owner_only(path) for path in [bare_app.home, *bare_app.home.rglob("*")])


def test_without_a_home_of_the_user(bare_app: TimerApp) -> None:
    for name in ("HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME",
                 "XDG_CACHE_HOME", "PATH", "LANG"):  # fmt: skip
        del bare_app.environment[name]
    bare_app.run("start", "--task", "T")
    assert bare_app.status()["entry"]["task"] == "T"


def test_without_timer_app_home_it_takes_the_platforms_folders(
    bare_app: TimerApp,
) -> None:
    environment = bare_app.environment
    del environment["TIMER_APP_HOME"]
    bare_app.run("start", "--task", "T")
    bare_app.run("config", "set", "ui.click", "open")
    assert bare_app.status()["entry"]["task"] == "T"
    home = bare_app.home.parent
    assert (home / "config" / "timer-app" / "settings.toml").is_file()
    assert (home / "data" / "timer-app" / "journal.sqlite3").is_file()
    assert (home / "state" / "timer-app" / "sender.lock").is_file()
    assert not (home / "run" / "timer-app").exists()
    made = [path for path in home.rglob("*") if "timer-app" in path.parts[len(home.parts) :]]
    assert all(owner_only(path) for path in made)
