"""Thousands of hostile turns: whether a reply ever names what does not exist, shows what may not be sold, or breaks."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from daogou.core.protocols import Progress, silent
from daogou.decide.catalogue import Catalogue
from daogou.decide.guide.evaluation.dialogue import Answering
from daogou.decide.guide.evaluation.grounding import bounds_of, ungrounded, unsupported
from daogou.decide.guide.evaluation.hostile import hostile_request
from daogou.decide.guide.reply import Reply

KEPT_STATES = 50


@dataclass
class Siege:
    """What came of it. problems: (turn, what) of every fault found; replies: how many turns were answered."""

    turns: int = 0
    replies: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)


def besiege(
    guide: Answering, catalogue: Catalogue, *, turns: int = 10_000, seed: int = 0, progress: Progress = silent
) -> Siege:
    """Hold `turns` hostile turns. An exception is a problem like any other: no request may cause one."""
    random, states, found = Random(f"siege {seed}"), [""], Siege()
    bounds: dict[str | None, list[int]] = {}
    ids = [item.id for item in catalogue.items[:500]]
    for turn in range(turns):
        request = hostile_request(random, states, ids)
        found.turns += 1
        try:
            reply = guide.answer(request)
        except Exception as error:  # whatever it is, it is a fault of the guide
            found.problems.append((turn, f"{type(error).__name__}: {error}"[:300]))
            continue
        found.replies += 1
        states.append(reply.state)
        del states[:-KEPT_STATES]
        before = bounds.get(request.state, [])
        bounds[reply.state] = bounds_of(reply)
        wrong = ungrounded(reply, catalogue, request.utterance, before)
        wrong += [*unsupported(reply, catalogue), *unsellable(reply, catalogue)]
        found.problems += [(turn, one) for one in wrong]
        if turn % 100 == 99:
            progress(turn + 1, turns, "hostile turns")
    return found


def unsellable(reply: Reply, catalogue: Catalogue) -> list[str]:
    """Cards offered that are sold out; an item that was asked about by name may be."""
    offered = [card.item_id for card in reply.cards if card.role in ("match", "near", "part")]
    numbers = catalogue.numbers(offered).tolist()
    return [f"{catalogue.items[one].id} is sold out and offered" for one in numbers if not catalogue.is_in_stock[one]]
