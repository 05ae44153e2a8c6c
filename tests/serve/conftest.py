"""A small open shop behind its HTTP application, without sockets."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import httpx
import pytest
from starlette.applications import Starlette

from daogou.core.settings import Settings
from daogou.serve.api.app import create_app
from daogou.serve.keys import create_key

NOW_US = 1_795_255_200_000_000  # 2026-11-21T10:00:00Z
NOW_SECONDS = NOW_US // 1_000_000


def rows(count: int = 12) -> list[dict[str, Any]]:
    """Items in two categories, in two languages, one of them costing a little more than the one before."""
    return [
        {
            "id": f"p{number}",
            "title": {"en": f"Mug {number}", "zh": f"马克杯{number}"},
            "price": 10 + number,
            "cost": 3.21,
            "categories": ["Kitchen > Mugs" if number % 2 else "Garden > Pots"],
            "brand": "Clay",
            "attributes": {"colour": ["red"]},
            "created_at": "2026-01-01T00:00:00Z",
        }
        for number in range(count)
    ]


T = TypeVar("T")


class Client:
    """Calls an application in this process, its lifespan and all calls on one event loop in a thread."""

    def __init__(self, app: Starlette) -> None:
        self.app = app
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._open = AsyncExitStack()

    def __enter__(self) -> Client:
        self._thread.start()
        self._run(self._start())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._run(self._open.aclose())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def request(self, method: str, path: str, **rest: Any) -> httpx.Response:
        """One call."""
        return self._run(self._client.request(method, path, **rest))

    def get(self, path: str, **rest: Any) -> httpx.Response:
        """One GET without a key."""
        return self.request("GET", path, **rest)

    async def _start(self) -> None:
        await self._open.enter_async_context(self.app.router.lifespan_context(self.app))
        transport = httpx.ASGITransport(self.app)
        self._client = await self._open.enter_async_context(
            httpx.AsyncClient(transport=transport, base_url="http://shop.example")
        )

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)


@dataclass
class OpenShop:
    """The application with one key of each scope."""

    client: Client
    folder: Path
    publishable: str
    secret: str
    admin: str
    settings: Settings

    def call(self, method: str, path: str, key: str | None = None, **rest: Any) -> Any:
        """One call; the secret key unless another is given."""
        headers = {"Authorization": f"Bearer {self.secret if key is None else key}", **rest.pop("headers", {})}
        return self.client.request(method, path, headers=headers, **rest)

    def recommend(self, **question: Any) -> Any:
        """The ids recommended."""
        answer = self.call("POST", "/v1/recommendations", self.publishable, json=question)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def event(self, name: str, **changes: Any) -> dict[str, Any]:
        """One good event."""
        return {
            "event_id": name,
            "event_name": "view_item",
            "timestamp": NOW_SECONDS,
            "visitor_id": "v1",
            "items": [{"item_id": "p1"}],
            **changes,
        }


def open_shop(folder: Path, **sections: Any) -> Iterator[OpenShop]:
    """A shop in `folder` that is open while the generator is."""
    settings = Settings(**sections)
    keys = [create_key(folder, scope, settings=settings) for scope in ("publishable", "secret", "admin")]
    app = create_app(folder, settings, clock=lambda: NOW_US, static=folder / "static")
    with Client(app) as client:
        yield OpenShop(client, folder, *keys, settings)


SMALL = {"max_body_bytes": 100_000, "max_batch": 50}


@pytest.fixture
def empty_shop(tmp_path: Path) -> Iterator[OpenShop]:
    """A shop without any item."""
    yield from open_shop(tmp_path, server=SMALL)


@pytest.fixture(scope="module")
def kept_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenShop]:
    """The shop of `shop`, kept for all tests of a file that leave it as it is."""
    for opened in open_shop(tmp_path_factory.mktemp("shop"), server=SMALL, limits={"refused": ""}):
        assert opened.call("PUT", "/v1/items", json={"items": rows()}).status_code == 200
        yield opened


@pytest.fixture
def shop(empty_shop: OpenShop) -> OpenShop:
    """A shop with twelve items and no model."""
    assert empty_shop.call("PUT", "/v1/items", json={"items": rows()}).status_code == 200
    return empty_shop


@pytest.fixture
def open_with() -> Any:
    """Opens a shop in a folder with the given settings, as a context manager."""
    return contextmanager(open_shop)
