"""One round of getting to know a shopper: take their answers as wishes, then ask what tells most.

Nothing is kept but the wishes, which the shopper sees, changes and takes back in the profile like any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import numpy as np

from daogou.core.errors import InvalidField
from daogou.core.types import F64, Item, Query
from daogou.data.store.store import person_keys
from daogou.decide.eligibility import Visit, admit
from daogou.decide.onboarding.choose import Asked, best_question
from daogou.decide.onboarding.wording import ANY, any_words, facet_words, value_words
from daogou.decide.profile.choices import MORE
from daogou.decide.profile.profile import choose
from daogou.decide.profile.tag import Tag
from daogou.decide.request import RecommendRequest
from daogou.decide.shop import Shop
from daogou.decide.trace import may_personalize
from daogou.learn.facets import CATEGORY, KIND, Facets

MOST_QUESTIONS = 3
EXAMPLES = 3
POPULARITY = "popularity"


@dataclass(frozen=True, slots=True)
class Answer:
    """choice  a tag, or None: it doesn't matter"""

    question: str
    choice: str | None


class Choice(msgspec.Struct, frozen=True):
    """One answer to choose: `choice` is what to send back, None for "doesn't matter"; items: ids of examples."""

    choice: str | None
    label: str
    items: tuple[str, ...] = ()


class InterviewQuestion(msgspec.Struct, frozen=True):
    """`question` is what to send back; gain: what the answer is expected to tell, in nats."""

    question: str
    text: str
    choices: tuple[Choice, ...]
    gain: float


class Interview(msgspec.Struct, frozen=True):
    """The next question, None when there is nothing more to ask.

    is_personalized  False: the shopper objected; nothing was kept and nothing is asked
    wishes           tags that the answers of this call made a wish of
    """

    question: InterviewQuestion | None
    n_asked: int
    most_questions: int
    done: bool
    is_personalized: bool
    wishes: tuple[str, ...]


def interview(shop: Shop, request: RecommendRequest, answers: Sequence[Answer]) -> Interview:
    """Of the shopper whom `request` names; its placement and all else is not looked at. Raises InvalidField."""
    shop.refresh()
    language = (request.language or shop.language).split("-")[0].lower()
    facets = shop.wishes.tags.facets
    tags = _checked(facets, answers)
    if not may_personalize(shop, request):
        return Interview(None, len(answers), MOST_QUESTIONS, True, False, ())
    said = shop.wishes.choices(person_keys(request.user_id, request.visitor_id))
    for tag in tags:
        if said.get(tag) != "more":
            choose(shop, request.user_id, request.visitor_id, "more", tag=tag)
    asked = next_question(shop, facets, answers) if len(answers) < MOST_QUESTIONS else None
    question = None if asked is None else _told(shop, facets, asked, _taken(shop, facets, answers), language)
    return Interview(question, len(answers), MOST_QUESTIONS, question is None, True, tuple(tags))


def next_question(shop: Shop, facets: Facets, answers: Sequence[Answer]) -> Asked | None:
    """The most telling question after these answers."""
    done = {one.question for one in answers}
    if KIND in done:  # a kind of item is a part of a category
        done.add(CATEGORY)
    return best_question(facets, _taken(shop, facets, answers), _strengths(shop), done)


def tag_of(facet: str, value: str) -> str:
    """The tag that a choice stands for."""
    return str(Tag(CATEGORY if facet == KIND else facet, value))


def _checked(facets: Facets, answers: Sequence[Answer]) -> list[str]:
    """The tags of the answers, in their order. Raises InvalidField."""
    if len(answers) > MOST_QUESTIONS:
        raise InvalidField("answers", f"{len(answers)} answers", f"at most {MOST_QUESTIONS}", rule="too_many")
    tags: list[str] = []
    seen: set[str] = set()
    for place, one in enumerate(answers):
        if one.question not in facets:
            allowed = f"a question of this shop: {', '.join(sorted(facets)) or 'it has none'}"
            raise InvalidField(f"answers[{place}].question", one.question, allowed)
        if one.question in seen:
            raise InvalidField(f"answers[{place}].question", one.question, "every question once", rule="repeated")
        seen.add(one.question)
        if one.choice is None:
            continue
        known = {tag_of(one.question, value) for value in facets[one.question]}
        if one.choice not in known:
            raise InvalidField(f"answers[{place}].choice", one.choice, "a choice of that question, or null")
        tags.append(one.choice)
    return tags


def _taken(shop: Shop, facets: Facets, answers: Sequence[Answer]) -> F64:
    """(n_catalogue,) how likely each item is taken: by popularity where that is known, and by the answers."""
    taken = popularity(shop)
    for one in answers:
        values = {tag_of(one.question, value): numbers for value, numbers in facets[one.question].items()}
        if one.choice is not None:
            taken[values[one.choice]] *= MORE
    return taken / max(float(taken.sum()), 1e-12)


def popularity(shop: Shop) -> F64:
    """(n_catalogue,) of what can be shown: its share of what is taken, smoothed; all alike where nothing is known."""
    everyone = np.arange(len(shop.catalogue), dtype=np.int32)
    admitted, _ = admit(shop.catalogue, everyone, Visit(shop.clock()))
    taken = admitted.astype(np.float64)
    if POPULARITY in shop.models:
        scores = shop.models[POPULARITY].score_all(Query(now_us=shop.clock()))
        taken *= np.maximum(scores, 0.0) + max(float(scores.mean()), 1e-9)
    return taken / max(float(taken.sum()), 1e-12)


def _strengths(shop: Shop) -> dict[str, float]:
    """What a word about each facet is worth here, learned at training; empty before."""
    learned = shop.release.info.get("facets", {}) if shop.release else {}
    return {str(name): float(value) for name, value in learned.items()}


def _told(shop: Shop, facets: Facets, asked: Asked, taken: F64, language: str) -> InterviewQuestion:
    choices = [
        Choice(
            tag_of(asked.facet, value),
            value_words(asked.facet, value, language),
            _examples(shop, facets[asked.facet][value], taken),
        )
        for value in asked.values
    ]
    choices.append(Choice(ANY, any_words(language)))
    return InterviewQuestion(asked.facet, facet_words(asked.facet, language), tuple(choices), round(asked.gain, 4))


def _examples(shop: Shop, numbers: np.ndarray, taken: F64) -> tuple[str, ...]:
    best = numbers[np.argsort(-taken[numbers], kind="stable")]
    shown: list[Item] = []
    groups: set[int] = set()
    for number in best.tolist():
        group = int(shop.catalogue.group[number])
        if taken[number] > 0 and group not in groups:
            groups.add(group)
            shown.append(shop.catalogue.items[number])
        if len(shown) == EXAMPLES:
            break
    return tuple(item.id for item in shown)
