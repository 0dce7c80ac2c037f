"""Our names of keys as X11 and xkbcommon call them (xkbcommon-keysyms.h, without XKB_KEY_)."""

from __future__ import annotations

from timer_app.domain.hotkeys import KEYS

_OTHER_NAMES = {
    "Minus": "minus", "Plus": "plus", "BracketLeft": "bracketleft",
    "BracketRight": "bracketright", "Backslash": "backslash", "Semicolon": "semicolon",
    "Apostrophe": "apostrophe", "Grave": "grave", "Comma": "comma", "Period": "period",
    "Slash": "slash", "Space": "space", "Backspace": "BackSpace", "PageUp": "Page_Up",
    "PageDown": "Page_Down", "ScrollLock": "Scroll_Lock", "MediaPlay": "XF86AudioPlay",
    "MediaStop": "XF86AudioStop", "MediaPrevious": "XF86AudioPrev", "MediaNext": "XF86AudioNext",
    "VolumeUp": "XF86AudioRaiseVolume", "VolumeDown": "XF86AudioLowerVolume",
    "VolumeMute": "XF86AudioMute", "Calculator": "XF86Calculator", "Mail": "XF86Mail",
    "HomePage": "XF86HomePage",
}  # fmt: skip


def _keysym(key: str) -> str:
    return key.lower() if len(key) == 1 else _OTHER_NAMES.get(key, key)


KEYSYMS = {key: _keysym(key) for key in KEYS}
"""The keysym's name of each key."""
