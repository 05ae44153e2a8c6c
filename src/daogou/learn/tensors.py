"""Arrays in a safetensors file: written by the safetensors library, read back as slices of a memory map.

Reading trusts nothing: every length in the header is checked against the file before an array is made of it.
Format: 8 bytes little-endian header length, a JSON header {name: {dtype, shape, data_offsets}}, then the bytes.
"""

from __future__ import annotations

import json
import math
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeGuard

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import save_file

from daogou.core.errors import ArtifactRefused

MAX_HEADER_BYTES = 4_000_000

DTYPES: Mapping[str, str] = {
    "F64": "<f8",
    "F32": "<f4",
    "F16": "<f2",
    "I64": "<i8",
    "I32": "<i4",
    "I16": "<i2",
    "I8": "|i1",
    "U64": "<u8",
    "U32": "<u4",
    "U8": "|u1",
    "BOOL": "|b1",
}


def write_tensors(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write the arrays; names become keys of the header. Raises OSError where the disk does not take them."""
    try:
        save_file({name: np.ascontiguousarray(array) for name, array in arrays.items()}, str(path))
    except SafetensorError as error:
        refused = re.search(r"os error (\d+)", str(error))  # the library tells the system's own error in words only
        if refused is None:
            raise
        number = int(refused[1])
        raise OSError(number, os.strerror(number), str(path)) from error


def read_tensors(path: Path) -> dict[str, NDArray[Any]]:
    """Read-only arrays over a memory map: opening costs the same whatever the size.

    Raises ArtifactRefused for a header that does not describe exactly the bytes that are there.
    """
    header, start = _header(path)
    body = np.memmap(path, np.uint8, mode="r", offset=0)[start:].view(np.ndarray)
    arrays, covered = {}, 0
    for name, entry in sorted(header.items(), key=lambda pair: _offsets(pair[0], pair[1])):
        begin, end = _offsets(name, entry)
        if begin != covered or end > len(body):
            raise ArtifactRefused(f"{path.name}: tensor {name!r} claims bytes {begin}-{end}, which do not follow on.")
        arrays[name] = _array(name, entry, body[begin:end])
        covered = end
    if covered != len(body):
        raise ArtifactRefused(f"{path.name}: {len(body) - covered} bytes belong to no tensor.")
    return arrays


def _header(path: Path) -> tuple[dict[str, Any], int]:
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        room = path.stat().st_size - 8
        if not 2 <= length <= min(room, MAX_HEADER_BYTES):
            raise ArtifactRefused(f"{path.name}: header length {length} is not allowed, the file has room for {room}.")
        text = file.read(length)
    try:
        header = json.loads(text)
    except ValueError as error:
        raise ArtifactRefused(f"{path.name}: the header is not JSON.") from error
    if not isinstance(header, dict):
        raise ArtifactRefused(f"{path.name}: the header is not a JSON object.")
    header.pop("__metadata__", None)
    return header, 8 + length


def _offsets(name: str, entry: Any) -> tuple[int, int]:
    offsets = entry.get("data_offsets") if isinstance(entry, dict) else None
    if not _is_sizes(offsets) or len(offsets) != 2 or offsets[0] > offsets[1]:
        raise ArtifactRefused(f"Tensor {name!r}: data_offsets {offsets!r} are not a range of bytes.")
    return offsets[0], offsets[1]


def _array(name: str, entry: Mapping[str, Any], body: NDArray[np.uint8]) -> NDArray[Any]:
    dtype, shape = DTYPES.get(str(entry.get("dtype"))), entry.get("shape")
    if dtype is None or not _is_sizes(shape):
        raise ArtifactRefused(f"Tensor {name!r}: dtype {entry.get('dtype')!r} with shape {shape!r} is not readable.")
    needed = math.prod(shape) * np.dtype(dtype).itemsize
    if needed != len(body):
        raise ArtifactRefused(f"Tensor {name!r}: shape {shape} needs {needed} bytes, the file has {len(body)}.")
    return np.frombuffer(body, dtype).reshape(shape) if needed else np.empty(shape, dtype)


def _is_sizes(value: Any) -> TypeGuard[list[int]]:
    return isinstance(value, list) and all(type(one) is int and one >= 0 for one in value)
