"""Members seconded to hamlets that are too small for a cell: a plan of a committee, and each who goes."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from phancong.members.models import Member
from phancong.organizations.models import Area, Organization
from phancong.secondments.enums import Form, PlanState, State

NUMBER_LENGTH = 60


class SecondmentPlan(models.Model):
    """What the planner proposed for the hamlets of a committee, as people changed it; decided as a whole."""

    committee = models.ForeignKey(
        Organization, models.PROTECT, related_name="secondment_plans", verbose_name="cấp ủy"
    )
    state = models.CharField("trạng thái", max_length=8, choices=PlanState.choices, default=PlanState.DRAFT)
    made_on = models.DateField("lập ngày")
    barred = models.JSONField("ở lại chi bộ mình", default=list)
    short = models.JSONField("thôn, tổ còn thiếu", default=list)
    is_proved = models.BooleanField("đã chứng minh là ít người nhất", default=False)
    form = models.CharField("hình thức", max_length=9, choices=Form.choices, blank=True)
    decision_number = models.CharField("số quyết định", max_length=NUMBER_LENGTH, blank=True)
    decided_on = models.DateField("ký ngày", null=True)
    version = models.PositiveIntegerField("lần sửa", default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["committee"], condition=Q(state=PlanState.DRAFT), name="secondment_one_draft"
            ),
            models.CheckConstraint(
                condition=~Q(state=PlanState.DECIDED)
                | (Q(decided_on__isnull=False) & ~Q(decision_number="") & ~Q(form="")),
                name="secondment_decided_by_decision",
            ),
        )
        indexes = (models.Index(fields=["committee", "-id"], name="secondment_plan_committee"),)

    def __str__(self) -> str:
        return f"Phương án tăng cường ngày {self.made_on:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("secondments:plan", args=[self.pk])


class Secondment(models.Model):
    """One member who goes from `home` to `area`. `terms` are codes of what speaks for it and against it.

    `cell` is the cell of the hamlet; while there is none, the decision founds it.
    """

    plan = models.ForeignKey(SecondmentPlan, models.CASCADE, related_name="secondments")
    member = models.ForeignKey(Member, models.PROTECT, related_name="secondments", verbose_name="đảng viên")
    area = models.ForeignKey(
        Area, models.PROTECT, related_name="secondments", verbose_name="thôn, tổ dân phố"
    )
    home = models.ForeignKey(
        Organization, models.PROTECT, related_name="sent_members", verbose_name="chi bộ cử đi"
    )
    cell = models.ForeignKey(
        Organization, models.PROTECT, null=True, related_name="received_members", verbose_name="chi bộ nhận"
    )
    state = models.CharField("trạng thái", max_length=8, choices=State.choices, default=State.PROPOSED)
    terms = models.JSONField("căn cứ", default=list)
    is_kept = models.BooleanField("giữ khi tính lại", default=False)
    sender_agreed_on = models.DateField("chi bộ cử đi đồng ý ngày", null=True)
    receiver_agreed_on = models.DateField("nơi nhận đồng ý ngày", null=True)
    valid_from = models.DateField("từ ngày", null=True)
    valid_until = models.DateField("đến trước ngày", null=True)
    ended_on = models.DateField("về ngày", null=True)
    end_decision = models.CharField("quyết định kết thúc", max_length=NUMBER_LENGTH, blank=True)
    version = models.PositiveIntegerField("lần sửa", default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["plan", "member"], name="secondment_member_once"),
            models.UniqueConstraint(
                fields=["member"], condition=Q(state=State.SERVING), name="secondment_in_one_place"
            ),
            models.CheckConstraint(
                condition=Q(state=State.PROPOSED, valid_from__isnull=True)
                | (~Q(state=State.PROPOSED) & Q(valid_from__isnull=False, cell__isnull=False)),
                name="secondment_serves_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(state=State.ENDED, ended_on__isnull=False)
                | (~Q(state=State.ENDED) & Q(ended_on__isnull=True)),
                name="secondment_ended_on_a_day",
            ),
        )
        indexes = (
            models.Index(fields=["state", "id"], name="secondment_state"),
            models.Index(fields=["area", "state"], name="secondment_area"),
        )

    def __str__(self) -> str:
        return f"{self.member_id} → {self.area_id}"

    def get_absolute_url(self) -> str:
        return reverse("secondments:one", args=[self.pk])


class PromisingCount(models.Model):
    """How many outstanding non-members a hamlet has on a day: a number, never a name."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="promising_counts")
    counted_on = models.DateField("ngày")
    count = models.PositiveSmallIntegerField("quần chúng ưu tú")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["area", "counted_on"], name="promising_once_a_day"),)

    def __str__(self) -> str:
        return f"{self.area_id}: {self.count}"
