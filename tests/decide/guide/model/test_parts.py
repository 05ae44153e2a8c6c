"""The small arithmetic behind a model: figures in texts, cleaning, breaker, budget, prompts, when to ask."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as some

from daogou.decide.guide.acts import Compare, Gift, Heard, Inform, Like, Plain, Ref, Refused, Unknown, Want
from daogou.decide.guide.model.breaker import Breaker
from daogou.decide.guide.model.budget import Spent, tokens_of, used
from daogou.decide.guide.model.cleaning import cleaned
from daogou.decide.guide.model.figures import figures_in
from daogou.decide.guide.model.prompts import Situation, reading_prompt
from daogou.decide.guide.model.reading import read_acts
from daogou.decide.guide.model.vocabulary import Field, Vocabulary, slice_of
from daogou.decide.guide.model.when import is_wanted, merged
from daogou.decide.words.plain_text import is_hidden

VOCABULARY = Vocabulary(
    (
        Field("category", values={f"shelf {n}": f"Shelf {n}" for n in range(500)}),
        Field("colour", "choice", "颜色", values={"red": "red", "红色": "red", "turquoise": "turquoise"}),
        Field("weight_g", "number", "weight", "g"),
    )
)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,200.50 and 3", {1200.5, 3}), ("两百块", {200}), ("两百五", {250}), ("三万二", {32_000}),
        ("一千零五十", {1050}),
        ("twenty five", {20, 5}), ("a dozen", {12}), ("一个", set()), ("十五", {15}), ("壹佰", {100}),
    ],
)  # fmt: skip
def test_every_figure_is_found(text: str, values: set[float]) -> None:
    assert {value for value, _, _ in figures_in(text)} == values


def test_hidden_characters_and_markup_are_cut() -> None:
    text = "Red\u200b <b>mug</b><!-- say --> &lt;script&gt;x()&lt;/script&gt;\u202e\U000e0041 \ufeff tea\n\npot"
    assert cleaned(text, 60) == "Red mug tea pot"
    assert cleaned("a" * 100, 10) == "a" * 9 + "…"


@given(some.text(max_size=300))
def test_cleaning_never_fails_and_leaves_nothing_hidden(text: str) -> None:
    found = cleaned(text, 50)
    assert len(found) <= 50
    assert not any(is_hidden(one) or one in "<>\n" for one in found)


@given(some.text(max_size=200))
def test_figures_never_fail(text: str) -> None:
    assert all(0 <= start < end <= len(text) + 200 for _, start, end in figures_in(text))


def test_the_breaker_opens_after_five_failures_and_lets_one_try_after_a_minute() -> None:
    breaker = Breaker()
    for second in range(4):
        breaker.failed(float(second))
        assert breaker.may_call(second + 0.5)
    breaker.failed(4.0)
    assert not breaker.may_call(5.0)
    assert not breaker.may_call(63.9)
    assert breaker.may_call(64.1)
    assert not breaker.may_call(64.2)
    breaker.failed(65.0)
    assert not breaker.may_call(70.0)
    assert breaker.may_call(126.0)
    breaker.worked()
    assert breaker.may_call(126.1)


def test_failures_long_apart_open_nothing() -> None:
    breaker = Breaker()
    for second in range(0, 400, 40):
        breaker.failed(float(second))
        assert breaker.may_call(second + 1.0)


def test_a_try_that_was_given_up_does_not_keep_others_out() -> None:
    breaker = Breaker()
    for _ in range(5):
        breaker.failed(0.0)
    assert breaker.may_call(61.0)
    breaker.left()
    assert breaker.may_call(61.5)


def test_caps_are_of_a_day() -> None:
    spent = Spent()
    spent.add(1, "a", 90)
    assert not spent.may(1, "a", 20, of_session=100, of_shop=1_000)
    assert spent.may(1, "b", 20, of_session=100, of_shop=1_000)
    assert not spent.may(1, "b", 20, of_session=100, of_shop=100)
    assert spent.may(2, "a", 20, of_session=100, of_shop=100)


def test_tokens_are_estimated_with_care() -> None:
    assert tokens_of("a red mug please") >= 5
    assert tokens_of("红色的马克杯") >= 6
    assert used({"total_tokens": 1}, "x" * 300, "") >= 50  # an endpoint that counts too little is not believed


def test_the_words_that_an_utterance_touches_are_told_first_and_the_prompt_keeps_its_bound() -> None:
    told = {one.name: values for one, values in slice_of(VOCABULARY, "turquoise on shelf 499", 60)}
    assert "turquoise" in told["colour"]
    assert "Shelf 499" in {one.name: values for one, values in slice_of(VOCABULARY, "499", 40)}["category"]
    prompt = reading_prompt("x" * 5_000, Situation(), VOCABULARY, mark="<<m>>", tokens=1_500)
    assert sum(tokens_of(message["content"]) for message in prompt) <= 1_500


def reading(**given_: object) -> str:
    return json.dumps({"intent": "find", **given_})


def test_a_reading_becomes_acts_in_the_shops_words() -> None:
    want = {"field": "price", "op": "at_most", "number": 200, "must": True}
    colour = {"field": "colour", "op": "is", "values": ["红色"], "must": False}
    (inform,) = read_acts(reading(wants=[want, colour]), "两百以内最好红色", VOCABULARY, 0)
    assert inform == Inform((Want("price", "at_most", number=20_000.0), Want("colour", "is", ("red",), is_hard=False)))
    assert read_acts(reading(intent="compare", items=[1, 3, 9]), "1 and 3", VOCABULARY, 3) == (
        Compare((Ref(1), Ref(3))),
    )
    assert read_acts(reading(intent="like", items=[2]), "like the second", VOCABULARY, 3) == (Like(Ref(2)),)
    assert read_acts(reading(recipient="My Mother!", age=5), "for mum", VOCABULARY, 0) == (Gift("my_mother"),)
    assert read_acts(reading(intent="thanks"), "ta", VOCABULARY, 0) == (Plain("thanks"),)


def test_words_that_were_not_said_are_not_searched() -> None:
    assert read_acts(reading(words="casino"), "a mug", VOCABULARY, 0) == ()
    assert read_acts(reading(words="mug"), "a mug", VOCABULARY, 0) == (Inform((), "mug"),)


@given(some.text(max_size=200))
def test_no_answer_of_a_model_breaks_the_reading(text: str) -> None:
    with suppress(ValueError):
        read_acts(text, "a mug", VOCABULARY, 3)


def test_a_model_is_asked_where_the_rules_left_the_point_unread() -> None:
    red = Inform((Want("colour", "is", ("red",)),))
    asked = {
        "nothing read": Heard("en", ()),
        "unknown words": Heard("en", (red, Unknown("blushing"))),
        "much unread": Heard("en", (Inform(red.wants, "something blushing for tea"),)),
    }
    utterance = "red something blushing for tea"
    assert all(is_wanted("when_unsure", utterance, heard) for heard in asked.values())
    assert not is_wanted("when_unsure", utterance, Heard("en", (red,)))
    assert is_wanted("always", utterance, Heard("en", (red,)))
    assert not is_wanted("never", utterance, Heard("en", ()))
    assert not is_wanted("always", "", Heard("en", ()))
    assert not is_wanted("always", utterance, Heard("en", (red,), "buttons"))
    assert not is_wanted("always", utterance, Heard("en", (Refused("unsafe"),)))


def test_the_rules_keep_numbers_and_what_is_not_wanted() -> None:
    rules = (Inform((Want("price", "at_most", number=100.0), Want("colour", "is_not", ("red",)))),)
    model = (Inform((Want("colour", "is", ("blue",)),)),)
    assert merged(rules, model) == (*model, Inform((Want("price", "at_most", number=100.0),)))
