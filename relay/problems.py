"""What the relay says no to, as problem details (RFC 9457): a stable code and a sentence for a person."""

from collections.abc import Mapping

from desktop.sync.protocol import Problem


class Refusal(Exception):
    """A request that is answered with a problem.

    Attributes:
        headers: to go with the answer, such as Retry-After.
    """

    def __init__(
        self, status: int, code: str, title: str, detail: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.title = title
        self.detail = detail
        self.headers = dict(headers or {})

    def problem(self, request_id: str) -> Problem:
        """The same as it goes over the wire."""
        return Problem(
            title=self.title,
            status=self.status,
            code=self.code,
            detail=self.detail or self.title,
            request_id=request_id,
        )


def not_found(code: str = "not-found") -> Refusal:
    """There is no such thing, or not for whoever asks: nobody can tell the two apart."""
    return Refusal(404, code, "Not found", "There is nothing here for you.")


def malformed(detail: str, code: str = "malformed") -> Refusal:
    """What came could not be read."""
    return Refusal(400, code, "Not understood", detail)
