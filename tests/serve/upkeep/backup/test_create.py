"""A backup of a running shop is complete or not there, shares what did not change, and holds no secret unasked."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from daogou.core.errors import BackupRefused, StorageFull
from daogou.core.settings import Settings, read_settings
from daogou.core.types import Event, EventLine
from daogou.data.store import open_store
from daogou.decide.guide.seal import KEY_FILE, state_key
from daogou.serve.language_model.spending import FILE as SPENT
from daogou.serve.upkeep.backup import copying
from daogou.serve.upkeep.backup.create import Made, create_backup
from daogou.serve.upkeep.backup.manifest import faults, manifest_of
from daogou.serve.upkeep.backup.shelf import backups

NOW_US = 1_795_255_200_000_000


def backed_up(shop: Path, place: Path, number: int = 0, **options: Any) -> Made:
    options = {"keep": 7, **options}
    return create_backup(shop, read_settings(shop), place, now_us=NOW_US + number * 1_000_000, **options)


def test_a_backup_says_what_it_holds_and_every_byte_is_as_written(trained: Path, tmp_path: Path) -> None:
    made = backed_up(trained, tmp_path / "backups")
    assert made.path.name == "tea-house-20261121T100000000Z"
    manifest = manifest_of(made.path)
    assert faults(made.path, manifest) == []
    assert (manifest.counts["items"], manifest.counts["events"], manifest.last_seq) == (30, 600, 600)
    assert (manifest.watermark, manifest.counts["wishes"], manifest.counts["rule_versions"]) == (600, 1, 1)
    assert manifest.release == json.loads((trained / "files/models/CURRENT").read_bytes())["current"]
    with closing(open_store(f"sqlite:///{trained / 'daogou.db'}")) as store:
        lake = [f"files/{file.path}" for file in store.manifest().files]
    assert lake
    wanted = {"database.db", "shop/shop.toml", "shop/keys.json", "shop/audit/log.jsonl", "files/models/CURRENT", *lake}
    assert wanted <= set(manifest.files)
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o700
    assert stat.S_IMODE((made.path / "shop/keys.json").stat().st_mode) == 0o600


def test_secrets_stay_out_unless_asked_for(trained: Path, tmp_path: Path) -> None:
    (trained / "webpush.pem").write_text("private")
    bare = backed_up(trained, tmp_path / "backups")
    assert bare.manifest.left_out == ["shop/key.pepper", "shop/webpush.pem"]
    pepper = (trained / "key.pepper").read_bytes()
    assert not [path for path in bare.path.rglob("*") if path.is_file() and pepper in path.read_bytes()]
    whole = backed_up(trained, tmp_path / "backups", 1, with_secrets=True)
    assert (whole.path / "shop/key.pepper").read_bytes() == pepper
    assert whole.manifest.left_out == []


def test_the_key_of_conversations_is_a_secret_and_what_the_model_cost_today_is_not_kept(
    trained: Path, tmp_path: Path
) -> None:
    key = state_key(trained, Settings())
    (trained / SPENT).write_text('{"day":1}')
    bare = backed_up(trained, tmp_path / "backups")
    assert f"shop/{KEY_FILE}" in bare.manifest.left_out
    assert not [path for path in bare.path.rglob("*") if path.is_file() and key in path.read_bytes()]
    whole = backed_up(trained, tmp_path / "backups", 1, with_secrets=True)
    assert (whole.path / "shop" / KEY_FILE).read_bytes() == key
    assert not [path for made in (bare, whole) for path in made.manifest.files if SPENT in path]


def test_files_that_the_settings_name_are_kept_and_others_are_not(trained: Path, tmp_path: Path) -> None:
    with (trained / "shop.toml").open("a") as file:
        file.write('[channels.letters]\nsettings = { kind = "file", path = "letters/address.csv" }\n')
    (trained / "letters").mkdir()
    (trained / "letters/address.csv").write_text("u1,x")
    (trained / "orders-of-2019.csv").write_text("large and not ours")
    made = backed_up(trained, tmp_path / "backups")
    assert "shop/letters/address.csv" in made.manifest.files
    assert not [path for path in made.manifest.files if "orders" in path]


def test_what_did_not_change_is_shared_with_the_backup_before(trained: Path, tmp_path: Path) -> None:
    first = backed_up(trained, tmp_path / "backups")
    with closing(open_store(f"sqlite:///{trained / 'daogou.db'}")) as store:
        store.append([Event("new", "view_item", NOW_US, (EventLine("i1"),), visitor_id="v")])
    second = backed_up(trained, tmp_path / "backups", 1)
    assert second.manifest.last_seq == 601
    lake = next(path for path in second.manifest.files if path.startswith("files/events/"))
    assert os.path.samefile(first.path / lake, second.path / lake)
    assert not os.path.samefile(first.path / "database.db", second.path / "database.db")
    assert not os.path.samefile(trained / lake, second.path / lake), "a copy must not change with the shop"
    assert second.shared >= len([path for path in second.manifest.files if path.startswith("files/")]) - 1
    assert [faults(one.path, manifest_of(one.path)) for one in (first, second)] == [[], []]


def test_the_newest_seven_stay(trained: Path, tmp_path: Path) -> None:
    made = [backed_up(trained, tmp_path / "backups", number, keep=3) for number in range(5)]
    left = [one.path for one in backups(tmp_path / "backups", "tea-house")]
    assert left == [one.path for one in made[2:]]
    assert all(faults(path, manifest_of(path)) == [] for path in left), "sharing survives the one shared with"


KILLED = """
import sys
from pathlib import Path
from daogou.core.settings import Settings, read_settings
from daogou.serve.upkeep.backup import copying
from daogou.serve.upkeep.backup.create import create_backup
import time
copy = copying.copy
def slow(source, target):
    print(target, flush=True)
    time.sleep(0.02)
    return copy(source, target)
copying.copy = slow
shop = Path(sys.argv[1])
create_backup(shop, read_settings(shop), Path(sys.argv[2]), now_us=int(sys.argv[3]), keep=7)
"""


def test_a_killed_backup_is_no_backup_and_the_next_goes_on_with_it(trained: Path, tmp_path: Path) -> None:
    place = tmp_path / "backups"
    worker = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(trained), str(place), str(NOW_US)], stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout is not None
    for _ in range(5):
        assert worker.stdout.readline()
    os.kill(worker.pid, signal.SIGKILL)
    worker.communicate()
    (left,) = backups(place, "tea-house")
    assert left.manifest is None
    assert "interrupted" in left.problem
    with pytest.raises(BackupRefused, match="not a complete backup"):
        manifest_of(left.path)
    brought = {path.name: path.stat().st_ino for path in left.path.rglob("*.parquet")}
    assert brought
    time.sleep(0.01)
    made = backed_up(trained, place, 1)
    assert [one.path for one in backups(place, "tea-house")] == [made.path]
    assert faults(made.path, manifest_of(made.path)) == []
    now = {path.name: path.stat().st_ino for path in made.path.rglob("*.parquet")}
    assert len([name for name in brought if now[name] == brought[name]]) >= len(brought) - 1


def test_too_small_a_disk_is_noticed_before_anything_is_written(
    trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StorageFull, match="Free some space"):
        copying.check_space(tmp_path, 10**18, "A copy")

    def refused(place: Path, n_bytes: int, what: str) -> None:
        raise StorageFull(f"{what} does not fit")

    monkeypatch.setattr(copying, "check_space", refused)
    with pytest.raises(StorageFull, match="does not fit"):
        backed_up(trained, tmp_path / "backups")
    assert not list((tmp_path / "backups").rglob("database.db"))


def test_a_damaged_file_of_the_lake_is_not_copied_as_if_it_were_whole(trained: Path, tmp_path: Path) -> None:
    damaged = next((trained / "files/events").rglob("*.parquet"))
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"?")
    with pytest.raises(BackupRefused, match=r"its SHA-256 differs.*daogou doctor"):
        backed_up(trained, tmp_path / "backups")
    assert [one.manifest for one in backups(tmp_path / "backups", "tea-house")] == [None]


def test_a_backup_of_another_shop_is_not_ours(trained: Path, tmp_path: Path) -> None:
    made = backed_up(trained, tmp_path / "backups")
    assert backups(tmp_path / "backups", "tea") == []
    assert [one.path for one in backups(tmp_path / "backups", "tea-house")] == [made.path]
