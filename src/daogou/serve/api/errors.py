"""The one shape in which every failure leaves, and the few errors only HTTP knows.

{"error": {"code", "message", "field"?, "position"?, "details"?: [{"field", "value", "allowed", "rule"}],
           "request_id"}}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from starlette.responses import Response

from daogou.core.errors import DaogouError, InvalidField, InvalidFilter, InvalidInput
from daogou.serve.limiter import Standing

RETRY_AFTER_SECONDS = {503: 1, 507: 30}
"""By status; a full disk takes somebody to make room."""

SHOWN_CHARACTERS = 80


class MethodNotAllowed(InvalidInput):
    """The path exists, the method does not."""

    code = "method_not_allowed"
    status = 405


class UnsupportedMediaType(InvalidInput):
    """A body that does not say it is JSON."""

    code = "unsupported_media_type"
    status = 415


class RequestTimeout(InvalidInput):
    """The body did not arrive in time."""

    code = "request_timeout"
    status = 408


class RateLimited(DaogouError):
    """A caller asked more often than allowed; `standing` says when there is room again."""

    code = "rate_limited"
    status = 429

    def __init__(self, message: str, standing: Standing) -> None:
        self.standing = standing
        super().__init__(message)


class KeyReused(InvalidInput):
    """An Idempotency-Key that came before, with another call."""

    code = "idempotency_key_reused"
    status = 422


class Rejections(InvalidInput):
    """Every row of a call was wrong, each for its own reason."""

    code = "invalid_input"

    def __init__(self, message: str, causes: Sequence[InvalidField]) -> None:
        self.causes = tuple(causes)
        super().__init__(message)


class ErrorDetail(msgspec.Struct, frozen=True, omit_defaults=True):
    """One field that is wrong, what was seen there, what is allowed, and the short name of the broken rule."""

    field: str
    value: str
    allowed: str
    rule: str


class ErrorFacts(msgspec.Struct, frozen=True, omit_defaults=True):
    """What went wrong; `position` is the column of the first wrong character of a filter, from 1."""

    code: str
    message: str
    request_id: str
    field: str | None = None
    details: list[ErrorDetail] | None = None
    position: int | None = None


class ErrorBody(msgspec.Struct, frozen=True):
    """The body of every answer that is not a success."""

    error: ErrorFacts


def error_response(error: DaogouError, request_id: str, headers: Mapping[str, str] | None = None) -> Response:
    """`error` as it goes on the wire."""
    facts = ErrorFacts(
        code=error.code,
        message=str(error),
        request_id=request_id,
        field=_field_of(error),
        details=_details_of(error) or None,
        position=error.position if isinstance(error, InvalidFilter) else None,
    )
    extra = dict(headers or {})
    if error.status in RETRY_AFTER_SECONDS:
        extra["Retry-After"] = str(RETRY_AFTER_SECONDS[error.status])
    if isinstance(error, RateLimited):
        extra["Retry-After"] = str(error.standing.reset_seconds)
    if error.status == 401:
        extra["WWW-Authenticate"] = 'Bearer realm="daogou"'
    return Response(msgspec.json.encode(ErrorBody(facts)), error.status, extra, "application/json")


def in_public(error: Exception) -> DaogouError:
    """What a caller may know of a failure: ours as they are, any other without its insides."""
    if isinstance(error, DaogouError):
        return error
    return DaogouError("Something went wrong on our side. The request id finds it in the server's log.")


def _field_of(error: DaogouError) -> str | None:
    if isinstance(error, InvalidFilter):
        return error.where
    return error.field if isinstance(error, InvalidField) else None


def _details_of(error: DaogouError) -> list[ErrorDetail]:
    if isinstance(error, InvalidFilter):
        return [ErrorDetail(error.where, shown(error.found), error.expected, error.rule)]
    causes = error.causes if isinstance(error, Rejections) else (error,) if isinstance(error, InvalidField) else ()
    return [detail_of(cause) for cause in causes]


def detail_of(error: InvalidField) -> ErrorDetail:
    """One broken field as data; long values are cut."""
    return ErrorDetail(error.field, shown(error.value), error.allowed, error.rule)


def shown(value: object) -> str:
    """The value as text that fits in a message."""
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 3] + "..."
