"""Places for drills: a small shop to spoil, and disks that are small on purpose."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from daogou.core.settings import database_url, read_settings
from daogou.core.types import Event, EventLine, Item
from daogou.data.store import open_store

N_ITEMS = 200
N_SHOPPERS = 100
AT_US = 1_795_000_000_000_000
MINUTE_US = 60_000_000


def small_shop(folder: Path, *, url: str | None = None, more: str = "") -> Path:
    """A shop of 200 items and 3,000 events in `folder`.

    url   of its database, where that is not a file in the folder
    more  further lines of shop.toml
    """
    folder.mkdir(parents=True, exist_ok=True)
    database = f'database = "{url}"\n' if url else ""
    (folder / "shop.toml").write_text(f'[shop]\nid = "drill"\n{database}{more}')
    store = open_store(database_url(read_settings(folder), folder))
    store.put_items(
        [
            Item(
                id=f"p{number}",
                title={"en": f"Mug {number}"},
                price_minor=1_000 + number,
                currency="GBP",
                categories=((f"Kitchen {number % 7}",),),
                created_at_us=AT_US,
            )
            for number in range(N_ITEMS)
        ]
    )
    events = [
        Event(
            f"seed-{number}",
            "purchase" if number % 5 == 0 else "view_item",
            AT_US + number * MINUTE_US,
            (EventLine(f"p{(number * 7 + number % N_SHOPPERS) % N_ITEMS}"),),
            visitor_id=f"v{number % N_SHOPPERS}",
        )
        for number in range(3_000)
    ]
    store.append(events)
    store.close()
    return folder


@contextmanager
def scratch() -> Iterator[Path]:
    """An empty folder that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="daogou-drill-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path | None]:
    """A disk of this size; None where this account may not mount one."""
    with scratch() as folder:
        mount = shutil.which("mount")
        if os.geteuid() != 0 or mount is None:
            yield None
            return
        done = subprocess.run([mount, "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder], capture_output=True)
        if done.returncode:
            yield None
            return
        try:
            yield folder
        finally:
            subprocess.run(["umount", "-l", folder], check=True)


def fill(folder: Path) -> Path:
    """Take all room that is left on the disk of `folder`; delete the file to give it back."""
    ballast = folder / "ballast"
    step = 1 << 20
    while step:
        try:
            with ballast.open("ab", buffering=0) as file:
                while file.write(b"\0" * step):
                    pass
        except OSError:
            step //= 2
    return ballast
