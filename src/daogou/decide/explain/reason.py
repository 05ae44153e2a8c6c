"""The reason of one place of a slate, read from the trace."""

from __future__ import annotations

from collections.abc import Mapping

from daogou.core.types import Evidence, Item, Reason, text_in
from daogou.decide.explain.causes import Cited
from daogou.decide.explain.wording import EVENT_CODES, NO_FACTS, SHOWN_NAMES, sentence
from daogou.decide.retrieve.signal import Told
from daogou.decide.trace import Trace


def reason_for(made: Trace, place: int, strongest: int, cited: Cited, events: Mapping[str, str]) -> Reason:
    """The reason of one place: the causes that carry it, or the list that does when no cause is enough.

    strongest  number of the signal that speaks loudest for it
    """
    catalogue = made.occasion.catalogue
    if made.reranked is not None and int(made.pool.numbers[place]) in made.reranked.drawn:
        return Reason("explored", sentence("explored", (), 0, made.language))
    if not cited.causes or not cited.is_enough:
        impersonal = [index for index, signal in enumerate(made.signals) if not len(signal.causes)]
        if impersonal:
            best = max(impersonal, key=lambda index: float(made.causes.sources[index, place]))
            code, facts = _told(made, best, place)
            return Reason(code, sentence(code, (), 0, made.language, facts))
    causes: list[Item] = [catalogue.items[made.causes.numbers[cause]] for cause in cited.causes]
    evidence = tuple(
        Evidence(item.id, round(share, 6), events.get(item.id))
        for item, share in zip(causes, cited.shares, strict=True)
    )
    code, facts = _told(made, strongest, place)
    code = code or EVENT_CODES.get(events.get(causes[0].id, ""), "because_viewed")
    names = [text_in(item.title, made.language) for item in causes[:SHOWN_NAMES]]
    return Reason(code, sentence(code, names, len(causes), made.language, facts), evidence)


def _told(made: Trace, index: int, place: int) -> Told:
    """What this signal says of one place."""
    signal = made.signals[index]
    return signal.tell(int(made.pool.numbers[place]), made.shown()) if signal.tell else (signal.code, NO_FACTS)
