"""Open a bundled shop in one command: import, train, serve, print the address. What was done is not done again."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from daogou.cli.at import settings_at
from daogou.cli.screen import err, out, progress_bar
from daogou.core.clock import system_clock
from daogou.core.settings import SHOP_FILE, GuideSettings, Settings, database_url, files_folder
from daogou.data.demo import DEMO_SHOPS, DemoShop, Row, demo_policies, demo_shop, moved, weeks_to_now
from daogou.data.ingest.defaults import Defaults
from daogou.data.ingest.options import ImportOptions
from daogou.data.ingest.run import import_rows
from daogou.data.lake import compact, read_dataset
from daogou.data.lake.outcomes import read_taken
from daogou.data.store import open_store
from daogou.learn.training.circumstances import Known
from daogou.learn.training.release import current_name
from daogou.learn.training.train import train_release
from daogou.serve.audit import AuditLog

app = typer.Typer(add_completion=False)

STATE_FILE = "demo.json"


@app.command()
def demo(
    shop: Annotated[str, typer.Option(help=f"Which bundled shop: {', '.join(DEMO_SHOPS)}.")] = "giftware",
    folder: Annotated[Path, typer.Option(help="Where the shops of the demo live.")] = Path("demo-shop"),
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    workers: Annotated[int | None, typer.Option(help="Processes.")] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Start again from nothing.")] = False,
    serve: Annotated[bool, typer.Option(help="Serve when all is ready.")] = True,
) -> None:
    """Open a real shop: import, train, serve, and print the address."""
    place = folder / shop
    if fresh and (place / STATE_FILE).exists():
        shutil.rmtree(place)
    began = time.perf_counter()
    given = {"port": port, "workers": workers}
    flags: dict[str, Any] = {"server": {name: value for name, value in given.items() if value is not None}}
    settings = _prepare(shop, place, flags)
    if serve:
        from daogou.serve.run import check_address

        check_address(settings.server)
    with _rehearsed(place, settings):
        seconds = {"import": _import(shop, place, settings)}
    seconds["train"] = _train(place, settings)
    done = ", ".join(f"{what} {took:.1f} s" for what, took in seconds.items() if took)
    out.print(
        f"The shop is ready in {place} ({done or 'nothing left to do'}; {time.perf_counter() - began:.1f} s in all)."
    )
    if not serve:
        out.print(f"Serve it with: [bold]daogou serve --shop {place}[/bold]")
        return
    out.print(
        f"Open [bold]http://{settings.server.host}:{settings.server.port}[/bold]  (Ctrl+C stops it)", soft_wrap=True
    )
    from daogou.serve.run import run_server

    run_server(place, settings)


def _prepare(shop: str, place: Path, flags: dict[str, Any]) -> Settings:
    """The folder with shop.toml and the state of the demo; both are written once."""
    if not (place / STATE_FILE).exists():
        source = demo_shop(shop)
        place.mkdir(parents=True, exist_ok=True)
        (place / SHOP_FILE).write_text(source.settings, encoding="utf-8")
        policies = place / GuideSettings().policies
        policies.mkdir(exist_ok=True)
        for name, text in demo_policies().items():
            (policies / name).write_text(text, encoding="utf-8")
        _write_state(place, {"moved_us": weeks_to_now(source.last_at_us, system_clock()), "is_imported": False})
    return settings_at(place, flags if flags["server"] else None)


@contextmanager
def _rehearsed(place: Path, settings: Settings) -> Iterator[None]:
    """Meanwhile, on another processor, compile what the first training on this machine will run."""
    if _read_state(place)["is_imported"] or current_name(files_folder(settings, place) / "models") is not None:
        yield
        return
    quiet = subprocess.DEVNULL
    rehearsal = subprocess.Popen(
        [sys.executable, "-m", "daogou.learn.training.rehearsal"], stdin=quiet, stdout=quiet, stderr=quiet
    )
    try:
        yield
    except BaseException:
        rehearsal.terminate()
        raise
    finally:
        rehearsal.wait()


def _import(shop: str, place: Path, settings: Settings) -> float:
    state = _read_state(place)
    if state["is_imported"]:
        return 0.0
    began = time.perf_counter()
    source: DemoShop = demo_shop(shop)
    options = ImportOptions(
        defaults=Defaults(
            currency=settings.shop.currency,
            language=settings.shop.languages[0],
            timezone=settings.shop.timezone,
            allow_contact_ids=settings.shop.allow_contact_ids,
        )
    )
    with closing(open_store(database_url(settings, place))) as store, progress_bar() as progress:
        kinds: tuple[tuple[Any, Iterable[Row], int | None], ...] = (
            ("items", source.items, None),
            ("users", source.users, None),
            ("events", source.events, source.n_events),
        )
        for kind, rows, total in kinds:
            report = import_rows(store, kind, moved(rows, state["moved_us"]), options, progress=progress, total=total)
            err.print(f"{kind}: {report.accepted:,} new, {report.duplicates:,} known, {report.rejected:,} refused")
    _write_state(place, {**state, "is_imported": True})
    return time.perf_counter() - began


def _train(place: Path, settings: Settings) -> float:
    files = files_folder(settings, place)
    if current_name(files / "models") is not None:
        return 0.0
    began = time.perf_counter()
    with closing(open_store(database_url(settings, place))) as store, progress_bar() as progress:
        compact(store, files, timezone=settings.shop.timezone, progress=progress)
        worth = settings.objective.weights()
        dataset = read_dataset(store, files, weights=worth, trust=settings.trust)
        taken = Known(read_taken(store, files, worth=worth), list(store.all_users()))
        published = train_release(
            dataset, settings, files / "models", seed=settings.seed, now_us=system_clock(), taken=taken,
            progress=progress,
        )  # fmt: skip
    AuditLog(place).add("release_published", release=published.name)
    return time.perf_counter() - began


def _read_state(place: Path) -> dict[str, Any]:
    state: dict[str, Any] = json.loads((place / STATE_FILE).read_text(encoding="utf-8"))
    return state


def _write_state(place: Path, state: dict[str, Any]) -> None:
    fresh = place / f".{STATE_FILE}"
    fresh.write_text(json.dumps(state) + "\n", encoding="utf-8")
    fresh.replace(place / STATE_FILE)
