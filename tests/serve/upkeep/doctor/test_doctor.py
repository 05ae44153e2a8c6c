"""The doctor finds what is wrong with a live shop, says so in two languages, and is quiet about a healthy one."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from daogou import __version__
from daogou.cli.main import COMMANDS, app
from daogou.core.clock import DAY_US
from daogou.core.errors import InvalidInput
from daogou.core.settings import read_settings
from daogou.core.types import Event, Item
from daogou.data.store import open_store
from daogou.decide.filters import parse_filter
from daogou.serve.keys import create_key, list_keys
from daogou.serve.upkeep.backup.create import create_backup
from daogou.serve.upkeep.doctor import Finding, look_over
from daogou.serve.upkeep.doctor.words import WORDS

NOW_US = 1_795_255_200_000_000  # 2026-11-21T10:00:00Z


def found(shop: Path, url: str | None = None, now_us: int = NOW_US) -> dict[str, Finding]:
    return {one.code: one for one in look_over(shop, now_us=now_us, url=url).findings}


@pytest.fixture
def healthy(trained: Path) -> Path:
    with closing(open_store(f"sqlite:///{trained}/daogou.db")) as store:
        store.append([Event("now", "search", NOW_US - 1_000_000)])
    create_backup(trained, read_settings(trained), trained / "backups", now_us=NOW_US, keep=7, with_secrets=True)
    for path in trained.glob("*"):
        os.utime(path, (NOW_US / 1e6, NOW_US / 1e6))
    return trained


def test_a_healthy_shop_is_well(healthy: Path) -> None:
    looked = look_over(healthy, now_us=NOW_US)
    assert looked.is_well, looked.findings
    assert {one.code for one in looked.findings} <= {"backup_same_disk"}
    assert looked.checked[0] == "settings"


def put(shop: Path, name: str, content: str) -> None:
    path = shop / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def append(shop: Path, name: str, content: str) -> None:
    with (shop / name).open("a", encoding="utf-8") as file:
        file.write(content)


def damage_lake(shop: Path) -> None:
    next((shop / "files/events").rglob("*.parquet")).write_bytes(b"?")


def damage_release(shop: Path) -> None:
    for path in (shop / "files/models/releases").rglob("weights.safetensors"):
        path.write_bytes(b"?")


def damage_database(shop: Path) -> None:
    with sqlite3.connect(shop / "daogou.db") as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with (shop / "daogou.db").open("r+b") as file:
        file.seek(4096 * 12)
        file.write(b"\xff" * 4096 * 3)


def expire_items(shop: Path) -> None:
    with closing(open_store(f"sqlite:///{shop}/daogou.db")) as store:
        store.put_items([Item(f"i{n}", {"en": "x"}, price_minor=1, expires_at_us=NOW_US - 1) for n in range(10)])


def strip_items(shop: Path) -> None:
    with closing(open_store(f"sqlite:///{shop}/daogou.db")) as store:
        store.put_items([Item(f"i{n}", {"en": "x"}) for n in range(20)])


def hide_items(shop: Path) -> None:
    with closing(open_store(f"sqlite:///{shop}/daogou.db")) as store:
        store.put_items([Item(f"i{n}", {"en": "x"}, is_hidden=True) for n in range(30)])


def forge_audit(shop: Path) -> None:
    path = shop / "audit/log.jsonl"
    path.write_text(path.read_text().replace("secret", "admin"))


def send_from_the_future(shop: Path) -> None:
    with closing(open_store(f"sqlite:///{shop}/daogou.db")) as store:
        store.append([Event("future", "search", NOW_US + 9 * DAY_US)])


def drop_release(shop: Path) -> None:
    (shop / "files/models/CURRENT").unlink()


CASES: dict[str, tuple[str, Callable[[Path], Any]]] = {
    "settings_unreadable": ("error", lambda shop: put(shop, "shop.toml", "[server]\nprot = 80\n")),
    "database_unreachable": ("error", lambda shop: (shop / "daogou.db").unlink()),
    "database_damaged": ("error", damage_database),
    "events_in_the_future": ("warning", send_from_the_future),
    "lake_faulty": ("error", damage_lake),
    "release_refused": ("error", damage_release),
    "no_release": ("warning", drop_release),
    "no_items": ("error", hide_items),
    "items_expired": ("note", expire_items),
    "items_without_price": ("warning", strip_items),
    "items_without_category": ("warning", strip_items),
    "items_without_picture": ("note", strip_items),
    "rows_refused": ("note", lambda shop: put(shop, "files/rejects/items.rejected.csv", "id\n")),
    "secret_readable": ("warning", lambda shop: (shop / "key.pepper").chmod(0o644)),
    "pepper_missing": ("error", lambda shop: (shop / "key.pepper").unlink()),
    "keys_unreadable": ("error", lambda shop: put(shop, "keys.json", "{")),
    "no_keys": ("note", lambda shop: (shop / "keys.json").unlink()),
    "audit_changed": ("error", forge_audit),
    "no_backup": ("warning", lambda shop: (shop / "backups").rename(shop / "elsewhere")),
    "backup_unusable": (
        "note",
        lambda shop: next((shop / "backups").glob("tea-house-*/manifest.json")).write_text("{}"),
    ),
    "files_in_the_future": ("warning", lambda shop: os.utime(shop / "shop.toml", (NOW_US / 1e6 + 900,) * 2)),
}


@pytest.mark.parametrize("code", CASES)
def test_what_is_broken_is_found_with_its_severity_and_a_command(code: str, healthy: Path) -> None:
    severity, break_it = CASES[code]
    break_it(healthy)
    one = found(healthy)[code]
    assert one.severity == severity
    for texts in (one.what, one.why, one.do):
        assert set(texts) == {"en", "zh"}
        assert all(texts.values())
        assert not any("{" in text for text in texts.values() if code != "keys_unreadable")


def test_a_lost_database_is_not_made_anew_by_looking(healthy: Path) -> None:
    (healthy / "daogou.db").unlink()
    assert "database_unreachable" in found(healthy)
    assert not (healthy / "daogou.db").exists()


def test_time_makes_events_backups_releases_and_keys_old(healthy: Path) -> None:
    later = NOW_US + 400 * DAY_US
    codes = found(healthy, now_us=later)
    assert {"events_stopped", "backup_old", "release_old", "key_old", "key_never_used"} <= set(codes)
    assert list_keys(healthy)[0].key_id in codes["key_never_used"].do["en"]


def test_a_missing_library_is_named_with_its_extra(healthy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from daogou.serve.upkeep.doctor import place

    append(healthy, "shop.toml", '\n[context]\ncountry = "CN"\n')
    monkeypatch.setattr(place, "find_spec", lambda name: None)
    assert "pip install 'daogou[calendar]'" in found(healthy)["extra_missing"].do["en"]


def test_a_full_disk_and_a_closed_folder_are_found(healthy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from daogou.serve.upkeep.doctor import place

    monkeypatch.setattr(place, "LEAST_FREE_BYTES", 10**18)
    assert found(healthy)["disk_nearly_full"].severity == "error"

    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(place.tempfile, "NamedTemporaryFile", refuse)
    assert "chown" in found(healthy)["folder_not_writable"].do["en"]


def test_a_log_that_is_never_compacted_or_folded_in_is_found(healthy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from daogou.serve.upkeep.doctor import facts

    monkeypatch.setattr(facts, "NOT_COMPACTED", 0)
    monkeypatch.setattr(facts, "LARGE_LOG_BYTES", -1)
    assert {"not_compacted", "database_log_large"} <= set(found(healthy))


METRICS = """\
daogou_requests_total{{route="/v1/recommendations",method="POST",status="200"}} {good}
daogou_requests_total{{route="/v1/recommendations",method="POST",status="500"}} {bad}
daogou_events_total{{outcome="accepted"}} 100.0
daogou_events_total{{outcome="rejected"}} {refused}
daogou_slates_not_logged {lost}
"""


@contextmanager
def answering(answers: dict[str, tuple[int, str]]) -> Iterator[str]:
    """A server that says what it is told to."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = answers.get(self.path, (404, ""))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_server_is_asked_how_it_is(healthy: Path) -> None:
    answers = {
        "/healthz": (200, json.dumps({"status": "ok", "version": "0.0.1"})),
        "/readyz": (200, json.dumps({"status": "degraded", "degraded": ["no_model", "rules_unread"]})),
        "/metrics": (200, METRICS.format(good=90, bad=10, refused=20, lost=3)),
    }
    with answering(answers) as url:
        codes = found(healthy, url)
    assert set(codes) >= {
        "server_other_version", "server_degraded", "server_failing", "events_refused", "slates_not_logged",
    }  # fmt: skip
    assert "no_model, rules_unread" in codes["server_degraded"].what["en"]


def test_a_server_that_is_well_is_not_complained_of(healthy: Path) -> None:
    answers = {
        "/healthz": (200, json.dumps({"status": "ok", "version": __version__})),
        "/readyz": (200, json.dumps({"status": "ready", "degraded": []})),
        "/metrics": (200, METRICS.format(good=1_000, bad=0, refused=0, lost=0)),
    }
    with answering(answers) as url:
        assert not [code for code in found(healthy, url) if "server" in code or code == "events_refused"]
    answers["/readyz"] = (503, json.dumps({"error": {"code": "not_ready", "message": "no catalogue yet"}}))
    with answering(answers) as url:
        assert "no catalogue yet" in found(healthy, url)["server_not_ready"].what["zh"]


def test_no_server_is_found_and_no_address_is_misuse(healthy: Path) -> None:
    with answering({}) as url:
        pass
    assert found(healthy, url)["server_unreachable"].severity == "error"
    for wrong in ("file:///etc/passwd", "8080", "http://"):
        with pytest.raises(InvalidInput, match="not an address"):
            look_over(healthy, now_us=NOW_US, url=wrong)


def test_every_finding_of_the_table_is_made_somewhere_and_says_all_three_in_both_languages() -> None:
    package = Path(__file__).parents[4] / "src/daogou/serve/upkeep/doctor"
    sources = "".join(path.read_text("utf-8") for path in package.glob("*.py") if not path.name.startswith("words"))
    for code, texts in WORDS.items():
        assert f'"{code}"' in sources or (code.startswith("items_without_") and "items_without_" in sources), code
        assert set(texts) == {"en", "zh"}
        assert all(len(parts) == 3 for parts in texts.values())


def test_every_command_that_the_doctor_names_exists() -> None:
    named = {
        match.split()[1]
        for texts in WORDS.values()
        for parts in texts.values()
        for match in re.findall(r"daogou [a-z]+", " ".join(parts[1:]))
    }
    assert named - {"server"} <= set(COMMANDS), named


def test_every_filter_that_the_doctor_names_can_be_read() -> None:
    named = {
        match
        for texts in WORDS.values()
        for parts in texts.values()
        for match in re.findall(r"--filter '([^']+)'", parts[2])
    }
    assert named
    assert all(str(parse_filter(one)) for one in named)


def test_the_command_ends_with_1_where_something_is_wrong_and_prints_the_language_asked_for(healthy: Path) -> None:
    damage_lake(healthy)
    done = CliRunner().invoke(app, ["doctor", "--shop", str(healthy), "--language", "zh"])
    assert done.exit_code == 1
    assert "错误" in done.stdout
    told = json.loads(CliRunner().invoke(app, ["doctor", "--shop", str(healthy), "--json"]).stdout)
    assert told["is_well"] is False
    assert told["findings"][0]["severity"] == "error"


def test_a_used_key_is_not_called_unused(healthy: Path) -> None:
    from daogou.serve.keys import KeyRing, read_pepper

    text = create_key(healthy, "secret", settings=read_settings(healthy))
    KeyRing(healthy, read_pepper(healthy)).holder(text)
    unused = [one for one in look_over(healthy, now_us=NOW_US + 400 * DAY_US).findings if one.code == "key_never_used"]
    assert text.split("_")[2] not in " ".join(one.do["en"] for one in unused)
