"""Every error as problem details (RFC 9457), whoever raised it, with the id of the request."""

import logging
from typing import Any, Final

from litestar import Request, Response
from litestar.exceptions import HTTPException
from sqlalchemy.exc import DBAPIError

from desktop.sync.protocol import PROBLEM_TYPE, Problem, encode
from relay.problems import Refusal

_log = logging.getLogger("relay")

_CODES: Final = {
    400: ("malformed", "Not understood", "What was sent could not be read."),
    401: ("not-signed-in", "Please connect again", "This computer is not known here."),
    404: ("not-found", "Not found", "There is nothing here for you."),
    405: ("method-not-allowed", "Not possible", "This cannot be done here."),
    413: ("too-large", "Too large", "This is more than can be taken at once."),
    415: ("media-type", "Not understood", "What was sent is of another kind than expected."),
}


def refused(request: Request[Any, Any, Any], refusal: Refusal) -> Response[bytes]:
    """One of our own refusals."""
    return _response(request, refusal.problem(_request_id(request)), refusal.headers)


def http_error(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    """What the framework refuses: no such path, another method, a body too long."""
    status = error.status_code if error.status_code < 500 else 500
    if status == 500:
        return crashed(request, error)
    code, title, detail = _CODES.get(status, ("refused", "Not possible", "This cannot be done here."))
    problem = Problem(title=title, status=status, code=code, detail=detail, request_id=_request_id(request))
    return _response(request, problem, error.headers or {})


def crashed(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """A fault of our own, or of the disk: logged here, told without its inside."""
    _log.error("request %s failed", _request_id(request), exc_info=error)
    status, code = (507, "no-room") if _is_full(error) else (500, "fault")
    detail = "The help desk has a problem of its own. Please try again later."
    problem = Problem(
        title="The help desk has a problem", status=status, code=code, detail=detail, request_id=_request_id(request)
    )
    return _response(request, problem, {})


def _is_full(error: Exception) -> bool:
    if isinstance(error, DBAPIError):
        return "disk is full" in str(error.orig)
    return isinstance(error, OSError) and error.errno == 28


def _request_id(request: Request[Any, Any, Any]) -> str:
    return str(request.scope.get("state", {}).get("request_id", ""))


def _response(request: Request[Any, Any, Any], problem: Problem, headers: dict[str, str]) -> Response[bytes]:
    if request.headers.get("tus-resumable"):
        headers = {"Tus-Resumable": "1.0.0", **headers}
    return Response(encode(problem), status_code=problem.status, media_type=PROBLEM_TYPE, headers=headers)
