"""JSON log lines: one per call, without anything about the shopper and without keys.

The route is logged as its template (/v1/users/{user_id}), never as the path that was called; of a key only its
id. Query strings, bodies and addresses are never logged.
"""

from __future__ import annotations

import logging
from typing import Any, BinaryIO, cast

import msgspec
import structlog
from structlog.tracebacks import ExceptionDictTransformer

from daogou.core.errors import DaogouError
from daogou.serve.monitor.sink import Sink

STANDARD_ERROR = 2
OUR_ERRORS = DaogouError.__module__ + "."
FRAMES_ONLY = ExceptionDictTransformer(show_locals=False)  # locals hold headers with keys, and whole bodies
SINK = Sink(open(STANDARD_ERROR, "wb", closefd=False))  # noqa: SIM115 - lives as long as the process
URGENT = frozenset({"warning", "error", "critical"})
_ENCODER = msgspec.json.Encoder(enc_hook=str)


def configure_log(*, level: int = logging.INFO) -> None:
    """Send our lines and those of the server to standard error, one JSON object each."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(FRAMES_ONLY),
            structlog.processors.JSONRenderer(serializer=_encoded),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.BytesLoggerFactory(file=cast(BinaryIO, SINK)),
        cache_logger_on_first_use=True,
    )


def logger() -> Any:
    """The logger of the server."""
    return structlog.get_logger("daogou.serve")


def _encoded(event: Any, **_: Any) -> bytes:
    SINK.is_urgent = SINK.is_urgent or event.get("level") in URGENT
    return _ENCODER.encode(event)


class StructuredHandler(logging.Handler):
    """Turns lines of the standard library's logging (uvicorn's, ours) into the same JSON."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record."""
        facts: dict[str, Any] = {"source": record.name}
        if record.exc_info:
            facts["exc_info"] = record.exc_info
        logger().log(record.levelno, _told(record.getMessage()), **facts)


def _told(message: str) -> str:
    """The message; where it is the traceback of an error of our own, only what that error says."""
    if not message.startswith("Traceback"):
        return message
    kind, separator, said = message.rstrip().rpartition("\n")[2].partition(": ")
    return said if separator and kind.startswith(OUR_ERRORS) else message


LOG_CONFIG: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"structured": {"class": "daogou.serve.monitor.log.StructuredHandler"}},
    "loggers": {
        "uvicorn": {"handlers": ["structured"], "level": "INFO", "propagate": False},
        "uvicorn.access": {"handlers": [], "level": "WARNING", "propagate": False},
        "daogou": {"handlers": ["structured"], "level": "INFO", "propagate": False},
        "mcp": {"handlers": ["structured"], "level": "WARNING", "propagate": False},
    },
}
"""For uvicorn: its own lines as JSON; its access log off, because it would print paths and query strings."""
