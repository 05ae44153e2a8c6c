"""Invented calls against the whole document, with a key and without: no server error, nothing undocumented.

pytest tests/security/test_fuzzing.py --fuzz-examples 2000      the long form: that many calls for each operation
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings

from daogou.core.settings import Settings, database_url
from daogou.core.types import Item
from daogou.data.store import open_store
from daogou.serve.api.app import create_app
from daogou.serve.api.openapi import document
from daogou.serve.keys import create_key

SCHEMA = schemathesis.openapi.from_dict(document()).exclude(operation_id="stream")  # its answer does not end
OPERATIONS = [one.ok() for one in SCHEMA.get_all_operations()]
CALLS: Counter[str] = Counter()
CHECKS = [
    schemathesis.checks.CHECKS.get_one(name)
    for name in (
        "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
        "response_schema_conformance", "unsupported_method",
    )
]  # fmt: skip
RIGHT, WRONG = schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE
CAN_BE_WRONG = [one for one in OPERATIONS if one.body or one.query or one.path_parameters]
ASKED = [*((RIGHT, one) for one in OPERATIONS), *((WRONG, one) for one in CAN_BE_WRONG)]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, str]]:
    """The application of a shop with five items, and an admin key."""
    folder = tmp_path_factory.mktemp("fuzzed")
    settings = Settings()
    with closing(open_store(database_url(settings, folder))) as store:
        store.put_items([Item(f"p{number}", {"en": f"Mug {number}"}, price_minor=number) for number in range(5)])
    yield create_app(folder, settings), create_key(folder, "admin")
    print(f"\n{sum(CALLS.values()):,} invented calls: {dict(CALLS)}")  # noqa: T201 - the count is the point of it


def bounded(n_examples: int) -> hypothesis_settings:
    """So many calls, the same each time."""
    return hypothesis_settings(
        max_examples=n_examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.parametrize(("mode", "operation"), ASKED, ids=lambda one: getattr(one, "label", getattr(one, "value", "")))
def test_whatever_is_sent_with_a_key_is_answered_as_documented(
    mode: Any, operation: Any, opened: tuple[Any, str], fuzz_examples: int
) -> None:
    app, key = opened

    @bounded(fuzz_examples)
    @given(case=operation.as_strategy(generation_mode=mode))
    def check(case: Any) -> None:
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {key}"}
        CALLS["with a key"] += 1
        case.validate_response(case.call(app=app), checks=CHECKS)

    check()


@pytest.mark.parametrize(
    "operation", [one for one in OPERATIONS if one.definition.raw.get("security")], ids=lambda one: one.label
)
def test_without_a_key_nothing_is_told(operation: Any, opened: tuple[Any, str], fuzz_examples: int) -> None:
    app, _ = opened

    @bounded(fuzz_examples)
    @given(case=operation.as_strategy())
    def check(case: Any) -> None:
        kept = {name: value for name, value in (case.headers or {}).items() if name.lower() not in ("authorization",)}
        case.headers = {name: value for name, value in kept.items() if name.lower() != "x-api-key"}
        CALLS["without a key"] += 1
        answer = case.call(app=app)
        assert answer.status_code in (400, 401), answer.text
        assert "Mug" not in answer.text

    check()
