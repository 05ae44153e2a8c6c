"""What a turn is counted for: nothing that names a person, and nobody to be followed from one count to the next."""

from __future__ import annotations

from typing import Any

from daogou.decide.guide.acts import AskFact, AskPolicy, Heard, Inform, Unknown, Want
from daogou.decide.guide.reply import Reply
from daogou.serve.guide.talks import folded, tallies

SECRET = b"pepper"


def reply(*acts: Any, **rest: Any) -> Reply:
    return Reply("r1", "en", Heard("en", acts), (), (), "", **rest)


def counted(said: str, who: str = "v-1", made: Reply | None = None) -> list[Any]:
    return list(tallies(made or reply(is_answered=False), said, who, 7, SECRET))


def test_questions_are_counted_as_one_however_they_are_typed() -> None:
    assert folded("  Is it WATERPROOF ?") == folded("is it ｗａｔｅｒｐｒｏｏｆ") == "is it waterproof"
    assert folded("有没有指南针？！") == "有没有指南针"


def test_what_names_a_person_is_masked_before_it_is_counted() -> None:
    assert folded("write to jo@example.com please") == "write to [email] please"
    assert "13800138000" not in folded("打13800138000找我")


def test_acts_say_what_is_missing_and_what_is_asked() -> None:
    wants = (Want("colour", "is", ("red",)), Want("price", "at_most", number=5.0))
    made = reply(Inform(wants), AskFact(None, "weight"), AskPolicy("returns"), Unknown(attribute="Buoyancy"))
    found = {(one.kind, one.text, one.is_ours) for one in counted("anything", made=made)}
    assert found == {
        ("mode", "rules", True),
        ("field", "colour", True),
        ("field", "price", True),
        ("field", "weight", True),
        ("policy", "returns", True),
        ("attribute", "buoyancy", False),
    }


def test_a_shoppers_bit_is_the_same_for_the_same_words_and_not_for_others() -> None:
    def bits(who: str) -> list[int]:
        return [next(one.bit for one in counted(f"question {n}", who) if one.kind == "unanswered") for n in range(40)]

    assert bits("v-1") == bits("v-1")
    assert len(set(bits("v-1"))) > 10
    assert bits("v-1") != bits("v-2")
