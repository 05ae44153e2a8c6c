"""Where the next page begins, in a text that only this shop can write and that fits one question only."""

from __future__ import annotations

import base64
import hmac
from typing import Any

import msgspec

from daogou.core.errors import InvalidField

MARK_BYTES = 12
_OFFSET_BYTES = 6


def seal(offset: int, question: Any, key: bytes) -> str:
    """The cursor to `offset` in the answer to `question`, which has to be plain data."""
    place = offset.to_bytes(_OFFSET_BYTES, "big")
    return base64.urlsafe_b64encode(place + _mark(place, question, key)).decode().rstrip("=")


def unseal(cursor: str, question: Any, key: bytes) -> int:
    """The offset. InvalidField where the cursor is altered, or of another question or shop."""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except ValueError:
        raw = b""
    place = raw[:_OFFSET_BYTES]
    if not hmac.compare_digest(raw[_OFFSET_BYTES:], _mark(place, question, key)):
        allowed = "the cursor of the answer before, with the same question"
        raise InvalidField("catalog.pagination.cursor", cursor, allowed, rule="unknown_cursor")
    return int.from_bytes(place, "big")


def _mark(place: bytes, question: Any, key: bytes) -> bytes:
    said = msgspec.json.encode(question, order="deterministic")
    return hmac.digest(key, b"daogou cursor 1\0" + place + said, "sha256")[:MARK_BYTES]
