"""Folding and ordering do not depend on how letters are composed, and names sort as Vietnamese does."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from phancong.common.text import clean, fold, name_order_key, order_key, split_name

LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
NAMES = st.text(LETTERS + LETTERS.upper() + " '", min_size=1, max_size=40)


@given(NAMES)
def test_composed_and_decomposed_text_fold_and_sort_alike(name: str) -> None:
    other = unicodedata.normalize("NFD", name)
    assert (fold(other), order_key(other), clean(other)) == (fold(name), order_key(name), clean(name))


@given(st.text(max_size=60))
@example("0\r\x1b\x850")
@example("a\x01\u0301")
def test_cleaning_and_folding_twice_is_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert fold(fold(text)) == fold(text)


@given(NAMES, st.sampled_from("’‘ʼʻʹ′＇`´"))
def test_every_apostrophe_folds_like_the_straight_one(name: str, mark: str) -> None:
    assert fold(name.replace("'", mark)) == fold(name)


@given(NAMES.filter(lambda name: bool(clean(name))))
def test_the_parts_of_a_name_make_the_name(name: str) -> None:
    assert " ".join(part for part in split_name(name) if part) == clean(name)


@given(st.lists(NAMES, max_size=8))
def test_keys_are_digits_so_that_every_database_sorts_alike(names: list[str]) -> None:
    assert all(set(order_key(name)) <= set("0123456789 ") for name in names)


def test_names_stand_in_vietnamese_order_by_given_name() -> None:
    names = [
        "Trần Văn Đạt",
        "Lê Thị Dung",
        "Lê Văn Dũng",
        "Nguyễn Thị Hoà",
        "Bùi Thị Hòa",
        "Lê Văn Dụng",
        "Lý Hoa",
    ]

    def key(name: str) -> str:
        family, middle, given = split_name(name)
        return name_order_key(family=family, middle=middle, given=given)

    assert sorted(names, key=key) == [
        "Lê Thị Dung", "Lê Văn Dũng", "Lê Văn Dụng", "Trần Văn Đạt", "Lý Hoa", "Bùi Thị Hòa", "Nguyễn Thị Hoà",
    ]  # fmt: skip
