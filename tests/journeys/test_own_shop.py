"""A shop's developer brings their own files, odd headers, bad rows and all, and gets explained lists."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

ITEMS = """SKU;Bezeichnung;Preis;Warengruppe;Farbe
A1;Rote Tasse;12,50;Küche > Tassen;rot
A2;Blaue Tasse;11,90;Küche > Tassen;blau
A3;Kerze Vanille;abc;Wohnen > Kerzen;weiß
;Ohne Nummer;3,00;Wohnen;
A4;Teekanne Gusseisen;39,00;Küche > Kannen;schwarz
A5;Kerze Rose;7,00;Wohnen > Kerzen;rot
A6;Kerzenhalter;9,00;Wohnen > Kerzen;schwarz
"""
ITEM_COLUMNS = {"SKU": "id", "Bezeichnung": "title", "Preis": "price", "Warengruppe": "categories"}
EVENT_COLUMNS = {
    "Kunde": "user_id",
    "Artikel": "item_id",
    "Was": "event_name",
    "Wann": "timestamp",
    "event:KAUF": "purchase",
    "event:ANSICHT": "view_item",
}


def orders() -> str:
    """Tea people take mug and pot, candle people take candle and holder; two rows are wrong."""
    rng = random.Random(1)
    lines = ["Kunde,Artikel,Was,Wann"]
    for number in range(60):
        taste = ["A1", "A4", "A2"] if number % 2 else ["A5", "A6"]
        for item in taste[: rng.randint(1, 3)]:
            lines.append(f"k{number},{item},{rng.choice(['KAUF', 'ANSICHT'])},2026-10-{rng.randint(1, 28):02} 10:00:00")
    return (
        "\n".join([*lines, "k1,A1,KAUF,gestern", ",A1,KAUF,2026-10-03 10:00:00", "k2,A1,TANZ,2026-10-03 10:00:00"])
        + "\n"
    )


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def daogou(*words: str) -> subprocess.CompletedProcess[str]:
        code = "from daogou.cli.main import run; run()"
        return subprocess.run(
            [sys.executable, "-c", code, *words], capture_output=True, text=True, check=False, cwd=tmp_path
        )

    return daogou


def mapped(columns: dict[str, str]) -> list[str]:
    return [word for own, ours in columns.items() for word in ("--map", f"{own}={ours}")]


def test_from_odd_files_to_explained_lists(tmp_path: Path, run: Run, database: str) -> None:
    (tmp_path / "items.csv").write_text(ITEMS, encoding="utf-8")
    (tmp_path / "orders.csv").write_text(orders(), encoding="utf-8")
    made = run("shop", "new", "laden", "--currency", "EUR", "--language", "de", "--database", database)
    assert made.returncode == 0, made.stderr
    shop = ("--shop", "laden")

    unmapped = run("import", "items.csv", *shop)
    assert unmapped.returncode == 2
    assert "--map" in unmapped.stderr

    tried = json.loads(run("import", "items.csv", *shop, *mapped(ITEM_COLUMNS), "--dry-run", "--json").stdout)
    assert (tried["accepted"], tried["is_dry_run"]) == (5, True)
    brought = json.loads(run("import", "items.csv", *shop, *mapped(ITEM_COLUMNS), "--json").stdout)
    assert (brought["accepted"], brought["rejected"]) == (5, 2)
    assert {(one["line"], one["value"]) for one in brought["examples"]} == {(4, "abc"), (5, "")}
    rejected = Path(tmp_path / brought["reject_files"][0]).read_text(encoding="utf-8").splitlines()
    assert [line.split(";")[0] for line in rejected] == ["SKU", "A3", ""]

    events = json.loads(run("import", "orders.csv", *shop, *mapped(EVENT_COLUMNS), "--json").stdout)
    assert (events["rows"] - events["accepted"], events["rejected"]) == (2, 2)
    again = json.loads(run("import", "orders.csv", *shop, *mapped(EVENT_COLUMNS), "--json").stdout)
    assert (again["accepted"], again["duplicates"]) == (0, events["accepted"])

    trained = run("train", *shop, "--json")
    assert trained.returncode == 0, trained.stderr
    slate = json.loads(run("recommend", "item_bought_together", "--item", "A1", *shop, "--json").stdout)
    assert slate["items"][0]["item_id"] in {"A4", "A2"}
    assert slate["items"][0]["reason"]["evidence"][0]["item_id"] == "A1"

    told = json.loads(
        run("explain", "A4", "--placement", "item_bought_together", "--item", "A1", *shop, "--json").stdout
    )
    assert told["in_slate"] is True
    missing = run("explain", "A3", *shop)
    assert (missing.returncode, "'A3'" in missing.stderr) == (1, True)
    lists = run("lists", "--users", "all", "--out", "lists.jsonl", *shop, "--json")
    assert lists.returncode == 0, lists.stderr
    compacted = json.loads(run("compact", *shop, "--prune-days", "1", "--json").stdout)
    assert compacted["files"] > 0


def test_an_import_tells_what_to_type_where_rows_were_refused(tmp_path: Path, run: Run) -> None:
    assert run("shop", "new", "laden").returncode == 0
    (tmp_path / "orders.csv").write_text(
        "order_id,customer_id,email,sku,order_date\n1,7,a@b.example,p1,28.07.2026\n2,7,a@b.example,p1,28.07.2026\n",
        encoding="utf-8",
    )
    refused = run("import", "orders.csv", "--shop", "laden")
    assert refused.returncode == 1, "nothing went in"
    assert "--date-order day_first" in refused.stdout
    assert "left out the columns email" in refused.stdout
    assert refused.stdout.count("28.07.2026") == 1, "an example is shown once"
    again = run("import", "orders.csv", "--shop", "laden", "--date-order", "day_first")
    assert (again.returncode, "2 events went in" in again.stdout) == (0, True)


def test_a_list_without_anything_to_say_tells_the_next_step(run: Run) -> None:
    assert run("shop", "new", "laden").returncode == 0
    shown = run("recommend", "item_similar", "--item", "nope", "--shop", "laden")
    assert shown.returncode == 0
    assert "Nothing to show for item_similar" in shown.stdout
    assert "No item is called 'nope'" in shown.stderr
    assert "Next: daogou train --shop laden" in shown.stderr
