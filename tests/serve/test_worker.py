"""A serving process loads what answering needs, and nothing that is only needed to import, train or plot."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from daogou.core.settings import Settings, database_url
from daogou.core.types import Item
from daogou.data.store import open_store
from daogou.serve.handover import environment_for
from daogou.serve.keys import create_key

HEAVY = ("alembic", "jinja2", "matplotlib", "pandas", "polars", "torch")

ANSWER_ONE = """
import asyncio, gc, json, sys
from daogou.serve.run import FACTORY
module, _, name = FACTORY.partition(":")
app = getattr(__import__(module, fromlist=[name]), name)()
body = json.dumps({"placement": "trending", "visitor_id": "v1"}).encode()
headers = [(b"authorization", b"Bearer " + sys.argv[1].encode()), (b"content-type", b"application/json")]
scope = {
    "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
    "path": "/v1/recommendations", "raw_path": b"/v1/recommendations", "query_string": b"", "root_path": "",
    "headers": headers, "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 2),
}
sent = []

async def receive():
    return {"type": "http.request", "body": body, "more_body": False}

async def send(message):
    sent.append(message)

async def answer():
    async with app.router.lifespan_context(app):
        await app(scope, receive, send)

asyncio.run(answer())
from daogou.learn.models import RECIPES, model_class
for name in RECIPES:
    model_class(name)
print(json.dumps({
    "status": sent[0]["status"],
    "items": len(json.loads(sent[1]["body"])["items"]),
    "loaded": sorted(sys.modules),
    "collects": gc.isenabled(),
    "left_alone": gc.get_freeze_count(),
}))
"""


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a process has to say that has opened a shop and answered once."""
    folder, settings = tmp_path_factory.mktemp("shop"), Settings()
    with closing(open_store(database_url(settings, folder))) as store:
        store.put_items([Item(f"p{number}", {"en": f"Mug {number}"}, price_minor=100) for number in range(8)])
    key = create_key(folder, "publishable")
    environment = {**os.environ, **environment_for(folder, settings)}
    command = [sys.executable, "-c", ANSWER_ONE, key]
    done = subprocess.run(command, env=environment, cwd=Path(__file__).parent, stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["status"] == 200
    assert found["items"] > 0
    return found


@pytest.mark.parametrize("heavy", HEAVY)
def test_a_serving_process_does_not_load(answered: dict[str, Any], heavy: str) -> None:
    assert "daogou.decide.pipeline" in answered["loaded"]
    assert [name for name in answered["loaded"] if name == heavy or name.startswith(heavy + ".")] == []


def test_what_was_there_at_the_start_is_left_alone_and_what_comes_is_collected(answered: dict[str, Any]) -> None:
    assert answered["collects"] is True
    assert answered["left_alone"] > 10_000
