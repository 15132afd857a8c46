"""The API's description (OpenAPI 3.1), made from the types of the wire."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from litestar import Litestar
from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import OpenAPIMediaType, Operation, Reference, RequestBody, Schema


def taking(body: type[Any]) -> type[Operation]:
    """The description of an operation with this body, which its handler reads by itself."""
    (schema,), parts = msgspec.json.schema_components([body], schema_hook=_any)
    name = schema["$ref"].rpartition("/")[2]
    properties: dict[str, Reference | Schema] = {
        key: Schema(description=str(value)) for key, value in parts[name]["properties"].items()
    }

    @dataclass
    class Taking(Operation):
        def __post_init__(self) -> None:
            described = Schema(title=name, properties=properties, required=parts[name].get("required"))
            self.request_body = RequestBody({"application/json": OpenAPIMediaType(schema=described)}, required=True)

    return Taking


def description(handlers: Sequence[HTTPRouteHandler]) -> bytes:
    """The description of these handlers, as JSON."""
    config = OpenAPIConfig(title="Helptray relay", version="1", use_handler_docstrings=True)
    described = Litestar(
        handlers, openapi_config=config, dependencies={"service": Provide(_nobody)}, logging_config=None
    )
    return msgspec.json.encode(described.openapi_schema.to_schema())


def _any(kind: type[Any]) -> dict[str, Any]:
    return {"description": "an operation, as it comes"} if kind is msgspec.Raw else {}


async def _nobody() -> None:
    """Stands for what is handed to the handlers, which describing them does not need."""
