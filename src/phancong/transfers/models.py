"""One member who changes the place where they take part, for good or for a time, inside the system or across it.

`due_on` is the day up to which the next step is in time; empty once nothing is to be done any more, and then the row
stays as it is.
"""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.transfers.enums import ON_THE_WAY, SHUT, Kind, Reason, State

NUMBER_LENGTH = 60
TEXT_LENGTH = 400
PLACE_LENGTH = 200

_INTRODUCED = (State.INTRODUCED, State.RECEIVED, State.ENDED)


class Transfer(models.Model):
    """`home` sends, `cell` receives; a side outside the system is named in `outside`.

    `member_name` is kept because the receiving side does not see the file before the member is theirs.
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="transfers", verbose_name="đảng viên")
    member_name = models.CharField("họ và tên", max_length=120)
    kind = models.CharField("hình thức", max_length=9, choices=Kind.choices)
    state = models.CharField("trạng thái", max_length=10, choices=State.choices, default=State.REQUESTED)
    home = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        related_name="transfers_out",
        verbose_name="chi bộ chuyển đi",
    )
    cell = models.ForeignKey(
        Organization, models.PROTECT, null=True, related_name="transfers_in", verbose_name="chi bộ nhận"
    )
    outside = models.CharField("nơi ngoài hệ thống", max_length=PLACE_LENGTH, blank=True)
    reason = models.CharField("lý do", max_length=10, choices=Reason.choices)
    note = models.CharField("nói rõ thêm", max_length=TEXT_LENGTH, blank=True)
    decision_number = models.CharField("số quyết định điều động", max_length=NUMBER_LENGTH, blank=True)
    decided_on = models.DateField("ngày có quyết định hoặc di chuyển")
    requested_on = models.DateField("đề nghị ngày")
    met_on = models.DateField("nơi chuyển đi họp ngày", null=True)
    introduced_on = models.DateField("giới thiệu ngày", null=True)
    paper_number = models.CharField("số giấy giới thiệu", max_length=NUMBER_LENGTH, blank=True)
    received_on = models.DateField("tiếp nhận ngày", null=True)
    valid_from = models.DateField("tạm thời từ ngày", null=True)
    valid_until = models.DateField("tạm thời đến trước ngày", null=True)
    closed_on = models.DateField("kết thúc ngày", null=True)
    closing_reason = models.CharField("lý do kết thúc", max_length=TEXT_LENGTH, blank=True)
    late_begin = models.CharField("lý do làm thủ tục chậm", max_length=TEXT_LENGTH, blank=True)
    late_receipt = models.CharField("lý do nộp giấy chậm", max_length=TEXT_LENGTH, blank=True)
    due_on = models.DateField("hạn của bước sau", null=True)
    version = models.PositiveIntegerField("lần sửa", default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["member"], condition=Q(due_on__isnull=False), name="transfer_one_open"
            ),
            models.CheckConstraint(
                condition=Q(home__isnull=False, cell__isnull=False, outside="") & ~Q(home=F("cell"))
                | Q(home__isnull=False, cell__isnull=True) & ~Q(outside="")
                | Q(home__isnull=True, cell__isnull=False) & ~Q(outside=""),
                name="transfer_from_one_place_to_another",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.OFFICIAL, valid_from__isnull=True, valid_until__isnull=True)
                | Q(kind=Kind.TEMPORARY, valid_until__gt=F("valid_from")),
                name="transfer_term_of_a_stay",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[one.value for one in _INTRODUCED])
                | Q(introduced_on__isnull=False) & ~Q(paper_number=""),
                name="transfer_introduced_by_paper",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.RECEIVED.value, State.ENDED.value])
                | Q(received_on__gte=F("introduced_on")),
                name="transfer_received_after_paper",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in SHUT], closed_on__isnull=False)
                | ~Q(state__in=[one.value for one in SHUT]) & Q(closed_on__isnull=True),
                name="transfer_closed_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in ON_THE_WAY], due_on__isnull=False)
                | Q(state=State.RECEIVED, kind=Kind.TEMPORARY, due_on__isnull=False)
                | Q(state=State.RECEIVED, kind=Kind.OFFICIAL, due_on__isnull=True)
                | Q(state__in=[one.value for one in SHUT], due_on__isnull=True),
                name="transfer_due_while_open",
            ),
        )
        indexes = (
            models.Index(fields=["due_on", "id"], name="transfer_due"),
            models.Index(fields=["home", "due_on", "id"], name="transfer_home"),
            models.Index(fields=["cell", "due_on", "id"], name="transfer_cell"),
        )

    def __str__(self) -> str:
        return f"{self.member_id}: {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        return reverse("transfers:one", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.due_on is not None

    @property
    def is_temporary(self) -> bool:
        return self.kind == Kind.TEMPORARY

    @property
    def from_name(self) -> str:
        return self.home.name if self.home else self.outside

    @property
    def to_name(self) -> str:
        return self.cell.name if self.cell else self.outside

    @property
    def last_day(self) -> date | None:
        """The last day of a temporary stay."""
        return self.valid_until - timedelta(days=1) if self.valid_until else None
