"""Everything in free text that may name a person is replaced, before it goes to others or is kept.

Good for what has a form: e-mail, phone, card and identity numbers, street addresses, "my name is …", in English and
Chinese, full-width digits too. A name that nothing announces is not recognised.
"""

from __future__ import annotations

import re
from itertools import pairwise

from daogou.privacy.mask import mask_contacts

_WIDE = {0xFF10 + n: str(n) for n in range(10)} | {0xFF20: "@", 0xFF0E: ".", 0xFF0B: "+", 0xFF0D: "-", 0x3000: " "}

_CHINESE_ID = re.compile(r"(?<!\d)\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\w)")
_SHORT_IDS = re.compile(
    r"(?<![\w-])(?:\d{3}-\d{2}-\d{4}"  # a US social security number
    r"|(?i:[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]))(?![\w-])"  # a British national insurance number
)
_NAMED_ID = re.compile(
    r"(?P<what>(?:passport|driving licen[cs]e|id card|护照|身份证|驾驶证|通行证)\s*"
    r"(?:number|no\.?|号码?|号)?\s*(?:is|为|是|:|：)?\s*)"
    r"[A-Za-z]{0,3}\d[\dA-Za-z]{5,17}(?!\w)",
    re.IGNORECASE,
)
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?!\w)")
_CARD = re.compile(r"(?<![\d.])\d(?:[ -]?\d){12,18}(?![\d.])")
_PHONE = re.compile(
    r"(?<![\w.+-])(?:0\d{2,4}[ -]\d{3,4}[ -]?\d{3,4}|\(?\d{3}\)?[ -]\d{3}[ -]\d{4}|0\d{9,10}"
    r"|1[3-9]\d(?:[ -]?\d{4}){2})(?![\w.])|(?<!\d)1[3-9]\d{9}(?!\d)"
)
_CHINESE_ADDRESS = re.compile(
    r"(?:[\u4e00-\u9fff]{2,7}(?:自治区|省|市|州|区|县|旗|镇|乡)){0,4}"
    r"[\u4e00-\u9fffA-Za-z]{1,8}?(?:路|街道?|大道|巷|弄|胡同|小区|花园|公寓|大厦|新村)"
    r"(?:[\d一二三四五六七八九十百]+(?:号|弄|栋|幢|座|期|单元|楼|层|室|房)[院楼]?-?){1,6}(?:\d{2,4}(?:室|房)?)?"
)
_ENGLISH_ADDRESS = re.compile(
    r"(?<![\w-])\d{1,5}[A-Za-z]?,? (?:[A-Za-z][\w'.-]* ){1,4}"
    r"(?:(?i:street|road|avenue|lane|boulevard|crescent|terrace)|St|Rd|Ave|Ln|Blvd|Drive|Dr|Close|Court|Way|Place|Square)"
    r"\b\.?"
)
_POSTCODE = re.compile(r"(?<!\w)(?i:[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})(?!\w)")
_NAME = re.compile(
    r"(?P<what>\b(?i:my name is|i am called|this is (?:mr|mrs|ms)\.?) )(?:[A-Z][\w'-]+ ?){1,3}"
    r"|(?P<zh>我(?:的名字)?(?:叫|姓名是|的名字是)|收件人[:：]?\s*)(?!什么|啥|你)[\u4e00-\u9fff]{2,4}"
)


def mask_personal(text: str) -> str:
    """The text with [email], [phone], [card], [id], [address] and [name] in place of what they stand for."""
    text = text.translate(_WIDE)
    text = _NAMED_ID.sub(r"\g<what>[id]", text)
    text = _CHINESE_ID.sub("[id]", text)
    text = _IBAN.sub(lambda found: "[card]" if _is_iban(found[0]) else found[0], text)
    text = _CARD.sub(lambda found: "[card]" if _is_card(found[0]) else found[0], text)
    text = _SHORT_IDS.sub("[id]", text)
    text = _PHONE.sub("[phone]", mask_contacts(text))
    text = _CHINESE_ADDRESS.sub("[address]", text)
    text = _POSTCODE.sub("[address]", _ENGLISH_ADDRESS.sub("[address]", text))
    return _NAME.sub(lambda found: f"{found['what'] or found['zh']}[name]", text)


def _is_card(text: str) -> bool:
    """Luhn's sum, which every payment card's number passes."""
    digits = [int(one) for one in text if one.isdigit()]
    doubled = [sum(divmod(2 * one, 10)) for one in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0 and any(one != other for one, other in pairwise(digits))


def _is_iban(text: str) -> bool:
    packed = text.replace(" ", "")
    return int("".join(str(int(one, 36)) for one in packed[4:] + packed[:4])) % 97 == 1
