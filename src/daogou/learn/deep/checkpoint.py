"""Where training stands, in one file: replaced whole or not at all, and without pickle.

The file is a safetensors file of the network's weights, the best weights so far and the optimiser's state, plus one
note in JSON. Random numbers need no place in it, since every epoch draws its own from the seed and its number.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from daogou.core.errors import ArtifactRefused, InvalidInput, StorageFull
from daogou.learn.tensors import read_tensors, write_tensors

FILE, NOTE = "checkpoint.safetensors", "note"
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True)
class Checkpoint:
    """weights, best, mean  by parameter name
    optimizer  as torch's `state_dict()["state"]`; note  numbers and texts
    """

    weights: Mapping[str, Tensor]
    best: Mapping[str, Tensor]
    mean: Mapping[str, Tensor]
    optimizer: Mapping[int, Mapping[str, Any]]
    note: Mapping[str, Any]


def write_checkpoint(folder: Path, checkpoint: Checkpoint) -> None:
    """Replace the checkpoint in `folder`, made if needed, by one atomic rename after the bytes are on the disk.

    Raises StorageFull when the disk takes no more; the checkpoint that was there is then still whole.
    """
    arrays = {f"weights.{name}": _array(value) for name, value in checkpoint.weights.items()}
    arrays |= {f"best.{name}": _array(value) for name, value in checkpoint.best.items()}
    arrays |= {f"mean.{name}": _array(value) for name, value in checkpoint.mean.items()}
    for number, state in checkpoint.optimizer.items():
        arrays |= {f"optimizer.{number}.{name}": _array(torch.as_tensor(value)) for name, value in state.items()}
    arrays[NOTE] = np.frombuffer(json.dumps(dict(checkpoint.note)).encode(), np.uint8)
    partial = folder / f"{FILE}.partial"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_tensors(partial, arrays)
        _to_disk(partial)
        os.replace(partial, folder / FILE)
        _to_disk(folder)
    except OSError as error:
        partial.unlink(missing_ok=True)
        if error.errno not in FULL:
            raise
        raise StorageFull(
            f"The disk took no checkpoint in {folder}. The one before it is whole: free some space and run the same "
            "command again, and training goes on from there."
        ) from error


def read_checkpoint(folder: Path, identity: str) -> Checkpoint | None:
    """The checkpoint in `folder`, or None. Raises InvalidInput where it belongs to another training."""
    path = folder / FILE
    if not path.is_file():
        return None
    try:
        arrays = read_tensors(path)
        note = json.loads(arrays.pop(NOTE).tobytes())
    except (ArtifactRefused, KeyError, ValueError) as error:
        raise InvalidInput(f"{path} is not a checkpoint of Daogou: {error}. Delete it to start anew.") from error
    if note["identity"] != identity:
        raise InvalidInput(
            f"{path} was made by another training ({note['identity']}), this one is {identity}. "
            "Give another folder, or delete it to start anew."
        )
    named: dict[str, dict[str, Tensor]] = {"weights": {}, "best": {}, "mean": {}}
    optimizer: dict[int, dict[str, Any]] = {}
    for key, array in arrays.items():
        part, _, name = key.partition(".")
        value = torch.from_numpy(array.copy())
        if part == "optimizer":
            number, _, field = name.partition(".")
            optimizer.setdefault(int(number), {})[field] = value
        else:
            named[part][name] = value
    return Checkpoint(named["weights"], named["best"], named["mean"], optimizer, note)


def _array(value: Tensor) -> np.ndarray[Any, Any]:
    return value.detach().cpu().numpy()


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
