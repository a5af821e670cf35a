"""Files that appear whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file to write, beside `path`, that takes its name at the end: nobody ever meets half a file.

    Only its owner may read it, because what the product writes names people.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as target:
            yield target
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
