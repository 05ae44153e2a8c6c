"""Bodies: what cannot be read is refused with a reason, never with a crash."""

from __future__ import annotations

import json
import random
from contextlib import suppress
from typing import Any

import msgspec
import pytest

from daogou.core.errors import InvalidField, InvalidInput, Malformed
from daogou.serve.api.body import MAX_DEPTH, decode, refuse_deep_or_unkeepable, refuse_repeated_headers

ANY = msgspec.json.Decoder()


class Shape(msgspec.Struct, forbid_unknown_fields=True):
    limit: int
    ids: list[str] = []


SHAPE = msgspec.json.Decoder(Shape)


def nested(depth: int, opened: str = "[", closed: str = "]") -> bytes:
    return (opened * depth + closed * depth).encode()


@pytest.mark.parametrize(
    ("body", "part"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"{} {}", "not JSON"),
        (b"nothing", "not JSON"),
        (b'{"a": NaN}', "not JSON"),
        (b'"\xff\xfe"', "not UTF-8"),
        (b"\xef\xbb\xbf{}", "not JSON"),
        (b'["\\ud800"]', "not JSON"),
        (b'["a\\u0000b"]', "NUL"),
        (b'{"a\\u0000": 1}', "NUL"),
        (b'{"a": 1e999}', "out of range"),
        (b'{"a": ' + b"9" * 5_000 + b"}", "out of range"),
        (nested(MAX_DEPTH + 2), "nested deeper"),
        (nested(100_000), "nested deeper"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "nested deeper"),
        (b"[" * 100_000, "nested deeper"),
    ],
)
def test_an_unreadable_body_is_malformed_and_says_why(body: bytes, part: str) -> None:
    with pytest.raises(Malformed, match=part):
        decode(body, ANY)


@pytest.mark.parametrize(
    "value",
    [
        {"title": "[" * 50 + "{" * 50},
        {"title": "a backslash and then u0000: \\u0000"},
        json.loads(nested(MAX_DEPTH)),
        {"a": [{"b": [{"c": []}]}] * 30},
    ],
)
def test_brackets_inside_texts_and_wide_bodies_are_not_mistaken_for_depth(value: Any) -> None:
    assert decode(json.dumps(value).encode(), ANY) == value


def test_a_deep_body_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(Malformed):
        refuse_deep_or_unkeepable(b'{"a":' * 40 + b"1" + b"}" * 40)


@pytest.mark.parametrize(
    ("body", "field", "value", "rule"),
    [
        (b'{"limit": "x"}', "limit", "x", "wrong_type"),
        (b'{"limit": 1, "ids": ["a", 2]}', "ids[1]", 2, "wrong_type"),
        (b'{"limit": 1, "idz": []}', "idz", [], "unknown_field"),
        (b"{}", "limit", None, "required"),
        (b"[]", "body", [], "wrong_type"),
        (b'{"limit": 1.5}', "limit", 1.5, "wrong_type"),
    ],
)
def test_a_wrong_field_is_named_with_the_value_seen(body: bytes, field: str, value: object, rule: str) -> None:
    with pytest.raises(InvalidField) as caught:
        decode(body, SHAPE)
    assert (caught.value.field, caught.value.value, caught.value.rule) == (field, value, rule)


@pytest.mark.parametrize("name", [b"authorization", b"x-api-key", b"content-type", b"content-length", b"host"])
def test_a_deciding_header_that_comes_twice_is_refused(name: bytes) -> None:
    refuse_repeated_headers([(name, b"1"), (b"accept", b"a"), (b"accept", b"b")])
    with pytest.raises(Malformed, match=name.decode()):
        refuse_repeated_headers([(name, b"1"), (name, b"1")])


def test_random_bytes_never_break_the_reader() -> None:
    chance = random.Random(7)
    for _ in range(3_000):
        body = bytes(chance.choice(b'[]{}",:\\u0d8\xff\x00 1.e-n') for _ in range(chance.randrange(40)))
        with suppress(InvalidInput):  # anything else fails the test
            decode(body, SHAPE)
