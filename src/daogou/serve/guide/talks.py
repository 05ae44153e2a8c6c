"""Remembers turns of the guide: whole and masked for shoppers who agreed, as counts for all others.

Collected on the event loop and written in a thread, a little later and in handfuls; a crash may lose the last second.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from daogou.core.clock import DAY_US, HOUR_US
from daogou.core.errors import DaogouError
from daogou.core.settings.transcripts import TranscriptSettings
from daogou.data.store.store import Store
from daogou.data.store.talk_log import BITS, TalkTurn, Tally, TallyKind
from daogou.decide.guide.acts import AskFact, AskPolicy, Inform, Unknown
from daogou.decide.guide.reply import Reply
from daogou.privacy.personal import mask_personal

LINGER_SECONDS = 1.0
LONGEST_COUNTED = 200
_LOG = logging.getLogger("daogou.serve")


@dataclass
class Talks:
    """One per process and shop.

    secret   keys what shoppers are told apart by; the shop's own
    dropped  turns that the store did not take
    """

    store: Store
    settings: TranscriptSettings
    secret: bytes
    dropped: int = 0
    _turns: list[TalkTurn] = field(default_factory=list)
    _tallies: list[Tally] = field(default_factory=list)
    _is_due: bool = False
    _pruned_at_us: int = 0

    def note(self, reply: Reply, utterance: str, who: str, now_us: int) -> None:
        """Count one turn. who: what tells shoppers apart, for as long as the turn is being counted only."""
        self._tallies += tallies(reply, utterance, who, now_us // DAY_US, self.secret)
        self._later(now_us)

    def keep(self, turn: TalkTurn) -> None:
        """Remember one turn of a shopper who agreed; what names a person is masked here."""
        if self.settings.keep:
            self._turns.append(masked(turn))
            self._later(turn.at_us)

    def flush(self, now_us: int) -> None:
        """Write what waits, on this thread."""
        self._write(*self._taken(), now_us)

    async def settled(self, now_us: int) -> None:
        """Everything said so far is written."""
        await asyncio.to_thread(self._write, *self._taken(), now_us)

    def _later(self, now_us: int) -> None:
        if not self._is_due:
            self._is_due = True
            asyncio.get_running_loop().call_later(LINGER_SECONDS, self._hand_over, now_us)

    def _hand_over(self, now_us: int) -> None:
        asyncio.get_running_loop().run_in_executor(None, self._write, *self._taken(), now_us)

    def _taken(self) -> tuple[list[TalkTurn], list[Tally]]:
        self._is_due = False
        turns, counted = self._turns, self._tallies
        self._turns, self._tallies = [], []
        return turns, counted

    def _write(self, turns: list[TalkTurn], counted: list[Tally], now_us: int) -> None:
        """What the store does not take is lost: a shopper's next turn must not wait for it."""
        try:
            self.store.talks.add(turns, counted, self.settings.least_shoppers)
            if now_us - self._pruned_at_us > HOUR_US:
                self._pruned_at_us = now_us
                counts_before = now_us // DAY_US - self.settings.counts_days
                self.store.talks.prune(now_us - self.settings.days * DAY_US, counts_before)
        except DaogouError as error:
            self.dropped += len(turns)
            _LOG.warning("%d turns of the guide could not be kept: %s", len(turns), error.code)


def tallies(reply: Reply, utterance: str, who: str, day: int, secret: bytes) -> Iterator[Tally]:
    """What a turn is counted for, each once."""
    for kind, text, is_ours in dict.fromkeys(_facts(reply, utterance)):
        digest = hmac.digest(secret, f"{kind}\x1f{text}".encode(), "sha256").hex()[:32]
        place = blake2b(f"{digest}\x1f{who}".encode(), key=secret[:64], digest_size=8).digest()
        yield Tally(day, kind, digest, text, int.from_bytes(place, "big") % BITS, is_ours)


def _facts(reply: Reply, utterance: str) -> Iterable[tuple[TallyKind, str, bool]]:
    """kind, text, and whether the text is the shop's own word."""
    yield "mode", reply.mode, True
    if reply.hand_over:
        yield "hand_over", "hand_over", True
    if not reply.is_answered and (text := folded(utterance)):
        yield "unanswered", text, False
    for act in reply.heard.acts:
        if isinstance(act, Unknown) and act.attribute:
            yield "attribute", folded(act.attribute), False
        if isinstance(act, AskPolicy) and not reply.quotes:
            yield "policy", act.topic, True
        if isinstance(act, AskFact) and act.field:
            yield "field", act.field, True
        if isinstance(act, Inform):
            yield from (("field", want.field, True) for want in act.wants)


def folded(utterance: str) -> str:
    """What was said as it is counted: masked, one width and case, without marks at its ends, not too long."""
    plain = unicodedata.normalize("NFKC", mask_personal(utterance)).casefold()
    return " ".join(plain.split()).strip(" ?!.,;:。？！，；：…")[:LONGEST_COUNTED]


def masked(turn: TalkTurn) -> TalkTurn:
    """The turn without what names a person; the guide may have repeated it."""
    return replace(turn, said=mask_personal(turn.said), answered=mask_personal(turn.answered))
