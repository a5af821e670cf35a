"""Values of the database in the words people use."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import Field, ForeignKey
from django.utils import timezone

from phancong import rules
from phancong.access.roles import ROLES
from phancong.accounts.models import User
from phancong.audit.wording import ACTIONS
from phancong.members.models import Member
from phancong.planning.enums import IN_THE_WAY
from phancong.reviews.schemes import names_of_all_times

SUBJECTS = {
    "member": "hồ sơ",
    "user": "tài khoản",
    "plan": "kế hoạch",
    "job": "việc chạy nền",
    "roster_import": "lần nhập",
    "area": "địa bàn",
}
TERMS = {
    "field": "đúng lĩnh vực đào tạo",
    "competence": "kỹ năng, tiếng nói",
    "experience": "kinh nghiệm",
    "area": "nơi cư trú",
    "wish": "nguyện vọng",
    "health": "sức khỏe",
    "education": "trình độ",
}
DETAILS = {
    "purpose": "mục đích",
    "group": "phần",
    "form": "dạng",
    "fields": "mục",
    "field": "mục",
    "count": "số lượng",
    "role": "vai trò",
    "from": "từ",
    "until": "đến",
    "decision": "quyết định",
    "request": "yêu cầu số",
    "kind": "loại",
}


# Lists of the rule of reviews, by what the fields that hold their codes are.
_OF_REVIEWS = {"grades": "level", "no_grades": "not_rated", "review_groups": "group"}


@cache
def names(kind: str, day: date) -> dict[str, str]:
    """Names by code of a list of the rules, of the roles or of the acts in the log."""
    if kind == "roles":
        return {role.code: role.name for role in ROLES.values()}
    if kind == "acts":
        return ACTIONS
    if kind == "in_the_way":
        return IN_THE_WAY
    if kind in _OF_REVIEWS:
        return names_of_all_times(_OF_REVIEWS[kind])
    lists = rules.on(day)
    choices = (*lists.skills, *lists.languages) if kind == "competences" else getattr(lists, kind)
    return {choice.code: choice.name for choice in choices}


def in_words(row: Any, field: "Field[Any, Any]", *, kind: str, today: date, own: frozenset[object]) -> str:
    """The value of `field` in `row`; `own` are the objects that stand for the member who reads."""
    value = getattr(row, field.attname)
    if value is None or value == "":
        return ""
    if isinstance(field, ForeignKey):
        return _named(getattr(row, field.name), own)
    if kind in _READERS:
        return _READERS[kind](value, own)
    if kind:
        known = names(kind, today)
        codes = value if isinstance(value, list) else [value]
        return ", ".join(known.get(code, str(code)) for code in codes)
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    return text_of(value)


def _subject(subject: str, own: frozenset[object]) -> str:
    """What an act was done to, as `member:12`."""
    kind, _, number = subject.partition(":")
    mine = {
        f"member:{one.pk}" if isinstance(one, Member) else f"user:{one.pk}"
        for one in own
        if isinstance(one, (Member, User))
    }
    thing = SUBJECTS.get(kind)
    if thing is None or not number:
        return subject
    return f"{thing} của đồng chí" if subject in mine else f"{thing} số {number}"


def _terms(points: dict[str, Any], own: frozenset[object]) -> str:  # noqa: ARG001 -- one of a table
    """Why somebody was proposed, in the points of each reason."""
    return "; ".join(f"{TERMS.get(term, term)}: {text_of(found)} điểm" for term, found in points.items())


def _detail(detail: dict[str, Any], own: frozenset[object]) -> str:  # noqa: ARG001 -- one of a table
    return "; ".join(f"{DETAILS.get(key, key)}: {text_of(value)}" for key, value in detail.items())


_READERS: dict[str, Callable[[Any, frozenset[object]], str]] = {
    "subjects": _subject,
    "details": _detail,
    "terms": _terms,
}


def _named(related: Any, own: frozenset[object]) -> str:
    """Other people are not named: what is held about them is theirs."""
    if related in own:
        return "đồng chí"
    return "một đồng chí khác" if isinstance(related, (Member, User)) else str(related)


def text_of(value: Any) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%H:%M ngày %d/%m/%Y")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, dict):
        return "; ".join(f"{key}: {text_of(one)}" for key, one in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(text_of(one) for one in value)
    return str(value)
