"""What the shop says of an item: its own attributes, else the sentence of its description that answers."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from daogou.core.types import Item, text_in
from daogou.decide.filters.folding import fold
from daogou.decide.guide.acts import CATEGORY, PRICE, STOCK, AskFact, AskReason, Bundle, Inform, Like, Pick, Ref
from daogou.decide.guide.cards import cards
from daogou.decide.guide.clean import clean
from daogou.decide.guide.fields import NEVER_TOLD, SAID_BY_CATEGORY
from daogou.decide.guide.looking import inform
from daogou.decide.guide.reply import Choice, Quote, Row, Table
from daogou.decide.guide.turn import Turn
from daogou.decide.guide.words import button

MOST_FACTS = 12
MOST_QUOTED = 300
_END = re.compile(r"(?<=[.!?。！？；])\s*")

ASKED_WORDS = {
    "material": "made of,made from,fabric,cotton,wool,metal,wooden,glass,ceramic,leather,steel,材质,面料,棉,木,陶瓷",
    "dishwasher safe": "dishwasher,洗碗机",
    "microwave safe": "microwave,微波炉",
    "waterproof": "waterproof,water-resistant,water resistant,splash,rain,防水,防泼水,泼水,不怕水,防雨",
    "size": "size,dimensions,measures,尺寸,尺码,大小",
    "weight": "weight,weighs,heavy,light,重量,净重,轻,重",
    "battery": "battery,charge,hours,电池,续航,充电",
    "care": "wash,wipe clean,洗,清洁,保养",
    "age": "age,years old,岁,年龄",
    "origin": "made in,origin,产地,原产",
    "ingredients": "ingredients,contains,成分,配料",
    "warranty": "warranty,guarantee,保修,质保",
}
"""Words in which a description answers a question about a field."""


def ask_fact(turn: Turn, act: AskFact) -> None:
    """Quote what the shop says; say plainly where it says nothing."""
    item_id = turn.meant(act.item)
    if item_id is None and act.item is None and act.field and turn.shown():
        _tell_each(turn, act.field)
        return
    item_id = item_id or turn.need(act.item)
    if item_id is None:
        return
    item = turn.view.item(item_id)
    assert item is not None
    turn.state = msgspec.structs.replace(turn.state, topic=item_id)
    _show(turn, item_id)
    title = f"{{title:{item_id}}}"
    if not act.field:
        tell_all(turn, item)
    elif act.field == PRICE:
        turn.say("fact_price", {"item_id": item_id, "field": PRICE}, title=title, price=f"{{price:{item_id}}}")
    elif act.field == STOCK:
        turn.say(_stock_code(item), {"item_id": item_id, "field": STOCK}, title=title)
    else:
        _tell_one(turn, item, act.field)


def _tell_each(turn: Turn, name: str) -> None:
    """The same of everything shown, where no item was named."""
    items = [item for one in turn.shown() if (item := turn.view.item(one)) is not None]
    numbers = turn.view.shop.catalogue.numbers([item.id for item in items]).tolist()
    facts = {"field": name, "item_ids": [item.id for item in items]}
    turn.cards += [msgspec.structs.replace(one, role="anchor") for one in cards(turn.board(), numbers, turn.labels)]
    if name == STOCK:
        gone = [item for item in items if item.availability == "out_of_stock"]
        turn.say("fact_some_sold_out" if gone else "fact_all_in_stock", facts,
                 titles=turn.labels.listed([f"{{title:{item.id}}}" for item in gone]))  # fmt: skip
    elif name == PRICE:
        turn.say("fact_prices", facts)
    else:
        row = told_row(turn, items, name)
        turn.say("fact_each" if any(row.values) else "fact_unstated_each", facts, field=row.label)
        turn.is_answered = any(row.values)
        turn.table = Table(tuple(item.id for item in items), (row,)) if any(row.values) else None


def told_row(turn: Turn, items: Sequence[Item], name: str) -> Row:
    """What each of them says of one field."""
    values = [_told(turn, item, name) for item in items]
    return Row(name, turn.labels.field(name), tuple(values), len({fold(value) for value in values}) > 1)


def _told(turn: Turn, item: Item, name: str) -> str:
    values = item.categories[0][-1:] if name == CATEGORY and item.categories else turn.view.fields.values_of(item, name)
    return turn.labels.listed([turn.labels.value(name, value) for value in values[:8]])


def _tell_one(turn: Turn, item: Item, name: str) -> None:
    values = turn.view.fields.values_of(item, name)
    facts = {"item_id": item.id, "field": name, "values": list(values)}
    title = f"{{title:{item.id}}}"
    if values:
        told = turn.labels.listed([turn.labels.value(name, value) for value in values])
        turn.say("fact", facts, title=title, field=turn.labels.field(name), value=told)
        return
    sentence = answering(text_in(item.description, turn.language), name)
    if sentence:
        turn.say("fact_quoted", facts, title=title)
        turn.quotes.append(Quote(clean(sentence, MOST_QUOTED), turn.view.title(item.id), item.id, item.url))
        return
    turn.say("fact_unstated", facts, title=title, field=turn.labels.field(name))
    turn.is_answered = False


def tell_all(turn: Turn, item: Item) -> None:
    """Its description, then its attributes, as the shop wrote them."""
    description = clean(text_in(item.description, turn.language), MOST_QUOTED)
    lines = [description] if description else []
    told = [
        (name, values)
        for name, values in item.attributes.items()
        if name not in NEVER_TOLD | SAID_BY_CATEGORY and values
    ]
    for name, values in told[:MOST_FACTS]:
        value = turn.labels.listed([turn.labels.value(name, one) for one in values[:6]])
        lines.append(f"{turn.labels.field(name)}{'：' if turn.language.startswith('zh') else ': '}{value}")
    if lines:
        turn.say("fact_all", {"item_id": item.id}, title=f"{{title:{item.id}}}")
        turn.quotes.append(Quote("\n".join(lines), turn.view.title(item.id), item.id, item.url))


def answering(description: str, name: str) -> str:
    """The sentences of a description that have a word of this field; empty where none has."""
    key = fold(name).replace("_", " ")
    words = {key, *ASKED_WORDS.get(key, key).split(",")}
    words |= {word for told in ASKED_WORDS.values() if key in told.split(",") for word in told.split(",")}
    found = [one for one in _END.split(description) if any(_holds(fold(one), word) for word in words)]
    return " ".join(found[:2])


def _holds(sentence: str, word: str) -> bool:
    if word > "\u2e80":
        return word in sentence
    return re.search(rf"\b{re.escape(word)}", sentence) is not None


def _stock_code(item: Item) -> str:
    if item.availability == "out_of_stock":
        return "fact_sold_out"
    return "fact_in_stock" if item.availability == "in_stock" else "fact_on_order"


def _show(turn: Turn, item_id: str) -> None:
    """Its card, once."""
    if all(one.item_id != item_id for one in turn.cards):
        number = turn.view.shop.catalogue.number_of[item_id]
        turn.cards += [
            msgspec.structs.replace(one, role="anchor") for one in cards(turn.board(), [number], turn.labels)
        ]


def pick(turn: Turn, act: Pick) -> None:
    """What the shop says of it and what one may do next; a superlative is looked for among all that fits."""
    ref = act.item
    if ref.superlative is not None and ref.position is None and ref.item_id is None:
        turn.change(order=ref.superlative, most=ref.most)
        turn.best = (ref.superlative, ref.most)
        return
    if ref.value is not None and turn.meant(ref) is None:
        inform(turn, Inform((ref.value,)))  # none of those shown has it; others may
        return
    item_id = turn.need(ref)
    if item_id is None:
        return
    item = turn.view.item(item_id)
    assert item is not None
    turn.state = msgspec.structs.replace(turn.state, topic=item_id)
    _show(turn, item_id)
    title, price = f"{{title:{item_id}}}", f"{{price:{item_id}}}"
    this = Ref(item_id=item_id)
    if item.availability == "out_of_stock":
        turn.say("sold_out", {"item_id": item_id}, title=title)
        turn.change(anchors=(item_id,), words=(), order="")
        turn.told = True
        return
    turn.say("picked", {"item_id": item_id}, title=title, price=price)
    tell_all(turn, item)
    turn.say("pick_next")
    turn.ways += [
        Choice(button("similar", turn.language), (Like(this),)),
        Choice(button("goes_with", turn.language), (Bundle(this),)),
    ]


def ask_reason(turn: Turn, act: AskReason) -> None:
    """Why it is shown, from what led there; nothing is made up afterwards."""
    shown = turn.shown()
    item_id = turn.meant(act.item) or (shown[0] if act.item is None and shown else None)
    if item_id is None:
        turn.ask_which("which")
        return
    number = turn.view.shop.catalogue.number_of[item_id]
    [card] = cards(turn.board(), [number], turn.labels)
    turn.state = msgspec.structs.replace(turn.state, topic=item_id)
    _show(turn, item_id)
    reason = card.reason.text.rstrip("。.")
    turn.say("why_reason", {"item_id": item_id, "code": card.reason.code}, title=f"{{title:{item_id}}}", reason=reason)
