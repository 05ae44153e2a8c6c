"""The contract of the HTTP API: committed, complete, kept by the server, and the source of the generated client."""

from __future__ import annotations

import hashlib
import json
from contextlib import closing
from pathlib import Path
from typing import Any, get_args

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase
from hypothesis import settings as hypothesis_settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from daogou.core.settings import Settings, database_url
from daogou.core.types import EVENT_NAMES, Item
from daogou.data.store import open_store
from daogou.serve.api.app import create_app
from daogou.serve.api.openapi import CONTRACT, document, text
from daogou.serve.api.wire.rows import EventName
from daogou.serve.keys import create_key

ROOT = Path(__file__).parents[2]
SCHEMA = schemathesis.openapi.from_dict(document()).exclude(operation_id="stream")  # its answer does not end
EXAMPLES = 12


def test_the_committed_document_is_what_the_code_says() -> None:
    assert CONTRACT.read_text("utf-8") == text(), "run: python -m daogou.serve.api.openapi"


def test_the_generated_client_was_made_from_the_committed_document() -> None:
    generated = (ROOT / "web/packages/api/src/schema.ts").read_text("utf-8")
    digest = hashlib.sha256(CONTRACT.read_bytes()).hexdigest()
    assert f"openapi.json sha256: {digest}" in generated, "run: npm run generate --workspace @daogou/api (in web/)"


def test_the_document_is_valid_openapi_and_every_reference_leads_somewhere() -> None:
    schemas = document()["components"]["schemas"]
    for part in json.dumps(document()).split('"$ref": "')[1:]:
        assert part.partition('"')[0].removeprefix("#/components/schemas/") in schemas
    SCHEMA.validate()


def test_the_document_names_every_event_we_know() -> None:
    assert get_args(EventName) == EVENT_NAMES


def test_every_operation_has_its_own_name_a_summary_and_an_example_where_it_reads_a_body() -> None:
    operations = [one for methods in document()["paths"].values() for one in methods.values()]
    assert len({one["operationId"] for one in operations}) == len(operations) == 38
    assert all(one["summary"] for one in operations)
    for one in operations:
        if "requestBody" in one:
            assert one["requestBody"]["content"]["application/json"]["example"]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, str]:
    """The application of a shop with five items, and an admin key."""
    folder = tmp_path_factory.mktemp("contract")
    settings = Settings()
    with closing(open_store(database_url(settings, folder))) as store:
        store.put_items([Item(f"p{number}", {"en": f"Mug {number}"}, price_minor=number) for number in range(5)])
    app = create_app(folder, settings)
    return app, create_key(folder, "admin")


@SCHEMA.parametrize()
@hypothesis_settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_whatever_is_sent_the_answer_is_one_the_document_promises(
    case: schemathesis.Case, opened: tuple[Any, str]
) -> None:
    app, key = opened
    case.headers = {**(case.headers or {}), "Authorization": f"Bearer {key}"}
    answer = case.call(app=app)
    case.validate_response(
        answer,
        checks=[
            not_a_server_error,
            status_code_conformance,
            content_type_conformance,
            response_schema_conformance,
        ],
    )
