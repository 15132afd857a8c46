"""The API's description (OpenAPI 3.1), made from the types of the wire."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from litestar import Litestar
from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig

from desktop.sync.protocol import MEDIA_TYPE, PROBLEM_TYPE, Problem
from desktop.tickets.operations import Operation

_SCHEMAS: Final = "#/components/schemas/{name}"
_KEY: Final = "reads"
_PROBLEM: Final = {
    "description": "What went wrong, as problem details (RFC 9457)",
    "content": {PROBLEM_TYPE: {"schema": {"$ref": _SCHEMAS.format(name="Problem")}}},
}


@dataclass(frozen=True, slots=True)
class _Reads:
    body: type[Any] | str | None
    headers: tuple[str, ...]
    optional: tuple[str, ...]
    also: tuple[int, ...]
    anybody: bool


def reads(
    body: type[Any] | str | None = None,
    *,
    headers: Sequence[str] = (),
    optional: Sequence[str] = (),
    also: Sequence[int] = (),
    anybody: bool = False,
) -> dict[str, Any]:
    """What a handler reads by itself, as its `opt`.

    `body`: the type of its JSON, or the media type of bytes. `headers` it demands, and those that are `optional`.
    `also`: further statuses of success. `anybody`: no token is asked for.
    """
    return {_KEY: _Reads(body, tuple(headers), tuple(optional), tuple(also), anybody)}


def description(handlers: Sequence[HTTPRouteHandler]) -> bytes:
    """The description of these handlers, as JSON."""
    config = OpenAPIConfig(title="Helptray relay", version="1", use_handler_docstrings=True)
    made = Litestar(handlers, openapi_config=config, dependencies={"service": Provide(_nobody)}, logging_config=None)
    document = made.openapi_schema.to_schema()
    read = {handler: handler.opt.get(_KEY, _Reads(None, (), (), (), False)) for handler in handlers}
    bodies = [each.body for each in read.values() if isinstance(each.body, type)]
    _, schemas = msgspec.json.schema_components([*bodies, Operation, Problem], ref_template=_SCHEMAS)
    schemas["OperationBatch"]["properties"]["operations"]["items"] = {"$ref": _SCHEMAS.format(name="Operation")}
    document["components"] = {
        "schemas": {**schemas, **document["components"]["schemas"]},
        "securitySchemes": {"device": {"type": "http", "scheme": "bearer"}},
    }
    document["security"] = [{"device": []}]
    for handler, each in read.items():
        for path in handler.paths:
            for method in handler.http_methods:
                _complete(document["paths"][path.replace(":str}", "}")][method.lower()], each)
    return msgspec.json.encode(document)


def _complete(operation: dict[str, Any], read: _Reads) -> None:
    """What Litestar cannot know: what the handler reads by itself, and every error."""
    named = [(name, True) for name in read.headers] + [(name, False) for name in read.optional]
    parameters = operation.setdefault("parameters", [])
    for name, required in named:
        parameters.append({"name": name, "in": "header", "required": required, "schema": {"type": "string"}})
    if isinstance(read.body, str):
        operation["requestBody"] = {"required": True, "content": {read.body: {}}}
    elif read.body is not None:
        schema = {"$ref": _SCHEMAS.format(name=read.body.__name__)}
        operation["requestBody"] = {"required": True, "content": {MEDIA_TYPE: {"schema": schema}}}
    if read.anybody:
        operation["security"] = []
    told = {status: _told(answer) for status, answer in operation["responses"].items() if status < "400"}
    first = next(iter(told.values()))
    for status in map(str, read.also):
        told[status] = {"description": "Not modified"} if status == "304" else {**first, "description": "Part of it"}
    operation["responses"] = {**told, "default": _PROBLEM}


def _told(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer of success as it is sent: the one type that a handler answers with, and nothing where that is None."""
    content = {}
    for media_type, body in answer.get("content", {}).items():
        kinds = [kind for kind in body["schema"].get("oneOf", [body["schema"]]) if kind.get("type") != "null"]
        if kinds:
            content[media_type] = {"schema": kinds[0]}
    return {"description": answer["description"], **({"content": content} if content else {})}


async def _nobody() -> None:
    """Stands for what is handed to the handlers, which describing them does not need."""
