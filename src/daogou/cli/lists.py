"""Make one list per shopper for push or e-mail, and send them where asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Annotated

import typer

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import err, out, print_json, progress_bar
from daogou.core.errors import InvalidInput, UnknownName
from daogou.core.settings import ChannelSettings, files_folder
from daogou.data.store.store import Store
from daogou.decide.campaign.make import SKIPPED, Campaign
from daogou.decide.shop import Shop
from daogou.serve.channels import channel_names, open_channel
from daogou.serve.channels.outbox import Outbox
from daogou.serve.channels.run import Report, run_lists
from daogou.serve.private_file import exclusive

app = typer.Typer(add_completion=False)

EVERYBODY = "all"


@app.command()
def make(
    users: Annotated[str, typer.Option(help="all, or a file with one user id per line.")],
    to: Annotated[Path, typer.Option("--out", help="JSON lines, one per shopper. The same command goes on with it.")],
    placement: Annotated[str, typer.Option(help="Which list.")] = "home_for_you",
    limit: Annotated[int | None, typer.Option(min=1, max=100, help="Items per list.")] = None,
    channel: Annotated[str, typer.Option(help="Whose caps count, and over which --send sends.")] = "file",
    send: Annotated[bool, typer.Option("--send", help="Send each list too, once.")] = False,
    folder: ShopFolder = Path("."),
    as_json: AsJson = False,
) -> None:
    """One list per shopper, with reasons: for those who allow it, no oftener than allowed, nothing twice."""
    settings = settings_at(folder)
    if placement not in settings.placements:
        raise UnknownName("placement", placement, settings.placements)
    if channel not in (names := list(dict.fromkeys([*channel_names(), *settings.channels]))):
        raise UnknownName("channel", channel, names)
    chosen = settings.channels.get(channel, ChannelSettings())
    with ExitStack() as opened:
        sender = opened.enter_context(closing(open_channel(channel, chosen.settings, folder))) if send else None
        opened.enter_context(exclusive(files_folder(settings, folder) / "lists"))  # or two runs would break the caps
        shop = opened.enter_context(closing(Shop.open(folder, settings)))
        whom, total = _users(users, shop.store)
        outbox = Outbox(to, {"placement": placement, "users": users, "limit": limit, "channel": channel})
        campaign = Campaign(placement, channel, limit, chosen, settings.lists)
        with progress_bar() as progress:
            report = run_lists(
                shop, campaign, whom, outbox, channels=names, channel=sender, total=total, progress=progress
            )
    print_json(_facts(report)) if as_json else _tell(report, to)
    if report.delivered["failed"]:
        raise typer.Exit(1)


def _users(named: str, store: Store) -> tuple[Iterator[str], int]:
    """The user ids, each once, and how many there are."""
    if named == EVERYBODY:
        return (user.id for user in store.all_users()), store.statistics()["users"]
    try:
        lines = Path(named).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(
            f"--users {named!r} is neither {EVERYBODY!r} nor a file that can be read: {error}"
        ) from error
    ids = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    return iter(ids), len(ids)


def _facts(report: Report) -> dict[str, object]:
    return {
        "lists": report.lists,
        "neutral": report.neutral,
        "resumed": report.resumed,
        "unknown": report.unknown,
        "unknown_ids": report.unknown_ids,
        "skipped": dict(report.skipped),
        "delivered": dict(report.delivered),
    }


def _tell(report: Report, to: Path) -> None:
    out.print(f"{report.lists:,} lists in {to}", markup=False, soft_wrap=True)
    if report.resumed:
        out.print(f"  {report.resumed:,} of them were there already")
    if report.neutral:
        out.print(f"  {report.neutral:,} of them neutral: made without a profile, and counted for no cap")
    if report.unknown:
        more = ", …" if report.unknown > len(report.unknown_ids) else ""
        err.print(
            f"  {report.unknown:,} of them are for ids of which nothing is known, neither a record nor an event: "
            f"{', '.join(report.unknown_ids)}{more}. They hold what a stranger gets. Write ids as events and users do, "
            "import these users first, or leave them out.",
            markup=False,
            soft_wrap=True,
        )
    for code, count in sorted(report.skipped.items()):
        out.print(f"skipped: {count:,} who {SKIPPED[code]}", soft_wrap=True)
    words = {
        "sent": "sent",
        "failed": "failed, see the .outcomes file",
        "begun": "begun and not known to have gone out",
    }
    for outcome, count in report.delivered.items():
        (out if outcome == "sent" else err).print(f"{words[outcome]}: {count:,}", soft_wrap=True)
