"""What a person typed or pasted, brought to one form before it is read.

Input methods and web pages add what nobody sees or means: full-width letters and digits, dashes of
every length, characters without a width. Used for what has a grammar (times, numbers, keys,
addresses), never for titles and comments, whose characters are their author's.
"""

from __future__ import annotations

import re
import unicodedata

_FOLDED = ("<wide>", "<narrow>", "<small>", "<noBreak>", "<compat>", "<square>", "<font>")
"""Decompositions that keep the meaning. A superscript or a circled digit is another thing."""
_FRACTIONS = {"¼": ".25", "½": ".5", "¾": ".75"}
_COLONS = dict.fromkeys(map(ord, "∶꞉։׃˸"), ":")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_LONG_VOWEL = re.compile("(?<![ァ-ヺ])ー")
"""The Japanese long vowel sign is what the key of the minus types, unless it follows katakana."""
_TILDES = dict.fromkeys(map(ord, "〜～∼"), "~")
_SIGNS = _DASHES | _TILDES | _COLONS
_NOT_VARIANTS = re.compile("[^\uf900-\ufaff\U0002f800-\U0002fa1f]+")
"""Runs without CJK compatibility ideographs, which NFC would replace."""
_BLANKS = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\u034f\U0001d159")
"""Characters that are letters or marks by their category, and draw nothing."""


def normalize_typed(text: str) -> str:
    """The text with usual letters, digits, dashes and single spaces, without what is invisible."""
    folded = "".join(map(_fold, text)).translate(_SIGNS)
    folded = _LONG_VOWEL.sub("-", compose(folded))
    return " ".join("".join(each for each in folded if not _is_format(each)).split())


def strip_invisible(text: str) -> str:
    """The text without characters that draw nothing at its ends, and without format characters.

    For secrets and addresses, in which no such character is ever meant.
    """
    return "".join(each for each in text if not _is_format(each)).strip()


def compose(text: str) -> str:
    """The text with accented letters as one character each (NFC).

    Variants of a kanji that have their own characters stay: names are written with them.
    """
    return _NOT_VARIANTS.sub(lambda run: unicodedata.normalize("NFC", run[0]), text)


def fold_for_search(text: str) -> str:
    """The text as it is searched: in any case and width, an accented letter composed or not."""
    return unicodedata.normalize("NFKC", text).casefold()


def is_blank(text: str) -> bool:
    """Whether nothing of the text can be seen."""
    return all(
        each.isspace() or _is_format(each) or unicodedata.category(each) in ("Cc", "Cs")
        for each in text
    )


def _fold(letter: str) -> str:
    if letter.isascii():
        return letter
    if letter in _FRACTIONS:
        return _FRACTIONS[letter]
    if unicodedata.decomposition(letter).startswith(_FOLDED):
        return unicodedata.normalize("NFKC", letter)
    return letter


def _is_format(letter: str) -> bool:
    """Whether a character has no width: marks of direction, joiners, fillers, variants."""
    if letter.isascii():
        return False
    return (
        letter in _BLANKS
        or unicodedata.category(letter) == "Cf"
        or "VARIATION SELECTOR" in unicodedata.name(letter, "")
    )
