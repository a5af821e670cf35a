"""Whose session it is: the user of each request, with the member and the cell that the actor is made of."""

from django.contrib.auth.backends import ModelBackend

from phancong.accounts.models import User


class UserBackend(ModelBackend):
    """Every page asks for the three at once, so they come in one query."""

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.select_related("member__cell").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
