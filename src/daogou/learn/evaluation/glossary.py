"""The name and the meaning of every figure, in English and in Chinese, in words a merchant can follow."""

from __future__ import annotations

from collections.abc import Mapping

Text = Mapping[str, str]

METRIC_NAMES: Mapping[str, Text] = {
    "ndcg": {"en": "NDCG", "zh": "NDCG"},
    "recall": {"en": "Recall", "zh": "召回率"},
    "precision": {"en": "Precision", "zh": "精确率"},
    "f1": {"en": "F1", "zh": "F1"},
    "hit_rate": {"en": "Hit rate", "zh": "命中率"},
    "mrr": {"en": "MRR", "zh": "MRR"},
    "coverage": {"en": "Coverage", "zh": "覆盖率"},
    "gini": {"en": "Gini", "zh": "基尼系数"},
    "entropy": {"en": "Entropy (bits)", "zh": "熵（比特）"},
    "novelty": {"en": "Novelty (bits)", "zh": "新颖度（比特）"},
    "epc": {"en": "EPC", "zh": "EPC"},
    "efd": {"en": "EFD (bits)", "zh": "EFD（比特）"},
    "popularity": {"en": "Average popularity", "zh": "平均热度"},
    "popularity_lift": {"en": "Popularity lift", "zh": "热度提升"},
    "long_tail": {"en": "Long-tail share", "zh": "长尾占比"},
    "serendipity": {"en": "Serendipity", "zh": "惊喜度"},
    "diversity": {"en": "Diversity (ILD)", "zh": "多样性（ILD）"},
    "miscalibration": {"en": "Miscalibration (KL)", "zh": "偏离口味（KL）"},
}

METRIC_MEANINGS: Mapping[str, Text] = {
    "ndcg": {
        "en": "hits count more the nearer they stand to the top; 1 is the best possible list",
        "zh": "命中越靠前得分越高；1 表示最理想的列表",
    },
    "recall": {
        "en": "share of the items a shopper went on to choose that the list held",
        "zh": "顾客之后真正选择的商品中，列表包含了多少",
    },
    "precision": {"en": "share of the list that the shopper went on to choose", "zh": "列表中有多少是顾客之后选择的"},
    "f1": {"en": "harmonic mean of precision and recall", "zh": "精确率与召回率的调和平均"},
    "hit_rate": {"en": "share of shoppers with at least one hit", "zh": "列表至少命中一件的顾客比例"},
    "mrr": {"en": "one over the rank of the first hit", "zh": "第一件命中商品名次的倒数"},
    "coverage": {"en": "share of the catalogue that appears in any list", "zh": "出现在任一列表中的商品占目录的比例"},
    "gini": {
        "en": "how unevenly places go to items; 0 is even, 1 is all to one",
        "zh": "展示机会的不均程度；0 为均匀，1 为全归一件商品",
    },
    "entropy": {
        "en": "how evenly places go to items; each bit more is like twice as many items sharing them evenly",
        "zh": "展示机会的均匀程度；每多 1 比特，相当于平分展示的商品多一倍",
    },
    "novelty": {
        "en": "how rare the shown items were: mean of -log2(share of shoppers who had the item)",
        "zh": "所推荐商品有多少见：-log2（拥有该商品的顾客比例）的平均值",
    },
    "epc": {
        "en": "chance that a shopper does not know a shown item yet; places near the top count more",
        "zh": "顾客还不认识所展示商品的概率；越靠前权重越大",
    },
    "efd": {
        "en": "how rare the shown items are among all interactions; places near the top count more",
        "zh": "所展示商品在全部交互中有多少见；越靠前权重越大",
    },
    "popularity": {
        "en": "mean share of shoppers who had the shown items",
        "zh": "拥有所展示商品的顾客比例的平均值",
    },
    "popularity_lift": {
        "en": "how much more popular the list is than what the shopper took before; +0.5 is by half, 0 is alike",
        "zh": "列表比顾客以往所选商品热门多少；+0.5 表示高一半，0 表示一样",
    },
    "long_tail": {
        "en": "share of the places that go to items outside the best-selling fifth",
        "zh": "展示位中属于最畅销五分之一以外商品的比例",
    },
    "serendipity": {
        "en": "share of the places with a hit that a list of best-sellers would not have had",
        "zh": "命中且畅销榜不会推荐的位置所占比例",
    },
    "diversity": {
        "en": "how different two items of a list are on average (cosine distance of category, brand, tags and "
        "attributes); 0 is all alike",
        "zh": "列表中两件商品的平均差异（类目、品牌、标签与属性的余弦距离）；0 表示全部相同",
    },
    "miscalibration": {
        "en": "how far the categories of a list are from those the shopper takes (Kullback-Leibler, Steck 2018); "
        "0 is a mirror",
        "zh": "列表类目与顾客口味的偏离程度（KL 散度，Steck 2018）；0 表示完全一致",
    },
}

TERMS: Mapping[str, tuple[Text, Text]] = {
    "interval": (
        {"en": "95 % interval", "zh": "95 % 区间"},
        {
            "en": "the range the true figure most likely lies in: drawn again with other shoppers of the same period, "
            "the figure would fall into it 95 times in 100",
            "zh": "真实值最可能所在的范围：换同一时期的另一批顾客，100 次中约有 95 次落在其中",
        },
    ),
    "sure": (
        {"en": "Sure", "zh": "确定"},
        {
            "en": "the interval of the difference does not contain 0, and p ≤ 0.05 also after Holm's correction for "
            "comparing several models",
            "zh": "差值区间不含 0，且经 Holm 多重比较校正后 p ≤ 0.05",
        },
    ),
    "impression": (
        {"en": "Seen", "zh": "曝光"},
        {
            "en": "an item that was really on the shopper's screen, at least half of it for a second, as the page "
            "reported it, or that was clicked",
            "zh": "商品真正出现在顾客屏幕上（至少一半、持续一秒，由页面上报），或被点击",
        },
    ),
    "ctr": (
        {"en": "Click rate (CTR)", "zh": "点击率（CTR）"},
        {"en": "clicks on items seen, out of items seen", "zh": "被点击的曝光占全部曝光的比例"},
    ),
    "cart_rate": (
        {"en": "Cart rate", "zh": "加购率"},
        {"en": "items put into the cart from the list, out of items seen", "zh": "从列表加入购物车的商品占曝光的比例"},
    ),
    "purchase_rate": (
        {"en": "Purchase rate (CVR)", "zh": "购买率（CVR）"},
        {
            "en": "items the shopper bought within the window after clicking them in a list, out of items seen; each "
            "purchase counts once, for the last list it was clicked in",
            "zh": "点击列表商品后在窗口期内购买的，占曝光的比例；每次购买只计一次，归于最后点击的列表",
        },
    ),
    "dislike_rate": (
        {"en": "“Not for me”", "zh": "“不感兴趣”"},
        {"en": "items the shopper sent away, out of items seen", "zh": "被顾客标为不感兴趣的商品占曝光的比例"},
    ),
    "refund_rate": (
        {"en": "Refunds", "zh": "退款"},
        {
            "en": "of the purchases that came from a list, how many the shopper gave back",
            "zh": "由列表带来的购买中被退货的比例",
        },
    ),
    "dwell": (
        {"en": "Time spent", "zh": "停留时间"},
        {
            "en": "seconds from a click in a list to the shopper's next event of the same visit; the last event of a "
            "visit has none",
            "zh": "从点击列表商品到同一次访问中下一个事件的秒数；访问的最后一个事件没有此值",
        },
    ),
    "examination": (
        {"en": "Position effect", "zh": "位置效应"},
        {
            "en": "how often an item is clicked at a place, beside the same item in the same placement at the first "
            "place (Mantel-Haenszel); what a lower place alone costs",
            "zh": "同一商品在同一推荐位中，处于该位置与处于首位时点击率之比（Mantel-Haenszel）；即位置本身的影响",
        },
    ),
    "parity": (
        {"en": "Shown ÷ chosen", "zh": "展示 ÷ 选择"},
        {
            "en": "attention a group of items gets in the lists divided by its share of what shoppers chose; 1 is fair",
            "zh": "一组商品在列表中获得的关注占比除以其在顾客选择中的占比；1 表示公平",
        },
    ),
    "gap": (
        {"en": "Gap", "zh": "差距"},
        {
            "en": "best-served group minus worst-served; beyond chance when it is larger than 19 of 20 gaps of groups "
            "put together at random",
            "zh": "服务最好与最差的组之差；若大于随机分组 20 次中 19 次的差距，则不是偶然",
        },
    ),
    "ece": (
        {"en": "Calibration error (ECE)", "zh": "校准误差（ECE）"},
        {
            "en": "how far predicted probabilities are from what happens, on average; 0 is perfect",
            "zh": "预测概率与实际发生频率的平均差距；0 表示完全准确",
        },
    ),
}
"""Words that are no ranking figure: their name and what they mean."""


def metric_name(key: str) -> dict[str, str]:
    """ "ndcg@20" → its name in every language with the length, "curve" names without one."""
    name, _, k = key.partition("@")
    return {language: f"{text}@{k}" if k else text for language, text in METRIC_NAMES[name].items()}
