"""The rules in force, kept in step with the store, and their versions: write, compare, roll back."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from daogou.data.store.rule_log import RuleVersion, RuleVersions
from daogou.decide.rules.reading import read_rules, write_rules
from daogou.decide.rules.rule import Rule, row_of
from daogou.decide.rules.ruling import RuleSet

_LOG = logging.getLogger("daogou.decide")


class RuleBook:
    """`refresh` before each answer keeps it in step with other processes; it costs one comparison.

    version   of the set in force
    problems  why rules of that set do not act, one sentence each; empty when all is well
    """

    def __init__(self, versions: RuleVersions, timezone: str) -> None:
        self.versions = versions
        self._timezone = timezone
        self.version = 0
        self.live = RuleSet()
        self.problems: tuple[str, ...] = ()
        self.refresh(versions.version())

    def refresh(self, version: int) -> None:
        """Take over the set that the store has now."""
        if version != self.version:
            rules, problems = self.read(version)
            self.live, self.version, self.problems = RuleSet(rules), version, problems
            for problem in problems:
                _LOG.warning("A rule of version %d does not act. %s", version, problem)

    def read(self, version: int) -> tuple[list[Rule], tuple[str, ...]]:
        """The rules of any version, and why some of them cannot be read. Raises NotFound for one never made."""
        rows = msgspec.json.decode(self.versions.body(version))
        rules, problems = read_rules(rows, self._timezone)
        return rules, tuple(str(one) for one in problems)

    def write(
        self, rules: Sequence[Rule], *, expected_version: int, at_us: int, author: str, note: str = ""
    ) -> RuleVersion:
        """Put a set in force as the next version; other processes see it with their next answer.

        Raises Conflict when the set in force is not `expected_version`.
        """
        made = self.versions.put(
            write_rules(rules),
            expected_version=expected_version,
            at_us=at_us,
            author=author,
            note=note,
            n_rules=len(rules),
        )
        self.refresh(made.version)
        return made

    def roll_back(self, version: int, *, expected_version: int, at_us: int, author: str, note: str = "") -> RuleVersion:
        """Put an earlier set in force again, as the next version and exactly as it was.

        Raises NotFound for a version that was never made, Conflict as `write` does.
        """
        body = self.versions.body(version)
        made = self.versions.put(
            body,
            expected_version=expected_version,
            at_us=at_us,
            author=author,
            note=note or f"back to version {version}",
            n_rules=len(msgspec.json.decode(body)),
        )
        self.refresh(made.version)
        return made


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule that two versions have differently; None where one of them does not have it."""

    id: str
    before: Rule | None
    after: Rule | None
    fields: tuple[str, ...]


def difference(before: Sequence[Rule], after: Sequence[Rule]) -> list[RuleChange]:
    """What changed from one set to another, by id; the order counts where it alone changed."""
    olds, news = {rule.id: rule for rule in before}, {rule.id: rule for rule in after}
    changes: list[RuleChange] = []
    for rule_id in dict.fromkeys([*olds, *news]):
        old, new = olds.get(rule_id), news.get(rule_id)
        if old is None or new is None:
            changes.append(RuleChange(rule_id, old, new, ()))
        elif (was := row_of(old)) != (now := row_of(new)):
            names = tuple(name for name in dict.fromkeys([*was, *now]) if was.get(name) != now.get(name))
            changes.append(RuleChange(rule_id, old, new, names))
    if not changes and [rule.id for rule in before] != [rule.id for rule in after]:
        changes = [RuleChange(rule.id, rule, rule, ("order",)) for rule in after]
    return changes
