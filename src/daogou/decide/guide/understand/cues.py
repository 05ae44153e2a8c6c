"""The words of the grammar in each language, read once from zh.toml and en.toml into one tree."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from daogou.decide.words.nearby import Nearby
from daogou.decide.words.tokens import plain, tokens
from daogou.decide.words.trie import Trie

LANGUAGES = ("zh", "en")
_SIGNS = frozenset("&+<>≤≥~-–—～－、")


@dataclass(frozen=True, slots=True)
class Cue:
    """kind: the section; code: what it says within its kind; last: the last word of its spelling."""

    kind: str
    code: str
    language: str
    last: str


@lru_cache(maxsize=1)
def cues() -> Trie[Cue]:
    """All cues by their spelling."""
    found: Trie[Cue] = Trie()
    for language in LANGUAGES:
        text = (files("daogou.decide.guide.understand") / f"{language}.toml").read_text(encoding="utf-8")
        for kind, codes in tomllib.loads(text).items():
            for code, line in codes.items():
                for spelling in dict.fromkeys(line.split("|")):
                    said = tokens(plain(spelling))
                    if len(said) > 1:
                        said = [token for token in said if token.kind != "sign"] or said
                    found.add([token.stem for token in said], Cue(kind, code, language, said[-1].text))
    return found


@lru_cache(maxsize=1)
def nearby_cues() -> Nearby:
    """English words of the cues, to be found when they are misspelled."""
    return Nearby(cues().words)


@lru_cache(maxsize=1)
def signs() -> frozenset[str]:
    """Signs that are cues."""
    return _SIGNS
