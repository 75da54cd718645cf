"""The API's description, OpenAPI 3.1, made from the very forms that parse what comes in."""

import re
from functools import cache
from typing import Any, Final

from flask import Blueprint, Response, current_app, jsonify

from collab import __version__

from .api import PREFIX
from .doors import DOORS, Door, door

description = Blueprint("openapi", __name__, url_prefix=PREFIX)

_PATH = re.compile(r"<(?:(\w+):)?(\w+)>")
_STATUSES = {
    "400": "not understood", "401": "sign in", "403": "seen, but not to be done by you", "404": "nothing here for you",
    "409": "conflict", "412": "changed in the meantime", "413": "too large", "415": "not JSON", "422": "to be mended",
    "429": "too many attempts", "503": "busy",
}  # fmt: skip


@door(description, "GET /openapi.json", public=True)
def openapi() -> Response:
    """The description of this API."""
    return jsonify(_document())


@cache
def _document() -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for found in sorted(DOORS.values(), key=lambda each: (each.address, each.method)):
        if found.api and found.endpoint in current_app.view_functions:
            paths.setdefault(_PATH.sub(r"{\2}", found.address), {})[found.method.lower()] = _operation(found)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Collab", "version": __version__, "description": "Everything the pages do."},
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Problem": PROBLEM},
        },
    }


PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"field": {"type": "string"}, "reason": {"type": "string"}},
            },
        },
    },
}


UPLOAD = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {"type": "array", "items": {"type": "string", "format": "binary"}, "minItems": 1},
        "nonce": {"type": "string", "maxLength": 200, "description": "new for each file; sent again it is one file"},
    },
}
LIMITS: Final = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}
"""pydantic leaves its own words for limits that stand behind a validator of ours."""
NAMES: Final = ("properties", "patternProperties")


def _operation(found: Door) -> dict[str, Any]:
    refusal = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    refusals = {code: {"description": text, "content": refusal} for code, text in _STATUSES.items()}
    operation: dict[str, Any] = {
        "operationId": found.endpoint.replace(".", "-"),
        "summary": found.about.splitlines()[0],
        "parameters": [*_in_path(found), *_in_query(found), *_in_header(found)],
        "responses": {**_done(found), **refusals},
    }
    if found.takes is not None:
        schema = _inlined(found.takes.model_json_schema())
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    if found.receives:
        operation["requestBody"] = {"required": True, "content": {"multipart/form-data": {"schema": UPLOAD}}}
    if found.public:
        operation["security"] = []
    return operation


def _done(found: Door) -> dict[str, Any]:
    """What is answered when it was done: an object; a list is an object too, with the cursor of the next page."""
    schema: dict[str, Any] = {"type": "object"}
    if found.gives and found.gives.endswith("List"):
        schema = {"type": "object", "required": ["items"], "properties": {"items": {"type": "array"}}}
    answer = {"description": found.gives or "done", "content": {"application/json": {"schema": schema}}}
    if found.gives == "bytes":
        answer["content"] = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
    return {"2XX": answer} if found.gives else {"2XX": answer, "204": {"description": "done"}}


def _in_path(found: Door) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "integer", "minimum": 1, "maximum": 2**53 - 1} if kind == "id" else {"type": "string"},
        }
        for kind, name in _PATH.findall(found.address)
    ]


def _in_query(found: Door) -> list[dict[str, Any]]:
    if found.query is None:
        return []
    schema = _inlined(found.query.model_json_schema())
    needed = schema.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in needed, "schema": part}
        for name, part in schema.get("properties", {}).items()
    ]


def _in_header(found: Door) -> list[dict[str, Any]]:
    if found.method == "POST":
        return [{"name": "Idempotency-Key", "in": "header", "required": False, "schema": {"type": "string"}}]
    if found.method in ("PUT", "PATCH", "DELETE"):
        return [{"name": "If-Match", "in": "header", "required": False, "schema": {"type": "string"}}]
    return []


def _inlined(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema without `$defs`, so that each operation can be read on its own."""
    definitions = schema.pop("$defs", {})

    def expand(part: Any, named: bool = False) -> Any:
        """`named`: the keys are names of fields and no words of the description."""
        if isinstance(part, dict):
            if not named and "$ref" in part:
                return expand(definitions[part["$ref"].rsplit("/", 1)[1]])
            words = {} if named else LIMITS
            inside = NAMES if not named else ()
            return {words.get(key, key): expand(value, key in inside) for key, value in part.items()}
        return [expand(each) for each in part] if isinstance(part, list) else part

    expanded: dict[str, Any] = expand(schema)
    return expanded
