"""What a line of the log knows of the request it comes from."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import uuid4

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    """Id of the request that is being answered; empty in commands and jobs."""
    return _request_id.get()


@contextmanager
def one_request() -> Iterator[None]:
    token = _request_id.set(uuid4().hex)
    try:
        yield
    finally:
        _request_id.reset(token)
