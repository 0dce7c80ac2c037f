"""Text that a menu shows letter by letter, whoever draws the menu."""

from __future__ import annotations

import re

_ONE_LINE = str.maketrans("\t\n\r\x0b\x0c\x85\u2028\u2029", " " * 8)
"""Behind a tab Qt draws an access key, and a line break ends what many hosts draw."""


def native_menu_text(text: str) -> str:
    """For a menu that Qt or the system draws, where `&` marks an access key and `&&` is one `&`."""
    return text.translate(_ONE_LINE).replace("&", "&&")


def without_mnemonic(text: str) -> str:
    """The text as it is drawn where no letter is underlined, without a letter in brackets."""
    return re.sub(r"\(&\w\)", "", text).replace("&&", "\0").replace("&", "").replace("\0", "&")


def dbus_menu_text(text: str) -> str:
    """For a menu that the tray's host draws (com.canonical.dbusmenu).

    There `_` marks an access key, `__` is one `_`, and `&` is nothing special. Qt writes its first
    `&` as `_` on the way, so that one is doubled: `R&&D` becomes `R_&D`, which is drawn as R&D.
    """
    return text.translate(_ONE_LINE).replace("_", "__").replace("&", "&&", 1)
