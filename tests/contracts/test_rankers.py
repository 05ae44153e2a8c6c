"""What every ranker on the shelf promises, whatever it is made of."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from daogou.core.errors import ArtifactRefused, InvalidField, InvalidInput, UnknownName
from daogou.learn.features import Buckets, Category, FeatureSpec, History, Moment, Number, Text, Vector
from daogou.learn.metrics.classification import auc
from daogou.learn.rankers import RANKER_RECIPES, Examples, ranker_model_class, ranker_recipe
from daogou.learn.rankers.saved import FEATURES, MANIFEST, WEIGHTS, load_ranker, save_ranker

NAMES = sorted(RANKER_RECIPES)
QUICK = {"factors": 4, "epochs": 6, "learning_rate": 0.02, "regularization": 0.0}
SMALL: dict[str, dict[str, Any]] = {
    "lr": {},
    "fm": QUICK,
    "deepfm": QUICK | {"hidden": (8,)},
    "dcnv2": QUICK | {"hidden": (8,), "crosses": 1},
    "finalnet": QUICK | {"hidden": (8,), "hidden_plain": (8,)},
    "finalmlp": QUICK | {"hidden": (8,), "hidden_item": (4,), "gate": 8, "heads": 2},
    "din": QUICK | {"hidden": (8,), "attention": 4},
    "ncf": QUICK | {"hidden": (8,)},
    "boosted": {"trees": 20},
}
NETWORKS = [name for name in NAMES if "epochs" in SMALL[name]]
SPEC = FeatureSpec.of(
    Category("user", about="user"),
    History("seen", of="item", length=4),
    Category("item", about="item"),
    Buckets("price", buckets=3),
    Number("stay"),
    Text("title", buckets=32, length=4),
    Vector("look", width=2),
    Moment("at", parts=("hour", "weekday")),
)


def rows(n: int = 600, seed: int = 0) -> pl.DataFrame:
    """Clicks are likelier on even items, and more so for users with even numbers who stay long."""
    random = np.random.default_rng(seed)
    user, item = random.integers(0, 12, n), random.integers(0, 10, n)
    stay = random.normal(size=n)
    chance = 1 / (1 + np.exp(-(2.0 * (item % 2 == user % 2) - 1 + stay)))
    return pl.DataFrame(
        {
            "user": user,
            "item": item,
            "seen": [random.integers(0, 10, random.integers(0, 6)).tolist() for _ in range(n)],
            "price": random.integers(100, 900, n),
            "stay": [None if odd else float(value) for odd, value in zip(random.random(n) < 0.05, stay, strict=True)],
            "title": [("red mug", "蓝色 杯子", "")[number % 3] for number in item],
            "look": [[float(number % 2), float(number)] for number in item],
            "at": random.integers(0, 10**15, n),
            "label": random.random(n) < chance,
        }
    )


def fitted(name: str, examples: Examples, seed: int = 0, **changes: Any) -> Any:
    if name in NETWORKS:
        pytest.importorskip("torch", reason="networks are fitted with the extra `deep`")
    if name == "boosted":
        pytest.importorskip("lightgbm", reason="boosted trees need the extra `boost`")
    return ranker_recipe(name, **SMALL[name] | changes).fit(examples, seed=seed)


@pytest.fixture(scope="module")
def examples() -> Examples:
    return Examples.of(rows(), SPEC)


@pytest.fixture(scope="module", params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def model(name: str, examples: Examples) -> Any:
    return fitted(name, examples)


def test_a_ranker_is_of_the_class_its_recipe_announces(name: str, model: Any) -> None:
    assert type(model) is ranker_model_class(name)
    with pytest.raises(dataclasses.FrozenInstanceError):
        model.features = None


def test_probabilities_are_float32_between_0_and_1(model: Any, examples: Examples) -> None:
    chances = model.predict(examples.table)
    assert chances.dtype == np.float32
    assert chances.shape == (len(examples),)
    assert ((chances > 0) & (chances < 1)).all()


def test_a_ranker_tells_clicks_from_others_on_rows_it_never_saw(name: str, model: Any) -> None:
    later = rows(seed=1)
    assert auc(model.predict(later), later["label"].to_numpy()) > (0.52 if name == "ncf" else 0.6)


def test_the_same_examples_and_seed_give_the_same_model(name: str, model: Any, examples: Examples) -> None:
    np.testing.assert_array_equal(fitted(name, examples).predict(examples.table), model.predict(examples.table))


def test_a_row_scores_the_same_alone_and_among_others(model: Any, examples: Examples) -> None:
    together = model.predict(examples.table)
    for row in (0, 17, 599):
        np.testing.assert_allclose(model.predict(examples.table[row : row + 1]), together[row : row + 1], rtol=1e-5)
    assert model.predict(examples.table[:0]).shape == (0,)


def test_candidates_of_one_visit_score_as_in_a_table(model: Any, examples: Examples) -> None:
    theirs = ["item", "price", "title", "look"]
    catalogue = examples.table.unique("item", maintain_order=True).select(theirs)
    visit = examples.table[3:4]
    items = np.array([4, 0, 9, 4])
    joined = model.features.candidates(
        model.features.encode(visit, about=("user", "context")),
        model.features.encode(catalogue, about=("item",)),
        items,
    )
    table = pl.concat([visit.drop(theirs)] * 4).hstack(catalogue[items.tolist()])
    np.testing.assert_allclose(model.score(joined), model.score(model.features.encode(table)), rtol=1e-4, atol=1e-6)


def test_unknown_and_missing_values_are_no_error(model: Any, examples: Examples) -> None:
    strange = examples.table[:3].with_columns(
        user=pl.Series([99, None, 99]),
        item=pl.Series([777, None, 778]),
        seen=pl.Series([[777], None, []], dtype=pl.List(pl.Int64)),
        price=pl.Series([None, -1, 10**9]),
        stay=pl.Series([None, float("nan"), 1e30]),
        title=pl.Series([None, "?", "никогда"]),
        look=pl.Series([None, [0.0, 0.0], [9.0, 9.0]]),
        at=pl.Series([None, 0, 10**17]),
    )
    assert np.isfinite(model.predict(strange)).all()


def test_infinity_is_refused_with_its_row(model: Any, examples: Examples) -> None:
    with pytest.raises(InvalidField, match=r"stay\[1\]: inf is not allowed. Use a finite number"):
        model.predict(examples.table[:2].with_columns(stay=pl.Series([1.0, float("inf")])))


@pytest.mark.parametrize("label", [0, 1])
def test_labels_of_one_kind_are_refused(name: str, label: int) -> None:
    same = Examples.of(rows(50).with_columns(label=pl.lit(label)), SPEC)
    with pytest.raises(InvalidInput, match=rf"Of 50 examples every label is {label}, so nothing can be told apart"):
        fitted(name, same)


def test_a_constant_feature_changes_nothing_much(name: str) -> None:
    table = rows(200).with_columns(stay=pl.lit(3.0), title=pl.lit("mug"), price=pl.lit(5))
    chances = fitted(name, Examples.of(table, SPEC)).predict(table.drop("label"))
    assert np.isfinite(chances).all()


def test_saved_and_loaded_it_scores_exactly_the_same(name: str, model: Any, examples: Examples, tmp_path: Path) -> None:
    save_ranker(tmp_path / name, model, name=name, settings=SMALL[name], metrics={"auc": 0.75})
    loaded, manifest = load_ranker(tmp_path / name)
    assert manifest["ranker"]["name"] == name
    assert manifest["metrics"] == {"auc": 0.75}
    assert {path.suffix for path in (tmp_path / name).iterdir()} == {".json", ".safetensors"}
    np.testing.assert_array_equal(loaded.predict(examples.table), model.predict(examples.table))


def test_an_altered_or_missing_file_is_refused(tmp_path: Path, examples: Examples) -> None:
    model = fitted("lr", examples)
    for file in (FEATURES, WEIGHTS, MANIFEST):
        folder = tmp_path / file
        save_ranker(folder, model, name="lr", settings={}, metrics={})
        (folder / file).unlink()
        with pytest.raises(ArtifactRefused, match=f"{file} is missing"):
            load_ranker(folder)
    folder = tmp_path / "altered"
    save_ranker(folder, model, name="lr", settings={}, metrics={})
    described = json.loads((folder / FEATURES).read_text())
    (folder / FEATURES).write_text(json.dumps(described[1:]))
    with pytest.raises(ArtifactRefused, match=r"features\.json was altered"):
        load_ranker(folder)


def test_a_ranker_goes_only_with_its_own_recipe_into_an_empty_folder(tmp_path: Path, examples: Examples) -> None:
    model = fitted("lr", examples)
    with pytest.raises(InvalidInput, match="'deepfm' does not make a LrModel"):
        save_ranker(tmp_path / "a", model, name="deepfm", settings={}, metrics={})
    save_ranker(tmp_path / "a", model, name="lr", settings={}, metrics={})
    with pytest.raises(InvalidInput, match="is not empty"):
        save_ranker(tmp_path / "a", model, name="lr", settings={}, metrics={})


@pytest.mark.parametrize("network", NETWORKS)
def test_arrays_answer_as_torch_does(network: str, examples: Examples) -> None:
    torch = pytest.importorskip("torch", reason="networks are fitted with the extra `deep`")
    from daogou.learn.rankers.layers import ArrayLayers
    from daogou.learn.rankers.learnable import Learnable, _encoded, _tensors

    recipe: Any = ranker_recipe(network, **SMALL[network])
    features = SPEC.fit(examples.table)
    encoded = features.encode(examples.table)
    tensors = _encoded(_tensors(encoded))
    torch.manual_seed(0)
    learnable = Learnable(recipe, features, tensors)
    for weight in learnable.parameters():
        torch.nn.init.normal_(weight, std=0.3)
    for name, table in learnable.named_parameters():
        if name.endswith("/table"):
            table.data[0] = 0
    learnable.train()
    learnable(tensors)  # normalisation sees the examples once
    learnable.eval()
    with torch.no_grad():
        wanted = [stream.numpy() for stream in learnable(tensors)]
    streams = recipe.forward(ArrayLayers(learnable.arrays()), features.fields, encoded)
    for ours, theirs in zip(streams, wanted, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=2e-3, atol=2e-3)


def test_networks_answer_where_torch_is_absent(examples: Examples, tmp_path: Path) -> None:
    for network in NETWORKS:
        save_ranker(
            tmp_path / network, fitted(network, examples, epochs=1), name=network, settings=SMALL[network], metrics={}
        )
    examples.table[:5].write_parquet(tmp_path / "rows.parquet")
    program = (
        "import sys; sys.modules |= {'torch': None, 'onnxruntime': None, 'lightgbm': None}\n"
        "from pathlib import Path\n"
        "import polars as pl\n"
        "from daogou.learn.rankers.saved import load_ranker\n"
        "folder = Path(sys.argv[1])\n"
        "rows = pl.read_parquet(folder / 'rows.parquet')\n"
        "for saved in folder.glob('*/'):\n"
        "    assert load_ranker(saved)[0].predict(rows).shape == (5,)\n"
        "assert 'numba' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True)


def test_what_is_missing_is_said_with_its_extra(examples: Examples, tmp_path: Path) -> None:
    save_ranker(tmp_path / "saved", fitted("boosted", examples), name="boosted", settings={}, metrics={})
    examples.table.with_columns(label=pl.Series(examples.labels)).select("item", "label").write_parquet(
        tmp_path / "rows.parquet"
    )
    program = (
        "import sys; sys.modules |= {'torch': None, 'lightgbm': None}\n"
        "import polars as pl\n"
        "from daogou.core.errors import MissingExtra\n"
        "from daogou.learn.features import Category, FeatureSpec\n"
        "from pathlib import Path\n"
        "from daogou.learn.rankers import Examples, ranker_recipe\n"
        "from daogou.learn.rankers.saved import load_ranker\n"
        "folder = Path(sys.argv[1])\n"
        "spec = FeatureSpec.of(Category('item', about='item'))\n"
        "examples = Examples.of(pl.read_parquet(folder / 'rows.parquet'), spec)\n"
        "load_ranker(folder / 'saved')\n"
        "for name, extra in (('deepfm', 'deep'), ('boosted', 'boost')):\n"
        "    try:\n"
        "        ranker_recipe(name).fit(examples)\n"
        "    except MissingExtra as error:\n"
        "        assert f\"pip install 'daogou[{extra}]'\" in str(error)\n"
        "    else:\n"
        "        raise SystemExit('not refused')\n"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True)


def test_unknown_names_settings_and_values_are_refused() -> None:
    with pytest.raises(UnknownName, match="No ranker is called 'deepfn'"):
        ranker_recipe("deepfn")
    with pytest.raises(InvalidInput, match=r"'deepfm' has no setting 'layers'. Its settings: factors, hidden, dropout"):
        ranker_recipe("deepfm", layers=3)
    for setting, value in (
        ("factors", 0),
        ("factors", 2.5),
        ("hidden", [0]),
        ("hidden", 400),
        ("dropout", 1.0),
        ("learning_rate", 0),
        ("held_out", 0.9),
    ):
        with pytest.raises(InvalidField, match=setting):
            ranker_recipe("deepfm", **{setting: value})
    with pytest.raises(InvalidField, match="gmf or mlp or neumf"):
        ranker_recipe("ncf", form="deep")
    with pytest.raises(InvalidField, match="even widths"):
        ranker_recipe("finalnet", hidden=[401])
    with pytest.raises(InvalidField, match="a last width that 5 heads divide"):
        ranker_recipe("finalmlp", hidden=[401])


def test_a_list_from_a_settings_file_serves_as_widths() -> None:
    recipe: Any = ranker_recipe("deepfm", hidden=[64, 32])
    assert recipe.hidden == (64, 32)
