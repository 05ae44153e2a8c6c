"""What a person sees: results on stdout, progress on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.text import Text

from daogou.cli.printable import printable
from daogou.core.protocols import Progress as Report


class Screen(Console):
    """A console on which texts cannot steer the terminal; colours are put in by style and markup only."""

    def print(self, *objects: Any, **how: Any) -> None:
        """Print, as Console does."""
        super().print(*(printable(one) if isinstance(one, str) else one for one in objects), **how)


out = Screen()
err = Screen(stderr=True)


def cell(text: str) -> Text:
    """The text for a table: no markup in it counts, no character of it steers, and it stays in its row."""
    return Text(printable(text).replace("\n", " "))


def print_json(value: Mapping[str, Any]) -> None:
    """One JSON document on stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


@contextmanager
def progress_bar() -> Iterator[Report]:
    """One bar on stderr that says what is being done; silent where no person is watching."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("", total=None)

        def report(done: int, total: int | None, what: str) -> None:
            bar.update(task, description=what, completed=done, total=total)

        yield report
