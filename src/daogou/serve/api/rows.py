"""Taking rows one by one: good ones go in, bad ones are reported with their place and reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from daogou.core.errors import InvalidField, TooLarge
from daogou.serve.api.body import decode, read_body
from daogou.serve.api.endpoint import Call
from daogou.serve.api.errors import Rejections
from daogou.serve.api.wire.rows import Rejected

T = TypeVar("T")

ANY = msgspec.json.Decoder()
SHOWN_REASONS = 20


async def read_rows(call: Call, kind: str, *, single: bool = False) -> list[Any]:
    """The rows under `kind` in the body; with `single` the body may also be one bare row."""
    settings = call.service.settings.server
    body = decode(await read_body(call.request, settings.max_body_bytes), ANY)
    if not isinstance(body, dict):
        raise InvalidField("body", body, f'an object such as {{"{kind}": […]}}', rule="wrong_type")
    if single and kind not in body:
        return [body]
    rows = body.get(kind)
    if not isinstance(rows, list):
        raise InvalidField(kind, rows, f"a list of {kind}", rule="required" if rows is None else "wrong_type")
    if len(rows) > settings.max_batch:
        raise TooLarge(f"{len(rows)} {kind} came in one call. Send at most {settings.max_batch}.")
    return rows


def parse_rows(
    rows: Sequence[Any], parse: Callable[[Mapping[str, object]], T], kind: str
) -> tuple[list[T], list[Rejected]]:
    """The parsed rows and the refused ones; Rejections when there are rows and all of them are bad."""
    taken: list[T] = []
    rejected: list[Rejected] = []
    causes: list[InvalidField] = []
    for index, row in enumerate(rows):
        try:
            if not isinstance(row, dict):
                raise InvalidField("row", row, "an object", rule="wrong_type")
            taken.append(parse(row))
        except InvalidField as error:
            rejected.append(Rejected(index, error.code, error.field, str(error)))
            causes.append(error)
    if rejected and not taken:
        raise _all_refused(kind, rejected, causes)
    return taken, rejected


def _all_refused(kind: str, rejected: list[Rejected], causes: list[InvalidField]) -> Rejections:
    placed = [
        cause if len(rejected) == 1 and kind == "item" else cause.within(f"{kind}[{row.index}]")
        for row, cause in zip(rejected, causes, strict=True)
    ]
    more = f" (and {len(placed) - 1} more)" if len(placed) > 1 else ""
    return Rejections(f"None of the {kind} could be taken. {placed[0]}{more}", placed[:SHOWN_REASONS])
