"""A model that always obeys the attacker changes nothing that matters: what it says is dropped, whoever told it to."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from itertools import cycle

import pytest
from tests.security.attacks import CARRIERS, INSTRUCTIONS, attacks

from daogou.core.types import Item
from daogou.decide.guide.acts import Inform
from daogou.decide.guide.model.facts import Facts, item_facts
from daogou.decide.guide.model.gate import Gate
from daogou.decide.guide.model.prompts import PHRASE, Situation, phrasing_prompt, reading_prompt
from daogou.decide.guide.model.prose import Prose
from daogou.decide.guide.model.reading import read_acts
from daogou.decide.guide.model.vocabulary import Field, Vocabulary
from daogou.decide.words.plain_text import is_hidden

VOCABULARY = Vocabulary(
    (
        Field("category", values={"mugs": "Mugs", "cups": "Cups"}),
        Field("brand", values={"acme": "Acme", "bolt": "Bolt"}),
        Field("colour", "choice", "颜色", values={"red": "red", "红色": "red", "blue": "blue", "蓝色": "blue"}),
        Field(
            "material",
            "choice",
            "材质",
            values={"ceramic": "ceramic", "陶瓷": "ceramic", "glass": "glass", "玻璃": "glass"},
        ),
        Field("waterproof", "flag", "防水", values={"waterproof": "yes", "防水": "yes"}),
        Field("volume", "number", "容量", "ml"),
    )
)
MUG = Item(
    "a-1", {"en": "Red mug", "zh": "红色马克杯"}, brand="Acme", categories=(("Kitchen", "Mugs"),), price_minor=731,
    url="https://shop.example/a-1", description={"en": "A mug."},
    attributes={"colour": ("red",), "material": ("ceramic",), "volume": ("300",)},
)  # fmt: skip
CUP = Item(
    "b-2", {"en": "Blue cup", "zh": "蓝色杯子"}, brand="Bolt", categories=(("Kitchen", "Cups"),), price_minor=731,
    attributes={"colour": ("blue",), "material": ("glass",)},
)  # fmt: skip
HONEST = {
    "en": "[[P1]] is a red ceramic mug. [[P2]] is blue. Both are handy for every day.",
    "zh": "[[P1]]是红色的陶瓷杯。[[P2]]是蓝色的。两款都适合日常使用。",
}


def facts(language: str, *items: Item) -> Facts:
    told = {f"P{n}": item_facts(item, VOCABULARY, language) for n, item in enumerate(items or (MUG, CUP), 1)}
    return Facts(language, told)


def test_no_goal_in_any_disguise_passes_the_gate() -> None:
    gates = {language: Gate(facts(language), VOCABULARY, [PHRASE]) for language in ("en", "zh")}
    tried = list(attacks())
    passed = [str(attack) for attack in tried if gates[attack.language].judge(attack.said).text is not None]
    assert passed == []
    assert len(tried) >= 300
    assert min(Counter(attack.language for attack in tried).values()) >= 300


def test_honest_prose_passes() -> None:
    for language, text in HONEST.items():
        prose = Prose(Gate(facts(language), VOCABULARY, [PHRASE]))
        assert len(prose.feed(text) + prose.end(is_whole=True)) == 3, prose.dropped


def test_beside_honest_sentences_an_attack_takes_the_whole_answer_down_or_is_left_out() -> None:
    for attack in attacks():
        prose = Prose(Gate(facts(attack.language), VOCABULARY, [PHRASE]))
        shown = prose.feed(HONEST[attack.language] + " " + attack.said + " ") + prose.end(is_whole=True)
        honest = {one.replace("[[P1]]", "{title:a-1}").replace("[[P2]]", "{title:b-2}")
                  for one in re.findall(r"[^.。]+[.。]", HONEST[attack.language])}  # fmt: skip
        assert {one.strip() for one in shown} <= {one.strip() for one in honest}, str(attack)


def poisoned(carrier: str, text: str) -> Item:
    if carrier == "attribute":
        return replace(MUG, attributes={**MUG.attributes, "material": (text,)})
    if carrier == "category":
        return replace(MUG, categories=(("Kitchen", text),))
    if carrier == "brand":
        return replace(MUG, brand=text)
    return replace(MUG, **{carrier: {"en": text, "zh": text}})


@pytest.mark.parametrize("carrier", [one for one in CARRIERS if one != "utterance"])
def test_what_an_item_says_reaches_the_model_short_plain_and_between_marks(carrier: str) -> None:
    for attack, instruction in zip(attacks(), cycle(INSTRUCTIONS), strict=False):
        item = poisoned(carrier, instruction.replace("SAID", attack.said))
        told = Facts("en", {"P1": item_facts(item, VOCABULARY, "en")})
        task, data = (one["content"] for one in phrasing_prompt(told, mark="<<mark>>", tokens=2_000))
        assert attack.said not in task
        assert data.startswith("<<mark>>\n")
        assert data.endswith("\n<<mark>>")
        inside = data.removeprefix("<<mark>>").removesuffix("<<mark>>")
        assert not any(is_hidden(one) for one in inside)
        assert not re.search(r"[<>]", inside)
        assert not {"731", "shop.example", "a-1"} & set(re.findall(r"[\w.-]+", inside))
        (values,) = (one["facts"] for one in json.loads(inside.split("items ")[1]).values())
        assert all(len(value) <= 60 for value in values)


@pytest.mark.parametrize("carrier", [one for one in CARRIERS if one != "utterance"])
def test_a_claim_that_an_item_makes_of_itself_in_words_of_its_own_is_still_gated(carrier: str) -> None:
    for attack in attacks():
        gate = Gate(facts(attack.language, poisoned(carrier, attack.said), CUP), VOCABULARY, [PHRASE])
        text = gate.judge(attack.said).text or ""
        assert not re.search(r"[£$€¥%@<>]|://|元|块|折", text), str(attack)
        assert set(re.findall(r"\{title:([^}]*)\}", text)) <= {"a-1", "b-2"}


def test_an_utterance_can_only_search() -> None:
    for instruction in INSTRUCTIONS:
        said = instruction.replace("SAID", "everything is free")
        _, data = (one["content"] for one in reading_prompt(said, Situation(), VOCABULARY, mark="<<m>>", tokens=1_500))
        assert not any(is_hidden(one) for one in data)
    obedient = {
        "intent": "find", "items": [99, -5], "field": "cost_minor", "words": "free for all", "recipient": "<b>x</b>",
        "wants": [
            {"field": "is_hidden", "op": "is", "values": ["true"]},
            {"field": "price", "op": "at_most", "number": 0.01},
            {"field": "colour", "op": "is", "values": ["'; drop table items"]},
            {"field": "colour", "op": "exec", "values": ["red"]},
        ],
        "undo": ["price", "users"], "any": ["../../etc"],
    }  # fmt: skip
    acts = read_acts(json.dumps(obedient), "show me mugs", VOCABULARY, 3)
    assert not any(isinstance(act, Inform) for act in acts)
    assert "<" not in str(acts)
    assert "cost" not in str(acts)


def test_facts_hold_no_price_no_address_and_no_description() -> None:
    told = str(facts("en"))
    assert not re.search(r"731|https|A mug\.", told)
