"""What a member and a cell do around the year beside the assigned work.

Rows carry the present; what a row said before it was mended stands in `Correction`, which is only added to.
"""

from typing import Any

from django.db import models
from django.db.models import Q

from phancong.members.models import Member
from phancong.organizations.models import Area, Organization
from phancong.yearbook.enums import Attendance, ContactGroup, RemarkKind, Subject

TEXT_LENGTH = 2000
LINE_LENGTH = 240


class ResidenceContact(models.Model):
    """One member keeping contact with the place of residence in one year.

    The side of residence reads name, cell of work and group from this row alone: the file of the member stays closed.
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="residence_contacts")
    member_name = models.CharField("họ và tên", max_length=120)
    member_sort_key = models.CharField(max_length=400, editable=False)
    work_cell = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="chi bộ nơi công tác", related_name="contacts_at_work"
    )
    year = models.PositiveSmallIntegerField("năm")
    group = models.CharField("nhóm", max_length=14, choices=ContactGroup.choices)
    basis = models.CharField("lý do được miễn", max_length=LINE_LENGTH, blank=True)
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, verbose_name="thôn, tổ dân phố", related_name="contacts"
    )
    residence_cell = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="chi bộ nơi cư trú",
        related_name="contacts_at_home",
    )
    place_name = models.CharField("nơi cư trú ngoài đảng bộ", max_length=LINE_LENGTH, blank=True)
    letter_number = models.CharField("số giấy giới thiệu", max_length=60, blank=True)
    letter_on = models.DateField("ngày giấy giới thiệu", null=True, blank=True)
    received_on = models.DateField("nơi cư trú nhận ngày", null=True, blank=True)
    version = models.PositiveIntegerField("lần sửa", default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["member", "year"], name="residence_contact_once_a_year"),
            models.CheckConstraint(
                condition=Q(residence_cell__isnull=True) | Q(place_name=""),
                name="residence_contact_one_place",
            ),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True) | ~Q(group="not_introduced"),
                name="residence_contact_received_if_introduced",
            ),
        )
        indexes = (
            models.Index(fields=["work_cell", "year"], name="residence_contact_work"),
            models.Index(
                fields=["residence_cell", "year", "member_sort_key", "id"], name="residence_contact_home"
            ),
        )

    def __str__(self) -> str:
        return f"{self.member_id} {self.year}"


class Remark(models.Model):
    """A remark that a cell asks for and receives: on one member, or on the cell as a whole."""

    kind = models.CharField("ai nhận xét", max_length=10, choices=RemarkKind.choices)
    cell = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="chi bộ xin nhận xét", related_name="remarks"
    )
    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="remarks")
    contact = models.ForeignKey(
        ResidenceContact, models.PROTECT, null=True, blank=True, related_name="remarks"
    )
    year = models.PositiveSmallIntegerField("năm")
    asked_of = models.CharField("xin nhận xét của", max_length=LINE_LENGTH)
    # Empty: the yearly one. Otherwise what it is needed for, as for a promotion or a reward.
    purpose = models.CharField("xin để làm gì", max_length=LINE_LENGTH, blank=True)
    asked_on = models.DateField("xin ngày")
    text = models.TextField("nội dung nhận xét", blank=True)
    given_by = models.CharField("người nhận xét", max_length=LINE_LENGTH, blank=True)
    given_on = models.DateField("nhận xét ngày", null=True, blank=True)
    on_paper = models.BooleanField("nhận bằng bản giấy", default=False)
    version = models.PositiveIntegerField("lần sửa", default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["contact"], condition=Q(purpose=""), name="remark_of_residence_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(kind="residence", contact__isnull=False)
                | (~Q(kind="residence") & Q(contact__isnull=True)),
                name="remark_of_residence_has_contact",
            ),
            models.CheckConstraint(
                condition=Q(text="", given_on__isnull=True) | (~Q(text="") & Q(given_on__isnull=False)),
                name="remark_given_with_day",
            ),
        )
        indexes = (
            models.Index(fields=["cell", "year", "-id"], name="remark_cell"),
            models.Index(fields=["member", "year"], name="remark_member"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.year}"


class Pledge(models.Model):
    """What a member undertakes for a year ("bản cam kết tu dưỡng, rèn luyện, phấn đấu"); nothing in it is scored."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="pledges")
    year = models.PositiveSmallIntegerField("năm")
    content = models.TextField("nội dung cam kết")
    registered_on = models.DateField("đăng ký ngày")
    on_paper = models.BooleanField("nhập từ bản giấy", default=False)
    received_on = models.DateField("bí thư nhận ngày", null=True, blank=True)
    version = models.PositiveIntegerField("lần sửa", default=1)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["member", "year"], name="pledge_once_a_year"),)

    def __str__(self) -> str:
        return f"{self.member_id} {self.year}"


class PledgeNote(models.Model):
    """An entry of the notebook "sổ tay làm theo gương Bác": what the member did, on which day."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="pledge_notes")
    year = models.PositiveSmallIntegerField("năm")
    done_on = models.DateField("ngày làm")
    text = models.CharField("việc đã làm", max_length=600)
    version = models.PositiveIntegerField("lần sửa", default=1)

    class Meta:
        indexes = (models.Index(fields=["member", "year", "-done_on", "-id"], name="pledge_note_member"),)

    def __str__(self) -> str:
        return f"{self.member_id} {self.done_on:%d/%m/%Y}"


class StudySession(models.Model):
    """A session to study a resolution or a theme. `kind` is a code of the rule pack `yearbook`."""

    organizer = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="nơi tổ chức", related_name="study_sessions"
    )
    kind = models.CharField("loại", max_length=20)
    title = models.CharField("nội dung học", max_length=LINE_LENGTH)
    documents = models.CharField("tài liệu", max_length=600, blank=True)
    held_on = models.DateField("ngày học")
    year = models.PositiveSmallIntegerField("năm")

    class Meta:
        indexes = (models.Index(fields=["year", "-held_on", "-id"], name="study_session_year"),)

    def __str__(self) -> str:
        return self.title


class StudyAttendance(models.Model):
    """One member expected at a session, in the cell they belonged to on that day."""

    session = models.ForeignKey(StudySession, models.CASCADE, related_name="attendances")
    member = models.ForeignKey(Member, models.PROTECT, related_name="study_attendances")
    cell = models.ForeignKey(Organization, models.PROTECT, related_name="study_attendances")
    state = models.CharField(
        "điểm danh", max_length=8, choices=Attendance.choices, default=Attendance.UNMARKED
    )
    caught_up_on = models.DateField("học bù ngày", null=True, blank=True)
    version = models.PositiveIntegerField("lần sửa", default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["session", "member"], name="study_attendance_once"),
            models.CheckConstraint(
                condition=Q(caught_up_on__isnull=True) | Q(state="absent"),
                name="study_attendance_catches_up_if_absent",
            ),
        )
        indexes = (
            models.Index(fields=["session", "cell", "state"], name="study_attendance_session"),
            models.Index(fields=["cell", "session"], name="study_attendance_cell"),
        )

    def __str__(self) -> str:
        return f"{self.member_id} {self.session_id}"


class Correction(models.Model):
    """What a row said before it was mended, and why. Rows are added, never changed or taken away."""

    kind = models.CharField("phần được sửa", max_length=8, choices=Subject.choices)
    row_id = models.BigIntegerField("dòng")
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="yearbook_corrections"
    )
    cell = models.ForeignKey(Organization, models.PROTECT, related_name="yearbook_corrections")
    field = models.CharField("mục được sửa", max_length=60)
    before = models.TextField("trước khi sửa", blank=True)
    after = models.TextField("sau khi sửa", blank=True)
    reason = models.CharField("lý do sửa", max_length=LINE_LENGTH)
    by_role = models.CharField("người sửa", max_length=120)
    recorded_at = models.DateTimeField("sửa lúc")

    class Meta:
        indexes = (models.Index(fields=["kind", "row_id", "-id"], name="yearbook_correction_row"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.row_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("a correction stays as it was written")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:  # noqa: ARG002 -- it refuses
        raise TypeError("a correction stays as it was written")
