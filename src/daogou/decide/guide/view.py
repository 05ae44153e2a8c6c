"""The shop as one turn of the guide sees it: who asks, what may be shown, what is liked by whom."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from daogou.core.types import F32, F64, I32, Bools, Item, User, text_in
from daogou.data.store.store import person_keys
from daogou.decide.catalogue import KINDS
from daogou.decide.eligibility import Visit, admit
from daogou.decide.filters import parse_filter
from daogou.decide.guide.acts import Gift, Want
from daogou.decide.guide.clean import clean
from daogou.decide.guide.fields import Fields
from daogou.decide.guide.kept import Kept
from daogou.decide.guide.reply import GuideRequest
from daogou.decide.moment import allows
from daogou.decide.past import NO_PAST, Past
from daogou.decide.retrieve.personal import retrieve as personal
from daogou.decide.retrieve.signal import Occasion, Signal
from daogou.decide.shop import Shop
from daogou.decide.suitability import requirements

PLACEMENT = "chat"
SHOWN_KINDS = ("product", "bundle", "article", "course", "financial_product")


@dataclass
class View:
    """One per turn; what costs time is made when it is first asked for.

    kept  what is the same for everybody until the catalogue changes
    """

    shop: Shop
    request: GuideRequest
    language: str
    kept: Kept

    @cached_property
    def now_us(self) -> int:
        return self.shop.clock()

    @property
    def fields(self) -> Fields:
        return self.kept.fields

    @property
    def popularity(self) -> F32:
        return self.kept.popularity

    @property
    def items(self) -> list[Item]:
        return self.shop.catalogue.items

    def number(self, item_id: str) -> int | None:
        """Of an item that the shop has and does not hide."""
        number = self.shop.catalogue.number_of.get(item_id)
        return None if number is None or self.items[number].is_hidden else number

    def item(self, item_id: str) -> Item | None:
        """The item with this id, unless the shop hides it."""
        number = self.number(item_id)
        return None if number is None else self.items[number]

    def title(self, item_id: str) -> str:
        """Of an item, harmless and short; empty for one that the shop does not have."""
        item = self.item(item_id)
        return "" if item is None else clean(text_in(item.title, self.language), 60)

    @cached_property
    def _user(self) -> tuple[User | None, bool]:
        """The asking user's record, and whether their profile may be read."""
        if not self.request.personalize:
            return None, False
        user_id = self.request.user_id
        if user_id is None:
            return None, self.request.visitor_id is not None
        found = self.shop.reach.ask(lambda: (self.shop.store.user(user_id),), None)
        return (None, False) if found is None else (found[0], allows(found[0]))

    @cached_property
    def _people(self) -> list[str]:
        return person_keys(self.request.user_id, self.request.visitor_id) if self._user[1] else []

    @cached_property
    def past(self) -> Past:
        return self.shop.pasts.past(self._people) if self._people else NO_PAST

    @property
    def knows_the_shopper(self) -> bool:
        """Whether anything of the shopper's past may order what is shown."""
        return bool(len(self.past.lines))

    @cached_property
    def may_show(self) -> Bools:
        """(n_items,) what passes the gate that every list of the shop has."""
        shop, catalogue = self.shop, self.shop.catalogue
        wished = shop.wishes.wishes(self._people)
        user = self._user[0] if self._user[1] else None
        context = shop.contexts.read(self.request.context, self.now_us, 0)
        ruling = shop.rules.live.ruling(
            catalogue, PLACEMENT, self.now_us, context=context, attributes=lambda: user.attributes if user else {}
        )
        placement = shop.settings.placements.get(PLACEMENT)
        kinds = SHOWN_KINDS if placement is None else placement.kinds
        said = None if placement is None else placement.filter
        visit = Visit(
            now_us=self.now_us,
            is_kind_held=np.array([kind in kinds for kind in KINDS]),
            disliked=self.past.disliked,
            unwanted=wished.never,
            rule_hidden=ruling.hidden,
            filters=() if said is None else (parse_filter(said),),
            suitability=requirements(shop.settings.suitability, user),
        )
        return admit(catalogue, np.arange(len(catalogue), dtype=np.int32), visit)[0]

    @cached_property
    def rule_factors(self) -> F32 | None:
        """(n_items,) what the merchant's rules multiply here; None where they do not."""
        shop = self.shop
        context = shop.contexts.read(self.request.context, self.now_us, 0)
        return shop.rules.live.ruling(shop.catalogue, PLACEMENT, self.now_us, context=context, attributes=dict).factors

    @cached_property
    def occasion(self) -> Occasion:
        """As the shop's lists are asked for."""
        shop = self.shop
        nobody = np.empty(0, np.int32)
        return Occasion(
            catalogue=shop.catalogue,
            models=shop.models,
            weights=shop.weights.get("allow", {}),
            query=self.past.query(self.now_us),
            anchors=nobody,
            cart=nobody,
            now_us=self.now_us,
            settings=shop.settings,
            context=shop.contexts.read(self.request.context, self.now_us, 0),
            live=shop.live,
            offers=shop.offers,
            user=self._user[0] if self._user[1] else None,
            past=self.past,
        )

    @cached_property
    def personal(self) -> list[Signal]:
        """What the shop's models say of every item, given what the shopper did; none where nothing may be known."""
        return personal(self.occasion) if self.knows_the_shopper and len(self.occasion.query.history) else []

    @cached_property
    def taste(self) -> F32 | None:
        """(n_items,) the same as one number from 0 to 1; None where nothing may be known."""
        if not self.personal:
            return None
        scores: F32 = np.sum([signal.scores for signal in self.personal], axis=0)
        height = float(scores.max(initial=0.0))
        return None if height <= 0 else np.sqrt(np.clip(scores / height, 0.0, 1.0)).astype(np.float32)

    def answers(self, want: Want) -> tuple[Bools, Bools]:
        """(n_items,) each: which items have what is wanted, and which state its field."""
        if want not in self._answered:
            self._answered[want] = self.fields.answers(want)
        return self._answered[want]

    def amounts(self, field: str) -> tuple[F64, F64]:
        """(n_items,) the least and the largest amount of each item; NaN where it states none."""
        if field == "popularity":
            popularity = self.popularity.astype(np.float64)
            return popularity, popularity
        return self.fields.amounts(field)

    @cached_property
    def phrases(self) -> dict[str, F32]:
        """How well each item answers words that were looked up before."""
        return {}

    @cached_property
    def presents(self) -> dict[Gift, F32]:
        """What was found to speak for each item as a present."""
        return {}

    @cached_property
    def _answered(self) -> dict[Want, tuple[Bools, Bools]]:
        return {}


def numbers_of(mask: Bools) -> I32:
    """The numbers for which it is True."""
    return np.flatnonzero(mask).astype(np.int32)
