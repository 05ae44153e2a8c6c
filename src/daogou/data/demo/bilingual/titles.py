"""How the bilingual shop writes a title and a description, in Chinese and in English.

Chinese titles put spaces between brand, head and properties, as Chinese shops do: 云杉 真无线降噪耳机 30小时续航 白色.
English ones read on: Yunshan true wireless noise-cancelling earbuds, 30 h battery, white.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from daogou.data.demo.bilingual.vocabulary import Claim, Kind, Pair, ProductType
from daogou.data.demo.bilingual.words import LANGUAGES, attribute_label, title_word, value_word

_NOT_DESCRIBED = frozenset({"product_type", "style", "audience"})


def write_title(brand: Pair, model: str, product: ProductType, kind: Kind, chosen: Mapping[str, str]) -> dict[str, str]:
    """The title by language.

    model   such as "N5 Pro", empty where the type has none
    chosen  attribute name -> value
    """
    zh = [brand[0], *([model] if model else []), kind.name[0]]
    zh += [_in_title(product, name, chosen[name], "zh") for name in product.title if _is_said(name, chosen[name])]
    head = " ".join(part for part in (brand[1], model, kind.name[1]) if part)
    en = [head]
    en += [_in_title(product, name, chosen[name], "en") for name in product.title if _is_said(name, chosen[name])]
    return {"zh": " ".join(zh), "en": ", ".join(en)}


def write_description(claims: Sequence[Claim], attributes: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Two sentences of praise, then the properties one by one."""
    described = {name: values for name, values in attributes.items() if _is_described(name, values)}
    texts = {}
    for number, language in enumerate(LANGUAGES):
        full_stop, gap, between, colon = ("。", "", "、", "：") if language == "zh" else (".", " ", ", ", ": ")
        sentences = [claim.text[number] + full_stop for claim in claims]
        for name, values in described.items():
            shown = between.join(value_word(name, value, language) for value in values)
            sentences.append(f"{attribute_label(name, language)}{colon}{shown}{full_stop}")
        texts[language] = gap.join(sentences)
    return texts


def _is_described(name: str, values: Sequence[str]) -> bool:
    return name not in _NOT_DESCRIBED and list(values) != ["multicolour"]


def _is_said(name: str, value: str) -> bool:
    return not (name == "count" and value == "1")


def _in_title(product: ProductType, name: str, value: str, language: str) -> str:
    if name == "count" and language == "zh":
        return f"{value}{product.counter}装"
    return title_word(name, value, language)
