"""A short way to write down the acts an utterance stands for, and to read acts back into it.

+colour=red/blue   wanted (is)            price<=2000 price>=5 price~10   bounds, in minor units
-colour=red        unwanted (is_not)      less price than=2, more size steps=1   critiques
care colour        does not matter        undo colour=red     like 2    reject 2   pick 2, pick price.least
compare 1 3        fact 2 material        why 1    bundle 2   gift girlfriend birthday age=5
policy returns     refused unsafe         unknown waterproof  more, back, greet…: by their name
?                  anything, as long as it is an answer
"""

from __future__ import annotations

from collections.abc import Iterator

from daogou.decide.guide.acts import (
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
    Pick,
    Plain,
    Ref,
    Refused,
    Reject,
    Undo,
    Unknown,
    Want,
)

_SIGNS = {"at_most": "<=", "at_least": ">=", "about": "~"}
_HEADS = frozenset(
    (
        "care", "undo", "like", "reject", "pick", "compare", "fact", "why", "bundle", "gift", "policy", "refused",
        "unknown", "less", "more", "back", "reset", "greet", "thanks", "bye", "yes", "no", "help", "order_status",
        "hand_over", "popular", "surprise",
    )
)  # fmt: skip


def noted(acts: tuple[Act, ...]) -> set[str]:
    """Acts in the short notation, one string per slot; words and hardness are not told."""
    return {" ".join(one.split()) for act in acts for one in _noted(act)}


def expected(line: str) -> set[str]:
    """The slots of a line of the notation."""
    found: list[list[str]] = []
    for word in line.split():
        is_slot = word[0] in "+-" or any(sign in word for sign in ("<=", ">=", "~"))
        if (is_slot and not word[1:].isdigit()) or (word in _HEADS and not (found and found[-1] == ["fact"])):
            found.append([word])
        else:
            found[-1].append(word)
    return {" ".join(_sorted(word) for word in words) for words in found}


def _sorted(word: str) -> str:
    name, equals, values = word.partition("=")
    return f"{name}{equals}{'/'.join(sorted(values.split('/')))}" if equals and "<" not in name else word


def _noted(act: Act) -> Iterator[str]:
    match act:
        case Inform():
            yield from (_want(want) for want in act.wants)
        case Critique():
            than = f"than={_ref(act.than)}" if act.than else ""
            yield f"{act.direction} {act.field} {than} {f'steps={act.steps}' if act.steps else ''}"
        case DontCare():
            yield f"care {act.field}"
        case Undo():
            yield f"undo {act.field}" + (f"={'/'.join(act.values)}" if act.values else "")
        case Like() | Reject() | Pick() | AskReason() | Bundle():
            name = {"Like": "like", "Reject": "reject", "Pick": "pick", "AskReason": "why", "Bundle": "bundle"}
            yield f"{name[type(act).__name__]} {_ref(act.item)}"
        case Compare():
            yield f"compare {' '.join(_ref(one) for one in act.items)}"
        case AskFact():
            yield f"fact {_ref(act.item)} {act.field}"
        case AskPolicy():
            yield f"policy {act.topic}"
        case Gift():
            yield f"gift {act.recipient} {act.occasion} {'' if act.age is None else f'age={act.age}'}"
        case Plain():
            yield act.name
        case Refused():
            yield f"refused {act.kind}"
        case Unknown():
            yield f"unknown {act.attribute}"


def _want(want: Want) -> str:
    if want.op in _SIGNS:
        return (
            f"{want.field}{_SIGNS[want.op]}{want.number:g}"
            if want.number < 1e6
            else (f"{want.field}{_SIGNS[want.op]}{int(want.number)}")
        )
    return f"{'+' if want.op == 'is' else '-'}{want.field}={'/'.join(sorted(want.values))}"


def _ref(ref: Ref | None) -> str:
    if ref is None:
        return ""
    if ref.position is not None:
        return str(ref.position)
    if ref.superlative is not None:
        return f"{ref.superlative}.{'most' if ref.most else 'least'}"
    return _want(ref.value).lstrip("+") if ref.value else ""
