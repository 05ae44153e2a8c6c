"""What each stretch of an utterance may be, and the one way to part it that leaves least unread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import rjieba

from daogou.decide.guide.acts import CATEGORY, Ref
from daogou.decide.guide.understand.cues import Cue, cues
from daogou.decide.guide.understand.forms import is_form_of, strongest
from daogou.decide.guide.understand.quantities import Quantity, quantities
from daogou.decide.guide.understand.refs import refs
from daogou.decide.guide.understand.slips import slips_in
from daogou.decide.words.lexicon import Lexicon, Meaning
from daogou.decide.words.spellings import PART
from daogou.decide.words.tokens import Token

PER_MARK = 0.5
"""What a stretch costs: the fewer of them, the longer each."""
WORD_WORTH = 0.45
"""Of each character of a Chinese word that means nothing here; so that no part of it is read for itself."""
SERVING = frozenset("机架套盒柜壳膜线袋夹垫")
"""Last characters of words for what something is made, kept or held with."""
_KINDS = (CATEGORY, "product_type")
_CLAUSE_ENDS = frozenset(",.!?;:。，！？；：…\n()（）")


@dataclass(frozen=True, slots=True)
class Mark:
    """One stretch with all it may be; readers choose. first, end: places of its tokens; start, stop: of its letters."""

    text: str
    first: int
    end: int
    start: int
    stop: int
    is_sign: bool = False
    cues: tuple[Cue, ...] = ()
    meanings: tuple[Meaning, ...] = ()
    names: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    quantity: Quantity | None = None
    refs: tuple[Ref, ...] = ()
    of_all: bool = False
    language: str = ""

    def code(self, *kinds: str) -> str | None:
        """What it says as a cue of one of these kinds; None where it is none."""
        return next((cue.code for kind in kinds for cue in self.cues if cue.kind == kind), None)

    def says(self, *codes: str) -> bool:
        """Whether it may be one of the things said to the guide or of items."""
        return any(cue.kind == "say" and cue.code in codes for cue in self.cues)

    def is_(self, *kinds: str) -> bool:
        """Whether it may be a cue of one of these kinds."""
        return any(cue.kind in kinds for cue in self.cues)

    @property
    def is_word(self) -> bool:
        """Whether nobody knows what it is."""
        known = self.cues or self.meanings or self.names or self.features or self.quantity or self.refs or self.of_all
        return not (known or self.is_sign)

    @property
    def ends_clause(self) -> bool:
        """Whether what follows is a clause of its own."""
        return self.is_sign and self.text in _CLAUSE_ENDS and not self.cues


def marks(said: Sequence[Token], text: str, lexicon: Lexicon, n_shown: int) -> list[Mark]:
    """The utterance as marks, in order, every token in one of them."""
    best: list[tuple[float, Mark | None]] = [(0.0 if at == 0 else -1e9, None) for at in range(len(said) + 1)]
    words = _chinese_words(said, text)
    slips = slips_in(said, lexicon)
    for at in range(len(said)):
        reached = best[at][0]
        for mark, worth in _candidates(said, at, text, lexicon, n_shown, words, slips):
            if reached + worth > best[mark.end][0] + 1e-9:
                best[mark.end] = (reached + worth, mark)
    found: list[Mark] = []
    at = len(said)
    while at > 0:
        chosen = best[at][1]
        assert chosen is not None
        found.append(chosen)
        at = chosen.first
    return found[::-1]


def _candidates(
    said: Sequence[Token],
    at: int,
    text: str,
    lexicon: Lexicon,
    n_shown: int,
    words: dict[int, int],
    slips: dict[int, dict[int, dict[str, Any]]],
) -> Iterator[tuple[Mark, float]]:
    token = said[at]
    known: dict[int, dict[str, Any]] = {}
    for end, of_cue in cues().found(said, at):
        if as_said := tuple(cue for cue in of_cue if is_form_of(said[end - 1].text, cue.last)):
            known.setdefault(end, {})["cues"] = as_said
    for end, of_value in lexicon.values.found(said, at):
        meanings = tuple(strongest(of_value, text[token.start : said[end - 1].end]))
        if meanings:
            known.setdefault(end, {})["meanings"] = meanings
    for end, of_name in lexicon.names.found(said, at):
        known.setdefault(end, {})["names"] = tuple(dict.fromkeys(of_name))
    for end, of_feature in lexicon.features.found(said, at):
        known.setdefault(end, {})["features"] = tuple(dict.fromkeys(of_feature))
    for quantity in quantities(said, at, lexicon):
        known.setdefault(quantity.end, {})["quantity"] = quantity
    for end, meant, of_all in refs(said, at, n_shown):
        known.setdefault(end, {}).update(refs=meant, of_all=of_all)
    for end, of_slip in slips.get(at, {}).items():
        known.setdefault(end, of_slip)
    if token.kind == "han":
        _lengthen(known, said)
    for what in known.values():
        _drop_empty(what)
    for end, what in known.items():
        length = sum(len(one.text) for one in said[at:end])
        worth = length - PER_MARK + (0.2 if "quantity" in what else 0.1 if "meanings" in what else 0.0)
        yield _mark(said, at, end, text, what), worth
    if token.kind == "han" and at in words and words[at] not in known:
        end = words[at]
        yield _mark(said, at, end, text, {}), WORD_WORTH * (end - at) - PER_MARK
    if at + 1 not in known:
        yield _mark(said, at, at + 1, text, {"is_sign": token.kind == "sign"}), -PER_MARK


def _lengthen(known: dict[int, dict[str, Any]], said: Sequence[Token]) -> None:
    """A coffee machine is no coffee: what serves a kind of thing is another one, which nobody may know."""
    for end, what in list(known.items()):
        is_kind = any(one.facet in _KINDS for one in what.get("meanings", ()))
        if not is_kind or end >= len(said) or said[end].text not in SERVING or end + 1 in known:
            continue
        if end + 1 == len(said) or said[end + 1].kind != "han" or said[end + 1].text in "的吗呢吧":
            del known[end]
            known[end + 1] = {}


def _drop_empty(what: dict[str, Any]) -> None:
    """ "Can I" asks for no cans: the last word of a longer name is not read where the word usually says nothing."""
    is_filler = any(cue.kind in ("filler", "say") for cue in what.get("cues", ()))
    if is_filler and all(meaning.strength == PART for meaning in what.get("meanings", ())):
        what.pop("meanings", None)


def _mark(said: Sequence[Token], at: int, end: int, text: str, what: dict[str, Any]) -> Mark:
    start, stop = said[at].start, said[end - 1].end
    language = "zh" if any(token.kind == "han" for token in said[at:end]) else "en"
    return Mark(text[start:stop], at, end, start, stop, language=language, **what)


def _chinese_words(said: Sequence[Token], text: str) -> dict[int, int]:
    """Of each Chinese word of two characters or more: place of its first token → place after its last one."""
    place_of = {token.start: place for place, token in enumerate(said) if token.kind == "han"}
    found: dict[int, int] = {}
    at = 0
    if not place_of:
        return found
    for word in rjieba.cut(text):
        if len(word) > 1 and at in place_of and at + len(word) - 1 in place_of:
            found[place_of[at]] = place_of[at] + len(word)
        at += len(word)
    return found
