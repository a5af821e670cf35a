"""The columns of a roster: what each is called here and on other people's sheets."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from phancong.common.text import clean, fold


class Key(StrEnum):
    ERRORS = "errors"
    NUMBER = "number"
    NAME = "name"
    BIRTH = "birth"
    BIRTH_DAY = "birth_day"
    BIRTH_MONTH = "birth_month"
    BIRTH_YEAR = "birth_year"
    BIRTH_MALE = "birth_male"
    BIRTH_FEMALE = "birth_female"
    SEX = "sex"
    SEX_MALE = "sex_male"
    SEX_FEMALE = "sex_female"
    CARD = "card"
    ADMITTED = "admitted"
    OFFICIAL = "official"
    CELL = "cell"
    CATEGORY = "category"
    STATUS = "status"
    EDUCATION = "education"
    PROFESSION = "profession"
    PROFESSIONAL_LEVEL = "professional_level"
    PROFESSIONAL_FIELD = "professional_field"
    THEORY = "theory"
    POST = "post"
    ANY_POST = "any_post"
    OCCUPATION = "occupation"
    WORKPLACE = "workplace"
    RESIDENCE = "residence"
    MASS = "mass"
    LANGUAGES = "languages"
    SKILLS = "skills"
    LIMITS = "limits"
    WISHES = "wishes"
    GROUP = "group"
    ROW_VERSION = "row_version"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title in the product's own template (empty: understood, but not offered), and other titles."""

    key: Key
    title: str
    also: tuple[str, ...] = ()
    width: float = 16


COLUMNS = (
    Column(Key.NUMBER, "STT", ("tt", "so tt", "so thu tu"), 6),
    Column(
        Key.NAME,
        "Họ và tên",
        (
            "ho ten",
            "ho va ten dang vien",
            "ten dang vien",
            "ho ten dang vien",
            "ho chu dem va ten",
            "ho ten khai sinh",
            "ho va ten khai sinh",
            "dang vien",
            "ho va ten dv",
            "ho ten dv",
            "ho ten dang dung",
            "ho va ten dang dung",
        ),
        28,
    ),
    Column(
        Key.BIRTH,
        "Ngày sinh",
        (
            "ngay thang nam sinh",
            "sinh ngay",
            "ns",
            "nam sinh",
            "ngay sinh nam sinh",
            "ngay thang sinh",
            "sinh ngay thang nam",
            "ntns",
        ),
        13,
    ),
    Column(Key.BIRTH_DAY, "", ("ngay sinh ngay", "sinh ngay ngay", "ngay thang nam sinh ngay")),
    Column(Key.BIRTH_MONTH, "", ("thang sinh", "ngay sinh thang", "ngay thang nam sinh thang")),
    Column(Key.BIRTH_YEAR, "", ("ngay sinh nam sinh nam", "ngay thang nam sinh nam sinh")),
    Column(Key.BIRTH_MALE, "", ("ngay sinh nam", "ngay thang nam sinh nam", "nam sinh nam")),
    Column(Key.BIRTH_FEMALE, "", ("ngay sinh nu", "ngay thang nam sinh nu", "nam sinh nu")),
    Column(Key.SEX, "Giới tính", ("gioi", "phai", "nam nu", "gt"), 10),
    Column(Key.SEX_MALE, "", ("gioi tinh nam",)),
    Column(Key.SEX_FEMALE, "", ("gioi tinh nu",)),
    Column(
        Key.CARD,
        "Số thẻ đảng viên",
        (
            "so the",
            "so the dang",
            "the dang vien",
            "so the dv",
            "ma dang vien",
            "so the dang vien 8 so",
            "so tdv",
            "so hieu dang vien",
        ),
        13,
    ),
    Column(
        Key.ADMITTED,
        "Ngày vào Đảng",
        (
            "ngay ket nap",
            "ket nap",
            "ngay vao dang du bi",
            "ngay vao dcsvn",
            "vao dang",
            "ngay ket nap dang",
            "ngay du bi",
            "ngay vao dang ngay ket nap",
            "ngay thang nam vao dang",
            "ngay ket nap vao dang",
            "ngay thang nam ket nap",
            "ngay vao dang ket nap",
            "ngay vao dang lan dau",
            "ngay kn",
        ),
        13,
    ),
    Column(
        Key.OFFICIAL,
        "Ngày chính thức",
        (
            "chinh thuc",
            "ngay vao dang chinh thuc",
            "ngay cong nhan chinh thuc",
            "ngay cong nhan dang vien chinh thuc",
            "ngay cong nhan",
            "ngay chuyen chinh thuc",
            "vao dang chinh thuc",
            "ngay thang nam chinh thuc",
            "ngay thang nam vao dang chinh thuc",
            "ngay ct",
            "ngay cnct",
            "ngay cong nhan dv chinh thuc",
        ),
        13,
    ),
    Column(
        Key.CELL,
        "Chi bộ",
        (
            "ten chi bo",
            "chi bo sinh hoat",
            "chi bo dang sinh hoat",
            "noi sinh hoat",
            "sinh hoat tai chi bo",
            "ma chi bo",
            "thuoc chi bo",
            "sinh hoat dang tai",
            "don vi sinh hoat",
            "sinh hoat tai",
            "noi sinh hoat dang",
            "chi bo truc thuoc",
            "to chuc dang dang sinh hoat",
        ),
        28,
    ),
    Column(
        Key.CATEGORY, "Diện", ("dien dang vien", "doi tuong", "loai dang vien", "doi tuong dang vien"), 22
    ),
    Column(
        Key.STATUS,
        "Trạng thái",
        ("tinh trang", "tinh trang sinh hoat", "tinh trang dang vien", "trang thai sinh hoat"),
        20,
    ),
    Column(
        Key.EDUCATION,
        "Học vấn",
        (
            "trinh do hoc van",
            "van hoa",
            "trinh do van hoa",
            "gdpt",
            "giao duc pho thong",
            "trinh do gdpt",
            "trinh do hoc van pho thong",
            "trinh do pho thong",
            "tdvh",
            "tdhv",
            "hoc van pho thong",
            "trinh do gd pho thong",
        ),
        18,
    ),
    Column(
        Key.PROFESSION,
        "Chuyên môn",
        (
            "trinh do chuyen mon",
            "chuyen mon nghiep vu",
            "trinh do chuyen mon nghiep vu",
            "cmnv",
            "trinh do cm",
            "bang cap",
            "trinh do cmnv",
            "chuyen mon dao tao",
            "hoc ham hoc vi",
            "hoc vi",
            "trinh do",
        ),
        24,
    ),
    Column(Key.PROFESSIONAL_LEVEL, "", ("bac dao tao", "trinh do dao tao")),
    Column(Key.PROFESSIONAL_FIELD, "", ("nganh", "chuyen nganh", "nganh dao tao", "chuyen nganh dao tao")),
    Column(
        Key.THEORY,
        "Lý luận chính trị",
        (
            "ly luan",
            "trinh do ly luan chinh tri",
            "trinh do ly luan",
            "llct",
            "trinh do llct",
            "chinh tri",
            "ly luan ct",
            "tdllct",
            "trinh do chinh tri",
            "trinh do lyluan chinh tri",
        ),
        18,
    ),
    Column(
        Key.POST,
        "Chức vụ Đảng",
        (
            "chuc vu trong dang",
            "chuc danh dang",
            "chuc vu cap uy",
            "cap uy",
            "cv dang",
            "chuc vu dang kiem nhiem",
            "chuc vu dang hien nay",
            "chuc vu dang chinh quyen doan the",
        ),
        18,
    ),
    Column(Key.ANY_POST, "", ("chuc vu", "chuc danh", "chuc vu hien nay")),
    Column(
        Key.OCCUPATION,
        "Nghề nghiệp, chức vụ công tác",
        (
            "nghe nghiep",
            "chuc vu cong tac",
            "cong viec",
            "nghe nghiep hien nay",
            "chuc vu chinh quyen",
            "nghe nghiep chuc vu",
            "viec lam",
            "cong viec hien nay",
            "cong viec dang lam",
            "nghe nghiep ban than",
            "chuc vu chuyen mon",
        ),
        26,
    ),
    Column(
        Key.WORKPLACE,
        "Nơi làm việc",
        (
            "don vi cong tac",
            "co quan cong tac",
            "noi cong tac",
            "don vi",
            "co quan",
            "co quan don vi",
            "noi lam viec don vi cong tac",
        ),
        24,
    ),
    Column(
        Key.RESIDENCE,
        "Nơi cư trú",
        (
            "noi o",
            "cho o",
            "dia chi",
            "cho o hien nay",
            "noi cu tru thon to",
            "thon to",
            "noi o hien nay",
            "thon",
            "to dan pho",
            "thon to dan pho",
            "thon buon to dan pho",
            "dia chi thuong tru",
            "thuong tru",
            "noi thuong tru",
            "ho khau thuong tru",
            "noi cu tru hien nay",
            "cu tru",
            "noi o hien tai",
        ),
        18,
    ),
    Column(
        Key.MASS,
        "Đoàn thể",
        (
            "doan the tham gia",
            "tham gia doan the",
            "hoi doan the",
            "doan the chinh tri xa hoi",
            "to chuc ct xh",
            "hoi vien doan the",
        ),
        22,
    ),
    Column(
        Key.LANGUAGES, "Tiếng nói", ("ngon ngu", "tieng dan toc", "biet tieng", "tieng dan toc thieu so"), 16
    ),
    Column(
        Key.SKILLS, "Kỹ năng", ("so truong", "ky nang so truong", "nang luc", "kha nang", "nang khieu"), 22
    ),
    Column(
        Key.LIMITS,
        "Giới hạn công việc",
        ("gioi han", "suc khoe han che", "luu y suc khoe", "han che cong viec"),
        26,
    ),
    Column(Key.WISHES, "Nguyện vọng", ("nguyen vong cong tac", "nguyen vong phan cong", "mong muon"), 22),
    Column(Key.GROUP, "Nhóm hộ phụ trách", ("nhom ho", "phu trach ho", "ho phu trach"), 20),
    Column(Key.ROW_VERSION, "Phiên bản", ("phien ban dong",), 10),
    Column(Key.ERRORS, "", ("loi",)),
)

TITLES = {column.key: column.title for column in COLUMNS}
OBLIGATORY = (Key.NAME, Key.BIRTH, Key.ADMITTED, Key.CELL)
# Any of these gives a day of birth.
BIRTH_KEYS = frozenset({Key.BIRTH, Key.BIRTH_YEAR, Key.BIRTH_MALE, Key.BIRTH_FEMALE})
DATE_KEYS = frozenset({Key.BIRTH, Key.BIRTH_MALE, Key.BIRTH_FEMALE, Key.ADMITTED, Key.OFFICIAL})
# What one merged cell may say for all the rows it covers.
SHARED_KEYS = frozenset(
    {
        Key.CELL,
        Key.CATEGORY,
        Key.STATUS,
        Key.WORKPLACE,
        Key.RESIDENCE,
        Key.SEX,
        Key.NUMBER,
        Key.MASS,
        Key.LANGUAGES,
    }
)
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_BRACKETED = re.compile(r"\([^()]*\)")


@lru_cache(maxsize=20_000)
def normalized(title: str) -> str:
    return _NOT_LETTERS.sub(" ", fold(title)).strip()


_BY_TITLE: dict[str, Key] = {
    name: column.key
    for column in COLUMNS
    for name in (*((normalized(column.title),) if column.title else ()), *column.also)
}
# Compared with their marks: without them "Nam" (men) and "Năm" (year) are one word.
_SEXES = {"nam": Key.SEX_MALE, "nữ": Key.SEX_FEMALE}
# What looks like a column we know and is another.
_LEFT_ALONE = re.compile(
    r"(?:so|ngay|noi|co quan) (?:quyet dinh|qd|cap|ra quyet dinh)\b|(?:noi|chi bo) (?:ket nap|cong nhan)\b"
    r"|nguoi gioi thieu|que quan|nguyen quan|noi sinh(?! hoat)|ngay (?:chuyen den|chuyen di|tuyen dung)"
)
_LONGEST_FIRST = sorted((title for title in _BY_TITLE if len(title) > 5), key=len, reverse=True)


def key_of(title: str, *, loosely: bool = True) -> Key | None:
    """The column a title means: exactly, without what stands in brackets, or by the longest known title inside it."""
    if (sex := _SEXES.get(clean(title).lower())) is not None:
        return sex
    for text in (normalized(title), normalized(_BRACKETED.sub(" ", title))):
        if text in _BY_TITLE:
            return _BY_TITLE[text]
    if not loosely or len(title) > 80 or _LEFT_ALONE.match(normalized(title)):
        return None
    padded = f" {normalized(_BRACKETED.sub(' ', title))} "
    return next((_BY_TITLE[known] for known in _LONGEST_FIRST if f" {known} " in padded), None)
