"""Cut what a shopper typed into tokens that remember where they stood: words, numbers, Chinese characters, signs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from Stemmer import Stemmer

from daogou.decide.words.fold import fold

MOST_CHARACTERS = 1_000
"""What is typed beyond is not read."""

Kind = Literal["word", "number", "han", "sign"]

_TOKEN = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)*)|(?P<word>[^\W\d_\u2e80-\u9fff\uf900-\ufaff][^\W_\u2e80-\u9fff\uf900-\ufaff]*)"
    r"|(?P<han>[\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff])|(?P<sign>[^\w\s]|_)"
)
_APOSTROPHE = re.compile(r"(?<=\w)['’‘`´](?=[a-z])")
_STEMMER = Stemmer("english")


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a plain text; `stem` is what it is compared by."""

    text: str
    stem: str
    start: int
    end: int
    kind: Kind


def plain(text: str) -> str:
    """Without regard to case, width, traditional characters, accents on Latin letters and what cannot be seen."""
    return _APOSTROPHE.sub("", fold(text[: 2 * MOST_CHARACTERS]))[:MOST_CHARACTERS]


def tokens(text: str) -> list[Token]:
    """Tokens of a text that is `plain` already."""
    found = []
    for match in _TOKEN.finditer(text):
        kind: Kind = match.lastgroup  # type: ignore[assignment]
        said = match.group()
        found.append(Token(said, stem(said) if kind == "word" else said, match.start(), match.end(), kind))
    return found


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """An English word without its ending."""
    return str(_STEMMER.stemWord(word))


def is_han(character: str) -> bool:
    """Whether it is a Chinese character."""
    return "\u3400" <= character <= "\u9fff" or character == "〇"
