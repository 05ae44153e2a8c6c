"""One endpoint in OpenAI's chat completions shape, over plain HTTP, within bounds of time and size.

Every call ends: a connection within a second, the first word within another and a half, the whole by the deadline that
the caller names; a stream beyond its bytes is cut. Nothing is repeated here. Only texts that the caller gives go out.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

from daogou.core.errors import MissingExtra
from daogou.core.settings import LanguageModelSettings
from daogou.serve.language_model.exchange import MAX_LINE_BYTES, TOOL, Exchange, Garbage, request_body

if TYPE_CHECKING:
    import httpx

SHAPES = ("json_schema", "tools", "plain")
REFUSALS = frozenset({400, 422, 501})
"""What an endpoint answers that does not know a shape."""

BYTES_PER_TOKEN = 600
"""A stream's chunk for one token, generously; beyond it the stream is not an answer."""

CHARACTERS_PER_TOKEN = 20
"""The same of its text, so that reading what nobody asked for takes no time from others."""

MAX_WHOLE_BYTES = 1_000_000


class Unanswered(Exception):
    """The endpoint did not answer as it should; `reason` is one word for figures and logs."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Endpoint:
    """Where a shop's model answers. `shape` is how typed answers are asked for now; it steps down when refused."""

    def __init__(self, settings: LanguageModelSettings, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._settings = settings
        self._httpx = _httpx()
        self.shape = SHAPES[0] if settings.shape == "auto" else settings.shape
        key = settings.key.get_secret_value() if settings.key else ""
        self._client = self._httpx.AsyncClient(
            headers={"Authorization": f"Bearer {key}"} if key else {},
            timeout=self._httpx.Timeout(
                connect=settings.connect_seconds,
                read=settings.first_byte_seconds,
                write=settings.first_byte_seconds,
                pool=settings.connect_seconds,
            ),
            limits=self._httpx.Limits(max_connections=settings.in_flight, max_keepalive_connections=settings.in_flight),
            follow_redirects=False,
            transport=transport,
        )

    async def ask(
        self,
        messages: Sequence[Mapping[str, str]],
        exchange: Exchange,
        *,
        deadline: float,
        schema: dict[str, Any] | None = None,
        most_tokens: int | None = None,
    ) -> AsyncGenerator[str]:
        """The answer's text, piece by piece; `exchange` keeps what came. Raises Unanswered.

        deadline  of the event loop's clock, for the whole answer
        schema    of a typed answer; None asks for prose
        """
        most = most_tokens or self._settings.output_tokens
        body = request_body(
            self._settings.model, messages,
            shape=self.shape, schema=schema, most_tokens=most, extra=self._settings.extra_body,
        )  # fmt: skip
        pieces = self._pieces(body, exchange, most)
        first = asyncio.get_running_loop().time() + self._settings.connect_seconds + self._settings.first_byte_seconds
        async with aclosing(pieces):
            while True:
                until = deadline if exchange.said else min(deadline, first)
                try:
                    async with asyncio.timeout_at(until):
                        piece = await anext(pieces, None)
                except TimeoutError:
                    raise Unanswered("slow") from None
                except self._httpx.ConnectTimeout:
                    raise Unanswered("no_connection") from None
                except self._httpx.TimeoutException:
                    raise Unanswered("slow") from None
                except self._httpx.HTTPError:
                    raise Unanswered("no_connection" if not exchange.said else "cut_off") from None
                except Garbage:
                    raise Unanswered("garbage") from None
                if piece is None:
                    break
                if len(exchange.said) > most * CHARACTERS_PER_TOKEN:
                    raise Unanswered("endless")
                if piece:
                    yield piece
        if exchange.tool and exchange.tool != TOOL:
            raise Unanswered("wrong_tool")
        if not exchange.said:
            raise Unanswered("empty")

    async def _pieces(self, body: dict[str, Any], exchange: Exchange, most_tokens: int) -> AsyncGenerator[str]:
        url = f"{self._settings.url}/chat/completions"
        async with self._client.stream("POST", url, json=body) as answer:
            if answer.status_code in REFUSALS:
                self._step_down(body)
                raise Unanswered("refused")
            if answer.status_code != 200:
                raise Unanswered("busy" if answer.status_code == 429 else f"status_{answer.status_code // 100}xx")
            if "event-stream" not in answer.headers.get("content-type", ""):
                yield exchange.whole(await _read(answer, MAX_WHOLE_BYTES))
                return
            held, size = b"", 0
            async for part in answer.aiter_bytes():
                size += len(part)
                if size > most_tokens * BYTES_PER_TOKEN + MAX_LINE_BYTES:
                    raise Unanswered("endless")
                *lines, held = (held + part).split(b"\n")
                if len(held) > MAX_LINE_BYTES:
                    raise Garbage("a line without end")
                for line in lines:
                    yield exchange.line(line.rstrip(b"\r"))
                    if exchange.has_ended:
                        return

    def _step_down(self, body: Mapping[str, Any]) -> None:
        """Ask otherwise from the next call on, where the shape of typed answers may be what was refused."""
        if self._settings.shape == "auto" and ("response_format" in body or "tools" in body):
            self.shape = SHAPES[SHAPES.index("json_schema" if "response_format" in body else "tools") + 1]

    async def models(self) -> list[str]:
        """Names of the models that the endpoint has; empty where it does not say. Raises Unanswered."""
        try:
            answer = await self._client.get(f"{self._settings.url}/models")
        except self._httpx.HTTPError:
            raise Unanswered("no_connection") from None
        if answer.status_code in (401, 403):
            raise Unanswered("key")
        try:
            return [str(one["id"]) for one in answer.json()["data"]] if answer.status_code == 200 else []
        except (ValueError, KeyError, TypeError):
            return []

    async def aclose(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()


async def _read(answer: httpx.Response, most: int) -> bytes:
    body = b""
    async for part in answer.aiter_bytes():
        body += part
        if len(body) > most:
            raise Garbage("an answer without end")
    return body


def _httpx() -> Any:
    try:
        import httpx
    except ImportError as error:
        raise MissingExtra("httpx", "http", "Asking a language model") from error
    return httpx
