"""What is said now and what was wanted before."""

from daogou.decide.guide.acts import Want
from daogou.decide.guide.wants import merged, without

RED = Want("colour", "is", ("red",))
BLUE = Want("colour", "is", ("blue",))


def under(number: float) -> Want:
    return Want("price", "at_most", (), number)


def over(number: float) -> Want:
    return Want("price", "at_least", (), number)


def test_a_new_value_takes_the_place_of_the_earlier_one():
    assert merged([RED, under(100)], [BLUE]) == (under(100), BLUE)


def test_what_is_unwanted_adds_up():
    no_red, no_blue = Want("colour", "is_not", ("red",)), Want("colour", "is_not", ("blue",))
    assert merged([no_red], [no_blue]) == (Want("colour", "is_not", ("red", "blue")),)


def test_wanting_what_was_unwanted_takes_the_ban_back():
    assert merged([Want("colour", "is_not", ("red", "blue"))], [RED]) == (Want("colour", "is_not", ("blue",)), RED)


def test_not_wanting_what_was_wanted_takes_the_want_back():
    no_red = Want("colour", "is_not", ("RED",))
    assert merged([RED], [no_red]) == (no_red,)


def test_a_bound_replaces_the_same_bound_and_keeps_the_other():
    assert merged([over(10), under(100)], [under(50)]) == (over(10), under(50))


def test_a_bound_that_contradicts_an_earlier_one_replaces_it():
    assert merged([over(100)], [under(50)]) == (under(50),)


def test_a_range_said_the_wrong_way_round_is_turned():
    assert merged([], [over(300), under(200)]) == (over(200), under(300))


def test_about_replaces_every_bound():
    about = Want("price", "about", (), 70)
    assert merged([over(10), under(100)], [about]) == (about,)


def test_taking_back_one_value_leaves_the_others():
    both = Want("colour", "is_not", ("red", "blue"))
    assert without([both], "colour", ("Red",)) == (Want("colour", "is_not", ("blue",)),)
    assert without([both, under(9)], "colour") == (under(9),)
