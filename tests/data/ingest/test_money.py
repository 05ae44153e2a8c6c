from decimal import Decimal

import pytest

from daogou.core.errors import InvalidField
from daogou.data.ingest.money import read_currency, read_price


@pytest.mark.parametrize(
    ("written", "minor", "currency"),
    [
        ("12.50", 1250, "GBP"),
        (12.5, 1250, "GBP"),
        (12, 1200, "GBP"),
        (Decimal("12.50"), 1250, "GBP"),
        ("0", 0, "GBP"),
        (1.005, 101, "GBP"),  # half up, although the float lies a little below
        ("19.90 USD", 1990, "USD"),
        ("USD 19.90", 1990, "USD"),
        ("usd19.90", 1990, "USD"),
        ("£4", 400, "GBP"),
        ("¥19.9", 1990, "CNY"),
        ("￥１９．９０", 1990, "CNY"),
        ("19.9元", 1990, "CNY"),
        ("19,90 €", 1990, "EUR"),
        ("19,90", 1990, "GBP"),
        ("1,234.50", 123450, "GBP"),
        ("1,234,567", 123456700, "GBP"),
        ("1.299,00", 129900, "GBP"),
        ("1'299.00", 129900, "GBP"),
        ("1500 JPY", 1500, "JPY"),
        ("1.234 KWD", 1234, "KWD"),
    ],
)
def test_a_price_is_read_the_way_a_shopper_would_read_it(written: object, minor: int, currency: str) -> None:
    assert read_price(written, "price", "GBP") == (minor, currency)


def test_the_yen_sign_is_yen_in_a_japanese_shop_and_yuan_in_a_chinese_one() -> None:
    assert read_price("¥1990", "price", "JPY") == (1990, "JPY")
    assert read_price("¥1990", "price", "CNY") == (199000, "CNY")


def test_the_dollar_sign_is_the_shops_own_dollar() -> None:
    assert read_price("$5", "price", "HKD") == (500, "HKD")
    assert read_price("$5", "price", "GBP") == (500, "USD")


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("1,234", "ambiguous_comma"),
        ("¥1990", "ambiguous_currency"),
        ("-3", "negative_price"),
        (-0.01, "negative_price"),
        ("free", "not_a_price"),
        ("1e5", "not_a_price"),
        ("1_000", "not_a_price"),
        ("12.5.5", "not_a_price"),
        ("1,2,3", "not_a_price"),
        ("CNY ¥5", "not_a_price"),
        ("", "not_a_price"),
        (None, "not_a_price"),
        (True, "not_a_price"),
        (float("nan"), "not_a_price"),
        (float("inf"), "not_a_price"),
        (Decimal("NaN"), "not_a_price"),
        (10**18, "price_too_large"),
    ],
)
def test_a_price_that_could_mean_two_things_or_none_is_refused(written: object, rule: str) -> None:
    with pytest.raises(InvalidField) as caught:
        read_price(written, "price", "GBP")
    assert (caught.value.rule, caught.value.field) == (rule, "price")


def test_the_complaint_about_a_comma_offers_both_readings() -> None:
    with pytest.raises(InvalidField, match=r"Use 1234 or 1\.234: the comma may mean either"):
        read_price("1,234", "price", "GBP")


def test_a_price_in_another_currency_than_its_row_is_refused() -> None:
    with pytest.raises(InvalidField, match="a price in GBP, the currency of its row"):
        read_price("19.90 USD", "price", "GBP", stated=True)


def test_a_currency_is_three_letters() -> None:
    assert read_currency(" gbp ", "currency") == "GBP"
    for wrong in ("EURO", "£", "", 826, "12A"):
        with pytest.raises(InvalidField, match="three-letter"):
            read_currency(wrong, "currency")
