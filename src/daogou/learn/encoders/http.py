"""Vectors from an endpoint in OpenAI's embeddings shape: the one adapter that goes out, so off unless a shop sets it.

POST {url} with {"model", "input": [texts]}; the answer is {"data": [{"index", "embedding"}]}. Only texts are sent, in
batches; an overloaded or silent endpoint is asked again a few times, more slowly. Wrap it in `Cached`, as the settings
do, and no text is sent twice.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np

from daogou.core.errors import InvalidInput, MissingExtra, NotReady
from daogou.core.protocols import Progress, silent
from daogou.core.types import F32
from daogou.learn.encoders.port import Encodable, Encoded, checked_vectors

if TYPE_CHECKING:
    import httpx

ASK_AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
LONGEST_PAUSE_SECONDS = 30.0
MAX_ANSWER_BYTES = 64_000_000
MAX_TEXT = 8_000
"""Characters of a text that are sent; what the item is comes first."""


@dataclass(frozen=True)
class HttpEncoder:
    """url, model      where to ask and for which model
    dimension       numbers per vector; another count in an answer is refused
    key             sent as a bearer token; never part of a message
    batch           texts per call
    timeout_seconds for each call
    retries         how often a call is repeated before giving up
    sleep           how to wait; a test gives its own
    transport       how httpx reaches the endpoint; None means the network
    """

    url: str
    model: str
    dimension: int
    key: str = field(default="", repr=False)
    batch: int = 64
    timeout_seconds: float = 30.0
    retries: int = 4
    sleep: Callable[[float], None] = time.sleep
    transport: httpx.BaseTransport | None = None

    def __post_init__(self) -> None:
        if urlsplit(self.url).scheme not in ("http", "https") or not urlsplit(self.url).hostname:
            raise InvalidInput(f"The encoder's url {self.url!r} is no http or https address.")
        if self.dimension < 1:
            raise InvalidInput("Say how many numbers the endpoint's vectors have: dimension in [encoder].")

    @property
    def fingerprint(self) -> str:
        return f"http-{self.model}-{self.dimension}"

    def encode(self, things: Sequence[Encodable], *, progress: Progress = silent) -> Encoded:
        """Encode the texts; pictures are not sent.

        Raises NotReady when the endpoint stays away, InvalidInput when it refuses or answers something else.
        """
        vectors = np.zeros((len(things), self.dimension), np.float32)
        spoken = [number for number, thing in enumerate(things) if thing.text.strip()]
        with _httpx().Client(timeout=self.timeout_seconds, transport=self.transport, follow_redirects=False) as client:
            for start in range(0, len(spoken), self.batch):
                numbers = spoken[start : start + self.batch]
                progress(start, len(spoken), "ask for vectors")
                vectors[numbers] = self._ask(client, [things[number].text[:MAX_TEXT] for number in numbers])
        silent_ones = {thing.id: "It has no text to encode." for thing in things if not thing.text.strip()}
        return Encoded(vectors, silent_ones)

    def _ask(self, client: httpx.Client, texts: list[str]) -> F32:
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        why = ""
        for attempt in range(self.retries + 1):
            pause = min(0.5 * 2**attempt, LONGEST_PAUSE_SECONDS)
            try:
                with client.stream(
                    "POST", self.url, json={"model": self.model, "input": texts}, headers=headers
                ) as answer:
                    if answer.status_code == 200:
                        return self._vectors(_read(answer), len(texts))
                    why = f"status {answer.status_code}"
                    if answer.status_code not in ASK_AGAIN:
                        raise InvalidInput(f"{self.url} refused with {why}. Check url, model and key in [encoder].")
                    pause = _asked_pause(answer.headers.get("retry-after"), pause)
            except _httpx().HTTPError as error:
                why = type(error).__name__
            if attempt < self.retries:
                self.sleep(pause)
        raise NotReady(
            f"{self.url} did not answer {self.retries + 1} times (last: {why}). "
            "What it gave so far is kept; run the same command again later."
        )

    def _vectors(self, body: bytes, n: int) -> F32:
        try:
            data = json.loads(body)["data"]
            ordered = sorted(data, key=lambda one: int(one["index"]))
            if [one["index"] for one in ordered] != list(range(n)):
                raise ValueError(f"it answered {len(data)} vectors for {n} texts")
            rows = np.array([one["embedding"] for one in ordered], np.float32)
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidInput(f"{self.url} gave no list of embeddings: {type(error).__name__} {error}.") from error
        return checked_vectors(rows, n, self.dimension, self.url)


def _read(answer: httpx.Response) -> bytes:
    parts, size = [], 0
    for part in answer.iter_bytes():
        size += len(part)
        if size > MAX_ANSWER_BYTES:
            raise InvalidInput(
                f"The endpoint's answer exceeds {MAX_ANSWER_BYTES:,} bytes. Ask for fewer texts at once."
            )
        parts.append(part)
    return b"".join(parts)


def _asked_pause(header: str | None, pause: float) -> float:
    """What Retry-After asks for, within reason."""
    try:
        return min(max(float(header or pause), 0.0), LONGEST_PAUSE_SECONDS)
    except ValueError:
        return pause


def _httpx() -> Any:
    try:
        import httpx
    except ImportError as error:
        raise MissingExtra("httpx", "http", "Asking an endpoint for vectors") from error
    return httpx
