"""The register of what is said of each duty of an adopted plan, and where the duty stands."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse

from phancong.followups.enums import AskReason, EntryKind, State
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.planning.models import Assignment

TEXT_LENGTH = 2000


class Progress(models.Model):
    """Where one assignment of an adopted plan stands: `standing.fold` of its entries, kept for lists and counts."""

    assignment = models.OneToOneField(
        Assignment, models.PROTECT, primary_key=True, related_name="progress", verbose_name="việc được giao"
    )
    cell = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="progress")
    year = models.PositiveSmallIntegerField("năm")
    state = models.CharField("trạng thái", max_length=8, choices=State.choices, default=State.RUNNING)
    first_due_on = models.DateField("hạn ban đầu")
    due_on = models.DateField("hạn")
    begun_on = models.DateField("giao từ ngày")
    news_on = models.DateField("tin gần nhất ngày")
    said_done_on = models.DateField("báo xong ngày", null=True)
    done_on = models.DateField("xong ngày", null=True)
    exceeded = models.BooleanField("vượt mức", default=False)
    extensions = models.PositiveSmallIntegerField("số lần gia hạn", default=0)
    reminders = models.PositiveSmallIntegerField("số lần nhắc", default=0)

    class Meta:
        indexes = (
            models.Index(fields=["cell", "year", "state", "due_on"], name="progress_cell"),
            models.Index(fields=["member", "year", "state", "due_on"], name="progress_member"),
            models.Index(fields=["year", "state", "due_on"], name="progress_year"),
        )

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("followups:work", args=[self.assignment_id])


class Entry(models.Model):
    """One line of the register: only added, never changed. `key` makes sending twice the same as sending once."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="entries")
    kind = models.CharField("nội dung", max_length=10, choices=EntryKind.choices)
    on = models.DateField("ngày")
    text = models.TextField("lời ghi", blank=True, max_length=TEXT_LENGTH)
    new_due = models.DateField("hạn mới", null=True)
    basis = models.CharField("căn cứ", max_length=240, blank=True)
    exceeded = models.BooleanField("vượt mức", default=False)
    answers = models.ForeignKey("self", models.PROTECT, null=True, related_name="answered_by")
    is_on_behalf = models.BooleanField("nhập thay, theo báo cáo trực tiếp", default=False)
    key = models.UUIDField("khóa gửi", unique=True, default=uuid.uuid4)
    recorded_at = models.DateTimeField("ghi lúc")
    recorded_by = models.BigIntegerField("tài khoản ghi", null=True)
    recorded_by_name = models.CharField("người ghi", max_length=120)

    class Meta:
        indexes = (models.Index(fields=["assignment", "id"], name="entry_assignment"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(kind=EntryKind.EXTEND, new_due__isnull=False)
                | (~Q(kind=EntryKind.EXTEND) & Q(new_due__isnull=True)),
                name="entry_new_due_of_extension",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("followups:work", args=[self.assignment_id])


class Photo(models.Model):
    """A photograph of a report: made smaller, without the place and the machine it was taken with."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="photo")
    content = models.BinaryField("ảnh JPEG")
    digest = models.CharField("mã kiểm tra", max_length=64)
    width = models.PositiveSmallIntegerField("rộng (điểm ảnh)")
    height = models.PositiveSmallIntegerField("cao (điểm ảnh)")

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.width}×{self.height}"

    def get_absolute_url(self) -> str:
        return reverse("followups:photo", args=[self.entry_id])


class Matter(models.Model):
    """A difficulty, or a change asked for: who has to answer it by when. Overdue ones go one level up."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="matter")
    reason = models.CharField("lý do", max_length=12, choices=AskReason.choices, blank=True)
    wish = models.TextField("mong muốn", blank=True, max_length=TEXT_LENGTH)
    holder = models.ForeignKey(Organization, models.PROTECT, related_name="matters")
    due_on = models.DateField("trả lời trước ngày")
    raised = models.PositiveSmallIntegerField("số lần chuyển lên", default=0)
    answered_on = models.DateField("trả lời ngày", null=True)
    answer = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="settles")

    class Meta:
        indexes = (
            models.Index(
                fields=["holder", "due_on", "id"], name="matter_open", condition=Q(answered_on__isnull=True)
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answer__isnull=True)
                | Q(answered_on__isnull=False, answer__isnull=False),
                name="matter_answer_has_a_day",
            ),
        )

    def __str__(self) -> str:
        return f"{self.entry_id} trước {self.due_on:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return self.entry.get_absolute_url()


class PlanReminder(models.Model):
    """That a cell without a plan of the year was reminded; whoever leads the cell finds it on the first page."""

    cell = models.ForeignKey(Organization, models.PROTECT, related_name="plan_reminders")
    year = models.PositiveSmallIntegerField("năm")
    on = models.DateField("nhắc ngày")
    recorded_by = models.BigIntegerField("tài khoản nhắc", null=True)
    recorded_by_name = models.CharField("người nhắc", max_length=120)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["cell", "year", "on"], name="plan_reminder_once_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.cell_id} {self.year}: {self.on:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("planning:board", args=[self.cell_id, self.year])


class ReportDraft(models.Model):
    """What a member is writing, kept on the server until it is sent: nothing typed is lost."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="report_drafts")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="report_drafts")
    kind = models.CharField("nội dung", max_length=10, choices=EntryKind.choices)
    reason = models.CharField("lý do", max_length=12, choices=AskReason.choices, blank=True)
    text = models.TextField("lời ghi", blank=True, max_length=TEXT_LENGTH)
    wish = models.TextField("mong muốn", blank=True, max_length=TEXT_LENGTH)
    on = models.DateField("ngày", null=True)
    photo = models.BinaryField("ảnh JPEG", null=True)
    key = models.UUIDField("khóa gửi", default=uuid.uuid4)
    saved_at = models.DateTimeField("lưu lúc")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["assignment", "user"], name="report_draft_once"),)

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.kind}"

    def get_absolute_url(self) -> str:
        return reverse("followups:work", args=[self.assignment_id])


class CalendarLink(models.Model):
    """The address at which a calendar reads the days somebody's work is due; only a seal of it is kept."""

    user = models.OneToOneField("accounts.User", models.CASCADE, related_name="calendar_link")
    seal = models.CharField("dấu của địa chỉ", max_length=64, unique=True)
    made_at = models.DateTimeField("lập lúc")

    def __str__(self) -> str:
        return f"lịch của {self.user_id}"

    def get_absolute_url(self) -> str:
        return reverse("followups:calendar")


class MailChoice(models.Model):
    """Where somebody wants the digest sent; nobody gets mail who has not asked for it."""

    user = models.OneToOneField("accounts.User", models.CASCADE, related_name="mail_choice")
    address = models.EmailField("địa chỉ thư điện tử")
    asked_at = models.DateTimeField("xin nhận lúc")
    sent_on = models.DateField("gửi lần cuối ngày", null=True)

    def __str__(self) -> str:
        return f"thư của {self.user_id}"

    def get_absolute_url(self) -> str:
        return reverse("followups:calendar")
