"""The import door in front of the real SQLite store, and a real process killed in the middle."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from daogou.data.ingest.options import ImportOptions
from daogou.data.ingest.run import import_files
from daogou.data.store import open_store

ROWS = 30_000
SCRIPT = """
import sys
from pathlib import Path
from daogou.data.ingest import ImportOptions, import_files
from daogou.data.store import open_store
folder = Path(sys.argv[1])
store = open_store(f"sqlite:///{folder / 'shop.db'}")
import_files(store, [folder / "views.csv"], ImportOptions(state_folder=folder / "state", batch_size=500),
             lambda done, total, what: print(done, flush=True))
"""


def test_items_and_events_come_back_out_of_the_store(tmp_path: Path, write: Callable[..., Path]) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'shop.db'}")
    items = write("items.csv", "id,title_en,title_zh,price,category\np1,Red mug,红色马克杯,4.50,Kitchen > Mugs\n")
    events = write("events.csv", "event,item_id,user_id,time\nView,p1,u1,2020-01-01 10:00:00\nbuy,p1,u1,2020-01-02\n")
    report = import_files(store, [events, items])
    assert report.accepted_by_kind == {"items": 1, "events": 2}
    assert report.unknown_items == 0
    assert [item.title["zh"] for item in store.all_items()] == ["红色马克杯"]
    assert [(row.name, row.item_id) for row in store.history(["u:u1"], 10)] == [("view_item", "p1"), ("purchase", "p1")]
    assert import_files(store, [events]).duplicates == 2
    store.close()


def test_a_killed_import_goes_on_and_counts_every_row_once(tmp_path: Path) -> None:
    rows = "".join(f"view,p{n % 97},u{n % 31},{1_586_731_606 + n // 3}\n" for n in range(ROWS))
    (tmp_path / "views.csv").write_text("event,item_id,user_id,time\n" + rows)
    process = subprocess.Popen([sys.executable, "-c", SCRIPT, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()  # at least 2,000 rows were read
    os.kill(process.pid, signal.SIGKILL)
    process.stdout.close()
    process.wait()
    store = open_store(f"sqlite:///{tmp_path / 'shop.db'}")
    assert 0 < store.count_events() < ROWS
    report = import_files(store, [tmp_path / "views.csv"], ImportOptions(state_folder=tmp_path / "state"))
    assert store.count_events() == ROWS
    assert report.files[0].resumed_rows > 0
    assert report.accepted + report.duplicates == ROWS
    store.close()
