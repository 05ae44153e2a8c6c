"""Invented calls against the whole document, with a key and without: no server error, nothing undocumented.

pytest tests/security/test_fuzzing.py --fuzz-examples 2000      the long form: that many calls for each operation
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings

from daogou.core.settings import LimitSettings, Settings, database_url
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
KEYS = ("authorization", "x-api-key")
RIGHT, WRONG = schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE
CAN_BE_WRONG = [one for one in OPERATIONS if one.body or one.query or one.path_parameters]
ASKED = [*((RIGHT, one) for one in OPERATIONS), *((WRONG, one) for one in CAN_BE_WRONG)]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, str]]:
    """The application of a shop with five items, and an admin key."""
    yield new_shop(tmp_path_factory.mktemp("fuzzed"))
    print(f"\n{sum(CALLS.values()):,} invented calls: {dict(CALLS)}")  # noqa: T201 - the count is the point of it


def new_shop(folder: Path) -> tuple[Any, str]:
    """The application and an admin key."""
    settings = Settings(limits=LimitSettings(refused=""))  # so many keyless calls would be turned away
    with closing(open_store(database_url(settings, folder))) as store:
        store.put_items([Item(f"p{number}", {"en": f"Mug {number}"}, price_minor=number) for number in range(5)])
    return create_app(folder, settings), create_key(folder, "admin")


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
        case.headers = {name: value for name, value in (case.headers or {}).items() if name.lower() not in KEYS}
        CALLS["without a key"] += 1
        answer = case.call(app=app)
        assert answer.status_code in (400, 401), answer.text
        assert "Mug" not in answer.text

    check()


def test_calls_that_build_on_each_other_are_answered_as_documented(
    tmp_path_factory: pytest.TempPathFactory, fuzz_examples: int
) -> None:
    """What one call made, read or took away, the next one asks for; the document says which leads to which."""
    steps: Counter[str] = Counter()

    class Visit(SCHEMA.as_state_machine()):  # type: ignore[misc]
        def setup(self) -> None:
            self.app, self.key = new_shop(tmp_path_factory.mktemp("visited"))

        def call(self, case: Any, **rest: Any) -> Any:
            kept = {name: one for name, one in (case.headers or {}).items() if name.lower() not in KEYS}
            case.headers = {**kept, "Authorization": f"Bearer {self.key}"}
            CALLS["one after another"] += 1
            answer = case.call(app=self.app, **rest)
            steps[f"{case.operation.label} {answer.status_code}"] += 1
            return answer

        def validate_response(self, response: Any, case: Any, **rest: Any) -> None:
            case.validate_response(response, checks=CHECKS)

    Visit.run(settings=hypothesis_settings(bounded(2 * fuzz_examples), stateful_step_count=12))
    assert steps["GET /v1/items/{item_id} 200"], f"nobody ever read an item that was there: {dict(steps)}"
