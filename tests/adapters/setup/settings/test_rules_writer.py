"""Rules that are written back: comments, order and everything else stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from timer_app.adapters.setup.settings.reader import SettingsError, load
from timer_app.adapters.setup.settings.rules_writer import write_rules
from timer_app.domain.setup.edited_rule import EditedRule

TEXT = """# mine
[ui]
click = "open"  # as I like it

# clients
# (ask Olga)
[[rules]]
space = 12  # Acme
board = 5

# the rest
[[rules]]
board = 6 # six
role_id = -1

# where time is cut
[time]
day_start = "04:30"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text(TEXT)
    return path


def _write(path: Path, *wanted: EditedRule) -> str:
    write_rules(str(path), load(str(path)).rules, wanted)
    return path.read_text()


FIRST, SECOND = EditedRule({"space": 12, "board": 5}, 0), EditedRule({"board": 6, "role_id": -1}, 1)


def test_nothing_changes_nothing(path: Path) -> None:
    assert _write(path, FIRST, SECOND) == TEXT


def test_a_value_changes_alone(path: Path) -> None:
    changed = EditedRule({"space": 13, "board": 5, "team_id": 7}, 0)
    wanted = TEXT.replace("space = 12  #", "space = 13  #").replace(
        "board = 5\n", "board = 5\nteam_id = 7\n"
    )
    assert _write(path, changed, SECOND) == wanted


def test_rules_take_their_comments_along(path: Path) -> None:
    text = _write(path, SECOND, FIRST)
    first, second = text.split("# clients")
    assert first.endswith("# the rest\n[[rules]]\nboard = 6 # six\nrole_id = -1\n\n")
    assert second.startswith("\n# (ask Olga)\n[[rules]]\nspace = 12  # Acme\nboard = 5\n")
    assert load(str(path)).rules == ({"board": 6, "role_id": -1}, {"space": 12, "board": 5})


def test_a_removed_rule_takes_its_own_comments_alone(path: Path) -> None:
    assert _write(path, SECOND) == TEXT.replace(
        "# clients\n# (ask Olga)\n[[rules]]\nspace = 12  # Acme\nboard = 5\n\n", ""
    )
    _write(path)
    assert load(str(path)).rules == ()
    assert "# where time is cut\n[time]" in path.read_text()


def test_a_new_rule_follows_the_last(path: Path) -> None:
    text = _write(path, FIRST, SECOND, EditedRule({"category_id": 4, "space": 9}))
    assert "role_id = -1\n\n[[rules]]\nspace = 9\ncategory_id = 4\n" in text
    assert load(str(path))["time.day_start"] == "04:30"


@pytest.mark.parametrize("text", ["", '[ui]\nclick = "open"', "# only this\n"])
def test_the_first_rule_of_a_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text)
    assert _write(path, EditedRule({"board": 1})).startswith(text)
    assert load(str(path)).rules == ({"board": 1},)


def test_line_ends_and_a_missing_file_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode())
    write_rules(str(path), load(str(path)).rules, (FIRST, SECOND, EditedRule({"space": 3})))
    assert path.read_bytes().count(b"\r\n") == path.read_bytes().count(b"\n")
    other = tmp_path / "new" / "settings.toml"
    write_rules(str(other), (), (EditedRule({"space": 3}),))
    assert load(str(other)).rules == ({"space": 3},)


@pytest.mark.parametrize(
    ("text", "seen", "wanted", "said"),
    [
        (TEXT, (), (FIRST,), "were changed meanwhile"),
        ("rules = [{ board = 1 }]\n", ({"board": 1},), (), "under a line [[rules]]"),
        (TEXT, None, (FIRST, EditedRule({"role_id": 3})), "needs a space or a board"),
        (TEXT, None, (FIRST, EditedRule({"space": 12, "board": 5})), "is in line"),
        (TEXT, None, (EditedRule({"space": 0}),), "Write a whole number"),
    ],
)
def test_what_cannot_be_is_refused_and_the_file_stays(
    tmp_path: Path,
    text: str,
    seen: tuple[dict[str, int], ...] | None,
    wanted: tuple[EditedRule, ...],
    said: str,
) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text)
    known = load(str(path)).rules if seen is None else seen
    with pytest.raises(SettingsError, match=said.replace("[", r"\[")):
        write_rules(str(path), known, wanted)
    assert path.read_text() == text
