"""Users: the people who sign in, each linked to a member where they are one."""

from datetime import date
from typing import Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q

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

    objects = UserManager()

    USERNAME_FIELD = "username"

    def __str__(self) -> str:
        return self.member.full_name if self.member else self.username


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
