"""Long work that people may leave and come back to."""

from django.db import models


class Job(models.Model):
    """One piece of long work: what it is, how far it is, and how it ended."""

    class State(models.TextChoices):
        WAITING = "waiting", "Đang chờ"
        RUNNING = "running", "Đang làm"
        DONE = "done", "Đã xong"
        FAILED = "failed", "Không làm được"
        INTERRUPTED = "interrupted", "Bị ngắt"

    kind = models.CharField("việc", max_length=40)
    title = models.CharField("tên việc", max_length=200)
    place = models.CharField("nơi", max_length=120, blank=True)
    parameters = models.JSONField("tham số", default=dict)
    state = models.CharField("trạng thái", max_length=11, choices=State.choices, default=State.WAITING)
    rows_done = models.PositiveIntegerField("số dòng đã làm", default=0)
    rows_total = models.PositiveIntegerField("tổng số dòng", default=0)
    created_at = models.DateTimeField("giao lúc")
    beat_at = models.DateTimeField("còn chạy lúc")
    ended_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)
    created_by = models.BigIntegerField("tài khoản", null=True)
    message = models.TextField("kết quả", blank=True)
    result = models.JSONField("số liệu", default=dict)

    class Meta:
        indexes = (
            models.Index(fields=["created_by", "-created_at", "-id"], name="job_by_person"),
            models.Index(fields=["place", "-created_at", "-id"], name="job_by_place"),
        )

    def __str__(self) -> str:
        return self.title


class JobChunk(models.Model):
    """One part of a job, as small as one worker does in one go. Its row goes with the job's."""

    class State(models.TextChoices):
        WAITING = "waiting", "Đang chờ"
        RUNNING = "running", "Đang làm"
        DONE = "done", "Đã xong"

    job = models.ForeignKey(Job, models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField("phần")
    payload = models.JSONField("nội dung")
    state = models.CharField("trạng thái", max_length=7, choices=State.choices, default=State.WAITING)
    rows_done = models.PositiveIntegerField("số dòng đã làm", default=0)
    beat_at = models.DateTimeField("còn chạy lúc", null=True)
    result = models.JSONField("kết quả", null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["job", "number"], name="job_chunk_once"),)

    def __str__(self) -> str:
        return f"{self.job_id}/{self.number}"
