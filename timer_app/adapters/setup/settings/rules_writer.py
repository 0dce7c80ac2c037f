"""Changing the rules of settings.toml: each keeps its comments, whichever place it gets."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import tomlkit

from timer_app.adapters.setup.settings.reader import (
    Rules,
    Settings,
    SettingsError,
    line_of_rule,
    parse,
    read_text,
)
from timer_app.adapters.setup.settings.writer import keep_line_ends, replace_settings
from timer_app.domain.messages import SettingMessageId
from timer_app.domain.setup.edited_rule import EditedRule
from timer_app.domain.setup.settings_schema import RULE_KEYS, RULES

_HEADER = re.compile(r"\s*\[")
_RULE_HEADER = re.compile(r"""\s*\[\[\s*(rules|"rules"|'rules')\s*\]\]""")
_COMMENT = re.compile(r"\s*#")


def write_rules(path: str, seen: Rules, wanted: Sequence[EditedRule]) -> Settings:
    """Have these rules in this order; `seen` are those that the person saw.

    Raises SettingsError, and then the file is as it was: also where the rules were changed since
    they were seen.
    """
    before = parse(read_text(path), path)
    if before.rules != tuple(dict(each) for each in seen):
        raise SettingsError(SettingMessageId.RULES_CHANGED, path)
    segments = _segments(before.text.replace("\r\n", "\n"))
    places = [number for number, each in enumerate(segments) if _is_rule(each)]
    if len(places) != len(before.rules):
        line = str(line_of_rule(before.text, 0, None))
        raise SettingsError(SettingMessageId.RULES_INLINE, path, line)
    written = [_written(each, segments, places) for each in wanted]
    text = keep_line_ends(before.text, "".join(_placed(segments, places, written)))
    after = parse(text, path)
    if after.rules != tuple(dict(each.rule) for each in wanted) or _others(after) != _others(
        before
    ):
        raise SettingsError(SettingMessageId.CHANGES_OTHERS, path, RULES)
    if text != before.text:
        replace_settings(path, text)
    return after


def _others(settings: Settings) -> Mapping[str, object]:
    return {key: value for key, value in settings.all().items() if key != RULES}


def _segments(text: str) -> list[str]:
    """The text cut before each header, and the comments that stand right above it."""
    lines = text.splitlines(keepends=True)
    cuts = [0]
    for number, line in enumerate(lines):
        if _HEADER.match(line):
            begin = number
            while begin > cuts[-1] and _COMMENT.match(lines[begin - 1]):
                begin -= 1
            cuts.append(begin)
    cuts.append(len(lines))
    return ["".join(lines[begin:end]) for begin, end in pairwise(cuts)]


def _is_rule(segment: str) -> bool:
    return any(_RULE_HEADER.match(line) for line in segment.splitlines())


def _written(edited: EditedRule, segments: Sequence[str], places: Sequence[int]) -> str:
    """The rule's text: that of its place in the file, as far as nothing changed."""
    if edited.origin is None:
        ordered = [f"{key} = {edited.rule[key]}\n" for key in RULE_KEYS if key in edited.rule]
        return f"[[{RULES}]]\n{''.join(ordered)}"
    text = segments[places[edited.origin]]
    lines = text.splitlines(keepends=True)
    end = len(lines)
    while end and (not lines[end - 1].strip() or _COMMENT.match(lines[end - 1])):
        end -= 1
    body = "".join(lines[:end])
    document = tomlkit.parse(body if body.endswith("\n") else f"{body}\n")
    table = document[RULES][0]
    for key in RULE_KEYS:
        if key not in edited.rule:
            table.pop(key, None)
        elif table.get(key) != edited.rule[key]:
            table[key] = edited.rule[key]
    return tomlkit.dumps(document) + "".join(lines[end:])


def _placed(segments: Sequence[str], places: Sequence[int], written: Sequence[str]) -> list[str]:
    """All segments, the rules in their new order where rules were; more of them follow the last."""
    placed: list[str] = []
    waiting = list(written)
    last = places[-1] if places else len(segments) - 1
    for number, segment in enumerate(segments):
        if number not in places:
            placed.append(segment)
        elif waiting:
            placed.append(_apart(waiting.pop(0), placed))
        if number == last:
            while waiting:
                placed.append(_apart(waiting.pop(0), placed))
    return placed


def _apart(rule: str, before: Sequence[str]) -> str:
    """The rule with a blank line before it, where other text ends right there."""
    text = "".join(before)
    if not text or text.endswith("\n\n"):
        return rule
    return f"\n{rule}" if text.endswith("\n") else f"\n\n{rule}"
