"""What a form of the product answers to each wrong thing."""

import pytest
from django import forms

from phancong.common.forms import PlainForm


class Asked(PlainForm):
    work = forms.CharField(label="Việc gì", max_length=5)
    people = forms.IntegerField(label="Số người", min_value=1, max_value=200)
    kind = forms.ChoiceField(label="Nhóm", choices=[("a", "A")], error_messages={"required": "Chọn nhóm."})


RIGHT = {"work": "Làm", "people": "2", "kind": "a"}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"work": ""}, "“Việc gì” còn trống. Ghi vào ô này rồi gửi lại."),
        ({"work": "Làm cầu"}, "“Việc gì” dài 7 ký tự, nhiều nhất là 5. Rút ngắn rồi gửi lại."),
        (
            {"work": "L\0"},
            "“Việc gì” có ký tự hỏng không nhìn thấy được. Xóa hết ô này rồi gõ lại.",
        ),
        ({"people": "hai"}, "“Số người” phải là số nguyên. Ghi một số từ 1 đến 200, bằng chữ số."),
        ({"people": "0"}, "“Số người” nhỏ nhất là 1. Ghi lại một số từ 1 đến 200."),
        ({"people": "201"}, "“Số người” lớn nhất là 200. Ghi lại một số từ 1 đến 200."),
        ({"kind": "b"}, "“Nhóm” không có mục đã chọn. Chọn lại trong danh sách."),
        ({"kind": ""}, "Chọn nhóm."),
    ],
)
def test_each_fault_has_a_sentence_of_its_own(wrong: dict[str, str], sentence: str) -> None:
    form = Asked(RIGHT | wrong)
    assert [message for messages in form.errors.values() for message in messages] == [sentence]


def test_what_is_right_has_no_fault() -> None:
    assert Asked(RIGHT).errors == {}
