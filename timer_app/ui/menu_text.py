"""Text that a menu shows letter by letter, whoever draws the menu."""

from __future__ import annotations


def native_menu_text(text: str) -> str:
    """For a menu that Qt or the system draws, where `&` marks an access key and `&&` is one `&`."""
    return text.replace("&", "&&")


def dbus_menu_text(text: str) -> str:
    """For a menu that the tray's host draws (com.canonical.dbusmenu).

    There `_` marks an access key, `__` is one `_`, and `&` is nothing special. Qt writes its first
    `&` as `_` on the way, so that one is doubled: `R&&D` becomes `R_&D`, which is drawn as R&D.
    """
    return text.replace("_", "__").replace("&", "&&", 1)
