"""What no sentence of a model may say, whatever it was told, from forbidden.toml.

What the rest of the reply says of it, it says from the store. One entry per reason; on doubt a sentence is dropped.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Forbidden:
    """anywhere: searched in a sentence in lower case; dense: in its Chinese characters and digits alone."""

    anywhere: re.Pattern[str]
    dense: re.Pattern[str] | None


def _compiled(section: Mapping[str, list[str]]) -> Forbidden:
    words = [rf"\b(?:{'|'.join(section['words'])})(?:e?s|e?d|ing)?\b"] if "words" in section else []
    chinese = "|".join(section.get("zh", ()))
    anywhere = "|".join([*words, *section.get("also", ()), *([chinese] if chinese else [])])
    return Forbidden(re.compile(anywhere), re.compile(chinese) if chinese else None)


FORBIDDEN: Mapping[str, Forbidden] = {
    reason: _compiled(section)
    for reason, section in tomllib.loads(files(__package__).joinpath("forbidden.toml").read_text("utf-8")).items()
}
"""Reason → what gives a sentence away."""

_TRADITIONAL = (
    "價錢費優贈購車單訂運貨庫療藥醫鏈網點擊訪問掃碼話機聯繫帳號發達遞員銷賣熱評證質無頂級"
    "絕對這們認獎專權額還買實劃預輸稅銀圓塊萬億兩爲為僅時內準導師體務協議險類進關註冊錄"
)
_SIMPLE = (
    "价钱费优赠购车单订运货库疗药医链网点击访问扫码话机联系帐号发达递员销卖热评证质无顶级"
    "绝对这们认奖专权额还买实划预输税银圆块万亿两为为仅时内准导师体务协议险类进关注册录"
)
SIMPLIFIED = str.maketrans(_TRADITIONAL, _SIMPLE)
"""Traditional characters that occur in what is forbidden."""
