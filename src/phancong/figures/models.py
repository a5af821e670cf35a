"""Figures that were handed in: frozen as they were, while those of today move on."""

from django.db import models
from django.urls import reverse

from phancong.organizations.models import Organization


class HandedIn(models.Model):
    """One hand-in of a report of the rule pack `reports`. Handed in anew it is one more row, with the reason."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="handed_in")
    kind = models.CharField("loại báo cáo", max_length=20)
    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveSmallIntegerField("lần nộp")
    counted_on = models.DateField("số liệu đến ngày")
    due_on = models.DateField("hạn nộp")
    content = models.JSONField("số liệu")
    digest = models.CharField("mã kiểm tra", max_length=64)
    reason = models.CharField("lý do nộp lại", max_length=240, blank=True)
    recorded_at = models.DateTimeField("nộp lúc")
    recorded_by = models.BigIntegerField("tài khoản nộp", null=True)
    recorded_by_name = models.CharField("người nộp", max_length=120)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organization", "kind", "year", "number"], name="handed_in_number_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.year}, lần {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("figures:handed_in", args=[self.pk])
