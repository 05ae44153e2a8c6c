"""The annotated utterances are whole: every line is read, nothing is said twice, every value is the catalogue's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import get_args

import pytest

from daogou.core.errors import InvalidInput
from daogou.data.demo import DEMO_SHOPS, demo_shop
from daogou.decide.guide.acts import PRICE, RATING, STOCK, Act, Want
from daogou.decide.guide.evaluation.utterances import Utterance, read_utterances

FOLDER = Path(__file__).parents[1]
SETS = ("heldout", "studied", "development")
FILES = sorted(path for name in SETS for path in FOLDER.glob(f"{name}/*.jsonl"))
SHOP_NAMES = {"bilingual": "bilingual", "online-retail": "giftware"}


@pytest.fixture(scope="module")
def values() -> dict[str, dict[str, set[str]]]:
    """By shop and field, every value that the catalogue writes."""
    assert set(SHOP_NAMES.values()) == set(DEMO_SHOPS)
    found: dict[str, dict[str, set[str]]] = {}
    for shop_id, name in SHOP_NAMES.items():
        fields: dict[str, set[str]] = {}
        for item in demo_shop(name).items:
            for field, own in item["attributes"].items():
                fields.setdefault(field, set()).update(own)
            for path in item["categories"]:
                fields.setdefault("category", set()).update(path)
            fields.setdefault("brand", set()).add(item.get("brand") or "")
            fields.setdefault("tags", set()).update(item.get("tags", ()))
        found[shop_id] = fields
    return found


def wants_of(said: Utterance) -> Iterable[Want]:
    yield from said.may
    yield from said.setting.wants
    for acts in (said.acts, *said.others):
        for act in acts:
            yield from getattr(act, "wants", ())
            refs = [*getattr(act, "items", ()), getattr(act, "item", None), getattr(act, "than", None)]
            yield from (ref.value for ref in refs if ref is not None and ref.value is not None)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_annotated_value_is_one_of_the_catalogue(path: Path, values: dict[str, dict[str, set[str]]]) -> None:
    for said in read_utterances(path):
        fields = values[said.shop]
        for want in wants_of(said):
            if want.field in (PRICE, RATING, STOCK):
                continue
            assert want.field in fields, said.id
            assert set(want.values) <= fields[want.field], said.id


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_item_shown_is_on_sale_in_its_shop(path: Path) -> None:
    ids = {shop_id: {item["id"] for item in demo_shop(name).items} for shop_id, name in SHOP_NAMES.items()}
    for said in read_utterances(path):
        assert set(said.setting.shown) <= ids[said.shop], said.id


@pytest.mark.parametrize(
    ("name", "least"),
    [("studied", {"en": 300, "mixed": 60, "zh": 300}), ("heldout", {"en": 150, "mixed": 30, "zh": 150})],
)
def test_there_are_enough_utterances_and_none_is_in_another_set(name: str, least: dict[str, int]) -> None:
    held = {path.stem: read_utterances(path) for path in FILES if path.parent.name == name}
    assert {stem: len(said) >= least[stem] for stem, said in held.items()} == dict.fromkeys(least, True)
    told = {said.utterance for path in FILES if path.parent.name != name for said in read_utterances(path)}
    assert Counter(said.utterance in told for one in held.values() for said in one)[True] == 0


@pytest.mark.parametrize("folder", ["heldout", "studied"])
def test_every_kind_of_act_is_said_in_every_language(folder: str) -> None:
    for name in ("zh", "en"):
        said = read_utterances(FOLDER / folder / f"{name}.jsonl")
        heard = {type(act) for one in said for acts in (one.acts, *one.others) for act in acts}
        assert heard == set(get_args(Act)), name


def test_a_line_that_is_no_utterance_is_named(tmp_path: Path) -> None:
    path = tmp_path / "said.jsonl"
    path.write_text('{"id": "1", "shop": "s", "utterance": "hi", "acts": [{"type": "wave"}]}\n')
    with pytest.raises(InvalidInput, match="line 1"):
        read_utterances(path)
