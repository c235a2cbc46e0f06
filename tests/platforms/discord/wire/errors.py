"""What Discord answers when it refuses a request."""

from typing import Any


class ApiError(Exception):
    """A refusal: the status, and the body with Discord's own code."""

    def __init__(self, status: int, code: int, message: str, **more: Any) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"code": code, "message": message, **more}


def form_error(path: list[Any], code: str, message: str) -> ApiError:
    """A field of the body that does not fit, named by its path."""
    errors: Any = {"_errors": [{"code": code, "message": message}]}
    for step in reversed(path):
        errors = {str(step): errors}
    return ApiError(400, 50035, "Invalid Form Body", errors=errors)
