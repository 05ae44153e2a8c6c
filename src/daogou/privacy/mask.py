"""Contact data has no place in an event log: see it, refuse it as an id, mask it in free text.

Good for e-mail addresses and phone numbers written in the usual ways. Names and postal addresses are not recognised.
"""

from __future__ import annotations

import re

_EMAIL = re.compile(r"[A-Za-z0-9._%+'\-]+(?:@|%40)[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,}")
_PHONE = re.compile(
    r"(?<![\w.+])(?:"
    r"\+\d{1,3}[ .\-]?(?:\(?\d{1,4}\)?[ .\-]?){1,4}\d{3,4}"  # +44 20 7946 0958
    r"|(?:86[ \-]?)?1[3-9]\d[ \-]?\d{4}[ \-]?\d{4}"  # 138 0013 8000, a mobile number in mainland China
    r")(?![\w.])"
)
_LONG_NUMBER = re.compile(r"\d(?:[ .\-]?\d){6,}")  # of an order, a card, an identity card
_CONTACT_COLUMNS = frozenset(
    (
        "email", "emailaddress", "mail", "phone", "phonenumber", "mobile", "mobilenumber", "telephone", "tel",
        "fax", "address", "streetaddress", "postaladdress", "firstname", "lastname", "surname", "fullname",
        "familyname", "givenname", "passport", "idnumber", "ipaddress", "ip", "邮箱", "电子邮件", "手机", "手机号",
        "手机号码", "电话", "电话号码", "地址", "收货地址", "姓名", "真实姓名", "身份证", "身份证号", "微信", "微信号",
    )
)  # fmt: skip

_NAMES_OF_PEOPLE = frozenset({"name", "username", "nickname", "昵称", "用户名", "名字"})


def is_contact(text: str) -> bool:
    """Whether a whole text is an e-mail address or a phone number, and so must not serve as an id."""
    if "@" not in text and "%40" not in text and text[:1] != "+" and len(text) < 11:
        return False
    return (_EMAIL.fullmatch(text) or _PHONE.fullmatch(text)) is not None


def mask_contacts(text: str) -> str:
    """The text with every e-mail address and phone number replaced by [email] or [phone]."""
    if len(text) < 6:
        return text
    if "@" in text or "%40" in text:
        text = _EMAIL.sub("[email]", text)
    return _PHONE.sub("[phone]", text) if len(text) >= 8 else text


def mask_numbers(text: str) -> str:
    """The text with every number of seven digits and more replaced by [number]."""
    return _LONG_NUMBER.sub("[number]", text)


def is_contact_column(squeezed_name: str, *, of_person: bool = False) -> bool:
    """Whether a column name (lower case, no spaces or underscores) announces contact data.

    of_person  the table is one of people, where a plain `name` is a person's
    """
    return squeezed_name in _CONTACT_COLUMNS or (of_person and squeezed_name in _NAMES_OF_PEOPLE)
