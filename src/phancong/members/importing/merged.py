"""Merged cells below the header."""

from collections.abc import Iterable

from phancong.common.spreadsheet_reader import Cell, Merge, Row
from phancong.members.importing.columns import SHARED_KEYS
from phancong.members.importing.findings import Code, Finding, error
from phancong.members.importing.header import Header


class MergedCells:
    """One value for several rows, or a mistake."""

    def __init__(self, merges: Iterable[Merge], *, after: int) -> None:
        below = sorted((merge for merge in merges if merge.bottom > after), key=lambda merge: merge.top)
        self._waiting = iter(below)
        self._next = next(self._waiting, None)
        self._open: list[Merge] = []
        self._values: dict[Merge, Cell] = {}

    def apply(self, row: Row, header: Header) -> list[Finding]:
        """Give shared values to the rows they cover; findings for merges that hide a value."""
        while self._next is not None and self._next.top <= row.number:
            self._open.append(self._next)
            self._next = next(self._waiting, None)
        self._open = [merge for merge in self._open if merge.bottom >= row.number]
        return [found for merge in self._open if (found := self._apply(merge, row, header))]

    def _apply(self, merge: Merge, row: Row, header: Header) -> Finding | None:
        keys = [key for key, at in header.columns.items() if merge.left <= at <= merge.right]
        if not keys:
            return None
        if merge.left == merge.right and keys[0] in SHARED_KEYS:
            if row.number == merge.top and merge.left in row.cells:
                self._values[merge] = row.cells[merge.left]
            elif merge in self._values:
                row.cells[merge.left] = self._values[merge]
            return None
        return error(
            Code.MERGED,
            row.number,
            merge.left,
            "Ô bị gộp nên không rõ giá trị của dòng này. Bỏ gộp ô, ghi đủ từng ô.",
        )
