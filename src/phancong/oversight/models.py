"""The level above: who of it is in charge of which organisation, and what it says to organisations.

Notes and the words under them are only added to.
"""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from phancong.common.spans import NoOverlap, Span, span_order
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.oversight.enums import NoteKind, ReplyKind

TEXT_LENGTH = 2000
NUMBER_LENGTH = 60


class Charge(Span):
    """That a member of `committee` is in charge of `organization`, one of those right below it."""

    committee = models.ForeignKey(
        Organization, models.PROTECT, related_name="given_charges", verbose_name="cấp ủy"
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="charges", verbose_name="tổ chức"
    )
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="charges", verbose_name="cấp ủy viên phụ trách"
    )
    decision_number = models.CharField("số quyết định", max_length=NUMBER_LENGTH)
    decided_on = models.DateField("ký ngày")

    class Meta:
        constraints = (
            span_order("charge_days"),
            NoOverlap(fields=["organization"], name="charge_no_overlap"),
        )
        indexes = (
            models.Index(fields=["committee", "-id"], name="charge_committee"),
            models.Index(fields=["member", "valid_from"], name="charge_member"),
        )

    def __str__(self) -> str:
        return f"{self.member_id} → {self.organization_id}"

    def get_absolute_url(self) -> str:
        return reverse("charges:place", args=[self.committee_id])


class Note(models.Model):
    """Praise or guidance from `origin`, an organisation above, on the work of `organization`."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="notes", verbose_name="tổ chức nhận"
    )
    origin = models.ForeignKey(
        Organization, models.PROTECT, related_name="written_notes", verbose_name="cấp viết"
    )
    kind = models.CharField("loại", max_length=8, choices=NoteKind.choices)
    text = models.TextField("nội dung", max_length=TEXT_LENGTH)
    written_on = models.DateField("ngày")
    recorded_at = models.DateTimeField("ghi lúc")
    recorded_by = models.BigIntegerField("tài khoản ghi", null=True)
    recorded_by_name = models.CharField("người ghi", max_length=120)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(organization=models.F("origin")), name="note_from_above"),
        )
        indexes = (models.Index(fields=["organization", "-id"], name="note_organization"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ngày {self.written_on:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("oversight:note", args=[self.pk])


class Reply(models.Model):
    """A word under a note; a withdrawn note stays readable with the reason."""

    note = models.ForeignKey(Note, models.PROTECT, related_name="replies")
    kind = models.CharField("loại", max_length=10, choices=ReplyKind.choices)
    text = models.TextField("nội dung", max_length=TEXT_LENGTH)
    recorded_at = models.DateTimeField("ghi lúc")
    recorded_by = models.BigIntegerField("tài khoản ghi", null=True)
    recorded_by_name = models.CharField("người ghi", max_length=120)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["note", "kind"], name="note_answered_and_withdrawn_once"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.recorded_at:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return self.note.get_absolute_url()
