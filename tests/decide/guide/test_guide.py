"""Conversations by acts, turn by turn."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from daogou.core.types import Item
from daogou.decide.guide.acts import (
    AskFact,
    Bundle,
    Compare,
    Critique,
    DontCare,
    Gift,
    Inform,
    Like,
    Pick,
    Plain,
    Ref,
    Refused,
    Reject,
    Undo,
    Unknown,
    Want,
)
from daogou.decide.shop import Shop

from ..conftest import event
from .conftest import MUGS, RANGE, Shopper, codes, ids, product

A_MUG = Want("category", "is", ("Mugs",))
A_SHOE = Want("category", "is", ("Shoes",))
RED = Want("colour", "is", ("red",))


def most(number: float, field: str = "price") -> Want:
    return Want(field, "at_most", (), number)


def test_every_card_has_what_was_asked_and_says_so(shopper: Shopper):
    reply = shopper.wants(A_MUG, RED)
    assert sorted(ids(reply)) == ["m1", "m3"]
    assert reply.total == 2
    for card in reply.cards:
        assert [(one.want.field, one.verdict) for one in card.matches] == [("category", "yes"), ("colour", "yes")]
        assert card.role == "match"


def test_not_red_leaves_what_states_no_colour(shopper: Shopper):
    reply = shopper.wants(A_MUG, Want("colour", "is_not", ("red",)))
    assert sorted(ids(reply)) == ["m2", "m4"]


def test_cheaper_means_below_what_is_shown_and_says_which_bound(shopper: Shopper):
    shopper.wants(A_MUG, RED)
    shopper.wants(Want("colour", "is", ("red", "blue")))
    shopper.does(Reject(Ref(item_id="m2")))
    reply = shopper.does(Undo("colour"), Critique("price", "less"))
    assert ids(reply) == ["m4"]
    cheaper = next(one for one in reply.said if one.code == "cheaper")
    assert cheaper.facts["bound"] == 800


def test_cheaper_than_the_cheapest_says_that_it_is_the_cheapest(shopper: Shopper):
    shopper.wants(A_MUG)
    cheaper = Critique("price", "less")
    assert sorted(ids(shopper.does(cheaper))) == ["m2", "m4"]
    assert ids(shopper.does(cheaper)) == ["m4"]
    reply = shopper.does(cheaper)
    assert codes(reply)[0] == "no_cheaper"
    assert reply.said[0].facts["item_id"] == "m4"
    assert ids(reply)[0] == "m4"


def test_cheaper_than_one_of_them(shopper: Shopper):
    first = shopper.wants(A_MUG)
    place = ids(first).index("m2") + 1
    assert ids(shopper.does(Critique("price", "less", Ref(place)))) == ["m4"]


def test_lighter_compares_the_field_that_is_named(shopper: Shopper):
    first = shopper.wants(A_SHOE)
    place = ids(first).index("s3") + 1
    assert ids(shopper.does(Critique("weight_g", "less", Ref(place)))) == ["s2"]


def test_one_size_up_is_the_next_size(shopper: Shopper):
    first = shopper.wants(A_SHOE)
    place = ids(first).index("s3") + 1
    reply = shopper.does(Critique("size", "more", Ref(place), steps=1))
    assert ids(reply) == ["s1"]
    assert reply.wants[-1] == Want("size", "is", ("M",))


def test_nothing_that_cheap_names_the_cheapest_and_by_how_much(shopper: Shopper):
    reply = shopper.wants(A_SHOE, Want("waterproof", "is", ("yes",)), most(20_000))
    assert reply.total == 0
    assert codes(reply)[0] == "none_price"
    assert reply.said[0].facts["item_id"] == "s1"
    assert reply.said[0].facts["nearest"] == 21_900
    assert ids(reply)[0] == "s1"
    assert {card.role for card in reply.cards} == {"near"}
    moved = next(one for one in reply.ways_out if one.count)
    again = shopper.does(*moved.acts)
    assert ids(again) == ["s1"]
    assert again.total == moved.count


def test_every_way_out_leaves_as_many_as_its_button_says(shopper: Shopper):
    reply = shopper.wants(A_SHOE, Want("waterproof", "is", ("yes",)), Want("colour", "is", ("black",)))
    assert reply.total == 0
    ways = [one for one in reply.ways_out if one.count is not None]
    assert len(ways) >= 2
    for way in ways:
        asked = Shopper(shopper.shop, reply=reply)
        assert asked.does(*way.acts).total == way.count


def test_two_wants_in_the_way_are_dropped_together(shopper: Shopper):
    reply = shopper.wants(A_MUG, Want("colour", "is", ("green",)), Want("material", "is", ("gold",)))
    pair = reply.ways_out[0]
    assert len(pair.acts) == 2
    assert pair.count == 4


def test_back_restores_what_was_shown(shopper: Shopper):
    first = shopper.wants(A_MUG)
    second = shopper.wants(RED)
    shopper.wants(most(900))
    assert ids(shopper.does(Plain("back"))) == ids(second)
    again = shopper.does(Plain("back"))
    assert ids(again) == ids(first)
    assert again.wants == (A_MUG,)


def test_eight_steps_can_be_taken_back(shopper: Shopper):
    seen = [ids(shopper.wants(most(amount))) for amount in range(30_000, 21_000, -1_000)]
    for earlier in reversed(seen[:-1]):
        assert ids(shopper.does(Plain("back"))) == earlier


def test_more_shows_what_was_not_shown_and_then_says_that_this_was_all(shopper: Shopper):
    shopper.limit = 2
    first = ids(shopper.wants(A_MUG))
    second = ids(shopper.does(Plain("more")))
    assert sorted(first + second) == ["m1", "m2", "m3", "m4"]
    assert "no_more" in codes(shopper.does(Plain("more")))


def test_what_was_turned_down_stays_away_until_it_is_undone(shopper: Shopper):
    first = ids(shopper.wants(A_MUG))
    assert first[0] not in ids(shopper.does(Reject(Ref(1))))
    assert first[0] not in ids(shopper.wants(most(2_000)))
    assert first[0] in ids(shopper.does(Plain("reset"))) or first[0] in ids(shopper.wants(A_MUG))


def test_another_kind_drops_what_it_cannot_have_and_says_so(shopper: Shopper):
    shopper.wants(A_SHOE, Want("waterproof", "is", ("yes",)), most(30_000))
    reply = shopper.wants(A_MUG)
    assert "wants_dropped" in codes(reply)
    assert reply.wants == (Want("price", "at_most", (), 30_000, is_hard=False), A_MUG)
    assert len(ids(reply, "match")) == 4


def test_like_this_but_waterproof(shopper: Shopper):
    first = shopper.wants(A_SHOE)
    place = ids(first).index("s2") + 1
    shopper.does(Like(Ref(place)))
    reply = shopper.wants(Want("waterproof", "is", ("yes",)))
    assert ids(reply)[0] == "s4"
    assert "s2" not in ids(reply)


def test_undo_takes_back_a_ban(shopper: Shopper):
    shopper.wants(A_MUG, Want("colour", "is_not", ("red", "blue")))
    assert sorted(ids(shopper.does(Undo("colour", ("red",))))) == ["m1", "m3", "m4"]


def test_a_wish_orders_and_does_not_shut_out(shopper: Shopper):
    reply = shopper.wants(A_MUG, Want("colour", "is", ("blue",), is_hard=False))
    assert ids(reply)[0] == "m2"
    assert ids(reply, "match") == ["m2"]
    assert reply.total == 1
    unstated = next(card for card in reply.cards if card.item_id == "m4")
    assert unstated.matches[1].verdict == "unstated"
    assert "not stated" in unstated.reason.text


def test_the_cheapest_is_looked_for_among_all_that_fits(shopper: Shopper):
    shopper.limit = 2
    shopper.wants(A_SHOE)
    reply = shopper.does(Pick(Ref(superlative="price")))
    assert reply.said[0].code == "best_of"
    assert reply.said[0].facts["item_id"] == "s2"


def test_compare_puts_differences_first_and_names_the_cheapest(shopper: Shopper):
    first = ids(shopper.wants(A_MUG, RED))
    reply = shopper.does(Compare((Ref(1), Ref(2))))
    assert reply.table is not None
    assert list(reply.table.item_ids) == first
    differing = [row.differs for row in reply.table.rows]
    assert differing == sorted(differing, reverse=True)
    assert reply.said[-1].facts == {"field": "price", "item_id": "m1"}


def test_a_fact_is_the_shop_s_own_and_what_is_not_stated_is_not_invented(shopper: Shopper):
    shopper.wants(A_MUG, RED)
    told = shopper.does(AskFact(Ref(item_id="m3"), "material"))
    assert told.said[0].facts["values"] == ["steel"]
    silent = shopper.does(AskFact(Ref(item_id="m3"), "warranty"))
    assert codes(silent) == ["fact_unstated"]
    assert not silent.is_answered


def test_a_fact_that_only_the_description_states_is_quoted(make_shopper: Callable[..., Shopper]):
    mug = Item(
        "q1",
        {"en": "Travel mug"},
        description={"en": "Keeps warm for hours. Safe in the dishwasher. Made with care."},
        price_minor=900,
        categories=(MUGS,),
    )
    shopper = make_shopper([mug, *RANGE])
    reply = shopper.does(AskFact(Ref(item_id="q1"), "dishwasher"))
    assert codes(reply) == ["fact_quoted"]
    assert reply.quotes[0].text == "Safe in the dishwasher."


def test_stock_and_price_are_told_from_the_shop(shopper: Shopper):
    assert codes(shopper.does(AskFact(Ref(item_id="m1"), "stock"))) == ["fact_in_stock"]
    assert "{price:m1}" in shopper.does(AskFact(Ref(item_id="m1"), "price")).said[0].text


def test_a_question_is_never_asked_twice_and_its_counts_are_true(make_shopper: Callable[..., Shopper]):
    colours = ["red", "blue", "green", "white"]
    many = [
        product(f"x{n}", f"Thing {n}", 100 + 10 * n, MUGS, colour=colours[n % 4], material=["wood", "steel"][n % 2],
                style=f"s{n % 3}")
        for n in range(48)
    ]  # fmt: skip
    shopper = make_shopper(many)
    asked, reply = [], shopper.wants(A_MUG)
    while reply.question is not None:
        asked.append(reply.question.field)
        for choice in reply.question.choices:
            if choice.count is not None:
                assert Shopper(shopper.shop, reply=reply).does(*choice.acts).total == choice.count
        reply = shopper.does(*reply.question.choices[-1].acts)
    assert len(asked) == len(set(asked)) == 3
    assert reply.cards


def test_nothing_is_asked_when_few_are_left(shopper: Shopper):
    assert shopper.wants(A_MUG).question is None


def test_the_shop_may_set_the_order_of_questions(make_shopper: Callable[..., Shopper]):
    many = [product(f"x{n}", f"Thing {n}", 100 + n, MUGS, colour=f"c{n % 9}", style=f"s{n % 2}") for n in range(40)]
    assert make_shopper(many, flags={"guide": {"questions": ["style"]}}).wants(A_MUG).question.field == "style"
    assert make_shopper(many, flags={"guide": {"most_questions_in_a_row": 0}}).wants(A_MUG).question is None


def test_a_present_for_a_child_leads_to_what_is_meant_for_children(shopper: Shopper):
    reply = shopper.does(Gift("child", "birthday", 5))
    assert ids(reply)[0] == "l2"
    assert reply.said[0].code == "gift"


def test_without_a_past_of_orders_a_bundle_says_that_it_does_not_know(shopper: Shopper):
    reply = shopper.does(Bundle(Ref(item_id="m1")))
    assert codes(reply) == ["bundle_none"]
    assert "m1" not in ids(reply)


def test_the_shop_s_own_links_make_a_bundle(make_shopper: Callable[..., Shopper]):
    linked = product("k1", "Kettle", 4_000, ("Kitchen", "Kettles"), cross_sell="m1|l1")
    reply = make_shopper([linked, *RANGE]).does(Bundle(Ref(item_id="k1")))
    assert sorted(ids(reply, "part")) == ["l1", "m1"]


def test_unanswered_turns_say_so(shopper: Shopper):
    for act in (Unknown("zzz"), Unknown(attribute="fluffiness"), Refused("unsafe", "weapons")):
        reply = shopper.does(act)
        assert not reply.is_answered
        assert reply.said
    assert shopper.does(Plain("hand_over")).hand_over


def test_a_state_that_is_not_ours_begins_anew_and_says_so(shopper: Shopper):
    shopper.wants(A_MUG)
    reply = shopper.does(Plain("more"), state="forged")
    assert codes(reply)[0] == "state_lost"
    assert reply.wants == ()


def test_what_the_gate_bars_is_never_shown(make_shopper: Callable[..., Shopper]):
    gone = [
        Item("out", {"en": "Sold out mug"}, price_minor=100, categories=(MUGS,), availability="out_of_stock"),
        Item("hid", {"en": "Hidden mug"}, price_minor=100, categories=(MUGS,), is_hidden=True),
    ]
    shopper = make_shopper([*gone, *RANGE])
    assert not {"out", "hid"} & set(ids(shopper.wants(A_MUG)))
    assert codes(shopper.does(Pick(Ref(item_id="hid")))) == ["which"]
    assert shopper.does(Pick(Ref(item_id="out"))).said[0].code == "sold_out"


def test_two_shoppers_get_the_same_without_personalization(make_shop: Callable[..., Shop], links):
    shop = make_shop(
        events=[event("purchase", "i1"), event("view_item", "i3", user="bob")],
        models={"links": links},
        weights={"links": 1.0},
    )

    def said(user: str, personalize: bool) -> object:
        reply = Shopper(shop).does(Plain("popular"), user_id=user, personalize=personalize)
        return msgspec.json.encode([reply.said, reply.cards, reply.question, reply.ways_out, reply.state, reply.total])

    assert said("ann", False) == said("bob", False)
    reply = Shopper(shop).does(Inform(()), user_id="ann")
    assert reply.is_personalized
    assert "personal" in codes(reply)


def test_hostile_words_of_the_catalogue_fill_no_blank(make_shopper: Callable[..., Shopper]):
    evil = product("e1", "x", 100, ("{price:m1}", "<b>Kinds</b>\u202e"), colour="{title:m1}")
    reply = make_shopper([evil]).wants(Want("colour", "is", ("{title:m1}",)))
    shown = " ".join([one.text for one in reply.said] + [card.reason.text for card in reply.cards])
    assert "{title:m1}" not in shown
    assert "\u202e" not in shown


def test_every_sentence_speaks_the_asked_language(make_shopper: Callable[..., Shopper]):
    reply = make_shopper(language="zh").wants(A_MUG, most(100))
    assert all(any(letter > "\u4e00" for letter in one.text) for one in reply.said)
    assert all(any(letter > "\u4e00" for letter in card.reason.text) for card in reply.cards)


def test_a_field_that_does_not_matter_is_no_want_any_more(shopper: Shopper):
    shopper.wants(A_MUG, RED)
    reply = shopper.does(DontCare("colour"))
    assert reply.wants == (A_MUG,)
    assert len(reply.cards) == 4


def test_naming_another_kind_turns_earlier_wants_into_wishes_and_ends_the_present(shopper: Shopper):
    shopper.does(Gift("child"), Inform((Want("category", "is", ("Lamps",)), Want("material", "is", ("steel",)))))
    reply = shopper.wants(A_MUG)
    assert Want("material", "is", ("steel",), is_hard=False) in reply.wants
    assert ids(reply)[0] == "m3"
    assert "present" not in reply.cards[0].reason.text


def test_a_category_within_the_one_said_narrows_and_one_around_it_changes_nothing(shopper: Shopper):
    shopper.wants(Want("category", "is", ("Kitchen",)))
    assert len(ids(shopper.wants(A_MUG), "match")) == 4
    reply = shopper.wants(Want("category", "is", ("Kitchen",)))
    assert reply.wants == (A_MUG,)


def test_a_present_with_a_budget_begins_anew_and_one_alone_leaves_a_way_out(shopper: Shopper):
    shopper.wants(A_MUG, RED)
    alone = shopper.does(Gift("child"))
    assert alone.wants == (A_MUG, RED)
    assert alone.ways_out
    fresh = Shopper(shopper.shop)
    fresh.wants(A_MUG, RED)
    assert fresh.does(Inform((most(2_000),)), Gift("child")).wants == (most(2_000),)


def test_a_question_about_no_item_is_answered_for_each_shown(shopper: Shopper):
    shopper.wants(A_MUG)
    reply = shopper.does(AskFact(None, "material"))
    assert reply.table is not None
    assert sorted(reply.table.rows[0].values) == ["china", "china", "glass", "steel"]
    assert codes(shopper.does(AskFact(None, "stock"))) == ["fact_all_in_stock"]


def test_a_want_about_a_field_without_numbers_is_left_out(shopper: Shopper):
    shopper.wants(A_MUG)
    assert shopper.wants(most(100, "colour")).wants == (A_MUG,)


def test_words_that_no_item_has_are_left_out_and_said(shopper: Shopper):
    shopper.wants(A_MUG)
    reply = shopper.wants(words="zeppelin")
    assert "words_dropped" in codes(reply)
    assert len(ids(reply)) == 4
    assert not reply.is_answered


def test_words_narrow_what_is_wanted_and_can_be_taken_back(shopper: Shopper):
    shopper.wants(A_MUG)
    assert ids(shopper.wants(words="enamel"), "match") == ["m3"]
    assert len(ids(shopper.does(Undo("words", ("enamel",))))) == 4


def test_all_wants_but_the_kind_can_be_taken_back_at_once(shopper: Shopper):
    reply = shopper.wants(
        A_MUG, Want("colour", "is", ("x",)), Want("material", "is", ("y",)), Want("season", "is", ("z",))
    )
    only = next(one for one in reply.ways_out if one.count == 4)
    assert sorted(ids(shopper.does(*only.acts))) == ["m1", "m2", "m3", "m4"]


CUPS, TINS, TOYS = ("Kitchen & baking", "Cups"), ("Kitchen & baking", "Tins"), ("Christmas", "Cups")
CUPBOARD = [
    *(product(f"c{number}", f"Cup {number}", 500 + 100 * number, CUPS) for number in range(20)),
    *(product(f"t{number}", f"Tin {number}", 500, TINS) for number in range(20)),
    *(product(f"x{number}", f"Bauble cup {number}", 500, TOYS) for number in range(2)),
]


def test_an_outer_kind_narrows_the_inner_one_however_few_items_have_both(make_shopper: Callable[..., Shopper]):
    shopper = make_shopper(CUPBOARD)
    shopper.wants(Want("category", "is", ("Cups",)))
    reply = shopper.wants(Want("category", "is", ("Christmas",)))
    assert sorted(ids(reply, "match")) == ["x0", "x1"]


def test_half_of_the_name_around_the_kind_said_before_asks_for_something_else(make_shopper: Callable[..., Shopper]):
    shopper = make_shopper(CUPBOARD)
    shopper.does(utterance="tins")
    assert {one[0] for one in ids(shopper.does(utterance="kitchen things"))} != {"t"}
    shopper.does(utterance="tins")
    assert {one[0] for one in ids(shopper.does(utterance="kitchen & baking"))} == {"t"}


def test_dearer_stays_within_the_budget_while_something_there_is_dearer(make_shopper: Callable[..., Shopper]):
    shopper = make_shopper(CUPBOARD)
    shopper.wants(Want("category", "is", ("Cups",)), most(1900))
    shown = [int(one[1:]) for one in ids(shopper.does(Inform((most(1900),))), "match") if one[0] == "c"]
    dearer = [int(one[1:]) for one in ids(shopper.does(Critique("price", "more")), "match")]
    assert dearer
    assert max(dearer) <= 14
    assert min(dearer) > sorted(shown)[len(shown) // 2 - 1]


def test_anything_will_do_where_nothing_fits_gives_up_the_bound(shopper: Shopper):
    assert codes(shopper.wants(A_MUG, most(100)))[0] == "none_price"
    reply = shopper.does(DontCare())
    assert ids(reply, "match")
    assert A_MUG in reply.wants
