"""How an import is to run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from daogou.core.clock import Clock, system_clock
from daogou.data.ingest.columns import Kind
from daogou.data.ingest.defaults import Defaults


@dataclass(frozen=True)
class ImportOptions:
    """Settings of one import.

    kind           what the files hold; None tells it from their columns
    mapping        the shop's own column → our field ("-" leaves it out); "event:OWN" → our event name
    defaults       what silent rows mean
    event_name     the event of rows that name none, for files of one event only
    dry_run        read and check everything, store nothing
    resume         go on where an interrupted import of the same file stopped
    state_folder   where progress is kept; None keeps none
    reject_folder  where rows that were refused are written; None writes none
    batch_size     rows in one transaction
    encoding       of CSV files, for example gb18030
    clock          what now is
    """

    kind: Kind | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    defaults: Defaults = field(default_factory=Defaults)
    event_name: str | None = None
    dry_run: bool = False
    resume: bool = True
    state_folder: Path | None = None
    reject_folder: Path | None = None
    batch_size: int = 20_000
    encoding: str = "utf-8"
    clock: Clock = system_clock

    @property
    def columns(self) -> dict[str, str]:
        """The part of `mapping` that is about columns."""
        return {own: ours for own, ours in self.mapping.items() if not own.startswith("event:")}

    @property
    def event_words(self) -> dict[str, str]:
        """The part of `mapping` that is about event names: the shop's own word, in lower case → ours."""
        return {
            own.removeprefix("event:").strip().lower(): ours
            for own, ours in self.mapping.items()
            if own.startswith("event:")
        }
