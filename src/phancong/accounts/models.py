"""Users: the people who sign in, each linked to a member where they are one."""

from datetime import date
from typing import Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.crypto import salted_hmac

from phancong.common.spans import Span, SpanQuerySet, on_day, span_order
from phancong.members.models import Member, Post
from phancong.organizations.models import Organization


class UserManager(BaseUserManager["User"]):
    def create(self, **fields: object) -> "User":
        user = self.model(**fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A sign-in name. Rights come from posts and appointments, never from flags on this row."""

    username = models.CharField("tên đăng nhập", max_length=60, unique=True)
    member = models.OneToOneField(Member, models.PROTECT, null=True, blank=True, related_name="user")
    is_active = models.BooleanField("được dùng", default=True)
    session_epoch = models.PositiveIntegerField(
        "đời phiên", default=0, help_text="tăng lên thì mọi phiên đang mở hết"
    )

    objects = UserManager()

    USERNAME_FIELD = "username"

    def __str__(self) -> str:
        return self.member.full_name if self.member else self.username

    def get_session_auth_hash(self) -> str:
        """What ties a session to this account: a new password or a new epoch ends every session made before."""
        return salted_hmac(
            "phancong.session", f"{self.password}{self.session_epoch}", algorithm="sha256"
        ).hexdigest()


class PrintedCode(models.Model):
    """A code handed over on paper, to activate an account or as the second step. Only its seal is kept."""

    class Purpose(models.TextChoices):
        ACTIVATION = "activation", "kích hoạt"
        ONE_TIME = "one_time", "dùng một lần"

    user = models.ForeignKey(User, models.CASCADE, related_name="printed_codes")
    purpose = models.CharField("để", max_length=10, choices=Purpose.choices)
    seal = models.CharField(max_length=64)
    made_at = models.DateTimeField("in lúc")
    made_by = models.BigIntegerField("người in", null=True)
    expires_at = models.DateTimeField("hết hạn", null=True)
    used_at = models.DateTimeField("dùng lúc", null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "seal"], name="printed_code_once"),)

    def __str__(self) -> str:
        return f"{self.user_id} {self.purpose}"


class Passkey(models.Model):
    """A key kept by a device of the user's; `public` is what the device gave at registration."""

    user = models.ForeignKey(User, models.CASCADE, related_name="passkeys")
    name = models.CharField("tên máy", max_length=60)
    key_id = models.CharField(max_length=1400, unique=True)
    public = models.BinaryField()
    made_at = models.DateTimeField("thêm lúc")
    used_at = models.DateTimeField("dùng lúc", null=True)

    def __str__(self) -> str:
        return self.name


class CodeApp(models.Model):
    """An app that shows six figures; `secret` is locked with a key outside the database."""

    user = models.OneToOneField(User, models.CASCADE, related_name="code_app")
    secret = models.CharField(max_length=200)
    made_at = models.DateTimeField("thêm lúc")
    last_step = models.BigIntegerField("bước đã dùng", default=0)

    def __str__(self) -> str:
        return f"ứng dụng mã của {self.user_id}"


class Allowance(models.Model):
    """How many guesses one name, address or device has taken in its present window."""

    key = models.CharField(max_length=80, unique=True)
    since = models.DateTimeField("từ lúc")
    count = models.PositiveIntegerField("số lần")

    def __str__(self) -> str:
        return self.key


class OpenSession(models.Model):
    """A session of a signed-in user, so that they can see it and end it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="open_sessions")
    session_key = models.CharField(max_length=40, unique=True)
    device = models.CharField("máy", max_length=120)
    address = models.CharField("địa chỉ mạng", max_length=45)
    since = models.DateTimeField("từ lúc")
    seen_at = models.DateTimeField("dùng lần cuối")

    class Meta:
        indexes = (models.Index(fields=["user", "-seen_at"], name="open_session_user"),)

    def __str__(self) -> str:
        return f"{self.user_id} {self.device}"


class AppointmentQuerySet(SpanQuerySet):
    def in_force(self, day: date, *, posts: dict[str, list[str]]) -> Self:
        """Those that hold on `day`; a delegated one only while its giver still holds a post that carries the role.

        `posts` are the codes of posts by the role they carry.
        """
        carried = Q(pk__in=[])
        for role, positions in posts.items():
            held = Post.objects.filter(
                on_day(day),
                member=OuterRef("delegated_by__member"),
                organization=OuterRef("organization"),
                position__in=positions,
            )
            carried |= Q(Exists(held), role=role, delegated_by__is_active=True)
        return self.filter(on_day(day), Q(delegated_by__isnull=True) | carried)


class Appointment(Span):
    """A role given to a user in a place: by decision, or by whoever holds it by post for the time they are away."""

    user = models.ForeignKey(User, models.CASCADE, related_name="appointments")
    delegated_by = models.ForeignKey(
        User, models.CASCADE, null=True, blank=True, verbose_name="người ủy quyền", related_name="delegations"
    )
    role = models.CharField("vai trò", max_length=20)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="appointments")
    decision_number = models.CharField("số quyết định", max_length=60, blank=True)

    objects = AppointmentQuerySet.as_manager()  # type: ignore[misc]  # narrower than Span's

    class Meta:
        constraints = (
            span_order("appointment_days"),
            models.UniqueConstraint(
                fields=["user", "role", "organization"],
                condition=Q(valid_until__isnull=True),
                name="appointment_one_current",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"
