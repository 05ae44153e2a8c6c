"""The page about campaigns: its command, settings and plug-in run as they stand there."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from daogou.cli.lists import app
from daogou.core.settings import read_settings
from daogou.decide.campaign.make import SKIPPED
from daogou.serve.channels import BUILT_IN
from daogou.serve.channels.channel import DeliveryFailed, read_channel_settings
from daogou.serve.channels.email import EmailSettings
from daogou.serve.channels.webpush import WebPushSettings

PAGE = (Path(__file__).parents[3] / "docs/campaigns.md").read_text("utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)


def test_every_code_and_channel_stands_on_the_page() -> None:
    assert all(f"| `{code}` |" in PAGE for code in (*SKIPPED, *BUILT_IN))


def test_the_settings_on_the_page_are_settings(tmp_path: Path) -> None:
    (tmp_path / "shop.toml").write_text("\n".join(blocks("toml")), encoding="utf-8")
    settings = read_settings(tmp_path)
    assert (settings.lists.per_week, settings.channels["email"].per_week) == (3, 2)
    read_channel_settings(EmailSettings, settings.channels["email"].settings, "email")
    read_channel_settings(WebPushSettings, settings.channels["webpush"].settings, "webpush")


def test_the_command_on_the_page_runs(shop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (shop.folder / "shop.toml").write_text("", encoding="utf-8")
    shop.call("PUT", "/v1/users", json={"users": [{"id": "u17"}]})
    monkeypatch.chdir(shop.folder)
    (command,) = blocks("sh")
    daogou, lists, *words = [word.replace("my-shop", ".") for word in shlex.split(command)]
    done = CliRunner().invoke(app, words, catch_exceptions=False)
    assert (daogou, lists, done.exit_code) == ("daogou", "lists", 0)
    (line,) = (shop.folder / "friday.jsonl").read_text("utf-8").splitlines()
    (example,) = blocks("json")
    assert set(json.loads(line)) == set(json.loads(example))
    assert set(json.loads(line)["items"][0]) == set(json.loads(example)["items"][0])


def test_the_channel_of_ones_own_sends_and_refuses(tmp_path: Path, make_message: Any) -> None:
    names: dict[str, Any] = {}
    exec(blocks("python")[0], names)
    channel = names["open_postcards"]({}, tmp_path)
    message = make_message()
    channel.send(message)
    assert (tmp_path / "rec-1.txt").read_text() == "Mug <0>"
    long = type(message.items[0])(**{**_fields(message.items[0]), "title": "x" * 41})
    with pytest.raises(DeliveryFailed, match="does not fit"):
        channel.send(type(message)(**{**_fields(message), "items": (long,)}))
    channel.close()


def _fields(of: Any) -> dict[str, Any]:
    return {name: getattr(of, name) for name in of.__struct_fields__}
