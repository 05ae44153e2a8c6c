"""Write the words that the demo catalogues use for categories, attributes and their values, in both languages.

    python web/apps/storefront/dev/catalogue_words.py > web/apps/storefront/src/shared/words/catalogue-words.json

A catalogue keeps slugs and English names, so that filters never depend on a language; the page shows these words.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from daogou.data.demo.bilingual.words import words_table
from daogou.data.demo.online_retail import ATTRIBUTE_ZH, CATEGORY_ZH


def catalogue_words() -> dict[str, Any]:
    """names: English name to Chinese; labels, values and patterns by attribute; words: any other value to Chinese."""
    table = words_table()
    attributes: dict[str, dict[str, Any]] = table["attributes"]
    translated = {english: both["zh"] for english, both in table["names"].items() if both["zh"] != english}
    colours = attributes["colour"]["values"]
    return {
        "names": {**translated, **CATEGORY_ZH},
        "labels": {name: one["label"] for name, one in attributes.items()},
        "values": {name: one["values"] for name, one in attributes.items() if one["values"] and name != "colour"},
        "patterns": {name: one["pattern"] for name, one in attributes.items() if "pattern" in one},
        "words": {**{slug: both["zh"] for slug, both in colours.items()}, **ATTRIBUTE_ZH},
    }


if __name__ == "__main__":
    json.dump(catalogue_words(), sys.stdout, ensure_ascii=False, indent=1, sort_keys=True)
    sys.stdout.write("\n")
