"""A ranker on disk: manifest.json, features.json and weights.safetensors. No pickle anywhere.

The manifest names the recipe with its settings, the metrics, and size and SHA-256 of the other two files.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import numpy as np

import daogou
from daogou.core.errors import ArtifactRefused, DaogouError, InvalidInput
from daogou.core.types import F32
from daogou.learn.features.field import nothing
from daogou.learn.features.spec import FittedFeatures
from daogou.learn.rankers import RankerModel, ranker_model_class, ranker_recipe
from daogou.learn.rankers.boosted import BoostedModel
from daogou.learn.rankers.layers import Network
from daogou.learn.rankers.lr import LrModel
from daogou.learn.rankers.network import NetworkModel
from daogou.learn.tensors import read_tensors, write_tensors

FORMAT = 1
MANIFEST, FEATURES, WEIGHTS = "manifest.json", "features.json", "weights.safetensors"
MAX_BYTES = {MANIFEST: 1_000_000, FEATURES: 4_000_000_000, WEIGHTS: 64_000_000_000}


def save_ranker(
    folder: Path, model: RankerModel, *, name: str, settings: Mapping[str, Any], metrics: Mapping[str, Any]
) -> None:
    """Write `model` into `folder`, which is made and must be empty. `name` and `settings` are those of its recipe."""
    if not isinstance(model, ranker_model_class(name)):
        raise InvalidInput(f"The ranker recipe {name!r} does not make a {type(model).__name__}.")
    recipe = ranker_recipe(name, **settings)
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise InvalidInput(f"{folder} is not empty. Give a new folder for the ranker.")
    write_tensors(folder / WEIGHTS, _arrays(model))
    (folder / FEATURES).write_text(json.dumps(model.features.to_json(), ensure_ascii=False), encoding="utf-8")
    manifest = {
        "format": FORMAT,
        "daogou": daogou.__version__,
        "ranker": {"name": name, "settings": dataclasses.asdict(cast(Any, recipe))},
        "metrics": dict(metrics),
        "files": {file: _described(folder / file) for file in (FEATURES, WEIGHTS)},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def load_ranker(folder: Path) -> tuple[RankerModel, Mapping[str, Any]]:
    """The ranker and its manifest.

    Raises ArtifactRefused with the reason for anything that is not exactly right.
    """
    try:
        manifest = json.loads(_read(folder / MANIFEST))
        if manifest["format"] > FORMAT:
            raise ArtifactRefused(
                f"format {manifest['format']} is newer than this program reads ({FORMAT}). Update daogou, or fit again."
            )
        for file in (FEATURES, WEIGHTS):
            _verify(folder / file, manifest["files"][file])
        features = FittedFeatures.from_json(json.loads(_read(folder / FEATURES)))
        name, settings = manifest["ranker"]["name"], manifest["ranker"]["settings"]
        model = _put_together(name, settings, features, read_tensors(folder / WEIGHTS))
        model.score(nothing(1, features.fields))  # an array of a wrong shape is found now, not at the first visit
    except ArtifactRefused as refusal:
        raise ArtifactRefused(f"{folder}: {refusal}") from refusal
    except (OSError, KeyError, TypeError, ValueError, AttributeError, DaogouError) as error:
        raise ArtifactRefused(f"{folder}: {type(error).__name__}: {error}") from error
    return model, manifest


def _arrays(model: RankerModel) -> dict[str, Any]:
    if isinstance(model, NetworkModel):
        return dict(model.arrays)
    if isinstance(model, BoostedModel):
        return {"trees": model.trees}
    assert isinstance(model, LrModel)
    return {"weights": model.weights, "bias": np.array([model.bias])}


def _put_together(
    name: str, settings: Mapping[str, Any], features: FittedFeatures, arrays: Mapping[str, F32]
) -> RankerModel:
    made = ranker_model_class(name)
    if made is NetworkModel:
        return NetworkModel(features, cast(Network, ranker_recipe(name, **settings)), arrays)
    if made is BoostedModel:
        return BoostedModel(features, cast(Any, arrays["trees"]))
    return LrModel(features, arrays["weights"], float(arrays["bias"][0]))


def _read(path: Path) -> bytes:
    if path.is_symlink() or not path.is_file():
        raise ArtifactRefused(f"{path.name} is missing, or is not a plain file.")
    if path.stat().st_size > MAX_BYTES[path.name]:
        raise ArtifactRefused(f"{path.name} has {path.stat().st_size} bytes, at most {MAX_BYTES[path.name]} are read.")
    return path.read_bytes()


def _verify(path: Path, described: Mapping[str, Any]) -> None:
    if path.is_symlink() or not path.is_file():
        raise ArtifactRefused(f"{path.name} is missing, or is not a plain file.")
    if _described(path) != described:
        raise ArtifactRefused(f"{path.name} was altered: its size or SHA-256 is not the manifest's.")


def _described(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"bytes": path.stat().st_size, "sha256": digest}
