"""One decision that rebuilds part of the tree: its lines, who goes where, and what it changed so that it can be undone.

Lines name organisations by their codes, because some of them come to be by the same decision.
"""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.reorganizations.enums import State, StepKind

NUMBER_LENGTH = 60
CODE_LENGTH = 20
NAME_LENGTH = 200


class Reorganization(models.Model):
    """Prepared by `committee`. `keeper`: whose office keeps it, another than `committee` when that ends by it."""

    committee = models.ForeignKey(
        Organization, models.PROTECT, related_name="reorganizations", verbose_name="cấp ủy lập phương án"
    )
    keeper = models.ForeignKey(
        Organization, models.PROTECT, related_name="kept_reorganizations", verbose_name="nơi giữ"
    )
    keeper_code = models.CharField("văn phòng về", max_length=CODE_LENGTH, blank=True)
    title = models.CharField("việc sắp xếp", max_length=NAME_LENGTH)
    state = models.CharField("trạng thái", max_length=7, choices=State.choices, default=State.DRAFT)
    effective_on = models.DateField("có hiệu lực từ ngày")
    decision_number = models.CharField("số quyết định", max_length=NUMBER_LENGTH, blank=True)
    decided_on = models.DateField("ký ngày", null=True)
    done_on = models.DateField("thực hiện ngày", null=True)
    hindrance = models.TextField("vì sao chưa thực hiện được", blank=True)
    figures = models.JSONField("số liệu trước và sau", default=list)
    version = models.PositiveIntegerField("lần sửa", default=1)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT, State.DROPPED])
                | (Q(decided_on__isnull=False) & ~Q(decision_number="")),
                name="reorganization_by_decision",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DONE) | Q(done_on__isnull=False),
                name="reorganization_done_on_a_day",
            ),
        )
        indexes = (
            models.Index(fields=["keeper", "-id"], name="reorganization_keeper"),
            models.Index(fields=["state", "effective_on"], name="reorganization_state"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reorganizations:one", args=[self.pk])


class Step(models.Model):
    """One line. `code`: the organisation it is about; `target`: the one it goes to, comes from or stands under."""

    reorganization = models.ForeignKey(Reorganization, models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField("dòng")
    kind = models.CharField("việc", max_length=12, choices=StepKind.choices)
    code = models.CharField("tổ chức (mã)", max_length=CODE_LENGTH)
    name = models.CharField("tên mới", max_length=NAME_LENGTH, blank=True)
    organization_kind = models.CharField("loại hình", max_length=40, blank=True)
    target = models.CharField("tổ chức kia (mã)", max_length=CODE_LENGTH, blank=True)
    areas = models.JSONField("thôn, tổ mang theo (mã)", default=list)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["reorganization", "number"], name="reorganization_step_number"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.code}"


class Placement(models.Model):
    """A member who goes to the cell `target`, whatever becomes of the cell they are in."""

    reorganization = models.ForeignKey(Reorganization, models.CASCADE, related_name="placements")
    member = models.ForeignKey(Member, models.PROTECT, related_name="placements", verbose_name="đảng viên")
    target = models.CharField("chi bộ mới (mã)", max_length=CODE_LENGTH)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["reorganization", "member"], name="placement_member_once"),
        )

    def __str__(self) -> str:
        return f"{self.member_id} → {self.target}"


class Trace(models.Model):
    """A row of the database before and after; None: there was none, there is none."""

    reorganization = models.ForeignKey(Reorganization, models.CASCADE, related_name="traces")
    table = models.CharField("bảng", max_length=60)
    row = models.BigIntegerField("khóa")
    before = models.JSONField("trước", null=True)
    after = models.JSONField("sau", null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["reorganization", "table", "row"], name="trace_once_a_row"),
        )

    def __str__(self) -> str:
        return f"{self.table} {self.row}"
