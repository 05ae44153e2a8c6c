"""The question whose answer tells most is asked."""

import numpy as np
import pytest

from daogou.decide.onboarding.choose import best_question, moved, question

HALVES = {"left": np.array([0, 1], np.int32), "right": np.array([2, 3], np.int32)}
LOPSIDED = {"most": np.array([0, 1, 2], np.int32), "one": np.array([3], np.int32)}
ALIKE = np.full(4, 0.25)


def test_a_distribution_moves_as_far_as_kullback_and_leibler_say() -> None:
    before, after = np.array([0.25, 0.75]), np.array([0.5, 0.5])  # a quarter becomes three times as likely
    assert moved(0.25, 3.0) == pytest.approx(float((after * np.log(after / before)).sum()))
    assert moved(0.25, 1.0) == 0.0
    assert moved(1.0, 3.0) == pytest.approx(0.0)


def test_of_two_questions_the_more_even_one_tells_more() -> None:
    found = best_question({"lopsided": LOPSIDED, "halves": HALVES}, ALIKE, {}, ())
    assert found is not None
    assert (found.facet, found.values) == ("halves", ("left", "right"))


def test_what_shoppers_are_faithful_to_is_asked_before_what_they_are_not() -> None:
    found = best_question({"lopsided": LOPSIDED, "halves": HALVES}, ALIKE, {"halves": 1.1, "lopsided": 6.0}, ())
    assert found is not None
    assert found.facet == "lopsided"


def test_what_was_asked_is_not_asked_again() -> None:
    assert best_question({"halves": HALVES}, ALIKE, {}, {"halves"}) is None


def test_no_question_is_asked_where_no_answer_tells_anything() -> None:
    assert best_question({}, np.empty(0), {}, ()) is None
    assert best_question({"halves": HALVES}, np.array([0.5, 0.5, 0, 0]), {}, ()) is None
    assert best_question({"halves": HALVES}, ALIKE, {"halves": 1.0}, ()) is None


def test_choices_are_the_likeliest_values_first() -> None:
    taken = np.array([0.1, 0.1, 0.4, 0.4])
    assert question("halves", HALVES, taken, {}).values == ("right", "left")
