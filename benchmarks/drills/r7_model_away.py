"""R7: the language model hangs, fails, talks nonsense or never stops; shoppers are answered all the same."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.serve.language_model import played

from drills.drill import Drill, Given, Outcome
from drills.place import scratch
from drills.s9_grounding import shop_of
from drills.talker import Talker
from http_server import Server, copied, percentile

MOST_CARDS_MS, MOST_TURN_MS = 150.0, 6_000.0
FAILURES = 5
MOST_CALLS = 2 * FAILURES
"""A second call of a turn, left because its words do not pass the gate, is no failure of the endpoint."""
TURNS, SHORT_TURNS = 12, 8
WARM: tuple[dict[str, object], ...] = (
    {"utterance": "you idiot"},
    {"acts": [{"type": "inform", "wants": [{"field": "price", "op": "at_most", "number": 9000}]}]},
    {"acts": [{"type": "plain", "name": "popular"}]},
)
"""What builds, in the first turns of a process, what is kept in memory, and asks the model little or nothing."""
LAST = 2
"""Turns at the end in which nobody may wait for the endpoint any more."""
MOST_LEFT_ALONE_MS = 700.0
SAID = (
    "a red mug under 15",
    "something blushing for tea",
    "送女朋友的礼物，有点特别的那种",
    "cheaper please",
    "the second one",
)
FAULTS: dict[str, played.Play] = {
    "hangs before the first byte": played.hangs(),
    "hangs midway": played.hangs_midway,
    "keeps the line warm": played.drips_nothing,
    "answers 500": played.fails,
    "talks garbage": played.garbage,
    "never ends": played.never_ends,
    "never ends a line": played.never_ends_a_line,
    "calls a wrong tool": played.wrong_tool,
    "says nothing": played.says(""),
}
NO_CONNECTION = "takes no connection"


@dataclass
class Told:
    """What shoppers were told under one fault. calls: how often the endpoint was asked until it was left alone."""

    cards_ms: list[float] = field(default_factory=list)
    all_ms: list[float] = field(default_factory=list)
    modes: Counter[str] = field(default_factory=Counter)
    calls: int = 0
    wrong: list[str] = field(default_factory=list)


def run(given: Given) -> Outcome:
    """Each fault with a server of its own, so that the breaker begins closed."""
    turns = SHORT_TURNS if given.is_short else TURNS
    told: dict[str, Told] = {}
    with scratch() as place, ExitStack() as stack:
        shop = given.shop or shop_of("bilingual", place / "shop")
        nowhere = stack.enter_context(played.nowhere())
        told[NO_CONNECTION] = _under(shop, nowhere, turns, lambda: 0)
        for name, play in FAULTS.items():
            endpoint = played.Place()
            endpoint.plays(play)
            told[name] = _under(shop, endpoint.url, turns, lambda one=endpoint: len(one.asked))
            endpoint.close()
    wrong = [f"{name}: {one}" for name, each in told.items() for one in each.wrong]
    for one in wrong:
        print(one, file=sys.stderr)
    cards = [ms for each in told.values() for ms in each.cards_ms[len(SAID) :]]
    first = [ms for each in told.values() for ms in each.cards_ms[: len(SAID)]]
    ends = [ms for each in told.values() for ms in each.all_ms]
    modes = sum((each.modes for each in told.values()), Counter[str]())
    most_calls = max(each.calls for each in told.values())
    late = sum(ms > MOST_CARDS_MS for ms in cards)
    is_late = percentile(cards, 0.95) > MOST_CARDS_MS
    measured = (
        f"{len(told)} faults, {len(ends)} turns as streams: cards p50 {percentile(cards, 0.5):.0f} ms, p95 "
        f"{percentile(cards, 0.95):.0f} ms, longest {max(cards):.0f} ms ({late} over {MOST_CARDS_MS:.0f} ms; "
        f"in a process's first {len(SAID)} "
        f"{max(first):.0f} ms); turn "
        f"p50 {percentile(ends, 0.5):.0f} ms, longest {max(ends) / 1e3:.1f} s; asked at most {most_calls} times before "
        f"it is left alone; modes {', '.join(f'{number} × {mode}' for mode, number in sorted(modes.items()))}; "
        f"{len(wrong)} faults seen"
    )
    return Outcome(not wrong and not is_late, measured)


def _under(shop: Path, url: str, turns: int, asked: Callable[[], int]) -> Told:
    folder = copied(shop)
    with (folder / "shop.toml").open("a") as file:
        file.write(f'\n[language_model]\nurl = "{url}"\nmodel = "small"\nread = "always"\n')
    server, told = Server(folder), Told()
    server.start()
    talker = Talker(server)
    try:
        for number, said in enumerate(WARM):
            talker.whole({**said, "visitor_id": f"warm{number}"})
        for number in range(turns):
            _one(talker, number, told)
    finally:
        talker.close()
        server.stop()
    told.calls = asked()
    if told.calls > MOST_CALLS:
        told.wrong.append(f"asked {told.calls} times, {FAILURES} failures open the breaker")
    waited = max(end - cards for end, cards in zip(told.all_ms[-LAST:], told.cards_ms[-LAST:], strict=True))
    if waited > MOST_LEFT_ALONE_MS:
        told.wrong.append(f"waited {waited:.0f} ms for it to the end: the breaker never opened")
    return told


def _one(talker: Talker, number: int, told: Told) -> None:
    said = SAID[number % len(SAID)]
    turn = talker.stream({"utterance": said, "visitor_id": f"v{number}"})
    told.cards_ms.append(turn.cards_ms)
    told.all_ms.append(turn.all_ms)
    told.modes[turn.mode] += 1
    if not turn.answers or not turn.answers[0]["said"]:
        told.wrong.append(f"{said!r} was not answered")
    if turn.all_ms > MOST_TURN_MS + MOST_CARDS_MS:
        told.wrong.append(f"{said!r} took {turn.all_ms:.0f} ms")
    if turn.mode == "llm" and not turn.prose:
        told.wrong.append(f"{said!r} says that the model spoke, and it did not")


DRILL = Drill(
    "R7",
    "the language model takes no connection, hangs, fails, talks nonsense, never ends",
    "every turn answered by rules within 6 s, cards p95 ≤ 150 ms, left alone after ≤ 5 failures",
    run,
)
