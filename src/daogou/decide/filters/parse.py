"""Read a filter's text as a tree. The grammar stands in contracts/filter-language.md."""

from __future__ import annotations

from daogou.core.errors import InvalidFilter
from daogou.decide.filters.check import checked, known_field, known_operator
from daogou.decide.filters.folding import fold
from daogou.decide.filters.tokens import Token, TokenKind, tokens
from daogou.decide.filters.tree import ATTRIBUTE, And, Claim, Node, Not, Or

MOST_CHARACTERS = 4_000
MOST_LEVELS = 32
MOST_TESTS = 64
MOST_VALUES = 500
MOST_TITLES = 8  # each looks through every title once
RESERVED = frozenset({"and", "or", "not", "in", "has", "under", "exists", "missing"})


def parse(text: str) -> Node:
    """The tree of a filter. Raises InvalidFilter at the first character that is wrong."""
    if len(text) > MOST_CHARACTERS:
        raise InvalidFilter(
            text, MOST_CHARACTERS + 1, f"{len(text)} characters", f"at most {MOST_CHARACTERS}", rule="too_long"
        )
    return _Reader(text).whole()


class _Reader:
    """Goes through the tokens once, one ahead; `_levels` counts open parentheses and nots."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = tokens(text)
        self._next = next(self._tokens)
        self._levels = self._tests = self._titles = self._values = 0

    def whole(self) -> Node:
        tree = self._any()
        if self._next.kind != "end":
            raise self._wrong(f"and, or, or the end{self._separator_hint()}")
        return tree

    def _any(self) -> Node:
        parts = [self._all()]
        while self._took("or"):
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Or(_flat(parts, Or))

    def _all(self) -> Node:
        parts = [self._one()]
        while self._took("and"):
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else And(_flat(parts, And))

    def _one(self) -> Node:
        opening = self._next
        if self._took("not"):
            self._deepen(opening)
            inner: Node = Not(self._one())
        elif self._took_mark("("):
            self._deepen(opening)
            inner = self._any()
            if not self._took_mark(")"):
                raise self._wrong(f'and, or, or a ")" for the "(" in column {opening.position}')
        else:
            return self._claim()
        self._levels -= 1
        return inner

    def _deepen(self, opening: Token) -> None:
        self._levels += 1
        if self._levels > MOST_LEVELS:
            raise InvalidFilter(
                self._text, opening.position, opening.found, f'at most {MOST_LEVELS} levels of "(" and not',
                rule="too_deep",
            )  # fmt: skip

    def _claim(self) -> Claim:
        self._tests += 1
        if self._tests > MOST_TESTS:
            raise self._wrong(f"at most {MOST_TESTS} tests", rule="too_many")
        name = self._next
        field = self._field()
        self._titles += field == "title"
        if self._titles > MOST_TITLES:
            raise InvalidFilter(
                self._text, name.position, name.found, f"at most {MOST_TITLES} tests of title", rule="too_many"
            )
        operator = known_operator(self._text, field, self._next)
        self._step()
        if operator in ("exists", "missing"):
            return Claim(field, operator)
        values = self._list() if operator == "in" else [self._step()]
        return checked(self._text, field, operator, values)

    def _field(self) -> str:
        name = self._next
        if name.kind != "name" or name.text.lower() in RESERVED:
            raise self._wrong('a field such as price or brand, not, or "("')
        self._step()
        if name.text.lower() + "." != ATTRIBUTE:
            return known_field(self._text, name)
        if not self._took_mark("."):
            raise self._wrong('"." and the name of an attribute, such as attributes.colour or attributes."screen size"')
        attribute = self._next
        if attribute.kind not in ("name", "text") or not fold(attribute.text):
            raise self._wrong("the name of an attribute, in quotes where it is more than one word")
        self._step()
        return ATTRIBUTE + fold(attribute.text)

    def _list(self) -> list[Token]:
        if not self._took_mark("["):
            raise self._wrong('a list such as ["red", "blue"]')
        values = [self._listed()]
        while self._took_mark(","):
            values.append(self._listed())
        if not self._took_mark("]"):
            raise self._wrong('"," or "]"')
        return values

    def _listed(self) -> Token:
        if self._next.kind in ("mark", "end"):
            raise self._wrong("a value")
        self._values += 1
        if self._values > MOST_VALUES:
            raise self._wrong(f"at most {MOST_VALUES} values in lists", rule="too_many")
        return self._step()

    def _step(self) -> Token:
        taken = self._next
        if taken.kind != "end":
            self._next = next(self._tokens)
        return taken

    def _took(self, word: str) -> bool:
        return self._took_kind("name", word)

    def _took_mark(self, mark: str) -> bool:
        return self._took_kind("mark", mark)

    def _took_kind(self, kind: TokenKind, text: str) -> bool:
        if self._next.kind != kind or self._next.text.lower() != text:
            return False
        self._step()
        return True

    def _separator_hint(self) -> str:
        return " (write numbers without separators)" if self._next.text == "," else ""

    def _wrong(self, expected: str, *, rule: str = "syntax") -> InvalidFilter:
        return InvalidFilter(self._text, self._next.position, self._next.found, expected, rule=rule)


def _flat(parts: list[Node], kind: type[And | Or]) -> tuple[Node, ...]:
    """The parts, those of the same kind taken apart: (a and b) and c is a and b and c."""
    return tuple(inner for part in parts for inner in (part.parts if isinstance(part, kind) else (part,)))
