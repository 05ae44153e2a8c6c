"""Texts of the catalogue made harmless before they stand in a sentence of ours."""

from __future__ import annotations

from daogou.decide.words.plain_text import plain

MOST_CHARACTERS = 120
_BLANKS = str.maketrans({"{": "(", "}": ")", "<": "‹", ">": "›"})


def clean(text: str, most: int = MOST_CHARACTERS) -> str:
    """Plain text in which curly brackets are round: nothing a shop writes is taken for a blank to fill."""
    return plain(text, most).translate(_BLANKS)
