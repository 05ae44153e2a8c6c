"""A shopper's tags in one sentence, for the shopper to read."""

from __future__ import annotations

from collections.abc import Sequence

from daogou.decide.profile.taste import Liking

MOST_NAMED = 4
_AND = {"en": " and ", "zh": "和"}
_COMMA = {"en": ", ", "zh": "、"}
_SENTENCE = {"en": "You seem to like {names}.", "zh": "看起来您喜欢{names}。"}


def summary(tags: Sequence[Liking], language: str) -> str | None:
    """What they like most, in the order of the tags; None where nothing is known of them."""
    place = "zh" if language.startswith("zh") else "en"
    names = list(dict.fromkeys(tag.label for tag in tags))[:MOST_NAMED]
    if not names:
        return None
    *before, last = names
    listed = _COMMA[place].join(before) + _AND[place] + last if before else last
    return _SENTENCE[place].format(names=listed)
