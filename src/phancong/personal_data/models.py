"""What members ask about their own data, and what the office answered."""

from django.db import models
from django.db.models import Q

from phancong.members.models import Member


class RequestKind(models.TextChoices):
    CORRECTION = "correction", "Báo sai, xin sửa"
    OBJECTION = "objection", "Phản đối việc xử lý"
    RESTRICTION = "restriction", "Xin hạn chế xử lý"
    ERASURE = "erasure", "Xin xóa"


class RequestState(models.TextChoices):
    OPEN = "open", "Chờ trả lời"
    ACCEPTED = "accepted", "Đã chấp nhận"
    REFUSED = "refused", "Không chấp nhận"
    WITHDRAWN = "withdrawn", "Đã rút"


class DataRequest(models.Model):
    """One request of a member. `address` and `field` name what it is about, as shown to them; `due_on` is the day
    before which the office answers."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="data_requests")
    kind = models.CharField("yêu cầu", max_length=11, choices=RequestKind.choices)
    address = models.CharField("dòng dữ liệu", max_length=80)
    field = models.CharField("mục", max_length=60, blank=True)
    about = models.CharField("về việc", max_length=200)
    value_then = models.TextField("đang ghi", blank=True)
    wish = models.TextField("đề nghị", blank=True)
    state = models.CharField(
        "trạng thái", max_length=9, choices=RequestState.choices, default=RequestState.OPEN
    )
    asked_at = models.DateTimeField("gửi lúc")
    due_on = models.DateField("trả lời trước ngày")
    extension_reason = models.CharField("lý do gia hạn", max_length=300, blank=True)
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    answered_by = models.BigIntegerField("tài khoản trả lời", null=True, blank=True)
    answer = models.TextField("lời trả lời", blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["member", "kind", "address", "field"],
                condition=Q(state="open"),
                name="data_request_open_once",
            ),
            models.CheckConstraint(
                condition=Q(state="open", answered_at__isnull=True)
                | (~Q(state="open") & Q(answered_at__isnull=False)),
                name="data_request_answered_when_closed",
            ),
        )
        indexes = (models.Index(fields=["state", "due_on", "id"], name="data_request_by_day"),)

    def __str__(self) -> str:
        return self.about
