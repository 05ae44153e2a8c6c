"""Three questions at most; what is answered acts at once, and is the shopper's to see and take back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from daogou.core.errors import InvalidField
from daogou.core.types import Consent, Item, User
from daogou.decide.onboarding.interview import Answer, Interview, interview
from daogou.decide.pipeline import recommend
from daogou.decide.profile.profile import choose, profile
from daogou.decide.request import RecommendRequest
from daogou.decide.shop import Shop
from daogou.learn.lift import Dimension, Lift

from ..conftest import Everybody

MakeShop = Callable[..., Shop]
ME = RecommendRequest("home_for_you", visitor_id="v", limit=8, language="en")
COLOURS = ("red", "blue", "green")


def goods() -> list[Item]:
    """Twelve items: six for the kitchen, six toys, four of each colour."""
    return [
        Item(
            f"g{number}", {"en": f"thing {number}", "zh": f"东西{number}"},
            categories=(("Kitchen", "Mugs") if number < 6 else ("Toys", "Kites"),),
            attributes={"colour": (COLOURS[number % 3],)}, price_minor=100 * (1 + number % 6),
        )
        for number in range(12)
    ]  # fmt: skip


@pytest.fixture()
def shop(make_shop: MakeShop) -> Shop:
    """Later items are more popular."""
    popular = Everybody(np.arange(1, 13, dtype=np.float32))
    return make_shop(items=goods(), models={"popularity": popular, "trending": popular})


def asked(shop: Shop, *answers: tuple[str, str | None], request: RecommendRequest = ME) -> Interview:
    return interview(shop, request, [Answer(*one) for one in answers])


def listed(shop: Shop, request: RecommendRequest = ME) -> list[str]:
    return [one.item_id for one in recommend(shop, request).items]


def test_the_first_question_comes_with_choices_examples_and_a_way_out(shop: Shop) -> None:
    found = asked(shop)
    assert found.question is not None
    assert (found.n_asked, found.most_questions, found.done) == (0, 3, False)
    assert found.question.choices[-1].choice is None
    assert found.question.choices[-1].label == "It doesn't matter"
    assert all(len(one.items) == 3 for one in found.question.choices[:-1])
    assert asked(shop, request=replace(ME, language="zh")).question.choices[-1].label == "都可以"  # type: ignore[union-attr]


def test_after_three_answers_nothing_is_asked_and_no_question_comes_twice(shop: Shop) -> None:
    answers: list[tuple[str, str | None]] = []
    for n_asked in range(3):
        found = asked(shop, *answers)
        assert found.n_asked == n_asked
        assert found.question is not None
        assert found.question.question not in [name for name, _ in answers]
        answers.append((found.question.question, found.question.choices[0].choice))
    last = asked(shop, *answers)
    assert (last.question, last.done, last.n_asked) == (None, True, 3)


def test_an_answer_acts_on_the_next_list_and_says_so(shop: Shop) -> None:
    before = listed(shop)
    asked(shop, ("category", "category:Kitchen"))
    after = recommend(shop, ME).items
    assert before[0] == "g11"
    assert [one.item_id for one in after[:4]] == ["g5", "g4", "g3", "g2"]
    assert (after[0].reason.code, after[0].reason.text) == ("asked_for", "You said you like such items")
    assert not after[0].is_filler


def test_an_answer_stands_in_the_profile_and_can_be_taken_back(shop: Shop) -> None:
    before = listed(shop)
    asked(shop, ("price", "price:low"))
    (said,) = profile(shop, ME, 10).choices
    assert (said.tag, said.kind, said.choice, said.n_items) == ("price:low", "Price level", "more", 4)
    assert choose(shop, None, "v", None, tag="price:low").before == "more"
    assert profile(shop, ME, 10).choices == ()
    assert listed(shop) == before


def test_it_does_not_matter_changes_nothing(shop: Shop) -> None:
    before = listed(shop)
    assert asked(shop, ("category", None)).wishes == ()
    assert listed(shop) == before


def test_it_works_with_the_catalogue_alone(make_shop: MakeShop) -> None:
    shop = make_shop(items=goods())
    assert asked(shop).question is not None
    asked(shop, ("category", "category:Toys"))
    assert set(listed(shop)[:4]) <= {f"g{number}" for number in range(6, 12)}


def test_an_empty_catalogue_asks_nothing(make_shop: MakeShop) -> None:
    assert asked(make_shop(items=[])).done


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ([("moon", "moon:full")], "answers[0].question"),
        ([("category", "category:Cars")], "answers[0].choice"),
        ([("category", None), ("category", None)], "answers[1].question"),
        ([("category", None), ("colour", "category:Toys")], "answers[1].choice"),
        ([("category", None)] * 4, "answers"),
    ],
)
def test_a_wrong_answer_is_named_and_nothing_is_kept(
    shop: Shop, answers: list[tuple[str, str | None]], field: str
) -> None:
    with pytest.raises(InvalidField) as caught:
        asked(shop, *answers)
    assert caught.value.field == field
    assert profile(shop, ME, 10).choices == ()


def test_who_objected_is_asked_nothing_and_nothing_is_kept(shop: Shop) -> None:
    shop.store.put_users([User("ann", consent=Consent(personalization="denied"))])
    ann = RecommendRequest("home_for_you", "ann")
    found = asked(shop, ("category", "category:Kitchen"), request=ann)
    assert (found.question, found.done, found.is_personalized, found.wishes) == (None, True, False, ())
    assert profile(shop, ann, 10).choices == ()


def test_sold_out_items_are_no_examples(shop: Shop) -> None:
    shop.store.put_items([replace(one, availability="out_of_stock") for one in goods()[6:]])
    found = asked(shop)
    assert found.question is not None
    shown = {item for choice in found.question.choices for item in choice.items}
    assert shown <= {f"g{number}" for number in range(6)}


def newcomers(shop: Shop) -> Lift:
    """People of the tea club take kitchen things."""
    by_item = np.ones((1, 12), np.float32)
    by_item[0, :6] = 3.0
    club = Dimension("club:tea", ("yes",), np.array([[3.0, 1.0]], np.float32), by_item)
    return Lift((club,), ("Kitchen > Mugs", "Toys > Kites"), [one.id for one in shop.catalogue.items])


def test_a_newcomer_gets_what_people_who_told_the_same_take(shop: Shop) -> None:
    from daogou.decide.context.lifted import Lifted

    shop.newcomers = Lifted(newcomers(shop), shop.catalogue)
    shop.store.put_users([User("bob", {"club": ("tea",)}), User("eve", {"club": ("coffee",)})])
    bob = recommend(shop, RecommendRequest("home_for_you", "bob", limit=4, language="en")).items
    assert bob[0].item_id == "g5"
    assert bob[0].reason.text == "Popular with people who told us the same"
    eve = recommend(shop, RecommendRequest("home_for_you", "eve", limit=4, language="en")).items
    assert {one.reason.code for one in eve} == {"filler_trending"}
    neutral = recommend(shop, RecommendRequest("home_for_you", "bob", limit=4, personalize=False)).items
    assert "popular_alike" not in {one.reason.code for one in neutral}
