"""The reason of one place of a slate, read from the trace."""

from __future__ import annotations

from collections.abc import Mapping

from daogou.core.types import Evidence, Item, Reason, text_in
from daogou.decide.explain.causes import Cited
from daogou.decide.explain.wording import EVENT_CODES, SHOWN_NAMES, sentence
from daogou.decide.trace import Trace


def reason_for(made: Trace, place: int, strongest: int, cited: Cited, events: Mapping[str, str]) -> Reason:
    """The reason of one place: the causes that carry it, or the list that does when no cause is enough.

    strongest  number of the signal that speaks loudest for it
    """
    catalogue = made.occasion.catalogue
    if not cited.causes or not cited.is_enough:
        impersonal = [index for index, signal in enumerate(made.signals) if not len(signal.causes)]
        if impersonal:
            best = max(impersonal, key=lambda index: float(made.causes.sources[index, place]))
            code = made.signals[best].code
            return Reason(code, sentence(code, (), 0, made.language))
    causes: list[Item] = [catalogue.items[made.causes.numbers[cause]] for cause in cited.causes]
    evidence = tuple(
        Evidence(item.id, round(share, 6), events.get(item.id))
        for item, share in zip(causes, cited.shares, strict=True)
    )
    code = made.signals[strongest].code or EVENT_CODES.get(events.get(causes[0].id, ""), "because_viewed")
    names = [text_in(item.title, made.language) for item in causes[:SHOWN_NAMES]]
    return Reason(code, sentence(code, names, len(causes), made.language), evidence)
