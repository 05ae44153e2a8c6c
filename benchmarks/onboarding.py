"""What are three questions to a new shopper worth? On the bilingual shop, whose truth is known.

    python benchmarks/onboarding.py --work FOLDER

Shoppers who did nothing before 20 September come as strangers to the shop trained up to then. They answer by their
true tastes: of each question the choice whose items they would click most often, or "it doesn't matter" where that is
no tenth more than of all items. Asked are the shop's adaptive questions, or random ones with the same choices. The
truth says how many clicks their list `home_for_you` would get. Writes benchmarks/results/onboarding.md.
"""

from __future__ import annotations

import argparse
import platform
import secrets
from collections import Counter
from pathlib import Path

import numpy as np

from daogou.core.clock import DAY_US
from daogou.core.types import F64, User
from daogou.data.demo.bilingual.shop import BilingualShop
from daogou.data.demo.bilingual.truth import attraction
from daogou.decide.onboarding.choose import Asked, question
from daogou.decide.onboarding.interview import MOST_QUESTIONS, Answer, interview, next_question, popularity, tag_of
from daogou.decide.pipeline import recommend
from daogou.decide.request import RecommendRequest
from daogou.decide.shop import Shop
from known_truth import CUT_US, opened, paired, prepared, trained, world

SEEDS = (7, 11)
LIMIT = 12
MOST_SHOPPERS = 300
WANTED = 1.1
WEEKS = (1, 4, 7)
RESULTS = Path(__file__).parent / "results" / "onboarding.md"


class Judge:
    """One shop and its truth."""

    def __init__(self, made: BilingualShop, folder: Path) -> None:
        self.made, self.truth = made, made.truth
        self.shop: Shop = opened(folder, lambda: CUT_US)
        self.times = [CUT_US + week * 7 * DAY_US + 12 * DAY_US // 24 for week in WEEKS]
        self.rng = np.random.default_rng(0)
        self.asked: Counter[str] = Counter()

    def clicks(self, user: int, user_id: str) -> float:
        """Expected clicks of the list, mean over some moments."""
        listed = recommend(self.shop, RecommendRequest("home_for_you", user_id, limit=LIMIT)).items
        items = self.truth.item_numbers([one.item_id for one in listed])
        contexts = [self.truth.context(at_us, user) for at_us in self.times]
        return float(np.mean([self.truth.click_probability(user, items, at).sum() for at in contexts]))

    def answer(self, user: int, asked: Asked) -> Answer:
        """What she would say."""
        items = np.flatnonzero(~self.truth.item_is_coupon).astype(np.int32)
        liked = np.zeros(len(self.truth.item_ids))
        liked[items] = attraction(self.truth.utility(user, items, self.truth.context(self.times[0], user)))
        values = self.shop.wishes.tags.facets[asked.facet]
        mean = {value: float(liked[self._in_truth(values[value])].mean()) for value in asked.values}
        best = max(mean, key=lambda value: mean[value])
        is_wanted = mean[best] >= WANTED * float(liked[items].mean())
        return Answer(asked.facet, tag_of(asked.facet, best) if is_wanted else None)

    def random_question(self, done: set[str]) -> Asked | None:
        facets = self.shop.wishes.tags.facets
        taken = popularity(self.shop)
        open_ones = [question(one, facets[one], taken, {}) for one in sorted(facets) if one not in done]
        open_ones = [one for one in open_ones if len(one.values) >= 2]
        return open_ones[int(self.rng.integers(len(open_ones)))] if open_ones else None

    def _in_truth(self, numbers: np.ndarray) -> np.ndarray:
        return self.truth.item_numbers([self.shop.catalogue.items[number].id for number in numbers.tolist()])


def judge(made: BilingualShop, folder: Path) -> tuple[dict[str, F64], Counter[str]]:
    """(n_shoppers,) expected clicks by what was asked."""
    judge = Judge(made, folder)
    shop = judge.shop
    before = np.unique(made.events.events["user"][made.events.events["at_us"] < CUT_US])
    new = np.setdiff1d(np.arange(len(made.truth.user_ids)), before)
    new = new[~made.events.is_denied[new]][:MOST_SHOPPERS]
    found: dict[str, list[float]] = {}
    run = secrets.token_hex(4)  # wishes stay in the shop, so strangers of another run are others
    records = {user.id: user for user in shop.store.all_users()}
    for user in new.tolist():
        told = records[made.truth.user_ids[user]].attributes
        for arm in ("adaptive", "random", "attributes and adaptive"):
            user_id = f"stranger-{run}-{arm.replace(' ', '-')}-{user}"
            shop.store.put_users([User(user_id, told if arm.startswith("attributes") else {})])
            asked = RecommendRequest("", user_id, language="en")
            answers: list[Answer] = []
            for n_asked in range(MOST_QUESTIONS + 1):
                interview(shop, asked, answers)
                found.setdefault(f"{arm} {n_asked}", []).append(judge.clicks(user, user_id))
                if n_asked == MOST_QUESTIONS:
                    break
                if arm == "random":
                    one = judge.random_question({answer.question for answer in answers})
                else:
                    one = next_question(shop, shop.wishes.tags.facets, answers)
                if one is not None:
                    if arm == "adaptive":
                        judge.asked[f"{n_asked + 1}. {one.facet}"] += 1
                    answers = [*answers, judge.answer(user, one)]
    shop.close()
    return {name: np.array(values) for name, values in found.items()}, judge.asked


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--work", type=Path, required=True, help="where the shops are made")
    work = parser.parse_args().work
    lines = [
        "# What are three questions to a new shopper worth?",
        "",
        "Command: `python benchmarks/onboarding.py --work FOLDER`; bilingual shop (simulated, 3,200 items, 2,000 "
        "shoppers), "
        "trained up to 20 September; new shoppers are those without an event before; `home_for_you`, "
        f"lists of {LIMIT}, expected clicks by the truth that made the log, mean over three moments; "
        f"{platform.machine()}, {platform.system()}. Answers: the choice whose items the shopper would click most "
        f"often, or none where that is less than {WANTED} times all items' mean.",
        "",
        "Intervals: 95%, paired bootstrap over shoppers.",
    ]
    for seed in SEEDS:
        made = world(seed)
        found, asked = judge(made, trained(prepared(made, work / f"shop{seed}")))
        base = found["adaptive 0"]
        who = np.arange(len(base))
        lines += [
            "",
            f"## Seed {seed}: {len(base):,} new shoppers",
            "",
            "| list after | clicks per list | against nothing known | against as many random questions |",
            "|---|---|---|---|",
        ]
        for name, values in found.items():
            rival = found["random" + name[-2:]] if name.startswith("adaptive") and name[-1] != "0" else None
            lines.append(
                f"| {name} answered | {values.mean():.3f} | {told(values, base, who)} | {told(values, rival, who)} |"
            )
        lines += ["", "Asked (adaptive): " + ", ".join(f"{name} {n}" for name, n in sorted(asked.items())) + "."]
        print("\n".join(lines), flush=True)
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def told(values: F64, base: F64 | None, who: np.ndarray) -> str:
    if base is None or values is base:
        return ""
    mean, low, high = paired(values - base, who)
    return f"{mean / base.mean():+.1%} ({low / base.mean():+.1%} to {high / base.mean():+.1%})"


if __name__ == "__main__":
    main()
