import csv
import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.serve.language_model import played as plays
from tests.serve.language_model.played import Place, Played, says

from daogou.core.errors import InvalidInput, NotReady
from daogou.core.settings import LanguageModelSettings
from daogou.core.types import Item
from daogou.data.store import open_store
from daogou.decide.guide.model.vocabulary import Field, Vocabulary
from daogou.serve.language_model.enrich import apply, patient, propose

WORDS = Vocabulary((Field("colour", values={"red": "red"}), Field("material", values={"glass": "glass"})))
ITEMS = [
    Item("a", {"en": "A red mug"}, description={"en": "Made of =cmd| stoneware."}),
    Item("b", {"en": "A thing"}),
    Item("c", {"en": "Known"}, attributes={"colour": ("red",), "material": ("glass",)}),
]


def answers(caller: Played, body: dict[str, Any]) -> None:
    text = body["messages"][1]["content"]
    found = [
        {"field": "colour", "value": "Red", "evidence": "red mug"},
        {"field": "material", "value": "=cmd| stoneware", "evidence": "=cmd| stoneware"},
        {"field": "price", "value": "1", "evidence": "mug"},
    ]
    says(json.dumps({"proposals": found if "mug" in text else [{**found[0], "evidence": "it is red"}]}))(caller, body)


def read(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))


def test_what_the_text_states_is_proposed_and_goes_in_once_approved(
    place: Place, open_model: Any, tmp_path: Path
) -> None:
    place.plays(answers)
    path = tmp_path / "proposals.csv"
    done = propose(open_model(), ITEMS, WORDS, path, "en")
    assert (done.n_asked, done.n_proposals, done.n_left) == (2, 2, 0)
    rows = read(path)
    assert [(row["item_id"], row["field"], row["value"], row["is_new"]) for row in rows] == [
        ("a", "colour", "red", ""), ("a", "material", "'=cmd| stoneware", "new"),
    ]  # fmt: skip
    with closing(open_store(f"sqlite:///{tmp_path}/shop.db")) as store:
        store.put_items(ITEMS)
        assert apply(store, path)["applied"] == 0
        path.write_text(path.read_text("utf-8-sig").replace("\n,a,colour", "\nyes,a,colour"), "utf-8")
        assert apply(store, path) == {"applied": 1, "not_approved": 1, "stated_already": 0, "item_gone": 0}
        assert apply(store, path)["stated_already"] == 1
        assert dict(store.items(["a"])[0].attributes) == {"colour": ("red",)}


def test_a_run_goes_on_where_the_last_one_ended(place: Place, open_model: Any, tmp_path: Path) -> None:
    place.plays(answers)
    path = tmp_path / "proposals.csv"
    assert propose(open_model(), ITEMS, WORDS, path, "en", most=1).n_left == 1
    assert propose(open_model(), ITEMS, WORDS, path, "en").n_asked == 1
    assert propose(open_model(), ITEMS, WORDS, path, "en").n_asked == 0
    assert len(place.asked) == 2


def test_an_endpoint_that_fails_loses_nothing(place: Place, open_model: Any, tmp_path: Path) -> None:
    place.plays(plays.fails)
    path = tmp_path / "proposals.csv"
    assert propose(open_model(), ITEMS, WORDS, path, "en").n_left == 2
    place.plays(answers)
    assert propose(open_model(), ITEMS, WORDS, path, "en").n_proposals == 2


def test_the_days_cap_ends_a_run(place: Place, open_model: Any, tmp_path: Path) -> None:
    place.plays(answers)
    done = propose(open_model(tokens_per_day=10), ITEMS, WORDS, tmp_path / "proposals.csv", "en")
    assert (done.ended, done.n_left) == ("cap", 2)


def test_without_the_shops_leave_no_text_of_an_item_goes_out() -> None:
    for settings in (LanguageModelSettings(), LanguageModelSettings(url="http://127.0.0.1:1/v1", model="m")):
        with pytest.raises(NotReady, match="enrich = true"):
            patient(settings)


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", "utf-8")
    with closing(open_store(f"sqlite:///{tmp_path}/shop.db")) as store, pytest.raises(InvalidInput, match="columns"):
        apply(store, path)
