"""Titles a shopper can read: the till's 35 capital letters spelled out and set in sentence case.

The till cut descriptions at 35 characters and abbreviated freely. `spell_out` undoes what is beyond doubt (SET/6,
W HEARTS, NECKL., FUSCHIA); `sentence_case` lowers the rest and keeps names and codes (Union Jack, T-light, LED).
Words that were cut off too early to be known are dropped rather than guessed.
"""

from __future__ import annotations

import re

from daogou.data.demo.online_retail.spelling import NAME_PHRASES, NAMES, PHRASES, WORDS

_REWRITES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"^\*|[,.*]+$", ""),
        (r"\s+1[67]\d{3}$", ""),  # the printer's own number at the end of card sets
        (r"\b(\d+)X(\d+)X(\d+)CM\b", r"\1 × \2 × \3 cm"),
        (r"\b(\d+)(?:CM)?X(\d+)CM\b", r"\1 × \2 cm"),
        (r"\b(\d+)CM\b", r"\1 cm"),
        (r"\b([\d.]+)(G|M)\b", r"\1 \2"),
        (r"\b(?:SET|S)/ ?(?=\d)", "SET OF "),
        (r"\b(PACK|BOX)/(?=\d)", r"\1 OF "),
        (r"\bSET ?OF(\d)", r"SET OF \1"),
        (r"\bSET(\d)", r"SET OF \1"),
        (r"^(SET|PACK|TUB) (?=\d)", r"\1 OF "),
        (r"\bPACK (?=\d+$)", "PACK OF "),
        (r"(?<=[A-Z]) SET (?=\d+\b(?! PIECE))", " SET OF "),
        (r"\bW/?(?= (?!/)[A-Z0-9])|\bW/(?=[A-Z])", "WITH "),
        (r'(\d+)" ?', r"\1-INCH "),
        (r" ?\+ ?", " AND "),
        (r" ?, ?", ", "),
        (r"\s+", " "),
    )
)
_NAMES = tuple((re.compile(rf"\b{re.escape(phrase)}\b", re.IGNORECASE), phrase) for phrase in NAME_PHRASES)
_QUOTED_LETTER = re.compile(r'"([a-z])"')
_TOKEN = re.compile(r"[A-Z0-9'’.&-]+", re.IGNORECASE)


def spell_out(description: str) -> str:
    """The description in capitals with abbreviations and misspellings undone."""
    text = " ".join(description.upper().replace("’", "'").split())
    for seen, meant in PHRASES:
        text = text.replace(seen, meant) if not seen.endswith("$") else re.sub(re.escape(seen[:-1]) + "$", meant, text)
    for pattern, replacement in _REWRITES:
        text = pattern.sub(replacement, text)
    return " ".join(_TOKEN.sub(lambda found: WORDS.get(found[0], found[0]), text).split()).strip(" ,-")


def sentence_case(spelled: str) -> str:
    """`spelled` with a capital at the start and in names, small letters elsewhere."""
    text = _TOKEN.sub(lambda found: NAMES.get(found[0].upper(), found[0].lower()), spelled)
    for pattern, phrase in _NAMES:
        text = pattern.sub(phrase, text)
    text = _QUOTED_LETTER.sub(lambda found: found[0].upper(), text)
    return text[:1].upper() + text[1:]


def tidy_title(description: str) -> str:
    """The title of an item, from its description in the log.

    >>> tidy_title("SET/6 RED SPOTTY PAPER CUPS")
    'Set of 6 red spotty paper cups'
    """
    return sentence_case(spell_out(description))
