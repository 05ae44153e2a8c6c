"""Arrays on disk, and what becomes of a disk that does not take them."""

from __future__ import annotations

import errno
from pathlib import Path

import numpy as np
import pytest
from safetensors import SafetensorError

from daogou.learn import tensors
from daogou.learn.tensors import write_tensors


def test_a_full_disk_is_told_as_what_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise SafetensorError("Error while serializing: I/O error: No space left on device (os error 28)")

    monkeypatch.setattr(tensors, "save_file", full)
    with pytest.raises(OSError, match=r"weights\.safetensors") as refused:
        write_tensors(tmp_path / "weights.safetensors", {"weights": np.zeros(3, np.float32)})
    assert refused.value.errno == errno.ENOSPC


def test_a_folder_that_is_missing_is_told_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere") as refused:
        write_tensors(tmp_path / "nowhere" / "weights.safetensors", {"weights": np.zeros(3, np.float32)})
    assert refused.value.errno == errno.ENOENT
