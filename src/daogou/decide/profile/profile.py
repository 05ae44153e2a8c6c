"""The profile of one shopper as they may see and change it."""

from __future__ import annotations

import msgspec

from daogou.core.errors import InvalidField, NotFound
from daogou.core.types import DISLIKED, EVENT_NUMBER, text_in
from daogou.data.store.store import person_keys
from daogou.decide.catalogue import Catalogue
from daogou.decide.past import Past
from daogou.decide.profile.choices import Choice, Choices
from daogou.decide.profile.tag import Tag, plainest, read_tag
from daogou.decide.profile.taste import Liking, likings
from daogou.decide.request import RecommendRequest
from daogou.decide.shop import Shop
from daogou.decide.trace import may_personalize

MOST_CHOICES = 200
"""Tags that one shopper may say something about."""

MOST_TURNED_DOWN = 100
"""Items turned down that are told, the newest first."""


class Said(msgspec.Struct, frozen=True):
    """What the shopper said about a tag.

    n_items  items of the catalogue that have it
    """

    tag: str
    kind: str
    label: str
    choice: Choice
    n_items: int


class TurnedDown(msgspec.Struct, frozen=True):
    """An item the shopper turned down; the event `undo_dislike_item` takes that back."""

    item_id: str
    title: str
    at_us: int


class Profile(msgspec.Struct, frozen=True):
    """What the shop thinks of a shopper, and what they said about it.

    is_personalized  False: they objected, so nothing is read and nothing acts on lists
    n_events         lines of their past that the tags rest on
    tags             the most telling first
    choices          in the order in which they were said
    turned_down      items that no list shows them, the last one first
    summary          the tags in one sentence, where that was asked for and there are any
    """

    is_personalized: bool
    n_events: int
    tags: tuple[Liking, ...]
    choices: tuple[Said, ...]
    turned_down: tuple[TurnedDown, ...] = ()
    summary: str | None = None


class Changed(msgspec.Struct, frozen=True):
    """A tag, what is wanted of it now, and what was before: saying that again undoes the change."""

    tag: str
    choice: Choice | None
    before: Choice | None


def profile(shop: Shop, request: RecommendRequest, most: int) -> Profile:
    """Of the shopper whom `request` names; its placement and all else is not looked at."""
    shop.refresh()
    shop.reach.check()
    language = (request.language or shop.language).split("-")[0].lower()
    choices = _told(shop, shop.wishes.choices(person_keys(request.user_id, request.visitor_id)), language)
    if not may_personalize(shop, request):
        return Profile(False, 0, (), choices)
    past = shop.pasts.past(person_keys(request.user_id, request.visitor_id))
    query = past.query(shop.clock())
    found = likings(query, past.rows, shop.catalogue, shop.wishes.tags, language, most)
    return Profile(True, len(past.lines), tuple(found), choices, _turned_down(past, shop.catalogue, language))


def _turned_down(past: Past, catalogue: Catalogue, language: str) -> tuple[TurnedDown, ...]:
    said = past.decided.only(past.decided.kinds == EVENT_NUMBER[DISLIKED])
    at_us = dict(zip(said.numbers.tolist(), said.at_us.tolist(), strict=True))
    told = [
        TurnedDown(catalogue.items[number].id, text_in(catalogue.items[number].title, language), at_us[number])
        for number in past.disliked.tolist()
    ]
    return tuple(sorted(told, key=lambda one: -one.at_us)[:MOST_TURNED_DOWN])


def choose(
    shop: Shop, user_id: str | None, visitor_id: str | None, choice: Choice | None, *, tag: str = "", item_id: str = ""
) -> Changed:
    """Remember what the shopper wants of a tag, or of what an item is first of all; None takes it back.

    It acts on the next list, in every process. Raises InvalidField and NotFound.
    """
    shop.refresh()
    shop.reach.check()
    people = person_keys(user_id, visitor_id)
    if not people:
        raise InvalidField("visitor_id", None, "visitor_id or user_id: whose wish it is", rule="required")
    meant = read_tag(tag) if tag else _of_item(shop, item_id)
    said = shop.wishes.choices(people)
    if choice is not None and str(meant) not in said and len(said) >= MOST_CHOICES:
        raise InvalidField("tag", str(meant), f"at most {MOST_CHOICES} tags for one shopper; take one back first")
    before = said.get(str(meant))
    for person in _speaking(people, choice):
        shop.store.wishes.put(person, str(meant), choice, shop.clock())
    return Changed(str(meant), choice, before)


def _speaking(people: list[str], choice: Choice | None) -> list[str]:
    """Whose words are kept: a wish is the user's where there is one; what is taken back is taken back everywhere."""
    return people[:1] if choice is not None else people


def _of_item(shop: Shop, item_id: str) -> Tag:
    item = shop.catalogue.item(item_id)
    if item is None:
        raise NotFound(f"No item has the id {item_id!r}.")
    found = plainest(item)
    if found is None:
        raise InvalidField("item_id", item_id, "an item with a category, a brand or a tag", rule="untagged")
    return found


def _told(shop: Shop, choices: Choices, language: str) -> tuple[Said, ...]:
    tags = [(read_tag(text), choice) for text, choice in choices.items()]
    return tuple(
        Said(str(tag), tag.kind_in(language), tag.label_in(language), choice, len(shop.wishes.tags.carriers(tag)))
        for tag, choice in tags
    )
