"""A filter as a tree of four kinds of node, and its canonical spelling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Value: TypeAlias = str | int | float


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim about one field: `price < 20000`, `brand in ["小米", "Apple"]`, `tags exists`.

    field     as in FIELDS, or attributes.NAME
    operator  = != < <= > >= in has under exists missing
    values    what it is held against, as written; empty for exists and missing
    """

    field: str
    operator: str
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a filter."""

    part: Node


@dataclass(frozen=True, slots=True)
class And:
    """All parts hold; two parts or more, none of them an And."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part holds; two parts or more, none of them an Or."""

    parts: tuple[Node, ...]


Node: TypeAlias = Claim | Not | And | Or

ATTRIBUTE = "attributes."
MOST_DECIMALS = 6


def spelled(node: Node) -> str:
    """The canonical spelling: read again, it gives the same tree."""
    if isinstance(node, Claim):
        return _claim(node)
    if isinstance(node, Not):
        inner = spelled(node.part)
        return f"not ({inner})" if isinstance(node.part, And | Or) else f"not {inner}"
    if isinstance(node, And):
        return " and ".join(f"({spelled(part)})" if isinstance(part, Or) else spelled(part) for part in node.parts)
    return " or ".join(spelled(part) for part in node.parts)


def field_names(node: Node) -> frozenset[str]:
    """Every field that the tree names."""
    if isinstance(node, Claim):
        return frozenset({node.field})
    parts = (node.part,) if isinstance(node, Not) else node.parts
    return frozenset[str]().union(*(field_names(part) for part in parts))


def is_bare_name(text: str) -> bool:
    """Whether an attribute's name may stand without quotes: letters, digits and _, no digit first."""
    return (text[:1].isalpha() or text[:1] == "_") and all(one.isalnum() or one == "_" for one in text)


def _claim(claim: Claim) -> str:
    name = claim.field
    if name.startswith(ATTRIBUTE) and not is_bare_name(name.removeprefix(ATTRIBUTE)):
        name = ATTRIBUTE + _quoted(name.removeprefix(ATTRIBUTE))
    if claim.operator in ("exists", "missing"):
        return f"{name} {claim.operator}"
    values = ", ".join(_value(one) for one in claim.values)
    return f"{name} {claim.operator} " + (f"[{values}]" if claim.operator == "in" else values)


def _value(value: Value) -> str:
    if isinstance(value, str):
        return _quoted(value)
    return str(value) if isinstance(value, int) else f"{value:.{MOST_DECIMALS}f}".rstrip("0")


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
