"""The sentences of the findings and what to do about each, in English and in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from daogou.learn.evaluation.glossary import Text

FINDINGS: Mapping[str, Text] = {
    "beats_best_sellers": {
        "en": "The recommendations are {times} times as good as a list of best-sellers ({metric} {own:.3f} against "
        "{other:.3f}), and that is no chance.",
        "zh": "推荐效果是畅销榜的 {times} 倍（{metric} {own:.3f} 对 {other:.3f}），且并非偶然。",
    },
    "not_better_than_best_sellers": {
        "en": "The recommendations are not surely better than a list of best-sellers ({metric} {own:.3f} against "
        "{other:.3f}).",
        "zh": "推荐效果未必优于畅销榜（{metric} {own:.3f} 对 {other:.3f}）。",
    },
    "worse_than_best_sellers": {
        "en": "The recommendations are worse than a list of best-sellers ({metric} {own:.3f} against {other:.3f}).",
        "zh": "推荐效果不如畅销榜（{metric} {own:.3f} 对 {other:.3f}）。",
    },
    "no_better_than_one_model": {
        "en": "“{model}” is not surely better than “{best}” alone.",
        "zh": "“{model}”未必优于单独使用“{best}”。",
    },
    "few_shoppers": {
        "en": "Only {n:,} shoppers could be evaluated, so every figure here is rough.",
        "zh": "只有 {n:,} 位顾客可供评测，因此本页数字都较粗略。",
    },
    "strangers": {
        "en": "{share:.0%} of the shoppers who chose something came without a history; for them the list holds "
        "{strangers:.1%} of what they choose, against {others:.1%} for the others.",
        "zh": "{share:.0%} 的下单顾客此前没有历史；列表覆盖了他们所选商品的 {strangers:.1%}，其他顾客为 {others:.1%}。",
    },
    "cold_items": {
        "en": "{share:.1%} of what shoppers chose were items nobody had before; the lists held {found:.1%} of those.",
        "zh": "顾客所选商品中 {share:.1%} 是此前无人购买的；列表覆盖了其中的 {found:.1%}。",
    },
    "narrow": {
        "en": "Only {coverage:.0%} of the catalogue stands in anyone's first {k} places.",
        "zh": "所有顾客的前 {k} 位里只出现了目录的 {coverage:.0%}。",
    },
    "wide": {
        "en": "{coverage:.0%} of the catalogue stands in somebody's first {k} places.",
        "zh": "目录中 {coverage:.0%} 的商品出现在某位顾客的前 {k} 位。",
    },
    "popularity_bias": {
        "en": "The lists are {lift:.0%} more popular than what the same shoppers take by themselves. Served for long, "
        "that makes best-sellers sell more and the rest less.",
        "zh": "列表比同一批顾客自己选择的商品热门 {lift:.0%}。长期如此会让畅销品更畅销、其余更冷。",
    },
    "feedback_loop": {
        "en": "The lists are {lift:.0%} more popular than what the same shoppers take by themselves, and demand "
        "already crowds on fewer items from month to month: the sign of a loop that feeds itself.",
        "zh": "列表比同一批顾客自己选择的商品热门 {lift:.0%}，而本店的需求已在逐月集中：这是自我强化的迹象。",
    },
    "no_popularity_bias": {
        "en": "The lists are {less:.0%} less popular than what the same shoppers take by themselves: they do not feed "
        "the best-sellers.",
        "zh": "列表比同一批顾客自己选择的商品冷门 {less:.0%}：没有助长畅销品。",
    },
    "exposure": {
        "en": "{kind}: “{name}” gets {shown:.1%} of the attention, though {chosen:.1%} of the choices fall on it.",
        "zh": "{kind}：“{name}”只得到 {shown:.1%} 的关注，却占顾客选择的 {chosen:.1%}。",
    },
    "gap": {
        "en": "{kind}: of what “{best}” goes on to choose, the list holds {high:.1%}; of “{worst}”, {low:.1%}. More "
        "than chance would part them.",
        "zh": "{kind}：“{best}”所选商品有 {high:.1%} 在列表中，“{worst}”为 {low:.1%}，差距大于偶然。",
    },
    "no_impressions": {
        "en": "No page reports what shoppers really saw, so everything that was served is counted, seen or not. Click "
        "rates come out too low.",
        "zh": "没有页面上报顾客真正看到了什么，因此只能按已下发的列表计算，点击率会偏低。",
    },
    "few_clicks": {
        "en": "So far {clicks:,} clicks came from lists: too few to compare placements or releases.",
        "zh": "目前列表只带来 {clicks:,} 次点击，尚不足以比较推荐位或版本。",
    },
    "clicks": {
        "en": "Of 1,000 items {shown} in lists, {clicked:.0f} were clicked ({low:.0f} to {high:.0f}) and {bought:.1f} "
        "bought within {days:g} days of the click: {n:,} purchases in all.",
        "zh": "列表中每 1000 件{shown}的商品，有 {clicked:.0f} 件被点击（{low:.0f} 至 {high:.0f}），{bought:.1f} "
        "件在点击后 {days:g} 天内被购买，共 {n:,} 次购买。",
    },
    "weak_placement": {
        "en": "“{name}” is clicked {rate:.1%} of the time, less than half of what lists are on the whole "
        "({whole:.1%}).",
        "zh": "“{name}”的点击率为 {rate:.1%}，不到整体（{whole:.1%}）的一半。",
    },
    "position_bias": {
        "en": "The same item is clicked {ratio:.0%} as often at place {place} as at the first ({low:.0%} to "
        "{high:.0%}): the place itself decides much of what is clicked.",
        "zh": "同一商品放在第 {place} 位时，点击率只有首位的 {ratio:.0%}（{low:.0%} 至 {high:.0%}）："
        "位置本身在很大程度上决定了点击。",
    },
    "dislikes": {
        "en": "In “{name}” shoppers send away {rate:.1%} of what they see.",
        "zh": "在“{name}”中，顾客把看到的商品中的 {rate:.1%} 标为不感兴趣。",
    },
    "new_items_shown": {
        "en": "In “{name}” new items got {share:.1%} of the places ({low:.1%} to {high:.1%}); {promised:.0%} were "
        "promised.",
        "zh": "在“{name}”中，新品得到了 {share:.1%} 的位置（{low:.1%} 至 {high:.1%}），承诺为 {promised:.0%}。",
    },
    "new_items_missing": {
        "en": "In “{name}” new items got only {share:.1%} of the places ({low:.1%} to {high:.1%}); {promised:.0%} were "
        "promised.",
        "zh": "在“{name}”中，新品只得到了 {share:.1%} 的位置（{low:.1%} 至 {high:.1%}），而承诺为 {promised:.0%}。",
    },
    "release_better": {
        "en": "Since release {last} the click rate is {new:.2%}; under {before} it was {old:.2%}. They served at "
        "different times, so other things may have changed, too.",
        "zh": "自版本 {last} 起点击率为 {new:.2%}，此前版本 {before} 为 {old:.2%}。"
        "两者服务时间不同，也可能有其他原因。",
    },
    "release_worse": {
        "en": "Since release {last} the click rate is {new:.2%}; under {before} it was {old:.2%}. They served at "
        "different times, so other things may have changed, too.",
        "zh": "自版本 {last} 起点击率为 {new:.2%}，此前版本 {before} 为 {old:.2%}。"
        "两者服务时间不同，也可能有其他原因。",
    },
}

MORE_EVENTS: Text = {
    "en": "Check that events carry the same shopper ids from visit to visit, then collect more of them. Until then, "
    "“trending” is an honest choice for the home page.",
    "zh": "请检查同一顾客的多次访问是否使用同一编号，并积累更多事件；在此之前，首页可先使用“热门商品”。",
}
MORE_ROOM: Text = {
    "en": "Give personal models (ease, item_knn, content) more room than popularity and trending, and keep one "
    "placement for new arrivals. Watch the share of best-sellers from month to month.",
    "zh": "让个性化模型（ease、item_knn、content）多于热度类模型，并保留一个新品推荐位；逐月关注畅销品占比。",
}

ADVICE: Mapping[str, Text] = {
    "new_items_missing": {
        "en": "See whether new items pass the placement's filter and rules, whether items carry created_at, and "
        "whether its lists are long enough to hold places for them.",
        "zh": "请检查新品是否能通过该推荐位的筛选与规则、商品是否带有 created_at，以及列表是否长到容得下新品位。",
    },
    "not_better_than_best_sellers": MORE_EVENTS,
    "worse_than_best_sellers": MORE_EVENTS,
    "no_better_than_one_model": {
        "en": "Serving “{best}” alone would be simpler and lose nothing that can be measured. More shoppers in the "
        "test part would decide it.",
        "zh": "单独使用“{best}”更简单，且测不出损失；测试段有更多顾客时可以分出高下。",
    },
    "few_shoppers": {
        "en": "Believe the intervals, not the means. Evaluate again when more shoppers have come back.",
        "zh": "请以区间为准，不要只看平均值；等更多顾客回访后再评测一次。",
    },
    "strangers": {
        "en": "Report what visitors look at (view_item) as well as what they buy: one click is enough for a list of "
        "their own. Show “trending” and “new arrivals” where strangers land.",
        "zh": "除购买外也上报浏览（view_item）：一次点击就足以生成个人列表。"
        "在新客落地的页面展示“热门商品”与“新品上架”。",
    },
    "cold_items": {
        "en": "Give new items a full title, category and attributes on their first day: the content model knows them "
        "by those. Give “new arrivals” a place on the home page.",
        "zh": "新品上架当天就填好标题、类目和属性：内容模型靠这些认识新品。并在首页留出“新品上架”。",
    },
    "narrow": {
        "en": "Add placements that look elsewhere: “new arrivals”, “similar items”. Lower max_per_category so that one "
        "category cannot fill a list.",
        "zh": "增加面向其他商品的推荐位，如“新品上架”“相似商品”；调低 max_per_category，避免单一类目占满列表。",
    },
    "popularity_bias": MORE_ROOM,
    "feedback_loop": MORE_ROOM,
    "exposure": {
        "en": "See that these items have titles, categories and attributes, and are in stock. If it stays so, give "
        "them a placement of their own.",
        "zh": "请检查这些商品的标题、类目、属性与库存；若情况持续，可为它们单设推荐位。",
    },
    "gap": {
        "en": "See whether the worse-served group has fewer events, or is offered items it cannot buy there. If it "
        "wants other things, more of its own events are what helps.",
        "zh": "请查看效果较差的一组是否事件较少，或看到了当地买不到的商品；若其需求不同，需要积累更多该组的事件。",
    },
    "no_impressions": {
        "en": "Let the page send “impression” events with the recommendation_id; the storefront's tracker does so by "
        "itself.",
        "zh": "请让页面发送带 recommendation_id 的“impression”事件；自带店面的埋点会自动发送。",
    },
    "few_clicks": {"en": "Look again when there are a few hundred.", "zh": "积累到数百次后再看。"},
    "weak_placement": {
        "en": "Move it higher on the page, try another retriever for it in shop.toml, or give its space to a list that "
        "works.",
        "zh": "可把它移到页面更靠前处，在 shop.toml 中更换召回方式，或把位置让给效果更好的列表。",
    },
    "position_bias": {
        "en": "Do not judge an item by its clicks alone: compare it with items at the same place.",
        "zh": "不要只凭点击量评价商品，应与同一位置的商品比较。",
    },
    "dislikes": {
        "en": "See which items these are. Hide what is sold out or unfit, and shorten the list.",
        "zh": "请查看是哪些商品，下架售罄或不合适的，并缩短列表。",
    },
    "release_worse": {
        "en": "Look at what else changed on that day. If nothing did, train again or go back to the earlier release.",
        "zh": "请查看当天是否还有其他变化；若没有，可重新训练或回到之前的版本。",
    },
}
"""What to do, for the findings that ask for something."""
