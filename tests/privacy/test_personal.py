import pytest

from daogou.privacy.personal import mask_personal


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("mail jo@example.org please", "mail [email] please"),
        ("我的手机13800138000谢谢", "我的手机[phone]谢谢"),
        ("电话１３８００１３８０００", "电话[phone]"),
        ("call 020 7946 0958", "call [phone]"),
        ("card 4111 1111 1111 1111 ok", "card [card] ok"),
        ("身份证11010519491231002X", "身份证[id]"),
        ("my passport number is AB1234567", "my passport number is [id]"),
        ("护照号E12345678", "护照号[id]"),
        ("SSN 078-05-1120", "SSN [id]"),
        ("IBAN GB82 WEST 1234 5698 7654 32", "IBAN [card]"),
        ("寄到：上海市浦东新区世纪大道100号12楼", "寄到：[address]"),
        ("send it to 221B Baker Street, NW1 6XE", "send it to [address], [address]"),
        ("my name is Jane Doe", "my name is [name]"),
        ("我叫王小明", "我叫[name]"),
    ],
)
def test_what_names_a_person_is_replaced(text: str, masked: str) -> None:
    assert mask_personal(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "red mug under 20 pounds, 500ml, set of 6",
        "200到300块的防水鞋，42码",
        "不要红色，1.5米长的",
        "gift for my 5 year old, budget 1500",
        "EAN 4006381333931, 2026-11-21, 300 ml",
        "两百块以内的杯子 第二个 多少钱",
        "我叫什么都行",
        "iPhone 15 Pro 256GB 12000mAh",
        "3 in 1 way to go",
    ],
)
def test_what_shoppers_ask_for_stays(text: str) -> None:
    assert mask_personal(text) == text
