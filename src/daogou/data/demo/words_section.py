"""The [words] of a demo shop's settings, written from the tables its catalogue was made with."""

from __future__ import annotations

import json
from collections.abc import Mapping

Words = Mapping[str, str]


def words_section(attributes: Mapping[str, Mapping[str, Mapping[str, object]]], names: Mapping[str, Words]) -> str:
    """TOML of [words].

    attributes  name → label and pattern by language, and values: value → words by language
    names       category, brand or value → words by language
    """
    lines = ["", "# What categories, attributes and values are called in each language, for search and the guide.", ""]
    for name, about in attributes.items():
        lines.append(f"[words.attributes.{_key(name)}]")
        lines += [f"{part} = {_table(about[part])}" for part in ("label", "pattern") if about.get(part)]
        if values := about.get("values"):
            lines.append(f"[words.attributes.{_key(name)}.values]")
            lines += [f"{_key(value)} = {_table(words)}" for value, words in values.items()]  # type: ignore[arg-type]
        lines.append("")
    lines.append("[words.names]")
    lines += [f"{_key(name)} = {_table(words)}" for name, words in names.items()]
    return "\n".join(lines) + "\n"


def _key(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)


def _table(words: Mapping[str, object]) -> str:
    told = ", ".join(f"{language} = {json.dumps(word, ensure_ascii=False)}" for language, word in words.items())
    return f"{{ {told} }}"
