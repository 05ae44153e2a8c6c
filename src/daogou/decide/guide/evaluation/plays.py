"""Many dialogues, each by a seed of its own, so that a run can be interrupted, resumed, and split over processes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Literal

import msgspec

from daogou.core.protocols import Progress, silent
from daogou.data.lake import read_dataset
from daogou.decide.guide.evaluation.cast import Cast
from daogou.decide.guide.evaluation.dialogue import Dialogue, Stage
from daogou.decide.guide.evaluation.shopper import Temper
from daogou.decide.guide.evaluation.voice import Language
from daogou.decide.shop import Shop

Kind = Literal["known", "free"]
KINDS: tuple[Kind, ...] = ("known", "free")
CHUNK = 50


@dataclass(frozen=True)
class Plan:
    """What to play. kind: target-known or target-free shoppers; by_acts: they hand over acts instead of words."""

    kind: Kind
    language: Language
    dialogues: int = 1_500
    page: int = 10
    by_acts: bool = False
    seed: int = 7
    temper: Temper = field(default_factory=Temper)

    @property
    def name(self) -> str:
        """Of the file in which its dialogues are kept."""
        how = "acts" if self.by_acts else "words"
        return f"{self.kind}-{self.language}-{how}-{self.page}-{self.seed}.jsonl"


def cast_of(shop: Shop) -> Cast:
    """Shoppers of a shop, from its catalogue and log."""
    settings = shop.settings
    dataset = read_dataset(shop.store, shop.files, weights=settings.objective.weights(), trust=settings.trust)
    return Cast.of(shop.catalogue, dataset, settings.shop.id, settings.shop.currency)


@dataclass(frozen=True)
class Company:
    """A shop with its shoppers, ready to play."""

    shop: Shop
    cast: Cast

    @classmethod
    def of(cls, shop: Shop) -> Company:
        return cls(shop, cast_of(shop))

    def play(self, plan: Plan, numbers: Sequence[int]) -> list[Dialogue]:
        stage = Stage(self.shop.guide, self.shop.catalogue, plan.page, plan.by_acts)
        drawn = self.cast.target_known if plan.kind == "known" else self.cast.target_free
        played = []
        for number in numbers:
            shopper = drawn(number, plan.language, plan.temper, plan.seed)
            played.append(stage.play(shopper, number, plan.kind, shopper.wish.id))
        return played

    def close(self) -> None:
        self.shop.close()


def play_all(
    company: Company, plan: Plan, *, keep: Path | None = None, processes: int = 1, progress: Progress = silent
) -> list[Dialogue]:
    """All dialogues of a plan, in order of their numbers.

    keep       a folder in which finished dialogues lie; those that are there already are not played again
    processes  more than one open the shop's folder each
    """
    kept = keep / plan.name if keep is not None else None
    done = {one.number: one for one in _read(kept)} if kept is not None and kept.exists() else {}
    left = [number for number in range(plan.dialogues) if number not in done]
    for part in _parts(company, plan, left, processes):
        done |= {one.number: one for one in part}
        if kept is not None:
            kept.parent.mkdir(parents=True, exist_ok=True)
            with kept.open("ab") as file:
                file.writelines(msgspec.json.encode(one) + b"\n" for one in part)
        progress(len(done), plan.dialogues, f"{plan.kind} {plan.language}")
    return [done[number] for number in range(plan.dialogues)]


def _parts(company: Company, plan: Plan, numbers: Sequence[int], processes: int) -> Iterator[list[Dialogue]]:
    chunks = [numbers[start : start + CHUNK] for start in range(0, len(numbers), CHUNK)]
    if processes == 1 or len(chunks) < 2:
        for chunk in chunks:
            yield company.play(plan, chunk)
        return
    with ProcessPoolExecutor(processes, get_context("spawn"), _open_here, (company.shop.folder,)) as pool:
        yield from pool.map(_play_here, [plan] * len(chunks), chunks)


_here: list[Company] = []
"""The shop of this worker process, opened once."""


def _open_here(folder: Path) -> None:
    _here.append(Company.of(Shop.open(folder)))


def _play_here(plan: Plan, numbers: Sequence[int]) -> list[Dialogue]:
    return _here[0].play(plan, numbers)


def _read(path: Path) -> Iterator[Dialogue]:
    """A last line that was cut off by an interruption is left out."""
    for line in path.read_bytes().splitlines():
        try:
            yield msgspec.json.decode(line, type=Dialogue)
        except msgspec.MsgspecError:
            continue
