"""Papers of the review as DOCX in the layout of Party documents: drafts to be signed, edited where people must."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from phancong.access.actor import Actor
from phancong.common.party_document import Column, Signature
from phancong.organizations.models import Organization
from phancong.reviews.closing import Totals
from phancong.reviews.evidence import Evidence
from phancong.reviews.models import CellReview, Rating, Round, SelfReview
from phancong.reviews.queries.pages import MemberLine, member_lines
from phancong.reviews.schemes import Scheme
from phancong.yearbook.documents.papers import BLANK, Paper, slug

BY_HAND = "(ký, ghi rõ họ tên)"
_LINES = 6


def self_review_paper(
    rating: Rating, paper: SelfReview | None, evidence: Evidence, scheme: Scheme, *, now: datetime
) -> tuple[str, bytes]:
    """The member's own review with the year's work filled in; what was not written yet is left to the hand."""
    review, group = rating.review, scheme.group(rating.group)
    sheet = Paper(review.cell, f"Bản tự kiểm điểm năm {review.round.year}", now=now)
    sheet.head(is_numbered=False)
    document = sheet.document
    document.heading_block("Bản tự kiểm điểm", f"năm {review.round.year} ({group.form})")
    document.paragraph(f"Họ và tên: {rating.member_name}")
    document.paragraph(f"Đơn vị sinh hoạt: {review.cell.name}. {group.name}.")
    document.subheading("I. Kết quả thực hiện nhiệm vụ ghi trong năm")
    document.table(
        (Column(title="Nội dung", share=80), Column(title="Kết quả", share=85)),
        ([row] for row in evidence_rows(evidence, rating)),
    )
    written = paper or SelfReview(rating=rating)
    for number, (title, text) in enumerate(
        (
            ("Ưu điểm, kết quả đạt được", written.strengths),
            ("Hạn chế, khuyết điểm và nguyên nhân", written.shortcomings),
            ("Kết quả khắc phục hạn chế đã chỉ ra trước đây", written.earlier),
            ("Phương hướng, biện pháp khắc phục", written.remedy),
        )
    ):
        document.subheading(f"{('II', 'III', 'IV', 'V')[number]}. {title}")
        if text:
            for line in text.splitlines():
                document.paragraph(line)
        else:
            document.blank_lines(_LINES)
    document.subheading("VI. Tự nhận mức chất lượng")
    for part in scheme.parts:
        document.paragraph(f"{part.name}: {written.points.get(part.code, BLANK)}/{part.most} điểm")
    document.paragraph(f"Tự nhận mức: {scheme.name(written.grade) or BLANK}", with_next=True)
    document.signatures(
        Signature(lines=("Xác nhận của chi bộ",), hint=BY_HAND),
        Signature(lines=("Người tự kiểm điểm",), name=rating.member_name),
    )
    return f"tu-kiem-diem-{review.round.year}-{slug(rating.member_name)}.docx", document.to_bytes()


def evidence_rows(evidence: Evidence, rating: Rating) -> list[tuple[str, str]]:
    """What the year has to show, as two columns."""
    return [
        (
            "Việc được giao",
            (
                f"{evidence.done}/{evidence.duties} việc xong; đúng hạn {evidence.on_time}, chậm hạn {evidence.late}, "
                f"vượt mức {evidence.exceeded}, gia hạn {evidence.extended}"
            ),
        ),
        (
            "Sinh hoạt chi bộ",
            (
                f"Dự {evidence.attended}/{evidence.meetings} kỳ; vắng có lý do {evidence.excused}, "
                f"không lý do {evidence.absent}"
            ),
        ),
        ("Học tập nghị quyết, chuyên đề", f"{evidence.studied}/{evidence.sessions} buổi"),
        (
            "Cam kết, sổ tay",
            f"{'Đã' if evidence.pledged else 'Chưa'} đăng ký cam kết; {evidence.notes} dòng sổ tay",
        ),
        (
            "Nhận xét nơi cư trú; Mặt trận, đoàn thể, nhân dân",
            (
                f"{evidence.residence_given}/{evidence.residence_asked}; "
                f"{evidence.opinions_given}/{evidence.opinions_asked}"
            ),
        ),
        ("Đảng phí", rating.get_dues_display()),
        ("Hạn chế đã chỉ ra kỳ trước", rating.get_mended_display()),
    ]


def ballot_paper(review: CellReview, scheme: Scheme, *, now: datetime) -> tuple[str, bytes]:
    """One ballot to be copied: everybody who is rated, a box for each grade."""
    sheet = Paper(review.cell, f"Phiếu đánh giá, xếp loại năm {review.round.year}", now=now)
    sheet.head(is_numbered=False)
    document = sheet.document
    document.heading_block("Phiếu đánh giá", f"xếp loại chất lượng đảng viên năm {review.round.year}")
    document.paragraph("Đánh dấu X vào một mức cho mỗi đồng chí. Không ký tên vào phiếu.")
    levels = scheme.best_first
    share = 94 / len(levels)
    document.table(
        (
            Column(title="TT", share=11, centred=True),
            Column(title="Họ và tên", share=60, bold=True),
            *(Column(title=level.short_name, share=share, centred=True) for level in levels),
        ),
        (
            [(str(number), one.member_name, *("" for _ in levels))]
            for number, one in enumerate(rated(review), start=1)
        ),
    )
    return f"phieu-xep-loai-{review.round.year}-{slug(review.cell.name)}.docx", document.to_bytes()


def rated(review: CellReview) -> list[Rating]:
    found = Rating.objects.filter(review=review, is_on_roll=True, not_rated="")
    return list(found.order_by("sort_key", "id"))


def meeting_paper(review: CellReview, scheme: Scheme, actor: Actor) -> tuple[str, bytes]:
    """The record of the meeting with the count of the ballots; the reader's own row stays empty until the decision."""
    sheet = Paper(review.cell, f"Biên bản họp kiểm điểm năm {review.round.year}", now=actor.now)
    sheet.head(number=sheet.form.number_line("minutes"))
    document = sheet.document
    document.heading_block("Biên bản", f"họp kiểm điểm, đánh giá, xếp loại đảng viên năm {review.round.year}")
    held_on = f"{review.held_on:%d/%m/%Y}" if review.held_on else BLANK
    lines = member_lines(review, scheme, actor)
    document.paragraph(f"Thời gian: ngày {held_on}. Địa điểm: {BLANK}.")
    document.paragraph(
        f"Danh sách kiểm điểm: {len(lines)} đồng chí; không xếp loại: "
        f"{sum(bool(line.rating.not_rated) for line in lines)}. Số đồng chí có quyền bỏ phiếu: "
        f"{review.eligible or BLANK} ({review.get_method_display().lower()})."
    )
    document.subheading("I. Kết quả kiểm phiếu và mức chi bộ đề nghị")
    document.table(
        (
            Column(title="TT", share=10, centred=True),
            Column(title="Họ và tên", share=42, bold=True),
            Column(title="Tự nhận", share=26),
            Column(title="Kết quả phiếu", share=52),
            Column(title="Chi bộ đề nghị", share=35),
        ),
        ([_meeting_row(number, line, scheme)] for number, line in enumerate(lines, start=1)),
    )
    remarks = [line for line in lines if line.rating.committee_remark and not line.is_self]
    if remarks:
        document.subheading("II. Nhận xét của chi ủy")
        for line in remarks:
            document.paragraph(f"Đồng chí {line.rating.member_name}: {line.rating.committee_remark}")
    document.paragraph("Biên bản đã đọc lại và được hội nghị thông qua.", with_next=True)
    document.signatures(
        Signature(lines=("Thư ký",), hint=BY_HAND), Signature(lines=("Chủ trì",), name=sheet.secretary)
    )
    return f"bien-ban-kiem-diem-{review.round.year}-{slug(review.cell.name)}.docx", document.to_bytes()


def _meeting_row(number: int, line: MemberLine, scheme: Scheme) -> tuple[str, str, str, str, str]:
    rating = line.rating
    if rating.not_rated:
        return (str(number), rating.member_name, "", "", f"Không xếp loại: {scheme.reason(rating.not_rated)}")
    paper = getattr(rating, "self_review", None)
    tally = None if line.is_self else getattr(rating, "tally", None)
    votes = (
        "; ".join(f"{level.short_name} {tally.votes.get(level.code, 0)}" for level in scheme.best_first)
        + f"; không hợp lệ {tally.invalid}; phát ra {tally.handed_out}/{tally.eligible}"
        if tally
        else BLANK
    )
    self_grade = scheme.short_name(paper.grade) if paper and paper.sent_on else ""
    return (str(number), rating.member_name, self_grade, votes, line.grade or BLANK)


def tally_paper(review: CellReview, scheme: Scheme, actor: Actor) -> tuple[str, bytes]:
    """The count of the ballots, one row a member; what was not counted yet is left to the hand, as is the reader's."""
    sheet = Paper(review.cell, f"Biên bản kiểm phiếu xếp loại năm {review.round.year}", now=actor.now)
    sheet.head(number=sheet.form.number_line("minutes"))
    document = sheet.document
    document.heading_block(
        "Biên bản", f"kiểm phiếu đánh giá, xếp loại chất lượng đảng viên năm {review.round.year}"
    )
    held_on = f"{review.held_on:%d/%m/%Y}" if review.held_on else BLANK
    document.paragraph(
        f"Ngày {held_on}, {review.cell.name} bỏ phiếu đánh giá, xếp loại đảng viên "
        f"({review.get_method_display().lower()})."
    )
    document.paragraph(f"Tổ kiểm phiếu: {BLANK}, tổ trưởng; {BLANK}; {BLANK}.")
    document.paragraph(
        f"Số đồng chí có quyền bỏ phiếu: {review.eligible or BLANK}. {_backing(review, scheme)}"
    )
    document.subheading("Kết quả kiểm phiếu")
    levels = scheme.best_first
    share = 76 / len(levels)
    document.table(
        (
            Column(title="TT", share=10, centred=True),
            Column(title="Họ và tên", share=45, bold=True),
            Column(title="Phát ra", share=17, centred=True),
            *(Column(title=level.short_name, share=share, centred=True) for level in levels),
            Column(title="Không hợp lệ", share=17, centred=True),
        ),
        (
            [(str(number), line.rating.member_name, *_counted(line, scheme))]
            for number, line in enumerate(_balloted(review, scheme, actor), start=1)
        ),
    )
    document.paragraph(
        "Biên bản lập xong cùng ngày, đã đọc lại trước hội nghị. Phiếu được niêm phong, gửi chi ủy cùng biên bản này.",
        with_next=True,
    )
    document.signatures(
        Signature(lines=("Tổ trưởng tổ kiểm phiếu",), hint=BY_HAND),
        Signature(lines=("Chủ trì",), name=sheet.secretary),
    )
    return f"bien-ban-kiem-phieu-{review.round.year}-{slug(review.cell.name)}.docx", document.to_bytes()


def _balloted(review: CellReview, scheme: Scheme, actor: Actor) -> list[MemberLine]:
    return [line for line in member_lines(review, scheme, actor) if not line.rating.not_rated]


def _backing(review: CellReview, scheme: Scheme) -> str:
    """How many votes a grade needs to be proposed, by the rule of the year."""
    if not review.eligible:
        return ""
    return f"Một mức được đề nghị khi có từ {scheme.ballot.least_votes(review.eligible)} phiếu trở lên."


def _counted(line: MemberLine, scheme: Scheme) -> list[str]:
    """Ballots handed out, votes for each grade, and those that do not count."""
    tally = None if line.is_self else getattr(line.rating, "tally", None)
    if tally is None:
        return [""] * (len(scheme.best_first) + 2)
    votes = [str(tally.votes.get(level.code, 0)) for level in scheme.best_first]
    return [str(tally.handed_out), *votes, str(tally.invalid)]


def best_first(ratings: Iterable[Rating], scheme: Scheme) -> list[Rating]:
    """Those whose grade was decided, in the order of the list: best grade, then given name."""
    order = {level.code: number for number, level in enumerate(scheme.best_first)}
    return sorted(
        (one for one in ratings if one.grade),
        key=lambda one: (order.get(one.grade, len(order)), one.sort_key, one.pk),
    )


def told_of(round_: Round, totals: Totals, scheme: Scheme, *, hidden_cells: int) -> str:
    """What the list rests on, whether it closes, and that it is a part where the reader does not see every cell."""
    told = f"Theo {scheme.basis}; danh sách tính đến {round_.counted_on:%d/%m/%Y}. {totals.sentence}"
    if hidden_cells:
        told += f" Chỉ gồm các chi bộ người lập danh sách được xem; đợt này còn {hidden_cells} chi bộ khác."
    return told


def decision_paper(
    round_: Round,
    place: Organization,
    ratings: Sequence[Rating],
    totals: Totals,
    scheme: Scheme,
    *,
    hidden_cells: int,
    now: datetime,
) -> tuple[str, bytes]:
    """The list of grades that were decided, best first, with the totals; attached to the decision."""
    sheet = Paper(place, f"Danh sách xếp loại đảng viên năm {round_.year}", now=now)
    sheet.head(number=sheet.form.number_line("list"), is_numbered=place.holds_members)
    document = sheet.document
    document.heading_block("Danh sách", f"đảng viên được xếp loại chất lượng năm {round_.year}")
    document.paragraph(told_of(round_, totals, scheme, hidden_cells=hidden_cells))
    document.table(
        (
            Column(title="Mức", share=95, bold=True),
            Column(title="Số đồng chí", share=35, centred=True),
            Column(title="Tỷ lệ (%)", share=35, centred=True),
        ),
        ([(row.name, str(row.own), row.own_share)] for row in totals.rows),
    )
    columns = (
        Column(title="TT", share=11, centred=True),
        Column(title="Họ và tên", share=58, bold=True),
        Column(title="Chi bộ", share=62),
        Column(title="Quyết định", share=34),
    )
    for grade, group in groupby(best_first(ratings, scheme), key=lambda one: one.grade):
        people = list(group)
        document.subheading(f"{scheme.name(grade)}: {len(people)} đồng chí")
        document.table(
            columns,
            (
                [(str(number), one.member_name, one.review.cell.name, one.review.decision)]
                for number, one in enumerate(people, start=1)
            ),
        )
    sheet.sign("Như trên")
    return f"danh-sach-xep-loai-{round_.year}-{slug(place.name)}.docx", document.to_bytes()
