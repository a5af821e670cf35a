"""What a cell or a committee set itself: resolutions and their targets, which duties of plans carry out."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from phancong.organizations.models import Organization
from phancong.planning.enums import ResolutionKind


class Resolution(models.Model):
    """What a cell or a committee set itself for a year. It has no number and day while it is being prepared.

    `meeting` names the meeting it comes from, in words.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="resolutions")
    kind = models.CharField("loại văn bản", max_length=12, choices=ResolutionKind.choices)
    number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    title = models.CharField("về việc gì", max_length=240)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    year = models.PositiveSmallIntegerField("năm")
    meeting = models.CharField("cuộc họp", max_length=240, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organization", "year", "number"],
                condition=~Q(number=""),
                name="resolution_number_once",
            ),
        )
        indexes = (models.Index(fields=["organization", "year", "id"], name="resolution_of_year"),)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("planning:sources", args=[self.organization_id, self.year])


class Target(models.Model):
    """One thing a resolution wants reached. Duties of plans carry it out; once one is adopted it stays as it is."""

    resolution = models.ForeignKey(Resolution, models.CASCADE, related_name="targets")
    number = models.PositiveSmallIntegerField("số thứ tự")
    title = models.CharField("chỉ tiêu, nhiệm vụ", max_length=240)
    measure = models.CharField("sản phẩm, số đo", max_length=240, blank=True)
    field = models.CharField("lĩnh vực", max_length=40)
    due_on = models.DateField("hạn")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["resolution", "number"], name="target_number_once"),)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return self.resolution.get_absolute_url()
