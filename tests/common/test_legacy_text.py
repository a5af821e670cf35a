"""TCVN3 and VNI are recognised and converted; Unicode is left alone."""

import random
import unicodedata

import pytest

from phancong.common.legacy_text import Encoding, decode, guess
from phancong.common.text import fold, split_name
from tests.members.legacy import to_tcvn3, to_vni

FAMILIES = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
    "Đinh",
    "Trương",
    "Lưu",
    "Mạc",
    "Tô",
    "Quách",
    "Cù",
]
MIDDLES = [
    "Văn",
    "Thị",
    "Đức",
    "Hữu",
    "Ngọc",
    "Quốc",
    "Xuân",
    "Minh",
    "Thanh",
    "Bá",
    "Đình",
    "Công",
    "Thị",
    "Kim",
    "Mỹ",
    "Thế",
    "Tuấn",
    "Thúy",
    "Hồng",
    "Viết",
]
GIVENS = [
    "An",
    "Ánh",
    "Bình",
    "Bảo",
    "Cường",
    "Chiến",
    "Dũng",
    "Duyên",
    "Đạt",
    "Đức",
    "Giang",
    "Hà",
    "Hải",
    "Hạnh",
    "Hằng",
    "Hiền",
    "Hiếu",
    "Hoa",
    "Hòa",
    "Hùng",
    "Hường",
    "Huệ",
    "Khánh",
    "Kiên",
    "Lan",
    "Liên",
    "Linh",
    "Loan",
    "Lộc",
    "Lợi",
    "Mai",
    "Mạnh",
    "Nga",
    "Nghĩa",
    "Nguyệt",
    "Nhung",
    "Oanh",
    "Phúc",
    "Phương",
    "Phượng",
    "Quang",
    "Quyên",
    "Quỳnh",
    "Sơn",
    "Tâm",
    "Thảo",
    "Thắng",
    "Thủy",
    "Tiến",
    "Toàn",
    "Trang",
    "Tuấn",
    "Tuyết",
    "Tùng",
    "Uyên",
    "Vân",
    "Việt",
    "Vinh",
    "Xuyến",
    "Yến",
    "Ý",
    "Ước",
    "Kỷ",
    "Lữ",
]
ETHNIC = [
    "Y Nuê Ayŭn",
    "H'Biă Êban",
    "Rơ Châm H'Bưng",
    "Niê Kdăm",
    "Siu Blŏ",
    "Ksor H'Lưk",
    "A Biu",
    "Y Thịnh Niê",
    "Êban",
    "Niê",
]
WORDS = [
    "Đại học",
    "café",
    "Pháp lệnh số 5/12 ½",
    "25°",
    "m²",
    "Hội Nông dân",
    "Chi bộ thôn 1",
    "Võ",
    "Thê",
    "Hà",
    "Tô",
]


def names(count: int) -> list[str]:
    rng = random.Random(7)
    return [f"{rng.choice(FAMILIES)} {rng.choice(MIDDLES)} {rng.choice(GIVENS)}" for _ in range(count)]


@pytest.mark.parametrize(("encoding", "typed"), [(Encoding.TCVN3, to_tcvn3), (Encoding.VNI, to_vni)])
def test_names_in_old_encodings_come_out_right(encoding: Encoding, typed: object) -> None:
    wanted = names(500)
    # TCVN3 has no capitals with marks of tone, so first letters such as "Ánh" are compared in small letters.
    read = [decode(text, guess(text)) for text in (typed(name) for name in wanted)]  # type: ignore[operator]
    right = sum(one.lower() == other.lower() for one, other in zip(read, wanted, strict=True))
    assert right / len(wanted) >= 0.995


def test_unicode_is_never_taken_for_something_old() -> None:
    texts = [*names(5000), *ETHNIC, *WORDS, *(name.upper() for name in names(200))]
    texts += [unicodedata.normalize("NFD", name) for name in names(200)]
    assert [text for text in texts if guess(text) is not Encoding.UNICODE] == []


def test_single_syllables_are_read_by_the_encoding_of_their_file() -> None:
    assert guess("Sôn") is Encoding.UNICODE
    assert decode("Sôn", guess("Sôn", hint=Encoding.VNI)) == "Sơn"


def test_fonts_of_capitals_give_capitals() -> None:
    assert decode("NguyÔn V¨n", Encoding.TCVN3, capitals=True) == "NGUYỄN VĂN"
    assert decode("NGUYÔN V¡N", Encoding.TCVN3) == "NGUYỄN VĂN"


@pytest.mark.parametrize("name", [*names(300), *ETHNIC])
def test_composed_and_decomposed_names_are_one(name: str) -> None:
    assert fold(unicodedata.normalize("NFD", name)) == fold(name)
    assert " ".join(part for part in split_name(name) if part) == name
