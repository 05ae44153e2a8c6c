"""One file per endpoint; the table below is all of them."""

from __future__ import annotations

from importlib import import_module

from daogou.serve.api.endpoint import Endpoint

ENDPOINTS: dict[str, str] = {
    "send_events": "daogou.serve.api.routes.send_events",
    "recommend": "daogou.serve.api.routes.recommend",
    "stream": "daogou.serve.api.routes.stream",
    "choose_page": "daogou.serve.api.routes.pages",
    "explain": "daogou.serve.api.routes.explain",
    "search": "daogou.serve.api.routes.search",
    "complete": "daogou.serve.api.routes.complete",
    "put_items": "daogou.serve.api.routes.put_items",
    "list_items": "daogou.serve.api.routes.list_items",
    "get_item": "daogou.serve.api.routes.get_item",
    "patch_item": "daogou.serve.api.routes.patch_item",
    "delete_item": "daogou.serve.api.routes.delete_item",
    "list_categories": "daogou.serve.api.routes.list_categories",
    "put_users": "daogou.serve.api.routes.put_users",
    "get_user": "daogou.serve.api.routes.get_user",
    "read_profile": "daogou.serve.api.routes.read_profile",
    "put_wish": "daogou.serve.api.routes.put_wish",
    "onboard": "daogou.serve.api.routes.onboard",
    "guide": "daogou.serve.api.routes.guide",
    "own_talks": "daogou.serve.api.routes.own_talks",
    "withdraw_talks": "daogou.serve.api.routes.withdraw_talks",
    "list_talks": "daogou.serve.api.routes.list_talks",
    "report_guide": "daogou.serve.api.routes.report_guide",
    "get_rules": "daogou.serve.api.routes.get_rules",
    "put_rules": "daogou.serve.api.routes.put_rules",
    "check_rules": "daogou.serve.api.routes.check_rules",
    "preview_rules": "daogou.serve.api.routes.preview_rules",
    "list_rule_versions": "daogou.serve.api.routes.list_rule_versions",
    "diff_rules": "daogou.serve.api.routes.diff_rules",
    "roll_back_rules": "daogou.serve.api.routes.roll_back_rules",
    "report_searches": "daogou.serve.api.routes.report_searches",
    "list_releases": "daogou.serve.api.routes.list_releases",
    "promote_release": "daogou.serve.api.routes.promote_release",
    "roll_back_release": "daogou.serve.api.routes.roll_back_release",
    "get_shop": "daogou.serve.api.routes.get_shop",
    "health": "daogou.serve.api.routes.health",
    "ready": "daogou.serve.api.routes.ready",
    "metrics": "daogou.serve.api.routes.metrics",
}
"""Every endpoint by operation id, in the order of the document; each module has an ENDPOINT."""


def endpoints() -> list[Endpoint]:
    """All of them, imported."""
    return [import_module(module).ENDPOINT for module in ENDPOINTS.values()]
