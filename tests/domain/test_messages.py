"""The catalogue of messages: every member has a text of its own, a use, and fitting values."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from timer_app.domain import messages
from timer_app.domain.errors import BadInput
from timer_app.domain.messages import ConnectionProblemKind, EntryMessageId, TaskMessageId
from timer_app.domain.user_message import MessageId, UserMessage, fill

APP = Path(messages.__file__).parent.parent
CLASSES = MessageId.__subclasses__()
MEMBERS = [member for each in CLASSES for member in each]


def test_no_text_is_there_twice_in_a_class() -> None:
    aliases = [each for kind in CLASSES for each, member in kind.__members__.items()
               if member.name != each]  # fmt: skip
    assert aliases == []


def test_every_member_is_used() -> None:
    code = "\n".join(path.read_text("utf-8") for path in APP.rglob("*.py"))
    used = set(re.findall(r"(?=\b(\w+\.\w+)\b)", code))
    named = set(re.findall(r'"([A-Z0-9_]+)"', code))  # settings_schema names them by themselves
    assert [str(each) for each in MEMBERS if str(each) not in used and each.name not in named] == []


def _places(text: str) -> set[int]:
    return {int(place) for place in re.findall(r"%([1-9])(?!\d)", text)}


@pytest.mark.parametrize(
    "member", [each for each in MEMBERS if not isinstance(each, ConnectionProblemKind)], ids=str
)
def test_places_are_numbered_without_a_gap(member: MessageId) -> None:
    places = _places(f"{member.value} {member.hint}")
    assert places == set(range(1, len(places) + 1))


def test_a_call_gives_a_value_for_each_place() -> None:
    by_name = {str(each): each for each in MEMBERS}
    wrong = []
    for path in APP.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(call, ast.Call) or not call.args:
                continue
            member = by_name.get(ast.unparse(call.args[0]))
            if (
                member is None
                or isinstance(member, ConnectionProblemKind)
                or any(isinstance(each, ast.Starred) for each in call.args)
            ):
                continue
            if len(_places(f"{member.value} {member.hint}")) != len(call.args) - 1:
                wrong.append(f"{path.name}:{call.lineno}: {member}")
    assert wrong == []


def test_values_are_put_in_once() -> None:
    assert fill("%2 of %1: 100 %, %26", "%2", "b") == "b of %2: 100 %, %26"
    assert fill("An & is %26", "a") == "An & is %26"


def test_what_nobody_sees_in_a_value_is_shown() -> None:
    refused = BadInput(TaskMessageId.NOT_A_CARD, "12\u200b3\n\u202e")
    assert "“12\\u200b3\\n\\u202e”" in str(refused)
    japanese = BadInput(TaskMessageId.NOT_A_CARD, "仕事\u3000か")
    assert "“仕事\u3000か”" in str(japanese)


def test_a_hint_is_for_the_command_line() -> None:
    message = UserMessage(EntryMessageId.NONE_SUCH, "7f")
    assert str(message) == "There is no such entry. ID: 7f. `timer-app log` shows the ids."


def test_messages_are_values() -> None:
    one, same = (UserMessage(EntryMessageId.NONE_SUCH, 7) for _ in range(2))
    assert one == same
    assert hash(one) == hash(same)
    assert one != UserMessage(EntryMessageId.NONE_SUCH, 8)


FOR_DEVELOPERS = {
    "TypeError", "ValueError", "NotImplementedError", "AssertionError", "OSError",
    "DamagedRow", "RuntimeError",
}  # fmt: skip
"""Errors for us alone; `ValueError` of a parser is caught where it has a place and a message."""
DETAILS = {
    "UsageError": "a command line that cannot be read: for the terminal alone",
    "BadFormat": "the text of `status --format`: for the terminal alone",
    "DisplayUnavailable": "no window can be shown: for the terminal alone",
    "InvalidRequest": "to a program that speaks to the socket",
    "UnreadableResponse": "what is wrong with a service's answer: for the log",
    "ReleaseFeedError": "what is wrong with the feed: for doctor and the log",
    "IdleTimeUnavailable": "why a sensor does not work: for doctor and the log",
    "WaylandError": "why a window cannot be asked for: for the log",
    "XSyncError": "why a sensor does not work: for doctor and the log",
}
"""Errors whose sentence no window shows, and who reads it."""
FLOORS = [each for each in sorted(APP.iterdir()) if each.name not in ("sandbox", "__pycache__")]


@pytest.mark.parametrize("floor", FLOORS, ids=lambda floor: floor.name)
def test_no_error_for_people_is_a_plain_sentence(floor: Path) -> None:
    found = []
    for path in [floor] if floor.is_file() else floor.rglob("*.py"):
        if path.suffix != ".py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Raise) or not isinstance(node.exc, ast.Call):
                continue
            plain = any(isinstance(each, ast.JoinedStr) or _is_sentence(each)
                        for each in node.exc.args[:1])  # fmt: skip
            name = ast.unparse(node.exc.func).rpartition(".")[2]
            if plain and name not in FOR_DEVELOPERS | DETAILS.keys():
                found.append(f"{path.name}:{node.lineno}: {ast.unparse(node.exc)}")
    assert found == []


def _is_sentence(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and " " in str(node.value)


def test_a_refusal_quotes_no_more_than_somebody_reads() -> None:
    refused = BadInput(EntryMessageId.NONE_SUCH, "9" * 5_000)
    assert len(str(refused)) < 700
    assert "999…" in str(refused)
    assert "\\u202e" in str(BadInput(EntryMessageId.NONE_SUCH, "\u202e" + "x" * 9_000))
