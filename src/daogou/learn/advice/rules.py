"""When a recipe suits a shop and when it does not: one table, read from top to bottom.

A rule speaks when all its conditions hold. It is a first guess from the outside; a measurement on the shop's own data
overrules it. Bounds come from the source named, or, where it says "ours", from the tables under benchmarks/results and
the arithmetic of the model; a rule of thumb says that it is one. `{…}` in a reason is a fact of the shop.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from daogou.learn.advice.facts import Facts

Says = Literal["suits", "avoid"]


@dataclass(frozen=True)
class Condition:
    """A fact that lies at or above a bound, or below it."""

    fact: str
    is_at_least: bool
    bound: float

    def holds(self, facts: Facts) -> bool:
        return (facts.numbers()[self.fact] >= self.bound) == self.is_at_least


@dataclass(frozen=True)
class Rule:
    """For one recipe: what it says, when, why (in both languages), and where that is from."""

    recipe: str
    says: Says
    when: tuple[Condition, ...]
    en: str
    zh: str
    source: str

    def speaks(self, facts: Facts) -> bool:
        return all(one.holds(facts) for one in self.when)

    def reason(self, facts: Facts, language: str) -> str:
        """Why, with the shop's own figures."""
        return {"en": self.en, "zh": self.zh}[language].format(**facts.numbers())


def least(fact: str, bound: float) -> Condition:
    """The fact is at least so much."""
    return Condition(fact, True, bound)


def below(fact: str, bound: float) -> Condition:
    """The fact is less than so much."""
    return Condition(fact, False, bound)


def spoken(recipe_name: str, facts: Facts) -> tuple[Rule, ...]:
    """The rules that speak about this recipe in this shop."""
    return tuple(one for one in RULES if one.recipe == recipe_name and one.speaks(facts))


ERASING = "docs/models/user_knn.md (it keeps what shoppers did)"

RULES: tuple[Rule, ...] = (
    Rule("popularity", "suits", (least("one_item", 0.3),),
         "{one_item:.0%} of the shoppers took one item only: most lists are for newcomers, who need a common list.",
         "{one_item:.0%} 的顾客只有一件商品：多数列表面向新客，需要大众榜单。",
         "rule of thumb; ours: what filler and newcomers are served"),
    Rule("trending", "suits", (least("turnover", 0.3),),
         "{turnover:.0%} of the 50 best-sellers changed within four weeks, so what is new in demand says something.",
         "四周内畅销前 50 名更换了 {turnover:.0%}，近期热度有意义。",
         "ours: benchmarks/results/quality_online_retail.md (turnover 32 %: trending above popularity)"),
    Rule("trending", "avoid", (below("turnover", 0.1),),
         "Only {turnover:.0%} of the 50 best-sellers changed within four weeks: popularity says the same.",
         "四周内畅销前 50 名只更换了 {turnover:.0%}，与总热度几乎相同。",
         "rule of thumb"),
    Rule("repeat", "suits", (least("repeats", 0.1),),
         "{repeats:.0%} of what was bought was bought again on another day.",
         "{repeats:.0%} 的已购商品在另一天被再次购买。",
         "ours: benchmarks/results/quality_online_retail.md (repeats 21 %: best single model when counted)"),
    Rule("repeat", "avoid", (below("repeats", 0.02),),
         "Only {repeats:.1%} of what was bought was ever bought again.",
         "只有 {repeats:.1%} 的已购商品曾被再次购买。",
         "rule of thumb; the model never names an item the shopper has not had"),
    Rule("item_knn", "suits", (least("items_per_shopper", 2),),
         "Half of the shoppers took {items_per_shopper:.0f} items or more, so items have neighbours, at any size.",
         "半数顾客有 {items_per_shopper:.0f} 件以上商品，商品之间可以找到近邻，规模不限。",
         "Sarwar et al., WWW 2001"),
    Rule("item_knn", "avoid", (least("one_item", 0.8),),
         "{one_item:.0%} of the shoppers took one item only: hardly two items share a shopper.",
         "{one_item:.0%} 的顾客只有一件商品：商品之间几乎没有共同顾客。",
         "rule of thumb"),
    Rule("bought_together", "suits", (least("orders", 200), least("orders_of_several", 0.2)),
         "{orders_of_several:.0%} of {orders:,.0f} orders hold several items, those of unknown shoppers too.",
         "{orders:,.0f} 个订单中 {orders_of_several:.0%} 含多件商品，匿名订单也计入。",
         "Agrawal et al., SIGMOD 1993; it serves the cart and the product page"),
    Rule("bought_together", "avoid", (below("orders_of_several", 0.05),),
         "Only {orders_of_several:.0%} of the orders hold two items or more.",
         "只有 {orders_of_several:.0%} 的订单含两件以上商品。",
         "rule of thumb"),
    Rule("ease", "suits", (below("items", 20_000), least("items_per_shopper", 3)),
         "{items:,.0f} items are few enough to weigh all pairs against each other, and histories are long enough.",
         "{items:,.0f} 件商品，可以对所有商品对联合加权，历史也足够长。",
         "Steck, WWW 2019; ours: benchmarks/results/ncf_ml1m.md"),
    Rule("sparse_ease", "suits", (least("items", 20_000), least("items_per_shopper", 3)),
         "{items:,.0f} items are too many for all pairs; each is explained by its nearest.",
         "{items:,.0f} 件商品过多，无法处理所有商品对；每件商品由最相近的商品解释。",
         "Ning and Karypis, ICDM 2011; ours: benchmarks/results/gowalla.md"),
    Rule("sparse_ease", "avoid", (below("items", 2_000),),
         "{items:,.0f} items fit whole: ease weighs all pairs and is no slower.",
         "只有 {items:,.0f} 件商品：ease 可处理全部商品对，也不更慢。",
         "ours: docs/models/sparse_ease.md"),
    Rule("ials", "suits", (least("items_per_shopper", 5), least("interactions", 50_000)),
         "{interactions:,.0f} interactions and {items_per_shopper:.0f} items per shopper carry factors of their own.",
         "{interactions:,.0f} 次交互、人均 {items_per_shopper:.0f} 件商品，足以学习隐因子。",
         "Rendle et al., RecSys 2022"),
    Rule("ials", "avoid", (below("interactions", 5_000),),
         "{interactions:,.0f} interactions are too few for 64 numbers per item.",
         "{interactions:,.0f} 次交互不足以为每件商品学习 64 个数。",
         "rule of thumb"),
    Rule("mf", "suits", (least("items", 100_000), least("interactions", 1_000_000)),
         "{items:,.0f} items: two short vectors each are what a nearest-neighbour search needs.",
         "{items:,.0f} 件商品：每件两个短向量，适合近邻检索。",
         "ours: docs/models/mf.md"),
    Rule("mf", "avoid", (below("interactions", 50_000),),
         "{interactions:,.0f} interactions are too few to train two vectors per item; ease and item_knn need none.",
         "{interactions:,.0f} 次交互不足以训练每件两个向量；ease 和 item_knn 无需训练。",
         "rule of thumb; ours: benchmarks/results/ncf_ml1m.md (below ease and ials on a million pairs)"),
    Rule("graph_filter", "suits", (below("density", 0.005), least("items_per_shopper", 3)),
         "Only {density:.2%} of all pairs occurred: what spreads over the graph fills the gaps.",
         "只有 {density:.2%} 的顾客—商品对出现过：图上的扩散可以补全。",
         "Shen et al., CIKM 2021; ours: benchmarks/results/gowalla.md"),
    Rule("user_knn", "suits", (least("items_per_shopper", 10), below("shoppers", 200_000)),
         "Half of the shoppers took {items_per_shopper:.0f} items or more, so like-minded ones can be found.",
         "半数顾客有 {items_per_shopper:.0f} 件以上商品，可以找到口味相近的人。",
         "Anelli et al., RecSys 2021; mind: it keeps what shoppers did"),
    Rule("user_knn", "avoid", (least("shoppers", 200_000),),
         "It keeps what each of {shoppers:,.0f} shoppers did, and each query reads the takers of its items.",
         "它保留 {shoppers:,.0f} 位顾客的行为，每次查询都要读取相关顾客。",
         ERASING),
    Rule("user_knn", "avoid", (below("items_per_shopper", 3),),
         "Half of the shoppers took fewer than 3 items: too little to tell who is like-minded.",
         "半数顾客不足 3 件商品，难以判断谁的口味相近。",
         "rule of thumb"),
    Rule("content", "suits", (least("cold", 0.02), least("described", 0.5)),
         "{cold:.1%} of what was newly taken were items nobody had before; {described:.0%} of the catalogue has texts.",
         "新选择的商品中 {cold:.1%} 此前无人购买；目录中 {described:.0%} 有文字。",
         "ours: benchmarks/results/cold_items.md; it is the only model that answers for a new item at once"),
    Rule("content", "avoid", (below("described", 0.2),),
         "Only {described:.0%} of the catalogue has a title.",
         "目录中只有 {described:.0%} 有标题。",
         "ours: it reads texts"),
    Rule("modality_graph", "suits", (least("cold", 0.02), least("described", 0.5), below("items", 15_000)),
         "{cold:.1%} of what was newly taken were new items, and {items:,.0f} items are few enough for all pairs.",
         "新选择的商品中 {cold:.1%} 是新品，{items:,.0f} 件商品可以处理全部商品对。",
         "Zhou and Shen, ACM MM 2023; Steck, WWW 2019"),
    Rule("modality_graph", "avoid", (below("described", 0.2),),
         "Only {described:.0%} of the catalogue has a title.",
         "目录中只有 {described:.0%} 有标题。",
         "ours: it starts from texts"),
    Rule("sequential_rules", "suits", (least("visits_of_several", 0.3), least("items_per_visit", 1.5)),
         "{visits_of_several:.0%} of the visits hold several items, so one thing leads to the next.",
         "{visits_of_several:.0%} 的访问含多件商品，可以学习先后关系。",
         "Kamehkhosh et al., TempRec 2017"),
    Rule("sequential_rules", "avoid", (below("visits_of_several", 0.1),),
         "Only {visits_of_several:.0%} of the visits hold two items or more.",
         "只有 {visits_of_several:.0%} 的访问含两件以上商品。",
         "rule of thumb"),
    Rule("stan", "suits", (least("visits_of_several", 0.3), least("items_per_visit", 2)),
         "A visit holds {items_per_visit:.1f} items: past visits that went alike can answer.",
         "每次访问平均 {items_per_visit:.1f} 件商品，可参考相似的历史访问。",
         "Garg et al., SIGIR 2019; mind: it keeps what shoppers did"),
    Rule("stan", "avoid", (below("visits_of_several", 0.1),),
         "Only {visits_of_several:.0%} of the visits hold two items or more.",
         "只有 {visits_of_several:.0%} 的访问含两件以上商品。",
         ERASING),
    Rule("vstan", "suits", (least("visits_of_several", 0.3), least("items_per_visit", 2)),
         "A visit holds {items_per_visit:.1f} items: past visits that went alike can answer.",
         "每次访问平均 {items_per_visit:.1f} 件商品，可参考相似的历史访问。",
         "Ludewig et al., UMUAI 2021; mind: it keeps what shoppers did"),
    Rule("vstan", "avoid", (below("visits_of_several", 0.1),),
         "Only {visits_of_several:.0%} of the visits hold two items or more.",
         "只有 {visits_of_several:.0%} 的访问含两件以上商品。",
         ERASING),
    Rule("sasrec", "suits", (least("items_per_shopper", 5), least("interactions", 100_000), least("items", 1_000)),
         "{interactions:,.0f} interactions with {items_per_shopper:.0f} items per shopper: order can be learned.",
         "{interactions:,.0f} 次交互、人均 {items_per_shopper:.0f} 件商品，可以学习顺序。",
         "Kang and McAuley, ICDM 2018; Klenitskiy and Vasilev, RecSys 2023"),
    Rule("sasrec", "avoid", (below("interactions", 20_000),),
         "{interactions:,.0f} interactions are too few for a network.",
         "{interactions:,.0f} 次交互不足以训练网络。",
         "rule of thumb"),
    Rule("gru4rec", "suits", (least("items_per_visit", 3), least("interactions", 100_000), least("items", 1_000)),
         "{interactions:,.0f} interactions in visits of {items_per_visit:.1f} items: order can be learned.",
         "{interactions:,.0f} 次交互，每次访问 {items_per_visit:.1f} 件商品，可以学习顺序。",
         "Hidasi and Karatzoglou, CIKM 2018"),
    Rule("gru4rec", "avoid", (below("interactions", 20_000),),
         "{interactions:,.0f} interactions are too few for a network.",
         "{interactions:,.0f} 次交互不足以训练网络。",
         "rule of thumb"),
)  # fmt: skip
"""Every rule, by recipe. More recipes may be on the shelf: those are measured without a first guess."""
