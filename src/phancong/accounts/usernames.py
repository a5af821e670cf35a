"""Sign-in names made from people's names: short, without marks, each once."""

import re
from collections.abc import Sequence

from phancong.accounts.models import User
from phancong.common.text import fold
from phancong.members.models import Member


def usernames_for(members: Sequence[Member]) -> list[str]:
    """One new name for each member, in their order: Rah Lan H'Nga → hnga.rl, the next one hnga.rl2."""
    stems = [_stem(member) for member in members]
    pattern = "|".join(sorted({re.escape(stem) for stem in stems}))
    taken = set(
        User.objects.filter(username__regex=rf"^({pattern})[0-9]*$").values_list("username", flat=True)
        if stems
        else ()
    )
    names = []
    for stem in stems:
        number, name = 1, stem
        while name in taken:
            number += 1
            name = f"{stem}{number}"
        taken.add(name)
        names.append(name)
    return names


def _stem(member: Member) -> str:
    given = re.sub(r"[^a-z0-9]", "", fold(member.given_name)) or "dangvien"
    rest = fold(f"{member.family_name} {member.middle_name}").split()
    return f"{given}.{''.join(word[0] for word in rest)}".strip(".")[:50]
