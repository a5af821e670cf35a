"""What each paper says. No health, no circumstances, no reason of an excuse is read here."""

import re
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from phancong.common.party_document import Column, Head, PartyDocument, Properties, Signature, Words
from phancong.common.text import fold
from phancong.members.models import Post
from phancong.organizations.models import Organization
from phancong.organizations.queries import steps_of
from phancong.rules.document_form import Form, form_on
from phancong.yearbook.contact_words import place_words
from phancong.yearbook.models import Pledge, Remark, ResidenceContact
from phancong.yearbook.policies import FACTS_ONLY

BLANK = "……"
_REMARK_COLUMNS = (
    Column(title="TT", share=11, centred=True),
    Column(title="Họ và tên", share=50, bold=True),
    Column(title="Nhận xét", share=84),
    Column(title="Ghi chú", share=20),
)


class Paper:
    """A document with the head of the cell that issues it."""

    def __init__(self, cell: Organization, title: str, *, now: datetime) -> None:
        self.cell, self.now = cell, now
        self.form: Form = form_on(now.date())
        names = dict(Organization.objects.filter(pk__in=steps_of(cell.path)).values_list("pk", "name"))
        self.above = [names[step] for step in reversed(steps_of(cell.path)[:-1]) if step in names]
        posts = Post.objects.on(now.date()).filter(organization=cell, position="secretary")
        self.secretary = posts.values_list("member__full_name", flat=True).first() or ""
        properties = Properties(title=title, author=cell.name, mark="", made_at=now)
        self.document = PartyDocument(self.form.layout, properties)

    def head(self, *, number: str = "", is_numbered: bool = True) -> None:
        """`number`: as the cell gave it; empty where it is written by hand, or where the paper has none."""
        year = self.now.year
        self.document.head(
            Head(
                upper_body=self.above[0] if self.above else "",
                issuing_body=self.cell.name,
                number=(number or self.form.number_line("letter")) if is_numbered else "",
                place_and_date=f"{self._place()}, ngày {BLANK} tháng {BLANK} năm {year}",
            )
        )

    def sign(self, *recipients: str) -> None:
        body = "chi bộ" if self.cell.holds_members else "cấp ủy"
        signature = Signature(lines=(f"{self.form.layout.on_behalf} {body}", "Bí thư"), name=self.secretary)
        self.document.signature_with_recipients(signature, (*recipients, self.form.text("file_recipient")))

    def _place(self) -> str:
        """The administrative unit nearest above: "Đảng bộ phường Ayun Pa" is at Ayun Pa."""
        for name in self.above:
            for unit in self.form.place_units:
                before, found, place = name.partition(f" {unit.name} ")
                if found and before.lower() in ("đảng bộ", "đảng ủy"):
                    return place
        return BLANK


def introduction_paper(contact: ResidenceContact, cell: Organization, *, now: datetime) -> tuple[str, bytes]:
    """File name and content of the letter that introduces one member to the place of residence."""
    paper = Paper(cell, "Giấy giới thiệu về nơi cư trú", now=now)
    number = f"Số {contact.letter_number}" if contact.letter_number else ""
    paper.head(number=number)
    document = paper.document
    document.heading_block("Giấy giới thiệu", "đảng viên giữ mối liên hệ với nơi cư trú")
    document.paragraph(f"Kính gửi: {_home(contact)}")
    document.paragraph(
        "Thực hiện Quy định số 213-QĐ/TW ngày 02/01/2020 của Bộ Chính trị về trách nhiệm của đảng viên đang công tác "
        f"thường xuyên giữ mối liên hệ với tổ chức đảng và nhân dân nơi cư trú, {cell.name} giới thiệu:"
    )
    document.paragraph(["Đồng chí: ", Words(contact.member_name, bold=True)])
    document.paragraph(f"Sinh hoạt tại: {cell.name}")
    document.paragraph(f"Cư trú tại: {place_words(contact) or BLANK}")
    document.paragraph(f"Diện: {contact.get_group_display().lower()}.")
    document.paragraph(
        "Đề nghị cấp ủy nơi cư trú tiếp nhận, tạo điều kiện để đồng chí giữ mối liên hệ và có nhận xét theo quy định.",
        with_next=True,
    )
    paper.sign("Như trên", "Đồng chí có tên trên")
    return f"giay-gioi-thieu-{contact.year}-{slug(contact.member_name)}.docx", document.to_bytes()


def remark_papers(
    remarks: Sequence[Remark], cell: Organization, *, year: int, now: datetime
) -> tuple[str, bytes]:
    """A list of everybody, then one letter for each place of residence."""
    paper = Paper(cell, f"Xin nhận xét của nơi cư trú năm {year}", now=now)
    document = paper.document
    by_place = sorted(remarks, key=lambda remark: (fold(remark.asked_of), _sort_key(remark)))
    paper.head(number=paper.form.number_line("list"))
    document.heading_block("Danh sách", f"đảng viên xin nhận xét của nơi cư trú năm {year}")
    columns = (
        Column(title="TT", share=11, centred=True),
        Column(title="Họ và tên", share=60, bold=True),
        Column(title="Gửi nơi cư trú", share=94),
    )
    document.table(
        columns,
        ([(str(number), _name(remark), remark.asked_of)] for number, remark in enumerate(by_place, start=1)),
    )
    paper.sign(*dict.fromkeys(remark.asked_of for remark in by_place))
    for place, group in groupby(by_place, key=lambda remark: remark.asked_of):
        document.new_section()
        _remark_letter(paper, place, list(group), year)
    return f"xin-nhan-xet-noi-cu-tru-{year}-{slug(cell.name)}.docx", document.to_bytes()


def _remark_letter(paper: Paper, place: str, remarks: Sequence[Remark], year: int) -> None:
    document = paper.document
    paper.head()
    document.heading_block("Công văn", f"xin nhận xét đảng viên giữ mối liên hệ với nơi cư trú năm {year}")
    document.paragraph(f"Kính gửi: {place}")
    document.paragraph(
        f"{paper.cell.name} đề nghị đồng chí cho nhận xét về đảng viên dưới đây trong việc giữ mối liên hệ với tổ chức "
        f"đảng và nhân dân nơi cư trú năm {year}, để chi bộ kiểm điểm cuối năm. {FACTS_ONLY}"
    )
    document.table(
        _REMARK_COLUMNS,
        (
            [(str(number), _name(remark), "", remark.purpose)]
            for number, remark in enumerate(remarks, start=1)
        ),
    )
    asked = Signature(lines=("Cấp ủy nơi cư trú",), hint="(ký, ghi rõ họ tên)")
    sender = Signature(lines=(f"{paper.form.layout.on_behalf} chi bộ", "Bí thư"), name=paper.secretary)
    document.signatures(asked, sender)


def opinion_paper(remark: Remark, *, about: str, now: datetime) -> tuple[str, bytes]:
    """The letter that asks the Front, a mass organisation or the residents."""
    paper = Paper(remark.cell, "Xin nhận xét", now=now)
    paper.head()
    document = paper.document
    document.heading_block("Công văn", f"xin nhận xét năm {remark.year}")
    document.paragraph(f"Kính gửi: {remark.asked_of}")
    whom = f"{remark.cell.name}" if remark.member_id is None else f"đồng chí {about}, {remark.cell.name}"
    purpose = f" Mục đích: {remark.purpose}." if remark.purpose else ""
    document.paragraph(
        f"{remark.cell.name} đề nghị cho nhận xét về việc thực hiện nhiệm vụ năm {remark.year} của {whom}.{purpose} "
        f"{FACTS_ONLY}"
    )
    document.subheading("Nhận xét")
    document.blank_lines(10)
    asked = Signature(lines=("Người nhận xét",), hint="(ký, ghi rõ họ tên)")
    sender = Signature(lines=(f"{paper.form.layout.on_behalf} chi bộ", "Bí thư"), name=paper.secretary)
    document.signatures(asked, sender)
    return f"xin-nhan-xet-{remark.year}-{slug(about)}.docx", document.to_bytes()


def pledge_document(pledge: Pledge, cell: Organization, *, now: datetime) -> tuple[str, bytes]:
    paper = Paper(cell, f"Bản cam kết năm {pledge.year}", now=now)
    document = paper.document
    document.head(
        Head(
            upper_body=paper.above[0] if paper.above else "",
            issuing_body=cell.name,
            place_and_date=f"{pledge.registered_on:ngày %d tháng %m năm %Y}",
        )
    )
    document.heading_block("Bản cam kết", f"tu dưỡng, rèn luyện, phấn đấu năm {pledge.year}")
    document.paragraph(["Tôi là: ", Words(pledge.member.full_name, bold=True)])
    document.paragraph(f"Sinh hoạt tại: {cell.name}. Tôi cam kết:")
    for number, line in enumerate(filter(None, map(str.strip, pledge.content.splitlines())), start=1):
        document.paragraph(f"{number}. {line}")
    received = Signature(
        lines=(f"{paper.form.layout.on_behalf} chi bộ", "Bí thư"),
        name=paper.secretary,
        hint=f"(đã nhận ngày {pledge.received_on:%d/%m/%Y})" if pledge.received_on else "",
    )
    document.signatures(
        received, Signature(lines=("Người cam kết",), name=pledge.member.full_name, hint="(ký)")
    )
    return f"ban-cam-ket-{pledge.year}-{slug(pledge.member.full_name)}.docx", document.to_bytes()


def slug(text: str) -> str:
    """Letters without marks, digits and hyphens: a file name for every system."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-") or "khong-ten"


def _home(contact: ResidenceContact) -> str:
    home = contact.residence_cell
    return f"Chi ủy {home.name}" if home else contact.place_name or BLANK


def _name(remark: Remark) -> str:
    return remark.contact.member_name if remark.contact else ""


def _sort_key(remark: Remark) -> str:
    return remark.contact.member_sort_key if remark.contact else ""
