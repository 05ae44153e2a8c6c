"""The pages on assistants and feeds: their examples run, and what they list is all there is."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest

from daogou.cli.feed import app
from daogou.core.settings import Settings
from daogou.serve.agents.tools import TOOLS
from daogou.serve.feeds import FORMATS

DOCS = Path(__file__).parents[3] / "docs"
AGENTS, FEEDS = ((DOCS / name).read_text("utf-8") for name in ("agents.md", "feeds.md"))


def test_every_tool_and_every_format_stands_on_its_page() -> None:
    assert all(f"| `{name}` |" in AGENTS for name in TOOLS)
    assert all(f"| `{name}` |" in FEEDS for name in FORMATS)


@pytest.mark.parametrize("page", [AGENTS, FEEDS])
def test_the_settings_on_the_pages_are_settings(page: str) -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    Settings(**tomllib.loads(block))


def test_the_call_on_the_page_runs(agents: Any) -> None:
    (command,) = [one for one in re.findall(r"```sh\n(.*?)```", AGENTS, re.DOTALL) if one.startswith("curl")]
    words = shlex.split(command)
    answer = agents.post(json.loads(words[words.index("-d") + 1])).json()
    assert answer["result"]["structuredContent"]["products"]


def test_the_commands_on_the_page_run(tmp_path: Path, monkeypatch: Any) -> None:
    from typer.testing import CliRunner

    from daogou.data.ingest.defaults import Defaults
    from daogou.data.ingest.items import parse_item
    from daogou.decide.shop import Shop

    folder = tmp_path / "my-shop"
    folder.mkdir()
    (folder / "shop.toml").write_text('[shop]\nurl = "https://shop.example"\n')
    shop = Shop.open(folder)
    row = {"id": "a", "title": {"en": "Mug"}, "price": 5, "images": ["a.jpg"], "brand": "Clay"}
    shop.store.put_items([parse_item(row, Defaults(currency="GBP", language="en"))])
    shop.close()
    shipped = Path(__file__).parents[3] / "src/daogou/serve/feeds/profiles/openai.toml"
    (tmp_path / "my-columns.toml").write_text(shipped.read_text("utf-8"))
    monkeypatch.chdir(tmp_path)
    commands = [
        line
        for block in re.findall(r"```(?:sh|text)\n(.*?)```", FEEDS, re.DOTALL)
        for line in block.splitlines()
        if "daogou feed" in line
    ]
    assert len(commands) == 4
    for command in commands:
        done = CliRunner().invoke(app, shlex.split(command.removeprefix("$ "))[2:])
        assert done.exit_code == 0, (command, done.output, done.exception)
