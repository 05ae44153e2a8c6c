"""Go through the catalogue, ask a model for attributes that items state in words only, and keep what it proposes.

Every item is asked about once: a run that was stopped, or reached the day's cap, goes on with the rest.
"""

from __future__ import annotations

import asyncio
import csv
import secrets
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from pathlib import Path

from daogou.core.errors import InvalidInput, NotReady
from daogou.core.protocols import Progress, silent
from daogou.core.settings import LanguageModelSettings
from daogou.core.types import Item
from daogou.data.ingest.formulas import as_it_was, shown_as_text
from daogou.data.store.store import Store
from daogou.decide.guide.model.enrichment import (
    Proposal,
    enrichment_prompt,
    enrichment_schema,
    missing_fields,
    own_text,
    read_proposals,
)
from daogou.decide.guide.model.vocabulary import Vocabulary
from daogou.serve.language_model.endpoint import Unanswered
from daogou.serve.language_model.talk import LanguageModel

COLUMNS = ("approve", "item_id", "field", "value", "is_new", "evidence", "title")
YES = frozenset({"yes", "y", "true", "1", "x", "是", "对", "同意"})
PATIENCE_SECONDS = 60.0
LARGEST_PROMPT = 6_000
ENDS = frozenset({"cap", "resting", "no_connection"})
"""Outcomes after which going on is of no use now."""


@dataclass(frozen=True)
class Proposed:
    """n_asked: items asked about now; n_left: those that wait for another run; ended: why early, empty where not."""

    n_asked: int
    n_proposals: int
    n_left: int
    ended: str = ""


def propose(
    model: LanguageModel, items: Sequence[Item], vocabulary: Vocabulary, path: Path, language: str,
    *, most: int | None = None, progress: Progress = silent,
) -> Proposed:  # fmt: skip
    """Append proposals to the file at `path`, a CSV in which a person writes `yes` under `approve`.

    most  items to ask about in this run
    """
    return asyncio.run(_propose(model, items, vocabulary, path, language, most, progress))


async def _propose(
    model: LanguageModel, items: Sequence[Item], vocabulary: Vocabulary, path: Path, language: str, most: int | None,
    progress: Progress,
) -> Proposed:  # fmt: skip
    done_path = path.with_name(path.name + ".done")
    done = set(done_path.read_text("utf-8").splitlines()) if done_path.exists() else set()
    waiting = [item for item in items if item.id not in done and missing_fields(item, vocabulary)]
    chosen, n_proposals, ended, n_asked = waiting[:most], 0, "", 0
    is_fresh = not path.exists()
    with (
        path.open("a", encoding="utf-8-sig" if is_fresh else "utf-8", newline="") as rows,
        done_path.open("a", encoding="utf-8") as noted,
    ):
        writer = csv.writer(rows)
        if is_fresh:
            writer.writerow(COLUMNS)
        for item in chosen:
            progress(n_asked, len(chosen), f"ask about {item.id}")
            try:
                found = await _of_item(model, item, vocabulary, language)
            except Unanswered as error:
                if error.reason in ENDS:
                    ended = error.reason
                    break
                continue  # asked again by the next run
            for one in found:
                cells = (one.item_id, one.field, one.value, "new" if one.is_new else "", one.evidence)
                writer.writerow(("", *map(shown_as_text, cells), shown_as_text(own_text(item, language)[:80])))
            rows.flush()
            noted.write(f"{item.id}\n")
            noted.flush()
            n_asked += 1
            n_proposals += len(found)
    await model.aclose()
    return Proposed(n_asked, n_proposals, len(waiting) - n_asked, ended)


async def _of_item(model: LanguageModel, item: Item, vocabulary: Vocabulary, language: str) -> tuple[Proposal, ...]:
    """Raises Unanswered."""
    fields, text = missing_fields(item, vocabulary)[:12], own_text(item, language)
    messages = enrichment_prompt(text, fields, mark=f"<<{secrets.token_hex(4)}>>")
    deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
    pieces = model.ask(
        "enrich", messages, session=f"enrich {item.id}", deadline=deadline, shape=enrichment_schema(fields)
    )
    answer = ""
    async with aclosing(pieces):
        async for piece in pieces:
            answer += piece
    try:
        found = read_proposals(answer, item.id, text, fields)
    except ValueError:
        model.breaker.failed(asyncio.get_running_loop().time())
        return ()
    model.breaker.worked()
    return found


def apply(store: Store, path: Path) -> dict[str, int]:
    """Write the approved rows of a reviewed file into the catalogue; a field that is stated by now is left as it is.

    Raises InvalidInput where the file is not such a one.
    """
    counts = {"applied": 0, "not_approved": 0, "stated_already": 0, "item_gone": 0}
    try:
        rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{path} cannot be read: {error}.") from error
    if rows and not {"approve", "item_id", "field", "value"} <= set(rows[0]):
        raise InvalidInput(f"{path} has not the columns {', '.join(COLUMNS)} that `daogou enrich` writes.")
    for row in rows:
        counts[_applied(store, {name: as_it_was((value or "").strip()) for name, value in row.items() if name})] += 1
    return counts


def _applied(store: Store, row: Mapping[str, str]) -> str:
    if row["approve"].casefold() not in YES or not row["field"] or not row["value"]:
        return "not_approved"
    outcome = "applied"

    def change(item: Item) -> Item:
        nonlocal outcome
        if item.attributes.get(row["field"]):
            outcome = "stated_already"
            return item
        attributes = {**item.attributes, row["field"]: (row["value"],)}
        return replace(item, attributes=attributes)

    if not store.items([row["item_id"]]):
        return "item_gone"
    store.change_item(row["item_id"], change)
    return outcome


def patient(settings: LanguageModelSettings) -> LanguageModelSettings:
    """The settings for calls that no shopper waits for. Raises NotReady where the shop lets no model read items."""
    if not settings.url or not settings.enrich:
        raise NotReady(
            "No language model may read the catalogue here. Set url, model and enrich = true in [language_model]; then "
            "titles and descriptions of items that lack attributes are sent to it. See docs/language-model.md."
        )
    return settings.model_copy(
        update={"first_byte_seconds": PATIENCE_SECONDS / 2, "input_tokens": max(settings.input_tokens, LARGEST_PROMPT)}
    )
