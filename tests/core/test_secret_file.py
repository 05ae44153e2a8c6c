"""Files that hold a secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from daogou.core.errors import InvalidInput
from daogou.core.secret_file import read_secret, secret_named


def secret(path: Path, text: str = "hush\n", mode: int = 0o600) -> Path:
    path.write_text(text)
    path.chmod(mode)
    return path


def test_a_file_of_its_owner_is_read_without_the_end_of_its_line(tmp_path: Path) -> None:
    assert read_secret(secret(tmp_path / "pepper"), "X_FILE") == "hush"
    assert read_secret(secret(tmp_path / "strict", mode=0o400), "X_FILE") == "hush"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o644, 0o777])
def test_a_file_that_others_may_open_is_refused_with_the_way_out(tmp_path: Path, mode: int) -> None:
    with pytest.raises(InvalidInput, match=rf"X_FILE.*mode {mode:03o}.*chmod 600") as refused:
        read_secret(secret(tmp_path / "pepper", mode=mode), "X_FILE")
    assert "hush" not in str(refused.value)


@pytest.mark.parametrize(("text", "said"), [("", "holds 0 bytes"), ("x" * 70_000, "holds 70000 bytes")])
def test_an_empty_or_endless_secret_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        read_secret(secret(tmp_path / "pepper", text), "X_FILE")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be read: No such file"):
        read_secret(tmp_path / "none", "X_FILE")


def test_a_secret_comes_from_the_variable_or_its_file_and_never_from_both(tmp_path: Path) -> None:
    file = str(secret(tmp_path / "pepper"))
    assert secret_named("X", {"X": "plain"}) == "plain"
    assert secret_named("X", {"X_FILE": file}) == "hush"
    assert secret_named("X", {}) is None
    with pytest.raises(InvalidInput, match="both set"):
        secret_named("X", {"X": "plain", "X_FILE": file})
