import pytest

from daogou.privacy.searched import MOST_CHARACTERS, counted_words


@pytest.mark.parametrize("typed", ["Red  Mug", " red mug\t", "ｒｅｄ ｍｕｇ", "RED\u200b mug".replace("\u200b", " ")])
def test_words_meant_alike_are_counted_together(typed: str) -> None:
    assert counted_words(typed) == "red mug"


@pytest.mark.parametrize(
    ("typed", "counted"),
    [
        ("call 138 0013 8000", "call [phone]"),
        ("jo@example.org mug", "[email] mug"),
        ("订单 2026112100012345", "订单 [number]"),
        ("6222 0212 3456 7890", "[number]"),
        ("mug 300 ml, 12 pcs", "mug 300 ml, 12 pcs"),
        ("红色马克杯", "红色马克杯"),
    ],
)
def test_contact_data_and_long_numbers_are_not_kept(typed: str, counted: str) -> None:
    assert counted_words(typed) == counted


def test_what_cannot_be_seen_is_dropped_and_long_words_are_cut() -> None:
    assert counted_words("\u202e\u2066\x00") == ""
    assert len(counted_words("茶" * 10_000)) == MOST_CHARACTERS
