"""Báo cáo kiểm điểm tập thể: the paper on which the committee of a cell reviews itself, drafted from the year."""

from collections.abc import Sequence

from phancong import rules
from phancong.access.actor import Actor
from phancong.common.party_document import Column, Signature
from phancong.members.models import Post
from phancong.reviews.evidence import Evidence
from phancong.reviews.models import CellReview
from phancong.reviews.queries.pages import member_lines
from phancong.reviews.schemes import Collective, Scheme
from phancong.yearbook.documents.papers import BLANK, Paper, slug

# Left to be written by people, after what the year has to show.
OPEN_CHAPTERS = (
    "Hạn chế, khuyết điểm và nguyên nhân",
    "Kết quả khắc phục hạn chế đã chỉ ra trước đây",
    "Phương hướng, biện pháp khắc phục",
)
_NUMERALS = ("II", "III", "IV")
_LINES = 5


def body_of(review: CellReview, scheme: Scheme) -> tuple[Collective, list[Post]] | None:
    """The body that reviews itself here, and who sat on it on the day of the roll; None: there is none, or no form."""
    day = review.round.counted_on
    posts = Post.objects.on(day).filter(organization=review.cell_id).select_related("member")
    for body in scheme.collectives:
        rank = {code: number for number, code in enumerate(body.positions)}
        held = [post for post in posts if post.position in rank]
        if any(post.position == body.marked_by for post in held):
            return body, sorted(held, key=lambda post: (rank[post.position], post.member.sort_key, post.pk))
    return None


def collective_paper(
    review: CellReview, body: Collective, posts: Sequence[Post], scheme: Scheme, actor: Actor
) -> tuple[str, bytes]:
    """Who belongs to it and what the year shows; the words are left to the body itself."""
    sheet = Paper(
        review.cell, f"Báo cáo kiểm điểm tập thể {body.name} năm {review.round.year}", now=actor.now
    )
    sheet.head(number=sheet.form.number_line("report"))
    document = sheet.document
    document.heading_block("Báo cáo", f"kiểm điểm tập thể {body.name} năm {review.round.year} ({body.form})")
    names = {one.code: one.name for one in rules.on(review.round.counted_on).positions}
    document.paragraph(
        f"Tập thể {body.name} {review.cell.name} ngày {review.round.counted_on:%d/%m/%Y} có {len(posts)} đồng chí: "
        + "; ".join(f"{post.member.full_name}, {names[post.position].lower()}" for post in posts)
        + "."
    )
    document.subheading("I. Kết quả lãnh đạo, chỉ đạo thực hiện nhiệm vụ trong năm")
    lines = member_lines(review, scheme, actor)
    document.table(
        (Column(title="Nội dung", share=80), Column(title="Kết quả", share=85)),
        ([row] for row in result_rows([line.evidence for line in lines])),
    )
    document.blank_lines(_LINES)
    for numeral, title in zip(_NUMERALS, OPEN_CHAPTERS, strict=True):
        document.subheading(f"{numeral}. {title}")
        document.blank_lines(_LINES)
    document.subheading("V. Tập thể tự nhận mức")
    document.paragraph(f"{'; '.join(level.name for level in scheme.best_first)}: {BLANK}", with_next=True)
    signature = Signature(
        lines=(f"{sheet.form.layout.on_behalf} {body.name}", "Bí thư"), name=sheet.secretary
    )
    document.signature_with_recipients(signature, ("Cấp ủy cấp trên", sheet.form.text("file_recipient")))
    return f"kiem-diem-tap-the-{review.round.year}-{slug(review.cell.name)}.docx", document.to_bytes()


def result_rows(found: Sequence[Evidence]) -> list[tuple[str, str]]:
    """The year of all members of the cell taken together."""

    def sum_of(field: str) -> int:
        return sum(getattr(one, field) for one in found)

    with_work = sum(one.duties > 0 for one in found)
    return [
        ("Đảng viên trong danh sách", f"{len(found)} đồng chí, {with_work} đồng chí được giao việc"),
        (
            "Việc đã giao",
            (
                f"{sum_of('done')}/{sum_of('duties')} việc xong; đúng hạn {sum_of('on_time')}, "
                f"chậm hạn {sum_of('late')}, vượt mức {sum_of('exceeded')}, gia hạn {sum_of('extended')}"
            ),
        ),
        (
            "Sinh hoạt chi bộ",
            (
                f"{max((one.meetings for one in found), default=0)} kỳ; {sum_of('attended')} lượt dự, "
                f"{sum_of('excused')} lượt vắng có lý do, {sum_of('absent')} lượt không lý do"
            ),
        ),
        ("Học tập nghị quyết, chuyên đề", f"{sum_of('studied')}/{sum_of('sessions')} lượt"),
        ("Cam kết đầu năm", f"{sum(one.pledged > 0 for one in found)}/{len(found)} đồng chí"),
        (
            "Nhận xét nơi cư trú; Mặt trận, đoàn thể, nhân dân",
            (
                f"{sum_of('residence_given')}/{sum_of('residence_asked')}; "
                f"{sum_of('opinions_given')}/{sum_of('opinions_asked')}"
            ),
        ),
    ]
