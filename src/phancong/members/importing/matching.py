"""Which member a row is: by card number, else by name, birth date and cell together; never by name alone."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from phancong.common.text import fold
from phancong.members.importing.columns import Key
from phancong.members.importing.findings import Code, doubted, error
from phancong.members.importing.header import Header
from phancong.members.importing.lookups import KnownCell, Lookups
from phancong.members.importing.roster import RosterRow
from phancong.members.importing.state import differences, states_of, version_of
from phancong.members.importing.values import Values
from phancong.members.models import Member
from phancong.organizations.models import Organization

NAMED_PLACES = 3


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    ERROR = "error"


@dataclass(slots=True)
class Judged:
    """A row with what writing it would do."""

    row: RosterRow
    outcome: Outcome
    member_id: int | None = None
    before: Values | None = None
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)


class Basis:
    """A digest of what every row would do: a preview holds while reading the file again gives the same one."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def add(self, batch: Iterable[Judged]) -> None:
        for judged in batch:
            done = (
                judged.row.number,
                judged.outcome.value,
                judged.member_id,
                judged.row.values,
                judged.changes,
            )
            self._hash.update(repr(done).encode())

    def digest(self) -> str:
        return self._hash.hexdigest()


@dataclass(frozen=True, slots=True)
class _Person:
    pk: int
    cell_id: int | None
    card: str | None


@dataclass(frozen=True, slots=True)
class _Seen:
    """A row of the file that was read before."""

    number: int
    cell: KnownCell
    card: str | None


class KnownMembers:
    """The members of a committee by card and by name with birth date, and the rows of the file seen so far."""

    def __init__(self, root: Organization, *, header: Header, lookups: Lookups) -> None:
        self._header, self._cells = header, lookups.cells_by_id
        self._by_card: dict[str, int] = {}
        self._by_person: dict[tuple[str, date], tuple[_Person, ...]] = {}
        self._rows_by_card: dict[str, int] = {}
        self._rows_by_person: dict[tuple[str, date], tuple[_Seen, ...]] = {}
        self._rows_by_member: dict[int, int] = {}
        members = Member.objects.on_roll().in_places((root.path,))
        for pk, name, birth, cell, card in members.values_list(
            "pk", "name_fold", "birth_date", "cell_id", "card_number"
        ).iterator():
            if card:
                self._by_card[card] = pk
            self._by_person[name, birth] = (*self._by_person.get((name, birth), ()), _Person(pk, cell, card))

    def match(self, row: RosterRow) -> int | None:
        """Id of the member the row is; None for a new one. Adds findings where it cannot be told."""
        if not self._first_in_file(row):
            return None
        values = row.values
        found = self._by_card.get(values.card or "") or self._by_name(row)
        if (
            found is not None
            and (earlier := self._rows_by_member.setdefault(found, row.number)) != row.number
        ):
            self._fail(row, Key.NAME, Code.REPEATED_IN_FILE, f"Trùng với dòng {earlier}. Giữ lại một dòng.")
        if found is None and not row.has_error:
            self._doubt_whether_new(row)
        return found

    def _fail(self, row: RosterRow, key: Key, code: Code, message: str) -> None:
        row.findings.append(error(code, row.number, self._header.columns.get(key, 0), message))

    def _first_in_file(self, row: RosterRow) -> bool:
        values = row.values
        if values.card and (earlier := self._rows_by_card.setdefault(values.card, row.number)) != row.number:
            self._fail(
                row, Key.CARD, Code.REPEATED_IN_FILE, f"Số thẻ trùng với dòng {earlier}. Xem lại hai dòng."
            )
            return False
        if values.birth and values.cell:
            person = (fold(values.name), values.birth)
            seen = self._rows_by_person.get(person, ())
            if same := next((earlier for earlier in seen if earlier.cell.pk == values.cell.pk), None):
                self._fail(
                    row,
                    Key.NAME,
                    Code.REPEATED_IN_FILE,
                    f"Trùng họ tên, ngày sinh, chi bộ với dòng {same.number}.",
                )
                return False
            self._rows_by_person[person] = (*seen, _Seen(row.number, values.cell, values.card))
        return True

    def _doubt_whether_new(self, row: RosterRow) -> None:
        """The same name and birth date in two cells may be one person. Only two card numbers tell them apart."""
        values = row.values
        if values.birth is None or values.cell is None:
            return
        person = (fold(values.name), values.birth)
        places = [
            f"dòng {seen.number} ({seen.cell.name})"
            for seen in self._rows_by_person.get(person, ())
            if seen.number != row.number and not (seen.card and values.card)
        ] + [
            f"hồ sơ đã có ở {self._cells[known.cell_id or 0].name}"
            for known in self._by_person.get(person, ())
            if known.cell_id in self._cells and not (known.card and values.card)
        ]
        if places:
            row.findings.append(
                doubted(
                    Code.PERHAPS_ONE_PERSON,
                    row.number,
                    self._header.columns.get(Key.NAME, 0),
                    f"{values.name}, sinh {values.birth:%d/%m/%Y}: dòng này ({values.cell.name}) và "
                    f"{' và '.join(places[:NAMED_PLACES])} có thể là một người. Là một người thì bỏ một dòng, hoặc ghi "
                    "số thẻ ở cả hai nơi; là hai người thì cứ ghi.",
                )
            )

    def _by_name(self, row: RosterRow) -> int | None:
        values = row.values
        if values.birth is None or values.cell is None:
            return None
        people = self._by_person.get((fold(values.name), values.birth), ())
        same_card_possible = [p for p in people if not (p.card and values.card)]
        here = [person for person in people if person.cell_id == values.cell.pk]
        if len(here) == 1 and here[0] in same_card_possible:
            return here[0].pk
        if here:
            self._fail(
                row,
                Key.CARD if Key.CARD in self._header.columns else Key.NAME,
                Code.ALREADY_THERE,
                "Chi bộ đã có đồng chí cùng họ tên, ngày sinh với số thẻ khác. Xem lại số thẻ.",
            )
        return None

    def fail_card_elsewhere(self, row: RosterRow) -> None:
        self._fail(
            row,
            Key.CARD,
            Code.ALREADY_THERE,
            f"Số thẻ {row.values.card} đã có ở nơi khác hoặc của đồng chí đã chuyển đi. Xem lại số thẻ.",
        )

    def check_person(self, row: RosterRow, before: Values) -> None:
        """A card number found under another name and another birth date belongs to somebody else."""
        values = row.values
        if fold(before.name) != fold(values.name) and before.birth != values.birth:
            self._fail(
                row,
                Key.CARD,
                Code.ALREADY_THERE,
                f"Số thẻ {values.card} là của đồng chí {before.name}. Xem lại số thẻ.",
            )

    def check_official(self, row: RosterRow, before: Values) -> None:
        """The official date kept from the record must still follow the admission that the row gives."""
        values = row.values
        if (
            values.official is None
            and before.official
            and values.admitted
            and before.official < values.admitted
        ):
            self._fail(
                row,
                Key.ADMITTED,
                Code.OFFICIAL_BEFORE_ADMISSION,
                f"Hồ sơ có ngày chính thức {before.official:%d/%m/%Y}, trước ngày vào Đảng ghi ở đây. Xem lại.",
            )

    def check_version(self, row: RosterRow, before: Values, changes: dict[str, Any]) -> None:
        """The file was exported before the member was changed, and would undo that change."""
        version = row.values.version
        if version and changes and version != version_of(before):
            self._fail(
                row,
                Key.ROW_VERSION,
                Code.OLDER_THAN_RECORD,
                "Hồ sơ đã được sửa sau khi tải tệp này. Tải lại danh sách rồi sửa trên tệp mới.",
            )


def judge(rows: Sequence[RosterRow], *, known: KnownMembers, lookups: Lookups, today: date) -> list[Judged]:
    """What writing each row of a batch would do."""
    matches = [(row, known.match(row)) for row in rows]
    _check_cards_elsewhere(matches, known)
    states = states_of((pk for _, pk in matches if pk is not None), lookups=lookups, today=today)
    return [_judge(row, pk, states.get(pk or 0), known, today) for row, pk in matches]


def _judge(
    row: RosterRow, member_id: int | None, before: Values | None, known: KnownMembers, today: date
) -> Judged:
    changes: dict[str, tuple[Any, Any]] = {}
    if before is not None:
        changes = differences(before, row.values, today=today)
        known.check_person(row, before)
        known.check_version(row, before, changes)
        known.check_official(row, before)
    if row.has_error:
        outcome = Outcome.ERROR
    elif before is None:
        outcome = Outcome.NEW
    else:
        outcome = Outcome.CHANGED if changes else Outcome.UNCHANGED
    return Judged(row, outcome, member_id, before, changes)


def _check_cards_elsewhere(matches: list[tuple[RosterRow, int | None]], known: KnownMembers) -> None:
    """A card number is held once in the whole product, also by members outside this committee and those gone."""
    cards = {row.values.card or "": row for row, pk in matches if pk is None and row.values.card}
    for member in Member.objects.filter(card_number__in=list(cards)).only("card_number"):
        known.fail_card_elsewhere(cards[member.card_number or ""])
