"""What shops call the columns, and what we call them.

Spellings meet without case, spaces, hyphens and underscores: `ItemId`, `ITEM_ID` and `item id` are one.
Sources: GA4, Google Retail, Amazon Personalize, Gorse, Metarank, Algolia Insights, Recombee, Google Merchant, Shopify;
and usual Chinese headers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from daogou.data.ingest.event_names import squeezed
from daogou.data.ingest.events import EVENT_FIELDS
from daogou.data.ingest.items import ITEM_FIELDS
from daogou.data.ingest.users import USER_FIELDS

Kind = Literal["items", "users", "events"]
KINDS: tuple[Kind, ...] = ("items", "users", "events")

FIELDS: Mapping[Kind, frozenset[str]] = {"items": ITEM_FIELDS, "users": USER_FIELDS, "events": EVENT_FIELDS}

_ITEM_ID = (
    "item_id itemid item product_id productid product.id product_code item_code article_id objectid stockcode asin "
    "goods_id sku sku_id "
    "商品id 商品编号 商品编码 货号"
)
_USER_ID = (
    "user_id userid user uid customer_id customer customerid member_id memberid client_number authenticatedusertoken "
    "userinfo.userid 用户 用户id 用户编号 会员id 会员编号 客户编号 客户id"
)

# The first spelling in a line that a file has wins; the others are kept as extras.
_EVENTS = {
    "event_id": "event_id id event_uuid message_id insert_id uuid 事件id 事件编号",
    "event_name": "event_name event event_type type feedback_type action behavior behaviour behavior_type interaction "
    "interaction_type 行为 行为类型 事件 事件名 事件类型",
    "timestamp": "timestamp event_timestamp time_stamp event_time time ts datetime date_time date at occurred_at "
    "created_at invoice_date order_date event_date 时间 时间戳 日期 下单时间 发生时间 创建时间",
    "user_id": _USER_ID,
    "visitor_id": "visitor_id user_pseudo_id client_id user_token anonymous_id device_id cookie_id 访客 访客id 设备id",
    "session_id": "session_id session ga_session_id 会话 会话id",
    "recommendation_id": "recommendation_id attribution_token query_id recomm_id recommid ranking_id 推荐id",
    "placement": "placement scenario item_list_id item_list_name serving_config recommender 推荐位",
    "items": "items line_items products 商品列表",
    "item_id": _ITEM_ID,
    "quantity": "quantity qty product_quantity 数量 件数",
    "price": "price unit_price item_price 单价 价格",
    "price_minor": "price_minor",
    "index": "index position item_list_index 位置",
    "propensity": "propensity",
    "search_term": "search_term search_query query keyword keywords 搜索词 关键词 搜索关键词",
    "transaction_id": "transaction_id order_id order_number invoice_no invoice invoice_number purchasetransaction.id "
    "订单号 订单编号 订单id",
    "value": "value revenue event_value total order_total purchasetransaction.revenue 金额 总价 订单金额",
    "value_minor": "value_minor",
    "currency": "currency currency_code purchasetransaction.currencycode 币种 货币",
    "coupon": "coupon coupon_code 优惠券",
    "rating": "rating stars portion 评分 星级",
    "consent": "consent",
    "context": "context",
    "experiment": "experiment",
    "tax": "tax purchasetransaction.tax",
    "shipping": "shipping",
    "affiliation": "affiliation",
}
_ITEMS = {
    "id": "id " + _ITEM_ID + " handle",
    "group_id": "group_id item_group_id primary_product_id parent parent_id 款号",
    "kind": "kind 商品类型",
    "title": "title name item_name product_name product_title product_display_name display_name "
    "商品名称 名称 商品名 标题 商品标题",
    "description": "description product_description item_description body_(html) body_html 描述 商品描述 详情 商品详情",
    "url": "url link uri product_url page_url 链接 商品链接",
    "images": "images image image_link image_url image_src image_urls 图片 商品图片 主图",
    "price": "price item_price unit_price variant_price priceinfo.price 价格 售价 单价 现价",
    "price_minor": "price_minor",
    "list_price": "list_price compare_at_price original_price regular_price priceinfo.originalprice 原价 划线价 市场价",
    "list_price_minor": "list_price_minor",
    "cost": "cost cost_of_goods_sold cost_per_item priceinfo.cost 成本 成本价",
    "cost_minor": "cost_minor",
    "currency": "currency currency_code price_currency priceinfo.currencycode 币种 货币",
    "availability": "availability stock_status in_stock in_stock? 库存状态 是否有货 stock stock_quantity stock_level "
    "quantity_in_stock inventory inventory_level available_quantity 库存 库存数量 库存量",
    "brand": "brand item_brand vendor brands manufacturer 品牌",
    "categories": "categories category product_type google_product_category item_category category_name "
    "分类 类目 商品分类 类别",
    "tags": "tags 标签",
    "attributes": "attributes labels 属性",
    "stores": "stores 门店",
    "created_at": "created_at creation_timestamp timestamp time_stamp publish_time release_date 创建时间 上架时间",
    "available_at": "available_at availability_date available_time 开售时间",
    "expires_at": "expires_at expiration_date expire_time 下架时间",
    "rating": "rating average_rating rating.averagerating 评分",
    "hidden": "hidden is_hidden 隐藏 是否隐藏",
}
_USERS = {
    "id": _USER_ID + " id visitor_id 编号",
    "attributes": "attributes labels 属性 标签",
    "consent": "consent",
    "friends": "friends 好友",
    "created_at": "created_at creation_timestamp signed_up_at registered_at 注册时间",
}
_BY_KIND: Mapping[Kind, Mapping[str, str]] = {"items": _ITEMS, "users": _USERS, "events": _EVENTS}
SPELLINGS: Mapping[Kind, Mapping[str, tuple[str, ...]]] = {
    kind: {ours: tuple(names.split()) for ours, names in table.items()} for kind, table in _BY_KIND.items()
}

REJECT_COLUMNS = frozenset({"rejectedline", "rejectedfield", "rejectedvalue", "rejectedrule"})
"""What our own reject files add, squeezed; left out when a corrected one is imported again."""


def _table(kind: Kind) -> dict[str, tuple[str, int]]:
    return {
        squeezed(name): (ours, place)
        for ours, names in reversed(list(SPELLINGS[kind].items()))
        for place, name in enumerate(names)
    }


ALIASES: Mapping[Kind, Mapping[str, tuple[str, int]]] = {kind: _table(kind) for kind in KINDS}
"""Squeezed spelling → (our field, how preferred among that field's spellings; 0 is ours)."""
