"""Search, whole: words to a page of items with counts, corrections and reasons."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence

import numpy as np

from daogou.core.types import F32, I32, I64, Reason, SlateItem, User
from daogou.data.store.store import person_keys
from daogou.decide.rules.apply import arranged
from daogou.decide.rules.pins import Pin, settle
from daogou.decide.rules.ruling import Ruling
from daogou.decide.search.aware import Awareness, Read, told
from daogou.decide.search.completing import Completing
from daogou.decide.search.facets import MOST_FACETS, FacetBook, FacetField, price_range
from daogou.decide.search.finding import Found, find_all, kept
from daogou.decide.search.holding import Holding
from daogou.decide.search.matching import Matched
from daogou.decide.search.naming import Naming
from daogou.decide.search.order import Titles, ordered
from daogou.decide.search.prices import Priced, read_price
from daogou.decide.search.reading import Reading, WordRead, explained, read_query
from daogou.decide.search.relax import told_words, widened
from daogou.decide.search.request import Completion, Facet, PriceRange, Relaxed, SearchRequest, SearchResult
from daogou.decide.search.scope import CATEGORY, PLACEMENT, PRICE, Scope, scope_of, visit_of
from daogou.decide.search.slots import MOST_CHARACTERS, Slot, cut_query
from daogou.decide.search.taste import Taste, taste_of
from daogou.decide.search.thesaurus import Thesaurus
from daogou.decide.search.wording import reason_text, relaxed_text
from daogou.decide.shop import Shop
from daogou.decide.words.cut import stem

MOST_ITEMS = 100
ARRANGED = 1_000
"""Of the best found, so many are looked at for the places that caps of the merchant's rules leave free."""


class Searcher:
    """Held by the shop, which tells it what changed. Building goes on beside the answering once `warm_up` began it."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._held = Holding(shop.catalogue.items)
        self._titles = Titles(shop.catalogue)
        self._facets = FacetBook(shop.catalogue)
        self._awareness = Awareness(shop.catalogue, self._facets)
        self._completing = Completing(shop.catalogue, self._held, self._put_right)
        self._naming = Naming(shop)
        self._thesaurus = Thesaurus.of(shop.settings.search, _key)

    def take(self, numbers: Sequence[int]) -> None:
        """Note which items changed their words; the next search takes them over."""
        self._held.note(numbers)

    def warm_up(self) -> None:
        """Begin to take in the catalogue in a thread; until it is done, search finds what is in."""
        self._held.warm_up(self._prepare)

    def prepare(self) -> None:
        """Take in the catalogue, and make all that the first question would otherwise wait for."""
        self.refresh()
        self._prepare()

    def _prepare(self) -> None:
        self._naming.prepare(self._know)
        self._held.dictionary.prepare()
        for facet in self._facets.fields().values():
            self._facets.values(facet)
        everyone = np.arange(len(self._shop.catalogue), dtype=np.int32)
        price_range(self._shop.catalogue, everyone, self._shop.settings.shop.currency)
        self._facets.by_group(everyone)
        self._awareness.prepare()
        self._completing.prepare()

    def refresh(self) -> None:
        """Take over changed items; microseconds when nothing changed."""
        self._held.refresh()
        if not self.is_warming:
            self._naming.keep_up(self._know)

    @property
    def is_warming(self) -> bool:
        """Whether part of the catalogue is still to be taken in."""
        return self._held.is_warming

    def facets(self) -> dict[str, FacetField]:
        """What can be chosen, by name."""
        return self._facets.fields()

    def match(self, words: str, *, language: str | None = None, most: int = 1000) -> tuple[I32, F32]:
        """What has any of the words, those with all of them first, whoever may see it: numbers and scores, best first.

        Scores of items with all the words are 4 and more.
        """
        self.refresh()
        with self._held.lock:
            found = self._find(self._read(words))
        best = np.lexsort((found.numbers, -found.scores))[:most]
        return found.numbers[best], found.scores[best]

    def complete(self, words: str, *, limit: int = 8, language: str | None = None) -> tuple[Completion, ...]:
        """What somebody who typed this may go on to type, from what is on sale."""
        self.refresh()
        return self._completing.complete(words, limit, (language or self._shop.language).split("-")[0].lower())

    def explained(self, words: str) -> tuple[WordRead, ...]:
        """How the words are read, and how many items each way to match them finds."""
        self.refresh()
        with self._held.lock:
            return explained(self._read(self._priced(words).words), self._held.index)

    def _read(self, words: str) -> Reading:
        return read_query(words, self._held.index, self._held.dictionary, self._thesaurus, self._naming)

    def _know(self, texts: Iterable[str]) -> None:
        with self._held.lock:
            self._held.dictionary.know(texts)

    def _put_right(self, words: str) -> str:
        return self._read(words).corrected or words

    def _priced(self, words: str) -> Priced:
        def is_written(said: Sequence[str]) -> bool:
            return self._held.index.n_with_all([stem(word) for word in said]) > 0

        return read_price(words[:MOST_CHARACTERS], self._shop.settings.shop.currency, is_written)

    def _find(self, reading: Reading) -> Found:
        return find_all(reading, self._held.index, self._aware)

    def _aware(self, slots: Sequence[Slot], matched: Matched) -> tuple[list[Read], F32]:
        read = self._awareness.read(slots, matched)
        return read, self._awareness.lifts(read, matched)

    def search(self, request: SearchRequest) -> SearchResult:
        """One page. Raises InvalidFilter; words alone never raise."""
        shop, catalogue = self._shop, self._shop.catalogue
        shop.refresh()
        self.refresh()
        now_us = shop.clock()
        language = (request.language or shop.language).split("-")[0].lower()
        user, people = self._shopper(request)
        ruling = shop.rules.live.ruling(
            catalogue,
            PLACEMENT,
            now_us,
            context=shop.contexts.read(request.context, now_us, 0),
            attributes=lambda: user.attributes if user is not None else {},
        )
        with self._held.lock:
            priced = self._priced(request.words)
            everything = self._everything(priced.words)
        typed, request = request.words, priced.applied(request)
        asked = scope_of(shop, request, visit_of(shop, request, now_us, ruling, user), self._facets.fields())
        if not request.relax:
            everything = everything.only(everything.shares == 1.0)
        scope, given_up = widened(asked, everything.numbers, request, language) if request.relax else (asked, ())
        inside = scope.mask()[everything.numbers]
        on_sale = inside & ~scope.is_sold_out[everything.numbers]
        found = kept(everything, on_sale if on_sale.any() else inside)
        shown = found.only(scope.mask()[found.numbers])
        scores = shown.scores if ruling.factors is None else shown.scores * ruling.factors[shown.numbers]
        taste = None
        if request.order == "relevance" and people and request.personalize:
            taste = taste_of(shop, people, shown.numbers, scores, now_us)
            scores = scores if taste is None else scores * taste.factors
        places = ordered(
            shown.numbers, scores, scope.is_sold_out[shown.numbers], request.order, catalogue, self._titles, language
        )
        if request.one_per_group:
            places = places[_first_of_each(catalogue.group[shown.numbers[places]])]
        places, pinned = self._ruled(ruling, shown.numbers, places, scope, request)
        offset, limit = max(request.offset, 0), max(0, min(request.limit, MOST_ITEMS))
        items = [
            SlateItem(
                catalogue.items[number].id,
                float(scores[place]),
                offset + position,
                PLACEMENT,
                self._reason(shown, place, number in pinned, scope, taste, language),
            )
            for position, place in enumerate(places[offset : offset + limit].tolist())
            for number in (int(shown.numbers[place]),)
        ]
        relaxed = (*told_words(request.words, found, len(places), language), *given_up)
        if len(typed) > MOST_CHARACTERS:
            text = relaxed_text("too_long", (), language, limit=MOST_CHARACTERS)
            relaxed = (*relaxed, Relaxed("words", (), text))
        return SearchResult(
            recommendation_id=secrets.token_urlsafe(12),
            items=tuple(items),
            total=len(places),
            facets=self._counted(request, scope, found) if request.count_facets else (),
            price=self._prices(scope, found) if request.count_facets else None,
            corrected=priced.whole(found.reading.corrected) if len(places) else None,
            suggestion=priced.whole(found.reading.suggestion),
            relaxed=relaxed,
            understood={**told(found.read), **priced.told(shop.settings.shop.currency)},
            is_personalized=taste is not None,
            numbers=shown.numbers[places],
            degraded=(*shop.degraded, *(("search_warming_up",) if self.is_warming else ())),
        )

    def _everything(self, words: str) -> Found:
        reading = self._read(words)
        if reading.slots:
            return self._find(reading)
        n = 0 if words.strip() else len(self._shop.catalogue)  # nothing but signs finds nothing
        everyone = np.arange(n, dtype=np.int32)
        return Found(reading, everyone, np.ones(n, np.float32), np.zeros(n, np.uint32), np.ones(n, np.float32))

    def _shopper(self, request: SearchRequest) -> tuple[User | None, list[str]]:
        """The asking user's record and the keys of their past; neither where no profile may be read."""
        if not request.personalize or request.order == "neutral":
            return None, []
        user = None
        if request.user_id is not None:
            user_id, shop = request.user_id, self._shop
            answer = shop.reach.ask(lambda: (shop.store.user(user_id),), None)
            if answer is None or (answer[0] is not None and answer[0].consent.personalization != "granted"):
                return None, []
            user = answer[0]
        return user, person_keys(request.user_id, request.visitor_id)

    def _ruled(
        self, ruling: Ruling, numbers: I32, places: I64, scope: Scope, request: SearchRequest
    ) -> tuple[I64, set[int]]:
        """The order with what the merchant's rules pin and cap. A pin acts where the words find the item."""
        if not ruling.pins and not ruling.bounds:
            return places, set()
        catalogue, listed = self._shop.catalogue, numbers[places]
        place_of = {number: place for place, number in zip(places.tolist(), listed.tolist(), strict=True)}
        found = np.array([pin.number in place_of for pin in ruling.pins], bool)
        group = catalogue.group[[pin.number for pin in ruling.pins]] if ruling.pins else np.empty(0, np.int32)
        pins: list[Pin] = settle(ruling.pins, found, group, request.limit)
        pinned = [pin.number for pin in pins]
        rest = places[~np.isin(listed, pinned)]
        if ruling.bounds:
            head = numbers[rest[:ARRANGED]].astype(np.int32)
            room = max(request.limit - len(pins), 0)
            first = arranged(ruling, catalogue, head, room, None, pinned).places
            others = np.setdiff1d(np.arange(len(rest)), first)
            rest = rest[np.concatenate([np.array(first, np.int64), others])]
        order = rest.tolist()
        for pin in pins:
            order.insert(pin.position, place_of[pin.number])
        return np.array(order, np.int64), set(pinned)

    def _counted(self, request: SearchRequest, scope: Scope, found: Found) -> tuple[Facet, ...]:
        book = self._facets
        everyone = book.by_group(found.numbers[scope.mask()[found.numbers]])
        counted: list[Facet] = []
        fields = {field.name: field for field in book.stated(everyone)[:MOST_FACETS]}
        fields |= {name: field for name, field in book.fields().items() if name in scope.choices}
        for name, field in fields.items():
            chosen = request.facets.get(name, ()) if name in scope.choices else ()
            among = book.by_group(found.numbers[scope.mask(without=name)[found.numbers]]) if chosen else everyone
            facet = book.counted(field, among, chosen, one_per_group=request.one_per_group)
            if facet is not None:
                counted.append(facet)
        return tuple(counted)

    def _prices(self, scope: Scope, found: Found) -> PriceRange | None:
        numbers = found.numbers[scope.mask(without=PRICE)[found.numbers]]
        return price_range(self._shop.catalogue, numbers, self._shop.settings.shop.currency)

    def _reason(
        self, shown: Found, place: int, is_pinned: bool, scope: Scope, taste: Taste | None, language: str
    ) -> Reason:
        words = shown.words_of(place)
        code = "matched" if words else "listed" if CATEGORY in scope.choices or scope.choices else "shelf"
        if taste is not None and taste.fits[place]:
            code = f"{code}_taste"
        if is_pinned:
            code = "pinned"
        is_sold_out = bool(scope.is_sold_out[shown.numbers[place]])
        return Reason(code, reason_text(code, words, language, is_sold_out=is_sold_out))


def _key(phrase: str) -> tuple[str, ...]:
    return tuple(term for slot in cut_query(phrase) for term in slot.key)


def _first_of_each(group: I32) -> I64:
    """Places of the first of each group, in order."""
    _, first = np.unique(group, return_index=True)
    return np.sort(first)
