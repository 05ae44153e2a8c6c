"""Words of a query that name a category or a value in the shop's own words or the trade's, in either language.

杯子 is the category "Mugs & cups" in a shop whose titles are English. A word that the shop writes itself means itself;
beside it only what the shop says that it names.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence

from daogou.decide.search.slots import SAME, Counts, Slot, Way, cut_query, merged_slot
from daogou.decide.search.thesaurus import Key
from daogou.decide.shop import Shop
from daogou.decide.words.cut import is_cjk
from daogou.decide.words.lexicon import Lexicon, Meaning
from daogou.decide.words.spellings import OWN
from daogou.decide.words.tally import CATEGORY
from daogou.decide.words.trade import stems

WRITTEN = 3
"""Items that have a word from which it is one of the shop's own."""
LONGEST = 4
"""Words of a query that name one thing together, at most."""
GROWN = 1.02
MOST_WAYS = 16
_NOUN = "子"
"""What makes a noun of a single character: 杯 is 杯子."""


class Naming:
    """The lexicon of a shop as search reads it, made anew beside the answering when the catalogue has grown."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._lexicon: Lexicon | None = None
        self._making: threading.Thread | None = None

    def prepare(self, know: Callable[[Iterable[str]], None]) -> None:
        """Take over the words of the shop as of now. know: told every way in which values are said."""
        lexicon = self._shop.guide.lexicon
        infos = (info for facet in lexicon.facets.values() for info in facet.values.values())
        know(spelling for info in infos for spelling in info.spellings)
        self._lexicon = lexicon

    def keep_up(self, know: Callable[[Iterable[str]], None]) -> None:
        """The same where nothing was taken over yet, or the catalogue has grown by a fiftieth since."""
        if self._lexicon is None:
            self.prepare(know)
        elif len(self._shop.catalogue) > GROWN * len(self._lexicon.items) and (
            self._making is None or not self._making.is_alive()
        ):
            self._making = threading.Thread(target=self.prepare, args=(know,), name="daogou-naming", daemon=True)
            self._making.start()

    def named(self, slots: Sequence[Slot], count: Counts) -> list[Slot]:
        """The slots with what they name, longest names first."""
        if self._lexicon is None:
            return list(slots)
        found: list[Slot] = []
        rest = [part for slot in slots for part in self._parted(slot, count)]
        while rest:
            n, made = self._first(rest, count)
            found.extend(made)
            rest = rest[n:]
        return found

    def _first(self, slots: Sequence[Slot], count: Counts) -> tuple[int, list[Slot]]:
        """How many of the slots the first name takes, and what becomes of them."""
        for n in range(min(LONGEST, len(slots)), 0, -1):
            some = list(slots[:n])
            if len({is_cjk(slot.text) for slot in some}) > 1:
                continue
            meanings = self._meanings("".join(slot.text for slot in some) if is_cjk(some[0].text) else _joined(some))
            if meanings:
                return n, self._with(some, meanings, count)
        return 1, [slots[0]]

    def _with(self, slots: list[Slot], meanings: Sequence[Meaning], count: Counts) -> list[Slot]:
        is_kind = any(self._is_kind(meaning.facet) for meaning in meanings)
        key = tuple(term for slot in slots for term in slot.key)
        if count(key) >= WRITTEN:
            meanings = [one for one in meanings if one.strength == OWN or not self._is_kind(one.facet)]
        ways = [Way(terms, SAME) for terms in dict.fromkeys(map(self._terms, meanings)) if not set(key) <= set(terms)]
        if not ways:
            *before, last = slots
            return [*before, last.naming((), is_kind=last.is_kind or is_kind)]
        values: dict[str, dict[str, None]] = {}
        for meaning in meanings:
            values.setdefault(meaning.facet, {})[meaning.value] = None
        names = tuple((facet, tuple(said)) for facet, said in values.items())
        return [merged_slot(slots).also(*ways[:MOST_WAYS]).naming(names, is_kind=is_kind)]

    def _meanings(self, text: str) -> list[Meaning]:
        """What a text names, of the surest strength."""
        assert self._lexicon is not None
        known = self._lexicon.values.get(stems(text))
        if not known and len(text) == 1 and is_cjk(text):
            known = self._lexicon.values.get(stems(text + _NOUN))
        found = [one for one in known if not one.needs_cue]
        best = max((one.strength for one in found), default=0)
        return [one for one in found if one.strength == best and self._terms(one)]

    def _terms(self, meaning: Meaning) -> Key:
        """How the index writes a value; of one that is simply true, its name."""
        assert self._lexicon is not None
        is_flag = self._lexicon.facets[meaning.facet].kind == "flag"
        text = meaning.facet if is_flag else meaning.value
        return tuple(term for slot in cut_query(text.replace("_", " ")) for term in slot.key)

    def _is_kind(self, facet: str) -> bool:
        assert self._lexicon is not None
        return facet == CATEGORY or self._lexicon.facets[facet].concept == "product_type"

    def _parted(self, slot: Slot, count: Counts) -> Iterable[Slot]:
        """A Chinese word that nothing knows as the names it is made of: 蓝杯 is 蓝 and 杯."""
        text = slot.text
        if not is_cjk(text) or len(text) < 2 or self._meanings(text) or count(slot.key):
            return [slot]
        for at in range(len(text) - 1, 0, -1):
            if self._meanings(text[:at]) and self._meanings(text[at:]):
                return [one for part in (text[:at], text[at:]) for one in cut_query(part)]
        return [slot]


def _joined(slots: Sequence[Slot]) -> str:
    return " ".join(slot.text for slot in slots)
