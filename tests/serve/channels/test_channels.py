"""The channels that come along, against real files and a real mail server."""

from __future__ import annotations

import importlib.util
import json
import socket
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from daogou.core.errors import InvalidInput, UnknownName
from daogou.serve.channels import BUILT_IN, channel_names, open_channel
from daogou.serve.channels.channel import DeliveryFailed
from daogou.serve.channels.letter import price
from daogou.serve.channels.webpush import MOST_BYTES, Subscription, WebPushSettings, push_request


def mail_settings(mailbox: Any, **rest: Any) -> dict[str, Any]:
    return {"host": "127.0.0.1", "port": mailbox.port, "security": "none", "sender": "shop@shop.example",
            "addresses": "book.csv", **rest}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "book.csv").write_text("user_id,address\nann,ann@mail.example\nbob,bob@mail.example\neve,a\n b@c\n")
    return tmp_path


def test_a_list_arrives_by_mail_with_its_reasons_links_and_a_way_out(
    mailbox: Any, folder: Path, make_message: Any
) -> None:
    settings = mail_settings(
        mailbox, subject={"en": "Chosen for you"}, unsubscribe_url="https://shop.example/out?u={user_id}"
    )
    channel = open_channel("email", settings, folder)
    channel.send(make_message("ann"))
    channel.send(make_message("bob"))
    channel.close()
    assert mailbox.n_connections == 1
    (recipients, mail), (others, _) = mailbox.arrived
    assert (recipients, others) == (["ann@mail.example"], ["bob@mail.example"])
    assert (mail["Subject"], mail["From"]) == ("Chosen for you", "shop@shop.example")
    assert mail["List-Unsubscribe"] == "<https://shop.example/out?u=ann>"
    plain, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))  # type: ignore[union-attr]
    for text in (
        "Mug <0>",
        "GBP 3.95",
        "Trending in this shop now",
        "https://shop.example/p1?a=1&recommendation_id=rec-1",
    ):
        assert text in plain
    assert "Mug &lt;0&gt;" in html
    assert 'href="https://shop.example/p1?a=1&amp;recommendation_id=rec-1"' in html


def test_who_has_no_address_or_is_refused_is_told_without_naming_it(
    mailbox: Any, folder: Path, make_message: Any
) -> None:
    channel = open_channel("email", mail_settings(mailbox), folder)
    mailbox.refused.add("ann@mail.example")
    with pytest.raises(DeliveryFailed) as refused:
        channel.send(make_message("ann"))
    assert (refused.value.code, "ann@" in str(refused.value)) == ("smtp_error", False)
    with pytest.raises(DeliveryFailed, match="no address"):
        channel.send(make_message("zoe"))
    channel.send(make_message("bob"))  # the others still get theirs
    channel.close()
    assert [recipients for recipients, _ in mailbox.arrived] == [["bob@mail.example"]]


def test_a_command_of_the_shop_may_know_the_addresses(mailbox: Any, folder: Path, make_message: Any) -> None:
    program = "import sys; print(sys.argv[1] + '@mail.example' if sys.argv[1] == 'kim' else '')"
    settings = mail_settings(mailbox, address_command=[sys.executable, "-c", program])
    settings.pop("addresses")
    channel = open_channel("email", settings, folder)
    channel.send(make_message("kim"))
    assert mailbox.arrived[0][0] == ["kim@mail.example"]
    with pytest.raises(DeliveryFailed, match="gave none"):
        channel.send(make_message("ann"))
    channel.close()


def test_a_mail_server_that_is_away_is_a_failure_of_the_message(folder: Path, make_message: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    settings = {"host": "127.0.0.1", "port": port, "security": "none", "sender": "s@e", "addresses": "book.csv"}
    with pytest.raises(DeliveryFailed, match="ConnectionRefusedError"):
        open_channel("email", settings, folder).send(make_message())


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({}, "missing required field `host`"),
        ({"host": "h", "sender": "s", "tls": True}, "unknown field `tls`"),
        ({"host": "h", "sender": "s"}, "exactly one of addresses"),
        ({"host": "h", "sender": "s", "addresses": "nowhere.csv"}, "nowhere.csv cannot be read"),
        ({"host": "h", "sender": "s", "addresses": "book.csv", "username": "u"}, "DAOGOU_SMTP_PASSWORD is not set"),
    ],
)
def test_wrong_settings_are_named_before_the_first_message(folder: Path, settings: dict[str, Any], told: str) -> None:
    with pytest.raises(InvalidInput, match=told):
        open_channel("email", settings, folder)


def test_the_file_channel_adds_lines(tmp_path: Path, make_message: Any) -> None:
    for user in ("ann", "bob"):
        channel = open_channel("file", {"path": "sent.jsonl"}, tmp_path)
        channel.send(make_message(user))
        channel.close()
    lines = [json.loads(line) for line in (tmp_path / "sent.jsonl").read_text().splitlines()]
    assert [line["user_id"] for line in lines] == ["ann", "bob"]


PUSH = WebPushSettings(subscriptions="subs.jsonl", private_key="vapid.pem", contact="mailto:shop@shop.example")
BROWSER = Subscription("ann", "https://push.example/abc", {"p256dh": "x", "auth": "y"})


def test_a_push_request_holds_as_many_items_as_fit(make_message: Any) -> None:
    small = push_request(make_message(), BROWSER, PUSH)
    assert (small.endpoint, small.headers) == (
        "https://push.example/abc",
        {"TTL": "86400", "Urgency": "low", "Topic": "home-for-you"},
    )
    payload = json.loads(small.payload)
    assert payload["recommendation_id"] == "rec-1"
    assert [one["item_id"] for one in payload["items"]] == ["p0", "p1"]
    large = push_request(make_message("ann", 60), BROWSER, PUSH)
    assert len(large.payload) <= MOST_BYTES
    assert 10 < len(json.loads(large.payload)["items"]) < 60
    with pytest.raises(DeliveryFailed, match="https"):
        push_request(make_message(), Subscription("ann", "http://push.example", {}), PUSH)


def test_without_the_push_library_it_says_what_to_install(tmp_path: Path) -> None:
    if importlib.util.find_spec("pywebpush") is not None:
        pytest.skip("pywebpush is installed here")
    settings = {"subscriptions": "s.jsonl", "private_key": "k.pem", "contact": "mailto:a@b.example"}
    with pytest.raises(InvalidInput, match=r"pip install pywebpush"):
        open_channel("webpush", settings, tmp_path)


def test_a_plug_in_is_found_by_its_entry_point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "paper-1.dist-info"
    place.mkdir()
    (place / "METADATA").write_text("Metadata-Version: 2.1\nName: paper\nVersion: 1\n")
    (place / "entry_points.txt").write_text("[daogou.channels]\npaper = paper_channel:Paper\n")
    (tmp_path / "paper_channel.py").write_text(
        "class Paper:\n    def __init__(self, settings, folder):\n        self.settings = settings\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    assert channel_names() == [*BUILT_IN, "paper"]
    opened = open_channel("paper", {"tray": 2}, tmp_path)
    assert opened.settings == {"tray": 2}  # type: ignore[attr-defined]
    with pytest.raises(UnknownName, match="pigeon"):
        open_channel("pigeon", {}, tmp_path)


def test_prices_are_written_for_people(make_message: Any) -> None:
    item = make_message().items[0]
    assert price(item) == "GBP 3.95"
    assert price(msgspec.structs.replace(item, currency="JPY")) == "JPY 395"
    assert price(msgspec.structs.replace(item, price_minor=None)) == ""
