"""Releases as they go out."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from daogou.learn.promotion import Standing
from daogou.learn.release_log import Happening


class ReleaseFacts(msgspec.Struct, frozen=True):
    """One release. `canary`: serves some shoppers; `candidate`: never served; `judged`: what its guardrail found."""

    name: str
    standing: Literal["serving", "previous", "kept", "canary", "candidate"]
    created_at: str | None
    models: list[str]
    interactions: int | None
    verdict: Literal["promote", "hold", "refuse"] | None
    problem: str | None
    judged: dict[str, Any] | None


class HappeningFacts(msgspec.Struct, frozen=True):
    """One thing that happened to a release, through whom and why."""

    at: str
    what: str
    release: str
    by: str
    outcome: str
    reasons: list[dict[str, str]]


class ReleasesAnswer(msgspec.Struct, frozen=True):
    """Every release, the serving one first; what happened lately, newest first."""

    releases: list[ReleaseFacts]
    log: list[HappeningFacts]


class ReleaseSwitched(msgspec.Struct, frozen=True):
    """The release that is in force now; every process serves it within a second or two."""

    serving: str


def release_facts(one: Standing, judged: dict[str, Any] | None) -> ReleaseFacts:
    """A release on the wire."""
    return ReleaseFacts(
        one.name, one.standing, one.created_at, list(one.models), one.interactions, one.verdict,  # type: ignore[arg-type]
        one.problem, judged,
    )  # fmt: skip


def happening_facts(one: Happening) -> HappeningFacts:
    """A line of the log on the wire."""
    return HappeningFacts(one.at, one.what, one.release, one.by, one.outcome, list(one.reasons))
