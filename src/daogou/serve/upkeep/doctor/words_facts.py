"""What the doctor says about what a shop knows: what was seen, why it matters, and what to do, per language."""

from __future__ import annotations

from collections.abc import Mapping

FACT_WORDS: Mapping[str, Mapping[str, tuple[str, str, str]]] = {
    "database_unreachable": {
        "en": (
            "The database cannot be opened: {reason}",
            "Nothing can be answered or stored.",
            "Check [shop] database: daogou shop show --shop {shop}; a lost file: see docs/operation/restore.md.",
        ),
        "zh": (
            "数据库打不开：{reason}",
            "既不能应答也不能存储。",
            "用 `daogou shop show --shop {shop}` 检查 [shop] database；文件丢失时见 docs/operation/restore.md。",
        ),
    },
    "database_damaged": {
        "en": (
            "The database is damaged: {first}",
            "Reads may fail or lie, and every day makes the loss larger.",
            "Stop the servers, then: daogou restore BACKUP --shop {shop} --force (docs/operation/restore.md).",
        ),
        "zh": (
            "数据库已损坏：{first}",
            "读取可能失败或出错，越晚处理损失越大。",
            "停止服务并恢复：daogou restore BACKUP --shop {shop} --force（见 docs/operation/restore.md）。",
        ),
    },
    "database_log_large": {
        "en": (
            "The database's write-ahead log has {megabytes} MB.",
            "Something reads without end and keeps it from being folded in; reads become slower.",
            "Look for a command that hangs (an export, a backup to a slow disk) and end it; else restart the servers.",
        ),
        "zh": (
            "数据库的预写日志已有 {megabytes} MB。",
            "有程序一直在读，日志无法合并，读取会变慢。",
            "找出并结束挂起的命令（导出、写慢盘的备份），否则重启服务。",
        ),
    },
    "no_events": {
        "en": (
            "No event was ever stored.",
            "Lists can only follow the catalogue; nothing is learned.",
            "Import the past: daogou import events.csv --shop {shop}; and see docs/storefront.md for the page.",
        ),
        "zh": (
            "从未存过任何事件。",
            "列表只能依据商品目录，学不到任何东西。",
            "导入历史：daogou import events.csv --shop {shop}；并在页面上安装跟踪脚本，见 docs/storefront.md。",
        ),
    },
    "events_stopped": {
        "en": (
            "The newest event is {days} days old.",
            "Lists no longer follow what shoppers do; usually a tracker or an export has stopped.",
            "Look for 401 or 422 on POST /v1/events in the server's log, then: daogou key list --shop {shop}",
        ),
        "zh": (
            "最新的事件已是 {days} 天前。",
            "列表不再跟随顾客行为，通常是跟踪脚本或导出停了。",
            "在服务日志中找 POST /v1/events 的 401 或 422，再用 `daogou key list --shop {shop}` 看密钥是否被吊销。",
        ),
    },
    "events_in_the_future": {
        "en": (
            "The newest event is {days} days in the future.",
            "It hides everything that happens until then from lists by recency.",
            "Check the clock of what sends events and the unit of its times; see docs/import.md.",
        ),
        "zh": (
            "最新的事件在未来 {days} 天。",
            "在那之前，按时间的列表看不到真正发生的事。",
            "检查发送方的时钟和时间单位，见 docs/import.md。",
        ),
    },
    "lake_faulty": {
        "en": (
            "{faults} Parquet files of the past are not as written: {first}",
            "Training stops or learns from less than there was.",
            "Put the files back from a backup, see docs/operation/restore.md, then: daogou doctor --shop {shop}",
        ),
        "zh": (
            "有 {faults} 个历史 Parquet 文件与写入时不同：{first}",
            "训练会停止，或学到的数据变少。",
            "从备份恢复这些文件，见 docs/operation/restore.md，然后：daogou doctor --shop {shop}",
        ),
    },
    "not_compacted": {
        "en": (
            "{events} events are only in the database's log.",
            "Training and reports read the log slowly, and it grows.",
            "daogou compact --shop {shop}",
        ),
        "zh": (
            "有 {events} 条事件只在数据库日志里。",
            "训练和报告读日志较慢，而且它会一直增长。",
            "daogou compact --shop {shop}",
        ),
    },
    "no_items": {
        "en": (
            "None of {items} items can be shown.",
            "Every list is empty and the server is not ready.",
            "daogou import items.csv --shop {shop}",
        ),
        "zh": (
            "{items} 件商品中没有一件可以展示。",
            "所有列表都是空的，服务未就绪。",
            "daogou import items.csv --shop {shop}",
        ),
    },
    "items_expired": {
        "en": (
            "{items} items ({share} %) are past their expiry.",
            "They are in no list; it may be meant so.",
            "daogou items --filter 'days_left < 0' --shop {shop}; send those again that are still sold.",
        ),
        "zh": (
            "有 {items} 件商品（{share} %）已过期。",
            "它们不会出现在任何列表中，也许本来如此。",
            "daogou items --filter 'days_left < 0' --shop {shop}；仍在销售的请重新发送。",
        ),
    },
    "items_without_price": {
        "en": (
            "{items} items ({share} %) have no price.",
            "Filters, free-delivery lists and price drops leave them out.",
            "Send them again with price and currency: daogou import items.csv --shop {shop}",
        ),
        "zh": (
            "有 {items} 件商品（{share} %）没有价格。",
            "筛选、凑单和降价列表会漏掉它们。",
            "带上 price 和 currency 重新发送：daogou import items.csv --shop {shop}",
        ),
    },
    "items_without_category": {
        "en": (
            "{items} items ({share} %) have no category.",
            "Variety, category pages and newcomers' lists work from categories.",
            "Send them again with categories: daogou import items.csv --shop {shop}",
        ),
        "zh": (
            "有 {items} 件商品（{share} %）没有类目。",
            "多样性、类目页和新客列表都依靠类目。",
            "带上 categories 重新发送：daogou import items.csv --shop {shop}",
        ),
    },
    "items_without_picture": {
        "en": (
            "{items} items ({share} %) have no picture.",
            "Cards without pictures are clicked less.",
            "Send them again with images: daogou import items.csv --shop {shop}",
        ),
        "zh": (
            "有 {items} 件商品（{share} %）没有图片。",
            "没有图片的卡片点击较少。",
            "带上 images 重新发送：daogou import items.csv --shop {shop}",
        ),
    },
    "rows_refused": {
        "en": (
            "{files} files of refused rows wait, the newest is {path}.",
            "What is in them is missing from the shop.",
            "Correct the rows in {path}, import that file, then delete it: daogou import {path} --shop {shop}",
        ),
        "zh": (
            "有 {files} 个拒收文件待处理，最新的是 {path}。",
            "其中的数据没有进入店铺。",
            "改正 {path} 中的行并导入，然后删除该文件：daogou import {path} --shop {shop}",
        ),
    },
    "no_release": {
        "en": ("No model was ever trained.", "Lists are popular and new items only.", "daogou train --shop {shop}"),
        "zh": ("还没有训练过模型。", "列表只有热门和新品。", "daogou train --shop {shop}"),
    },
    "release_refused": {
        "en": (
            "A trained release cannot be used: {reason}",
            "An older one serves, or none.",
            "daogou train --shop {shop}",
        ),
        "zh": ("训练好的版本无法使用：{reason}", "正在用更旧的版本，或没有可用版本。", "daogou train --shop {shop}"),
    },
    "release_old": {
        "en": (
            "The serving release {release} is {days} days old.",
            "It does not know what became wanted since; new items are carried by content alone.",
            "daogou train --shop {shop}; let a timer do it every night.",
        ),
        "zh": (
            "正在使用的版本 {release} 已有 {days} 天。",
            "它不知道此后的需求变化，新品只能靠内容。",
            "daogou train --shop {shop}；请用定时任务每晚训练。",
        ),
    },
}
