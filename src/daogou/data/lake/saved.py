"""A Dataset in a folder of plain arrays, opened without reading them: pages come from the disk as they are used."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.errors import InvalidInput
from daogou.data.dataset import Dataset
from daogou.data.store.rows import body_of, item_of

FORMAT = 1
_ARRAYS = ("user", "item", "weight", "at_us", "event", "value", "basket_at_us")
_DESCRIPTION = "dataset.json"


def save_dataset(dataset: Dataset, folder: Path) -> None:
    """Write `dataset` to `folder`, replacing what was there; it appears whole or not at all."""
    aside = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    for name in _ARRAYS:
        np.save(aside / f"{name}.npy", getattr(dataset, name))
    for name in ("data", "indices", "indptr"):
        np.save(aside / f"baskets_{name}.npy", getattr(dataset.baskets, name))
    (aside / "items.jsonl").write_text("".join(f"{body_of(item)}\n" for item in dataset.items), encoding="utf-8")
    described = {
        "format": FORMAT,
        "fingerprint": dataset.fingerprint,
        "user_ids": list(dataset.user_ids),
        "item_ids": list(dataset.item_ids),
        "n_baskets": dataset.baskets.shape[0],
    }
    (aside / _DESCRIPTION).write_bytes(msgspec.json.encode(described))
    shutil.rmtree(folder, ignore_errors=True)
    aside.rename(folder)


def open_dataset(folder: Path) -> Dataset:
    """The dataset that `save_dataset` wrote, its arrays memory-mapped and read-only."""
    path = folder / _DESCRIPTION
    if not path.is_file():
        raise InvalidInput(f"{folder} holds no saved dataset: {_DESCRIPTION} is missing.")
    described: dict[str, Any] = msgspec.json.decode(path.read_bytes())
    if described["format"] != FORMAT:
        raise InvalidInput(f"{path}: format {described['format']} is not known here. Known: {FORMAT}.")
    shape = (described["n_baskets"], len(described["item_ids"]))
    parts = tuple(_mapped(folder, f"baskets_{name}") for name in ("data", "indices", "indptr"))
    bodies = (folder / "items.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    return Dataset(
        user_ids=described["user_ids"],
        item_ids=described["item_ids"],
        items=[item_of(body) for body in bodies],
        baskets=csr_matrix(parts, shape=shape, copy=False),
        **{name: _mapped(folder, name) for name in _ARRAYS},
    )


def _mapped(folder: Path, name: str) -> Any:
    path = folder / f"{name}.npy"
    # an empty file cannot be mapped
    return np.load(path, mmap_mode="r") if path.stat().st_size > 128 else np.load(path)
