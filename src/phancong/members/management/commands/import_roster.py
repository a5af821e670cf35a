"""`manage.py import_roster FILE`: bring a roster into the database from the terminal."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from phancong.access.actor import Actor, Grant
from phancong.access.permissions import Permission
from phancong.common.files import whole_file
from phancong.common.refusal import Refused
from phancong.members.importing.actions import keep_upload, marked_file, prepare_import, write_import
from phancong.members.importing.founding import (
    CellProposal,
    cells_to_found,
    committee_named_in,
    found_cells,
    found_committee,
    founding_day,
)
from phancong.members.importing.sheets import SeveralRosters, open_sheet
from phancong.organizations.models import Organization

SHOWN = 20


class Command(BaseCommand):
    right = Permission.MEMBER_IMPORT
    help = "Nhập danh sách đảng viên từ tệp Excel (.xlsx)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="tệp .xlsx")
        parser.add_argument("--committee", default="", help="tên hoặc mã đảng bộ; thành lập nếu chưa có")
        parser.add_argument("--cell", default="", help="chi bộ của cả tệp, khi bảng không có cột “Chi bộ”")
        parser.add_argument("--sheet", default="", help="tên trang có danh sách, khi tệp có nhiều danh sách")
        parser.add_argument("--create-cells", action="store_true", help="thành lập đảng bộ và chi bộ chưa có")
        parser.add_argument("--only-right-rows", action="store_true", help="chỉ ghi dòng đúng")
        days = parser.add_mutually_exclusive_group()
        days.add_argument(
            "--swap-dates",
            action="store_true",
            help="ô ngày bị nghi đảo (máy đặt kiểu Mỹ): đảo lại ngày và tháng",
        )
        days.add_argument("--keep-dates", action="store_true", help="ô ngày bị nghi đảo: giữ nguyên")
        parser.add_argument("--yes", action="store_true", help="không hỏi lại")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"Không có tệp {path}. Xem lại đường dẫn.")
        now = timezone.localtime()
        # Whoever can run commands on the server may import everywhere.
        by = Actor(None, None, "Hệ thống", now, (Grant("office", "", now.date()),))
        try:
            with transaction.atomic():
                self._import(path, options, by=by)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal

    def _import(self, path: Path, options: dict[str, Any], *, by: Actor) -> None:
        content = path.read_bytes()
        _check_sheet(content, chosen=options["sheet"])
        committee = self._committee(content, options, by=by)
        cell = self._cells(content, options, root=committee, by=by)
        answered = options["swap_dates"] or options["keep_dates"]
        kept = keep_upload(
            content,
            file_name=path.name,
            organization=committee,
            by=by,
            cell=cell,
            turn_days_back=options["swap_dates"] if answered else None,
            sheet=options["sheet"],
        )
        with self._progress("Đang đọc") as (bar, task):
            kept = prepare_import(kept.pk, by=by, progress=lambda rows: bar.update(task, completed=rows))
        self._tell(kept.summary)
        counts = kept.summary["counts"]
        if counts["error"] or kept.summary["remarks"]["noted"]:
            marked = path.with_name(f"{path.stem} - đã đánh dấu lỗi.xlsx")
            with whole_file(marked) as file:
                file.write(marked_file(kept, by=by))
            self.stdout.write(f"Tệp đã đánh dấu: {marked}")
        if not counts["new"] + counts["changed"]:
            self._end_without_change(counts)
            return
        if counts["error"] and not options["only_right_rows"]:
            raise Refused(
                f"Còn {counts['error']} dòng có lỗi nên chưa ghi gì. Sửa tệp rồi chạy lại, hoặc thêm --only-right-rows "
                "để chỉ ghi dòng đúng."
            )
        if not options["yes"]:
            self._ask()
        with self._progress("Đang ghi") as (bar, task):
            bar.update(task, total=sum(counts.values()))
            written = write_import(
                kept.pk,
                by=by,
                only_right_rows=options["only_right_rows"],
                progress=lambda rows: bar.update(task, completed=rows),
            )
        done = written.summary["written"]
        self.stdout.write(
            self.style.SUCCESS(f"Đã ghi: thêm {done['new']}, cập nhật {done['changed']} đồng chí.")
        )

    def _end_without_change(self, counts: dict[str, int]) -> None:
        if counts["error"]:
            raise Refused("Chưa ghi gì. Sửa các ô đã đánh dấu rồi nhập lại.")
        self.stdout.write("Mọi dòng đều đã có trong danh sách. Không có gì để ghi.")

    def _ask(self) -> None:
        answer = input("Ghi vào danh sách? Gõ “c” để ghi, phím khác để thôi: ")
        if answer.strip().lower() not in ("c", "có", "co", "y"):
            raise Refused("Đã thôi, chưa ghi gì.")

    def _committee(self, content: bytes, options: dict[str, Any], *, by: Actor) -> Organization:
        named = options["committee"]
        roots = Organization.objects.active().filter(parent__isnull=True)
        if named:
            found = Organization.objects.active().filter(name=named) | Organization.objects.active().filter(
                code=named
            )
        else:
            found = roots
        if found.count() > 1:
            raise Refused(
                'Có nhiều đảng bộ. Ghi rõ đảng bộ nào, ví dụ: --committee "Đảng bộ phường Ayun Pa".'
            )
        if (committee := found.first()) is not None:
            return committee
        if not options["create_cells"]:
            raise Refused("Chưa có đảng bộ này. Thêm --create-cells để thành lập theo danh sách.")
        name = named or committee_named_in(content, today=by.today, sheet=options["sheet"])
        self.stdout.write(f"Sẽ thành lập: {name}")
        return found_committee(name, by=by, effective_on=by.today.replace(month=1, day=1))

    def _cells(
        self, content: bytes, options: dict[str, Any], *, root: Organization, by: Actor
    ) -> Organization | None:
        """Found what is missing; the cell of the whole file when one was named."""
        named = options["cell"]
        if options["create_cells"]:
            proposals = cells_to_found(
                content, root=root, today=by.today, also=[named] if named else [], sheet=options["sheet"]
            )
            self._tell_cells(proposals)
            found_cells(proposals, root=root, by=by, effective_on=founding_day(root, today=by.today))
        if not named:
            return None
        cell = Organization.objects.in_subtree(root.path).active().cells().filter(name=named).first()
        if cell is None:
            raise Refused(f"Chưa có chi bộ “{named}”. Ghi đúng tên, hoặc thêm --create-cells để thành lập.")
        return cell

    def _tell_cells(self, proposals: list[CellProposal]) -> None:
        if proposals:
            self.stdout.write(f"Sẽ thành lập {len(proposals)} chi bộ theo danh sách:")
        for proposal in proposals:
            area = f", phụ trách {proposal.area_name}" if proposal.area_name else ""
            self.stdout.write(f"  {proposal.name} ({proposal.kind.name}{area})")

    def _tell(self, summary: dict[str, Any]) -> None:
        counts = summary["counts"]
        self.stdout.write(
            f"Trang “{summary['sheet']}”, tiêu đề ở dòng {summary['header_row']}: thêm mới {counts['new']}, "
            f"cập nhật {counts['changed']}, không đổi {counts['unchanged']}, lỗi {counts['error']}."
        )
        for sentence in summary["assumptions"]:
            self.stdout.write(f"  {sentence}")
        if summary["doubtful_days"]:
            self.stdout.write(
                f"  {summary['doubtful_days']} ô ngày có thể đã bị đảo ngày và tháng (máy đặt kiểu Mỹ). Đối chiếu với "
                "hồ sơ gốc, rồi chạy lại với --swap-dates (đảo lại) hoặc --keep-dates (giữ nguyên)."
            )
        if summary["unused_columns"]:
            self.stdout.write(f"  Cột không dùng: {', '.join(summary['unused_columns'])}.")
        if summary["skipped_rows"]:
            rows = ", ".join(str(row) for row in summary["skipped_rows"][:SHOWN])
            self.stdout.write(f"  Dòng không phải đảng viên, bỏ qua: {rows}.")
        remarks = summary["remarks"]
        self._tell_lines(
            "Ô đã hiểu giúp hoặc để trống", summary["repairs"], remarks["fixed"] + remarks["noted"]
        )
        if summary["unknown_cells"]:
            self.stdout.write("  Chi bộ chưa có (thêm --create-cells để thành lập):")
        for cell in summary["unknown_cells"]:
            self.stdout.write(f"    {cell['name']}: {cell['rows']} dòng")
        self._tell_lines("Có thể là một người, vẫn ghi", summary["doubts"], remarks["doubted"])
        self._tell_lines("Ô có lỗi", summary["errors"], remarks["error"])

    def _tell_lines(self, title: str, lines: list[dict[str, Any]], total: int) -> None:
        if not lines:
            return
        self.stdout.write(f"{title}: {total}")
        for line in lines[:SHOWN]:
            self.stdout.write(f"  {line['at']}: {line['message']}")
        if total > SHOWN:
            self.stdout.write(f"  … và {total - SHOWN} ô nữa")

    def _progress(self, title: str) -> "RowBar":
        return RowBar(title)


def _check_sheet(content: bytes, *, chosen: str) -> None:
    """Say before anything is founded that a file has several rosters."""
    try:
        with open_sheet(content, pasted=False, chosen=chosen):
            pass
    except SeveralRosters as several:
        names = "\n".join(f'  --sheet "{sheet.name}" ({sheet.rows} dòng)' for sheet in several.sheets)
        raise Refused(
            f"Tệp có danh sách ở {len(several.sheets)} trang. Thêm một trong các lựa chọn:\n{names}"
        ) from several


class RowBar:
    """A bar of rows on the terminal."""

    def __init__(self, title: str) -> None:
        self._bar = Progress(
            TextColumn(f"{title} dòng"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
        )

    def __enter__(self) -> tuple[Progress, Any]:
        self._bar.start()
        return self._bar, self._bar.add_task("", total=None)

    def __exit__(self, *_error: object) -> None:
        self._bar.stop()
