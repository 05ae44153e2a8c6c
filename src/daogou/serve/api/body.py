"""Reading a request body: never more than is allowed, only JSON, only text that the store can keep."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec
from starlette.requests import ClientDisconnect, Request

from daogou.core.errors import DaogouError, InvalidField, Malformed, TooLarge
from daogou.serve.api.errors import RequestTimeout, UnsupportedMediaType

T = TypeVar("T")

MAX_DEPTH = 16
READ_SECONDS = 15.0
ONCE = (b"authorization", b"x-api-key", b"content-type", b"content-length", b"host")
_ALL_BUT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_ANYTHING = msgspec.json.Decoder()


def refuse_repeated_headers(headers: list[tuple[bytes, bytes]]) -> None:
    """A header that decides something must come once, or two programs may read the same call differently."""
    names = [name for name, _ in headers]
    for name in ONCE:
        if names.count(name) > 1:
            raise Malformed(f"The header {name.decode()} came {names.count(name)} times. Send it once.")


async def read_body(request: Request, max_bytes: int) -> bytes:
    """The whole body; TooLarge before more than `max_bytes` of it were read."""
    kind = request.headers.get("content-type", "")
    if kind.partition(";")[0].strip().lower() != "application/json":
        raise UnsupportedMediaType(f"Content-Type {kind or '(none)'!r} is not read here. Use application/json.")
    charset = kind.lower().partition("charset=")[2].strip(' "')
    if charset and charset not in ("utf-8", "utf8"):
        raise UnsupportedMediaType(f"The charset {charset!r} is not read here. Use UTF-8.")
    encoding = request.headers.get("content-encoding", "identity")
    if encoding.lower() != "identity":
        raise UnsupportedMediaType(f"Content-Encoding {encoding!r} is not read here. Send the body uncompressed.")
    announced = request.headers.get("content-length", "0")
    if announced.isdigit() and int(announced) > max_bytes:
        raise _too_large(max_bytes)
    try:
        async with asyncio.timeout(READ_SECONDS):
            return await _gather(request, max_bytes)
    except TimeoutError as error:
        raise RequestTimeout(f"The body did not arrive within {READ_SECONDS:g} seconds. Send it again.") from error
    except ClientDisconnect as error:
        raise Malformed("The connection closed before the body was complete.") from error


async def _gather(request: Request, max_bytes: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > max_bytes:
            raise _too_large(max_bytes)
        parts.append(part)
    return b"".join(parts)


def decode(body: bytes, decoder: msgspec.json.Decoder[T]) -> T:
    """The body as the type of `decoder`; Malformed or InvalidField say where it is wrong."""
    try:
        refuse_deep_or_unkeepable(body)
        return decoder.decode(body)
    except msgspec.ValidationError as error:
        raise _explained(error, body) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _unreadable(error) from error


def refuse_deep_or_unkeepable(body: bytes) -> None:
    """Refuse bodies nested deeper than MAX_DEPTH and text with NUL characters, which databases cannot keep.

    The quick look needs C loops only: peel one level of brackets at a time. Brackets inside texts can make
    it doubt a good body, so a doubt is settled by walking the decoded value.
    """
    is_doubtful = b"\\u0000" in body or body.startswith(b"[" * MAX_DEPTH)
    if not is_doubtful:
        brackets = body.translate(None, _ALL_BUT_BRACKETS)
        for _ in range(MAX_DEPTH):
            if not brackets:
                break
            brackets = brackets.replace(b"[]", b"").replace(b"{}", b"")
        is_doubtful = bool(brackets)
    if is_doubtful:
        _walk(_ANYTHING.decode(body))


def _walk(value: Any) -> None:
    level = [value]
    for _ in range(MAX_DEPTH + 1):
        inner: list[Any] = []
        for one in level:
            if isinstance(one, str) and "\x00" in one:
                raise Malformed("A text holds a NUL character (\\u0000). Remove it.")
            if isinstance(one, dict):
                inner.extend(one.keys())
                inner.extend(one.values())
            elif isinstance(one, list):
                inner.extend(one)
        if not inner:
            return
        level = inner
    raise Malformed(f"The body is nested deeper than {MAX_DEPTH} levels. Flatten it.")


def _too_large(max_bytes: int) -> TooLarge:
    return TooLarge(f"The body is larger than {max_bytes:,} bytes. Send fewer rows per call.")


def _unreadable(error: Exception) -> DaogouError:
    if isinstance(error, UnicodeDecodeError):
        return Malformed(f"The body is not UTF-8: {error.reason} at byte {error.start} of a text.")
    if isinstance(error, RecursionError):
        return Malformed(f"The body is nested deeper than {MAX_DEPTH} levels. Flatten it.")
    if isinstance(error, msgspec.ValidationError):
        return Malformed(f"The body holds a number that is out of range: {error}.")
    return Malformed(f"The body is not JSON: {error}.")


def _explained(error: msgspec.ValidationError, body: bytes) -> DaogouError:
    """The field, the value seen and what is allowed, from the decoder's message."""
    message, _, where = str(error).partition(" - at ")
    path = where.strip("`").removeprefix("$").removeprefix(".") or "body"
    try:
        whole = _ANYTHING.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as unreadable:
        return _unreadable(unreadable)
    if "unknown field" in message or "missing required field" in message:
        name = message.split("`")[1]
        field = name if path == "body" else f"{path}.{name}"
        if "missing" in message:
            return InvalidField(field, None, "a value; this field is required", rule="required")
        return InvalidField(field, _seen(whole, field), "only the documented fields", rule="unknown_field")
    expected = message.removeprefix("Expected ").split(", got")[0].replace("`", "")
    return InvalidField(path, _seen(whole, path), expected, rule="wrong_type")


def _seen(whole: Any, path: str) -> Any:
    """The value at a path such as items[2].price, or None where the path cannot be followed."""
    value = whole
    for part in path.replace("[", ".").replace("]", "").split("."):
        if part in ("", "body"):
            continue
        if isinstance(value, Mapping):
            value = value.get(part)
        elif isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        else:
            return None
    return value
