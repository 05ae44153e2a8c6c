"""The page about the HTTP API is complete, and its examples run."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest

import daogou.decide.shop  # noqa: F401 - every error class is known once everything is imported
from daogou.core.errors import DaogouError
from daogou.core.settings import Settings
from daogou.serve.api.routes import endpoints
from daogou.serve.api.wire.search import SearchAnswer, SearchQuestion
from daogou.serve.keys import Scope

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "http-api.md").read_text("utf-8")
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def every_error(of: type[DaogouError] = DaogouError) -> set[type[DaogouError]]:
    return {of}.union(*(every_error(one) for one in of.__subclasses__()))


def calls(page: str) -> list[list[str]]:
    """The words of each curl command on the page."""
    commands = [command for block in BLOCK.findall(page) for command in re.split(r"\n(?=curl|export|daogou)", block)]
    return [shlex.split(command) for command in commands if command.startswith("curl")]


def test_every_endpoint_stands_on_the_page() -> None:
    for endpoint in endpoints():
        assert f"{endpoint.method} {endpoint.path}" in PAGE, endpoint.name


def test_every_error_code_stands_on_the_page_with_its_status() -> None:
    for error in every_error():
        assert re.search(rf"\| {error.status} \|[^|]*`{error.code}`", PAGE), error


def test_every_scope_stands_on_the_page() -> None:
    assert all(f"| {scope.name} |" in PAGE for scope in Scope)


@pytest.mark.parametrize(
    ("name", "count"),
    [("http-api.md", 22), ("profile.md", 4), ("cold-start.md", 2), ("search.md", 3), ("guide-door.md", 4)],
)
def test_every_example_on_the_page_runs(shop: Any, name: str, count: int) -> None:
    keys = {"Bearer $PUBLISHABLE": shop.publishable, "Bearer $SECRET": shop.secret}
    found = calls((DOCS / name).read_text("utf-8"))
    assert len(found) == count
    for words in found:
        url = next(word for word in words if word.startswith("$SHOP_URL"))
        headers = dict(word.split(": ", 1) for word in words if ": " in word and "{" not in word)
        headers.update(
            {"Authorization": f"Bearer {keys[headers['Authorization']]}"} if "Authorization" in headers else {}
        )
        body = words[words.index("-d") + 1] if "-d" in words else None
        method = words[words.index("-X") + 1] if "-X" in words else "GET"
        answer = shop.client.request(method, url.removeprefix("$SHOP_URL"), headers=headers, content=body)
        assert answer.status_code == 200, (words, answer.text)


def test_the_settings_on_the_page_about_search_are_read() -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", (DOCS / "search.md").read_text("utf-8"), re.DOTALL)
    search = Settings(**tomllib.loads(block)).search
    assert search.synonyms[0] == ("laptop", "notebook")
    assert search.one_way == {"footwear": ("shoes", "boots")}


def test_every_field_of_a_search_stands_on_its_page() -> None:
    page = (DOCS / "search.md").read_text("utf-8")
    for shape in (SearchQuestion, SearchAnswer):
        for field in shape.__struct_fields__:
            assert f"`{field}`" in page, field
