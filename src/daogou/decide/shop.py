"""One open shop: its settings, its store, its catalogue in memory and the models now serving."""

from __future__ import annotations

import logging
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from daogou.core.clock import SECOND_US, Clock, system_clock
from daogou.core.errors import ArtifactRefused, DaogouError
from daogou.core.settings import (
    PlacementSettings,
    RuleSettings,
    Settings,
    database_url,
    files_folder,
    read_settings,
)
from daogou.core.spans import Spans, no_spans
from daogou.core.types import F32, Item
from daogou.data.store import open_store
from daogou.data.store.store import Store
from daogou.decide.catalogue import Catalogue
from daogou.decide.context.contexts import Contexts
from daogou.decide.context.lifted import Lifted
from daogou.decide.filters.placements import check_placements
from daogou.decide.live import LiveCounts, Offers
from daogou.decide.moment import Moment
from daogou.decide.past import PastBook
from daogou.decide.profile.wish_book import WishBook
from daogou.decide.rank.facts import ItemFacts
from daogou.decide.reach import Reach
from daogou.decide.retrieve.proposals import Proposals, proposals_by_rule
from daogou.decide.rules.book import RuleBook
from daogou.decide.served_model import ServedModel
from daogou.learn.canary import Canary
from daogou.learn.encoders.vectors import vectors_now
from daogou.learn.locks import InUse
from daogou.learn.models.content import ContentModel
from daogou.learn.training.release import Release, current_name, load_release, read_release

if TYPE_CHECKING:
    from daogou.decide.guide.guide import Guide
    from daogou.decide.rank.stage import Stage
    from daogou.decide.search.searcher import Searcher

CONTENT = "content"
LOOK_EVERY_US = SECOND_US
_LOG = logging.getLogger("daogou.decide")


@dataclass
class Shop:
    """What answering needs. `refresh` before each answer keeps it in step with other processes.

    weights   what each member of the blend counts per unit of its raw score, for every item of the catalogue, by the
              rule for items already bought
    problems  why a newer release does not serve, one sentence each; empty when all is well
    rules     the merchant's rules in force
    wishes    what shoppers want less of, or nothing of
    proposals by the same rule, who can say what is worth scoring; empty in shops where all items are scored
    pasts     what shoppers did
    stages    the release's rankers, ready to order candidates
    facts     what online features say of items; None where no ranker is wanted
    contexts  when, where and on what lists are asked for, and what that changes
    newcomers what people who told the same about themselves take; None before that was learned
    live      how often each item was viewed, carted and bought lately
    offers    what each item costs, and what it did cost
    reach     through which the store is asked while a shopper waits
    canary    a candidate that serves some shoppers, beside which release this shop otherwise serves; None without one
    follows   whether `refresh` looks for new releases itself; a server loads them beside the answering, see serve.swap
    spans     who records where the time of an answer goes
    """

    folder: Path
    settings: Settings
    store: Store
    catalogue: Catalogue
    clock: Clock
    release: Release | None = None
    models: dict[str, ServedModel] = field(default_factory=dict)
    weights: dict[str, dict[str, float | F32]] = field(default_factory=dict)
    proposals: dict[str, Proposals] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    rules: RuleBook = field(init=False)
    wishes: WishBook = field(init=False)
    pasts: PastBook = field(init=False)
    stages: dict[str, Stage] = field(default_factory=dict)
    facts: ItemFacts | None = field(init=False)
    contexts: Contexts = field(init=False)
    newcomers: Lifted | None = None
    live: LiveCounts = field(init=False)
    offers: Offers = field(init=False)
    reach: Reach = field(default_factory=Reach)
    canary: CanarySide | None = None
    follows: bool = True
    spans: Spans = no_spans
    _search: Searcher | None = None
    _in_use: InUse | None = None
    _rules_saying: dict[str, RuleSettings] = field(default_factory=dict)
    _looked_at_us: int = 0
    _weighed: int = 0
    _built_at: int = 0
    _seen_name: str | None = None
    _untold: list[int] = field(default_factory=list)  # items that changed and that not everybody has taken over yet

    def __post_init__(self) -> None:
        self.rules = RuleBook(self.store.rules, self.settings.shop.timezone)
        self.catalogue.reach = self.reach
        self.wishes = WishBook(self.store.wishes, self.catalogue, self.reach)
        self.contexts = Contexts(self.settings, self.catalogue)
        self.live = LiveCounts(self.store, self.catalogue, self.files)
        self.offers = Offers(self.store.prices, self.catalogue)
        worth = self.settings.objective.weights()
        self.pasts = PastBook(self.store, self.catalogue, self.settings.history, worth, self.reach)
        self.facts = ItemFacts(self.catalogue, self.live) if self.settings.rankers else None

    @classmethod
    def open(
        cls,
        folder: Path,
        settings: Settings | None = None,
        clock: Clock = system_clock,
        *,
        is_serving: bool = False,
    ) -> Shop:
        """Open the shop in `folder`; works without a trained model, then only lists that need none have items.

        is_serving  shoppers are waiting: answer from what is known where the database does not, instead of failing
        """
        chosen = settings or read_settings(folder)
        check_placements(chosen)
        url, storage = database_url(chosen, folder), chosen.storage
        patience_seconds = storage.patience_ms / 1_000
        store = open_store(url, read_seconds=patience_seconds if is_serving else None)
        reach = Reach(
            store.revisions if is_serving else None,
            is_remote=not url.startswith("sqlite"),
            patience_seconds=patience_seconds,
            look_every_seconds=storage.look_every_ms / 1_000,
        )
        shop = cls(folder, chosen, store, Catalogue(store), clock, reach=reach)
        shop.take_release()
        if is_serving:
            shop.search.warm_up()
            shop.guide.warm_up()
        return shop

    @cached_property
    def guide(self) -> Guide:
        """The dialogue over the catalogue."""
        from daogou.decide.guide.guide import Guide  # asks what a shop is, so it comes after

        return Guide(self)

    @property
    def search(self) -> Searcher:
        """What finds items by words; made when it is first asked for."""
        if self._search is None:
            from daogou.decide.search.searcher import Searcher  # compiled loops that no other list needs

            self._search = Searcher(self)
        return self._search

    @property
    def files(self) -> Path:
        return files_folder(self.settings, self.folder)

    @property
    def model_root(self) -> Path:
        """Where releases lie."""
        return self.files / "models"

    @property
    def release_name(self) -> str:
        return self.release.name if self.release else "none"

    @property
    def language(self) -> str:
        """The shop's first language."""
        return self.settings.shop.languages[0]

    def rules_for(self, placement: PlacementSettings) -> RuleSettings:
        """What holds in a placement, which may say itself whether items come back after they were bought."""
        said = placement.already_bought
        if said is None:
            return self.settings.rules
        if said not in self._rules_saying:
            update: dict[str, Any] = {"already_bought": said, "already_bought_by_category": {}}
            self._rules_saying[said] = self.settings.rules.model_copy(update=update)
        return self._rules_saying[said]

    def refresh(self, moment: Moment | None = None) -> None:
        """Take over changed items and rules at once, and a newly published release within a second.

        moment  what the database says, where the caller has just looked
        """
        now_us = self.clock()
        revisions = self.reach.ask(self.store.revisions, None) if moment is None else moment.revisions
        if revisions is not None:
            self.reach.ask(lambda: self._take_over(revisions, now_us), None, is_large=True)
        if not 0 <= now_us - self._looked_at_us < LOOK_EVERY_US:  # a clock that was set back must not stop us looking
            self._looked_at_us = now_us
            self.look_for_release()

    @property
    def degraded(self) -> tuple[str, ...]:
        """What lists made now lack, as short names; empty when all is well."""
        lacking = {
            "storage_unavailable": self.reach.away is not None,
            "release_refused": bool(self.problems),
            "rules_unread": bool(self.rules.problems),
        }
        return tuple(name for name, is_so in lacking.items() if is_so)

    def _take_over(self, revisions: tuple[int, int, int], now_us: int) -> None:
        """What changed in the store. Raises StorageUnavailable half-way; the next call then goes on."""
        revision, rules_version, wishes_version = revisions
        self._untold += self.catalogue.refresh(revision)
        self.rules.refresh(rules_version)
        self.wishes.refresh(wishes_version)
        if self._untold:
            self.offers.refresh(self._untold)
            changed, self._untold = self._untold, []
            if self.facts is not None:
                self.facts.take(changed)
            if self._search is not None:
                self._search.take(self.catalogue.reworded)
            self._follow(changed, self.catalogue.reworded)
            if self.canary is not None:
                self.canary.shop._follow(changed, self.catalogue.reworded)
        self.live.refresh(now_us)

    def look_for_release(self) -> None:
        """Take over what is newly in force, where this shop does so by itself."""
        if self.follows and self._published() != self._seen_name:
            self.take_release()

    def _published(self) -> str | None:
        """The release in force; where the folder cannot be read, the one that serves."""
        try:
            return current_name(self.model_root)
        except OSError as error:
            _LOG.warning("%s cannot be read: %s. The release that serves goes on.", self.model_root, error)
            return self._seen_name

    def take_release(self) -> None:
        """Load the published release; when it is refused the one before it serves, else what served so far."""
        self._seen_name = current_name(self.model_root)
        if self._seen_name is None:
            return
        try:
            release = load_release(self.model_root)
        except ArtifactRefused as error:
            self.note((str(error),))
            return
        self._serve(release)

    def beside(self, release: Release) -> Shop:
        """This shop as another release serves it: the same items, shoppers and rules. May be made in a thread.

        Only its lists are to be asked for; it changes when this shop adopts it, or refreshes with it as a canary.
        """
        other = copy(self)
        other.canary, other.contexts = None, copy(self.contexts)
        other._built_at = self.catalogue.revision
        other._serve(release)
        return other

    def adopt(self, other: Shop) -> None:
        """Serve from now on as one does that was made by `beside`; costs what changed in the catalogue meanwhile."""
        other.catch_up()
        for name in _OF_RELEASE:
            setattr(self, name, getattr(other, name))

    def catch_up(self) -> None:
        """Take over what changed in the catalogue while this was made beside another shop."""
        if self._built_at != self.catalogue.revision:
            _, items = self.store.items_since(self._built_at)
            changed = self.catalogue.numbers([item.id for item in items]).tolist()
            self._built_at = self.catalogue.revision
            self._follow(changed, changed)

    def candidate(self, path: Path) -> Shop:
        """This shop as a release in a folder serves it. Raises ArtifactRefused where it does not load."""
        return self.beside(read_release(path))

    def _serve(self, release: Release) -> None:
        self.release = release
        self._in_use = InUse(release.path) if release.path.is_dir() else None
        self.note(release.warnings)
        self.contexts.take(release.context)
        newcomers = release.newcomers
        self.newcomers = Lifted(newcomers, self.catalogue) if newcomers and newcomers.is_useful else None
        self.models = {
            name: ServedModel(artifact.model, artifact.item_ids, self.catalogue)
            for name, artifact in release.models.items()
        }
        content = self.models.get(CONTENT)
        if content is not None:
            self._embed([number for number in range(len(self.catalogue)) if not content.knows(number)])
        self.stages = self._stages(release.path)
        self._weigh()

    def _stages(self, release: Path) -> dict[str, Stage]:
        """The rankers that placements name; where one cannot be had, its lists are ordered without it."""
        if not self.settings.rankers:
            return {}
        from daogou.decide.rank.stage import Stage  # reads tables, which no list without a ranker needs
        from daogou.learn.training.rankings import ranker_model

        wanted = {one.ranker for one in self.settings.placements.values() if one.ranker is not None}
        found = {}
        for name in sorted(wanted):
            try:
                found[name] = Stage(name, ranker_model(release, name), self.catalogue)
            except DaogouError as error:
                self.note((*self.problems, f"Lists are ordered without the ranker {name}: {error}"))
        return found

    def _follow(self, changed: list[int], reworded: list[int]) -> None:
        """Bring what a release knows of items in step with the catalogue."""
        self._embed(reworded)
        for stage in self.stages.values():
            stage.take(changed)
        if len(self.catalogue) != self._weighed:
            self._weigh()

    def _weigh(self) -> None:
        """Fix what each member counts for each item: items that nobody took when it was trained count otherwise."""
        if self.release is None:
            return
        number_of, release = self.catalogue.number_of, self.release
        learned = next(iter(release.models.values())).item_ids if release.models else ()  # the same for every model
        is_cold = np.ones(len(self.catalogue), bool)
        is_cold[[number_of[one] for one in learned if one in number_of]] = False
        is_cold[[number_of[one] for one in release.cold_items if one in number_of]] = True
        self._weighed = len(self.catalogue)
        self.weights = {
            rule: {name: mix.factors(name, is_cold) for name in mix.members}
            for rule, mix in (("exclude", release.mixes["excluded"]), ("allow", release.mixes["counted"]))
        }
        self.proposals = proposals_by_rule(self.models, self.weights, len(self.catalogue))

    def note(self, problems: tuple[str, ...]) -> None:
        """Keep and log why a newer release, or a canary, does not serve."""
        self.problems = problems
        for problem in problems:
            _LOG.warning("%s", problem)

    def close(self) -> None:
        self.reach.close()
        self.store.close()

    def _embed(self, numbers: list[int]) -> None:
        """Give the content model the new and changed items, so that they can be recommended at once."""
        served = self.models.get(CONTENT)
        if served is None or not numbers or not isinstance(served.model, ContentModel):
            return
        items: list[Item] = [self.catalogue.items[number] for number in numbers]
        grown = served.model.with_items(items, self._vectors(items, served.model))
        self.models[CONTENT] = ServedModel(grown, [*served.item_ids, *(item.id for item in items)], self.catalogue)

    def _vectors(self, items: list[Item], model: ContentModel) -> F32 | None:
        """What the shop's encoder makes of these items; None where the words alone have to do."""
        if not model.n_encoded:
            return None
        try:
            return vectors_now(items, self.settings.encoder, self.folder, self.files, model.encoder)
        except DaogouError as error:
            _LOG.warning("New items are placed by their words alone: %s", error)
            return None


_OF_RELEASE = ("release", "_in_use", "problems", "contexts", "newcomers", "models", "stages", "weights", "proposals",
               "_weighed")  # fmt: skip
"""What a release brings; everything else of a shop is the same whichever serves."""


@dataclass
class CanarySide:
    """A candidate beside the serving release.

    failures  lists that it could not make and the serving release could; counted: how many of them are in the metrics
    """

    canary: Canary
    shop: Shop
    failures: int = 0
    counted: int = 0
