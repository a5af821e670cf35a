"""What a field should say instead: read from the member's words, checked before it is sent and again when accepted."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import DateField

from phancong.common.dates import DateError, read_date
from phancong.common.refusal import Refused
from phancong.common.text import clean
from phancong.members.models import Member
from phancong.personal_data.holdings import Holding, holding_of
from phancong.personal_data.models import DataRequest
from phancong.personal_data.words import names, text_of


@dataclass(frozen=True, slots=True)
class Wished:
    """`value` goes into the field; `words` is how the member reads it."""

    value: Any
    words: str


def is_set_directly(holding: Holding, field: str) -> bool:
    return field in holding.held.correctable


def choices_for(holding: Holding, field: str, *, today: date) -> list[tuple[str, str]]:
    """Codes and names to choose from; none where the value is written freely."""
    if kind := holding.held.words.get(field):
        return list(names(kind, today).items())
    found = holding.model._meta.get_field(field).choices  # type: ignore[union-attr]
    return [(str(code), str(label)) for code, label in found or ()]


def read_wish(holding: Holding, field: str, text: str, *, today: date) -> Wished:
    """Raises Refused where the text is no possible value of the field."""
    text = clean(text)
    choices = dict(choices_for(holding, field, today=today))
    if not text:
        raise Refused("Chưa ghi nội dung đúng. Ghi điều cần sửa thành rồi gửi lại.")
    if not is_set_directly(holding, field):
        return Wished(text, choices.get(text, text))
    if choices:
        if text not in choices:
            raise Refused("Mục này chọn trong danh sách. Chọn lại một mục.")
        return Wished(text, choices[text])
    column: Any = Member._meta.get_field(field)
    if isinstance(column, DateField):
        try:
            day = read_date(text, today=today).day
        except DateError as error:
            raise Refused(str(error)) from error
        return Wished(day, text_of(day))
    try:
        return Wished(column.clean(text, None), text)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


def wish_words(asked: DataRequest, *, today: date) -> str:
    """What a request wishes, as people read it."""
    holding = holding_of(asked.address)
    if holding is None or not asked.field:
        return asked.wish
    return dict(choices_for(holding, asked.field, today=today)).get(asked.wish, asked.wish)
