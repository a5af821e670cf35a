"""One meeting of a cell and everything its minutes say. Once signed, all of it stays; see `register.py`."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from phancong.meetings.enums import Becomes, ItemKind, Method, Presence, State, Stay
from phancong.members.enums import Status
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.planning.models import Assignment, Plan

TEXT_LENGTH = 20_000
LINE_LENGTH = 240


class Meeting(models.Model):
    """`kind` is a code of the rule pack `meetings`; `version` grows with every change, for two writers."""

    cell = models.ForeignKey(Organization, models.PROTECT, related_name="meetings", verbose_name="chi bộ")
    kind = models.CharField("loại", max_length=20)
    held_on = models.DateField("ngày họp")
    starts_at = models.TimeField("bắt đầu lúc")
    ends_at = models.TimeField("kết thúc lúc", null=True, blank=True)
    place = models.CharField("địa điểm", max_length=LINE_LENGTH)
    chair = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="chủ trì"
    )
    minutes_secretary = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thư ký"
    )
    guests = models.CharField("đại biểu dự họp", max_length=LINE_LENGTH, blank=True)
    documents = models.CharField("tài liệu gửi trước", max_length=LINE_LENGTH, blank=True)
    state = models.CharField("trạng thái", max_length=9, choices=State.choices, default=State.PLANNED)
    cancel_reason = models.CharField("lý do hủy", max_length=LINE_LENGTH, blank=True)
    number = models.PositiveIntegerField("số biên bản", null=True)
    version = models.PositiveIntegerField("lần sửa", default=1)

    class Meta:
        indexes = (
            models.Index(fields=["cell", "-held_on", "-id"], name="meeting_cell"),
            models.Index(fields=["-held_on", "-id"], name="meeting_day"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[State.PLANNED, State.CANCELLED], number__isnull=True)
                | Q(state__in=[State.HELD, State.READ_BACK, State.SIGNED], number__isnull=False),
                name="meeting_number_once_held",
            ),
        )

    def __str__(self) -> str:
        return f"{self.cell_id} {self.held_on:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:meeting", args=[self.pk])


class AgendaItem(models.Model):
    """One item: its words have a version of their own, so that two people may write at two items."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField("thứ tự")
    kind = models.CharField("kiểu", max_length=10, choices=ItemKind.choices, default=ItemKind.PLAIN)
    title = models.CharField("nội dung", max_length=LINE_LENGTH)
    discussion = models.TextField("ý kiến thảo luận", blank=True, max_length=TEXT_LENGTH)
    summary = models.TextField("kết luận của chủ trì", blank=True, max_length=TEXT_LENGTH)
    version = models.PositiveIntegerField("lần sửa", default=1)
    resolution_number = models.PositiveIntegerField("số nghị quyết", null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["meeting", "position"], name="agenda_position_once"),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(kind=ItemKind.PLAN), name="agenda_one_plan"
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("meetings:item", args=[self.pk])


class Attendance(models.Model):
    """Who came; status and stay are copied as they were on the day of the meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    member = models.ForeignKey(Member, models.PROTECT, related_name="attendances")
    presence = models.CharField("có mặt", max_length=7, choices=Presence.choices)
    status = models.CharField("trạng thái đảng viên", max_length=20, choices=Status.choices)
    stay = models.CharField("nơi sinh hoạt", max_length=19, choices=Stay.choices, default=Stay.HERE)
    reason = models.CharField("lý do vắng", max_length=LINE_LENGTH, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["meeting", "member"], name="attendance_once"),)

    def __str__(self) -> str:
        return f"{self.member_id} {self.presence}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:attendance", args=[self.meeting_id])


class Vote(models.Model):
    """A vote on an item. `kind` is a code of the rule pack `votes`; `excluded` names who is not counted, and why."""

    item = models.OneToOneField(AgendaItem, models.CASCADE, related_name="vote")
    kind = models.CharField("loại biểu quyết", max_length=20)
    method = models.CharField("cách biểu quyết", max_length=6, choices=Method.choices, default=Method.HANDS)
    in_favour = models.PositiveSmallIntegerField("đồng ý")
    against = models.PositiveSmallIntegerField("không đồng ý")
    other = models.PositiveSmallIntegerField("ý kiến khác")
    eligible = models.PositiveSmallIntegerField("số người làm mẫu số")
    needed = models.PositiveSmallIntegerField("số phiếu cần")
    is_reached = models.BooleanField("đạt")
    excluded = models.JSONField("không tính", default=list)
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="votes", verbose_name="kế hoạch")
    plan_version = models.PositiveIntegerField("lần sửa của dự thảo kế hoạch", null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(eligible__gte=models.F("in_favour") + models.F("against") + models.F("other")),
                name="vote_within_electorate",
            ),
        )

    def __str__(self) -> str:
        return f"{self.in_favour}/{self.eligible}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:vote", args=[self.item_id])


class ReservedOpinion(models.Model):
    """What a member of the minority keeps to, and may report upward."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="reserved")
    member = models.ForeignKey(Member, models.PROTECT, related_name="reserved_opinions")
    text = models.TextField("ý kiến bảo lưu", max_length=2000)

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("meetings:conclusions", args=[self.item_id])


class Conclusion(models.Model):
    """A conclusion of an item. With a person and a day it becomes work when the minutes are signed."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="conclusions")
    text = models.CharField("kết luận", max_length=LINE_LENGTH)
    becomes = models.CharField("thành", max_length=9, choices=Becomes.choices, default=Becomes.NOTHING)
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="conclusions")
    due_on = models.DateField("hạn", null=True)
    assignment = models.OneToOneField(Assignment, models.PROTECT, null=True, related_name="conclusion")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(becomes=Becomes.NOTHING) | Q(member__isnull=False, due_on__isnull=False),
                name="conclusion_work_has_person_and_day",
            ),
        )

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("meetings:conclusions", args=[self.item_id])


class Term(models.Model):
    """The term of a cell's committee: numbers of documents begin anew with it."""

    cell = models.ForeignKey(Organization, models.PROTECT, related_name="terms")
    began_on = models.DateField("nhiệm kỳ bắt đầu ngày")
    basis = models.CharField("căn cứ", max_length=LINE_LENGTH)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["cell", "began_on"], name="term_once"),)

    def __str__(self) -> str:
        return f"{self.cell_id} từ {self.began_on:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:list")


class NumberSeries(models.Model):
    """The next number of one type of document of a cell in one term; held while a number is taken."""

    cell = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    type_code = models.CharField("loại văn bản", max_length=20)
    began_on = models.DateField("tính từ ngày")
    next_number = models.PositiveIntegerField("số tiếp theo", default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["cell", "type_code", "began_on"], name="number_series_once"),
        )

    def __str__(self) -> str:
        return f"{self.cell_id} {self.type_code}: {self.next_number}"


class SignedMinutes(models.Model):
    """The minutes as they were signed, byte for byte."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="signed")
    docx = models.BinaryField("biên bản, bản Word")
    docx_digest = models.CharField("mã kiểm tra bản Word", max_length=64)
    pdf = models.BinaryField("biên bản, bản PDF")
    pdf_digest = models.CharField("mã kiểm tra bản PDF", max_length=64)
    recorded_at = models.DateTimeField("ký lúc")
    recorded_by = models.BigIntegerField("tài khoản ghi", null=True)
    recorded_by_name = models.CharField("người ghi", max_length=120)

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.docx_digest[:12]}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:meeting", args=[self.meeting_id])


class Addendum(models.Model):
    """What was added to signed minutes, with the reason; the minutes themselves stay."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="addenda")
    number = models.PositiveSmallIntegerField("số thứ tự")
    text = models.TextField("nội dung bổ sung", max_length=2000)
    reason = models.CharField("lý do", max_length=LINE_LENGTH)
    recorded_at = models.DateTimeField("ghi lúc")
    recorded_by = models.BigIntegerField("tài khoản ghi", null=True)
    recorded_by_name = models.CharField("người ghi", max_length=120)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["meeting", "number"], name="addendum_number_once"),)

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("meetings:meeting", args=[self.meeting_id])


class TextDraft(models.Model):
    """What somebody is typing, kept on the server until it is saved: nothing typed is lost."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="meeting_drafts")
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="drafts")
    discussion = models.TextField("ý kiến thảo luận", blank=True, max_length=TEXT_LENGTH)
    summary = models.TextField("kết luận của chủ trì", blank=True, max_length=TEXT_LENGTH)
    seen = models.PositiveIntegerField("viết trên lần sửa")
    saved_at = models.DateTimeField("lưu lúc")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "item"], name="text_draft_once"),)

    def __str__(self) -> str:
        return f"{self.user_id}: {self.item_id}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:item", args=[self.item_id])
