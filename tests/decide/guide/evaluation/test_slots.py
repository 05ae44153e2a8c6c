"""Two readings are compared by what they state, not by how they state it."""

from __future__ import annotations

import pytest

from daogou.core.types import Item
from daogou.decide.guide.acts import (
    Act,
    AskFact,
    DontCare,
    Heard,
    Inform,
    Pick,
    Plain,
    Ref,
    Undo,
    Unknown,
    Want,
)
from daogou.decide.guide.evaluation.slots import Kinds, slots, tags
from daogou.decide.guide.evaluation.understanding import Understanding, compare
from daogou.decide.guide.evaluation.utterances import Situation, Utterance

MUGS = [
    Item(id=str(n), title={"en": "Mug"}, categories=(("Tableware", "Mugs"),), attributes={"product_type": ("mug",)})
    for n in range(5)
]
KINDS = Kinds.of(MUGS)
NOWHERE = Situation()


def stated(*acts: Act, situation: Situation = NOWHERE) -> frozenset[object]:
    return frozenset(slots(acts, KINDS, situation))


def test_a_product_type_and_the_category_of_its_items_are_one_kind() -> None:
    by_type = Inform((Want("product_type", "is", ("mug",)),))
    by_category = Inform((Want("category", "is", ("Mugs",)),))
    assert stated(by_type) == stated(by_category) != frozenset()


def test_a_measure_may_be_a_value_or_a_number_but_a_price_about_is_not_a_price() -> None:
    assert stated(Inform((Want("volume_ml", "is", ("500",)),))) == stated(
        Inform((Want("volume_ml", "about", number=500),))
    )
    assert stated(Inform((Want("price", "about", number=500),))) != stated(
        Inform((Want("price", "at_most", number=500),))
    )


def test_every_alternative_is_a_slot_of_its_own() -> None:
    both = stated(Inform((Want("colour", "is_not", ("red", "black")),)))
    assert both == {("inform", "colour", "is_not", "red"), ("inform", "colour", "is_not", "black")}


def test_the_last_of_six_is_the_sixth_and_this_is_the_first() -> None:
    six = Situation(shown=tuple("abcdef"))
    assert stated(Pick(Ref(position=-1)), situation=six) == stated(Pick(Ref(position=6)), situation=six)
    assert stated(Pick(Ref(item_id="b")), situation=six) == stated(Pick(Ref(position=2)), situation=six)
    assert stated(AskFact(None, "colour"), situation=six) == stated(AskFact(Ref(position=1), "colour"), situation=six)


def test_not_caring_without_a_field_is_about_the_question_just_asked() -> None:
    asked = Situation(asked="colour")
    assert stated(DontCare(""), situation=asked) == stated(DontCare("colour"), situation=asked)


def test_words_that_mean_nothing_are_an_act_only_where_nothing_else_was_said() -> None:
    assert tags((Inform((), "zebra"),)) == tags((Unknown("zebra"),)) == {"words"}
    assert tags((Plain("more"), Unknown("zebra"))) == {"plain more"}


def heard(*acts: Act) -> Heard:
    return Heard("en", acts)


SAID = Utterance(
    "1",
    "shop",
    "never mind, red mugs",
    (Undo("colour", ("red",)), Inform((Want("category", "is", ("Mugs",)),))),
    others=((Inform((Want("category", "is", ("Mugs",)), Want("colour", "is", ("red",)))),),),
    may=(Want("tags", "is", ("sale",)),),
)


def test_the_nearest_right_reading_counts() -> None:
    other = compare(SAID, heard(Inform((Want("category", "is", ("Mugs",)), Want("colour", "is", ("red",))))), KINDS)
    assert other.is_right
    first = compare(SAID, heard(Undo("colour", ("red",)), Inform((Want("category", "is", ("Mugs",)),))), KINDS)
    assert first.is_right


def test_what_may_be_heard_is_neither_asked_nor_punished_and_everything_else_is() -> None:
    wants = (Want("category", "is", ("Mugs",)), Want("tags", "is", ("sale",)), Want("size", "is", ("L",)))
    reading = compare(SAID, heard(Undo("colour", ("red",)), Inform(wants)), KINDS)
    assert reading.wrong == {("inform", "size", "is", "l")}
    assert reading.missed == frozenset()
    assert reading.is_act_right
    assert not reading.is_right


def test_f1_counts_slots_over_all_utterances() -> None:
    half = compare(SAID, heard(Undo("colour", ("red",)), Inform((Want("category", "is", ("Bowls",)),))), KINDS)
    whole = compare(SAID, heard(*SAID.acts), KINDS)
    figures = Understanding((half, whole)).figures()
    assert figures["slot_f1"] == pytest.approx(2 * 3 / (2 * 3 + 1 + 1))
    assert figures["act_accuracy"]["mean"] == 1.0
