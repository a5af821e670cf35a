"""Questions of the yearly review."""

from datetime import date
from typing import Any

from django import forms

from phancong.common.forms import DayField, PlainForm, speak
from phancong.reviews.enums import Dues, Mended, Method
from phancong.reviews.models import LINE_LENGTH, TEXT_LENGTH
from phancong.reviews.rule_values import Value, choices_of
from phancong.reviews.schemes import Scheme

_PLAIN = {"autocomplete": "off"}


def _line(label: str, *, most: int = LINE_LENGTH, required: bool = True, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, required=required, help_text=hint, widget=forms.TextInput(attrs=_PLAIN)
    )


def _text(label: str, *, rows: int = 4, required: bool = True, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=TEXT_LENGTH,
        required=required,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _count(label: str, *, most: int = 999, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=most,
        required=required,
        widget=forms.TextInput(attrs={**_PLAIN, "inputmode": "numeric"}),
    )


def grade_choices(scheme: Scheme, *, empty: str) -> list[tuple[str, str]]:
    return [("", empty), *((level.code, level.name) for level in scheme.best_first)]


class OpenForm(PlainForm):
    """A round of an earlier year is recorded later with the day of its own rules."""

    year = forms.IntegerField(
        label="Năm kiểm điểm", widget=forms.TextInput(attrs={**_PLAIN, "inputmode": "numeric"})
    )
    rules_on = DayField(label="Theo quy định đang có hiệu lực ngày")
    counted_on = DayField(label="Danh sách đảng viên tính đến ngày")
    basis = _line("Văn bản mở đợt", hint="Ví dụ: Kế hoạch số 12-KH/ĐU ngày 01/11/2026.")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("rules_on", "counted_on"):
            self.fields[name].today = today.replace(month=12, day=31)  # type: ignore[attr-defined]


class MeetingForm(PlainForm):
    held_on = DayField(label="Ngày họp kiểm điểm")
    method = forms.ChoiceField(label="Cách bỏ phiếu", choices=Method.choices)
    eligible = _count("Số đồng chí có quyền bỏ phiếu")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_on"].today = today  # type: ignore[attr-defined]


class RemarkForm(PlainForm):
    text = _text("Nhận xét của chi ủy", hint="Chỉ ghi sự việc, kết quả công việc.")
    dues = forms.ChoiceField(label="Đảng phí trong năm", choices=Dues.choices)
    mended = forms.ChoiceField(label="Hạn chế, khuyết điểm đã chỉ ra kỳ trước", choices=Mended.choices)


class TallyForm(PlainForm):
    """One number for each grade of the scheme."""

    handed_out = _count("Phiếu phát ra")
    invalid = _count("Phiếu không hợp lệ", required=False)

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [level.code for level in scheme.best_first]
        for level in scheme.best_first:
            field = _count(level.name, required=False)
            speak(field)
            self.fields[f"muc-{level.code}"] = field

    @property
    def votes(self) -> dict[str, int]:
        return {code: self.cleaned_data.get(f"muc-{code}") or 0 for code in self.codes}


class GradeForm(PlainForm):
    grade = forms.ChoiceField(label="Mức")
    reason = _line("Lý do", required=False)

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grade"].choices = grade_choices(scheme, empty="Chọn mức")  # type: ignore[attr-defined]


class HandedOutForm(PlainForm):
    """The ballots handed out, the same number for every member."""

    handed_out = _count("Phiếu phát ra")


class BallotRowForm(TallyForm):
    """A row of the table of ballots: a number for each grade, the proposed grade, the version it was read in."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    grade = forms.ChoiceField(label="Mức đề nghị", required=False)
    reason = _line("Lý do", required=False)

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, scheme=scheme, **kwargs)
        del self.fields["handed_out"]
        short = [(level.code, level.short_name) for level in scheme.best_first]
        self.fields["grade"].choices = [("", "Mức đề nghị"), *short]  # type: ignore[attr-defined]
        self.fields["reason"].widget.attrs["placeholder"] = "Lý do, nếu chưa đủ phiếu"
        for level in scheme.best_first:
            self.fields[f"muc-{level.code}"].label = level.short_name

    @property
    def counts(self) -> list[forms.BoundField]:
        return [self[f"muc-{code}"] for code in self.codes]


class NotRatedForm(PlainForm):
    code = forms.ChoiceField(label="Lý do không xếp loại", required=False)
    reason = _line("Căn cứ", hint="Ví dụ: kết nạp ngày 01/9/2026, chưa đủ thời gian.")

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [  # type: ignore[attr-defined]
            ("", "Xếp loại như bình thường"),
            *((reason.code, reason.name) for reason in scheme.not_rated),
        ]


class CompleteForm(PlainForm):
    grade = forms.ChoiceField(label="Mức", required=False)
    not_rated = forms.ChoiceField(label="Hoặc lý do không xếp loại", required=False)
    decision = _line("Số quyết định bổ sung", most=60, hint="Ví dụ: 47-QĐ/ĐU.")

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grade"].choices = grade_choices(scheme, empty="Không chọn mức")  # type: ignore[attr-defined]
        self.fields["not_rated"].choices = [  # type: ignore[attr-defined]
            ("", "Không chọn lý do"),
            *((reason.code, reason.name) for reason in scheme.not_rated),
        ]


class SelfReviewForm(PlainForm):
    """The member's own words, the points of each part where the rule gives points, the grade they take for theirs."""

    strengths = _text("Ưu điểm, kết quả đạt được", rows=6)
    shortcomings = _text("Hạn chế, khuyết điểm và nguyên nhân", required=False)
    earlier = _text("Kết quả khắc phục hạn chế đã chỉ ra trước đây", required=False)
    remedy = _text("Phương hướng, biện pháp khắc phục", required=False)

    def __init__(self, *args: Any, scheme: Scheme, must: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["strengths"].required = must
        self.parts = {part.code: f"diem-{part.code}" for part in scheme.parts}
        for part in scheme.parts:
            field = _count(f"Điểm tự chấm: {part.name}", most=part.most, required=False)
            field.help_text = f"Từ 0 đến {part.most}."
            speak(field)
            self.fields[self.parts[part.code]] = field
        grade = forms.ChoiceField(
            label="Tự nhận mức", required=must, choices=grade_choices(scheme, empty="Chưa chọn")
        )
        speak(grade)
        self.fields["grade"] = grade

    @property
    def points(self) -> dict[str, int]:
        told = {code: self.cleaned_data.get(name) for code, name in self.parts.items()}
        return {code: points for code, points in told.items() if points is not None}


class WordForm(PlainForm):
    text = _text("Ý kiến của tôi")


class PromptForm(PlainForm):
    text = _text("Nội dung gợi ý kiểm điểm", hint="Nêu sự việc cần làm rõ, không nêu suy đoán.")


class AnswerForm(PlainForm):
    """A grade and its decision are only asked where an appeal is answered."""

    text = _text("Trả lời")

    def __init__(self, *args: Any, scheme: Scheme, is_appeal: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_appeal:
            grade = forms.ChoiceField(
                label="Mức sau khi xem xét lại",
                required=False,
                choices=grade_choices(scheme, empty="Giữ mức đã quyết định"),
            )
            basis = _line("Số quyết định thay đổi mức", most=60, required=False)
            for field in (grade, basis):
                speak(field)
            self.fields |= {"grade": grade, "basis": basis}


class ReasonForm(PlainForm):
    reason = _line("Lý do trả lại", hint="Nêu đồng chí nào, cần làm lại điều gì.")


class DecisionForm(PlainForm):
    decision = _line("Số quyết định", most=60, hint="Ví dụ: 45-QĐ/ĐU.")


class _LevelsField(forms.MultipleChoiceField):
    """Grades to tick; the value is their codes in one line, as a correction is written down."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> str:
        return " ".join(super().clean(value))


class CorrectionForm(PlainForm):
    """A value of the rule: a number or words to write, one of a list, or grades to tick."""

    decision_number = _line("Số quyết định, hướng dẫn", most=60, hint="Ví dụ: 12-HD/TU.")
    decided_on = DayField(label="Ngày ký")

    def __init__(
        self, *args: Any, value: Value, today: date, levels: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_on"].today = today  # type: ignore[attr-defined]
        field = _value_field(value, levels)
        speak(field)
        self.fields = {"value": field, **self.fields}


def _value_field(value: Value, levels: list[tuple[str, str]]) -> forms.Field:
    if levels:
        return _LevelsField(label="Giá trị mới", choices=levels, initial=value.value)
    choices, told = choices_of(value), str(value.value)
    if choices:
        return forms.ChoiceField(label="Giá trị mới", choices=list(choices.items()), initial=told)
    return forms.CharField(
        label="Giá trị mới", max_length=120, initial=told, widget=forms.TextInput(attrs=_PLAIN)
    )
