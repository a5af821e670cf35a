"""Papers of transfers: the letter that introduces one member, and the list of several."""

from collections.abc import Sequence
from datetime import date, datetime

from phancong.common.party_document import Column, Words
from phancong.organizations.models import Organization
from phancong.transfers.models import Transfer
from phancong.transfers.packs import transfer_rules
from phancong.yearbook.documents.papers import BLANK, Paper, slug


def introduction_paper(row: Transfer, home: Organization, *, now: datetime) -> tuple[str, bytes]:
    """File name and content. Before it is issued, number and days are left to be written by hand."""
    form = row.get_kind_display().lower()
    sheet = Paper(home, f"Giấy giới thiệu sinh hoạt đảng {form}", now=now)
    sheet.head(number=f"Số {row.paper_number}" if row.paper_number else "")
    document = sheet.document
    document.heading_block("Giấy giới thiệu", f"sinh hoạt đảng {form}")
    document.paragraph(f"Kính gửi: {row.to_name}")
    document.paragraph([f"{home.name} giới thiệu đồng chí: ", Words(row.member_name, bold=True)])
    for name, words in _facts(row):
        document.paragraph(f"{name}: {words}.")
    document.paragraph(f"Được chuyển sinh hoạt đảng {form} đến: {row.to_name}.")
    document.paragraph(f"Lý do: {row.get_reason_display().lower()}.")
    if row.valid_from and row.last_day:
        document.paragraph(f"Thời hạn: từ ngày {_day(row.valid_from)} đến hết ngày {_day(row.last_day)}.")
    present = transfer_rules(row.introduced_on or now.date()).present
    document.paragraph(
        f"Giấy giới thiệu được nộp ở nơi nhận trong {present.value} ngày làm việc kể từ ngày giới thiệu"
        f"{f', chậm nhất ngày {_day(row.due_on)}' if row.introduced_on and row.received_on is None else ''}.",
        with_next=True,
    )
    sheet.sign(row.to_name, "Đồng chí có tên trên")
    return f"giay-gioi-thieu-sinh-hoat-{slug(row.member_name)}.docx", document.to_bytes()


def _facts(row: Transfer) -> list[tuple[str, str]]:
    """What the letter says of the member: nothing of health or circumstances."""
    member = row.member
    return [
        ("Sinh ngày", _day(member.birth_date)),
        ("Số thẻ đảng viên", member.card_number or BLANK),
        ("Vào Đảng ngày", _day(member.admitted_on)),
        ("Chính thức ngày", _day(member.official_on)),
        ("Giới thiệu ngày", _day(row.introduced_on)),
    ]


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else BLANK


def list_paper(rows: Sequence[Transfer], place: Organization, *, now: datetime) -> tuple[str, bytes]:
    """Several transfers in one table."""
    sheet = Paper(place, "Danh sách chuyển sinh hoạt đảng", now=now)
    sheet.head(number=sheet.form.number_line("list"))
    document = sheet.document
    document.heading_block("Danh sách", "đảng viên chuyển sinh hoạt đảng")
    document.paragraph(f"Tính đến ngày {_day(now.date())}: {len(rows)} đồng chí.")
    document.table(
        (
            Column(title="TT", share=10, centred=True),
            Column(title="Họ và tên", share=38, bold=True),
            Column(title="Từ", share=37),
            Column(title="Đến", share=37),
            Column(title="Hình thức", share=20),
            Column(title="Giấy giới thiệu", share=28),
        ),
        (
            [(str(number), row.member_name, row.from_name, row.to_name, row.get_kind_display(), _paper(row))]
            for number, row in enumerate(rows, start=1)
        ),
    )
    sheet.sign("Các chi bộ có liên quan")
    return f"danh-sach-chuyen-sinh-hoat-{slug(place.name)}.docx", document.to_bytes()


def _paper(row: Transfer) -> str:
    return f"{row.paper_number}, {_day(row.introduced_on)}" if row.introduced_on else "Chưa cấp"
