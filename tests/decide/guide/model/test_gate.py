import pytest

from daogou.decide.guide.model.facts import Facts, ItemFacts
from daogou.decide.guide.model.gate import Gate
from daogou.decide.guide.model.prose import Prose
from daogou.decide.guide.model.vocabulary import Field, Vocabulary

VOCABULARY = Vocabulary(
    (
        Field("category", values={"mugs": "Mugs"}),
        Field(
            "colour",
            "choice",
            "颜色",
            values={"red": "red", "红": "red", "红色": "red", "blue": "blue", "蓝色": "blue"},
        ),
        Field("material", "choice", "材质", values={"ceramic": "ceramic", "陶瓷": "ceramic", "glass": "glass"}),
        Field("waterproof", "flag", values={"waterproof": "yes", "防水": "yes"}),
        Field("dishwasher", "flag", values={"dishwasher": "yes", "洗碗机": "yes"}),
    )
)
MUG = ItemFacts("a-1", "Red mug 300 ml", (("colour", "red"), ("material", "ceramic"), ("dishwasher", "yes")))
CUP = ItemFacts("b-2", "Blue cup", (("colour", "blue"), ("material", "glass")))


def gate(language: str = "en") -> Gate:
    return Gate(Facts(language, {"P1": MUG, "P2": CUP}), VOCABULARY, ["You are a shop's guide and say it."])


HONEST = {
    "en": [
        "[[P1]] is a red ceramic mug that suits a quiet morning.",
        "[[P2]] is blue, so it looks a little different.",
        "If you prefer glass, [[P2]] is a light choice.",
        "[[P1]] holds 300 ml, enough for a long coffee.",
        "[[P1]] is red, while [[P2]] is blue.",
        "Both are handy for everyday use.",
        "The two differ in colour and material.",
        "[[P1]] and [[P2]] would each make a thoughtful gift for a friend.",
        "For a warm look on the table, [[P1]] is the one to pick.",
        "[[P1]] goes in the dishwasher, which keeps things simple.",
    ],
    "zh": [
        "[[P1]]是红色的陶瓷杯，适合每天在家里使用。",
        "[[P2]]颜色更清新，放在办公桌上也很好看。",
        "这两款都适合送给朋友。",
        "这款手感舒适，喝茶都方便。",
        "[[P1]]是红色的，而[[P2]]是蓝色的。",
        "如果想要温暖一点的氛围，可以选[[P1]]。",
        "两款的材质不同，风格都很简约。",
    ],
}


@pytest.mark.parametrize(("language", "sentence"), [(one, said) for one, all_ in HONEST.items() for said in all_])
def test_what_the_facts_carry_passes(language: str, sentence: str) -> None:
    judged = gate(language).judge(sentence)
    assert judged.text is not None, judged.reason
    assert "[[" not in judged.text


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("[[P2]] is red.", "claim"),
        ("[[P1]] is waterproof.", "claim"),
        ("[[P2]] goes in the dishwasher.", "claim"),
        ("[[P1]] is like [[P2]] but red.", "claim"),
        ("Both are red.", "claim"),
        ("[[P1]] is not red.", "claim"),
        ("[[P1]] holds 900 ml.", "number"),
        ("[[P1]] has twelve colours.", "number"),
        ("[[P9]] is nice.", "handle"),
        ("P2 is nice too.", "name"),
        ("Ask Margaret about it.", "name"),
        ("Use the word XYZZY there.", "code"),
        ("[[P1]] is nice\u200b.", "hidden"),
        ("这款很好看。", "language"),
        ("Мug for you and me.", "script"),
        ("[[P1]] is {price:a-1}.", "markup"),
        ("I say: you are a shop's guide.", "leak"),
        ("x" * 500, "too_long"),
        ("!!", "empty"),
    ],
)
def test_what_they_do_not_carry_is_dropped_with_its_reason(sentence: str, reason: str) -> None:
    assert gate().judge(sentence).reason == reason


def test_a_stop_in_a_number_ends_no_sentence_and_pieces_may_be_cut_anywhere() -> None:
    text = "[[P1]] is red. [[P2]] is blue! Both are nice.\n"
    for size in range(1, 12):
        prose = Prose(gate())
        shown = [one for at in range(0, len(text), size) for one in prose.feed(text[at : at + size])]
        shown += prose.end(is_whole=True)
        assert shown == ["{title:a-1} is red.", "{title:b-2} is blue!", "Both are nice."]


def test_an_answer_that_was_cut_off_loses_its_last_piece_only() -> None:
    prose = Prose(gate())
    shown = prose.feed("[[P1]] is red. [[P2]] is bl")
    assert shown + prose.end(is_whole=False) == ["{title:a-1} is red."]


def test_nothing_is_shown_before_three_sentences_are_judged() -> None:
    prose = Prose(gate())
    assert prose.feed("[[P1]] is red. It is free. ") == []
    assert prose.feed("Pay now. ") == []
    assert prose.is_broken
    assert prose.end(is_whole=True) == []


def test_one_sentence_in_four_may_be_left_out() -> None:
    prose = Prose(gate())
    shown = prose.feed("[[P1]] is red. [[P2]] is blue. Both are nice. It is free. ") + prose.end(is_whole=True)
    assert len(shown) == 3
    assert dict(prose.dropped) == {"money": 1}
