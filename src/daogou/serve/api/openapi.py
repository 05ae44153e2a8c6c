"""The OpenAPI document, written from the endpoint records. Rewrite the committed one with:

python -m daogou.serve.api.openapi
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any

import msgspec

from daogou import __version__
from daogou.serve.api.endpoint import Endpoint, Parameter
from daogou.serve.api.errors import ErrorBody
from daogou.serve.api.routes import endpoints

CONTRACT = Path(__file__).parents[4] / "contracts" / "openapi.json"
REFERENCE = "#/components/schemas/{name}"
IDEMPOTENCY_KEY = Parameter(
    "Idempotency-Key",
    "The same key with the same call is answered again, not done again, for a day at least",
    {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
    place="header",
)
WITH_KEY: list[dict[str, list[str]]] = [{"bearer": []}, {"header": []}]


def document() -> dict[str, Any]:
    """The whole document, the same on every machine."""
    known = endpoints()
    schemas, components = msgspec.json.schema_components(list(_shapes(known)), ref_template=REFERENCE)
    by_shape = dict(zip(map(id, _shapes(known)), schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for endpoint in known:
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = _operation(endpoint, by_shape)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Daogou",
            "version": __version__,
            "description": "Recommendations with their reasons. Errors have one shape and a stable code.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name} for name in dict.fromkeys(one.tag for one in known)],
        "paths": paths,
        "components": {
            "schemas": _with_open_objects(dict(sorted(components.items()))),
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer", "description": "Authorization: Bearer dg_…"},
                "header": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
            },
        },
    }


def _with_open_objects(schema: Any) -> Any:
    """Say aloud that an object without listed fields takes any; generators read silence as "none"."""
    if isinstance(schema, list):
        return [_with_open_objects(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: _with_open_objects(one) for name, one in schema.items()}
    if made.get("type") == "object" and "properties" not in made and "additionalProperties" not in made:
        made["additionalProperties"] = True
    return made


def text() -> str:
    """The document as it is committed."""
    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"


def _shapes(known: Sequence[Endpoint]) -> Iterator[Any]:
    yield ErrorBody
    for endpoint in known:
        for one in (*_several(endpoint.body), *_several(endpoint.answer), *endpoint.messages.values()):
            if one is not str:
                yield one


def _several(shape: Any) -> tuple[Any, ...]:
    if shape is None:
        return ()
    return shape if isinstance(shape, tuple) else (shape,)


def _operation(endpoint: Endpoint, by_shape: dict[int, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "tags": [endpoint.tag],
    }
    if endpoint.description:
        operation["description"] = endpoint.description
    if endpoint.messages:
        operation["x-daogou-messages"] = {name: by_shape[id(shape)] for name, shape in endpoint.messages.items()}
    if endpoint.scope is not None:
        operation["security"] = WITH_KEY
        operation["x-daogou-scope"] = endpoint.scope.name
    parameters = (*endpoint.parameters, IDEMPOTENCY_KEY) if endpoint.is_write else endpoint.parameters
    if parameters:
        operation["parameters"] = [
            {
                "name": one.name,
                "in": one.place,
                "required": one.place == "path",
                "description": one.description,
                "schema": dict(one.schema),
            }
            for one in parameters
        ]
    if endpoint.body is not None:
        content: dict[str, Any] = {"schema": _schema(endpoint.body, by_shape)}
        if endpoint.example:
            content["example"] = dict(endpoint.example)
        operation["requestBody"] = {"required": True, "content": {"application/json": content}}
    operation["responses"] = _responses(endpoint, by_shape)
    return operation


def _responses(endpoint: Endpoint, by_shape: dict[int, Any]) -> dict[str, Any]:
    answers: dict[str, Any] = {
        "200": {
            "description": "OK",
            "content": {
                endpoint.media_type: {"schema": _schema(endpoint.answer, by_shape)},
                **{one: {"schema": {"type": "string"}} for one in endpoint.also_as},
            },
        }
    }
    if endpoint.leads_to:
        answers["200"]["links"] = {
            name: {"operationId": name, "parameters": dict(given)} for name, given in endpoint.leads_to.items()
        }
    failures = {400, 500, *endpoint.errors, *((401, 403, 429, 503) if endpoint.scope else ())}
    if endpoint.is_write:
        failures |= {409, 422}
    for status in sorted(failures):
        answers[str(status)] = {
            "description": HTTPStatus(status).phrase,
            "content": {"application/json": {"schema": by_shape[id(ErrorBody)]}},
        }
    return answers


def _schema(shape: Any, by_shape: dict[int, Any]) -> dict[str, Any]:
    found = [{"type": "string"} if one is str else by_shape[id(one)] for one in _several(shape)]
    return found[0] if len(found) == 1 else {"anyOf": found}


def main() -> None:
    """Rewrite contracts/openapi.json."""
    CONTRACT.parent.mkdir(parents=True, exist_ok=True)
    CONTRACT.write_text(text(), encoding="utf-8")
    sys.stderr.write(f"wrote {CONTRACT}\n")


if __name__ == "__main__":
    main()
