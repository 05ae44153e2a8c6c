"""Words with one slip are read as what was meant, those beside them included."""

from __future__ import annotations

import pytest

from daogou.decide.guide.acts import Critique, Inform, Pick, Want
from daogou.decide.guide.understand.understand import Setting, understand
from daogou.decide.words.lexicon import Lexicon


@pytest.mark.parametrize(
    ("shop", "utterance", "category"),
    [
        ("bi", "hand creaams", "Hand creams"),
        ("bi", "hand crems", "Hand creams"),
        ("bi", "要sports soccks", "Sports socks & accessories"),
        ("gift", "what kitchen tolos have you got", "Kitchen tools"),
        ("gift", "do you have bxoes", "Boxes"),
        ("gift", "do you have stockings", "Stockings"),
    ],
)
def test_the_kind_is_the_whole_name(lexicons: dict[str, Lexicon], shop: str, utterance: str, category: str) -> None:
    (act,) = understand(utterance, lexicons[shop], Setting()).acts
    assert isinstance(act, Inform)
    assert [want.values for want in act.wants] == [(category,)]


def test_a_slip_in_a_word_of_talk_is_no_value(lexicons: dict[str, Lexicon]) -> None:
    assert understand("aound 5", lexicons["gift"], Setting()).acts == (
        Inform((Want("price", "about", (), 500.0, is_hard=False),)),
    )
    assert understand("chaeper", lexicons["gift"], Setting()).acts == (Critique("price", "less"),)


def test_that_one_of_another_kind_is_none_of_those_shown(lexicons: dict[str, Lexicon]) -> None:
    lexicon = lexicons["bi"]
    shown = tuple(item.id for item in lexicon.items if item.categories[0][-1] == "Phone cases")[:6]
    acts = understand("之前那个耳机呢", lexicon, Setting(shown=shown)).acts
    assert [type(act) for act in acts] == [Inform]
    earbuds = tuple(item.id for item in lexicon.items if item.categories[0][-1] == "Wireless earbuds")[:6]
    assert Pick in map(type, understand("我要那个耳机", lexicon, Setting(shown=earbuds)).acts)
