"""The page about push: its example reads real streams, and what it names exists."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from daogou.core.settings import StreamSettings

PAGE = (Path(__file__).parents[3] / "docs/push.md").read_text("utf-8")


def test_the_example_reads_slates_from_a_stream(server: Any) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    names: dict[str, Any] = {}
    exec(example, names)
    key = server.client.headers["authorization"].removeprefix("Bearer ")
    reading = names["slates"](server.client.base_url.port, key, {"placement": "recently_viewed", "visitor_id": "doc"})
    assert next(reading)["items"] == []
    server.send("doc-1", "p3", "doc")
    assert [place["item_id"] for place in next(reading)["items"]] == ["p3"]
    server.client.patch("/v1/items/p3", json={"price": 1.25}).raise_for_status()
    assert [place["item"]["price_minor"] for place in next(reading)["items"]] == [125]
    server.client.patch("/v1/items/p3", json={"hidden": True}).raise_for_status()
    assert next(reading)["items"] == []
    reading.close()


def test_settings_and_figures_stand_on_the_page(server: Any) -> None:
    assert all(f"{name}" in PAGE for name in StreamSettings.model_fields)
    told = server.client.get("/metrics").text
    for name in ("daogou_streams", "daogou_pushes_total", "daogou_push_seconds"):
        assert f"`{name}`" in PAGE
        assert name.removesuffix("_total") in told
