"""What no line of the app may do, read from its syntax: comments and tests' words do not count."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import timer_app

(ROOT,) = map(Path, timer_app.__path__)
FORBIDDEN_NAMES = {
    "CERT_NONE": "a certificate is never waved through",
    "CERT_OPTIONAL": "a certificate is never waved through",
    "_create_unverified_context": "a certificate is never waved through",
    "_create_stdlib_context": "a certificate is never waved through",
    "eval": "data is never code",
    "exec": "data is never code",
    "pickle": "data is never code",
    "marshal": "data is never code",
    "shelve": "data is never code",
    "getoutput": "no shell",
    "create_subprocess_shell": "no shell",
    "mktemp": "a name that another user may take first",
    "strerror": "what the system says is in its words: file_problem says it in ours",
}
QT_OWN = {"exec"}
"""QEventLoop.exec() and its like are Qt's, not Python's."""


OS_SHELLS = ("os.system", "os.popen")
KEYWORDS = {
    "verify": "a certificate is never waved through",
    "check_hostname": "a certificate is never waved through",
    "follow_redirects": "a redirect is never followed",
    "shell": "no shell",
    "trust_env": "the proxy is the one that is shown",
}
MAY_BE_ANYTHING_BUT_FALSE = {"verify", "check_hostname"}


def faults(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a module that do what must not be done, and what it is."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.keyword):
            yield from _keyword(node)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from _import(node)
        elif isinstance(node, ast.Assign):
            yield from _assigned(node)
        elif isinstance(node, ast.Name | ast.Attribute):
            yield from _named(node)


def _keyword(node: ast.keyword) -> Iterator[tuple[int, str]]:
    is_false = _is_false(node.value)
    if node.arg in KEYWORDS and is_false == (node.arg in MAY_BE_ANYTHING_BUT_FALSE):
        yield node.value.lineno, KEYWORDS[node.arg]


def _assigned(node: ast.Assign) -> Iterator[tuple[int, str]]:
    for target in node.targets:
        attribute = target.attr if isinstance(target, ast.Attribute) else ""
        if attribute == "check_hostname" and _is_false(node.value):
            yield node.lineno, "a certificate is never waved through"


def _named(node: ast.Name | ast.Attribute) -> Iterator[tuple[int, str]]:
    name = node.id if isinstance(node, ast.Name) else node.attr
    if name in FORBIDDEN_NAMES and (isinstance(node, ast.Name) or name not in QT_OWN):
        yield node.lineno, FORBIDDEN_NAMES[name]
    if ast.unparse(node) in OS_SHELLS:
        yield node.lineno, "no shell"


def _import(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[int, str]]:
    module = f"{node.module or ''}." if isinstance(node, ast.ImportFrom) else ""
    for each in node.names:
        yield from _imported(node.lineno, f"{module}{each.name}")


def _imported(line: int, name: str) -> Iterator[tuple[int, str]]:
    if name in OS_SHELLS:
        yield line, "no shell"
    elif name.partition(".")[0] in FORBIDDEN_NAMES:
        yield line, FORBIDDEN_NAMES[name.partition(".")[0]]


def _is_false(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is False


@pytest.mark.parametrize(
    "path", sorted(ROOT.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT))
)
def test_no_line_does_it(path: Path) -> None:
    assert list(faults(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "line",
    [
        "httpx.AsyncClient(verify=False)",
        "AsyncClient(follow_redirects=True)",
        "AsyncClient(follow_redirects=wanted)",
        "AsyncClient(trust_env=True)",
        "context.verify_mode = ssl.CERT_NONE",
        "context.check_hostname = False",
        "ssl._create_unverified_context()",
        "subprocess.run('ls', shell=True)",
        "os.system('ls')",
        "eval(text)",
        "import pickle",
        "from marshal import loads",
        "from os import system",
    ],
)
def test_the_rule_sees_it(line: str) -> None:
    assert list(faults(line))
