"""A small shop behind a real server, and real browsers to walk into it."""

from __future__ import annotations

import json
import random
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

import daogou

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
BUILT_PAGE = Path(daogou.__file__).parent / "serve" / "static" / "index.html"
SECONDS_TO_START = 90
REGULAR = "r001"
"""A customer with past orders of tea things."""

DELIVERY = {
    "en": "# Delivery\n\nEvery parcel leaves within two days. Delivery is free from 40 pounds.\n",
    "zh": "# 配送\n\n两天之内发货，满 40 英镑免运费。\n",
}

# taste: (product type, English, Chinese, colour, price)
THINGS = {
    "Tableware": [
        ("mug", "Red spotty mug", "红色波点马克杯", "red", 3.95),
        ("mug", "Blue spotty mug", "蓝色波点马克杯", "blue", 3.95),
        ("teapot", "Ivory teapot", "象牙白茶壶", "ivory", 12.95),
        ("jug", "Cream milk jug", "奶油色奶壶", "cream", 8.95),
        ("cake_stand", "Mint cake stand", "薄荷绿蛋糕架", "mint", 12.75),
        ("plate", "Pink cake plate", "粉色蛋糕盘", "pink", 6.50),
        ("tray", "Green tea tray", "绿色茶盘", "green", 7.25),
        ("bowl", "Blue sugar bowl", "蓝色糖罐", "blue", 4.15),
    ],
    "Candles & lights": [
        ("candle", "Vanilla candle", "香草蜡烛", "cream", 2.95),
        ("candle", "Rose candle", "玫瑰蜡烛", "pink", 2.95),
        ("candle_holder", "Heart candle holder", "心形烛台", "white", 2.55),
        ("lantern", "Black garden lantern", "黑色花园提灯", "black", 14.50),
        ("string_lights", "Daisy string lights", "雏菊灯串", "yellow", 8.95),
        ("incense", "Sandalwood incense", "檀香", "brown", 1.25),
        ("matches", "Long matches", "长火柴", "red", 1.65),
        ("lamp", "Purple bedside lamp", "紫色床头灯", "purple", 19.95),
    ],
    "Stationery": [
        ("notebook", "Garden notebook", "花园笔记本", "green", 2.95),
        ("pencil", "Woodland pencils", "林地铅笔", "brown", 0.85),
        ("pen", "Silver pen", "银色钢笔", "silver", 4.50),
        ("sticker", "Star stickers", "星星贴纸", "yellow", 0.85),
        ("eraser", "Heart eraser", "心形橡皮", "pink", 0.55),
        ("calendar", "Wall calendar", "挂历", "white", 7.95),
        ("pencil_case", "Striped pencil case", "条纹笔袋", "navy", 3.75),
        ("ruler", "Wooden ruler", "木尺", "natural", 1.15),
    ],
}


def catalogue() -> list[dict[str, Any]]:
    """24 items in three categories; the two mugs are variants of each other."""
    rows: list[dict[str, Any]] = []
    for category, things in THINGS.items():
        for kind, english, chinese, colour, price in things:
            row = {
                "id": f"i{len(rows) + 1:02}",
                "title": {"en": english, "zh": chinese},
                "price": price,
                "categories": [[category]],
                "attributes": {"product_type": [kind], "colour": [colour]},
                "created_at": "2026-01-01T00:00:00Z",
            }
            rows.append({**row, "group_id": "spotty-mugs"} if kind == "mug" else row)
    return rows


def orders() -> list[dict[str, Any]]:
    """150 customers with two or three orders each; everyone mostly keeps to one category."""
    draw = random.Random(7)
    ids = [row["id"] for row in catalogue()]
    newest = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
    rows: list[dict[str, Any]] = []
    for number in range(1, 151):
        taste = (number - 1) % 3
        for turn in range(draw.randint(2, 3)):
            basket = draw.sample(ids[8 * taste : 8 * taste + 8], draw.randint(2, 4))
            if draw.random() < 0.15:
                basket.append(draw.choice(ids))
            rows.append(
                {
                    "event_id": f"e{number}-{turn}",
                    "event_name": "purchase",
                    "timestamp": (newest - timedelta(days=draw.random() * 120)).isoformat(),
                    "user_id": f"r{number:03}",
                    "transaction_id": f"t{number}-{turn}",
                    "items": [{"item_id": item, "quantity": 1} for item in dict.fromkeys(basket)],
                }
            )
    return rows


def command(*words: str) -> None:
    code = "from daogou.cli.main import run; run()"
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"daogou {' '.join(words)} failed:\n{done.stdout}\n{done.stderr}"


@pytest.fixture(scope="session")
def small_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bilingual shop of 24 items, imported and trained by the commands that its owner would type."""
    place = tmp_path_factory.mktemp("storefront")
    for name, rows in (("items", catalogue()), ("events", orders())):
        (place / f"{name}.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    shop = place / "shop"
    command("shop", "new", str(shop), "--name", "Corner Shop", "--language", "en", "--language", "zh")
    command("import", str(place / "items.jsonl"), str(place / "events.jsonl"), "--shop", str(shop))
    command("train", "--shop", str(shop))
    (shop / "policies").mkdir()
    for language, words in DELIVERY.items():
        (shop / "policies" / f"delivery.{language}.md").write_text(words, encoding="utf-8")
    return shop


@pytest.fixture(scope="session")
def shop_address(small_shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the small shop answers, with the built page."""
    with served(small_shop, tmp_path_factory.mktemp("log") / "server.log") as address:
        yield address


@contextmanager
def served(shop: Path, log: Path) -> Iterator[str]:
    """A server of one shop, until it is no longer needed."""
    if not BUILT_PAGE.exists():
        pytest.skip("needs the built page: run make web")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    code = "from daogou.cli.main import run; run()"
    words = ["serve", "--shop", str(shop), "--port", str(port)]
    with (
        log.open("w") as output,
        subprocess.Popen([sys.executable, "-c", code, *words], stdout=output, stderr=output) as server,
    ):
        address = f"http://127.0.0.1:{port}"
        try:
            wait_until_ready(address, server, log)
            yield address
        finally:
            server.terminate()


def wait_until_ready(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end:
        assert server.poll() is None, f"the server stopped:\n{log.read_text()}"
        try:
            if httpx.get(f"{address}/readyz", timeout=2).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise AssertionError(f"the server was not ready in {SECONDS_TO_START} s:\n{log.read_text()}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A real Chromium; tests that need one skip where there is none.

    It goes with its file's tests: while Playwright is at work, an event loop runs, and later tests need their own.
    """
    playwright = pytest.importorskip("playwright.sync_api", reason="needs Playwright: pip install 'daogou[dev]'")
    found = next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("needs a Chromium: none of " + ", ".join(CHROMIUM_NAMES) + " is installed")
    playwright.expect.set_options(timeout=20_000)  # as patient as everything else here
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=found, args=list(CHROMIUM_FLAGS))
        yield chromium
        chromium.close()


Open = Callable[..., Any]


@pytest.fixture
def open_shop(browser: Any, shop_address: str) -> Iterator[Open]:
    """Walk in as a shopper of one's own: a fresh context at `path`, with anything Playwright's contexts take.

    Pages may not throw, nor break the Content-Security-Policy; both fail the test.
    """
    complaints: list[str] = []
    contexts: list[Any] = []

    def listen(page: Any) -> None:
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: complaints.append(message.text) if "Content Security Policy" in message.text else None,
        )

    def open_page(path: str = "/", *, user: str | None = None, address: str = shop_address, **options: Any) -> Any:
        context = browser.new_context(
            **{"viewport": {"width": 1360, "height": 900}, "locale": "en-GB", "reduced_motion": "reduce", **options}
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        if user:
            context.add_init_script(f"localStorage.setItem('daogou.user', '\"{user}\"')")
        page = context.new_page()
        listen(page)
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
