"""No two files of the app import each other, be it through others, in a function or for types.

A circle has no first file to read. import-linter holds the direction between folders; this holds it
between files.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "timer_app"


def modules_of(root: Path, package: str) -> dict[str, Path]:
    """The files of a package by the names of their modules."""
    found = {}
    for path in sorted((root / package).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported_names(tree: ast.AST, importer: str, *, is_package: bool) -> set[str]:
    """Every name that is imported anywhere in a file; `from a import b` may mean a or a.b."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                here = importer.split(".")
                up = here[: len(here) - node.level + is_package]
                base = ".".join([*up, base] if base else up)
            found.update(f"{base}.{alias.name}" for alias in node.names)
    return found


def module_of(name: str, modules: Mapping[str, Path]) -> str | None:
    """The module that an imported name is, or stands in."""
    while name and name not in modules:
        name = name.rpartition(".")[0]
    return name or None


def imports(root: Path, package: str) -> dict[str, set[str]]:
    """Each module with those of the package that it imports."""
    modules = modules_of(root, package)
    graph = {}
    for importer, path in modules.items():
        names = imported_names(
            ast.parse(path.read_text("utf-8")), importer, is_package=path.name == "__init__.py"
        )
        found = {module for name in names if (module := module_of(name, modules))}
        graph[importer] = found - {importer}
    return graph


def a_circle(graph: Mapping[str, set[str]]) -> list[str]:
    """The modules of one circle in their order, or none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []


def test_no_file_of_the_app_imports_itself_through_others() -> None:
    graph = imports(ROOT, PACKAGE)
    assert len(graph) > 200, "the files were not found"
    circle = a_circle(graph)
    assert not circle, "a circle of imports: " + " -> ".join(circle)


@pytest.mark.parametrize(
    "way_back",
    [
        "import timer_app.first",
        "from timer_app import first",
        "from timer_app.first import something",
        "from . import first",
        "from .first import something",
        "def later():\n    from timer_app.first import something\n",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from timer_app.first import it",
    ],
)
def test_a_circle_is_found_however_it_is_written(tmp_path: Path, way_back: str) -> None:
    folder = tmp_path / PACKAGE
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "first.py").write_text("from timer_app.second import anything\n")
    (folder / "second.py").write_text("import timer_app.third\n")
    (folder / "third.py").write_text(way_back)
    circle = a_circle(imports(tmp_path, PACKAGE))
    assert set(circle) == {f"{PACKAGE}.{name}" for name in ("first", "second", "third")}
    (folder / "third.py").write_text("import json\n")
    assert a_circle(imports(tmp_path, PACKAGE)) == []
