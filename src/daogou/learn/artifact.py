"""A model on disk: a folder with manifest.json, weights.safetensors, item_ids.json and, for networks, graph.onnx.

No pickle anywhere. The manifest names the recipe, its settings, the data it learned from, its metrics, and size and
SHA-256 of every file. Loading refuses whatever is incomplete, altered, oversized or newer than this program, with the
reason; the arrays are memory-mapped, so several processes share one copy.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol, get_args, get_origin, get_type_hints

import numpy as np
from scipy.sparse import csr_matrix

import daogou
from daogou.core.errors import ArtifactRefused, DaogouError, InvalidInput, UnknownName
from daogou.core.protocols import Model
from daogou.learn.graph import Graph
from daogou.learn.releases import Opened, current_release, open_release, publish, releases
from daogou.learn.shelves import model_classes
from daogou.learn.tensors import read_tensors, write_tensors

__all__ = [
    "Artifact",
    "Opened",
    "current_release",
    "load_artifact",
    "open_release",
    "publish",
    "releases",
    "save_artifact",
]

FORMAT = 1
MANIFEST, WEIGHTS, ITEM_IDS = "manifest.json", "weights.safetensors", "item_ids.json"
MAX_MANIFEST_BYTES = 16_000_000
MAX_FILE_BYTES = 64_000_000_000
SPARSE_PARTS = ("data", "indices", "indptr")


@dataclass(frozen=True, eq=False)
class Artifact:
    """A loaded model, what its manifest says, and the item id behind every item number."""

    model: Model
    manifest: Mapping[str, Any]
    item_ids: Sequence[str]


class _Fitted(Protocol):
    @property
    def n_items(self) -> int: ...


def save_artifact(
    folder: Path,
    model: _Fitted,
    *,
    recipe: Mapping[str, Any],
    dataset_fingerprint: str,
    item_ids: Sequence[str],
    metrics: Mapping[str, Any],
    shelf: str = "models",
) -> None:
    """Write `model` into `folder`, which is made and must be empty.

    recipe    {"name": a name on the shelf, "settings": {...}}
    item_ids  (n_items,) in the order of the item numbers
    shelf     where the recipe stands, see daogou.learn.shelves

    Raises InvalidInput when the recipe does not make this kind of model or the ids are not as many as the items.
    """
    name = str(recipe.get("name"))
    if not _makes(shelf, name, model):
        raise InvalidInput(f"The recipe {name!r} does not make a {type(model).__name__}.")
    if len(item_ids) != model.n_items:
        raise InvalidInput(f"{len(item_ids)} item ids were given for a model of {model.n_items} items.")
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise InvalidInput(f"{folder} is not empty. Give a new folder for the artifact.")
    arrays, graphs, values = _taken_apart(model)
    write_tensors(folder / WEIGHTS, arrays)
    for file, graph in graphs.items():
        (folder / file).write_bytes(graph.onnx)
    (folder / ITEM_IDS).write_text(json.dumps(list(item_ids), ensure_ascii=False), encoding="utf-8")
    manifest = {
        "format": FORMAT,
        "daogou": daogou.__version__,
        "shelf": shelf,
        "model": type(model).__name__,
        "recipe": {"name": name, "settings": dict(recipe.get("settings", {}))},
        "dataset": dataset_fingerprint,
        "n_items": model.n_items,
        "metrics": dict(metrics),
        "values": values,
        "files": {name: _described(folder / name) for name in (WEIGHTS, ITEM_IDS, *graphs)},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def load_artifact(folder: Path, *, shelf: str = "models") -> Artifact:
    """Read, verify and rebuild. Raises ArtifactRefused with the reason for anything that is not exactly right."""
    try:
        manifest = _manifest(folder)
        made = _class_of(manifest, shelf)
        graph_files = _graph_files(made)
        _refuse_other_files(manifest, {WEIGHTS, ITEM_IDS, *graph_files.values()})
        for name in manifest["files"]:
            _verify(folder / name, manifest["files"][name])
        graphs = {field: Graph((folder / file).read_bytes()) for field, file in graph_files.items()}
        model = _put_together(made, read_tensors(folder / WEIGHTS), graphs, manifest["values"])
        item_ids = json.loads((folder / ITEM_IDS).read_bytes())
    except ArtifactRefused as refusal:
        raise ArtifactRefused(f"{folder}: {refusal}") from refusal
    except (OSError, KeyError, TypeError, ValueError, AttributeError, DaogouError) as error:
        raise ArtifactRefused(f"{folder}: {type(error).__name__}: {error}") from error
    if not isinstance(item_ids, list) or not all(isinstance(one, str) for one in item_ids):
        raise ArtifactRefused(f"{folder}: {ITEM_IDS} is not a list of texts.")
    if len(item_ids) != model.n_items:
        raise ArtifactRefused(f"{folder}: {len(item_ids)} item ids for a model of {model.n_items} items.")
    return Artifact(model, manifest, item_ids)


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    _refuse_link_or_size(path, MAX_MANIFEST_BYTES)
    manifest = json.loads(path.read_bytes())
    if not isinstance(manifest, dict) or not isinstance(manifest.get("format"), int):
        raise ArtifactRefused(f"{MANIFEST} is not a manifest: it has no format number.")
    if manifest["format"] > FORMAT:
        raise ArtifactRefused(
            f"format {manifest['format']} is newer than this program reads ({FORMAT}). Update daogou, or train again."
        )
    return manifest


def _makes(shelf: str, name: str, model: object) -> bool:
    try:
        return isinstance(model, model_classes(shelf, name))
    except UnknownName:
        return False


def _class_of(manifest: Mapping[str, Any], shelf: str) -> type:
    """The kind of model; where a recipe makes several kinds, the one the manifest names."""
    stands = manifest.get("shelf", "models")
    if stands != shelf:
        raise ArtifactRefused(f"this is a model of the shelf {stands!r}, not of {shelf!r}.")
    made = {one.__name__: one for one in model_classes(shelf, manifest["recipe"]["name"])}
    named = manifest.get("model", next(iter(made)))
    if named not in made:
        raise ArtifactRefused(f"the recipe {manifest['recipe']['name']!r} does not make a {named!r}.")
    return made[named]


def _graph_files(made: type) -> dict[str, str]:
    """The file of every field of this kind of model that holds a graph."""
    return {name: f"{name}.onnx" for name, kind in get_type_hints(made).items() if kind is Graph}


def _refuse_other_files(manifest: Mapping[str, Any], wanted: Collection[str]) -> None:
    if set(manifest["files"]) != set(wanted):
        raise ArtifactRefused(
            f"{MANIFEST} lists {sorted(manifest['files'])}, allowed are {' and '.join(sorted(wanted))}."
        )


def _verify(path: Path, described: Mapping[str, Any]) -> None:
    _refuse_link_or_size(path, MAX_FILE_BYTES)
    seen = _described(path)
    if seen["bytes"] != described["bytes"]:
        raise ArtifactRefused(f"{path.name} has {seen['bytes']} bytes, the manifest says {described['bytes']}.")
    if seen["sha256"] != described["sha256"]:
        raise ArtifactRefused(f"{path.name} was altered: its SHA-256 is not the manifest's.")


def _refuse_link_or_size(path: Path, most: int) -> None:
    if path.is_symlink() or not path.is_file():
        raise ArtifactRefused(f"{path.name} is missing, or is not a plain file.")
    if path.stat().st_size > most:
        raise ArtifactRefused(f"{path.name} has {path.stat().st_size} bytes, at most {most} are allowed.")


def _described(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"bytes": path.stat().st_size, "sha256": digest}


def _taken_apart(model: _Fitted) -> tuple[dict[str, Any], dict[str, Graph], dict[str, Any]]:
    """The model's arrays by field (a sparse matrix as three), its graphs by file, and its numbers and texts."""
    arrays: dict[str, Any] = {}
    graphs: dict[str, Graph] = {}
    values: dict[str, Any] = {}
    for field in dataclasses.fields(model):  # type: ignore[arg-type]
        value = getattr(model, field.name)
        if isinstance(value, np.ndarray):
            arrays[field.name] = value
        elif isinstance(value, csr_matrix):
            arrays |= {f"{field.name}.{part}": getattr(value, part) for part in SPARSE_PARTS}
            values[field.name] = list(value.shape)
        elif isinstance(value, Graph):
            graphs[f"{field.name}.onnx"] = value
        else:
            values[field.name] = value
    return arrays, graphs, values


def _put_together(
    made: type, arrays: Mapping[str, Any], graphs: Mapping[str, Graph], values: Mapping[str, Any]
) -> Model:
    """The reverse; every field must be there with the kind its annotation promises.

    A field with a default may be missing: models gain such fields, and what was trained before must go on serving.
    """
    kinds = get_type_hints(made)
    held = {name.partition(".")[0] for name in (*arrays, *values)}
    used: set[str] = set()
    given: dict[str, Any] = dict(graphs)
    for field in dataclasses.fields(made):
        name, kind = field.name, kinds[field.name]
        if kind is Graph or (name not in held and field.default is not dataclasses.MISSING):
            continue
        if kind is csr_matrix:
            given[name] = _sparse(name, [arrays[f"{name}.{part}"] for part in SPARSE_PARTS], values[name])
            used |= {f"{name}.{part}" for part in SPARSE_PARTS}
        elif get_origin(kind) is Literal:
            if values[name] not in get_args(kind):
                raise ArtifactRefused(f"{name} is {values[name]!r}, allowed are {', '.join(get_args(kind))}.")
            given[name] = values[name]
        elif kind in (int, float, str):
            if type(values[name]) is not kind:
                raise ArtifactRefused(f"{name} is {values[name]!r}, which is not of type {kind.__name__}.")
            given[name] = values[name]
        else:
            wanted = np.dtype(get_args(get_args(kind)[1])[0])
            if arrays[name].dtype != wanted:
                raise ArtifactRefused(f"{name} holds {arrays[name].dtype}, this model needs {wanted}.")
            given[name] = arrays[name]
            used.add(name)
    if used != set(arrays):
        raise ArtifactRefused(f"{WEIGHTS} holds {sorted(set(arrays) - used)}, which {made.__name__} does not know.")
    return made(**given)  # type: ignore[no-any-return]


def _sparse(name: str, parts: Sequence[Any], shape: Sequence[int]) -> csr_matrix:
    """A CSR matrix whose every index was checked, since compiled code will trust it."""
    data, indices, indptr = parts
    n_rows, n_columns = shape
    sound = (
        data.ndim == indices.ndim == indptr.ndim == 1
        and data.dtype == np.float32
        and indices.dtype.kind == indptr.dtype.kind == "i"
        and len(indptr) == n_rows + 1
        and indptr[0] == 0
        and indptr[-1] == len(indices) == len(data)
        and bool((np.diff(indptr) >= 0).all())
        and (not len(indices) or bool(indices.min() >= 0 and indices.max() < n_columns))
    )
    if not sound:
        raise ArtifactRefused(f"{name} is not a sound sparse matrix of shape {tuple(shape)}.")
    return csr_matrix((data, indices, indptr), shape=(n_rows, n_columns), copy=False)
