"""Building the actor of a request from posts and appointments."""

from datetime import datetime

from phancong import rules
from phancong.access.actor import Actor, Grant
from phancong.accounts.models import User
from phancong.members.models import Post


def actor_of(user: User, *, now: datetime) -> Actor:
    """The actor for `user` at the moment `now`: grants of posts and appointments that hold today."""
    today = now.date()
    roles = {position.code: position.role for position in rules.on(today).positions}
    grants = [
        Grant(row.role, row.organization.path, row.valid_from, row.valid_until)
        for row in user.appointments.filter(organization__dissolved_on__isnull=True)
        .on(today)
        .select_related("organization")
    ]
    if user.member is not None:
        grants += [
            Grant(roles[post.position], post.organization.path, post.valid_from, post.valid_until)
            for post in Post.objects.on(today)
            .filter(member=user.member, organization__dissolved_on__isnull=True)
            .select_related("organization")
            if roles.get(post.position)
        ]
        if user.member.cell is not None:
            grants.append(Grant("member", user.member.cell.path, today))
    return Actor(user.pk, user.member_id, str(user), now, tuple(grants))


def system_actor(*, now: datetime, name: str = "Hệ thống") -> Actor:
    """The actor of a management command: the office's rights everywhere."""
    return Actor(None, None, name, now, (Grant("office", "", now.date()),))
