"""Why, and why not: the whole story of one item in one decision."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from daogou.core.errors import NotFound
from daogou.core.types import F32, text_in
from daogou.decide.context.lifted import LiftTold
from daogou.decide.eligibility import bars
from daogou.decide.explain.ordering import StageTold, stages_told
from daogou.decide.explain.wording import gate_words, rule_words, verdict
from daogou.decide.pool import attribute
from daogou.decide.rules.rule import Rule
from daogou.decide.trace import Trace


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer in one code and one sentence."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class SourceShare:
    """What one source brings to the score; weight is what the blend gives it."""

    name: str
    weight: float
    share: float


@dataclass(frozen=True, slots=True)
class HistoryShare:
    """What one item of the shopper's past, or one anchor, brings to the score."""

    item_id: str
    title: str
    event: str | None
    share: float


@dataclass(frozen=True, slots=True)
class GateAnswer:
    """One gate and whether the item passes it."""

    name: str
    passed: bool
    text: str


@dataclass(frozen=True, slots=True)
class RuleAnswer:
    """One of the merchant's rules that is about the item here, and what it says; decided: it settled the verdict.

    id: None where only the shop may know it.
    """

    id: str | None
    action: str
    amount: float | None
    decided: bool
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """rank counts from 1 among all items that any source speaks for, before gates and caps; None where none does.

    Where a ranker or the placement's own wishes change the order of the candidates, it counts in that order.
    """

    item_id: str
    in_slate: bool
    position: int | None
    rank: int | None
    verdict: Verdict
    score: float
    sources: tuple[SourceShare, ...]
    history: tuple[HistoryShare, ...]
    gates: tuple[GateAnswer, ...]
    filtered_by: str | None
    rules: tuple[RuleAnswer, ...] = ()
    context: tuple[LiftTold, ...] = ()
    stages: tuple[StageTold, ...] = ()


def answer(made: Trace, item_id: str, *, tell_private: bool = True) -> Explanation:
    """Read the story of one item from a trace; with `tell_private` also what only the shop may know.

    Raises NotFound for an item the shop does not have.
    """
    catalogue = made.occasion.catalogue
    number = catalogue.number_of.get(item_id)
    if number is None:
        raise NotFound(f"No item has the id {item_id!r}.")
    score = float(made.scores[number])
    rank = _rank(made, number, score)
    gates = _gates(made, number)
    closed = next((gate.name for gate in gates if not gate.passed), None)
    position = _position(made, number)
    return Explanation(
        item_id=item_id,
        in_slate=position is not None,
        position=position,
        rank=rank,
        verdict=_verdict(made, number, position, rank, closed),
        score=score,
        sources=_sources(made, number),
        history=_history(made, number),
        gates=tuple(gates),
        filtered_by=closed,
        rules=_rules(made, number, closed, tell_private=tell_private),
        stages=stages_told(made, number, tell_private=tell_private),
    )


def _rank(made: Trace, number: int, score: float) -> int | None:
    place = _place(made, number)
    if place >= 0 and (made.ranked is not None or made.reranked is not None):
        return place + 1
    return int(np.count_nonzero(made.scores > score)) + 1 if score > 0 else None


def _position(made: Trace, number: int) -> int | None:
    shown = made.shown()
    return shown.index(number) if number in shown else None


def _gates(made: Trace, number: int) -> list[GateAnswer]:
    one = np.array([number], np.int32)
    return [
        GateAnswer(name, not bool(barred[0]), gate_words(name, made.language))
        for name, barred in bars(made.occasion.catalogue, one, made.visit)
    ]


def _verdict(made: Trace, number: int, position: int | None, rank: int | None, closed: str | None) -> Verdict:
    code, facts = "outranked", {"rank": rank or 0, "limit": made.limit}
    if position is not None:
        code = "filler" if any(number == filler for filler, _ in made.fillers) else "shown"
        if any(number == pin.number for pin in made.pins):
            code = "pinned"
        facts = {"position": position + 1}
    elif closed is not None:
        code, facts = closed, {}
    elif rank is None:
        code, facts = "no_source", {}
    else:
        passed_over = made.arranged.passed_over.get(_place(made, number))
        if passed_over is not None:
            code, facts = passed_over, {}
    return Verdict(code, verdict(code, made.language, **facts))


def _place(made: Trace, number: int) -> int:
    """The item's place in the pool; -1 where it is not in it."""
    places = np.flatnonzero(made.pool.numbers == number)
    return int(places[0]) if len(places) else -1


def _rules(made: Trace, number: int, closed: str | None, *, tell_private: bool) -> tuple[RuleAnswer, ...]:
    """Every rule in force that is about the item, and the one that kept a place for other items."""
    if not made.ruling.rules:
        return ()
    held_back = made.arranged.rules.get(_place(made, number))
    deciding = {pin.rule_id for pin in made.pins if pin.number == number} | {held_back}
    about = made.ruling.about(number)
    about += [rule for rule in made.ruling.rules if rule.id == held_back and rule not in about]
    return tuple(
        RuleAnswer(
            (name := rule.id if tell_private else None),
            rule.action,
            amount := _amount(rule, made.occasion.catalogue.items[number].id),
            rule.id in deciding or (rule.action == "hide" and closed == "rule_hidden"),
            rule_words(rule.action, name, amount, made.language),
        )
        for rule in about
    )


def _amount(rule: Rule, item_id: str) -> float | None:
    """How much; of a pin the place of this very item."""
    return rule.position + rule.items.index(item_id) if rule.action == "pin" else rule.amount


def _sources(made: Trace, number: int) -> tuple[SourceShare, ...]:
    total = _total(made.scores, number)
    shares = []
    for signal in made.signals:
        weights = np.broadcast_to(made.occasion.weights.get(signal.name, 1.0), signal.scores.shape)
        shares.append(SourceShare(signal.name, float(weights[number]), float(signal.scores[number]) / total))
    return tuple(sorted(shares, key=lambda one: -one.share))


def _history(made: Trace, number: int) -> tuple[HistoryShare, ...]:
    catalogue = made.occasion.catalogue
    causes = attribute(made.signals, made.occasion.query, np.array([number], np.int32))
    events = made.occasion.past.strongest
    total = _total(made.scores, number)
    order = np.argsort(-causes.shares[:, 0], kind="stable")
    items = [(catalogue.items[causes.numbers[cause]], float(causes.shares[cause, 0]) / total) for cause in order]
    return tuple(
        HistoryShare(item.id, text_in(item.title, made.language), events.get(item.id), share)
        for item, share in items
        if share != 0.0
    )


def _total(scores: F32, number: int) -> float:
    score = float(scores[number])
    return score if abs(score) > 1e-12 else 1.0
