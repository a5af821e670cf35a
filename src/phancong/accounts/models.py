"""Users: the people who sign in, each linked to a member where they are one."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from phancong.common.spans import Span, span_order
from phancong.members.models import Member
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

    objects = UserManager()

    USERNAME_FIELD = "username"

    def __str__(self) -> str:
        return self.member.full_name if self.member else self.username


class Appointment(Span):
    """A role given to a user in a place by decision, for work that no Party post carries (office, later inspectors)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="appointments")
    role = models.CharField("vai trò", max_length=20)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="appointments")
    decision_number = models.CharField("số quyết định", max_length=60, blank=True)

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
