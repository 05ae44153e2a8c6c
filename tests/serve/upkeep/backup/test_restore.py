"""A restored shop is the shop: same facts, same metrics, same lists; and nothing half comes of what is not whole."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from daogou.core.errors import BackupRefused, Conflict, NotFound
from daogou.core.settings import read_settings
from daogou.core.types import Event
from daogou.data.store import open_store
from daogou.decide.pipeline import recommend
from daogou.decide.request import RecommendRequest
from daogou.decide.shop import Shop
from daogou.learn.training.release import load_release
from daogou.serve.audit import AuditLog
from daogou.serve.keys import KeyRing, create_key, read_pepper
from daogou.serve.upkeep.backup.archive import read_archive_manifest
from daogou.serve.upkeep.backup.create import Made, create_backup
from daogou.serve.upkeep.backup.manifest import MANIFEST
from daogou.serve.upkeep.backup.restore import Restored, restore, unpacked_faults

NOW_US = 1_795_255_200_000_000


def backed_up(shop: Path, place: Path, **options: Any) -> Made:
    return create_backup(shop, read_settings(shop), place, now_us=NOW_US, keep=7, **options)


def restored(source: Path, folder: Path, **options: Any) -> Restored:
    return restore(source, folder, now_us=NOW_US, **options)


def lists_of(folder: Path) -> list[list[tuple[str, float]]]:
    with closing(Shop.open(folder, read_settings(folder), lambda: NOW_US)) as shop:
        asked = [
            RecommendRequest(placement, user_id=user)
            for placement in ("home_for_you", "trending")
            for user in ("u1", "u2", None)
        ]
        return [[(place.item_id, place.score) for place in recommend(shop, one).items] for one in asked]


@pytest.mark.parametrize("as_archive", [False, True])
def test_a_restored_shop_has_the_same_facts_metrics_and_lists(trained: Path, tmp_path: Path, as_archive: bool) -> None:
    made = backed_up(trained, tmp_path / "backups", as_archive=as_archive, with_secrets=True)
    back = restored(made.path, tmp_path / "new" / "shop")
    with (
        closing(open_store(f"sqlite:///{trained}/daogou.db")) as old,
        closing(open_store(f"sqlite:///{back.folder}/daogou.db")) as new,
    ):
        assert list(new.iterate_events()) == list(old.iterate_events())
        assert (list(new.all_items()), list(new.all_users())) == (list(old.all_items()), list(old.all_users()))
        assert (new.manifest(), new.rules.version()) == (old.manifest(), 1)
        assert dict(new.wishes.of(["u:u1"])) == {"colour:red": "less"}
    before, after = (load_release(folder / "files/models") for folder in (trained, back.folder))
    assert after.info == before.info
    assert after.name == before.name
    assert lists_of(back.folder) == lists_of(trained)
    assert AuditLog(back.folder).faults() == ([], AuditLog(back.folder).head())
    assert [entry.act for entry in AuditLog(back.folder).entries()][-1] == "restored"
    assert not (back.folder / ".restoring").exists()


def test_keys_work_again_only_with_what_they_are_hashed_with(trained: Path, tmp_path: Path) -> None:
    text = create_key(trained, "secret", settings=read_settings(trained))
    made = backed_up(trained, tmp_path / "whole", with_secrets=True)
    back = restored(made.path, tmp_path / "new")
    assert KeyRing(back.folder, read_pepper(back.folder)).holder(text)
    bare = restored(backed_up(trained, tmp_path / "bare").path, tmp_path / "newer")
    assert "no API key works" in bare.notes[0]


@pytest.mark.parametrize("what", ["database.db", "shop/shop.toml", "files/events", MANIFEST])
def test_a_backup_with_one_changed_byte_is_refused_and_nothing_is_put_in_place(
    trained: Path, tmp_path: Path, what: str
) -> None:
    made = backed_up(trained, tmp_path / "backups")
    path = made.path / what
    path = next(path.rglob("*.parquet")) if path.is_dir() else path
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(BackupRefused):
        restored(made.path, tmp_path / "new")
    assert not [one for one in (tmp_path / "new").rglob("*") if one.is_file()]


def test_a_missing_file_or_manifest_is_refused(trained: Path, tmp_path: Path) -> None:
    made = backed_up(trained, tmp_path / "backups")
    next((made.path / "files/events").rglob("*.parquet")).unlink()
    with pytest.raises(BackupRefused, match="is missing"):
        restored(made.path, tmp_path / "new")
    (made.path / MANIFEST).unlink()
    with pytest.raises(BackupRefused, match="not a complete backup"):
        restored(made.path, tmp_path / "newer")
    with pytest.raises(NotFound, match="daogou backup list"):
        restored(tmp_path / "nowhere", tmp_path / "newest")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_an_archive_that_ends_early_is_refused(trained: Path, tmp_path: Path, share: float) -> None:
    made = backed_up(trained, tmp_path / "backups", as_archive=True)
    assert read_archive_manifest(made.path).files == made.manifest.files
    assert unpacked_faults(made.path, tmp_path / "aside")[1] == []
    content = made.path.read_bytes()
    made.path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(BackupRefused):
        restored(made.path, tmp_path / "new")
    assert not (tmp_path / "new" / "shop.toml").exists()


def test_a_backup_of_a_newer_program_says_what_to_do(trained: Path, tmp_path: Path) -> None:
    made = backed_up(trained, tmp_path / "backups")
    told = json.loads((made.path / MANIFEST).read_bytes())
    (made.path / MANIFEST).write_text(json.dumps({**told, "format": 2}))
    with pytest.raises(BackupRefused, match=r"format 2, newer than this program reads \(1\)\. Install a newer"):
        restored(made.path, tmp_path / "new")


def test_a_path_that_leads_out_of_the_backup_is_refused(trained: Path, tmp_path: Path) -> None:
    import msgspec

    from daogou.serve.upkeep.backup.manifest import Piece, sealed

    made = backed_up(trained, tmp_path / "backups")
    evil = {**made.manifest.files, "../../evil": Piece("0" * 64, 1)}
    (made.path / MANIFEST).write_bytes(sealed(msgspec.structs.replace(made.manifest, files=evil)))
    with pytest.raises(BackupRefused, match="not a path inside a backup"):
        restored(made.path, tmp_path / "new")


def test_a_shop_that_is_there_is_left_alone_without_force(trained: Path, tmp_path: Path) -> None:
    made = backed_up(trained, tmp_path / "backups")
    before = sorted((path.name, path.stat().st_mtime_ns) for path in trained.iterdir())
    with pytest.raises(Conflict, match="is not empty"):
        restored(made.path, trained)
    assert sorted((path.name, path.stat().st_mtime_ns) for path in trained.iterdir()) == before


def test_with_force_the_shop_that_was_there_is_moved_aside_and_its_audit_log_goes_on(
    trained: Path, tmp_path: Path
) -> None:
    made = backed_up(trained, tmp_path / "backups", with_secrets=True)
    with closing(open_store(f"sqlite:///{trained}/daogou.db")) as store:
        store.append([Event("later", "search", NOW_US)])
    later = create_key(trained, "secret", settings=read_settings(trained))
    n_entries = AuditLog(trained).head().number
    back = restored(made.path, trained, force=True)
    with closing(open_store(f"sqlite:///{trained}/daogou.db")) as store:
        assert store.count_events() == 600
    assert back.aside is not None
    with closing(open_store(f"sqlite:///{back.aside}/daogou.db")) as store:
        assert store.count_events() == 601
    assert later.split("_")[2] in (back.aside / "keys.json").read_text()
    assert (back.aside / "key.pepper").exists()
    log = AuditLog(trained)
    assert log.faults()[0] == []
    assert log.head().number == n_entries + 1, "what was done after the backup stays on record"
    assert "sequence number 600" in back.notes[-1]


def test_an_audit_log_that_tells_another_story_is_kept_beside_the_restored_one(trained: Path, tmp_path: Path) -> None:
    made = backed_up(trained, tmp_path / "backups")
    shutil.rmtree(trained / "audit")
    AuditLog(trained).add("key_made", key_id="other")
    restored(made.path, trained, force=True)
    assert AuditLog(trained).faults()[0] == []
    assert "other" in (trained / "audit-before-1" / "log.jsonl").read_text()


def test_an_interrupted_restore_is_no_shop_and_goes_on(trained: Path, tmp_path: Path) -> None:
    made = backed_up(trained, tmp_path / "backups")
    half = tmp_path / "new" / ".restoring"
    half.mkdir(parents=True)
    shutil.copy2(made.path / "database.db", half / "database.db")
    (tmp_path / "new" / "files").mkdir()
    assert not (tmp_path / "new" / "shop.toml").exists()
    back = restored(made.path, tmp_path / "new")
    assert lists_of(back.folder) == lists_of(trained)
