"""Global hot keys as values: what they do, and combinations of keys as they are typed.

A combination is written `Ctrl+Alt+T`: modifiers first, then one key by the name on a US keyboard.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from timer_app.domain.errors import BadInput
from timer_app.domain.messages import (
    HotkeyActionMessageId,
    HotkeyBindingMessageId,
    HotkeyMessageId,
    HotkeyProblemMessageId,
)
from timer_app.domain.setup.typed_text import normalize_typed
from timer_app.domain.user_message import UserMessage


class HotKeyAction(Enum):
    """What a hot key does; the value is its key in the table [hotkeys] of the settings."""

    TOGGLE = "toggle"
    OPEN = "open"
    MANUAL = "manual"

    @property
    def label(self) -> UserMessage:
        """What it does, in a few words."""
        return UserMessage(_ACTION_LABELS[self])


_ACTION_LABELS = {
    HotKeyAction.TOGGLE: HotkeyActionMessageId.TOGGLE,
    HotKeyAction.OPEN: HotkeyActionMessageId.OPEN,
    HotKeyAction.MANUAL: HotkeyActionMessageId.MANUAL,
}


class Modifier(Enum):
    """A key that is held down; the value is its name, in the order they are written."""

    CTRL = "Ctrl"
    ALT = "Alt"
    SHIFT = "Shift"
    SUPER = "Super"
    """The Windows key, Meta on other keyboards, Command on a Mac."""


@dataclass(frozen=True, slots=True)
class KeyCombination:
    """Modifiers and one key, by its name in KEYS. `str` writes it as it is parsed."""

    modifiers: frozenset[Modifier]
    key: str

    def __str__(self) -> str:
        names = [each.value for each in Modifier if each in self.modifiers]
        return "+".join([*names, self.key])


_MODIFIERS = {
    "ctrl": Modifier.CTRL, "control": Modifier.CTRL,
    "alt": Modifier.ALT, "option": Modifier.ALT,
    "shift": Modifier.SHIFT,
    "super": Modifier.SUPER, "meta": Modifier.SUPER, "win": Modifier.SUPER,
    "cmd": Modifier.SUPER, "command": Modifier.SUPER,
}  # fmt: skip
_LETTERS_AND_DIGITS = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
_PUNCTUATION = {
    "Minus": "-", "Plus": "=", "BracketLeft": "[", "BracketRight": "]", "Backslash": "\\",
    "Semicolon": ";", "Apostrophe": "'", "Grave": "`", "Comma": ",", "Period": ".", "Slash": "/",
}  # fmt: skip
"""Keys by what they write on a US keyboard. The key of = is Plus, as zooming calls it."""
_EDITING = (
    "Space", "Tab", "Return", "Backspace", "Escape", "Insert", "Delete",
    "Home", "End", "PageUp", "PageDown", "Left", "Right", "Up", "Down",
)  # fmt: skip
_ALONE = (
    *(f"F{number}" for number in range(1, 36)), "Pause", "ScrollLock", "Print", "Menu",
    "MediaPlay", "MediaStop", "MediaPrevious", "MediaNext",
    "VolumeUp", "VolumeDown", "VolumeMute", "Calculator", "Mail", "HomePage",
)  # fmt: skip
"""Keys that write and move nothing: they may be a hot key without a modifier."""
KEYS = (*_LETTERS_AND_DIGITS, *_PUNCTUATION, *_EDITING, *_ALONE)
_ALIASES = {
    "+": "Plus", "equal": "Plus", "enter": "Return", "esc": "Escape", "del": "Delete",
    "ins": "Insert", "pgup": "PageUp", "pgdown": "PageDown", "pgdn": "PageDown",
    "break": "Pause", "printscreen": "Print", "quote": "Apostrophe", "backtick": "Grave",
    "dot": "Period", "playpause": "MediaPlay", "mediaplaypause": "MediaPlay",
}  # fmt: skip
_NAMES = (
    {name.casefold(): name for name in KEYS}
    | {written: name for name, written in _PUNCTUATION.items()}
    | _ALIASES
)

_ROWS = {2: "1234567890", 16: "QWERTYUIOP", 30: "ASDFGHJKL", 44: "ZXCVBNM"}
"""Rows of a US keyboard by the place of their first key (Linux's input-event-codes.h)."""
_US_KEY_CODES = {
    key: first + number for first, row in _ROWS.items() for number, key in enumerate(row)
}
_US_KEY_CODES |= {
    "Minus": 12, "Plus": 13, "BracketLeft": 26, "BracketRight": 27, "Semicolon": 39,
    "Apostrophe": 40, "Grave": 41, "Backslash": 43, "Comma": 51, "Period": 52, "Slash": 53,
}  # fmt: skip


def parse_combination(text: str) -> KeyCombination:
    """Read what was typed, in any case and with spaces. Raises BadInput that says what is wrong."""
    *before, last = _parts(text)
    modifiers: set[Modifier] = set()
    for name in before:
        modifier = _MODIFIERS.get(name.casefold())
        if modifier is None:
            raise BadInput(HotkeyMessageId.NO_MODIFIER, name)
        if modifier in modifiers:
            raise BadInput(HotkeyMessageId.TWICE, modifier.value)
        modifiers.add(modifier)
    key = _NAMES.get(last.casefold())
    if key is None and last.casefold() in _MODIFIERS:
        raise BadInput(HotkeyMessageId.NO_KEY_AFTER, last)
    if key is None:
        raise (
            BadInput(HotkeyMessageId.UNKNOWN_KEY, last)
            if last
            else BadInput(HotkeyMessageId.NO_KEY)
        )
    return make_combination(modifiers, key)


def make_combination(modifiers: Iterable[Modifier], key: str) -> KeyCombination:
    """Modifiers and a key of KEYS, if they can be a hot key. Raises BadInput if not."""
    held = frozenset(modifiers)
    if key not in _ALONE and not held - {Modifier.SHIFT}:
        pressed = str(KeyCombination(held, key))
        raise BadInput(HotkeyMessageId.ALONE, pressed)
    return KeyCombination(held, key)


def us_key_code(key: str) -> int | None:
    """Where a letter, digit or sign is on a US keyboard, as Linux numbers its keys.

    For a keyboard whose layout has no such key, such as a Russian one: the same place is meant.
    Other keys are in every layout, and have None here.
    """
    return _US_KEY_CODES.get(key)


def key_for_us_code(place: int) -> str | None:
    """The letter, digit or sign at that place of a US keyboard, None for another key."""
    return next((key for key, at in _US_KEY_CODES.items() if at == place), None)


def find_key(name: str) -> str | None:
    """The key of KEYS that goes by that name, or that writes it; None if there is none."""
    return _NAMES.get(name.casefold())


def _parts(text: str) -> list[str]:
    """The names between plus signs; a plus sign at the end may be the key itself."""
    bare = normalize_typed(text)
    if bare == "+" or bare.replace(" ", "").endswith("++"):
        head = bare[:-1].rstrip().removesuffix("+")
        return [*(part.strip() for part in head.split("+") if head), "+"]
    return [part.strip() for part in bare.split("+")]


class HotKeyProblem(Enum):
    """Why a hot key does not work on this desktop; the value is its message."""

    NO_SCREEN = HotkeyProblemMessageId.NO_SCREEN
    NO_BACK_END = HotkeyProblemMessageId.NO_BACK_END
    NO_PORTAL = HotkeyProblemMessageId.NO_PORTAL
    PORTAL_TOO_OLD = HotkeyProblemMessageId.PORTAL_TOO_OLD
    PORTAL_REFUSED = HotkeyProblemMessageId.PORTAL_REFUSED
    DECLINED = HotkeyProblemMessageId.DECLINED
    LOST = HotkeyProblemMessageId.LOST
    NO_SUCH_KEY = HotkeyProblemMessageId.NO_SUCH_KEY
    FAILED = HotkeyProblemMessageId.FAILED


@dataclass(frozen=True, slots=True)
class HotKeyBound:
    """The key works. `keys` are those that the desktop bound, in its words."""

    keys: str


@dataclass(frozen=True, slots=True)
class HotKeyTaken:
    """Another action of ours, or a program that the system does not name, has these keys."""

    keys: str
    owner: HotKeyAction | None = None


@dataclass(frozen=True, slots=True)
class HotKeyPending:
    """The desktop asks the person."""


@dataclass(frozen=True, slots=True)
class HotKeyUnavailable:
    """The key does not work; `detail` are the system's own words, if there are any."""

    problem: HotKeyProblem
    detail: str = ""


HotKeyBinding = HotKeyBound | HotKeyTaken | HotKeyPending | HotKeyUnavailable


def binding_message(binding: HotKeyBinding, requested: KeyCombination | None) -> UserMessage:
    """How a key is bound, as a sentence. `requested` is the combination of the settings."""
    match binding:
        case HotKeyBound(keys):
            if is_chosen_by_desktop(binding, requested):
                return UserMessage(HotkeyBindingMessageId.BOUND_BY_DESKTOP, keys)
            return UserMessage(HotkeyBindingMessageId.BOUND, keys)
        case HotKeyTaken(keys, owner):
            if owner is None:
                return UserMessage(HotkeyBindingMessageId.TAKEN, keys)
            return UserMessage(HotkeyBindingMessageId.TAKEN_BY_ACTION, keys, owner.label)
        case HotKeyPending():
            return UserMessage(HotkeyBindingMessageId.PENDING)
        case HotKeyUnavailable(problem, detail):
            return _problem_message(problem, detail)


def is_chosen_by_desktop(binding: HotKeyBinding, requested: KeyCombination | None) -> bool:
    """Whether the keys are those of the desktop's settings, not of the app's.

    The desktop names the keys in its own words, such as "Press Ctrl+Alt+U".
    """
    match binding:
        case HotKeyBound(keys):
            return str(requested).casefold() not in keys.casefold()
        case _:
            return binding == HotKeyUnavailable(HotKeyProblem.DECLINED)


def can_be_chosen(binding: HotKeyBinding) -> bool:
    """Whether other keys would help: a desktop that binds none for programs has none."""
    return not (isinstance(binding, HotKeyUnavailable) and binding.problem in _NO_KEYS_HERE)


_NO_KEYS_HERE = frozenset([
    HotKeyProblem.NO_SCREEN, HotKeyProblem.NO_BACK_END, HotKeyProblem.NO_PORTAL,
    HotKeyProblem.PORTAL_TOO_OLD,
])  # fmt: skip


def _problem_message(problem: HotKeyProblem, detail: str) -> UserMessage:
    message = UserMessage(problem.value)
    if not detail:
        return message
    return UserMessage(HotkeyBindingMessageId.WITH_DETAIL, message, detail)
