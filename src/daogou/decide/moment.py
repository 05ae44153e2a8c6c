"""What the database says just before a list is made, waited for once instead of once for each question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from daogou.core.types import User
from daogou.data.store.store import Store, person_keys
from daogou.decide.request import RecommendRequest

if TYPE_CHECKING:
    from daogou.decide.shop import Shop


@dataclass(frozen=True, slots=True)
class Moment:
    """revisions  of items, rules and wishes; None while the database is away
    user          the shopper's own record, None where they have none
    is_allowed    whether their profile may be read: not where their consent cannot be asked for
    people        person keys of those whose past may be read, empty where nobody's may
    stamp         what the log's index says of that past; None while the database is away
    """

    revisions: tuple[int, int, int] | None
    user: User | None
    is_allowed: bool
    people: tuple[str, ...]
    stamp: tuple[int, ...] | None


def look(shop: Shop, request: RecommendRequest) -> Moment:
    """As the database has it now."""
    found = shop.reach.ask(lambda: _read(shop.store, request), None)
    return found or Moment(None, None, request.user_id is None, _people(request, request.user_id is None), None)


def allows(user: User | None) -> bool:
    """Whether a profile may be read; a shopper without a record has not objected."""
    return user is None or user.consent.personalization == "granted"


def _read(store: Store, request: RecommendRequest) -> Moment:
    if request.user_id is None:
        revisions, user = store.revisions(), None
    else:
        revisions, user = store.revisions_and_user(request.user_id)
    is_allowed = allows(user)
    people = _people(request, is_allowed)
    return Moment(revisions, user, is_allowed, people, store.past_stamp(people) if people else ())


def _people(request: RecommendRequest, is_allowed: bool) -> tuple[str, ...]:
    wanted = request.personalize and is_allowed
    return tuple(person_keys(request.user_id, request.visitor_id)) if wanted else ()
