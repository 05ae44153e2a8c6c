"""Which question to ask beside what is shown: the one whose answer is expected to tell most.

What an answer tells is the entropy of a field over the items that may be meant, each weighed by how likely it is meant,
times how likely a shopper can answer. The number on a button counts all items that fit, not only the likely ones.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from daogou.core.types import F64, I32
from daogou.decide.guide.acts import BRAND, CATEGORY, PRICE, DontCare, Inform, Want
from daogou.decide.guide.fields import NEVER_TOLD, SAID_BY_CATEGORY
from daogou.decide.guide.find import Board
from daogou.decide.guide.labels import Labels
from daogou.decide.guide.reply import Choice, Question
from daogou.decide.guide.words import ANY_LABEL, place

MOST_CHOICES = 5
LEAST_GAIN = 0.25
LEAST_COVERED = 0.3
MOST_VALUES = 80
LEAST_SHARE = 0.02

ANSWERABLE = {
    CATEGORY: 0.95, PRICE: 0.85, "audience": 0.9, "gender": 0.9, "age": 0.9, "colour": 0.8, "color": 0.8,
    "size": 0.85, "shoe_size": 0.85, "occasion": 0.75, "season": 0.6, "flavour": 0.8, "scent": 0.7, "material": 0.6,
    "pattern": 0.6, "style": 0.6, BRAND: 0.5, "collection": 0.3,
}  # fmt: skip
"""How likely a shopper knows what to answer, by field."""
USUALLY, NUMBERS = 0.5, 0.4

QUESTIONS = {
    CATEGORY: ("What kind of thing is it?", "想要哪一类？"),
    PRICE: ("How much may it cost?", "预算大概多少？"),
    BRAND: ("Any brand in mind?", "对品牌有要求吗？"),
    "audience": ("Who is it for?", "给谁用？"),
    "age": ("How old is the child?", "孩子多大？"),
    "colour": ("Which colour?", "喜欢什么颜色？"),
    "color": ("Which colour?", "喜欢什么颜色？"),
    "size": ("Which size?", "要什么尺码？"),
}
OTHER = ("Which {field}?", "{field}有要求吗？")


@dataclass(frozen=True, slots=True)
class _Side:
    """What each value of a field weighs over the items that may be meant; gain: bits times the chance of an answer."""

    field: str
    weights: dict[str, float]
    gain: float


def choose_question(
    board: Board, labels: Labels, language: str, *, asked: Collection[str], order: Sequence[str] = (),
    never: Collection[str] = (), enough_found: int = 10,
) -> Question | None:  # fmt: skip
    """The question to ask now, or None where no answer would help.

    asked  fields that were asked about before, and those about which the shopper does not care
    order  the shop's own order of fields; empty takes the most telling one
    """
    if board.total <= enough_found:
        return None
    numbers, weights = board.posterior()
    fixed = {one.field for one in board.focus.wants if one.op in ("is", "about")}
    bounded = {one.field for one in board.focus.wants if one.op in ("at_least", "at_most")}
    done = {*asked, *never, *board.focus.dont_care, *bounded, *(fixed - {CATEGORY})}
    sides = _sides(board, numbers, weights, done)
    innermost = {path[-1] for path in board.view.shop.catalogue.category_paths if path}
    is_kind_known = any(one.field == CATEGORY and innermost.issuperset(one.values) for one in board.focus.wants)
    if CATEGORY not in done and not is_kind_known and (kinds := _kinds(board, numbers, weights)) is not None:
        sides.append(kinds)
    if PRICE not in done and PRICE not in fixed and (prices := _prices(board, numbers, weights)) is not None:
        sides.append(prices)
    ranked = sorted((one for one in sides if one.gain >= LEAST_GAIN), key=lambda one: (-one.gain, one.field))
    if order:
        at = {field: where for where, field in enumerate(order)}
        ranked = sorted((one for one in ranked if one.field in at), key=lambda one: at[one.field])
    for side in ranked:
        choices = _choices(board, side, numbers, weights, labels)
        if len(choices) >= 2:
            text = _text(side.field, labels, language)
            ways = (*choices, Choice(ANY_LABEL[place(language)], (DontCare(side.field),)))
            return Question(side.field, text, ways)
    return None


def _sides(board: Board, numbers: I32, weights: F64, done: Collection[str]) -> list[_Side]:
    held: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    left: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    covered: dict[str, float] = defaultdict(float)
    items = board.view.items
    for number, weight in zip(numbers.tolist(), weights.tolist(), strict=True):
        item = items[number]
        for field, values in item.attributes.items():
            if field not in done and field not in NEVER_TOLD:
                covered[field] += weight
                for value in values:
                    held[field][value] += weight / len(values)
                    left[field][value] += weight
        if item.brand and BRAND not in done:
            covered[BRAND] += weight
            held[BRAND][item.brand] += weight
            left[BRAND][item.brand] += weight
    total = float(weights.sum())
    return [
        _Side(field, dict(values), _gain(values, left[field], total) * _answerable(field, values))
        for field, values in held.items()
        if covered[field] >= LEAST_COVERED * total and len(values) >= 2 and _may_be_asked(field, values)
    ]


def _may_be_asked(field: str, values: Collection[str]) -> bool:
    return len(values) <= MOST_VALUES and field not in ("code", "scope", "sku", "id", *SAID_BY_CATEGORY)


def _answerable(field: str, values: Collection[str]) -> float:
    if field in ANSWERABLE:
        return ANSWERABLE[field]
    return NUMBERS if all(value[:1].isdigit() for value in values) else USUALLY


def _gain(said: Mapping[str, float], left: Mapping[str, float], total: float) -> float:
    """Bits that the answer is expected to tell; what no item states counts as one answer more.

    said  how often each value is the answer; left: what weight remains after it, more where items have several values
    """
    silent = total - sum(said.values())
    parts = [(said[value] / total, left[value] / total) for value in said if said[value] > 1e-9 * total]
    if silent > 1e-9 * total:
        parts.append((silent / total, silent / total))
    return -sum(part * math.log2(min(remains, 1.0)) for part, remains in parts)


def _kinds(board: Board, numbers: I32, weights: F64) -> _Side | None:
    """The next level of categories below what all that may be meant have in common."""
    catalogue = board.view.shop.catalogue
    by_path: dict[tuple[str, ...], float] = defaultdict(float)
    for category, weight in zip(catalogue.category[numbers].tolist(), weights.tolist(), strict=True):
        by_path[catalogue.category_paths[category]] += weight
    total = sum(by_path.values())
    depth = 0
    while True:
        level: dict[str, float] = defaultdict(float)
        for path, weight in by_path.items():
            if len(path) > depth:
                level[path[depth]] += weight
        if not level:
            return None
        if len(level) > 1 and max(level.values()) < 0.95 * total:
            return _Side(CATEGORY, dict(level), _gain(level, level, total) * ANSWERABLE[CATEGORY])
        depth += 1


def _prices(board: Board, numbers: I32, weights: F64) -> _Side | None:
    low, _ = board.view.fields.amounts(PRICE)
    prices = low[numbers]
    known = prices == prices
    if known.sum() < 4:
        return None
    bounds = bands(prices[known], weights[known])
    if not bounds:
        return None
    shares = np.bincount(np.searchsorted(bounds, prices[known], side="right"), weights[known])
    values = {f"{place}": float(share) for place, share in enumerate(shares)}
    return _Side(PRICE, values, _gain(values, values, float(weights.sum())) * ANSWERABLE[PRICE])


def bands(amounts: F64, weights: F64) -> list[float]:
    """Two or three round amounts that part the weight into parts of about the same size, ascending."""
    order = np.argsort(amounts, kind="stable")
    run = np.cumsum(weights[order]) / weights.sum()
    found: list[float] = []
    for share in (0.25, 0.5, 0.75):
        amount = _round(float(amounts[order][min(int(np.searchsorted(run, share)), len(run) - 1)]))
        if amounts.min() < amount <= amounts.max() and (not found or amount > found[-1]):
            found.append(amount)
    return found


def _round(amount: float) -> float:
    """The nearest of 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten."""
    if amount <= 0:
        return 0.0
    power = 10.0 ** math.floor(math.log10(amount))
    return min((step * power for step in (1, 1.5, 2, 3, 4, 5, 6, 8, 10)), key=lambda one: abs(one - amount))


def _choices(board: Board, side: _Side, numbers: I32, weights: F64, labels: Labels) -> list[Choice]:
    if side.field == PRICE:
        return _price_choices(board, numbers, weights, labels)
    field = side.field
    counted = [
        (value, weight, Want(field, "is", (value,), None, False))
        for value, weight in sorted(side.weights.items(), key=lambda one: (-one[1], one[0]))[:MOST_CHOICES]
        if weight >= LEAST_SHARE * sum(side.weights.values())
    ]
    ordered = labels.scale(field, counted[0][0]) if counted else []
    if all(value in ordered for value, _, _ in counted):
        counted.sort(key=lambda one: ordered.index(one[0]))
    choices = []
    for value, _, want in counted:
        count = int(np.count_nonzero(board.fits & board.view.fields.answers(want)[0]))
        choices.append(Choice(labels.value(field, value), (Inform((want,)),), count))
    return choices


def _price_choices(board: Board, numbers: I32, weights: F64, labels: Labels) -> list[Choice]:
    low, _ = board.view.fields.amounts(PRICE)
    prices = low[numbers]
    known = prices == prices
    bounds = bands(prices[known], weights[known])
    choices = []
    for least, most in zip([None, *bounds], [*bounds, None], strict=True):
        low_want = () if least is None else (Want(PRICE, "at_least", (), least, False),)
        wants = low_want if most is None else (*low_want, Want(PRICE, "at_most", (), most, False))
        inside = board.fits.copy()
        for want in wants:
            inside &= board.view.fields.answers(want)[0]
        count = int(np.count_nonzero(inside))
        if count:
            choices.append(Choice(labels.between(least, most), (Inform(wants),), count))
    return choices


def _text(field: str, labels: Labels, language: str) -> str:
    known = QUESTIONS.get(field)
    name = labels.field(field)
    name = name[:1].lower() + name[1:] if name[1:2].islower() else name
    return known[place(language)] if known else OTHER[place(language)].format(field=name)
