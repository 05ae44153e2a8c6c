"""The catalogue tools, as an assistant of the older protocol calls them; every answer has UCP's shape."""

from __future__ import annotations

from typing import Any

from ucp_sdk.models.schemas.shopping.catalog_lookup import GetProductResponse, LookupResponse
from ucp_sdk.models.schemas.shopping.catalog_search import SearchResponse


def found(answer: dict[str, Any]) -> list[str]:
    return [product["id"] for product in answer["products"]]


def test_search_finds_products_in_ucps_shape(agents: Any) -> None:
    answer = agents.tool("search_catalog", query="mug 3")
    SearchResponse.model_validate(answer)
    assert "p3" in found(answer)
    mug = next(product for product in answer["products"] if product["id"] == "p3")
    assert mug["variants"][0]["price"] == {"amount": 1300, "currency": "GBP"}
    assert mug["variants"][0]["availability"] == {"available": True, "status": "in_stock"}
    assert mug["url"] == "https://shop.example/p/p3"


def test_a_product_holds_its_variants_and_the_range_of_their_prices(agents: Any) -> None:
    answer = agents.tool("search_catalog", filters={"categories": ["Shirts"]})
    SearchResponse.model_validate(answer)
    (shirt,) = answer["products"]
    assert shirt["id"] == "shirt"
    assert shirt["price_range"]["min"]["amount"] == 2000
    assert shirt["price_range"]["max"]["amount"] == 2500
    assert shirt["list_price_range"]["max"]["amount"] == 3000
    assert {option["name"] for option in shirt["options"]} == {"colour", "size"}
    assert len(shirt["variants"]) == 5
    assert shirt["metadata"]["attributes"] == {"material": ["cotton"], "brand": ["Loom"]}


def test_filters_hold_for_every_product(agents: Any) -> None:
    answer = agents.tool("search_catalog", filters={"price": {"min": 1500, "max": 1700}, "brand": ["clay"]})
    assert sorted(found(answer)) == ["p5", "p6", "p7"]
    answer = agents.tool("search_catalog", filters={"colour": "blue", "availability": ["in_stock"]})
    assert [variant["id"] for product in answer["products"] for variant in product["variants"]] == ["shirt-blue-S"]
    assert (
        agents.tool("search_catalog", filters={"categories": ["Kitchen > Mugs"], "brand": ["Loom"]})["products"] == []
    )


def test_a_filter_that_the_shop_does_not_know_is_told(agents: Any) -> None:
    answer = agents.tool("search_catalog", query="shirt", filters={"wingspan": ["2 m"]})
    SearchResponse.model_validate(answer)
    assert answer["messages"][0]["code"] == "filter_ignored"
    assert "wingspan" in answer["messages"][0]["content"]


def test_a_price_in_another_currency_is_not_compared(agents: Any) -> None:
    asked = {"filters": {"price": {"max": 100}, "brand": ["Loom"]}}
    assert agents.tool("search_catalog", **asked)["products"] == []
    answer = agents.tool("search_catalog", **asked, context={"currency": "JPY"})
    assert found(answer) == ["shirt"]
    assert answer["messages"][0]["code"] == "price_filter_ignored"


def test_pages_follow_each_other_without_gap_or_repetition(agents: Any) -> None:
    seen: list[str] = []
    cursor: dict[str, Any] = {}
    while True:
        asked = {"filters": {"brand": ["Clay", "Loom"]}, "pagination": {"limit": 5, **cursor}}
        answer = agents.tool("search_catalog", **asked)
        SearchResponse.model_validate(answer)
        seen += found(answer)
        assert answer["pagination"]["total_count"] == 13
        if not answer["pagination"]["has_next_page"]:
            break
        cursor = {"cursor": answer["pagination"]["cursor"]}
    assert sorted(seen) == sorted([*(f"p{n}" for n in range(12)), "shirt"])


def test_ten_products_come_where_nothing_is_said(agents: Any) -> None:
    assert len(agents.tool("search_catalog", filters={"brand": ["Clay"]})["products"]) == 10


def test_texts_come_in_the_language_that_is_asked_for(agents: Any) -> None:
    answer = agents.tool("lookup_catalog", ids=["p3"], context={"language": "zh-CN"})
    assert answer["products"][0]["title"] == "马克杯3"


def test_lookup_takes_products_and_variants_and_says_what_it_does_not_know(agents: Any) -> None:
    answer = agents.tool("lookup_catalog", ids=["shirt", "shirt-blue-L", "p1", "p1", "nothing"])
    LookupResponse.model_validate(answer)
    shirt, mug = answer["products"]
    inputs = {variant["id"]: variant["inputs"] for variant in shirt["variants"]}
    assert inputs == {
        "shirt-red-S": [{"id": "shirt", "match": "featured"}],
        "shirt-blue-L": [{"id": "shirt-blue-L", "match": "exact"}],
    }
    assert mug["variants"][0]["inputs"] == [{"id": "p1", "match": "exact"}]
    assert answer["messages"] == [{"type": "info", "code": "not_found", "content": "nothing"}]


def test_sold_out_is_said(agents: Any) -> None:
    (shirt,) = agents.tool("lookup_catalog", ids=["shirt-blue-L"])["products"]
    assert shirt["variants"][0]["availability"] == {"available": False, "status": "out_of_stock"}


def test_a_variants_id_fixes_every_choice(agents: Any) -> None:
    answer = agents.tool("get_product", id="shirt-red-L", selected=[{"name": "colour", "label": "blue"}])
    GetProductResponse.model_validate(answer)
    product = answer["product"]
    assert [variant["id"] for variant in product["variants"]] == ["shirt-red-L"]
    assert product["selected"] == [{"name": "colour", "label": "red"}, {"name": "size", "label": "L"}]


def test_values_say_whether_they_exist_and_can_be_bought_beside_the_other_choices(agents: Any) -> None:
    product = agents.tool("get_product", id="shirt", selected=[{"name": "Size", "label": "l"}])["product"]
    assert product["selected"] == [{"name": "size", "label": "L"}]
    colours = next(option for option in product["options"] if option["name"] == "colour")
    assert colours["values"] == [
        {"label": "red", "exists": True, "available": True},
        {"label": "blue", "exists": True, "available": False},
        {"label": "green", "exists": False, "available": False},
    ]
    assert [variant["id"] for variant in product["variants"]] == ["shirt-red-L", "shirt-blue-L"]


def test_the_least_preferred_choice_gives_way(agents: Any) -> None:
    selected = [{"name": "size", "label": "L"}, {"name": "colour", "label": "green"}]
    by_size = agents.tool("get_product", id="shirt", selected=selected, preferences=["size", "colour"])["product"]
    assert by_size["selected"] == [{"name": "size", "label": "L"}]
    by_colour = agents.tool("get_product", id="shirt", selected=selected, preferences=["colour", "size"])["product"]
    assert by_colour["selected"] == [{"name": "colour", "label": "green"}]
    assert [variant["id"] for variant in by_colour["variants"]] == ["shirt-green-S"]


def test_a_product_that_is_not_there_is_an_outcome_not_a_fault(agents: Any) -> None:
    answer = agents.tool("get_product", id="nothing")
    assert answer["ucp"]["status"] == "error"
    assert answer["messages"][0]["code"] == "not_found"


def test_similar_products_say_why(agents: Any) -> None:
    answer = agents.tool("recommend_similar", id="p1", limit=3)
    SearchResponse.model_validate(answer)
    assert len(answer["products"]) <= 3
    assert all(product["metadata"]["reason"] for product in answer["products"])
    assert "p1" not in found(answer)


def test_what_changes_in_the_shop_is_told_at_once(agents: Any) -> None:
    item = {"id": "changing", "title": {"en": "Changing"}, "price": 5, "categories": ["Fresh"]}
    agents.put(item)
    assert agents.tool("lookup_catalog", ids=["changing"])["products"][0]["price_range"]["min"]["amount"] == 500
    agents.put({**item, "price": 7, "availability": "out_of_stock"})
    (product,) = agents.tool("lookup_catalog", ids=["changing"])["products"]
    assert product["price_range"]["min"]["amount"] == 700
    assert product["variants"][0]["availability"]["available"] is False
    assert agents.opened.call("DELETE", "/v1/items/changing").status_code == 200
    assert agents.tool("lookup_catalog", ids=["changing"])["products"] == []


def test_the_guide_answers_with_products_and_goes_on_from_its_state(agents: Any) -> None:
    first = agents.tool("ask_guide", text="mug")
    assert first["said"]
    assert first["products"]
    assert all(product["variants"][0]["price"]["amount"] > 0 for product in first["products"])
    lost = agents.tool("ask_guide", text="mug", state="invented")["said"][0]
    assert lost not in agents.tool("ask_guide", text="mug", state=first["state"])["said"]


def test_the_guide_understands_a_kind_and_a_price(agents: Any) -> None:
    for text in ("a mug under 15 pounds", "15镑以内的马克杯"):
        answer = agents.tool("ask_guide", text=text)
        assert {product["id"] for product in answer["products"]} == {"p1", "p3", "p5"}, text
        assert all(one["price"]["amount"] <= 1500 for product in answer["products"] for one in product["variants"])
    cheaper = agents.tool("ask_guide", text="only under 12", state=answer["state"])
    assert [product["id"] for product in cheaper["products"]] == ["p1"]


def test_the_guide_speaks_chinese(agents: Any) -> None:
    answer = agents.tool("ask_guide", text="马克杯", context={"language": "zh"})
    assert answer["products"]
    assert all(product["title"].startswith("马克杯") for product in answer["products"])


def test_no_blank_of_a_sentence_goes_out_unfilled(agents: Any) -> None:
    for text in (
        "mug",
        "the cheapest mug",
        "compare the first two",
        "what does it cost",
        "为什么推荐",
        "退货",
        "hello",
    ):
        answer = agents.tool("ask_guide", text=text)
        assert not any("{" in said for said in answer["said"]), answer["said"]


def test_a_state_that_was_altered_begins_anew(agents: Any) -> None:
    first = agents.tool("ask_guide", text="a red mug")
    for state in ("x", first["state"][:-4] + "AAAA", "红"):
        assert agents.tool("ask_guide", text="a mug", state=state)["products"]


def test_the_shops_rules_are_quoted_and_nothing_is_made_up(agents: Any) -> None:
    assert agents.tool("shop_policies", topic="returns")["messages"][0]["code"] == "not_found"
    folder = agents.opened.folder / "policies"
    folder.mkdir()
    (folder / "returns.md").write_text("# Returns\nSend it back within <b>30 days</b>. [More](/returns)\n")
    (rule,) = agents.tool("shop_policies", topic="returns")["rules"]
    assert rule == {
        "heading": "Returns",
        "text": "Send it back within 30 days. More",
        "url": "https://shop.example/returns",
    }
    assert agents.tool("shop_policies")["rules"] == [rule]
    assert agents.refused("shop_policies", topic="weather")["code"] == -32602
