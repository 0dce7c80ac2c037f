"""Rules on the command line: what settings.toml says, and what doctor finds of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from timer_app.sandbox.world import DESIGNER, SECOND_SPACE_ID, SPACE_ID

if TYPE_CHECKING:
    from tests.cli.support import Services, TimerApp

FINE = f"""
[[rules]]  # the site
space = {SECOND_SPACE_ID}
board = 7002
category_id = 36544
role_id = {DESIGNER}

[[rules]]
board = 7001
team_id = 11609
"""


def _add(app: TimerApp, text: str) -> None:
    known = app.settings.read_text() if app.settings.exists() else ""
    app.configure(known + text)


def _found(app: TimerApp, code: int) -> list[dict[str, str]]:
    return [row for row in app.json("doctor", code=code) if row["part"] == "rules"]


def test_rules_that_are_fine(app: TimerApp, services: Services) -> None:
    del services
    assert _found(app, 0) == []
    _add(app, FINE)
    [row] = _found(app, 0)
    assert (row["verdict"], row["detail"]) == ("ok", "2, and all that they name is there.")


def test_what_is_gone_is_named_with_its_line(app: TimerApp, services: Services) -> None:
    del services
    first = len(app.settings.read_text().splitlines()) + 1
    _add(
        app,
        f"""[[rules]]
board = 9999
role_id = 55
[[rules]]
space = 8888
category_id = 36999
[[rules]]
space = {SPACE_ID}
board = 7002
team_id = 5
[[rules]]
space = {SPACE_ID}
board = 7001
category_id = 36543
[[rules]]
space = 8888
board = 7001
""",
    )
    details = [(row["verdict"], row["detail"]) for row in _found(app, 4)]
    gone = "is gone, archived, or not shared with you"
    rule = "The rule in line {}: {}."
    never = f"The rule in line {first + 14} never counts: that in line {first + 3} fits before."
    assert details == [
        ("problem", rule.format(first, f"board 9999 {gone}; role 55 is gone")),
        ("problem", rule.format(first + 3, f"space 8888 {gone}; category 36999 is gone from"
                                " team 11609")),
        ("problem", rule.format(first + 6, f"board 7002 of space {SPACE_ID} {gone}; you are not"
                                " a member of team 5")),
        ("problem", rule.format(first + 14, f"space 8888 {gone}")),
        ("note", never),
    ]  # fmt: skip


def test_a_service_that_cannot_be_asked_is_said(app: TimerApp, services: Services) -> None:
    _add(app, FINE)
    services.down("kaiten")
    rows = _found(app, 4)
    assert [row["verdict"] for row in rows] == ["note"]
    assert "Kaiten's spaces" in rows[0]["detail"]


def test_a_report_tells_only_how_many_there_are(app: TimerApp, services: Services) -> None:
    del services
    _add(app, FINE)
    report = app.home / "report.txt"
    app.run("doctor", "--bundle", str(report))
    assert "rules: 2\n" in report.read_text()
    assert "7002" not in report.read_text()


def test_config_shows_rules_and_does_not_set_them(bare_app: TimerApp) -> None:
    assert bare_app.json("config", "get", "rules") == []
    _add(bare_app, FINE)
    assert bare_app.json("config", "get", "rules")[1] == {"board": 7001, "team_id": 11609}
    assert bare_app.json("config", "get")["rules"] == bare_app.json("config", "get", "rules")
    shown = bare_app.run("config", "get", "rules").out
    assert shown.endswith("{ board = 7001, team_id = 11609 }]\n")
    before = bare_app.settings.read_bytes()
    refused = bare_app.run("config", "set", "rules", "[]", code=1)
    assert "Rules are not set one by one." in refused.err
    assert str(bare_app.settings) in refused.err
    bare_app.run("config", "set", "time.rounding", "up")
    kept = bare_app.settings.read_bytes()
    assert before.strip() in kept or FINE.strip().encode() in kept


@pytest.mark.parametrize("words", [("start", "--task", "T"), ("config", "set", "ui.click", "open")])
def test_a_bad_rule_changes_nothing(bare_app: TimerApp, words: tuple[str, ...]) -> None:
    _add(bare_app, "\n[[rules]]\nboard = 'five'\n")
    before = bare_app.settings.read_bytes()
    refused = bare_app.run(*words, code=None)
    assert refused.code
    assert "rules.board" in refused.err
    assert bare_app.settings.read_bytes() == before


def test_a_team_and_a_category_without_a_running_app(app: TimerApp, services: Services) -> None:
    app.run("start", "--task", "A", "--team", "x", code=2)
    app.run("add", "--task", "A", "--from", "-9m", "--for", "5m", "--team", "5", code=1)
    app.run("start", "--task", "A", "--category", "Nowhere", code=1)
    assert app.log() == []
    app.run("start", "--task", "A", "--category", "timer app", "--team", "11609")
    task = services.task(services.entries()[0])
    assert (task.team_id, task.parent_id) == (11609, 36544)
