"""The plan of a cell for a year: duties, and who does them."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse

from phancong.members.models import Member
from phancong.organizations.models import Area, Organization
from phancong.planning.enums import (
    AssignmentSource,
    DutySource,
    HealthNeed,
    ObjectionState,
    PlanStage,
    Priority,
)
from phancong.planning.source_models import Target

REASON_LENGTH = 240
OPINION_LENGTH = 500


class DutyDescription(models.Model):
    """What a duty is and asks for ("6 rõ": who, what, when, responsibility, product, authority).

    `required` and `desired` map competence codes to the least level (1 to 3); `categories` lists category codes.
    """

    title = models.CharField("việc", max_length=240)
    field = models.CharField("lĩnh vực", max_length=40)
    categories = models.JSONField("diện đảng viên", default=list)
    required = models.JSONField("kỹ năng phải có", default=dict)
    desired = models.JSONField("kỹ năng nên có", default=dict)
    education_min = models.PositiveSmallIntegerField("bậc học ít nhất", default=0)
    health_need = models.PositiveSmallIntegerField(
        "sức khỏe cần", choices=HealthNeed.choices, default=HealthNeed.LIGHT
    )
    at_night = models.BooleanField("có việc ban đêm", default=False)
    monthly_hours = models.PositiveSmallIntegerField("số giờ mỗi tháng")
    headcount_min = models.PositiveSmallIntegerField("số người ít nhất", default=1)
    headcount_max = models.PositiveSmallIntegerField("số người nhiều nhất", null=True, blank=True)
    priority = models.PositiveSmallIntegerField("mức cần", choices=Priority.choices, default=Priority.NORMAL)
    is_substantive = models.BooleanField("là nhiệm vụ (không phải việc sự vụ)", default=True)
    needs_lead = models.BooleanField("cần người phụ trách", default=False)
    is_group_charge = models.BooleanField("là phụ trách tổ, nhóm hộ", default=False)
    product = models.CharField("sản phẩm", max_length=240, blank=True)
    measure = models.CharField("cách đo", max_length=240, blank=True)
    responsibility = models.CharField("trách nhiệm", max_length=240, blank=True)
    authority = models.CharField("thẩm quyền", max_length=240, blank=True)

    class Meta:
        abstract = True


class CatalogueDuty(DutyDescription):
    """A duty that plans may take up. `cell` is empty for the common catalogue, set for a cell's own entry."""

    code = models.CharField("mã", max_length=40, unique=True)
    cell = models.ForeignKey(
        Organization, models.CASCADE, null=True, blank=True, related_name="catalogue_duties"
    )
    is_active = models.BooleanField("đang dùng", default=True)
    # A cell of this many members or more takes the duty up by itself when a plan is drafted.
    from_members = models.PositiveSmallIntegerField("lấy vào kế hoạch từ số đảng viên", default=0)
    # One person for every so many members it is meant for: 1 means everybody, 0 the headcount as it stands.
    per_members = models.PositiveSmallIntegerField("cứ bao nhiêu đảng viên một người", default=0)
    in_area_cells = models.BooleanField("cho chi bộ thôn, tổ dân phố", default=True)
    in_work_cells = models.BooleanField("cho chi bộ cơ quan, đơn vị", default=True)
    per_area = models.BooleanField("mỗi thôn, tổ một việc", default=False)

    class Meta:
        indexes = (models.Index(fields=["cell", "field", "code"], name="catalogue_duty_field"),)

    def __str__(self) -> str:
        return self.title


class Plan(models.Model):
    """The plan of one cell for one year, with what the planner said of it."""

    cell = models.ForeignKey(Organization, models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField("năm")
    stage = models.CharField("trạng thái", max_length=8, choices=PlanStage.choices, default=PlanStage.DRAFT)
    version = models.PositiveIntegerField("lần sửa", default=1)
    drafted_at = models.DateTimeField("lập lúc")
    is_proved = models.BooleanField("đã chứng minh là tốt nhất", default=False)
    seconds = models.FloatField("thời gian tính (giây)", default=0)
    levels = models.JSONField("giá trị các mục tiêu", default=dict)
    adopted_on = models.DateField("chi bộ thông qua ngày", null=True, blank=True)
    # Until this day members may say what they think of the draft.
    opinions_until = models.DateField("lấy ý kiến đến hết ngày", null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["cell", "year"], name="plan_once_a_year"),
            models.CheckConstraint(
                condition=~Q(stage=PlanStage.DRAFT) | Q(adopted_on__isnull=True),
                name="plan_draft_not_adopted",
            ),
        )
        indexes = (models.Index(fields=["year", "cell"], name="plan_year"),)

    def __str__(self) -> str:
        return f"{self.cell_id} {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("planning:board", args=[self.cell_id, self.year])


class Duty(DutyDescription):
    """A duty of one plan."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="duties")
    number = models.PositiveSmallIntegerField("số thứ tự")
    catalogue = models.ForeignKey(CatalogueDuty, models.PROTECT, null=True, blank=True, related_name="duties")
    source = models.CharField("nguồn", max_length=10, choices=DutySource.choices)
    source_note = models.CharField("căn cứ", max_length=240, blank=True)
    target = models.ForeignKey(
        Target,
        models.PROTECT,
        verbose_name="chỉ tiêu của nghị quyết",
        null=True,
        blank=True,
        related_name="duties",
    )
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="duties")
    due_on = models.DateField("hạn")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["plan", "number"], name="duty_number_once"),)
        indexes = (models.Index(fields=["catalogue"], name="duty_catalogue"),)

    def __str__(self) -> str:
        return self.title


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def standing(self) -> "AssignmentQuerySet":
        """Those that no adjustment has ended."""
        return self.filter(ended_on__isnull=True)


class Assignment(models.Model):
    """One member doing one duty. `terms` holds the points of each reason, as the planner counted them.

    Once the plan is adopted it stays as it was: an adjustment ends it from a day on and may give another in its place.
    """

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="assignments")
    member = models.ForeignKey(Member, models.PROTECT, related_name="assignments")
    is_lead = models.BooleanField("phụ trách", default=False)
    is_locked = models.BooleanField("giữ nguyên khi tính lại", default=False)
    source = models.CharField("ai chọn", max_length=8, choices=AssignmentSource.choices)
    fit = models.PositiveSmallIntegerField("mức hợp (0–100)", null=True, blank=True)
    terms = models.JSONField("lý do", default=dict)
    # Why people gave it all the same where a limit stood in the way.
    despite = models.CharField("lý do vẫn giao", max_length=REASON_LENGTH, blank=True)
    # Limits that were known and accepted when it was settled: only what comes later asks for a change.
    accepted_limits = models.JSONField("giới hạn đã biết khi giao", default=list)
    begun_on = models.DateField("giao từ ngày", null=True, blank=True)
    ended_on = models.DateField("thôi giao từ ngày", null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["duty", "member"], condition=Q(ended_on__isnull=True), name="assignment_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("begun_on")),
                name="assignment_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(fit__isnull=True) | Q(fit__lte=100), name="assignment_fit_range"
            ),
        )
        indexes = (models.Index(fields=["member", "duty"], name="assignment_member"),)

    def __str__(self) -> str:
        return f"{self.member_id} làm {self.duty_id}"

    def get_absolute_url(self) -> str:
        return self.duty.plan.get_absolute_url()


class Adoption(models.Model):
    """What the cell adopted, word for word: the frozen version that changes are told against.

    `content` lists the duties, each with the people on it; `digest` is the SHA-256 of it as JSON.
    """

    plan = models.OneToOneField(Plan, models.PROTECT, related_name="adoption")
    adopted_on = models.DateField("thông qua ngày")
    basis = models.CharField("căn cứ", max_length=REASON_LENGTH)
    content = models.JSONField("nội dung")
    digest = models.CharField("mã kiểm tra", max_length=64)
    recorded_at = models.DateTimeField("ghi lúc")
    recorded_by = models.BigIntegerField("tài khoản ghi", null=True)
    recorded_by_name = models.CharField("người ghi", max_length=120)

    def __str__(self) -> str:
        return f"{self.plan_id} ngày {self.adopted_on:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return self.plan.get_absolute_url()


class Adjustment(models.Model):
    """A decision that changes an adopted plan: ends an assignment, gives one, or puts one in place of another."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="adjustments")
    number = models.PositiveSmallIntegerField("số thứ tự")
    decided_on = models.DateField("quyết định ngày")
    basis = models.CharField("căn cứ", max_length=REASON_LENGTH)
    reason = models.CharField("lý do", max_length=REASON_LENGTH)
    ended = models.OneToOneField(Assignment, models.PROTECT, null=True, related_name="ended_by")
    given = models.OneToOneField(Assignment, models.PROTECT, null=True, related_name="given_by")
    recorded_at = models.DateTimeField("ghi lúc")
    recorded_by = models.BigIntegerField("tài khoản ghi", null=True)
    recorded_by_name = models.CharField("người ghi", max_length=120)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["plan", "number"], name="adjustment_number_once"),
            models.CheckConstraint(
                condition=Q(ended__isnull=False) | Q(given__isnull=False), name="adjustment_changes_something"
            ),
        )

    def __str__(self) -> str:
        return f"{self.plan_id}: điều chỉnh {self.number}"

    def get_absolute_url(self) -> str:
        return self.plan.get_absolute_url()


class Exclusion(models.Model):
    """ "Not this person for this duty", with the reason the cell gave."""

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="exclusions")
    member = models.ForeignKey(Member, models.CASCADE, related_name="exclusions")
    reason = models.CharField("lý do", max_length=REASON_LENGTH)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["duty", "member"], name="exclusion_once"),)

    def __str__(self) -> str:
        return self.reason

    def get_absolute_url(self) -> str:
        return self.duty.plan.get_absolute_url()


class Apartness(models.Model):
    """Two members who are not put on the same duty in this plan."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="apartnesses")
    first = models.ForeignKey(Member, models.CASCADE, related_name="+")
    second = models.ForeignKey(Member, models.CASCADE, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["plan", "first", "second"], name="apartness_once"),
            models.CheckConstraint(condition=Q(first__lt=models.F("second")), name="apartness_order"),
        )

    def __str__(self) -> str:
        return f"{self.first_id} và {self.second_id}"

    def get_absolute_url(self) -> str:
        return self.plan.get_absolute_url()


class Unmet(models.Model):
    """A need the plan could not meet: which rule stands in the way, and the smallest change that would help."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="unmet")
    duty = models.ForeignKey(Duty, models.CASCADE, null=True, blank=True, related_name="unmet")
    member = models.ForeignKey(Member, models.CASCADE, null=True, blank=True, related_name="unmet")
    rule = models.CharField("quy định", max_length=40)
    missing = models.PositiveSmallIntegerField("còn thiếu", default=1)
    sentence = models.TextField("vì sao")
    relaxation = models.TextField("cách gỡ", blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(duty__isnull=False) | Q(member__isnull=False), name="unmet_names_something"
            ),
        )

    def __str__(self) -> str:
        return self.sentence

    def get_absolute_url(self) -> str:
        return self.plan.get_absolute_url()


class PlanStep(models.Model):
    """One change of a draft and the draft as it was before it, so that it can be taken back.

    It led the plan from version `since` to `version`. Where these do not join, something left no step.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="steps")
    since = models.PositiveIntegerField("từ lần sửa")
    version = models.PositiveIntegerField("lần sửa")
    words = models.CharField("đã làm gì", max_length=600)
    at = models.DateTimeField("lúc")
    by_user = models.BigIntegerField("tài khoản", null=True)
    by_name = models.CharField("người sửa", max_length=120)
    before = models.JSONField("bản trước đó", encoder=DjangoJSONEncoder)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["plan", "version"], name="plan_step_once"),)

    def __str__(self) -> str:
        return self.words

    def get_absolute_url(self) -> str:
        return self.plan.get_absolute_url()


class Objection(models.Model):
    """What a member says against the draft before the meeting: of one duty given to them, or of their part at all.

    `about` keeps the name of the duty, should it be taken out of the plan.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="objections")
    member = models.ForeignKey(Member, models.CASCADE, related_name="objections")
    duty = models.ForeignKey(Duty, models.SET_NULL, null=True, blank=True, related_name="objections")
    about = models.CharField("về việc", max_length=300, blank=True)
    text = models.CharField("ý kiến", max_length=OPINION_LENGTH)
    at = models.DateTimeField("gửi lúc")
    state = models.CharField(
        "trạng thái", max_length=10, choices=ObjectionState.choices, default=ObjectionState.OPEN
    )
    answer = models.CharField("trả lời", max_length=OPINION_LENGTH, blank=True)
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    answered_by = models.BigIntegerField("tài khoản trả lời", null=True)
    answered_by_name = models.CharField("người trả lời", max_length=120, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["plan", "member", "duty"],
                condition=Q(state=ObjectionState.OPEN, duty__isnull=False),
                name="objection_open_once",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ObjectionState.CHANGED, ObjectionState.KEPT])
                | Q(answered_at__isnull=False),
                name="objection_answered_at",
            ),
        )
        indexes = (models.Index(fields=["plan", "state", "at"], name="objection_of_plan"),)

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return self.plan.get_absolute_url()
