from __future__ import annotations

import dataclasses
import hashlib
import json
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from daogou.core.errors import ArtifactRefused, InvalidInput
from daogou.core.types import F32, Query
from daogou.learn.artifact import ITEM_IDS, MANIFEST, WEIGHTS, load_artifact, save_artifact
from daogou.learn.graph import Graph
from daogou.learn.models import RECIPES
from daogou.learn.models.ease import EaseModel
from daogou.learn.models.ials import IalsModel
from daogou.learn.models.item_knn import ItemKnnModel

IDS = ["red mug", "蓝色杯", "third\nitem"]


def ease() -> EaseModel:
    return EaseModel(np.arange(9, dtype=np.float32).reshape(3, 3))


def knn() -> ItemKnnModel:
    return ItemKnnModel(csr_matrix(np.array([[0, 1, 0], [1, 0, 2], [0, 2, 0]], np.float32)))


def saved(folder: Path, model: Any = None, name: str = "ease") -> Path:
    save_artifact(
        folder / "artifact",
        model or ease(),
        recipe={"name": name, "settings": {"regularization": 250.0}},
        dataset_fingerprint="0123456789abcdef",
        item_ids=IDS,
        metrics={"ndcg@20": 0.25},
    )
    return folder / "artifact"


def rewrite(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    manifest = json.loads((folder / MANIFEST).read_bytes())
    change(manifest)
    (folder / MANIFEST).write_text(json.dumps(manifest))


def replace_file(folder: Path, name: str, content: bytes) -> None:
    """As somebody would who also knows to correct size and SHA-256 in the manifest."""
    (folder / name).write_bytes(content)
    described = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    rewrite(folder, lambda manifest: manifest["files"].update({name: described}))


def with_header(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Rewrite the header of the weights, leaving the tensors' bytes alone."""
    content = (folder / WEIGHTS).read_bytes()
    length = int.from_bytes(content[:8], "little")
    header = json.loads(content[8 : 8 + length])
    change(header)
    text = json.dumps(header).encode()
    replace_file(folder, WEIGHTS, len(text).to_bytes(8, "little") + text + content[8 + length :])


def test_the_manifest_says_what_the_model_is_and_where_it_comes_from(tmp_path: Path) -> None:
    manifest = load_artifact(saved(tmp_path)).manifest
    assert manifest["recipe"] == {"name": "ease", "settings": {"regularization": 250.0}}
    assert manifest["dataset"] == "0123456789abcdef"
    assert manifest["metrics"] == {"ndcg@20": 0.25}
    assert manifest["n_items"] == 3
    assert set(manifest["files"]) == {WEIGHTS, ITEM_IDS}
    for name, described in manifest["files"].items():
        content = (tmp_path / "artifact" / name).read_bytes()
        assert described == {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def test_item_ids_of_any_text_come_back_in_order(tmp_path: Path) -> None:
    assert list(load_artifact(saved(tmp_path)).item_ids) == IDS


def test_loaded_arrays_are_a_read_only_view_of_the_file(tmp_path: Path) -> None:
    model = load_artifact(saved(tmp_path)).model
    assert isinstance(model, EaseModel)
    assert not model.weights.flags.owndata
    with pytest.raises(ValueError, match="read-only"):
        model.weights[0, 0] = 1.0


def test_a_model_goes_only_with_its_own_recipe(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="'ease' does not make a ItemKnnModel"):
        saved(tmp_path, knn(), "ease")


def test_as_many_ids_as_items_are_needed(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="3 item ids were given for a model of 2 items"):
        saved(tmp_path, EaseModel(np.zeros((2, 2), np.float32)))


def test_an_artifact_is_never_written_over_another(tmp_path: Path) -> None:
    saved(tmp_path)
    with pytest.raises(InvalidInput, match="is not empty"):
        saved(tmp_path)


@pytest.mark.parametrize("name", [MANIFEST, WEIGHTS, ITEM_IDS])
def test_a_missing_file_is_refused(tmp_path: Path, name: str) -> None:
    (saved(tmp_path) / name).unlink()
    with pytest.raises(ArtifactRefused, match=f"{name} is missing"):
        load_artifact(tmp_path / "artifact")


@pytest.mark.parametrize("name", [MANIFEST, WEIGHTS, ITEM_IDS])
def test_a_link_to_a_file_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    path = saved(tmp_path) / name
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ArtifactRefused, match="not a plain file"):
        load_artifact(tmp_path / "artifact")


def test_a_folder_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArtifactRefused, match=r"manifest\.json is missing"):
        load_artifact(tmp_path / "nowhere")


@pytest.mark.parametrize("name", [WEIGHTS, ITEM_IDS])
def test_one_altered_byte_is_noticed(tmp_path: Path, name: str) -> None:
    path = saved(tmp_path) / name
    content = bytearray(path.read_bytes())
    content[-3] ^= 1
    path.write_bytes(content)
    with pytest.raises(ArtifactRefused, match=f"{name} was altered"):
        load_artifact(tmp_path / "artifact")


def test_a_file_cut_short_is_noticed(tmp_path: Path) -> None:
    path = saved(tmp_path) / WEIGHTS
    path.write_bytes(path.read_bytes()[:-4])
    with pytest.raises(ArtifactRefused, match=r"weights\.safetensors has \d+ bytes, the manifest says \d+"):
        load_artifact(tmp_path / "artifact")


def test_a_newer_format_is_refused_with_the_next_step(tmp_path: Path) -> None:
    rewrite(saved(tmp_path), lambda manifest: manifest.update(format=2))
    with pytest.raises(ArtifactRefused, match=r"format 2 is newer than this program reads \(1\)\. Update daogou"):
        load_artifact(tmp_path / "artifact")


def test_a_file_outside_the_folder_is_never_read(tmp_path: Path) -> None:
    rewrite(saved(tmp_path), lambda manifest: manifest["files"].update({"../../etc/passwd": {}}))
    with pytest.raises(ArtifactRefused, match="allowed are"):
        load_artifact(tmp_path / "artifact")


def test_a_recipe_that_is_not_on_the_shelf_is_refused(tmp_path: Path) -> None:
    rewrite(saved(tmp_path), lambda manifest: manifest["recipe"].update(name="os:system"))
    with pytest.raises(ArtifactRefused, match="No model is called 'os:system'"):
        load_artifact(tmp_path / "artifact")


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"format": "1"}', '{"format": 1}', '{"format": 1, "files": 3}']
)
def test_a_broken_manifest_is_refused(tmp_path: Path, text: str) -> None:
    (saved(tmp_path) / MANIFEST).write_text(text)
    with pytest.raises(ArtifactRefused):
        load_artifact(tmp_path / "artifact")


def test_a_manifest_beyond_all_measure_is_not_even_read(tmp_path: Path) -> None:
    (saved(tmp_path) / MANIFEST).write_bytes(b" " * 16_000_001)
    with pytest.raises(ArtifactRefused, match="at most 16000000 are allowed"):
        load_artifact(tmp_path / "artifact")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"shape": [3, 300]}, "needs 3600 bytes"),
        ({"shape": [-3, -3]}, "not readable"),
        ({"shape": [9.0]}, "not readable"),
        ({"shape": [2**40, 2**40]}, "needs"),
        ({"dtype": "F8_E4M3"}, "not readable"),
        ({"dtype": "I32"}, "weights holds int32, this model needs float32"),
        ({"data_offsets": [0, 2**60]}, "do not follow on"),
        ({"data_offsets": [8, 44]}, "do not follow on"),
        ({"data_offsets": [36, 0]}, "not a range"),
        ({"data_offsets": "0-36"}, "not a range"),
        ({"shape": [9]}, "weights has shape"),
        ({"shape": [1, 9]}, "weights has shape"),
    ],
)
def test_a_header_that_does_not_fit_its_bytes_is_refused(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    with_header(saved(tmp_path), lambda header: header["weights"].update(change))
    with pytest.raises(ArtifactRefused, match=reason):
        load_artifact(tmp_path / "artifact")


@pytest.mark.parametrize("content", [b"", b"1234567", (2**63).to_bytes(8, "little"), b"\x05" + b"\0" * 7 + b"{{{{{"])
def test_weights_that_are_not_safetensors_are_refused(tmp_path: Path, content: bytes) -> None:
    replace_file(saved(tmp_path), WEIGHTS, content)
    with pytest.raises(ArtifactRefused, match="header"):
        load_artifact(tmp_path / "artifact")


def test_bytes_that_belong_to_no_tensor_are_refused(tmp_path: Path) -> None:
    folder = saved(tmp_path)
    replace_file(folder, WEIGHTS, (folder / WEIGHTS).read_bytes() + b"smuggled")
    with pytest.raises(ArtifactRefused, match="8 bytes belong to no tensor"):
        load_artifact(folder)


def test_a_tensor_the_model_does_not_know_is_refused(tmp_path: Path) -> None:
    with_header(
        saved(tmp_path), lambda header: header.update(extra={"dtype": "F32", "shape": [0], "data_offsets": [36, 36]})
    )
    with pytest.raises(ArtifactRefused, match=r"holds \['extra'\], which EaseModel does not know"):
        load_artifact(tmp_path / "artifact")


def test_a_number_of_the_wrong_kind_is_refused(tmp_path: Path) -> None:
    model = IalsModel(np.eye(3, dtype=np.float32), np.ones(3, np.float32), 0.1, 0.1, 1.0)
    rewrite(saved(tmp_path, model, "ials"), lambda manifest: manifest["values"].update(alpha="0.1"))
    with pytest.raises(ArtifactRefused, match=r"alpha is '0\.1', which is not of type float"):
        load_artifact(tmp_path / "artifact")


@pytest.mark.parametrize("ids", ["[1, 2, 3]", '{"a": 1}', '["a", "b"]', "not json"])
def test_item_ids_that_do_not_fit_are_refused(tmp_path: Path, ids: str) -> None:
    replace_file(saved(tmp_path), ITEM_IDS, ids.encode())
    with pytest.raises(ArtifactRefused):
        load_artifact(tmp_path / "artifact")


def test_a_sparse_matrix_pointing_outside_itself_is_refused(tmp_path: Path) -> None:
    model = knn()
    model.similar.indices[2] = 1_000_000
    with pytest.raises(ArtifactRefused, match="similar is not a sound sparse matrix"):
        load_artifact(saved(tmp_path, model, "item_knn"))


def test_a_sparse_matrix_with_rows_out_of_order_is_refused(tmp_path: Path) -> None:
    model = knn()
    model.similar.indptr[1] = 4
    model.similar.indptr[2] = 1
    with pytest.raises(ArtifactRefused, match="similar is not a sound sparse matrix"):
        load_artifact(saved(tmp_path, model, "item_knn"))


def test_a_sparse_model_comes_back_as_it_was(tmp_path: Path) -> None:
    folder = saved(tmp_path, knn(), "item_knn")
    model = load_artifact(folder).model
    np.testing.assert_array_equal(model.score_all(Query(np.array([1], np.int32))), [1, 0, 2])


@dataclasses.dataclass(frozen=True, eq=False)
class WithGraph:
    """A model that answers with a graph; stands in for a network on the shelf."""

    rows: F32
    graph: Graph
    temperature: float = 2.0

    @property
    def n_items(self) -> int:
        return len(self.rows)


@dataclasses.dataclass(frozen=True)
class GraphRecipe:
    def fit(self, dataset: object, *, seed: int = 0) -> WithGraph:
        raise AssertionError("never fitted here")


@pytest.fixture
def with_graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(RECIPES, "with_graph", f"{__name__}:GraphRecipe")
    monkeypatch.setitem(sys.modules, __name__, sys.modules.get(__name__, types.SimpleNamespace(**globals())))
    return saved(tmp_path, WithGraph(np.ones((3, 2), np.float32), Graph(b"a graph")), "with_graph")


def test_a_graph_lies_beside_the_weights_and_comes_back_byte_for_byte(with_graph: Path) -> None:
    assert (with_graph / "graph.onnx").read_bytes() == b"a graph"
    assert load_artifact(with_graph).model.graph.onnx == b"a graph"  # type: ignore[attr-defined]


def test_what_was_saved_before_a_model_gained_a_setting_gets_its_default(with_graph: Path) -> None:
    rewrite(with_graph, lambda manifest: manifest["values"].pop("temperature"))
    assert load_artifact(with_graph).model.temperature == 2.0  # type: ignore[attr-defined]


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b"b graph")])
def test_a_graph_that_is_missing_or_altered_is_refused(with_graph: Path, spoil: Callable[[Path], object]) -> None:
    spoil(with_graph / "graph.onnx")
    with pytest.raises(ArtifactRefused, match=r"graph\.onnx"):
        load_artifact(with_graph)
