"""How a text is made plain before it is cut into words: one spelling for what readers take for the same letters.

Width, case and accents go, and so do characters nobody sees: soft hyphens, joiners, direction marks, variation
selectors and tags. Traditional Chinese characters become simplified ones. Punctuation stays, for units and phrases.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from daogou.decide.words.traditional import CANTONESE, SIMPLIFIED

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_ACCENTS = re.compile("[\u0300-\u036f]")
_QUOTES = str.maketrans({"″": '"', "“": '"', "”": '"', "‘": "'", "’": "'", "′": "'", "`": "'", "×": "x"})
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe58\ufe63\uff0d", "-"))
_MARKS = {**_QUOTES, **_DASHES}
_CHARACTERS = {**CANTONESE, **SIMPLIFIED}
_IS_REPLACED = re.compile(f"[{''.join(map(chr, _CHARACTERS))}]")
_IS_PLAIN = re.compile("[ -_a-~\u3001\u3002\u300a-\u3011\u4e00-\u9fa5]*")
LONGEST_KEPT = 120
"""Characters of a text up to which its plain spelling is kept ready: a title is read for several purposes."""


def fold(text: str) -> str:
    """The text in its plainest spelling; the same for all spellings that mean the same."""
    if text.isascii():
        return text.lower()
    return _kept(text) if len(text) <= LONGEST_KEPT else _folded(text)


def _folded(text: str) -> str:
    if _IS_PLAIN.fullmatch(text):  # most Chinese; the rest leaves it as it is
        plain = text.lower()
    else:
        plain = unicodedata.normalize("NFKC", _UNSEEN.sub("", text).translate(_MARKS)).casefold()
        plain = _ACCENTS.sub("", unicodedata.normalize("NFD", plain))
        plain = unicodedata.normalize("NFC", plain)
    return plain.translate(_CHARACTERS) if _IS_REPLACED.search(plain) else plain


_kept = lru_cache(16_384)(_folded)
