"""What a report shows of the log: the program's own words, and no one else's."""

from __future__ import annotations

import ast
import re
import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.environment import ROOT
from timer_app.cli.doctor.redaction import HIDDEN, redact_log, redact_sentence

# Templates that put something before the first colon which is neither a number nor `name=value`.
HARMLESS = {
    "%s %s %s -> %s in %.0f ms",  # service, method, path (hidden: no plain word), kind of answer
    "mended %s: its program was gone",  # a whole path, hidden for the same reason
    "%s bus=%s",  # session or system
    "the %s bus broke: %s",  # the same
    "the %s bus cannot be reached: %s",  # the same
    "%s cannot be made: %s",  # a whole path, hidden
    "%s: %s",  # which watch of absence, a name of ours
    "no catalogue %s in %s: texts stay English",  # names of our files
    "not connected to %s: %r",  # a host or a proxy, hidden: no plain word
    "command=%s from the command line",  # the word of a program of ours; a sentence would be hidden
}
_OF_THE_PROGRAM = re.compile(r"\w+=%[sd]|%d")


def _templates() -> Iterator[str]:
    for path in (ROOT / "timer_app").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="_log")),
                    args=[ast.Constant(value=str(text)), *_],
                ):
                    yield text
                case _:
                    continue


def test_the_log_says_nothing_of_the_users_before_a_colon() -> None:
    templates = set(_templates())
    assert len(templates) > 30
    careless = {
        text
        for text in templates - HARMLESS
        if "%" in _OF_THE_PROGRAM.sub("", text.partition(": ")[0])
    }
    assert careless == set()


ENTRY = "0b1c3a4d-1111-4222-8333-abcdefabcdef"
HEAD = "2026-11-25 09:00:00,000 INFO 7 timer_app.services.delivery.sender"


def _shown(*lines: str) -> list[str]:
    return list(redact_log(lines))


def test_our_own_lines_are_shown() -> None:
    for line in (
        f"{HEAD} delivery=4 entry={ENTRY} service=kaiten kind=log outcome=OutcomeUnknown",
        f"{HEAD} delivery=4 matching: Found",
        f"{HEAD} started tray=True wakes=False",
        f"{HEAD} kaiten GET {HIDDEN} -> Refused 404 in 12 ms",
    ):
        assert _shown(line) == [line]


def test_what_follows_a_colon_is_not_ours() -> None:
    assert _shown(f"{HEAD} shown to the user: Acme") == [f"{HEAD} shown to the user: {HIDDEN}"]
    assert _shown(f"{HEAD} shown to the user: the card is gone") == [
        f"{HEAD} shown to the user: {HIDDEN}"
    ]
    assert _shown(f"{HEAD} mended /home/ann/x.desktop: its program was gone") == [
        f"{HEAD} mended {HIDDEN}: {HIDDEN}"
    ]


def test_other_peoples_lines_are_counted() -> None:
    other = "2026-11-25 09:00:00,000 INFO 7 aiohttp.access GET /x"
    assert _shown(other, "a title", "of two lines", f"{HEAD} quitting") == [
        f"2026-11-25 09:00:00,000 INFO 7 aiohttp.access {HIDDEN}",
        f"    {HIDDEN} 2 lines left out",
        f"{HEAD} quitting",
    ]


def test_of_a_traceback_the_places_of_code_are_shown() -> None:
    frame = '  File "/home/ann/{}", line 3, in run'
    assert _shown(
        frame.format("x/timer_app/services/delivery/sender.py"),
        frame.format("lib/python3.11/asyncio/tasks.py"),
    ) == [
        "    timer_app/services/delivery/sender.py:3 run",
        "    python3.11/asyncio/tasks.py:3 run",
    ]
    assert _shown(frame.format("acme/secret.py")) == [f"    {HIDDEN} 1 lines left out"]
    assert _shown("OSError: /home/ann is full") == ["    OSError"]


def test_sentences_lose_what_is_quoted_addresses_and_paths() -> None:
    assert (
        redact_sentence("Choose “Secret”, or 'this' (or that) now.")
        == f"Choose {HIDDEN} or {HIDDEN} {HIDDEN} now."
    )
    assert (
        redact_sentence("See https://acme.example/x and /home/ann/y.")
        == f"See {HIDDEN} and {HIDDEN}"
    )


@given(st.text(), st.sampled_from(["shown to the user: {}", "told: {}", "x /a/{}: y", "a={}"]))
def test_no_text_gets_through_where_a_text_may_stand(text: str, form: str) -> None:
    secret = f"Q9zx{text}"
    shown = "\n".join(_shown(*f"{HEAD} {form.format(secret)}".splitlines()))
    assert "Q9zx" not in shown


@given(st.text())
def test_lines_of_nobody_are_never_shown(text: str) -> None:
    assert all(HIDDEN in line for line in _shown(f"Q9zx {text}"))


@pytest.mark.parametrize(
    "line",
    [
        'File "' + "/timer_app/a" * 20_000,
        'File "' + "/timer_app/a" * 20_000 + '", line 1, in a',
        "(" * 200_000,
        "“" * 200_000 + "'" * 3,
        " " * 200_000,
        'File "' * 30_000,
    ],
    ids=["frame", "whole frame", "brackets", "quotes", "blanks", "begins"],
)
def test_the_longest_line_takes_no_longer_than_its_length(line: str) -> None:
    """It takes 0.2 s; with a pattern that tries each beginning anew it takes minutes."""
    began = time.process_time()
    _shown(line)
    redact_sentence(line)
    assert time.process_time() - began < 5
