"""Talk with the guide in the terminal, or let a program say a few sentences."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import err, out, print_json
from daogou.core.types import text_in
from daogou.decide.guide.clean import clean
from daogou.decide.guide.fill import filled
from daogou.decide.guide.labels import short_money
from daogou.decide.guide.reply import Choice, GuideRequest, Reply
from daogou.decide.shop import Shop

app = typer.Typer(add_completion=False)

ENDS = frozenset(("exit", "quit", "q", "退出"))


@app.command()
def talk(
    say: Annotated[list[str] | None, typer.Option(help="Say this; repeat for several turns.")] = None,
    language: Annotated[str | None, typer.Option(help="en or zh, until a sentence says otherwise.")] = None,
    user: Annotated[str | None, typer.Option(help="A known user.")] = None,
    visitor: Annotated[str | None, typer.Option(help="An unknown visitor.")] = None,
    personalize: Annotated[bool, typer.Option(help="Use the shopper's history.")] = True,
    limit: Annotated[int, typer.Option(min=1, max=24, help="Items per answer.")] = 6,
    folder: ShopFolder = Path("."),
    as_json: AsJson = False,
) -> None:
    """Talk with the guide. A line with only a number and # presses a button: #2. Ctrl+D ends."""
    with closing(Shop.open(folder, settings_at(folder))) as shop:
        common: dict[str, Any] = {
            "language": language, "user_id": user, "visitor_id": visitor, "personalize": personalize, "limit": limit,
        }  # fmt: skip
        reply, replies = None, []
        for line in say if say else _typed():
            request = _request(line, reply, common)
            if request is None:
                err.print("There is no such button.")
                continue
            reply = shop.guide.answer(request)
            if as_json:
                replies.append({"utterance": line, **msgspec.to_builtins(reply)})
            else:
                _print(shop, reply, line if say else None)
        if as_json:
            print_json({"turns": replies})


def _typed() -> Any:
    """What a person types, line by line."""
    while True:
        if sys.stdin.isatty():
            sys.stderr.write("› ")
            sys.stderr.flush()
        line = sys.stdin.readline()
        if not line or line.strip().lower() in ENDS:
            return
        yield line.rstrip("\n")


def _request(line: str, last: Reply | None, common: dict[str, Any]) -> GuideRequest | None:
    """The turn that a line stands for; None where it names a button that is not there."""
    state = last.state if last is not None else None
    if line.startswith("#") and line[1:].isdigit() and last is not None:
        buttons = buttons_of(last)
        place = int(line[1:]) - 1
        return GuideRequest(acts=buttons[place].acts, state=state, **common) if 0 <= place < len(buttons) else None
    return GuideRequest(utterance=line, state=state, **common)


def buttons_of(reply: Reply) -> list[Choice]:
    """Every button of an answer, in the order in which they are numbered."""
    return [*(reply.question.choices if reply.question else ()), *reply.ways_out]


def _print(shop: Shop, reply: Reply, said: str | None) -> None:
    currency = shop.settings.shop.currency
    if said is not None:
        out.print(f"› {said}", style="bold", markup=False, highlight=False)
    for one in reply.said:
        text = filled(one.text, reply.language, currency, shop.catalogue.item)
        out.print(text, markup=False, highlight=False, soft_wrap=True)
    for place, card in enumerate(reply.cards, start=1):
        item = shop.catalogue.item(card.item_id)
        assert item is not None, "every card is an item of the shop"
        price = "" if item.price_minor is None else short_money(item.price_minor, item.currency)
        title = clean(text_in(item.title, reply.language), 60)
        mark = {"near": "~", "part": "+", "anchor": "*"}.get(card.role, " ")
        line = f" {place:>2}{mark} {title}  {price}  · {card.reason.text}"
        out.print(line, markup=False, highlight=False, soft_wrap=True)
    if reply.table is not None:
        for row in reply.table.rows:
            line = f"   {'≠' if row.differs else '='} {row.label}: {' | '.join(one or '–' for one in row.values)}"
            out.print(line, markup=False, highlight=False, soft_wrap=True)
    for quote in reply.quotes:
        out.print(f"   “{quote.text}” ({quote.source})", markup=False, highlight=False, soft_wrap=True)
    buttons = buttons_of(reply)
    asked = len(reply.question.choices) if reply.question else 0
    if reply.question is not None:
        out.print(f" ? {reply.question.text}", markup=False, highlight=False)
    for place, choice in enumerate(buttons, start=1):
        count = "" if choice.count is None else f" ({choice.count:,})"
        mark = "" if place <= asked else "→ "
        out.print(f"     #{place} {mark}{choice.label}{count}", markup=False, highlight=False)
