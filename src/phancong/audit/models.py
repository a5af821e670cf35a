"""The log of acts: append-only, each line sealed by a hash over itself and the line before."""

from typing import Any, NoReturn

from django.db import models

from phancong.audit.append_only import SENTENCE
from phancong.audit.chain import FIRST_HASH, PLAIN_SEAL, Line


class AppendOnlyQuerySet(models.QuerySet[Any]):
    def update(self, **kwargs: Any) -> NoReturn:  # noqa: ARG002 -- Django's signature
        raise TypeError(SENTENCE)

    def delete(self) -> NoReturn:
        raise TypeError(SENTENCE)


class AuditEntry(models.Model):
    """One act. It holds no foreign keys, so the log never stands in the way of anything and nothing pulls it along."""

    sequence = models.BigIntegerField("số thứ tự", unique=True)
    at = models.DateTimeField("lúc")
    actor_user_id = models.BigIntegerField("tài khoản", null=True)
    actor_name = models.CharField("người thực hiện", max_length=200)
    action = models.CharField("việc", max_length=80)
    subject = models.CharField("đối tượng", max_length=120)
    place = models.CharField("nơi", max_length=120, blank=True)
    detail = models.JSONField("nội dung", default=dict)
    # With which role, where, and what for; empty where it is not known or not asked.
    role = models.CharField("vai trò", max_length=20, blank=True)
    scope = models.CharField("phạm vi", max_length=120, blank=True)
    purpose = models.CharField("mục đích", max_length=200, blank=True)
    request_id = models.CharField("lần gọi", max_length=32, blank=True)
    # Keyed hashes of what changed: they prove values without telling them.
    before_hash = models.CharField("dấu trước khi đổi", max_length=64, blank=True)
    after_hash = models.CharField("dấu sau khi đổi", max_length=64, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    seal_version = models.PositiveSmallIntegerField(default=PLAIN_SEAL)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["place", "-sequence"], name="audit_place_sequence"),
            models.Index(fields=["actor_user_id", "-sequence"], name="audit_actor_sequence"),
            models.Index(fields=["action", "-sequence"], name="audit_action_sequence"),
            models.Index(fields=["subject", "-sequence"], name="audit_subject_sequence"),
            models.Index(fields=["at"], name="audit_at"),
        )

    def __str__(self) -> str:
        return f"{self.sequence} {self.action} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError(SENTENCE)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ARG002 -- Django's signature
        raise TypeError(SENTENCE)

    def line(self) -> Line:
        """What is sealed, apart from the row that holds it."""
        return Line(*(getattr(self, name) for name in Line._fields))


class ChainHead(models.Model):
    """The last line of the log: locked while the next one is written, so the chain never forks."""

    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=FIRST_HASH)

    def __str__(self) -> str:
        return str(self.sequence)


class ChainCheck(models.Model):
    """One check of the whole chain: what it found and how long it took."""

    at = models.DateTimeField("lúc")
    lines = models.BigIntegerField("số dòng")
    seconds = models.FloatField("thời gian (giây)")
    broken = models.BigIntegerField("dòng hỏng đầu tiên", null=True)
    reason = models.CharField("hỏng thế nào", max_length=200, blank=True)
    unkeyed = models.BigIntegerField("số dòng chưa dùng khóa", default=0)
    anchor_sequence = models.BigIntegerField("mốc neo gần nhất", null=True)
    anchored_at = models.DateTimeField("mốc neo lập lúc", null=True)

    class Meta:
        indexes = (models.Index(fields=["-at"], name="chain_check_at"),)

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y %H:%M} {self.lines}"
