from __future__ import annotations

import pytest

from daogou.core.errors import InvalidField
from daogou.core.types import Item
from daogou.decide.profile.tag import Tag, plainest, read_tag, tags_of

MUG = Item(
    "m", {"en": "mug"}, brand="Acme", categories=(("Kitchen", "Mugs"), ("Gifts",)), tags=("new",),
    attributes={"colour": ("red", "white")},
)  # fmt: skip


def test_an_item_is_each_step_of_its_categories_its_brand_its_tags_and_its_attributes() -> None:
    assert {str(tag) for tag in tags_of(MUG)} == {
        "category:Kitchen", "category:Kitchen > Mugs", "category:Gifts", "brand:Acme", "tag:new", "colour:red",
        "colour:white",
    }  # fmt: skip


def test_a_tag_read_from_its_text_is_the_same_tag() -> None:
    for tag in tags_of(MUG):
        assert read_tag(str(tag)) == tag
    assert read_tag("note:ratio 1:2") == Tag("note", "ratio 1:2")


@pytest.mark.parametrize("text", ["", "red", ":red", "colour:", "colour: ", "x:" + "y" * 400])
def test_what_is_no_tag_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(InvalidField, match="colour:red"):
        read_tag(text)


def test_a_shopper_reads_the_innermost_name_and_the_kind_in_both_languages() -> None:
    tag = Tag("category", "Kitchen > Mugs")
    assert (tag.label_in("en"), tag.kind_in("en"), tag.kind_in("zh")) == ("Mugs", "Category", "分类")
    assert Tag("set_size", "6").kind_in("zh") == "Set size"


def test_an_item_is_first_of_all_its_innermost_category_then_its_brand_then_a_tag() -> None:
    assert plainest(MUG) == Tag("category", "Kitchen > Mugs")
    assert plainest(Item("b", {}, brand="Acme", tags=("new",))) == Tag("brand", "Acme")
    assert plainest(Item("t", {}, tags=("new",))) == Tag("tag", "new")
    assert plainest(Item("n", {})) is None


def test_a_price_level_is_told_in_the_shoppers_language() -> None:
    level = read_tag("price:low")
    assert (level.label_in("en"), level.label_in("zh"), level.kind_in("zh")) == ("Good value", "实惠", "价位")
    assert (level.label_in("fr"), read_tag("price:odd").label_in("zh")) == ("Good value", "odd")
