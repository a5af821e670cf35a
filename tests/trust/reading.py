"""Reading answers to the end: pages, files, documents and workbooks."""

import io
import re
import zipfile
from typing import Any

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


def body_of(answer: Any) -> bytes:
    """The whole body. A file that was streamed is closed when it was read to its end.

    The answer itself is not closed here: that would end the database connection in the middle of the test.
    """
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return bytes(content)


def text_of(answer: Any, body: bytes | None = None) -> str:
    """Everything a reader could find in the answer, without the words of a form that differ by themselves.

    `body` is given where it was read already: what is streamed can be read once."""
    body = body_of(answer) if body is None else body
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            return "\n".join(parts.read(name).decode(errors="replace") for name in parts.namelist())
    return TOKEN.sub("", body.decode(errors="replace"))
