"""The log of acts: append-only, each line sealed by a hash over itself and the line before."""

from typing import Any, NoReturn

from django.db import models


class AppendOnlyQuerySet(models.QuerySet[Any]):
    def update(self, **kwargs: Any) -> NoReturn:  # noqa: ARG002 -- Django's signature
        raise TypeError("Nhật ký chỉ được ghi thêm.")

    def delete(self) -> NoReturn:
        raise TypeError("Nhật ký chỉ được ghi thêm.")


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
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["place", "-sequence"], name="audit_place_sequence"),)

    def __str__(self) -> str:
        return f"{self.sequence} {self.action} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("Nhật ký chỉ được ghi thêm.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ARG002 -- Django's signature
        raise TypeError("Nhật ký chỉ được ghi thêm.")


class ChainHead(models.Model):
    """The last line of the log: locked while the next one is written, so the chain never forks."""

    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return str(self.sequence)
