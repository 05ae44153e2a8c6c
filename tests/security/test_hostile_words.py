"""Titles, brands, descriptions and queries that are programs somewhere run in no browser, terminal or log."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from daogou.serve.channels.channel import Message, MessageItem
from daogou.serve.channels.letter import letter
from daogou.serve.monitor.log import SINK, configure_log, logger

RUN = "window.__ran=(window.__ran||0)+1"
HOSTILE = (
    f"<script>{RUN}</script>",
    f'"><img src=x onerror="{RUN}">',
    f"<svg onload='{RUN}'>",
    f"javascript:{RUN}",
    f"</title><script>{RUN}</script>",
    f"{{{{constructor.constructor('{RUN}')()}}}}",
    f"<iframe srcdoc='<script>{RUN}</script>'>",
    f"';{RUN};//",
    f"<a href='javascript:{RUN}' autofocus onfocus='{RUN}'>x</a>",
    "<base href='https://evil.example/'>",
    f"<style>@import 'https://evil.example/x'</style><math><mi xlink:href='javascript:{RUN}'>",
    "\u202e<meta http-equiv=refresh>",
)
STEERING = '\x1b[2J\x1b]8;;https://evil.example\x07\r\n{"event":"forged"}'
WATCH = """
window.__violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.__violations.push(event.violatedDirective));
"""
SECONDS_TO_START = 120
PLACES = ("/", "/docs", "/personalisation", "/basket", *(f"/p/x{number}" for number in range(len(HOSTILE))))


def rows() -> list[dict[str, Any]]:
    """One item per hostile text, which stands wherever a text may stand."""
    return [
        {
            "id": f"x{number}",
            "title": {"en": f"{text} {number}", "zh": text},
            "description": {"en": text},
            "brand": text,
            "categories": [[text[:60].replace(">", "")]],
            "tags": [text[:60]],
            "attributes": {"colour": [text[:60]]},
            "price": 3 + number,
            "images": ["https://shop.example/x.png"],
            "created_at": "2026-01-01T00:00:00Z",
        }
        for number, text in enumerate(HOSTILE)
    ]


@pytest.fixture(scope="module")
def hostile_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop whose catalogue was written by an enemy."""
    place = tmp_path_factory.mktemp("hostile")
    (place / "items.jsonl").write_text("\n".join(map(json.dumps, rows())), encoding="utf-8")
    daogou("shop", "new", str(place / "shop"))
    assert "12 items" in daogou("import", str(place / "items.jsonl"), "--shop", str(place / "shop"))
    return place / "shop"


def daogou(*words: str) -> str:
    """What a command prints."""
    code = "from daogou.cli.main import run; run()"
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def address(hostile_shop: Path) -> Iterator[str]:
    """Where it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = ["serve", "--shop", str(hostile_shop), "--port", str(port)]
    code = "from daogou.cli.main import run; run()"
    quiet = subprocess.DEVNULL
    with subprocess.Popen([sys.executable, "-c", code, *words], stdout=quiet, stderr=quiet) as server:
        end = time.monotonic() + SECONDS_TO_START
        try:
            while True:
                try:
                    if httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=5).status_code == 200:
                        break
                except httpx.TransportError:
                    assert time.monotonic() < end, "the server did not start"
                time.sleep(0.2)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


@pytest.mark.browser
def test_no_page_of_the_shop_runs_what_the_catalogue_says_or_breaks_its_policy(address: str, browser: Any) -> None:
    if httpx.get(f"{address}/").status_code == 404:
        pytest.skip("needs the built page: run make web")
    context = browser.new_context(service_workers="block")
    context.add_init_script(WATCH)
    page = context.new_page()
    outside: list[str] = []
    page.on("request", lambda one: None if one.url.startswith((address, "data:", "blob:")) else outside.append(one.url))
    page.on("dialog", lambda dialog: outside.append(f"dialog {dialog.message}"))
    seen = 0
    for path in (*PLACES, *(f"/?q={quote(text)}" for text in HOSTILE[:3]), f"/c/{quote(HOSTILE[1])}"):
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.__ran || 0") == 0, path
        assert page.evaluate("window.__violations") == [], path
        assert page.url.startswith(address), path
        seen += page.content().count("__ran")
    context.close()
    assert seen > 0  # the texts were on the pages, as text
    assert {one for one in outside if one != "https://shop.example/x.png"} == set()


def test_commands_show_hostile_texts_and_obey_none(hostile_shop: Path) -> None:
    file = hostile_shop / "more.jsonl"
    file.write_text(json.dumps({"id": "esc", "title": f"[/bold][link=https://evil.example]{STEERING}"}))
    daogou("import", str(file), "--shop", str(hostile_shop))
    for words in (("items", "--limit", "20"), ("recommend", "new_arrivals", "--limit", "20"), ("explain", "esc")):
        printed = daogou(*words, "--shop", str(hostile_shop))
        assert "\x1b" not in printed
        assert "\x07" not in printed
    plain = json.loads(daogou("items", "--limit", "20", "--json", "--shop", str(hostile_shop)))
    assert any("[/bold]" in one["title"] for one in plain["items"])


def test_a_log_line_stays_one_line_whatever_it_holds(capfd: pytest.CaptureFixture[str]) -> None:
    configure_log()
    logger().info("call", route=STEERING, note="a\nb\u2028c")
    SINK.write_out()
    lines = capfd.readouterr().err.rstrip("\n").split("\n")
    assert len([line for line in lines if "call" in line]) == 1
    assert json.loads(lines[-1])["route"] == STEERING
    assert "\x1b" not in lines[-1]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_letter_shows_hostile_texts_as_texts(text: str) -> None:
    item = MessageItem("x", text, 1, "GBP", "in_stock", text, None, "personal", "viewed", text)
    message = Message("u1", "r", "email", "email", "For you", "en", False, "2026-11-21T10:00:00Z", (item,))
    mail = letter(message, sender="shop@shop.example", address="a@b.example", subjects={}, unsubscribe_url="")
    page = mail.get_body(("html",))
    assert page is not None
    body = page.get_content()
    assert "<script" not in body
    assert "<img" not in body
    assert 'href="javascript' not in body
