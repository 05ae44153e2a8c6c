"""/docs: the OpenAPI document as one page that loads nothing from anywhere."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from starlette.responses import Response

STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
code, pre { font: .875rem/1.5 ui-monospace, monospace; }
pre { overflow: auto; padding: .75rem; border: 1px solid #8886; border-radius: .5rem; }
details { border-top: 1px solid #8886; padding: .5rem 0; }
summary { cursor: pointer; } summary b { display: inline-block; min-width: 4.5rem; }
table { border-collapse: collapse; } td, th { padding: .25rem .75rem .25rem 0; text-align: left; vertical-align: top; }
"""

TEMPLATE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{{ info.title }} {{ info.version }}: HTTP API</title><style>{{ style }}</style></head><body>
<h1>{{ info.title }} {{ info.version }}: HTTP API</h1>
<p>{{ info.description }} The same as data: <a href="/openapi.json">openapi.json</a>.</p>
{% for path, methods in paths.items() %}{% for method, one in methods.items() %}
<details id="{{ one.operationId }}"><summary><b>{{ method | upper }}</b> <code>{{ path }}</code>
 {{ one.summary }}</summary>
{% if one.description %}<p>{{ one.description }}</p>{% endif %}
{% if one["x-daogou-scope"] %}<p>Key: {{ one["x-daogou-scope"] }} or above.</p>{% else %}<p>No key.</p>{% endif %}
{% if one.parameters %}<table><tr><th>parameter</th><th>in</th><th></th></tr>
{% for parameter in one.parameters %}<tr><td><code>{{ parameter.name }}</code></td><td>{{ parameter.in }}</td>
<td>{{ parameter.description }}</td></tr>{% endfor %}</table>{% endif %}
{% if one.requestBody %}{% set content = one.requestBody.content["application/json"] %}
<h4>Body</h4><p>{{ names(content.schema) }}</p>
{% if content.example %}<pre>{{ dumped(content.example) }}</pre>{% endif %}{% endif %}
<h4>Answers</h4><table>{% for status, answer in one.responses.items() %}
<tr><td><code>{{ status }}</code></td><td>{{ answer.description }}</td>
<td>{% for content in answer.content.values() %}{{ names(content.schema) }}{% endfor %}</td></tr>{% endfor %}</table>
</details>{% endfor %}{% endfor %}
<h2>Shapes</h2>
{% for name, schema in components.schemas.items() %}
<details id="shape-{{ name }}"><summary><code>{{ name }}</code></summary><pre>{{ dumped(schema) }}</pre></details>
{% endfor %}</body></html>"""


def docs_page(document: dict[str, Any]) -> Response:
    """The page, with a policy that allows its own style and nothing else."""
    from jinja2 import Environment  # here, for few servers are ever asked for this page

    template = Environment(autoescape=True).from_string(TEMPLATE)
    page = template.render(**document, style=STYLE, names=_names, dumped=_dumped)
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'; base-uri 'none'"
    headers = {"Content-Security-Policy": policy, "Cache-Control": "no-cache"}
    return Response(page, headers=headers, media_type="text/html; charset=utf-8")


def _names(schema: dict[str, Any]) -> str:
    found = schema.get("anyOf", [schema])
    return " or ".join(one.get("$ref", one.get("type", "")).rpartition("/")[2] for one in found)


def _dumped(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)
