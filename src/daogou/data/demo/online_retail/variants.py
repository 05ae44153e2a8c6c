"""Items that differ only by colour share a group, as a shop shows one product page with a choice of colours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from daogou.data.demo.online_retail.attributes import colours, without_colours
from daogou.data.demo.online_retail.product_type import words_of
from daogou.data.demo.online_retail.taxonomy import product_type_of


def group_ids(spelled: Mapping[str, str]) -> dict[str, str]:
    """Item id -> group id, only for items that belong to a group.

    spelled  item id -> title in capitals, from `titles.spell_out`

    A group is what stays the same when the colours are taken out of the title, and it needs at least two different
    colours. Items without a colour in the title stay alone: silence is no colour.
    """
    members: dict[tuple[str, ...], dict[str, tuple[str, ...]]] = defaultdict(dict)
    for item_id, title in spelled.items():
        words = words_of(title)
        named = colours(words, product_type_of(title))
        if named:
            members[without_colours(words)][item_id] = tuple(named)
    return {
        item_id: _slug(common)
        for common, coloured in members.items()
        if common and len(set(coloured.values())) > 1
        for item_id in coloured
    }


def _slug(words: tuple[str, ...]) -> str:
    return "group-" + "-".join(word.lower().replace("'", "") for word in words if word != "&")
