"""The reasons of the places of a slate, read from the trace."""

from __future__ import annotations

from collections.abc import Sequence

from daogou.core.types import Evidence, Reason, text_in
from daogou.decide.explain.causes import Cited
from daogou.decide.explain.wording import EVENT_CODES, NO_FACTS, SHOWN_NAMES, sentence
from daogou.decide.retrieve.signal import Told
from daogou.decide.trace import Trace


class Reasons:
    """Made once per slate, asked once per place."""

    def __init__(self, made: Trace) -> None:
        self._made = made
        self._language = made.language
        self._items = made.occasion.catalogue.items
        self._causes: list[int] = made.causes.numbers.tolist()
        self._events = made.occasion.past.strongest
        self._drawn = made.reranked.drawn if made.reranked is not None else {}
        self._arguing = [index for index, signal in enumerate(made.signals) if len(signal.causes)]
        self._impersonal = [index for index, signal in enumerate(made.signals) if not len(signal.causes)]
        self._is_ranked = made.ranked is not None and made.placement.reasons == "asked"
        self._told_of: dict[int, tuple[str, str, str | None]] = {}

    def of(self, number: int, cited: Cited, sources: Sequence[float]) -> Reason:
        """The causes that carry the place, or what knows nobody and does when no cause is enough.

        number   the item that stands there
        sources  (n_signals,) what each signal says of it
        """
        language = self._language
        if number in self._drawn:
            return Reason("explored", sentence("explored", (), 0, language))
        if not (cited.causes and cited.is_enough):
            best = max(self._impersonal, key=sources.__getitem__, default=None)
            if best is not None and (not self._is_ranked or sources[best] > 0):
                code, facts = self._told(best, number)
                return Reason(code, sentence(code, (), 0, language, facts))
            if self._is_ranked:
                return Reason("ranked", sentence("ranked", (), 0, language))
        evidence = tuple(map(self._evidence, cited.causes, cited.shares))
        loudest = max(self._arguing, key=sources.__getitem__, default=None)
        code, facts = ("", NO_FACTS) if loudest is None else self._told(loudest, number)
        code = code or EVENT_CODES.get(evidence[0].event or "", "because_viewed")
        names = [one.title for one in evidence[:SHOWN_NAMES]]
        return Reason(code, sentence(code, names, len(evidence), language, facts), evidence)

    def _evidence(self, cause: int, share: float) -> Evidence:
        told = self._told_of.get(cause)
        if told is None:  # most causes carry several places
            item = self._items[self._causes[cause]]
            told = item.id, text_in(item.title, self._language), self._events.get(item.id)
            self._told_of[cause] = told
        item_id, title, event = told
        return Evidence(item_id, title, share, event)

    def _told(self, index: int, number: int) -> Told:
        """What this signal says of an item."""
        signal = self._made.signals[index]
        return signal.tell(number, self._made.shown()) if signal.tell else (signal.code, NO_FACTS)
