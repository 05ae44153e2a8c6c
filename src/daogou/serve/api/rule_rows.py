"""Reading a body that holds rules, with every mistake in the details of the refusal; and who is writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

import msgspec

from daogou.decide.rules.review import RulesRefused
from daogou.serve.api.body import decode, read_body
from daogou.serve.api.endpoint import Call
from daogou.serve.api.errors import Rejections
from daogou.serve.keys import list_keys

T = TypeVar("T")


async def read(call: Call, decoder: msgspec.json.Decoder[T]) -> T:
    """The body of a call about rules."""
    return decode(await read_body(call.request, call.service.settings.server.max_body_bytes), decoder)


@contextmanager
def told_in_full() -> Iterator[None]:
    """Refused rules leave with one entry in `details` per mistake."""
    try:
        yield
    except RulesRefused as error:
        raise Rejections(str(error), error.causes) from error


def author_of(call: Call) -> str:
    """The key that writes, by its note and id."""
    assert call.holder is not None, "rules are written with a key"
    key_id = call.holder.key_id
    note = next((one.note for one in list_keys(call.service.folder) if one.key_id == key_id), "")
    return f"{note} ({key_id})" if note else key_id
