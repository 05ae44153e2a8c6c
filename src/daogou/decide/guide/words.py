"""Every sentence of the guide, English and Chinese; facts come in as arguments, titles and prices as blanks to fill."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from daogou.decide.guide.reply import Said

SENTENCES: Mapping[str, tuple[str, str]] = {
    # what was found
    "found": ("{count} items fit: {wants}.", "找到{count}件：{wants}。"),
    "found_few": ("These {count} fit: {wants}.", "符合的有这{count}件：{wants}。"),
    "found_one": ("One item fits: {wants}.", "符合的只有这一件：{wants}。"),
    "popular": ("Popular in this shop:", "本店热门商品："),
    "anything": ("Some things from all over the shop:", "从各个品类挑了几件："),
    "more": ("Here are more.", "再看这几件。"),
    "no_more": (
        "That was all of it: you have seen every item that fits. Here they are again.",
        "符合的都看过了，这是刚才的几件。",
    ),
    "seen_all_near": ("You have seen all that fits; these come close.", "符合的都看过了，下面几件比较接近。"),
    "best_of": ("The {end} of {count}: {title}, {price}.", "{count}件里{end}的是{title}，{price}。"),
    "ordered": ("Sorted: {end} first.", "已按{end}排序。"),
    "like": ("Similar to {title}:", "和{title}相似的："),
    "back": ("Back to what you saw before.", "回到刚才的结果。"),
    "no_back": ("This is where we began.", "已经是最开始了。"),
    "reset": ("All cleared. What are you looking for?", "已清空，重新开始。您想找什么？"),
    "personal": (
        "The order also considers what you looked at and bought here before.",
        "排序参考了您以前的浏览和购买。",
    ),
    # nothing fits
    "none": ("Nothing fits all of this: {wants}.", "没有同时符合的商品：{wants}。"),
    "none_price": (
        "Nothing for that price: {rest}. The cheapest is {title} at {price}.",
        "这个价位没有{rest}，最便宜的是{title}，{price}。",
    ),
    "none_price_low": (
        "Nothing that dear: {rest}. The dearest is {title} at {price}.",
        "这个价位没有{rest}，最贵的是{title}，{price}。",
    ),
    "none_number": (
        "No item with {want}; the nearest is {title} with {has}.",
        "没有{want}的，最接近的是{title}：{has}。",
    ),
    "near": ("These come closest; each says what it lacks.", "下面几件最接近，每件都注明了差在哪里。"),
    "words_dropped": ("No item mentions “{words}”, so I looked without it.", "没有商品提到“{words}”，先不按它找。"),
    "wants_dropped": (
        "None of these is {wants}, so I no longer ask for it.",
        "这类商品里没有{wants}，已不再按它筛选。",
    ),
    # changing what is wanted
    "cheaper": ("Below {money}:", "低于{money}的："),
    "dearer": ("Above {money}:", "高于{money}的："),
    "less_than": ("{field} below {amount}:", "{field}低于{amount}的："),
    "more_than": ("{field} above {amount}:", "{field}高于{amount}的："),
    "no_cheaper": (
        "Nothing cheaper fits; {title} at {price} is the cheapest.",
        "没有更便宜的了，最便宜的是{title}，{price}。",
    ),
    "no_dearer": (
        "Nothing dearer fits; {title} at {price} is the dearest.",
        "没有更贵的了，最贵的是{title}，{price}。",
    ),
    "no_further": (
        "Nothing goes further in {field}; this is as far as it goes.",
        "{field}没有更合适的了，这些已经到头。",
    ),
    "no_amounts": (
        "The shop does not state {field} here, so I cannot sort by it.",
        "这些商品没有写明{field}，无法按它比较。",
    ),
    "freed": ("{field}: anything goes.", "{field}不限。"),
    "undone": ("Taken back: {want}.", "已取消：{want}。"),
    "rejected": ("I leave those out.", "好的，不再显示这些。"),
    "gift": ("For a present I looked first among: {kinds}.", "送礼我先看了：{kinds}。"),
    "gift_open": (
        "For a present; nothing here says for whom it is, so popular things come first.",
        "这些商品没有标注适合谁，先看热门的。",
    ),
    # about items
    "picked": ("{title}, {price}.", "{title}，{price}。"),
    "sold_out": ("{title} is sold out. These are similar:", "{title}已售罄，看看相似的："),
    "pick_next": ("You can put it into your cart on its page.", "可以在商品页加入购物车。"),
    "which": ("Which one do you mean? Say for example “the second one”.", "您指的是哪一件？比如说“第二个”。"),
    "fact": ("{title}: {field} {value}.", "{title}：{field}{value}。"),
    "fact_price": ("{title}: {price}.", "{title}：{price}。"),
    "fact_in_stock": ("{title} is in stock.", "{title}有现货。"),
    "fact_sold_out": ("{title} is sold out.", "{title}已售罄。"),
    "fact_on_order": ("{title} can be ordered; it is not in stock now.", "{title}可以预订，目前没有现货。"),
    "fact_all_in_stock": ("All of these are in stock.", "这几件都有现货。"),
    "fact_some_sold_out": ("Sold out: {titles}. The others are in stock.", "已售罄：{titles}，其余有现货。"),
    "fact_prices": ("Each with its price:", "价格见每件商品："),
    "fact_each": ("{field} of each:", "各件的{field}："),
    "fact_unstated_each": ("The shop does not state the {field} of any of these.", "这几件店家都没有写明{field}。"),
    "fact_quoted": ("The shop writes about {title}:", "关于{title}，店家写道："),
    "fact_unstated": ("The shop does not state the {field} of {title}.", "店家没有写明{title}的{field}。"),
    "fact_all": ("What the shop states of {title}:", "店家对{title}的说明："),
    "compared": ("Side by side; where they differ comes first.", "对比如下，不同之处在前。"),
    "compared_alike": (
        "Side by side; the shop states no difference but what you see.",
        "对比如下，店家写明的各项都相同。",
    ),
    "compared_best": ("{title} is the {end} of them.", "其中{end}的是{title}。"),
    "compare_two": (
        "I need two items to compare. Say for example “compare 1 and 3”.",
        "请告诉我要比较哪两件，比如“比较1和3”。",
    ),
    "why_wants": ("{title} is here because it has what you asked for: {wants}.", "推荐{title}，因为它符合：{wants}。"),
    "why_near": (
        "{title} comes close: it has {wants}, but not {lacks}.",
        "{title}比较接近：符合{wants}，但不符合{lacks}。",
    ),
    "why_popular": ("{title} is here because it is often taken in this shop.", "推荐{title}，因为它在本店比较受欢迎。"),
    "why_reason": ("{title}: {reason}.", "{title}：{reason}。"),
    "bundle": ("What goes with {title}:", "可以和{title}搭配的："),
    "bundle_wants": ("One of each that goes together:", "搭配一套："),
    "bundle_none": (
        "The shop does not know what goes with {title} yet. Other things from its department:",
        "暂时没有{title}的搭配数据，看看同一大类的其他商品：",
    ),
    # about the shop
    "policy": ("The shop writes:", "店家的说明："),
    "policy_missing": (
        "The shop has not told me anything about {topic}. Please ask the shop itself.",
        "店家没有提供关于{topic}的说明，请直接联系店家。",
    ),
    "order_status": (
        "I cannot see orders. You find yours in your account or in the confirmation you received.",
        "我看不到订单，请在您的账户或确认邮件/短信里查看。",
    ),
    "hand_over": (
        "A person of the shop should go on from here. Use the shop's contact.",
        "这里请人工客服继续，请通过店家的联系方式联系。",
    ),
    # small talk
    "greet": ("Hello. What are you looking for?", "您好，想找点什么？"),
    "thanks": ("You are welcome.", "不客气。"),
    "bye": ("Goodbye.", "再见，欢迎再来。"),
    "help": (
        "Tell me what you look for, for example “{example}”. You can say cheaper, not red, like the second one, "
        "compare 1 and 3, or go back.",
        "告诉我想找什么，例如“{example}”。也可以说：便宜点、不要红色、像第二个、比较1和3、上一步。",
    ),
    "ask_what": ("What are you looking for?", "您想找什么？"),
    "noted": ("All right.", "好的。"),
    "not_understood": (
        "Nothing here matches “{words}”. Try a kind of thing, a colour or a price.",
        "店里没有找到“{words}”。可以换个说法，或说品类、颜色、价格。",
    ),
    "not_understood_empty": (
        "I did not catch that. Try a kind of thing, a colour or a price.",
        "没看懂，可以说品类、颜色或价格。",
    ),
    "attribute_mentioned": (
        "The shop keeps no field for {attribute}; these mention it in their own words.",
        "店家没有专门标注{attribute}，下面这些在介绍里提到了。",
    ),
    "unknown_attribute": (
        "The items here say nothing about “{attribute}”, so I cannot choose by it.",
        "本店商品没有写明{attribute}，无法按它挑选。",
    ),
    "other_currency": (
        "Prices here are in {currency}; say the amount in {currency} and I choose by it.",
        "本店以{currency}标价，请用{currency}说预算。",
    ),
    "refused_abuse": ("Let us keep to shopping. What are you looking for?", "我们还是聊购物吧。您想找什么？"),
    "refused_unsafe": (
        "I cannot advise on that; please ask someone qualified. I can help you find things here.",
        "这方面我不能给建议，请咨询专业人士。我可以帮您在店里找商品。",
    ),
    "refused_out_of_scope": (
        "I only know this shop. I can help you find something here.",
        "我只了解这家店，可以帮您在店里找东西。",
    ),
    "state_lost": ("Our earlier conversation has ended, so I begin anew.", "之前的对话已失效，我们重新开始。"),
    "cut": ("That was long; I read the first {count} characters.", "内容太长，只看了前{count}个字。"),
}
"""By code: English, Chinese."""

ENDS: Mapping[tuple[str, bool], tuple[str, str]] = {
    ("price", False): ("cheapest", "最便宜"),
    ("price", True): ("dearest", "最贵"),
    ("rating", True): ("best rated", "评分最高"),
    ("rating", False): ("lowest rated", "评分最低"),
    ("newest", True): ("newest", "最新上架"),
    ("newest", False): ("oldest", "上架最早"),
    ("created_at", True): ("newest", "最新上架"),
    ("created_at", False): ("oldest", "上架最早"),
    ("popularity", True): ("most popular", "最受欢迎"),
    ("discount", True): ("most reduced", "折扣最大"),
}

TOPICS: Mapping[str, tuple[str, str]] = {
    "shipping": ("delivery", "配送"),
    "returns": ("returns", "退换货"),
    "payment": ("payment", "支付"),
    "warranty": ("warranty", "保修"),
    "privacy": ("privacy", "隐私"),
    "opening_hours": ("opening hours", "营业时间"),
    "contact": ("contact", "联系方式"),
    "other": ("that", "这一点"),
}

CURRENCIES: Mapping[str, tuple[str, str]] = {
    "GBP": ("pounds", "英镑"), "CNY": ("yuan", "人民币"), "USD": ("US dollars", "美元"), "EUR": ("euros", "欧元"),
    "JPY": ("yen", "日元"), "HKD": ("Hong Kong dollars", "港币"), "TWD": ("Taiwan dollars", "新台币"),
}  # fmt: skip
"""What currencies are called; others by their code."""
ANY_LABEL = ("Doesn't matter", "都可以")
BUTTONS: Mapping[str, tuple[str, str]] = {
    "everything": ("Look through everything", "在全店里找"),
    "more": ("Show more", "换一批"),
    "back": ("Back", "上一步"),
    "reset": ("Start over", "重新开始"),
    "popular": ("What is popular", "看热门"),
    "without": ("Without “{want}”", "不限“{want}”"),
    "only": ("Only {want}", "只看{want}"),
    "instead": ("{want}", "{want}"),
    "hand_over": ("Talk to a person", "找人工客服"),
    "compare": ("Compare these", "对比一下"),
    "similar": ("Similar ones", "看相似的"),
    "goes_with": ("What goes with it", "看搭配"),
    "facts": ("Details", "查看详情"),
}


def place(language: str) -> int:
    """Where a language's text stands in these tables."""
    return 1 if language.startswith("zh") else 0


def say(code: str, language: str, facts: Mapping[str, Any] | None = None, **blanks: object) -> Said:
    """One sentence; `blanks` fill the text, `facts` are what it was made of as data."""
    return Said(code, SENTENCES[code][place(language)].format(**blanks), facts or {})


def button(code: str, language: str, **blanks: object) -> str:
    """The words on a button."""
    return BUTTONS[code][place(language)].format(**blanks)


def listed(words: list[str], language: str, last: str = "and") -> str:
    """Words as a list."""
    if place(language):
        return ("或" if last == "or" else "、").join(words)
    return ", ".join(words) if last == "and" else " or ".join(words)
