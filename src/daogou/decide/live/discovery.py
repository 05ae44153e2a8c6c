"""What a placement is worth for discovery: how often what shoppers take from it is of a department new to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

TAKEN = frozenset({"select_item", "add_to_cart", "purchase"})


@dataclass(frozen=True, slots=True)
class Discovery:
    """Takes of one kind (clicks, carts or purchases) on a placement and everywhere else, and how many were new."""

    taken: int
    new: int
    taken_elsewhere: int
    new_elsewhere: int

    @property
    def share(self) -> float:
        """Part of the takes on the placement that were of a new department; 0 without any."""
        return self.new / self.taken if self.taken else 0.0

    @property
    def lift(self) -> float | None:
        """That part over the same part elsewhere; None where there is nothing to compare with."""
        if not self.taken or not self.new_elsewhere:
            return None
        return self.share / (self.new_elsewhere / self.taken_elsewhere)


def discovery(
    outcomes: Iterable[Mapping[str, object]], department_of: Mapping[str, str], placement: str = "cross_category"
) -> dict[str, Discovery]:
    """By event name, how often a department was new to the shopper at the moment they took something of it.

    outcomes       rows of `read_outcomes`, in order of time, with name, person, placement and item_id
    department_of  outermost category by item id; items without one are not counted

    The first department of a shopper is not counted either: it is new wherever it was found.
    """
    seen: dict[str, set[str]] = defaultdict(set)
    counts: dict[str, list[int]] = {name: [0, 0, 0, 0] for name in sorted(TAKEN)}
    for row in outcomes:
        person, department = row["person"], department_of.get(str(row["item_id"]), "")
        if person is None or not department:
            continue
        known = seen[str(person)]
        name = str(row["name"])
        if name in TAKEN and known:
            column = 0 if row["placement"] == placement else 2
            counts[name][column] += 1
            counts[name][column + 1] += department not in known
        if name in TAKEN or name == "view_item":
            known.add(department)
    return {name: Discovery(*numbers) for name, numbers in counts.items()}
