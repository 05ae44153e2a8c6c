"""The merchant's rules as they come in and go out.

`decide.rules` reads the rows itself, to name every mistake at once; `RuleRow` describes them for the document.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from daogou.core.clock import isoformat
from daogou.data.store.rule_log import RuleVersion
from daogou.decide.rules.findings import Finding
from daogou.decide.rules.preview import Preview
from daogou.decide.rules.reading import MOST_NOTE
from daogou.decide.rules.rule import MOST_RULES, Action
from daogou.serve.api.wire.rows import Id
from daogou.serve.api.wire.slates import Ids, Language, Limit, PlacementName

MOST_LISTS = 20

Version = Annotated[int, Meta(ge=0, le=2**53)]
Note = Annotated[str, Meta(max_length=MOST_NOTE)]
Moment = Annotated[str, Meta(description="A date of the shop's time zone, or a moment: 2026-12-24T18:00:00+08:00")]


class RuleRow(msgspec.Struct, rename={"from_": "from"}):
    """One rule. `position` counts from 0; `until` as a date is the last day; see the page about rules."""

    id: Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
    action: Action
    position: Annotated[int, Meta(ge=0, le=99)] | UnsetType = UNSET
    factor: Annotated[float, Meta(ge=0.01, le=100)] | UnsetType = UNSET
    at_most: Annotated[int, Meta(ge=0, le=100)] | UnsetType = UNSET
    at_least: Annotated[int, Meta(ge=1, le=100)] | UnsetType = UNSET
    items: list[Id] | UnsetType = UNSET
    filter: str | UnsetType = UNSET
    placements: list[PlacementName] | UnsetType = UNSET
    segments: dict[str, list[str]] | UnsetType = UNSET
    store: str | UnsetType = UNSET
    when: dict[str, list[str]] | UnsetType = UNSET
    from_: Moment | UnsetType = UNSET
    until: Moment | UnsetType = UNSET
    note: Note | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET


RuleRows = Annotated[list[RuleRow], Meta(max_length=MOST_RULES)]


class RulesToWrite(msgspec.Struct):
    """A whole set in place of the one at `expected_version`; `force` writes contradictions too."""

    rules: RuleRows
    expected_version: Version
    note: Note = ""
    force: bool = False


class RulesWriting(msgspec.Struct, forbid_unknown_fields=True):
    """The same, with rules not yet read."""

    rules: Any
    expected_version: Version
    note: Note = ""
    force: bool = False


class RulesToCheck(msgspec.Struct):
    """A draft."""

    rules: RuleRows


class RulesChecking(msgspec.Struct, forbid_unknown_fields=True):
    """The same, with rules not yet read."""

    rules: Any


class Shopper(msgspec.Struct, forbid_unknown_fields=True):
    """Somebody, or nobody in particular, and what they are looking at."""

    user_id: Id | None = None
    visitor_id: Id | None = None
    item_ids: Ids = []
    cart: Ids = []
    context: dict[str, Any] = {}


class RulesToPreview(msgspec.Struct, kw_only=True):
    """A draft, the lists to show, and for whom; at most 20 lists in all. `at` looks at another moment."""

    rules: RuleRows
    placements: Annotated[list[PlacementName], Meta(min_length=1, max_length=MOST_LISTS)]
    shoppers: Annotated[list[Shopper], Meta(min_length=1, max_length=MOST_LISTS)] = msgspec.field(
        default_factory=lambda: [Shopper()]
    )
    limit: Limit | None = None
    language: Language | None = None
    at: Moment | None = None


class RulesPreviewing(RulesToPreview, kw_only=True, forbid_unknown_fields=True):
    """The same, with rules not yet read."""

    rules: Any


class RulesToRollBack(msgspec.Struct, forbid_unknown_fields=True):
    """The version to put in force again, in place of the one at `expected_version`."""

    version: Version
    expected_version: Version
    note: Note = ""


class FindingFacts(msgspec.Struct, frozen=True):
    """What is wrong ("error") or doubtful ("warning") about some rules, in both languages."""

    code: str
    severity: Literal["error", "warning"]
    rules: Sequence[str]
    field: str
    value: str
    text: dict[str, str]


class RuleVersionFacts(msgspec.Struct, frozen=True):
    """One version of the set: when, through which key, why, and how many rules it has."""

    version: int
    at: str
    author: str
    note: str
    n_rules: int


class RulesAnswer(msgspec.Struct, frozen=True):
    """A set as it was written; `problems` tells which of its rules this program cannot read."""

    version: int
    rules: list[dict[str, Any]]
    problems: list[str]


class RulesWritten(msgspec.Struct, frozen=True):
    """The version that is in force now, and what there is to say about it."""

    written: RuleVersionFacts
    findings: list[FindingFacts]


class RulesChecked(msgspec.Struct, frozen=True):
    """`ok`: nothing contradicts itself."""

    ok: bool
    findings: list[FindingFacts]


class RulesPreviewed(msgspec.Struct, frozen=True):
    """Each list with the rules in force and with the draft."""

    ok: bool
    findings: list[FindingFacts]
    lists: list[Preview]


class RuleVersionsAnswer(msgspec.Struct, frozen=True):
    """Newest first."""

    versions: list[RuleVersionFacts]


class RuleChangeFacts(msgspec.Struct, frozen=True):
    """One rule before and after; null where it does not exist. `fields`: those that differ."""

    id: str
    change: Literal["added", "removed", "changed", "moved"]
    fields: Sequence[str]
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class RulesDiff(msgspec.Struct, frozen=True, rename={"from_": "from"}):
    """What one version has otherwise than another."""

    from_: int
    to: int
    changes: list[RuleChangeFacts]


def version_facts(made: RuleVersion) -> RuleVersionFacts:
    """A version on the wire."""
    return RuleVersionFacts(made.version, isoformat(made.at_us), made.author, made.note, made.n_rules)


def finding_facts(findings: Sequence[Finding]) -> list[FindingFacts]:
    """Findings on the wire."""
    return [FindingFacts(one.code, one.severity, one.rules, one.field, one.value, one.text) for one in findings]
