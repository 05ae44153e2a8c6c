"""Have a language model propose attributes that items state in words only; a person approves what goes in."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import err, out, print_json, progress_bar
from daogou.core.clock import system_clock
from daogou.core.settings import database_url
from daogou.data.store import open_store
from daogou.serve.audit import AuditLog

app = typer.Typer(add_completion=False)

PROPOSALS = Path("proposals.csv")


@app.command()
def enrich(
    file: Annotated[Path, typer.Option(help="The proposals, a CSV; a run goes on where the last ended.")] = PROPOSALS,
    reviewed: Annotated[
        Path | None, typer.Option("--apply", help="Write the rows approved in this file into the catalogue.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Items to ask about in this run.")] = None,
    folder: ShopFolder = Path("."),
    as_json: AsJson = False,
) -> None:
    """Propose missing attributes into a file; write `yes` under approve, then run it again with --apply."""
    settings = settings_at(folder)
    with closing(open_store(database_url(settings, folder))) as store:
        from daogou.serve.language_model.enrich import apply, patient, propose

        if reviewed is not None:
            counts = apply(store, reviewed)
            AuditLog(folder).add("items_enriched", items=counts["applied"])
            if as_json:
                print_json(counts)
            else:
                out.print(", ".join(f"{name.replace('_', ' ')}: {count}" for name, count in counts.items()))
            return
        from daogou.decide.catalogue import Catalogue
        from daogou.decide.guide.model.shop_words import vocabulary_of
        from daogou.decide.words.lexicon import Lexicon
        from daogou.serve.language_model.talk import open_language_model
        from daogou.serve.monitor.metrics import Metrics

        model = open_language_model(patient(settings.language_model), folder, system_clock, Metrics())
        catalogue = Catalogue(store)
        visible = [item for item in catalogue.items if not item.is_hidden]
        with progress_bar() as progress:
            done = propose(
                model, visible, vocabulary_of(Lexicon.of(catalogue, settings)), file, settings.shop.languages[0],
                most=limit, progress=progress,
            )  # fmt: skip
    if as_json:
        print_json({"asked": done.n_asked, "proposals": done.n_proposals, "left": done.n_left, "ended": done.ended})
        return
    out.print(f"{done.n_proposals} proposals for {done.n_asked} items in {file}.", markup=False)
    if done.ended:
        err.print(f"Ended early: {done.ended}. The same command goes on with the {done.n_left} items left.")
    if done.n_proposals:
        err.print(f"Write yes under approve where a proposal is right. Then run: daogou enrich --apply {file}")
