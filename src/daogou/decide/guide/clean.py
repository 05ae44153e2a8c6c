"""Texts of the catalogue made harmless before they stand in a sentence of ours."""

from __future__ import annotations

import re
import unicodedata

MOST_CHARACTERS = 120
_TAG = re.compile(r"<[^<>]{0,300}>")
_BLANKS = str.maketrans({"{": "(", "}": ")", "<": "‹", ">": "›"})


def clean(text: str, most: int = MOST_CHARACTERS) -> str:
    """Without mark-up, without characters that are not seen or turn the text around, and of bounded length.

    Curly brackets become round ones, so that nothing a shop writes is taken for a blank to fill.
    """
    bare = _TAG.sub(" ", text[: 20 * most])
    seen = "".join(letter if _is_seen(letter) else " " if letter.isspace() else "" for letter in bare)
    short = " ".join(seen.split()).translate(_BLANKS)
    return short if len(short) <= most else f"{short[: most - 1].rstrip()}…"


def _is_seen(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")
