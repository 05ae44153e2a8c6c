"""What the doctor says about a running server: what was seen, why it matters, and what to do, per language."""

from __future__ import annotations

from collections.abc import Mapping

SERVER_WORDS: Mapping[str, Mapping[str, tuple[str, str, str]]] = {
    "server_unreachable": {
        "en": (
            "No server answers at {url}: {reason}",
            "Shoppers get nothing.",
            "Start it: daogou serve; its log says why it stopped: journalctl -u daogou -n 100",
        ),
        "zh": (
            "{url} 没有服务应答：{reason}",
            "顾客什么都得不到。",
            "启动：daogou serve；停止原因见日志：journalctl -u daogou -n 100",
        ),
    },
    "server_not_ready": {
        "en": (
            "The server answers but is not ready: {reason}",
            "A load balancer sends it nobody.",
            "Do what the reason says; GET /readyz shows when it is done.",
        ),
        "zh": ("服务有应答但未就绪：{reason}", "负载均衡不会给它流量。", "按原因处理，GET /readyz 会显示是否完成。"),
    },
    "server_degraded": {
        "en": (
            "The server answers with less than it should: {reasons}.",
            "Lists are simpler than they could be.",
            "See docs/operation/wrong-lists.md for each of these words.",
        ),
        "zh": ("服务在降级应答：{reasons}。", "列表比应有的简单。", "各项含义见 docs/operation/wrong-lists.md。"),
    },
    "server_other_version": {
        "en": (
            "The server runs version {there}, this command is {here}.",
            "An upgrade was not finished: the old program still answers.",
            "Restart the server, see docs/operation/upgrade.md.",
        ),
        "zh": (
            "服务运行 {there} 版，本命令是 {here} 版。",
            "升级没有完成，旧程序仍在应答。",
            "重启服务，见 docs/operation/upgrade.md。",
        ),
    },
    "server_failing": {
        "en": (
            "{failed} of {calls} calls since its start failed on the server's side.",
            "Shoppers see gaps where lists should be.",
            'Read the log for level error: journalctl -u daogou | grep \'"level": *"error"\'',
        ),
        "zh": (
            "启动以来 {calls} 次调用中有 {failed} 次在服务端失败。",
            "顾客会看到缺失的列表。",
            '在日志中找 error：journalctl -u daogou | grep \'"level": *"error"\'',
        ),
    },
    "events_refused": {
        "en": (
            "{refused} of {events} events since its start were refused.",
            "What shoppers did there is lost to the lists.",
            "The answer to POST /v1/events says why in `rejected`; send one by hand, see docs/http-api.md.",
        ),
        "zh": (
            "启动以来 {events} 条事件中有 {refused} 条被拒绝。",
            "这些顾客行为对列表是丢失的。",
            "POST /v1/events 的应答在 `rejected` 中说明原因，手动发送一条看看，见 docs/http-api.md。",
        ),
    },
    "slates_not_logged": {
        "en": (
            "{slates} served lists were not written down, because the disk had no time.",
            "Clicks on them cannot be counted for the list.",
            "See docs/operation/slow.md, 'the disk is slow'.",
        ),
        "zh": (
            "有 {slates} 个已发出的列表因磁盘太忙没有记录。",
            "这些列表上的点击无法归因。",
            "见 docs/operation/slow.md 的“磁盘慢”。",
        ),
    },
}
