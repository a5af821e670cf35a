"""What an import would do, counted and shown before anything is written."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from phancong import rules
from phancong.members.enums import Status
from phancong.members.importing.cell_names import cell_key
from phancong.members.importing.defaults import recognised, status_of
from phancong.members.importing.findings import Code, Finding, Severity
from phancong.members.importing.header import tells_origin
from phancong.members.importing.lookups import Lookups
from phancong.members.importing.matching import Basis, Judged, KnownMembers, Outcome, judge
from phancong.members.importing.roster import Roster, RosterRow
from phancong.members.importing.state import Wording, wording_for
from phancong.organizations.models import Organization

BATCH = 500
# Pages show so many lines; the marked file has all of them.
SHOWN_FINDINGS = 300
SHOWN_ROWS = 100


def judged_batches(
    roster: Roster, *, root: Organization, lookups: Lookups, today: date
) -> Iterator[list[Judged]]:
    known = KnownMembers(root, header=roster.header, lookups=lookups)
    rows = roster.rows()
    while batch := list(islice(rows, BATCH)):
        yield judge(batch, known=known, lookups=lookups, today=today)


@dataclass(slots=True)
class Preview:
    """Counts and the lines to show. `as_json` is what the import keeps."""

    wording: Wording
    today: date
    counts: Counter[str] = field(default_factory=Counter)
    remarks: Counter[str] = field(default_factory=Counter)
    assumed: Counter[str] = field(default_factory=Counter)
    doubtful_days: int = 0
    errors: list[Finding] = field(default_factory=list)
    repairs: list[Finding] = field(default_factory=list)
    doubts: list[Finding] = field(default_factory=list)
    unknown_cells: Counter[str] = field(default_factory=Counter)
    basis: Basis = field(default_factory=Basis)
    _names: dict[str, str] = field(default_factory=dict)
    new: list[dict[str, Any]] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)

    def add(self, batch: Sequence[Judged]) -> None:
        self.basis.add(batch)
        for judged in batch:
            self.counts[judged.outcome.value] += 1
            self._add_findings(judged.row)
            if judged.outcome is Outcome.NEW:
                self._add_new(judged.row)
            elif judged.outcome is Outcome.CHANGED:
                self._add_changed(judged)

    def _add_findings(self, row: RosterRow) -> None:
        for finding in row.findings:
            self.remarks[finding.severity.value] += 1
            self.doubtful_days += finding.code is Code.SWAPPED_DAY
            if finding.about:
                self.unknown_cells[self._names.setdefault(cell_key(finding.about), finding.about)] += 1
                continue
            shown = self._shown(finding.severity)
            if len(shown) < SHOWN_FINDINGS:
                shown.append(finding)

    def _shown(self, severity: Severity) -> list[Finding]:
        if severity is Severity.ERROR:
            return self.errors
        return self.doubts if severity is Severity.DOUBTED else self.repairs

    def _add_new(self, row: RosterRow) -> None:
        values = row.values
        self.assumed["sex"] += not values.sex
        self.assumed["category"] += not values.category
        known = recognised(values, law=rules.on(self.today), today=self.today)
        self.assumed["recognised"] += known.official != values.official
        status = status_of(known, today=self.today)
        self.assumed["probationary"] += values.status is None and status is Status.PROBATIONARY
        if len(self.new) < SHOWN_ROWS:
            self.new.append(
                {
                    "row": row.number,
                    "name": values.name,
                    "birth": self.wording.single("birth", values.birth),
                    "cell": self.wording.single("cell", values.cell),
                }
            )

    def _add_changed(self, judged: Judged) -> None:
        if len(self.changed) >= SHOWN_ROWS:
            return
        state = judged.before or judged.row.values
        self.changed.append(
            {
                "row": judged.row.number,
                "name": judged.row.values.name,
                "changes": [
                    self.wording.change(name, old, new, state=state)
                    for name, (old, new) in judged.changes.items()
                ],
            }
        )

    def as_json(self, roster: Roster) -> dict[str, Any]:
        unused = [
            title
            for column, title in sorted(roster.header.titles.items())
            if roster.header.key_at(column) is None and not tells_origin(title)
        ]
        return {
            "sheet": roster.sheet.name,
            "basis": self.basis.digest(),
            "header_row": roster.header.row,
            "counts": {outcome.value: self.counts[outcome.value] for outcome in Outcome},
            "remarks": {severity.value: self.remarks[severity.value] for severity in Severity},
            "assumptions": [*self.assumptions(), *_never_read(roster)],
            "errors": [_line(finding) for finding in self.errors],
            "unknown_cells": [{"name": name, "rows": rows} for name, rows in self.unknown_cells.items()],
            "repairs": [_line(finding) for finding in self.repairs],
            "doubts": [_line(finding) for finding in self.doubts],
            "new": self.new,
            "changed": self.changed,
            "unused_columns": unused,
            "doubtful_columns": sorted(roster.doubtful.columns),
            "doubtful_days": self.doubtful_days,
            "skipped_rows": roster.skipped[:SHOWN_ROWS],
        }

    def assumptions(self) -> list[str]:
        """Each rule that filled a gap, with how many rows it touched."""
        sentences = {
            "sex": "{} đồng chí chưa ghi giới tính: để trống.",
            "category": "{} đồng chí chưa ghi diện: lấy theo loại chi bộ (cơ quan, đơn vị hoặc thôn, tổ dân phố).",
            "recognised": "{} đồng chí không có ngày chính thức, vào Đảng đã quá thời gian dự bị: ghi là chính thức từ "
            "ngày hết dự bị. Sai thì ghi ngày chính thức hoặc “dự bị” vào tệp rồi nhập lại.",
            "probationary": "{} đồng chí không có ngày chính thức: ghi là đảng viên dự bị.",
        }
        return [text.format(self.assumed[name]) for name, text in sentences.items() if self.assumed[name]]


def _never_read(roster: Roster) -> list[str]:
    titles = [f"“{title}”" for _, title in sorted(roster.header.titles.items()) if tells_origin(title)]
    return (
        [f"Cột {', '.join(titles)} không cần cho phân công: không đọc, không lưu vào hồ sơ."]
        if titles
        else []
    )


def _line(finding: Finding) -> dict[str, Any]:
    return {"at": finding.address, "row": finding.row, "message": finding.message}


def preview_roster(
    roster: Roster,
    *,
    root: Organization,
    lookups: Lookups,
    today: date,
    progress: Callable[[int], None] | None = None,
) -> dict[str, Any]:
    """Read the whole sheet and say what it would do."""
    preview = Preview(wording_for(lookups, today=today), today)
    for batch in judged_batches(roster, root=root, lookups=lookups, today=today):
        preview.add(batch)
        if progress:
            progress(sum(preview.counts.values()))
    return preview.as_json(roster)
