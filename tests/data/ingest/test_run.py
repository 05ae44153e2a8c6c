"""Files of every kind, good and bad, through the one door."""

import csv
import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from daogou.core.clock import Clock
from daogou.core.errors import InvalidInput, Malformed, StorageUnavailable, UnknownName
from daogou.data.ingest.defaults import Defaults
from daogou.data.ingest.options import ImportOptions
from daogou.data.ingest.renaming import detect_kind
from daogou.data.ingest.run import import_files, import_rows

Write = Callable[..., Path]

ORDERS = """USER_ID,ITEM_ID,EVENT_TYPE,TIMESTAMP,price,DEVICE
u1,p1,View,1586731606,4.50,phone
u2,p2,Purchase,1586731607,12.50,tablet
u1,p2,Purchase,1586731608,12.50,
"""
EVENTS: list[dict[str, Any]] = [
    {"event_name": "view_item", "timestamp": "2020-04-12T22:46:46Z", "user_id": "u1", "item_id": "p1"},
    {"event_name": "purchase", "timestamp": "2020-04-12T22:46:47Z", "user_id": "u2",
     "items": [{"item_id": "p1", "quantity": 2}, {"item_id": "p2"}]},
]  # fmt: skip


@pytest.fixture
def options(clock: Clock, tmp_path: Path) -> ImportOptions:
    return ImportOptions(clock=clock, reject_folder=tmp_path / "rejected", state_folder=tmp_path / "state")


def test_a_personalize_csv_is_recognised_and_announced(shelf: Any, write: Write, options: ImportOptions) -> None:
    report = import_files(shelf, [write("data.bin", ORDERS)], options)
    assert (report.accepted, report.duplicates, report.rejected) == (3, 0, 0)
    assert report.timestamp_units == {"s": 3}
    assert (report.files[0].kind, report.files[0].format) == ("events", "CSV")
    assert report.files[0].columns == {
        "USER_ID": "user_id",
        "ITEM_ID": "item_id",
        "EVENT_TYPE": "event_name",
        "TIMESTAMP": "timestamp",
    }
    first = next(iter(shelf.events.values()))
    assert (first.name, first.user_id, first.lines[0].item_id, first.lines[0].price_minor) == (
        "view_item",
        "u1",
        "p1",
        450,
    )
    assert first.context == {"DEVICE": "phone", "event_text": "View"}


@pytest.mark.parametrize("pack", [None, "gzip", "zstd"])
@pytest.mark.parametrize("layout", ["csv", "tsv", "semicolons", "bom", "crlf", "jsonl", "array", "wrapped", "parquet"])
def test_the_same_events_come_out_of_every_container(
    shelf: Any, write: Write, options: ImportOptions, layout: str, pack: str | None
) -> None:
    table = "event_name,timestamp,user_id,items\n" + "".join(
        ",".join([row["event_name"], row["timestamp"], row["user_id"], _quoted(row)]) + "\n" for row in EVENTS
    )
    rows = [{**row, "items": row.get("items") or [{"item_id": row["item_id"]}]} for row in EVENTS]
    for row in rows:
        row.pop("item_id", None)
    content: str | bytes = {
        "csv": table,
        "tsv": _joined_by(rows, "\t"),
        "semicolons": _joined_by(rows, ";"),
        "bom": "\ufeff" + table,
        "crlf": table.replace("\n", "\r\n"),
        "jsonl": "".join(json.dumps(row) + "\n" for row in rows),
        "array": json.dumps(rows, indent=2),
        "wrapped": json.dumps({"events": rows}),
        "parquet": _parquet(rows, write),
    }[layout]
    report = import_files(shelf, [write("file", content, pack=pack)], options)
    assert report.rejected_by_rule == {}
    assert [(one.name, one.user_id, [line.item_id for line in one.lines]) for one in shelf.events.values()] == [
        ("view_item", "u1", ["p1"]),
        ("purchase", "u2", ["p1", "p2"]),
    ]
    expected = {"plain": "", "gzip": " in gzip", "zstd": " in zstd"}[pack or "plain"]
    assert report.files[0].format.split(",")[0].endswith(expected)


def _quoted(row: dict[str, Any]) -> str:
    items = json.dumps(row.get("items") or [{"item_id": row["item_id"]}])
    return '"' + items.replace('"', '""') + '"'


def _joined_by(rows: list[dict[str, Any]], mark: str) -> str:
    lines = [["event_name", "timestamp", "user_id", "items"]]
    lines += [[row["event_name"], row["timestamp"], row["user_id"], _quoted(row)] for row in rows]
    return "".join(mark.join(line) + "\n" for line in lines)


def _parquet(rows: list[dict[str, Any]], write: Write) -> bytes:
    path = write("scratch.parquet", b"")
    pl.DataFrame(rows).write_parquet(path)
    return path.read_bytes()


def test_importing_twice_counts_once(shelf: Any, write: Write, options: ImportOptions) -> None:
    file = write("orders.csv", ORDERS)
    import_files(shelf, [file], options)
    again = import_files(shelf, [file], options)
    assert (again.accepted, again.duplicates, len(shelf.events)) == (0, 3, 3)


def test_equal_rows_of_one_file_are_two_events_and_stay_two(shelf: Any, write: Write, options: ImportOptions) -> None:
    twice = "event,item_id,user_id,time\n" + "view,p1,u1,2020-01-01 10:00:00\n" * 2
    assert import_files(shelf, [write("views.csv", twice)], options).accepted == 2
    assert import_files(shelf, [write("views2.csv", twice)], options).accepted == 0
    assert import_files(shelf, [write("more.csv", twice + "view,p1,u1,2020-01-01 10:00:00\n")], options).accepted == 1


def test_the_same_events_in_another_format_count_once(shelf: Any, write: Write, options: ImportOptions) -> None:
    flat = "event,item_id,user_id,time,price\nview,p1,u1,2020-04-12 22:46:46,4.50\n"
    line = {"user_id": "u1", "event": "view", "time": 1586731606000, "items": [{"item_id": "p1", "price": 4.5}]}
    import_files(shelf, [write("a.csv", flat)], options)
    report = import_files(shelf, [write("b.jsonl", json.dumps(line))], options)
    assert (report.accepted, report.duplicates) == (0, 1)


def test_bad_rows_are_set_aside_with_line_field_value_and_rule(
    shelf: Any, write: Write, options: ImportOptions
) -> None:
    text = (
        "event_type,item_id,user_id,timestamp,price,note\n"
        "view,p1,u1,1586731606,4.50,ok\n"
        "view,,u1,1586731607,4.50,no item\n"
        'view,p1,u1,1586731608,"1,234","a, b"\n'
        "stare,p1,u1,1586731609,1,x\n"
        "view,p1,u1,later,1,x\n"
        "view,p1\n"
        "view,p1,jo@example.org,1586731609,1,x\n"
    )
    report = import_files(shelf, [write("e.csv", text)], options)
    assert report.accepted == 1
    assert report.rejected_by_rule == {
        "items_required": 1, "ambiguous_comma": 1, "unknown_event": 1, "not_a_time": 1, "cell_count": 1,
        "contact_data": 1,
    }  # fmt: skip
    assert "jo@example.org" not in str(report.to_dict())
    with open(report.reject_files[0], newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [(row["rejected_line"], row["rejected_field"], row["rejected_rule"]) for row in rows] == [
        ("3", "items", "items_required"),
        ("4", "price", "ambiguous_comma"),
        ("5", "event_name (event_type)", "unknown_event"),
        ("6", "timestamp", "not_a_time"),
        ("7", "(row)", "cell_count"),
        ("8", "user_id", "contact_data"),
    ]
    assert (rows[1]["price"], rows[1]["rejected_value"], rows[1]["note"]) == ("1,234", "1,234", "a, b")
    assert rows[5]["user_id"] == "(hidden)"


def test_a_mended_reject_file_is_imported_like_any_other(shelf: Any, write: Write, options: ImportOptions) -> None:
    rejected = import_files(shelf, [write("a.csv", ORDERS.replace("4.50", '"4,500"'))], options).reject_files[0]
    mended = Path(rejected).read_text().replace('"4,500"', "4.50", 1)
    report = import_files(shelf, [write("mended.csv", mended)], options)
    assert (report.accepted, report.rejected) == (1, 0)
    assert "rejected_line" not in str(list(shelf.events.values())[-1].context)


def test_rejected_json_lines_are_mended_the_same_way(shelf: Any, write: Write, options: ImportOptions) -> None:
    lines = [{**EVENTS[0], "item_id": ""}, EVENTS[1]]
    report = import_files(shelf, [write("a.jsonl", "\n".join(map(json.dumps, lines)))], options)
    entry = json.loads(Path(report.reject_files[0]).read_text())
    assert (entry["line"], entry["rule"], entry["row"]) == (1, "items_required", lines[0])
    entry["row"]["item_id"] = "p1"
    assert import_files(shelf, [write("mended.jsonl", json.dumps(entry))], options).accepted == 1


def test_a_reject_file_is_for_its_owner_only(shelf: Any, write: Write, options: ImportOptions) -> None:
    report = import_files(shelf, [write("a.csv", ORDERS.replace("4.50", "x"))], options)
    assert Path(report.reject_files[0]).stat().st_mode & 0o077 == 0


def test_a_reject_file_holds_no_contact_that_the_import_would_not_have_kept(
    shelf: Any, write: Write, options: ImportOptions
) -> None:
    events = "user_id,item_id,event_name,timestamp,email,notes\nu1,p1,view,never,a@example.org,call +447700900123\n"
    text = Path(import_files(shelf, [write("a.csv", events)], options).reject_files[0]).read_text()
    assert "u1,p1,view,never,(hidden),call [phone]" in text
    row = {
        "user_id": "13800138000",
        "email": "a@example.org",
        "event_name": "dance",
        "context": {"note": "a@example.org"},
    }
    text = Path(import_files(shelf, [write("events.jsonl", json.dumps(row))], options).reject_files[0]).read_text()
    assert "example.org" not in text


def test_without_a_reject_folder_nothing_is_written(shelf: Any, write: Write, clock: Clock, tmp_path: Path) -> None:
    file = write("a.csv", ORDERS.replace("4.50", "x"))
    report = import_files(shelf, [file], ImportOptions(clock=clock))
    assert (report.rejected, report.reject_files) == (1, ())
    assert list(tmp_path.iterdir()) == [file]


def test_a_dry_run_reports_everything_and_stores_nothing(shelf: Any, write: Write, options: ImportOptions) -> None:
    file = write("a.csv", ORDERS.replace("4.50", "x"))
    report = import_files(shelf, [file], ImportOptions(**{**vars(options), "dry_run": True}))
    assert (report.accepted, report.rejected, report.is_dry_run, len(shelf.events)) == (2, 1, True, 0)


def test_chinese_headers_are_read_by_themselves_or_by_mapping(shelf: Any, write: Write, options: ImportOptions) -> None:
    known = "行为,商品编号,用户ID,时间,单价,数量\n购买,p1,u1,2020年4月12日 22:46,¥19.9,2\n"
    shelf_defaults = ImportOptions(**{**vars(options), "defaults": Defaults(currency="CNY", timezone="Asia/Shanghai")})
    assert import_files(shelf, [write("a.csv", known)], shelf_defaults).accepted == 1
    event = next(iter(shelf.events.values()))
    assert (event.name, event.lines[0].price_minor, event.lines[0].quantity, event.currency) == (
        "purchase",
        1990,
        2,
        "CNY",
    )
    odd = "动作,宝贝,买家,什么时候\n种草,p2,u1,2020-04-12 22:46:00\n"
    mapping = {
        "动作": "event_name",
        "宝贝": "item_id",
        "买家": "user_id",
        "什么时候": "timestamp",
        "event:种草": "add_to_wishlist",
    }
    report = import_files(shelf, [write("b.csv", odd)], ImportOptions(**{**vars(options), "mapping": mapping}))
    assert (report.accepted, report.warnings) == (1, report.warnings)
    event = list(shelf.events.values())[-1]
    assert (event.name, event.context) == ("add_to_wishlist", {"event_text": "种草"})


def test_a_missing_column_is_named_with_the_likely_one(shelf: Any, write: Write, options: ImportOptions) -> None:
    text = "event,item_id,user_id,whenhappened_time\nview,p1,u1,2020-01-01\n"
    with pytest.raises(InvalidInput) as caught:
        import_files(shelf, [write("a.csv", text)], options)
    message = str(caught.value)
    assert "no column for timestamp of events" in message
    assert "Did you mean 'whenhappened_time'? Then add --map whenhappened_time=timestamp." in message


def test_columns_that_could_be_anything_ask_for_the_kind(shelf: Any, write: Write, options: ImportOptions) -> None:
    file = write("a.csv", "alpha,beta\n1,2\n")
    with pytest.raises(InvalidInput, match=r"Say the kind \(--kind events\)"):
        import_files(shelf, [file], options)


def test_a_stock_column_decides_what_is_sold_out(shelf: Any, write: Write, options: ImportOptions) -> None:
    file = write("a.csv", "sku,title,库存,Variant Inventory Qty\np1,Mug,0,7\np2,Pot,12,0\np3,Tin,,0\n")
    report = import_files(shelf, [file], options)
    assert report.files[0].columns["库存"] == "availability"
    assert [shelf.catalogue[one].availability for one in ("p1", "p2", "p3")] == ["out_of_stock", "in_stock", "in_stock"]
    assert shelf.catalogue["p1"].attributes == {"Variant Inventory Qty": ("7",)}


def test_one_mapping_of_the_item_number_serves_catalogue_and_orders(
    shelf: Any, write: Write, options: ImportOptions
) -> None:
    items = write("items.csv", "Art.-Nr.;title;price\np1;Mug;4,50\n")
    orders = write("orders.csv", "order_id;customer;Art.-Nr.;date\n1;7;p1;2020-01-01\n")
    report = import_files(
        shelf, [orders, items], ImportOptions(**{**vars(options), "mapping": {"Art.-Nr.": "item_id"}})
    )
    assert (report.accepted_by_kind, report.unknown_items) == ({"items": 1, "events": 1}, 0)


def test_events_that_cannot_name_an_item_are_told_the_likely_column(
    shelf: Any, write: Write, options: ImportOptions
) -> None:
    file = write("a.csv", "event,user_id,time,the item_id here\nview,u1,2020-01-01,p1\n")
    report = import_files(shelf, [file], options)
    assert any("Add --map the item_id here=item_id." in text for text in report.warnings)


def test_a_mapping_to_a_field_nobody_has_lists_the_fields(shelf: Any, write: Write, options: ImportOptions) -> None:
    with pytest.raises(UnknownName, match="No field of events is called 'prize'"):
        import_files(shelf, [write("a.csv", ORDERS)], ImportOptions(**{**vars(options), "mapping": {"price": "prize"}}))


def test_a_mapping_of_a_column_no_file_has_is_warned_of(shelf: Any, write: Write, options: ImportOptions) -> None:
    report = import_files(
        shelf, [write("a.csv", ORDERS)], ImportOptions(**{**vars(options), "mapping": {"prices": "price"}})
    )
    assert report.warnings[0] == "No file has a column 'prices', which is mapped to 'price'."


def test_files_without_event_names_are_what_their_columns_say(shelf: Any, write: Write, options: ImportOptions) -> None:
    invoices = "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID\n"
    invoices += "536365,85123A,6,2010-12-01 08:26:00,2.55,17850\n"
    stars = "userId,itemId,rating,timestamp\n1,31,2.5,1260759144\n"
    import_files(shelf, [write("a.csv", invoices), write("b.csv", stars)], options)
    assert [one.name for one in shelf.events.values()] == ["purchase", "rate_item"]
    bare = write("c.csv", "user,item,time\nu1,p1,2020-01-01\n")
    with pytest.raises(InvalidInput, match="no column for event_name"):
        import_files(shelf, [bare], options)
    report = import_files(shelf, [bare], ImportOptions(**{**vars(options), "event_name": "click"}))
    assert (report.accepted, list(shelf.events.values())[-1].name) == (1, "select_item")


def test_items_users_and_events_go_in_together_items_first(shelf: Any, write: Write, options: ImportOptions) -> None:
    items = "ITEM_ID,PRICE,CATEGORY_L1,CATEGORY_L2,CREATION_TIMESTAMP,colour\np1,4.5,Kitchen,Mugs,1586731606,red\n"
    users = "USER_ID,AGE,email\nu1,30,jo@example.org\n"
    files = [write("c", ORDERS), write("b", users), write("a", items)]
    report = import_files(shelf, files, options)
    assert [one.kind for one in report.files] == ["items", "users", "events"]
    assert report.accepted_by_kind == {"items": 1, "users": 1, "events": 3}
    item = shelf.catalogue["p1"]
    assert (item.title, item.categories, item.attributes) == (
        {"en": "p1"},
        (("Kitchen", "Mugs"),),
        {"colour": ("red",)},
    )
    assert any("no column for title" in warning for warning in report.warnings)
    assert shelf.people["u1"].attributes == {"AGE": ("30",)}
    assert report.files[1].dropped == ("email",)
    assert (report.unknown_items, report.unknown_item_lines, report.unknown_item_examples) == (1, 2, ("p2",))
    assert any("2 event lines name 1 items that the catalogue lacks" in warning for warning in report.warnings)


def test_gorse_items_feedback_and_users_are_recognised(shelf: Any, write: Write, options: ImportOptions) -> None:
    items = {
        "ItemId": "x",
        "IsHidden": True,
        "Categories": ["a"],
        "Timestamp": "2022-10-23T03:50:24Z",
        "Labels": ["l"],
        "Comment": "",
    }
    feedback = {"FeedbackType": "star", "UserId": "bob", "ItemId": "x", "Value": 1, "Timestamp": "2022-02-24T00:00:00Z"}
    users = {"UserId": "bob", "Labels": {"city": "Leeds"}, "Comment": ""}
    files = [write(str(place), json.dumps(row)) for place, row in enumerate((items, feedback, users))]
    report = import_files(shelf, files, options)
    assert (report.accepted, [one.kind for one in report.files]) == (3, ["items", "users", "events"])
    assert shelf.catalogue["x"].is_hidden
    assert shelf.people["bob"].attributes == {"city": ("Leeds",)}
    assert next(iter(shelf.events.values())).name == "add_to_wishlist"


def test_titles_in_two_languages_come_from_two_columns(shelf: Any, write: Write, options: ImportOptions) -> None:
    text = "id,title,title_zh,price\np1,Red mug,红色马克杯,4.5\np2,Tea pot,,9\n"
    import_files(shelf, [write("a.csv", text)], options)
    assert shelf.catalogue["p1"].title == {"en": "Red mug", "zh": "红色马克杯"}
    assert shelf.catalogue["p2"].title == {"en": "Tea pot"}


def test_placeholders_in_optional_ids_count_as_missing(shelf: Any, write: Write, options: ImportOptions) -> None:
    text = ORDERS.replace("u2", "NULL").replace("u1", "nan", 1)
    report = import_files(shelf, [write("a.csv", text)], options)
    assert report.rejected == 0
    assert [one.user_id for one in shelf.events.values()] == [None, None, "u1"]
    assert "2 rows had a placeholder such as NULL as user_id; it counts as missing." in report.warnings


def test_a_null_in_an_optional_number_is_no_number(shelf: Any, write: Write, options: ImportOptions) -> None:
    report = import_files(shelf, [write("a.csv", ORDERS.replace("4.50", "NULL").replace("12.50", "NaN"))], options)
    assert (report.accepted, report.rejected) == (3, 0)
    assert {one.lines[0].price_minor for one in shelf.events.values()} == {None}
    assert import_files(shelf, [write("b.csv", ORDERS.replace("1586731606", "NULL"))], options).rejected == 1


def test_a_mapping_reaches_into_nested_fields(shelf: Any, write: Write, options: ImportOptions) -> None:
    mapping = {"Farbe": "attributes.colour", "opt_in": "consent.personalization", "note": "-", "NAME": "title"}
    items = write("i.csv", "sku,name,farbe,note,price\np1,Mug,red,x,1\n")
    users = write("u.csv", "user_id,opt_in,name\nu1,no,Jo\n")
    report = import_files(shelf, [items, users], ImportOptions(**{**vars(options), "mapping": mapping}))
    assert report.rejected_by_rule == {}
    assert shelf.catalogue["p1"].attributes == {"colour": ("red",)}
    assert shelf.people["u1"].consent.personalization == "denied"
    assert report.files[0].dropped == ("note",)


def test_times_in_two_units_are_warned_of(shelf: Any, write: Write, options: ImportOptions) -> None:
    report = import_files(shelf, [write("a.csv", ORDERS.replace("1586731607", "1586731607000"))], options)
    assert report.timestamp_units == {"s": 2, "ms": 1}
    assert any("several units (s, ms)" in warning for warning in report.warnings)


def test_an_empty_file_says_so(shelf: Any, write: Write, options: ImportOptions) -> None:
    for content, pack in (("", None), ("\n \n", None), ("\ufeff", None), ("", "gzip"), ("", "zstd")):
        with pytest.raises(Malformed, match="nothing to import"):
            import_files(shelf, [write("a.csv", content, pack=pack)], options)
    assert import_files(shelf, [write("a.csv", ORDERS.splitlines()[0] + "\n")], options).rows == 0


def test_a_missing_file_says_so(shelf: Any, tmp_path: Path, options: ImportOptions) -> None:
    with pytest.raises(InvalidInput, match=r"none\.csv cannot be opened: No such file"):
        import_files(shelf, [tmp_path / "none.csv"], options)
    with pytest.raises(InvalidInput, match="cannot be opened: Is a directory"):
        import_files(shelf, [tmp_path], options)
    with pytest.raises(InvalidInput, match="No files were given"):
        import_files(shelf, [], options)


@pytest.mark.parametrize(
    ("head", "message"),
    [
        (b"PK\x03\x04rest", "Excel workbook"),
        ("event,item\n".encode("utf-16"), "UTF-16 text. Save it as UTF-8"),
        (b"<!DOCTYPE html><p>", "a web page"),
        (b"PAR1 and nothing more", "cannot be read as Parquet"),
        ("商品,价格\n".encode("gb18030"), "not UTF-8, but it reads as GB18030"),
        (b"a,b\0c\n", "NUL bytes in the header"),
        (b"1,2,3\n4,5,6\n", "must name the columns"),
        (b"a,a\n1,2\n", "two columns are called 'a'"),
        (b"[1, 2]", "no row at its start can be read"),
        (b"{broken", "no row at its start can be read"),
    ],
)
def test_a_file_that_is_not_for_us_is_told_what_it_is(
    shelf: Any, write: Write, options: ImportOptions, head: bytes, message: str
) -> None:
    with pytest.raises(Malformed, match=message.replace("(", r"\(")):
        import_files(shelf, [write("file.csv", head)], options)


def test_one_unreadable_file_stops_the_import_before_it_starts(
    shelf: Any, write: Write, options: ImportOptions
) -> None:
    with pytest.raises(Malformed):
        import_files(shelf, [write("good.csv", ORDERS), write("bad.parquet", b"PAR1")], options)
    assert shelf.events == {}


def test_another_encoding_is_read_when_it_is_said(shelf: Any, write: Write, options: ImportOptions) -> None:
    raw = "商品编号,商品名称,价格\np1,红色马克杯,19.9\n".encode("gb18030")
    import_files(shelf, [write("a.csv", raw)], ImportOptions(**{**vars(options), "encoding": "gb18030"}))
    assert shelf.catalogue["p1"].title == {"en": "红色马克杯"}


def test_bytes_that_are_no_text_cost_only_their_row(shelf: Any, write: Write, options: ImportOptions) -> None:
    lines = ORDERS.encode().splitlines(keepends=True)
    raw = lines[0] + lines[1] + lines[2].replace(b"tablet", b"tab\xfflet") + lines[3].replace(b"12.50", b"12\0.50")
    report = import_files(shelf, [write("a.csv", raw)], options)
    assert report.accepted == 1
    assert [(one.line, one.rule) for one in report.examples] == [(3, "not_utf8"), (4, "nul_byte")]
    jsonl = b'{"event_name":"view_item","timestamp":"2020-01-01","item_id":"p1"}\n{"a": "\xff"}\n{"a": "\0"}\n{]\n7\n'
    report = import_files(shelf, [write("a.jsonl", jsonl)], options)
    assert report.accepted == 1
    assert [(one.line, one.rule) for one in report.examples] == [
        (2, "not_utf8"), (3, "nul_byte"), (4, "not_json"), (5, "not_an_object"),
    ]  # fmt: skip


def test_an_open_quote_costs_one_line_not_the_rest(shelf: Any, write: Write, options: ImportOptions) -> None:
    lines = ORDERS.splitlines(keepends=True)
    text = lines[0] + lines[1] + 'u9,"p9,View,1586731600,1,x\n' + lines[2] + lines[3]
    report = import_files(shelf, [write("a.csv", text)], options)
    assert (report.accepted, report.rejected_by_rule) == (3, {"csv_quoting": 1})
    assert report.examples[0].line == 3


def test_a_cell_may_hold_line_breaks_and_the_lines_still_count_right(
    shelf: Any, write: Write, options: ImportOptions
) -> None:
    text = 'id,title,description,price\np1,Mug,"two\nlines",4.5\np2,Pot,x,cheap\n'
    report = import_files(shelf, [write("a.csv", text)], options)
    assert shelf.catalogue["p1"].description == {"en": "two\nlines"}
    assert report.examples[0].line == 4


@pytest.mark.parametrize("pack", ["gzip", "zstd"])
def test_rows_before_the_damage_of_a_cut_file_go_in(
    shelf: Any, write: Write, options: ImportOptions, pack: str
) -> None:
    header = "event,item_id,user_id,time\n"
    many = header + "".join(f"view,p{n * 7919 % 99991},u{n * 104729 % 99991},{1586731606 + n}\n" for n in range(40_000))
    whole = write("whole.csv", many, pack=pack)
    cut = write("cut.csv.x", whole.read_bytes()[: int(whole.stat().st_size * 0.6)])
    report = import_files(shelf, [cut], options)
    assert 1_000 < report.accepted < 40_000
    assert report.rejected == 0
    assert not report.is_complete
    assert f"the {pack} data ends before its end mark" in report.problems[0]
    assert f"The {report.accepted} rows before it were read" in report.problems[0]
    report = import_files(shelf, [whole], options)
    assert (report.is_complete, len(shelf.events)) == (True, 40_000)


def test_altered_compressed_bytes_are_a_named_problem(shelf: Any, write: Write, options: ImportOptions) -> None:
    many = "event,item_id,user_id,time\n" + "".join(f"view,p{n},u{n},{1586731606 + n}\n" for n in range(40_000))
    raw = bytearray(gzip.compress(many.encode(), mtime=0))
    raw[len(raw) // 2 : len(raw) // 2 + 8] = b"\xff" * 8
    report = import_files(shelf, [write("a.csv.gz", bytes(raw))], options)
    assert "gzip data is damaged" in report.problems[0]


def test_a_json_array_that_breaks_off_keeps_its_first_rows(shelf: Any, write: Write, options: ImportOptions) -> None:
    text = json.dumps(EVENTS, indent=1)[:-20]
    report = import_files(shelf, [write("a.json", text)], options)
    assert report.accepted == 1
    assert "a.json, line 8" in report.problems[0]


def test_a_cut_parquet_file_cannot_be_read_at_all(shelf: Any, write: Write, options: ImportOptions) -> None:
    raw = _parquet(EVENTS[:1], write)
    with pytest.raises(Malformed, match=r"cannot be read as Parquet: .* Get the file again"):
        import_files(shelf, [write("a.parquet", raw[:-30])], options)


def test_parquet_times_and_decimals_are_read_by_their_type(shelf: Any, write: Write, options: ImportOptions) -> None:
    path = write("a.parquet", b"")
    pl.DataFrame(
        {"event": ["buy"], "sku": ["p1"], "customer": [17850], "price": ["2.55"], "when": ["2010-12-01T08:26:00"]}
    ).with_columns(pl.col("price").cast(pl.Decimal(10, 2)), pl.col("when").str.to_datetime().alias("date")).drop(
        "when"
    ).write_parquet(path)
    report = import_files(shelf, [path], options)
    event = next(iter(shelf.events.values()))
    assert (event.at_us, event.lines[0].price_minor, event.user_id) == (1_291_191_960_000_000, 255, "17850")
    assert report.timestamp_units == {"datetime": 1}


def test_rows_in_memory_are_checked_and_stored(shelf: Any, options: ImportOptions) -> None:
    told: list[tuple[int, int | None]] = []
    rows = [*EVENTS, {"event_name": "view_item"}]
    report = import_rows(shelf, "events", rows, options, lambda done, total, what: told.append((done, total)), total=3)
    assert (report.accepted, report.rejected_by_rule, len(shelf.events)) == (2, {"required": 1}, 2)
    assert (report.examples[0].line, report.examples[0].field) == (3, "timestamp")
    assert told[-1] == (3, 3)


def test_progress_rises_to_the_size_of_the_file(shelf: Any, write: Write, options: ImportOptions) -> None:
    many = "event,item_id,user_id,time\n" + "".join(f"view,p{n},u{n},{1586731606 + n}\n" for n in range(9_000))
    file = write("a.csv", many)
    told: list[int] = []
    import_files(shelf, [file], options, lambda done, total, what: told.append(done))
    assert told == sorted(told)
    assert len(told) >= 4
    assert told[-1] == file.stat().st_size


def test_the_report_is_plain_data(shelf: Any, write: Write, options: ImportOptions) -> None:
    report = import_files(shelf, [write("a.csv", ORDERS.replace("4.50", "x"))], options)
    plain = json.loads(json.dumps(report.to_dict()))
    assert (plain["accepted"], plain["rejected"], plain["examples"][0]["rule"]) == (2, 1, "not_a_price")


def test_rows_that_share_an_event_id_but_not_the_item_are_all_kept(
    shelf: Any, write: Write, options: ImportOptions
) -> None:
    text = "event_id,event,item_id,user_id,time\n" + "".join(
        f"o1,purchase,{item},u1,2020-01-01 10:00:00\n" for item in ("p1", "p2", "p1", "p3")
    )
    file = write("a.csv", text)
    report = import_files(shelf, [file], options)
    assert (report.accepted, report.duplicates) == (3, 1)
    assert sorted(one.lines[0].item_id for one in shelf.events.values()) == ["p1", "p2", "p3"]
    assert (
        "2 rows carry the event id of an earlier row but another item: each is kept as its own event."
        in report.warnings
    )
    assert import_files(shelf, [file], options).accepted == 0


def test_the_line_that_excel_writes_above_the_header_is_understood(
    shelf: Any, write: Write, options: ImportOptions
) -> None:
    import_files(shelf, [write("a.csv", "sep=;\nid;title;price\np1;Mug, red;12,50\n")], options)
    assert (shelf.catalogue["p1"].title, shelf.catalogue["p1"].price_minor) == ({"en": "Mug, red"}, 1250)


def test_a_header_without_rows_is_warned_of(shelf: Any, write: Write, options: ImportOptions) -> None:
    report = import_files(shelf, [write("a.csv", ORDERS.splitlines()[0] + "\n")], options)
    assert (report.rows, report.warnings[0].split(": ")[1]) == (0, "it names its columns but has no rows.")


def test_a_reject_folder_that_cannot_be_written_is_named(shelf: Any, write: Write, options: ImportOptions) -> None:
    wall = write("wall", "a file where a folder should be")
    blocked = ImportOptions(**{**vars(options), "reject_folder": wall / "rejected"})
    with pytest.raises(StorageUnavailable, match="cannot be written"):
        import_files(shelf, [write("a.csv", ORDERS.replace("4.50", "x"))], blocked)


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("user_id,item_id,timestamp", "events"),
        ("event_name,timestamp,item_id", "events"),
        ("visitorid,event,timestamp,itemid,transactionid", "events"),
        ("product_id,name,type,created_at", "items"),
        ("ITEM_ID,CREATION_TIMESTAMP,CATEGORY_L1,PRICE", "items"),
        ("sku,title,stock", "items"),
        ("item_id,is_hidden,categories,time_stamp,labels,description", "items"),
        ("feedback_type,user_id,item_id,time_stamp", "events"),
        ("user_id,labels", "users"),
        ("USER_ID,AGE,GENDER", "users"),
        ("id,title,price", "items"),
        ("商品编号,商品名称,价格", "items"),
        ("event_name,timestamp,item_id,item_name,item_category", "events"),
    ],
)
def test_the_kind_is_told_from_the_columns(header: str, kind: str) -> None:
    assert detect_kind(header.split(","), {}) == kind


@pytest.mark.parametrize("header", ["id,gender,season", "a,b", "id", "timestamp,value", "sku,stock"])
def test_columns_that_say_too_little_are_not_guessed_at(header: str) -> None:
    assert detect_kind(header.split(","), {}) is None
