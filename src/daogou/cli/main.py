"""`daogou`: the list of commands, and how errors reach a person."""

from __future__ import annotations

import errno
import sys
from concurrent.futures import BrokenExecutor
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from daogou.cli.printable import printable
from daogou.core.errors import DaogouError, InvalidInput

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("daogou.cli.demo", "Open a real shop: import, train, serve, and print the address."),
    "shop": ("daogou.cli.shop", "Start a shop of your own, show its settings, or move it to another database."),
    "import": ("daogou.cli.import_", "Bring in items, users and events from files."),
    "train": ("daogou.cli.train", "Fit all models, measure them, and publish them."),
    "worker": ("daogou.cli.worker", "Train in the background; releases that pass their guardrail serve."),
    "release": ("daogou.cli.release", "Releases: list, show, promote, roll back, canary."),
    "encoder": ("daogou.cli.encoder", "Train the shop's own encoder of texts and pictures."),
    "evaluate": ("daogou.cli.evaluate", "Measure the models on the newest part of the log; publish nothing."),
    "advise": ("daogou.cli.advise", "Say which models suit the shop's data, with evidence."),
    "tune": ("daogou.cli.tune", "Search better settings for the models, and propose them."),
    "serve": ("daogou.cli.serve", "Answer over HTTP, with the storefront."),
    "stars": ("daogou.cli.stars", "Print how many stars somebody would give."),
    "recommend": ("daogou.cli.recommend", "Print one list with its reasons."),
    "guide": ("daogou.cli.guide", "Talk with the guide, which knows the shop's catalogue."),
    "search": ("daogou.cli.search", "Search the shop with words, as a shopper would."),
    "lists": ("daogou.cli.lists", "Make one list per shopper for push or e-mail, and send them."),
    "items": ("daogou.cli.items", "List items, for example those that pass a filter."),
    "explain": ("daogou.cli.explain", "Say why an item is in a list, or why not."),
    "exposure": ("daogou.cli.exposure", "Say what new items, brands and sellers got of the places that went out."),
    "discovery": ("daogou.cli.discovery", "Say how often a placement shows shoppers departments new to them."),
    "objective": ("daogou.cli.objective", "Learn from the log what each kind of event is worth."),
    "rules": ("daogou.cli.rules", "Pin, hide, boost, bury, cap and quota: the merchant's rules."),
    "trust": ("daogou.cli.trust", "Say who and what is held back from learning, and why; take it back."),
    "drift": ("daogou.cli.drift", "Say whether catalogue, events and lists still are what they used to be."),
    "key": ("daogou.cli.key", "Make, list and revoke API keys."),
    "compact": ("daogou.cli.compact", "Move the event log into Parquet partitions."),
    "backup": ("daogou.cli.backup", "Copy a running shop, list the copies, check them."),
    "restore": ("daogou.cli.restore", "Make a shop from a backup."),
    "audit": ("daogou.cli.audit", "Show the log of administrative acts, and check that nobody changed it."),
    "doctor": ("daogou.cli.doctor", "Look a live shop over and say what to do."),
    "bench": ("daogou.cli.bench", "Measure quality on public protocols."),
}
"""Every command with the file it lives in and its one line of help."""


_MAKE_ROOM = "Free some space and run the same command again."
_LET_WRITE = "Let this account write there, or choose another folder with --shop."
PLACE_ERRORS: dict[int, str] = {
    errno.ENOSPC: _MAKE_ROOM,
    errno.EDQUOT: _MAKE_ROOM,
    errno.EROFS: _LET_WRITE,
    errno.EACCES: _LET_WRITE,
    errno.EPERM: _LET_WRITE,
}
"""What the machine refuses that the person in front of it can mend, and how; any other failure of it is ours."""


NO_MEMORY = (
    "daogou: there is not enough memory, or the system ended a process for it. Nothing was published, and what serves "
    "goes on. Give it more, or train fewer or smaller models: see docs/operation/faults.md.  [memory]\n"
)


class LazyGroup(TyperGroup):
    """Lists all commands without importing any of them."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A stand-in with name and help; enough for the list of commands."""
        if cmd_name not in COMMANDS:
            return None
        help_line = COMMANDS[cmd_name][1]
        return TyperCommand(cmd_name, help=help_line, short_help=help_line)

    def invoke(self, ctx: Any) -> Any:
        """Run the command. Stopped from the keyboard, it says what that means for the next start."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            sys.stderr.write("\ndaogou: stopped. What was finished is kept; the same command goes on from there.\n")
            raise typer.Exit(130) from None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command itself, imported now that it is about to run."""
        if not args or args[0] not in COMMANDS:
            return super().resolve_command(ctx, args)
        command = typer.main.get_command(import_module(COMMANDS[args[0]][0]).app)
        command.name = args[0]
        return args[0], command, args[1:]


app = typer.Typer(
    cls=LazyGroup,
    help="Daogou 导购: a self-hosted AI shopping guide.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


@app.callback()
def _root() -> None:
    """Daogou 导购: a self-hosted AI shopping guide."""


def run() -> None:
    """Entry point: 0 when it worked, 1 when it failed, 2 when it was called wrongly."""
    try:
        app()
    except DaogouError as error:
        sys.stderr.write(f"daogou: {printable(str(error))}  [{error.code}]\n")
        sys.exit(2 if isinstance(error, InvalidInput) else 1)
    except BrokenPipeError:
        sys.exit(1)
    except (MemoryError, BrokenExecutor):
        sys.stderr.write(NO_MEMORY)
        sys.exit(1)
    except OSError as error:
        if error.errno not in PLACE_ERRORS:
            raise
        sys.stderr.write(f"daogou: {_told(error)}\n")
        sys.exit(1)


def _told(error: OSError) -> str:
    """A full or closed disk as a person can act on it."""
    place = error.filename if error.filename is not None else "a file of the shop"
    return f"{place} cannot be written: {error.strerror}. {PLACE_ERRORS[error.errno or 0]}  [os_error]"
