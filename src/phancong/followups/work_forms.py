"""Questions of reporting and of directing one piece of work."""

from datetime import date
from typing import Any

from django import forms

from phancong.common.dates import DateError, read_date
from phancong.common.forms import DayField, PlainForm
from phancong.followups.enums import AskReason, EntryKind
from phancong.followups.models import TEXT_LENGTH
from phancong.followups.terms import terms_on
from phancong.planning.models import REASON_LENGTH
from phancong.rules.model import RuleError

_LINE = {"autocomplete": "off"}
_ALONE = {"autofocus": True, "rows": 5}
MOST_PHOTO_BYTES = 8_000_000


class TextForm(PlainForm):
    """One sentence; the one question of its page."""

    text = forms.CharField(max_length=TEXT_LENGTH, widget=forms.Textarea(attrs=_ALONE))

    def __init__(self, *args: Any, label: str, hint: str = "", needed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["text"]
        field.label, field.help_text, field.required = label, hint, needed
        field.error_messages["required"] = f"“{label}” còn trống. Ghi một câu rồi bấm tiếp."


class PhotoForm(PlainForm):
    photo = forms.FileField(
        label="Ảnh kết quả",
        help_text="Ảnh được thu nhỏ, bỏ nơi chụp và máy chụp trước khi lưu.",
        max_length=200,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp", "data-shrink": "1600"}),
    )

    def clean_photo(self) -> Any:
        photo = self.cleaned_data["photo"]
        if photo.size > MOST_PHOTO_BYTES:
            raise forms.ValidationError("Ảnh lớn hơn 8 MB. Chụp lại ở cỡ nhỏ hơn rồi chọn lại ảnh.")
        return photo


class JudgeForm(PlainForm):
    """A remark on a report of being done."""

    text = forms.CharField(
        label="Nhận xét",
        help_text="Bắt buộc khi ghi vượt mức hoặc yêu cầu làm tiếp.",
        max_length=TEXT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    exceeded = forms.BooleanField(label="Làm vượt mức giao", required=False)


class NoteForm(PlainForm):
    text = forms.CharField(
        label="Nhận xét thêm", max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
    )


class ExtendForm(PlainForm):
    """More time, by a decision."""

    new_due = DayField(label="Hạn mới")
    reason = forms.CharField(label="Lý do", max_length=TEXT_LENGTH, widget=forms.TextInput(attrs=_LINE))
    basis = forms.CharField(
        label="Căn cứ",
        max_length=REASON_LENGTH,
        help_text="Ví dụ: ý kiến chi ủy ngày 12/6/2026.",
        widget=forms.TextInput(attrs=_LINE),
    )


class ToldForm(PlainForm):
    """What a member without a phone told face to face."""

    kind = forms.ChoiceField(
        label="Đồng chí ấy báo",
        choices=[
            (EntryKind.DONE.value, "Đã xong"),
            (EntryKind.GOING.value, "Đang làm"),
            (EntryKind.DIFFICULT.value, "Gặp khó"),
            (EntryKind.ASK.value, "Xin điều chỉnh"),
        ],
        widget=forms.RadioSelect,
    )
    on = DayField(label="Báo ngày")
    text = forms.CharField(label="Lời báo", max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 3}))
    reason = forms.ChoiceField(
        label="Lý do, khi xin điều chỉnh",
        choices=[("", "Không xin điều chỉnh"), *AskReason.choices],
        required=False,
    )


class AnswerForm(PlainForm):
    text = forms.CharField(
        label="Trả lời",
        help_text="Đã giải quyết thế nào; hoặc vì sao phải chuyển cấp trên và đề nghị gì.",
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RemindForm(PlainForm):
    text = forms.CharField(
        label="Lời nhắc", max_length=TEXT_LENGTH, required=False, widget=forms.TextInput(attrs=_LINE)
    )


class DayForm(PlainForm):
    """The day the figures are asked for; empty means today."""

    ngay = forms.CharField(
        label="Số liệu đến ngày",
        help_text="Ngày, tháng, năm; ví dụ 31/10/2026.",
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, data: object, *, today: date) -> None:
        super().__init__(data)
        self.today = today

    def clean_ngay(self) -> date:
        text = self.cleaned_data["ngay"]
        if not text:
            return self.today
        try:
            day = read_date(text, today=self.today).day
            terms_on(day)
        except DateError as error:
            raise forms.ValidationError(str(error)) from error
        except RuleError as error:
            raise forms.ValidationError(
                "Phần mềm chưa có quy định của ngày này. Nhập một ngày gần đây hơn."
            ) from error
        if day > self.today:
            raise forms.ValidationError(
                f"Ngày phải là hôm nay hoặc trước đó. Nhập lại, ví dụ {self.today:%d/%m/%Y}."
            )
        return day

    def day(self) -> date:
        if not self.is_valid():
            return self.today
        asked: date = self.cleaned_data["ngay"]
        return asked
