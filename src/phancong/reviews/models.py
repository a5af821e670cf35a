"""The yearly review: a round of a committee, its part in each cell, one rating for each member on the roll.

Rows carry where things stand; `Line` is the register of everything that was said and done, only added to. What a cell
proposed stays beside what was appraised, decided and, after an appeal, revised.
"""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.reviews.enums import Dues, LineKind, Mended, Method, RoundState, Stage

TEXT_LENGTH = 4000
LINE_LENGTH = 240
CODE_LENGTH = 40


def grade_field(name: str) -> Any:
    """A code of the scheme in force on `rules_on` of the round; empty: none."""
    return models.CharField(name, max_length=CODE_LENGTH, blank=True)


class Round(models.Model):
    """A review of a year in all cells of a committee, by the rules of `rules_on`, over the roll of `counted_on`."""

    committee = models.ForeignKey(
        Organization, models.PROTECT, related_name="review_rounds", verbose_name="cấp ủy mở đợt"
    )
    year = models.PositiveSmallIntegerField("năm")
    rules_on = models.DateField("theo quy định ngày")
    counted_on = models.DateField("danh sách tính đến ngày")
    opened_on = models.DateField("mở ngày")
    basis = models.CharField("văn bản mở đợt", max_length=LINE_LENGTH)
    state = models.CharField("trạng thái", max_length=6, choices=RoundState.choices, default=RoundState.OPEN)
    closed_on = models.DateField("chốt ngày", null=True)
    version = models.PositiveIntegerField("lần sửa", default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["committee", "year"], name="review_round_once_a_year"),
            models.CheckConstraint(
                condition=Q(state=RoundState.OPEN, closed_on__isnull=True)
                | Q(state=RoundState.CLOSED, closed_on__isnull=False),
                name="review_round_closed_with_day",
            ),
        )
        indexes = (models.Index(fields=["-year", "-id"], name="review_round_year"),)

    def __str__(self) -> str:
        return f"Kiểm điểm năm {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("reviews:round", args=[self.pk])


class Closing(models.Model):
    """The totals of a round as they were when it was closed: they had to close."""

    round = models.OneToOneField(Round, models.PROTECT, related_name="closing")
    content = models.JSONField("số liệu")
    digest = models.CharField("mã kiểm tra", max_length=64)
    recorded_at = models.DateTimeField("ghi lúc")
    recorded_by = models.BigIntegerField("tài khoản ghi", null=True)
    recorded_by_name = models.CharField("người ghi", max_length=120)

    def __str__(self) -> str:
        return f"{self.round_id} {self.digest[:12]}"

    def get_absolute_url(self) -> str:
        return self.round.get_absolute_url()


class CellReview(models.Model):
    """One cell's part of a round. `grassroots` is the organisation over whose members a cap may be counted."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="cells")
    cell = models.ForeignKey(Organization, models.PROTECT, related_name="reviews", verbose_name="chi bộ")
    grassroots = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    sort_key = models.CharField(max_length=400, editable=False)
    stage = models.CharField("bước", max_length=9, choices=Stage.choices, default=Stage.IN_CELL)
    held_on = models.DateField("ngày họp kiểm điểm", null=True)
    method = models.CharField("cách bỏ phiếu", max_length=6, choices=Method.choices, default=Method.SECRET)
    eligible = models.PositiveSmallIntegerField("số người làm mẫu số", null=True)
    proposed_on = models.DateField("chi bộ đề nghị ngày", null=True)
    proposed_by = models.BigIntegerField("tài khoản đề nghị", null=True)
    appraised_on = models.DateField("thẩm định ngày", null=True)
    appraised_by = models.BigIntegerField("tài khoản thẩm định", null=True)
    decided_on = models.DateField("quyết định ngày", null=True)
    decision = models.CharField("số quyết định", max_length=60, blank=True)
    version = models.PositiveIntegerField("lần sửa", default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["round", "cell"], name="cell_review_once"),
            models.CheckConstraint(
                condition=Q(stage=Stage.DECIDED, decided_on__isnull=False)
                | (~Q(stage=Stage.DECIDED) & Q(decided_on__isnull=True)),
                name="cell_review_decided_with_day",
            ),
        )
        indexes = (
            models.Index(fields=["round", "sort_key", "id"], name="cell_review_round"),
            models.Index(fields=["cell", "-id"], name="cell_review_cell"),
        )

    def __str__(self) -> str:
        return f"{self.round_id}: {self.cell_id}"

    def get_absolute_url(self) -> str:
        return reverse("reviews:cell", args=[self.pk])


class Rating(models.Model):
    """One member on the roll of a cell's part.

    `evidence` is what the meeting had before it, kept when the cell proposes. `revised_grade` came after an appeal; the
    one decided first stays. `not_rated` is a code of the scheme.
    """

    review = models.ForeignKey(CellReview, models.PROTECT, related_name="ratings")
    member = models.ForeignKey(Member, models.PROTECT, related_name="ratings")
    member_name = models.CharField("họ và tên", max_length=120)
    sort_key = models.CharField(max_length=400, editable=False)
    group = models.CharField("nhóm kiểm điểm", max_length=CODE_LENGTH)
    is_on_roll = models.BooleanField("trong danh sách", default=True)
    not_rated = models.CharField("lý do không xếp loại", max_length=CODE_LENGTH, blank=True)
    dues = models.CharField("đảng phí", max_length=7, choices=Dues.choices, default=Dues.UNKNOWN)
    mended = models.CharField(
        "khắc phục hạn chế", max_length=7, choices=Mended.choices, default=Mended.UNKNOWN
    )
    committee_remark = models.TextField("nhận xét của chi ủy", blank=True, max_length=TEXT_LENGTH)
    cell_grade = grade_field("chi bộ đề nghị")
    appraised_grade = grade_field("thẩm định")
    decided_grade = grade_field("quyết định")
    revised_grade = grade_field("sau khi xem xét lại")
    reason = models.CharField("lý do của mức đề nghị", max_length=LINE_LENGTH, blank=True)
    evidence = models.JSONField("căn cứ lúc đề nghị", null=True)
    version = models.PositiveIntegerField("lần sửa", default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["review", "member"], name="rating_once"),
            models.CheckConstraint(
                condition=Q(not_rated="")
                | Q(cell_grade="", appraised_grade="", decided_grade="", revised_grade=""),
                name="rating_not_rated_has_no_grade",
            ),
            models.CheckConstraint(
                condition=Q(revised_grade="") | ~Q(decided_grade=""), name="rating_revised_after_decision"
            ),
        )
        indexes = (
            models.Index(fields=["review", "sort_key", "id"], name="rating_review"),
            models.Index(fields=["member", "-id"], name="rating_member"),
        )

    def __str__(self) -> str:
        return f"{self.member_id} {self.grade}".strip()

    def get_absolute_url(self) -> str:
        return reverse("reviews:rating", args=[self.pk])

    @property
    def grade(self) -> str:
        """The grade that holds; empty until it is decided."""
        return str(self.revised_grade or self.decided_grade)

    @property
    def latest_grade(self) -> str:
        """The grade of the highest level that has spoken."""
        return str(self.grade or self.appraised_grade or self.cell_grade)


class SelfReview(models.Model):
    """What the member writes of their own year; `points` by part of the scheme, where it gives points."""

    rating = models.OneToOneField(Rating, models.PROTECT, related_name="self_review")
    strengths = models.TextField("ưu điểm, kết quả đạt được", blank=True, max_length=TEXT_LENGTH)
    shortcomings = models.TextField("hạn chế, khuyết điểm và nguyên nhân", blank=True, max_length=TEXT_LENGTH)
    earlier = models.TextField(
        "kết quả khắc phục hạn chế đã chỉ ra trước đây", blank=True, max_length=TEXT_LENGTH
    )
    remedy = models.TextField("phương hướng, biện pháp khắc phục", blank=True, max_length=TEXT_LENGTH)
    points = models.JSONField("điểm tự chấm", default=dict)
    grade = grade_field("tự nhận mức")
    on_paper = models.BooleanField("nhập từ bản giấy", default=False)
    sent_on = models.DateField("gửi ngày", null=True)
    version = models.PositiveIntegerField("lần sửa", default=1)

    def __str__(self) -> str:
        return str(self.rating_id)

    def get_absolute_url(self) -> str:
        return self.rating.get_absolute_url()


class Tally(models.Model):
    """The ballot on one member: how many votes each grade got. `eligible` is the number they are counted against."""

    rating = models.OneToOneField(Rating, models.PROTECT, related_name="tally")
    method = models.CharField("cách bỏ phiếu", max_length=6, choices=Method.choices)
    eligible = models.PositiveSmallIntegerField("số người làm mẫu số")
    handed_out = models.PositiveSmallIntegerField("phiếu phát ra")
    invalid = models.PositiveSmallIntegerField("phiếu không hợp lệ", default=0)
    votes = models.JSONField("phiếu theo mức")
    version = models.PositiveIntegerField("lần sửa", default=1)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(handed_out__lte=models.F("eligible"), invalid__lte=models.F("handed_out")),
                name="tally_within_electorate",
            ),
        )

    def __str__(self) -> str:
        return f"{self.rating_id}: {self.votes}"

    def get_absolute_url(self) -> str:
        return self.rating.get_absolute_url()


class Line(models.Model):
    """One line of the register of a cell's part, of one member or of the cell as a whole: only added, never changed."""

    review = models.ForeignKey(CellReview, models.PROTECT, related_name="lines")
    rating = models.ForeignKey(Rating, models.PROTECT, null=True, related_name="lines")
    kind = models.CharField("nội dung", max_length=15, choices=LineKind.choices)
    grade = grade_field("mức")
    before = grade_field("mức trước đó")
    text = models.TextField("lời ghi", blank=True, max_length=TEXT_LENGTH)
    basis = models.CharField("căn cứ", max_length=LINE_LENGTH, blank=True)
    answers = models.OneToOneField("self", models.PROTECT, null=True, related_name="answer")
    recorded_at = models.DateTimeField("ghi lúc")
    recorded_by = models.BigIntegerField("tài khoản ghi", null=True)
    recorded_by_name = models.CharField("người ghi", max_length=120)

    class Meta:
        indexes = (
            models.Index(fields=["review", "id"], name="review_line"),
            models.Index(fields=["rating", "id"], name="review_line_rating"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.recorded_at:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return self.review.get_absolute_url()


class RuleCorrection(models.Model):
    """A decision that sets an unconfirmed value of the rule, for `place` and everything below it: only added to."""

    place = models.ForeignKey(Organization, models.PROTECT, related_name="rule_corrections")
    version_from = models.DateField("bản quy định từ ngày")
    address = models.CharField("mục", max_length=80)
    value = models.JSONField("giá trị")
    decision_number = models.CharField("số quyết định, hướng dẫn", max_length=60)
    decided_on = models.DateField("ngày")
    recorded_at = models.DateTimeField("ghi lúc")
    recorded_by = models.BigIntegerField("tài khoản ghi", null=True)
    recorded_by_name = models.CharField("người ghi", max_length=120)

    class Meta:
        indexes = (models.Index(fields=["place", "version_from", "id"], name="rule_correction_place"),)

    def __str__(self) -> str:
        return f"{self.address} = {self.value}"

    def get_absolute_url(self) -> str:
        return reverse("reviews:rules", args=[self.place_id])
