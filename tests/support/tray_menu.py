"""A tray menu as com.canonical.dbusmenu tells it, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

# A menu entry as D-Bus tells it: id, properties, children.
_Node: TypeAlias = tuple[int, dict[str, Any], list["_Node"]]


@dataclass(frozen=True)
class Menu:
    """A menu entry with what is below it; the whole menu is the root entry, without a label."""

    id: int
    label: str
    enabled: bool
    visible: bool
    separator: bool
    checked: bool | None  # None: it cannot be checked
    radio: bool
    children: tuple[Menu, ...]

    def __str__(self) -> str:
        return "\n".join(self.drawing(""))

    def drawing(self, margin: str) -> Iterator[str]:
        """Its lines, each after `margin`."""
        mark = {None: "", True: "[x] ", False: "[ ] "}[self.checked]
        state = "" if self.enabled else " (disabled)"
        yield margin + ("---" if self.separator else f"{mark}{self.label or 'menu'}{state}")
        for entry in self.children:
            yield from entry.drawing(f"{margin}  ")

    @property
    def labels(self) -> list[str]:
        """The labels to be seen at this level, separators left out."""
        return [entry.label for entry in self.children if entry.visible and not entry.separator]

    def find(self, *labels: str) -> Menu:
        """The entry under these labels, one a level; each exact, or the start with `…` after."""
        entry = self
        for label in labels:
            entry = entry._child(label)
        return entry

    def _child(self, label: str) -> Menu:
        shown = [entry for entry in self.children if entry.visible and not entry.separator]
        found = [entry for entry in shown if entry.label in (label, f"{label}…")]
        if len(found) != 1:
            raise AssertionError(f"{len(found)} entries {label!r} in the menu:\n{self}")
        return found[0]


def read_menu(node: _Node) -> Menu:
    """GetLayout's answer (id, properties, children), with its variants unpacked, as a Menu."""
    number, facts, children = node
    kind = facts.get("toggle-type", "")
    return Menu(
        id=number,
        label=_without_mnemonic(facts.get("label", "")),
        enabled=facts.get("enabled", True),
        visible=facts.get("visible", True),
        separator=facts.get("type") == "separator",
        checked=facts.get("toggle-state") == 1 if kind else None,
        radio=kind == "radio",
        children=tuple(read_menu(child) for child in children),
    )


def _without_mnemonic(label: str) -> str:
    """`_Quit` is shown as Quit, and `snake__case` as snake_case."""
    return "_".join(part.replace("_", "") for part in label.split("__"))
