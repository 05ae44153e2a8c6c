"""Words with one slip of the finger: what was meant, alone or with the words beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from daogou.decide.guide.acts import CATEGORY
from daogou.decide.guide.model.ordinary import ENGLISH as ORDINARY
from daogou.decide.guide.understand.cues import cues, nearby_cues
from daogou.decide.guide.understand.forms import strongest
from daogou.decide.words.lexicon import Lexicon
from daogou.decide.words.nearby import SHORTEST
from daogou.decide.words.tokens import Token, stem

LONGEST = 4
"""So many words a name has at most that is looked for around a slip."""
_PLAIN = ("filler", "and", "or", "to", "refused_unsafe", "refused_abuse", "out_of_scope")
"""Cues that no misspelled word is taken for."""


def slips_in(said: Sequence[Token], lexicon: Lexicon) -> dict[int, dict[int, dict[str, Any]]]:
    """Place of the first token → place after the last one → the cues or the meanings that were meant."""
    found: dict[int, dict[int, dict[str, Any]]] = {}
    for place, token in enumerate(said):
        if token.kind != "word" or len(token.text) < SHORTEST or _is_known(token, lexicon):
            continue
        after_number = place > 0 and said[place - 1].kind == "number"
        meant = [] if after_number else [cue for word in _near_cues(token) for cue in cues().get((word,))]
        words = _near_values(token, lexicon)
        is_kind = any(one.facet == CATEGORY for word in words for one in lexicon.values.get((word,)))
        if not is_kind and (meant := [cue for cue in meant if cue.kind not in _PLAIN]):
            found.setdefault(place, {})[place + 1] = {"cues": tuple(meant)}
            continue
        for word in words:
            righted = [*said[:place], replace(token, stem=word), *said[place + 1 :]]
            for at in range(max(place - LONGEST + 1, 0), place + 1):
                for end, meanings in lexicon.values.found(righted, at):
                    if end > place:
                        both = (*found.get(at, {}).get(end, {}).get("meanings", ()), *meanings)
                        found.setdefault(at, {})[end] = {"meanings": tuple(strongest(both, ""))}
    return found


def _is_known(token: Token, lexicon: Lexicon) -> bool:
    known = (lexicon.values.words, lexicon.names.words, lexicon.features.words, cues().words)
    return token.text in ORDINARY or any(token.stem in words for words in known) or lexicon.stated.has(token.text)


def _near_cues(token: Token) -> list[str]:
    return [word for word in nearby_cues().of(token.stem) if word[0] == token.stem[0] and len(word) >= SHORTEST]


def _near_values(token: Token, lexicon: Lexicon) -> list[str]:
    near = [word for word in lexicon.nearby.of(token.stem) if _is_likely(token.stem, word)]
    near += [stem(word) for word in lexicon.nearby.of(token.text)]
    return list(dict.fromkeys(near))


def _is_likely(said: str, word: str) -> bool:
    """Of four letters none is merely another one: bikes are not for baking."""
    return len(said) >= SHORTEST or (said[0] == word[0] and (len(said) != len(word) or sorted(said) == sorted(word)))
