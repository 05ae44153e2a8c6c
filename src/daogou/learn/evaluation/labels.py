"""Headings, notes and names on the report, in English and in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from daogou.learn.evaluation.glossary import Text

WORDS: Mapping[str, Text] = {
    "title": {"en": "How good the recommendations are", "zh": "推荐效果报告"},
    "language": {"en": "Language", "zh": "语言"},
    "print": {"en": "Print", "zh": "打印"},
    "menu_short": {"en": "In short", "zh": "要点"},
    "menu_served": {"en": "Clicks", "zh": "点击"},
    "menu_best": {"en": "Quality", "zh": "质量"},
    "menu_segments": {"en": "For whom", "zh": "人群"},
    "menu_beyond": {"en": "Catalogue", "zh": "目录"},
    "menu_bias": {"en": "Bias", "zh": "偏差"},
    "menu_figures": {"en": "All figures", "zh": "全部指标"},
    "menu_done": {"en": "Method", "zh": "方法"},
    "menu_words": {"en": "Words", "zh": "名词"},
    "short": {"en": "In short", "zh": "要点"},
    "see": {"en": "See", "zh": "查看"},
    "what_to_do": {"en": "What to do:", "zh": "怎么办："},
    "tone_act": {"en": "● Do something", "zh": "● 需要处理"},
    "tone_watch": {"en": "▲ Keep an eye on it", "zh": "▲ 需要留意"},
    "tone_good": {"en": "✓ Good", "zh": "✓ 良好"},
    "tone_know": {"en": "Good to know", "zh": "供参考"},
    "tile_hit": {"en": "Shoppers who find something", "zh": "能找到所需的顾客"},
    "tile_hit_note": {
        "en": "have at least one item they went on to choose in their first {k} ({low} to {high})",
        "zh": "前 {k} 位中至少有一件之后选择的商品（{low} 至 {high}）",
    },
    "tile_hit_note_against": {
        "en": "have at least one item they went on to choose in their first {k} ({low} to {high}); "
        "best-sellers: {other}",
        "zh": "前 {k} 位中至少有一件之后选择的商品（{low} 至 {high}）；畅销榜：{other}",
    },
    "tile_coverage": {"en": "Catalogue shown", "zh": "展示到的目录"},
    "tile_coverage_note": {
        "en": "of {n} items stand in somebody's first {k}",
        "zh": "{n} 件商品中出现在某位顾客前 {k} 位的比例",
    },
    "tile_ctr": {"en": "Clicks", "zh": "点击"},
    "tile_ctr_note": {
        "en": "of {n} items {shown} in lists were clicked ({low} to {high})",
        "zh": "列表中 {n} 件{shown}商品被点击的比例（{low} 至 {high}）",
    },
    "tile_bought": {"en": "Bought after a click", "zh": "点击后购买"},
    "tile_bought_note": {
        "en": "of {n} clicks led to a purchase within {days} days ({low} to {high})",
        "zh": "{n} 次点击中在 {days} 天内带来购买的比例（{low} 至 {high}）",
    },
    "seen": {"en": "seen", "zh": "被看到的"},
    "sent": {"en": "served", "zh": "下发的"},
    "models": {"en": "How well the models foretell", "zh": "模型预测得如何"},
    "models_note": {
        "en": "Measured on the past: what the models would have shown, beside what shoppers went on to choose.",
        "zh": "基于历史评测：模型当时会展示什么，与顾客之后的选择对照。",
    },
    "the_same": {"en": "The same for: {title}", "zh": "同样的内容：{title}"},
    "every_figure": {"en": "Every figure: {title}", "zh": "每一项指标：{title}"},
    "words": {"en": "What the words mean", "zh": "名词解释"},
    "by_place_note": {
        "en": "Share of lists of {model} with a hit at each place, in per cent: it should fall from the first place on",
        "zh": "{model} 的列表在各位置命中的比例（%）：应从首位起逐渐下降",
    },
    "segments_note": {
        "en": "Dot and whisker: share of what each group goes on to choose that {model} holds in its first {k} places, "
        "with its interval.",
        "zh": "圆点与须线：{model} 的前 {k} 位覆盖了各组顾客之后所选商品的多少，及其区间。",
    },
    "reference_note": {"en": "Upright mark: {model}.", "zh": "竖线：{model}。"},
    "gap_real": {
        "en": "more than chance (groups at random would reach {chance})",
        "zh": "大于偶然（随机分组可达 {chance}）",
    },
    "gap_chance": {
        "en": "no more than chance (groups at random reach {chance})",
        "zh": "未超出偶然（随机分组可达 {chance}）",
    },
    "beyond_note": {
        "en": "At the first {k} places. No single figure is better when higher: more novelty usually costs hits.",
        "zh": "按前 {k} 位计算。这些指标并非越高越好：更新颖通常意味着更少命中。",
    },
    "bias": {"en": "Bias: what is shown beside what is chosen", "zh": "偏差：展示与选择的对比"},
    "bias_note": {
        "en": "Lists of {model}. A group that is chosen more than it is shown is held back; one shown more "
        "than chosen is pushed.",
        "zh": "{model} 的列表。选择多于展示的组被压低，展示多于选择的组被推高。",
    },
    "group": {"en": "Items", "zh": "商品"},
    "chosen": {"en": "Chosen", "zh": "选择"},
    "shown": {"en": "Shown", "zh": "展示"},
    "share_catalogue": {"en": "Of the catalogue", "zh": "占目录"},
    "over_time": {"en": "Does demand crowd on fewer items?", "zh": "需求是否在集中？"},
    "over_time_note": {
        "en": "Per cent of a month's choices that went to that month's best-selling fifth, each month brought to {per} "
        "choices.",
        "zh": "每月选择中归于当月最畅销五分之一商品的百分比；每月按 {per} 次选择折算。",
    },
    "demand_rising": {
        "en": "It rises (Kendall {tau}, p = {p}): best-sellers gain.",
        "zh": "呈上升趋势（Kendall {tau}，p = {p}）：畅销品占比在增加。",
    },
    "demand_falling": {
        "en": "It falls (Kendall {tau}, p = {p}): demand spreads out.",
        "zh": "呈下降趋势（Kendall {tau}，p = {p}）：需求在分散。",
    },
    "demand_steady": {
        "en": "It neither surely rises nor falls (Kendall {tau}, p = {p}).",
        "zh": "没有确定的升降（Kendall {tau}，p = {p}）。",
    },
    "reliability": {"en": "Can predicted probabilities be taken at their word?", "zh": "预测概率是否可信？"},
    "reliability_note": {
        "en": "Across: predicted; up: what happened, with its interval. On the dashed line both agree.",
        "zh": "横轴为预测概率，纵轴为实际频率及其区间；在虚线上两者一致。",
    },
    "served": {"en": "What shoppers did with the lists", "zh": "顾客如何使用这些列表"},
    "placement": {"en": "Placement", "zh": "推荐位"},
    "by_placement": {"en": "By placement", "zh": "按推荐位"},
    "lists": {"en": "Lists", "zh": "列表数"},
    "per_click": {"en": "Bought per click", "zh": "点击后购买率"},
    "only_served": {"en": "(served, maybe not seen)", "zh": "（已下发，未必看到）"},
    "all_lists": {"en": "All lists", "zh": "全部列表"},
    "place": {"en": "Place", "zh": "位置"},
    "places": {"en": "What the place alone does", "zh": "位置本身的影响"},
    "places_note": {
        "en": "Clicks fall from place to place for two reasons: better items stand higher, and fewer eyes get that "
        "far. The line compares the same item with itself, which leaves the second; in personal lists some taste "
        "remains, since an item stands higher for those who like it.",
        "zh": "点击随位置下降有两个原因：更好的商品排得更高，以及看到下面的人更少。"
        "折线只比较同一商品，因此主要反映后者；个性化列表中仍含部分口味，因为商品会为喜欢它的人排得更高。",
    },
    "ctr_by_place": {"en": "clicks in per cent of items seen", "zh": "点击占曝光的百分比"},
    "raw_ratio": {"en": "Of the first place", "zh": "相对首位"},
    "release": {"en": "Release", "zh": "版本"},
    "releases": {"en": "By release of the models", "zh": "按模型版本"},
    "releases_note": {
        "en": "Releases served at different times: this is no experiment, other things may have changed with them.",
        "zh": "各版本服务于不同时间：这不是对照实验，其他因素也可能随之变化。",
    },
    "earlier": {"en": "Before the releases kept", "zh": "早于现存版本"},
    "source": {"en": "Source", "zh": "来源"},
    "sources": {"en": "By the source that spoke loudest for an item", "zh": "按对商品贡献最大的来源"},
    "over_days": {"en": "From day to day", "zh": "逐日变化"},
    "ctr_by_day": {"en": "Clicks, per cent of items counted", "zh": "点击率（%）"},
    "head_by_day": {
        "en": "Best-selling fifth, per cent of the places counted",
        "zh": "最畅销五分之一商品占展示的百分比",
    },
    "menu_newcomers": {"en": "New items", "zh": "新品"},
    "newcomers": {"en": "What new items got of the places", "zh": "新品得到了多少位置"},
    "newcomers_note": {
        "en": "Places of the lists that went out: an item is new when it was first seen shortly before its list was "
        "made, or when its brand or seller was. The dot is the share with its 95 % interval over lists, the upright "
        "mark what the placement promises (new_items).",
        "zh": "按已下发列表的位置计算：商品在列表生成前不久首次出现，或其品牌、卖家首次出现，即为新。"
        "圆点为占比及其按列表计算的 95% 区间，竖线为推荐位承诺的占比（new_items）。",
    },
    "new_share": {"en": "New, together", "zh": "新，合计"},
    "new_items": {"en": "Items", "zh": "商品"},
    "new_brands": {"en": "Brands", "zh": "品牌"},
    "new_sellers": {"en": "Sellers", "zh": "卖家"},
    "new_within": {"en": "new within {days} days", "zh": "{days} 天内为新"},
    "list_places": {"en": "Places", "zh": "位置数"},
    "drawn_places": {"en": "By chance", "zh": "抽中"},
    "mean_chance": {"en": "mean chance {chance}", "zh": "平均概率 {chance}"},
    "promised": {"en": "Promised", "zh": "承诺"},
    "promise_kept": {"en": "kept", "zh": "已兑现"},
    "promise_broken": {"en": "not kept", "zh": "未兑现"},
    "p_adjusted": {"en": "p (Holm)", "zh": "p（Holm）"},
    "done": {"en": "What was done", "zh": "评测方法"},
    "counted": {"en": "Repeats counted", "zh": "计入复购"},
    "excluded": {"en": "Repeats excluded", "zh": "不计复购"},
    "best": {"en": "Ranking quality", "zh": "排序质量"},
    "interval": {
        "en": "The bar is the mean over shoppers, the whisker its {level} confidence interval.",
        "zh": "条形为顾客平均值，须线为 {level} 置信区间。",
    },
    "curves": {"en": "By length of the list", "zh": "按列表长度"},
    "list_length": {"en": "list length k", "zh": "列表长度 k"},
    "figures": {"en": "All figures", "zh": "全部指标"},
    "compared": {"en": "{model} against the others", "zh": "{model} 与其他模型的差"},
    "compared_note": {
        "en": "Difference for the same shoppers, with its {level} interval; p of the paired t-test, corrected for "
        "comparing several models.",
        "zh": "同一批顾客上的差值及其 {level} 区间；p 为配对 t 检验，已按多个模型的比较校正。",
    },
    "sure": {"en": "sure", "zh": "确定"},
    "surely_worse": {"en": "surely worse", "zh": "确定较差"},
    "unsure": {"en": "could be chance", "zh": "可能是偶然"},
    "segments": {"en": "By shopper and by item", "zh": "按顾客与商品分组"},
    "segment": {"en": "Segment", "zh": "分组"},
    "history": {"en": "Shoppers who had {name} items", "zh": "已有 {name} 件商品的顾客"},
    "history_0": {"en": "Shoppers without history (not in the headline)", "zh": "没有历史的顾客（不计入总体）"},
    "head": {"en": "Best-selling fifth of the items", "zh": "最畅销的五分之一商品"},
    "tail": {"en": "Items outside the best-selling fifth", "zh": "最畅销五分之一以外的商品"},
    "cold": {"en": "Items nobody had before", "zh": "此前无人购买的商品"},
    "new": {"en": "New", "zh": "新"},
    "returning": {"en": "Returning", "zh": "回访"},
    "older": {"en": "Older", "zh": "较早"},
    "other": {"en": "All others", "zh": "其余"},
    "by_history": {"en": "By items they already had", "zh": "按已有商品数"},
    "by_visits": {"en": "New and returning shoppers", "zh": "新客与回头客"},
    "by_popularity": {"en": "By popularity of the item", "zh": "按商品热度"},
    "by_age": {"en": "New and older items", "zh": "新品与旧品"},
    "by_category": {"en": "By category", "zh": "按类目"},
    "by_brand": {"en": "By brand", "zh": "按品牌"},
    "by_seller": {"en": "By seller", "zh": "按卖家"},
    "by_country": {"en": "By country", "zh": "按国家"},
    "by_store_id": {"en": "By store", "zh": "按门店"},
    "by_device": {"en": "By device", "zh": "按设备"},
    "by_attribute": {"en": "By {name}", "zh": "按 {name}"},
    "beyond": {"en": "What the lists do to the catalogue", "zh": "列表对目录的影响"},
    "mix": {"en": "The blend", "zh": "混合权重"},
    "mix_note": {
        "en": "Weights were learned on the validation part, before the test part.",
        "zh": "权重在验证段上学得，未使用测试段。",
    },
    "weight": {"en": "Weight", "zh": "权重"},
    "model": {"en": "Model", "zh": "模型"},
    "metric": {"en": "Metric", "zh": "指标"},
    "difference": {"en": "Difference", "zh": "差值"},
    "verdict": {"en": "Verdict", "zh": "结论"},
    "shoppers": {"en": "Shoppers", "zh": "顾客数"},
    "targets": {"en": "Targets", "zh": "目标数"},
    "speed": {"en": "ms per query", "zh": "毫秒/次"},
    "made_by": {
        "en": "Made by Daogou {version}. This page needs nothing from outside.",
        "zh": "由 Daogou {version} 生成，本页不依赖任何外部资源。",
    },
}
