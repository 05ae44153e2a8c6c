"""What a model reads out of an utterance: one flat object that small models can fill, checked against the shop's words.

A model proposes, the shop's vocabulary disposes: fields and values that the shop lacks are dropped, and a number that
the shopper did not say is never taken. So a model that errs, or obeys somebody else, can only search otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast, get_args

import msgspec

from daogou.decide.guide.acts import (
    BRAND,
    CATEGORY,
    PRICE,
    RATING,
    STOCK,
    Act,
    AskFact,
    AskPolicy,
    AskReason,
    Bundle,
    Compare,
    Critique,
    DontCare,
    Gift,
    Inform,
    Like,
    Operator,
    Pick,
    Plain,
    Ref,
    Refused,
    Reject,
    Undo,
    Want,
)
from daogou.decide.guide.model.figures import figures_in
from daogou.decide.guide.model.vocabulary import Field, Vocabulary, fold

PLAIN = (
    "more", "back", "reset", "greet", "thanks", "bye", "yes", "no", "help", "order_status", "hand_over", "popular",
    "surprise",
)  # fmt: skip
REFUSED = ("abuse", "unsafe", "out_of_scope")
ABOUT_ITEMS = ("compare", "pick", "like", "reject", "ask_item", "ask_why", "goes_with")
INTENTS = ("find", *ABOUT_ITEMS, "ask_policy", *PLAIN, *REFUSED)
TOPICS = ("shipping", "returns", "payment", "warranty", "privacy", "opening_hours", "contact", "other")
ORDERED = (PRICE, RATING)
MOST_WANTS = 8


class ReadWant(msgspec.Struct, frozen=True):
    """One constraint, as the model wrote it; money in whole units of the shop's currency, as shoppers say it."""

    field: str
    op: str = "is"
    values: tuple[str, ...] = ()
    number: float | None = None
    must: bool = True


class Reading(msgspec.Struct, frozen=True):
    """One utterance, as the model wrote it."""

    intent: str
    wants: tuple[ReadWant, ...] = ()
    more: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    undo: tuple[str, ...] = ()
    items: tuple[int, ...] = ()
    field: str = ""
    topic: str = ""
    recipient: str = ""
    occasion: str = ""
    age: int | None = None
    words: str = ""


def schema(told: Sequence[tuple[Field, tuple[str, ...]]]) -> dict[str, Any]:
    """JSON schema of a `Reading` in which fields are the shop's. All of it is required, as strict endpoints ask."""
    names = list(dict.fromkeys([CATEGORY, BRAND, PRICE, STOCK, RATING, *(one.name for one, _ in told)]))
    some = {"type": "array", "items": {"type": "string", "enum": names}}
    text = {"type": "string"}
    want = _object(
        field={"type": "string", "enum": names},
        op={"type": "string", "enum": list(get_args(Operator))},
        values={"type": "array", "items": text},
        number={"type": ["number", "null"]},
        must={"type": "boolean"},
    )
    return _object(
        intent={"type": "string", "enum": list(INTENTS)},
        wants={"type": "array", "items": want},
        more=some,
        less=some,
        any=some,
        undo=some,
        items={"type": "array", "items": {"type": "integer"}},
        field={"type": "string", "enum": ["", *names]},
        topic={"type": "string", "enum": ["", *TOPICS]},
        recipient=text,
        occasion=text,
        age={"type": ["integer", "null"]},
        words=text,
    )


def read_acts(text: str, utterance: str, vocabulary: Vocabulary, n_shown: int) -> tuple[Act, ...]:
    """The acts of an answer, as far as the shop and the utterance carry them; empty where nothing of it does.

    Raises ValueError where it is no such object at all: the model may be told so and try once more.
    """
    try:
        reading = msgspec.json.decode(_object_in(text), type=Reading, strict=False)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(str(error)[:200]) from error
    if reading.intent not in INTENTS:
        raise ValueError(f"intent must be one of {', '.join(INTENTS)}")
    return tuple(_acts(reading, utterance, vocabulary, n_shown))


def _acts(reading: Reading, utterance: str, vocabulary: Vocabulary, n_shown: int) -> Iterator[Act]:
    refs = tuple(Ref(place) for place in dict.fromkeys(reading.items) if place == -1 or 1 <= place <= n_shown)
    yield from _leading(reading, refs)
    if reading.recipient or reading.occasion or reading.age is not None:
        said_age = reading.age if reading.age is not None and reading.age in _said(utterance) else None
        yield Gift(_code(reading.recipient), _code(reading.occasion), said_age)
    known = {one.name for one in vocabulary.fields} | {CATEGORY, BRAND, PRICE, STOCK, RATING}
    yield from (DontCare(name) for name in reading.any if name in known)
    yield from (Undo(name) for name in reading.undo if name in known)
    than = refs[0] if refs and reading.intent in ("like", "find") else None
    for direction, names in (("less", reading.less), ("more", reading.more)):
        yield from (
            Critique(name, direction, than)  # type: ignore[arg-type]
            for name in names
            if name in ORDERED or _kind(vocabulary, name) == "number"
        )
    wants = tuple(want for one in reading.wants[:MOST_WANTS] for want in _wants(one, utterance, vocabulary))
    words = " ".join(reading.words.split()) if fold(reading.words) in fold(utterance) else ""
    if wants or (words and reading.intent == "find"):
        yield Inform(wants, words[:200])


def _leading(reading: Reading, refs: tuple[Ref, ...]) -> Iterator[Act]:
    first = refs[0] if refs else None
    intent = reading.intent
    if intent in PLAIN:
        yield Plain(cast(Any, intent))
    elif intent in REFUSED:
        yield Refused(cast(Any, intent))
    elif intent == "compare":
        yield Compare(refs if len(refs) > 1 else ())
    elif intent == "pick" and first:
        yield Pick(first)
    elif intent == "like" and first:
        yield Like(first)
    elif intent == "reject":
        yield Reject(first)
    elif intent == "ask_item":
        yield AskFact(first, reading.field)
    elif intent == "ask_why":
        yield AskReason(first)
    elif intent == "goes_with":
        yield Bundle(first)
    elif intent == "ask_policy":
        yield AskPolicy(reading.topic if reading.topic in TOPICS else "other", reading.words[:200])


def _wants(read: ReadWant, utterance: str, vocabulary: Vocabulary) -> Iterator[Want]:
    """The want in the catalogue's own words, or nothing."""
    if read.op not in get_args(Operator):
        return
    op = cast(Operator, read.op)
    field = vocabulary.field(read.field)
    if op in ("at_least", "at_most", "about"):
        if read.number is None or read.number not in _said(utterance):
            return
        if read.field == PRICE:
            yield Want(PRICE, op, number=float(round(read.number * vocabulary.minor)), is_hard=read.must)
        elif read.field == RATING or (field is not None and field.kind == "number"):
            yield Want(read.field, op, number=read.number, is_hard=read.must)
        return
    if read.field == STOCK:
        yield Want(STOCK, "is", ("in_stock",), is_hard=read.must)
    elif field is not None:
        values = tuple(dict.fromkeys(value for one in read.values if (value := field.values.get(fold(one)))))
        if values:
            yield Want(field.name, op, values, is_hard=read.must)


def _said(utterance: str) -> set[float]:
    """Numbers of the utterance, and what 1.5k and 2w mean by them."""
    lower = utterance.casefold()
    found = {value for value, _, _ in figures_in(lower)}
    for value, _, end in figures_in(lower):
        factor = {"k": 1_000.0, "千": 1_000.0, "w": 10_000.0, "万": 10_000.0}.get(lower[end : end + 1])
        found |= {value * factor} if factor else set()
    return found


def _kind(vocabulary: Vocabulary, name: str) -> str:
    field = vocabulary.field(name)
    return field.kind if field else ""


def _code(text: str) -> str:
    """A recipient or an occasion as the guide's tables name them."""
    return "_".join("".join(one if one.isalnum() else " " for one in text.casefold()).split())[:40]


def _object_in(text: str) -> str:
    """The first object of an answer that may stand in a fence or behind a sentence."""
    start, end = text.find("{"), text.rfind("}")
    return text[start : end + 1] if 0 <= start < end else text


def _object(**properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
