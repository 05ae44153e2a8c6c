"""Prose as it comes in, sentence by sentence through the gate; too many dropped, and none of it is shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from daogou.decide.guide.model.gate import Gate
from daogou.decide.guide.model.sentences import Sentences

MOST_DROPPED = 0.3
"""Share of dropped sentences beyond which the whole answer is distrusted."""

JUDGED_FIRST = 3
"""Sentences judged before the first goes out."""

MOST_SENTENCES = 8


@dataclass
class Prose:
    """dropped: how many sentences did not pass, by reason; is_broken: the reply's own sentences stand from here on."""

    gate: Gate
    kept: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    is_broken: bool = False
    _sentences: Sentences = field(default_factory=Sentences)
    _waiting: list[str] = field(default_factory=list)

    def feed(self, piece: str) -> list[str]:
        """Sentences that may be shown now."""
        self._judge(self._sentences.feed(piece))
        return self._released(least=JUDGED_FIRST)

    def end(self, *, is_whole: bool) -> list[str]:
        """What may still be shown when nothing more comes; of a stream that was cut off, whole sentences only."""
        self._judge(self._sentences.rest(is_whole=is_whole))
        return self._released(least=1)

    def _judge(self, sentences: list[str]) -> None:
        for sentence in sentences:
            judged = self.gate.judge(sentence)
            if judged.text is None:
                self.dropped[judged.reason] += 1
            elif self.kept < MOST_SENTENCES:
                self.kept += 1
                self._waiting.append(judged.text)

    def _released(self, *, least: int) -> list[str]:
        dropped = self.dropped.total()
        if dropped + self.kept < least:
            return []
        self.is_broken = self.is_broken or dropped > MOST_DROPPED * (dropped + self.kept)
        released, self._waiting = self._waiting, []
        return [] if self.is_broken else released
