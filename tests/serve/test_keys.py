"""API keys: shown once, kept as a keyed hash, refused when altered or revoked."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from daogou.core.errors import Malformed, NotFound, Unauthorized, UnknownName
from daogou.core.settings import Settings
from daogou.serve.keys import (
    KEYS_FILE,
    PEPPER_FILE,
    STOREFRONT_FILE,
    KeyRing,
    Scope,
    create_key,
    list_keys,
    read_pepper,
    revoke_key,
    storefront_key,
)


def ring(folder: Path) -> KeyRing:
    return KeyRing(folder, read_pepper(folder))


@pytest.mark.parametrize(("scope", "prefix"), [("publishable", "pub"), ("secret", "sec"), ("admin", "adm")])
def test_a_new_key_names_its_scope_and_is_accepted(tmp_path: Path, scope: str, prefix: str) -> None:
    text = create_key(tmp_path, scope)
    assert text.startswith(f"dg_{prefix}_")
    assert ring(tmp_path).holder(text).scope is Scope[scope]


def test_a_key_has_256_random_bits_and_no_two_are_alike(tmp_path: Path) -> None:
    texts = {create_key(tmp_path, "secret") for _ in range(5)}
    assert len(texts) == 5
    assert all(len(text.split("_", 3)[3]) == 43 for text in texts)  # 32 bytes in base64url


def test_the_folder_never_holds_the_text_of_a_key(tmp_path: Path) -> None:
    text = create_key(tmp_path, "secret")
    secret = text.split("_", 3)[3]
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or secret not in path.read_text()
    (record,) = list_keys(tmp_path)
    assert record.ending == secret[-4:]


def test_key_files_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    storefront_key(tmp_path)
    for name in (KEYS_FILE, PEPPER_FILE, STOREFRONT_FILE):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[:-1],
        lambda text: text[:-1] + ("A" if text[-1] != "A" else "B"),
        lambda text: text.replace("dg_pub_", "dg_adm_"),
        lambda text: "",
        lambda text: "dg_pub_000000000000_" + text.split("_", 3)[3],
        lambda text: "密钥",
        lambda text: text + "_more",
    ],
)
def test_an_altered_key_is_refused(tmp_path: Path, spoil: object) -> None:
    text = create_key(tmp_path, "publishable")
    with pytest.raises(Unauthorized) as caught:
        ring(tmp_path).holder(spoil(text))  # type: ignore[operator]
    assert text[-8:] not in str(caught.value)


def test_a_revoked_key_stops_at_once_in_a_ring_that_is_already_open(tmp_path: Path) -> None:
    text = create_key(tmp_path, "secret")
    opened = ring(tmp_path)
    key_id = opened.holder(text).key_id
    record = revoke_key(tmp_path, key_id)
    assert record.revoked_at is not None
    with pytest.raises(Unauthorized):
        opened.holder(text)


def test_a_new_key_works_at_once_in_a_ring_that_is_already_open(tmp_path: Path) -> None:
    opened = ring(tmp_path)
    with pytest.raises(Unauthorized):
        opened.holder("dg_sec_0_0")
    assert opened.holder(create_key(tmp_path, "secret")).scope is Scope.secret


def test_a_key_made_with_another_pepper_is_refused(tmp_path: Path) -> None:
    text = create_key(tmp_path, "secret", settings=Settings(key_pepper="one"))
    with pytest.raises(Unauthorized):
        KeyRing(tmp_path, read_pepper(tmp_path, Settings(key_pepper="two"))).holder(text)
    assert KeyRing(tmp_path, b"one").holder(text)


def test_the_pepper_from_the_environment_needs_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAOGOU_KEY_PEPPER", "from outside")
    assert read_pepper(tmp_path) == b"from outside" == read_pepper(tmp_path, Settings())
    assert not (tmp_path / PEPPER_FILE).exists()


def test_the_storefront_keeps_its_key_until_it_is_revoked(tmp_path: Path) -> None:
    first = storefront_key(tmp_path)
    assert storefront_key(tmp_path) == first
    revoke_key(tmp_path, ring(tmp_path).holder(first).key_id)
    second = storefront_key(tmp_path)
    assert second != first
    assert ring(tmp_path).holder(second).scope is Scope.publishable


def test_an_unknown_scope_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="publishable"):
        create_key(tmp_path, "root")


def test_revoking_an_unknown_key_names_the_known_ones(tmp_path: Path) -> None:
    create_key(tmp_path, "secret")
    (record,) = list_keys(tmp_path)
    with pytest.raises(NotFound, match=record.key_id):
        revoke_key(tmp_path, "nobody")


def test_a_damaged_key_file_is_reported_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / KEYS_FILE).write_text("[{")
    with pytest.raises(Malformed, match=r"keys\.json"):
        create_key(tmp_path, "secret")
    assert (tmp_path / KEYS_FILE).read_text() == "[{"


def test_a_key_file_that_is_damaged_while_serving_leaves_the_keys_read_before_in_force(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    text = create_key(tmp_path, "secret")
    opened = ring(tmp_path)
    opened.holder(text)
    whole = (tmp_path / KEYS_FILE).read_bytes()
    (tmp_path / KEYS_FILE).write_bytes(whole[:20])
    for _ in range(3):
        assert opened.holder(text).scope is Scope.secret
    assert opened.problem is not None
    assert "Restore it from a backup" in opened.problem
    assert len(caplog.records) == 1  # told once, not with every call
    (tmp_path / KEYS_FILE).write_bytes(whole)
    revoke_key(tmp_path, opened.holder(text).key_id)
    with pytest.raises(Unauthorized):
        opened.holder(text)
    assert opened.problem is None


def test_a_key_file_that_was_never_read_whole_lets_nobody_in(tmp_path: Path) -> None:
    text = create_key(tmp_path, "secret")
    opened = ring(tmp_path)
    (tmp_path / KEYS_FILE).write_bytes(b"[{")
    with pytest.raises(Malformed):
        opened.holder(text)


def test_many_processes_making_keys_lose_none(tmp_path: Path) -> None:
    children = []
    for _ in range(4):
        child = os.posix_spawn(
            sys.executable,
            [
                sys.executable,
                "-c",
                "import sys; from pathlib import Path; from daogou.serve.keys import create_key\n"
                "for _ in range(5): create_key(Path(sys.argv[1]), 'secret')",
                str(tmp_path),
            ],
            os.environ,
        )
        children.append(child)
    assert all(os.waitpid(child, 0)[1] == 0 for child in children)
    assert len({record.key_id for record in list_keys(tmp_path)}) == 20


def test_a_disk_that_fills_up_leaves_the_keys_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = create_key(tmp_path, "secret")
    before = sorted(path.name for path in tmp_path.iterdir())

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        create_key(tmp_path, "secret")
    monkeypatch.undo()
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert ring(tmp_path).holder(first).scope is Scope.secret


def test_a_file_of_keys_is_written_whole_when_the_disk_takes_it_in_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, content: write(handle, content[:10]))
    text = create_key(tmp_path, "secret")
    assert ring(tmp_path).holder(text).scope is Scope.secret
