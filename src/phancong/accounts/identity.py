"""Answers rooms below that ask who a user is now."""

from datetime import datetime

from phancong.access.actor import Actor
from phancong.access.identity import know_users_by
from phancong.accounts.models import User
from phancong.accounts.queries import actor_of


def _find(user_id: int, now: datetime) -> Actor:
    return actor_of(User.objects.get(pk=user_id, is_active=True), now=now)


know_users_by(_find)
