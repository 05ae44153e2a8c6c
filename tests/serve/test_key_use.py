"""When a key was last used is known to the hour, across processes, and costs calls nothing."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from daogou.core.errors import Unauthorized
from daogou.serve.key_use import KeyUse, last_used_us
from daogou.serve.keys import KeyRing, create_key, read_pepper


def test_a_use_is_noted_and_an_unused_key_is_not_listed(tmp_path: Path) -> None:
    used, idle = create_key(tmp_path, "secret"), create_key(tmp_path, "secret")
    KeyRing(tmp_path, read_pepper(tmp_path)).holder(used)
    noted = last_used_us(tmp_path)
    assert set(noted) == {used.split("_")[2]}
    assert idle.split("_")[2] not in noted
    assert abs(noted[used.split("_")[2]] / 1_000_000 - time.time()) < 60


def test_a_refused_key_is_not_used(tmp_path: Path) -> None:
    text = create_key(tmp_path, "secret")
    with pytest.raises(Unauthorized):
        KeyRing(tmp_path, read_pepper(tmp_path)).holder(text + "x")
    assert last_used_us(tmp_path) == {}


def test_within_the_hour_nothing_is_written_again(tmp_path: Path) -> None:
    use = KeyUse(tmp_path)
    use.note("k")
    path = tmp_path / "key-use" / "k"
    os.utime(path, (1_000, 1_000))
    use.note("k")
    assert last_used_us(tmp_path) == {"k": 1_000_000_000}
    KeyUse(tmp_path).note("k")
    assert last_used_us(tmp_path)["k"] > 1_000_000_000


def test_a_place_that_takes_no_file_refuses_no_call(tmp_path: Path) -> None:
    (tmp_path / "key-use").write_text("a file where the folder should be")
    KeyUse(tmp_path).note("k")
    assert last_used_us(tmp_path) == {}
