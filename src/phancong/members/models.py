"""Members: what assigning work needs to know of a person, and no more.

`Member` carries the present; spans (membership, status, post …) carry the history. Each field is classed in
`members/privacy.py`.
"""

from collections.abc import Iterable
from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from phancong.access.actor import Place
from phancong.common.spans import NoOverlap, Span, span_order
from phancong.common.text import fold, name_order_key
from phancong.members.enums import (
    ENDED,
    CompetenceKind,
    HealthGrade,
    Level,
    LimitKind,
    MembershipKind,
    Sex,
    Status,
)
from phancong.organizations.models import MAX_DEPTH, PATH_WIDTH, Area, Organization

ANCESTORS = tuple(f"ancestor_{depth}" for depth in range(1, MAX_DEPTH + 1))


def _in_subtree(path: str) -> Q:
    return Q(**{f"ancestor_{len(path) // PATH_WIDTH}": int(path[-PATH_WIDTH:])})


class MemberQuerySet(models.QuerySet["Member"]):
    def in_places(self, places: Iterable[Place | str]) -> Self:
        """Members whose official cell lies in one of the places; a path stands for its whole subtree."""
        found = Q(pk__in=[])
        for place in places:
            path, without = (place, "") if isinstance(place, str) else (place.path, place.without)
            if not path and not without:
                return self
            inside = _in_subtree(path) if path else Q()
            found |= inside & ~_in_subtree(without) if without else inside
        return self.filter(found)

    def on_roll(self) -> Self:
        return self.exclude(status__in=ENDED)

    def matching(self, words: str) -> Self:
        """Every word of `words`, marks or not, occurs in the name or is the card number."""
        found = self
        for word in fold(words).split():
            found = found.filter(Q(name_fold__contains=word) | Q(card_number=word))
        return found


class Member(models.Model):
    """A member as they are now."""

    full_name = models.CharField("họ và tên", max_length=120)
    family_name = models.CharField("họ", max_length=60, blank=True)
    middle_name = models.CharField("tên đệm", max_length=60, blank=True)
    given_name = models.CharField("tên", max_length=60)
    name_fold = models.CharField(max_length=120, editable=False)
    sort_key = models.CharField(max_length=400, editable=False)
    birth_date = models.DateField("ngày sinh")
    sex = models.CharField("giới tính", max_length=6, choices=Sex.choices)
    card_number = models.CharField(
        "số thẻ đảng viên",
        max_length=8,
        unique=True,
        null=True,
        blank=True,
        validators=(RegexValidator(r"^\d{8}$", "Số thẻ đảng viên gồm đúng 8 chữ số."),),
    )
    admitted_on = models.DateField("ngày vào Đảng")
    official_on = models.DateField("ngày chính thức", null=True, blank=True)
    status = models.CharField("trạng thái", max_length=20, choices=Status.choices)
    category = models.CharField("diện", max_length=30, help_text="mã trong gói quy định `categories`")
    cell = models.ForeignKey(
        Organization, models.PROTECT, null=True, verbose_name="chi bộ", related_name="members"
    )
    ancestor_1 = models.BigIntegerField(null=True, editable=False)
    ancestor_2 = models.BigIntegerField(null=True, editable=False)
    ancestor_3 = models.BigIntegerField(null=True, editable=False)
    ancestor_4 = models.BigIntegerField(null=True, editable=False)
    ancestor_5 = models.BigIntegerField(null=True, editable=False)
    ancestor_6 = models.BigIntegerField(null=True, editable=False)
    education = models.CharField("trình độ học vấn", max_length=30, blank=True)
    professional_field = models.CharField("chuyên ngành", max_length=40, blank=True)
    professional_level = models.CharField("trình độ chuyên môn", max_length=30, blank=True)
    political_theory = models.CharField("lý luận chính trị", max_length=30, blank=True)
    occupation = models.CharField("nghề nghiệp, chức vụ công tác", max_length=160, blank=True)
    workplace = models.CharField("nơi làm việc", max_length=160, blank=True)
    residence = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, verbose_name="nơi cư trú", related_name="residents"
    )
    household_group = models.CharField("nhóm hộ phụ trách", max_length=160, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(official_on__isnull=True) | Q(official_on__gte=models.F("admitted_on")),
                name="member_official_after_admission",
            ),
            models.CheckConstraint(
                condition=Q(admitted_on__gt=models.F("birth_date")), name="member_admission_after_birth"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in sorted(ENDED)]) | Q(cell__isnull=False),
                name="member_on_roll_has_cell",
            ),
        )
        indexes = (
            models.Index(fields=["sort_key", "id"], name="member_order"),
            models.Index(fields=["cell", "sort_key", "id"], name="member_cell"),
            # On PostgreSQL a trigram index for words inside a name; on SQLite an ordinary one.
            GinIndex(fields=["name_fold"], opclasses=["gin_trgm_ops"], name="member_name_fold"),
            *(models.Index(fields=[name, "sort_key", "id"], name=f"member_{name}") for name in ANCESTORS),
        )

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        super().save(*args, **kwargs)

    def derive(self) -> None:
        """Fill what follows from other fields; bulk writes call it for each row."""
        self.name_fold = fold(self.full_name)
        self.sort_key = name_order_key(
            family=self.family_name, middle=self.middle_name, given=self.given_name
        )
        path = self.cell.path if self.cell else ""
        steps = [int(path[start : start + PATH_WIDTH]) for start in range(0, len(path), PATH_WIDTH)]
        for depth, name in enumerate(ANCESTORS):
            setattr(self, name, steps[depth] if depth < len(steps) else None)


class Membership(Span):
    """The cell in which a member takes part: one official at a time, and at most one temporary beside it."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="memberships")
    cell = models.ForeignKey(Organization, models.PROTECT, related_name="memberships")
    kind = models.CharField("hình thức", max_length=9, choices=MembershipKind.choices)
    decision_number = models.CharField("số quyết định, giấy giới thiệu", max_length=60, blank=True)

    class Meta:
        constraints = (
            span_order("membership_days"),
            NoOverlap(fields=["member", "kind"], name="membership_no_overlap"),
            models.UniqueConstraint(
                fields=["member", "kind"],
                condition=Q(valid_until__isnull=True),
                name="membership_one_current",
            ),
        )
        indexes = (models.Index(fields=["cell", "valid_from"], name="membership_cell"),)

    def __str__(self) -> str:
        return f"{self.member_id} trong {self.cell_id}"


class StatusPeriod(Span):
    """The status of a member over a span of days."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="status_periods")
    status = models.CharField("trạng thái", max_length=20, choices=Status.choices)
    decision_number = models.CharField("số quyết định", max_length=60, blank=True)

    class Meta:
        constraints = (
            span_order("status_period_days"),
            NoOverlap(fields=["member"], name="status_period_no_overlap"),
        )

    def __str__(self) -> str:
        return f"{self.member_id} {self.status}"


class Post(Span):
    """A post held in an organisation for a term. `position` is a code of the rule pack `positions`."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="posts")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="posts")
    position = models.CharField("chức vụ", max_length=40)
    decision_number = models.CharField("số quyết định", max_length=60, blank=True)

    class Meta:
        constraints = (
            span_order("post_days"),
            NoOverlap(fields=["member", "organization", "position"], name="post_no_overlap"),
        )
        indexes = (models.Index(fields=["organization", "position", "valid_from"], name="post_organization"),)

    def __str__(self) -> str:
        return f"{self.member_id} {self.position}"


class Competence(models.Model):
    """A skill or a language, with its level and, for certificates, the day it lapses."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="competences")
    kind = models.CharField("loại", max_length=8, choices=CompetenceKind.choices)
    code = models.CharField("kỹ năng, tiếng nói", max_length=40)
    level = models.PositiveSmallIntegerField("mức", choices=Level.choices)
    valid_until = models.DateField("có giá trị đến trước ngày", null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["member", "kind", "code"], name="competence_once"),)

    def __str__(self) -> str:
        return f"{self.code} {self.get_level_display()}"


class Experience(models.Model):
    """Work done in the past, by field; `to_year` includes that year."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="experiences")
    field = models.CharField("lĩnh vực", max_length=40)
    description = models.CharField("việc đã làm", max_length=200)
    from_year = models.PositiveSmallIntegerField("từ năm")
    to_year = models.PositiveSmallIntegerField("đến năm", null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(to_year__isnull=True) | Q(to_year__gte=models.F("from_year")),
                name="experience_years",
            ),
        )

    def __str__(self) -> str:
        return self.description


class MassOrganizationMembership(Span):
    """Taking part in a mass organisation, a code of the rule pack `catalogue`."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="mass_organizations")
    organization_code = models.CharField("đoàn thể", max_length=40)

    class Meta:
        constraints = (
            span_order("mass_organization_days"),
            NoOverlap(fields=["member", "organization_code"], name="mass_organization_no_overlap"),
        )

    def __str__(self) -> str:
        return self.organization_code


class WorkLimit(Span):
    """What a member cannot be asked to do, as everybody who plans may see it: no reason stands here."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="work_limits")
    kind = models.CharField("giới hạn", max_length=14, choices=LimitKind.choices)
    monthly_hours = models.PositiveSmallIntegerField("số giờ mỗi tháng", null=True, blank=True)

    class Meta:
        constraints = (
            span_order("work_limit_days"),
            NoOverlap(fields=["member", "kind"], name="work_limit_no_overlap"),
            models.CheckConstraint(
                condition=Q(kind="monthly_hours", monthly_hours__isnull=False)
                | (~Q(kind="monthly_hours") & Q(monthly_hours__isnull=True)),
                name="work_limit_hours_with_kind",
            ),
        )

    def __str__(self) -> str:
        return self.get_kind_display()


class WorkLimitReason(models.Model):
    """Why a work limit holds: health and circumstances, opened only to those entitled."""

    limit = models.OneToOneField(WorkLimit, models.CASCADE, related_name="reason")
    health_grade = models.PositiveSmallIntegerField(
        "loại sức khỏe", choices=HealthGrade.choices, null=True, blank=True
    )
    text = models.CharField("lý do", max_length=400, blank=True)

    def __str__(self) -> str:
        return f"lý do của giới hạn {self.limit_id}"


class Wish(models.Model):
    """A field in which a member would like to work in a year."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="wishes")
    year = models.PositiveSmallIntegerField("năm")
    field = models.CharField("lĩnh vực", max_length=40)
    note = models.CharField("ghi chú", max_length=200, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["member", "year", "field"], name="wish_once"),)

    def __str__(self) -> str:
        return f"{self.field} {self.year}"


class RosterImport(models.Model):
    """One import of a roster: what file, what it changed, and how to take it back."""

    class State(models.TextChoices):
        PREVIEWED = "previewed", "Xem trước"
        WRITTEN = "written", "Đã ghi"
        UNDONE = "undone", "Đã hoàn tác"
        CANCELLED = "cancelled", "Đã hủy"
        UNREADABLE = "unreadable", "Không đọc được"

    file_name = models.CharField("tên tệp", max_length=200)
    digest = models.CharField(max_length=64, db_index=True)
    content = models.BinaryField()
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="roster_imports")
    state = models.CharField("trạng thái", max_length=10, choices=State.choices, default=State.PREVIEWED)
    created_at = models.DateTimeField("lúc")
    created_by = models.BigIntegerField("tài khoản", null=True)
    written_at = models.DateTimeField("ghi lúc", null=True, blank=True)
    options = models.JSONField("lựa chọn", default=dict)
    summary = models.JSONField("kết quả", default=dict)

    class Meta:
        indexes = (models.Index(fields=["organization", "-created_at", "-id"], name="roster_import_order"),)

    def __str__(self) -> str:
        return self.file_name


class RosterImportChange(models.Model):
    """What one import did to one member: the state before (none for a new member), enough to undo it."""

    roster_import = models.ForeignKey(RosterImport, models.CASCADE, related_name="changes")
    member = models.ForeignKey(Member, models.CASCADE, related_name="import_changes")
    row_number = models.PositiveIntegerField("dòng")
    before = models.JSONField("trước", null=True)
    after = models.JSONField("sau")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["roster_import", "member"], name="roster_import_change_once"),
        )

    def __str__(self) -> str:
        return f"dòng {self.row_number}"
