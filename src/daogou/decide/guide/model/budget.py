"""What a call may cost, by a careful estimate that needs no model's own tokenizer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil

MOST_SESSIONS = 50_000
"""Conversations of a day whose cost is kept apart; the rest share one."""

OTHERS = ""


def tokens_of(text: str) -> int:
    """At least as many tokens as common tokenizers make: three letters of an alphabet, or two thirds of a character."""
    plain = sum(character < "\u0250" for character in text)
    return ceil(plain / 3 + (len(text) - plain) * 1.5)


@dataclass
class Spent:
    """Tokens of one UTC day: of the shop and of each conversation."""

    day: int = 0
    shop: int = 0
    sessions: dict[str, int] = field(default_factory=dict)

    def may(self, day: int, session: str, tokens: int, *, of_session: int, of_shop: int) -> bool:
        """Whether so many tokens more stay within both caps."""
        if day != self.day:
            return tokens <= min(of_session, of_shop)
        return self.shop + tokens <= of_shop and self._of(session) + tokens <= of_session

    def add(self, day: int, session: str, tokens: int) -> None:
        """Note what a call cost; a negative number gives back what was set aside and not used."""
        if day != self.day:
            self.day, self.shop = day, 0
            self.sessions.clear()
        self.shop = max(0, self.shop + tokens)
        named = session if session in self.sessions or len(self.sessions) < MOST_SESSIONS else OTHERS
        self.sessions[named] = max(0, self.sessions.get(named, 0) + tokens)

    def _of(self, session: str) -> int:
        if session not in self.sessions and len(self.sessions) >= MOST_SESSIONS:
            return self.sessions.get(OTHERS, 0)
        return self.sessions.get(session, 0)


def used(answer: Mapping[str, object], sent: str, said: str) -> int:
    """Tokens of a call: what the endpoint counted, never less than half of our own estimate."""
    counted = answer.get("total_tokens")
    estimate = tokens_of(sent) + tokens_of(said)
    return max(counted, estimate // 2) if isinstance(counted, int) else estimate
