"""`daogou lists`: one list per shopper, once, however often the command is interrupted and repeated."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from daogou.cli.lists import app
from daogou.core.errors import InvalidInput, UnknownName
from daogou.core.types import Consent, User
from daogou.data.store import open_store

CHANNELS = """
[channels.email]
min_hours_between = 24
[channels.file.settings]
path = "sent.jsonl"
"""


@pytest.fixture
def shop(tea_house: Path) -> Path:
    """Six users of the tea house with a record, one of whom wants no mail, and one no profile."""
    (tea_house / "shop.toml").write_text((tea_house / "shop.toml").read_text() + CHANNELS)
    users = [User(f"u{number}") for number in range(4)]
    users += [User("u4", attributes={"marketing": ("no",)}), User("u5", consent=Consent(personalization="denied"))]
    with closing(open_store(f"sqlite:///{tea_house}/daogou.db")) as store:
        store.put_users(users)
    return tea_house


def lists(shop: Path, *words: str, users: str = "all", out: str = "out.jsonl") -> Result:
    asked = ("--shop", str(shop), "--placement", "new_arrivals", "--users", users, "--out", str(shop / out))
    done = CliRunner().invoke(app, [*asked, "--limit", "3", *words], catch_exceptions=True)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def facts(result: Result) -> dict[str, Any]:
    found = json.loads(result.stdout)
    assert isinstance(found, dict)
    return found


def test_everybody_who_may_gets_one_line_with_reasons(shop: Path) -> None:
    told = lists(shop, "--channel", "email")
    assert "4 lists in" in told.stdout
    assert "skipped: 1 who asked for no messages" in told.stdout
    assert "skipped: 1 who denied personalization" in told.stdout
    made = lines(shop / "out.jsonl")
    assert [one["user_id"] for one in made] == ["u0", "u1", "u2", "u3"]
    assert all(len(one["items"]) == 3 and one["items"][0]["reason"] for one in made)
    with closing(open_store(f"sqlite:///{shop}/daogou.db")) as store:
        logged = {one.recommendation_id: one for one in store.iterate_slates()}
    assert {one["recommendation_id"] for one in made} == set(logged)
    assert {one.placement for one in logged.values()} == {"email:new_arrivals"}
    assert logged[made[0]["recommendation_id"]].person == "u:u0"


def test_ids_of_which_nothing_is_known_are_counted_and_named(shop: Path) -> None:
    strangers = [f"nobody-{number}" for number in range(7)]
    (shop / "some.txt").write_text("\n".join(["u0", *strangers]))
    told = lists(shop, users=str(shop / "some.txt"))
    assert "8 lists in" in told.stdout
    assert "7 of them are for ids of which nothing is known" in told.stderr
    assert "nobody-0, nobody-1, nobody-2, nobody-3, nobody-4, …. They hold" in told.stderr
    (shop / "others.txt").write_text("u1\nnobody-8\n")
    found = facts(lists(shop, "--json", users=str(shop / "others.txt"), out="other.jsonl"))
    assert (found["unknown"], found["unknown_ids"]) == (1, ["nobody-8"])


def test_caps_hold_over_runs_and_nothing_is_sent_twice(shop: Path) -> None:
    lists(shop, "--channel", "email")
    again = facts(lists(shop, "--channel", "email", "--json", out="next.jsonl"))
    assert (again["lists"], again["skipped"]["too_soon"]) == (0, 4)
    other = facts(lists(shop, "--json", out="other.jsonl"))  # over another channel
    assert other["lists"] == 4
    first, later = ({one["user_id"]: one for one in lines(shop / name)} for name in ("out.jsonl", "other.jsonl"))
    for user, message in later.items():
        before = {item["item_id"] for item in first[user]["items"]}
        assert not before & {item["item_id"] for item in message["items"]}


def test_an_interrupted_run_goes_on_without_doubles(shop: Path) -> None:
    (shop / "some.txt").write_text("u0\nu1\n\nu1\nu2\nu3\n")
    lists(shop, "--channel", "email", users=str(shop / "some.txt"))
    whole = lines(shop / "out.jsonl")
    text = (shop / "out.jsonl").read_text().splitlines(keepends=True)
    (shop / "out.jsonl").write_text("".join(text[:2]) + text[2][:40])  # killed in the middle of the third line
    note = json.loads((shop / "out.jsonl.run").read_text())
    (shop / "out.jsonl.run").write_text(json.dumps({**note, "is_complete": False}))
    with closing(open_store(f"sqlite:///{shop}/daogou.db")) as store:
        store.forget(["u:u2", "u:u3"])  # what the killed run had not yet written to the log either
    again = facts(lists(shop, "--channel", "email", "--json", users=str(shop / "some.txt")))
    assert (again["lists"], again["resumed"]) == (4, 2)
    found = lines(shop / "out.jsonl")
    assert [one["user_id"] for one in found] == ["u0", "u1", "u2", "u3"]
    assert found[:2] == whole[:2]
    done = facts(lists(shop, "--channel", "email", "--json", users=str(shop / "some.txt")))
    assert (done["lists"], done["resumed"], done["skipped"]) == (4, 4, {})


def test_each_list_is_sent_once_and_what_was_begun_is_not_tried_again(shop: Path) -> None:
    assert facts(lists(shop, "--send", "--json"))["delivered"] == {"sent": 4}
    assert facts(lists(shop, "--send", "--json"))["delivered"] == {"sent": 4}
    assert len(lines(shop / "sent.jsonl")) == 4
    outcomes = lines(shop / "out.jsonl.outcomes")
    kept = [one for one in outcomes if one["recommendation_id"] != outcomes[-1]["recommendation_id"]]
    begun = outcomes[-2]
    assert begun["outcome"] == "begun"
    (shop / "out.jsonl.outcomes").write_text("".join(json.dumps(one) + "\n" for one in [*kept, begun]))
    assert facts(lists(shop, "--send", "--json"))["delivered"] == {"sent": 3, "begun": 1}
    assert len(lines(shop / "sent.jsonl")) == 4


def test_neutral_lists_name_nobody_in_the_log(shop: Path) -> None:
    settings = (shop / "shop.toml").read_text() + '[lists]\ndenied = "neutral"\n'
    (shop / "shop.toml").write_text(settings)
    assert facts(lists(shop, "--json"))["neutral"] == 1
    shy = lines(shop / "out.jsonl")[-1]
    assert (shy["user_id"], shy["neutral"]) == ("u5", True)
    with closing(open_store(f"sqlite:///{shop}/daogou.db")) as store:
        logged = store.slate(shy["recommendation_id"])
    assert logged is not None
    assert logged.person is None


def test_what_is_wrong_is_named(shop: Path) -> None:
    with pytest.raises(UnknownName, match="pigeon"):
        lists(shop, "--channel", "pigeon")
    with pytest.raises(InvalidInput, match="neither 'all' nor a file"):
        lists(shop, users="nowhere.txt")
    (shop / "mine.jsonl").write_text("something else\n")
    with pytest.raises(InvalidInput, match="was not written by such a run"):
        lists(shop, out="mine.jsonl")
    lists(shop)
    with pytest.raises(InvalidInput, match="belongs to a run with"):
        lists(shop, "--channel", "email")
    with pytest.raises(InvalidInput, match="missing required field"):
        lists(shop, "--channel", "email", "--send", out="mail.jsonl")
