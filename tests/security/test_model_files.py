"""Models, vectors and archives from elsewhere cannot run anything, and are refused when they are not exactly right."""

from __future__ import annotations

import ast
import io
import json
import pickle
import tarfile
import zipfile
from pathlib import Path

import numpy as np
import pytest

import daogou
from daogou.core.errors import ArtifactRefused, InvalidInput, Malformed
from daogou.data.ingest.containers import open_file
from daogou.learn.artifact import load_artifact
from daogou.learn.encoders.precomputed import read_precomputed
from daogou.learn.graph import Graph
from daogou.learn.tensors import read_tensors
from daogou.learn.training.release import FORMAT, RELEASE_FILE, read_release

SOURCE = Path(daogou.__file__).parent
RUNS_WHAT_IT_READS = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve", "yaml", "tarfile"}
UNPACKS = "serve/upkeep/backup/archive.py"
"""Takes backups apart: regular files that the manifest names, and nothing that leads out of the folder."""

RAN: list[str] = []


class Bomb:
    """Says so when it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return RAN.append, ("ran",)


@pytest.fixture(autouse=True)
def nothing_ran() -> object:
    """No test of this file may set a bomb off."""
    RAN.clear()
    yield
    assert RAN == []


def test_no_file_of_the_program_imports_what_runs_what_it_reads() -> None:
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            named = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            named += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            allowed = {"tarfile"} if path.relative_to(SOURCE).as_posix() == UNPACKS else set()
            assert not (RUNS_WHAT_IT_READS - allowed) & {one.partition(".")[0] for one in named}, path
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                assert called not in ("eval", "exec", "torch.load", "np.fromfile", "os.system"), path
                told = {one.arg: ast.unparse(one.value) for one in node.keywords}
                assert not called.endswith((".extract", ".extractall")) or told.get("filter") == "'data'", path
                assert told.get("allow_pickle", "False") == "False", path
                assert told.get("shell", "False") == "False", path


@pytest.mark.parametrize("name", ["weights.safetensors", "manifest.json", "item_ids.json"])
def test_a_pickle_in_the_place_of_a_model_is_refused_and_does_not_run(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(pickle.dumps(Bomb()))
    with pytest.raises(ArtifactRefused):
        load_artifact(tmp_path)


def test_a_pickle_in_the_place_of_tensors_is_refused_and_does_not_run(tmp_path: Path) -> None:
    (tmp_path / "weights.safetensors").write_bytes(pickle.dumps(Bomb()))
    with pytest.raises(ArtifactRefused, match="header"):
        read_tensors(tmp_path / "weights.safetensors")


def test_pickled_vectors_are_refused_and_do_not_run(tmp_path: Path) -> None:
    ids = np.array([Bomb()], dtype=object)
    np.savez(tmp_path / "v.npz", ids=ids, vectors=np.ones((1, 2)))
    with pytest.raises(InvalidInput, match="cannot be read as vectors"):
        read_precomputed(tmp_path / "v.npz")


def test_tensors_that_claim_more_than_the_file_has_are_refused_before_memory_is_taken(tmp_path: Path) -> None:
    header = json.dumps({"w": {"dtype": "F32", "shape": [2**40], "data_offsets": [0, 2**42]}}).encode()
    (tmp_path / "w.safetensors").write_bytes(len(header).to_bytes(8, "little") + header)
    with pytest.raises(ArtifactRefused, match="claims bytes"):
        read_tensors(tmp_path / "w.safetensors")


@pytest.mark.parametrize("length", [2**63, 2**32, 0, 1])
def test_a_header_of_impossible_length_is_refused(tmp_path: Path, length: int) -> None:
    (tmp_path / "w.safetensors").write_bytes(length.to_bytes(8, "little") + b"{}")
    with pytest.raises(ArtifactRefused, match="header length"):
        read_tensors(tmp_path / "w.safetensors")


@pytest.mark.parametrize("name", ["../../../etc", "/etc", "..", "a/b", "a\\b", "a\0b", ".hidden", ""])
def test_a_release_that_names_a_model_outside_itself_is_refused(tmp_path: Path, name: str) -> None:
    mix = {"members": [], "weights": {}, "scales": {}}
    told = {"format": FORMAT, "repeats": "counted", "models": [name], "mixes": {"counted": mix, "excluded": mix}}
    (tmp_path / RELEASE_FILE).write_text(json.dumps(told))
    with pytest.raises(ArtifactRefused):
        read_release(tmp_path)


@pytest.mark.parametrize("graph", [b"", b"\x00" * 64, pickle.dumps(Bomb()), b"\x08\x07" + b"\xff" * 200])
def test_a_graph_that_is_none_is_refused_and_does_not_run(graph: bytes) -> None:
    pytest.importorskip("onnxruntime", reason="needs onnxruntime: pip install 'daogou[onnx]'")
    with pytest.raises(ArtifactRefused, match="cannot be run"):
        Graph(graph).run({})


def test_archives_are_never_unpacked_so_no_path_in_them_leads_anywhere(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "items.zip", "w") as archive:
        archive.writestr("../../escaped.csv", "id,title\np1,Mug\n")
    with pytest.raises(Malformed, match="zip archive"):
        open_file(tmp_path / "items.zip")
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive_of_files:
        entry = tarfile.TarInfo("../../escaped.csv")
        entry.size = 3
        archive_of_files.addfile(entry, io.BytesIO(b"id\n"))
    (tmp_path / "items.tar.gz").write_bytes(packed.getvalue())
    opened = open_file(tmp_path / "items.tar.gz")
    opened.close()
    assert not (tmp_path.parent.parent / "escaped.csv").exists()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["items.tar.gz", "items.zip"]
