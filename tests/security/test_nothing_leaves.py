"""One walk through every door of a shop, without a network and with marked secrets: nothing goes out, nothing leaks."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

import daogou
from daogou.serve.api.routes import ENDPOINTS

HERE = Path(__file__).parent
SOURCE = Path(daogou.__file__).parent
MAIL, PHONE = "canary.mail.7f3a@example.org", "+447700900123"
CONTACTS = (MAIL, PHONE, "canary.mail.7f3a")
PEPPER, ENCODER_KEY = "canary-pepper-5b1d", "canary-encoder-9c2e"
VISITOR, WORDS = "canary-visitor-1a2b", "canary words 3c4d"


@dataclass(frozen=True)
class Walk:
    """The folder that every_door.py left; `has_no_network` says whether there was none at all."""

    place: Path
    has_no_network: bool

    def text(self, *names: str) -> str:
        return "\n".join((self.place / name).read_text(encoding="utf-8", errors="replace") for name in names)

    def holding(self, secret: str) -> list[str]:
        """The files below the folder that hold these bytes."""
        files = [path for path in sorted(self.place.rglob("*")) if path.is_file()]
        return [str(one.relative_to(self.place)) for one in files if secret.encode() in one.read_bytes()]


def without_network() -> list[str]:
    """What runs a program in a network namespace of its own; empty where the system does not let us."""
    for words in (["unshare", "-n"], ["unshare", "-rn"]):
        if (
            shutil.which(words[0])
            and subprocess.run([*words, "true"], capture_output=True, check=False).returncode == 0
        ):
            return words
    return []


def write_inputs(place: Path) -> None:
    """A catalogue, users and a log, with contact data where careless shops put it."""
    items = [{"id": f"p{n}", "title": f"Mug {n}", "price": 3 + n, "categories": ["Kitchen"]} for n in range(12)]
    (place / "items.jsonl").write_text("\n".join(map(json.dumps, items)))
    users = [f"u{n},{MAIL},{PHONE},granted" for n in range(8)]
    (place / "users.csv").write_text("\n".join(["user_id,email,phone,personalization", *users]) + "\n")
    events = [f"u{n % 8},p{(n * 5) % 12},purchase,{1_790_000_000 + n * 997}," for n in range(120)]
    events += [
        f"u1,p1,view_item,1790000000,write to {MAIL}",
        f"{MAIL},p1,view_item,1790000001,",
        f"u2,p1,nonsense,x,{PHONE}",
    ]
    (place / "events.csv").write_text("\n".join(["user_id,item_id,event_name,timestamp,search_term", *events]) + "\n")
    event = {"event_name": "search", "timestamp": "2026-09-20T10:00:00Z", "visitor_id": VISITOR}
    calls: list[tuple[str, str, Any]] = [
        ("POST", "/v1/events", {**event, "event_id": "c1", "search_term": f"mail {MAIL} or {PHONE}"}),
        ("POST", "/v1/events", {**event, "event_id": "c2", "context": {"note": f"call {PHONE}", "who": MAIL}}),
        ("POST", "/v1/events", {**event, "event_id": "c3", "user_id": MAIL}),
        ("PUT", "/v1/users", {"users": [{"id": PHONE}, {"id": "u9", "attributes": {"email": [MAIL]}}]}),
        ("POST", "/v1/recommendations", {"placement": "home_for_you", "visitor_id": VISITOR}),
        ("GET", f"/v1/items?q={WORDS}&email={MAIL}", None),
        ("GET", f"/v1/users/{VISITOR}", None),
        ("POST", "/v1/recommendations", {"placement": VISITOR}),
    ]
    (place / "calls.json").write_text(json.dumps(calls))


@pytest.fixture(scope="session")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """One walk for all tests of this file; it takes a minute or so."""
    place = tmp_path_factory.mktemp("walk")
    write_inputs(place)
    own = {name: value for name, value in os.environ.items() if not name.startswith("DAOGOU_")}
    environment = {
        **own,
        "PYTHONPATH": os.pathsep.join([str(HERE / "guarded"), str(SOURCE.parent)]),
        "GUARD_LOG": str(place / "guard.log"),
        "DAOGOU_KEY_PEPPER": PEPPER,
        "DAOGOU_ENCODER__KEY": ENCODER_KEY,
    }
    namespace = without_network()
    done = subprocess.run(
        [*namespace, sys.executable, str(HERE / "every_door.py"), str(place)],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr + (place / "commands.log").read_text()
    for name in ("calls.json", "items.jsonl", "users.csv", "events.csv"):
        (place / name).unlink()  # what we wrote ourselves holds all marks
    return Walk(place, bool(namespace))


def test_every_endpoint_and_the_main_commands_work_without_a_network(walk: Walk) -> None:
    statuses = json.loads(walk.text("statuses.json"))
    assert set(statuses) == set(ENDPOINTS)
    assert {name: status for name, status in statuses.items() if status >= 500} == {}
    said = walk.text("commands.log")
    assert "Traceback" not in said
    assert "went in" in said
    assert "Blend:" in said
    if walk.has_no_network:
        assert walk.text("reach.txt").startswith("refused")


def test_no_command_and_no_worker_ever_tries_to_leave_the_machine(walk: Walk) -> None:
    assert not (walk.place / "guard.log").exists(), walk.text("guard.log")


def test_contact_data_is_found_nowhere_not_even_in_the_database(walk: Walk) -> None:
    # Answers tell callers what they sent themselves; that goes back to them and is kept nowhere.
    assert {mark: [one for one in walk.holding(mark) if one != "answers.txt"] for mark in CONTACTS} == {
        mark: [] for mark in CONTACTS
    }


def test_secrets_of_the_shop_are_found_nowhere(walk: Walk) -> None:
    assert walk.holding(PEPPER) == []
    assert walk.holding(ENCODER_KEY) == []
    for key in json.loads(walk.text("keys.json")).values():
        assert walk.holding(key.split("_", 3)[3]) == ["keys.json"]


def test_shoppers_stand_in_the_database_only(walk: Walk) -> None:
    shop = {"shop/daogou.db", "shop/daogou.db-wal", "shop/daogou.db-line"}
    assert set(walk.holding(VISITOR)) <= {*shop, "answers.txt"}
    assert set(walk.holding(WORDS)) <= {"answers.txt"}


def test_no_secret_stands_in_the_arguments_of_a_process(walk: Walk) -> None:
    arguments = (walk.place / "arguments.bin").read_bytes().decode()
    assert "serve" in arguments
    keys = [one.split("_", 3)[3] for one in json.loads(walk.text("keys.json")).values()]
    assert [one for one in (PEPPER, ENCODER_KEY, *keys) if one in arguments] == []


def test_log_lines_are_one_json_object_each_and_never_hold_what_was_asked(walk: Walk) -> None:
    lines = [json.loads(line) for line in walk.text("server.log").splitlines()]
    assert {"open", "call"} <= {line["event"] for line in lines}
    assert all(line["route"].startswith("/") for line in lines if line["event"] == "call")


CALLING_OUT = {
    "learn/encoders/http.py": "[encoder] kind",
    "serve/language_model/endpoint.py": "[language_model] url",
    "serve/channels/email.py": "[channels.email]",
    "serve/channels/webpush.py": "[channels.webpush]",
    "serve/monitor/tracing.py": "[tracing] endpoint",
    "serve/upkeep/doctor/server.py": "daogou doctor --url",
}
"""Every file that may open a connection to elsewhere, with the setting without which it does not."""
ABLE_TO_CALL = frozenset(
    {"aiohttp", "ftplib", "http.client", "httpx", "opentelemetry.exporter", "pywebpush", "requests", "smtplib",
     "socket", "ssl", "urllib.request", "urllib3", "websockets"}
)  # fmt: skip
CALLS_NOBODY = {"serve/run.py", "serve/supervisor.py", "learn/training/lock.py"}
"""They listen, hand a listening socket on, and read this machine's own name."""


def imported(path: Path) -> set[str]:
    """The names of all modules that a file imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "import_module":
            names |= {str(one.value) for one in node.args if isinstance(one, ast.Constant)}
    return names


def test_every_place_that_can_call_out_is_on_the_list_with_its_switch() -> None:
    able = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if any(name == one or name.startswith(f"{one}.") for name in imported(path) for one in ABLE_TO_CALL)
    }
    assert able == {*CALLING_OUT, *CALLS_NOBODY}
    page = (SOURCE.parents[1] / "docs" / "security.md").read_text("utf-8")
    assert [one for pair in CALLING_OUT.items() for one in pair if f"`{one}`" not in page] == []


def test_what_a_collector_gets_holds_no_shopper_and_no_secret(open_with: Any, tmp_path: Path) -> None:
    pytest.importorskip("opentelemetry.sdk", reason="needs OpenTelemetry: pip install 'daogou[otel]'")
    received: list[bytes] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Silent."""

    with HTTPServer(("127.0.0.1", 0), Collector) as collector:
        threading.Thread(target=collector.serve_forever, daemon=True).start()
        endpoint = f"http://127.0.0.1:{collector.server_port}/v1/traces"
        with open_with(tmp_path, tracing={"endpoint": endpoint, "share": 1.0}) as shop:
            shop.call("POST", "/v1/events", json=shop.event("e1", visitor_id=VISITOR, search_term=WORDS))
            shop.recommend(placement="home_for_you", visitor_id=VISITOR)
            shop.call("GET", f"/v1/users/{VISITOR}?q={WORDS}")
            secrets = [one.split("_", 3)[3] for one in (shop.publishable, shop.secret)]
        collector.shutdown()
    sent = b"".join(received)
    assert b"/v1/recommendations" in sent
    assert [one for one in (VISITOR, WORDS, *secrets) if one.encode() in sent] == []
