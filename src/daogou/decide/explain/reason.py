"""The reasons of the places of a slate, read from the trace."""

from __future__ import annotations

from daogou.core.types import Evidence, Reason, text_in
from daogou.decide.explain.causes import Cited
from daogou.decide.explain.wording import EVENT_CODES, NO_FACTS, SHOWN_NAMES, sentence
from daogou.decide.retrieve.signal import Told
from daogou.decide.trace import Trace


class Reasons:
    """Made once per slate, asked once per place."""

    def __init__(self, made: Trace) -> None:
        self._made = made
        self._items = made.occasion.catalogue.items
        self._causes: list[int] = made.causes.numbers.tolist()
        self._events = made.occasion.past.strongest
        self._drawn = made.reranked.drawn if made.reranked is not None else {}
        self._arguing = [index for index, signal in enumerate(made.signals) if len(signal.causes)]
        self._impersonal = [index for index, signal in enumerate(made.signals) if not len(signal.causes)]

    def of(self, place: int, number: int, cited: Cited) -> Reason:
        """The causes that carry the place, or what knows nobody and does when no cause is enough.

        number  the item that stands there
        """
        language = self._made.language
        if number in self._drawn:
            return Reason("explored", sentence("explored", (), 0, language))
        sources = self._made.causes.sources[:, place].tolist()
        is_ranked = self._made.ranked is not None and self._made.placement.reasons == "asked"
        if not (cited.causes and cited.is_enough):
            best = max(self._impersonal, key=sources.__getitem__, default=None)
            if best is not None and (not is_ranked or sources[best] > 0):
                code, facts = self._told(best, number)
                return Reason(code, sentence(code, (), 0, language, facts))
            if is_ranked:
                return Reason("ranked", sentence("ranked", (), 0, language))
        evidence = []
        for cause, share in zip(cited.causes, cited.shares, strict=True):
            item = self._items[self._causes[cause]]
            title = text_in(item.title, language)
            evidence.append(Evidence(item.id, title, share, self._events.get(item.id)))
        loudest = max(self._arguing, key=sources.__getitem__, default=None)
        code, facts = ("", NO_FACTS) if loudest is None else self._told(loudest, number)
        code = code or EVENT_CODES.get(evidence[0].event or "", "because_viewed")
        names = [one.title for one in evidence[:SHOWN_NAMES]]
        return Reason(code, sentence(code, names, len(evidence), language, facts), tuple(evidence))

    def _told(self, index: int, number: int) -> Told:
        """What this signal says of an item."""
        signal = self._made.signals[index]
        return signal.tell(number, self._made.shown()) if signal.tell else (signal.code, NO_FACTS)
