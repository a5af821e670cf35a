"""Names put together from common parts. None is taken from a person; well-known names are kept out."""

from dataclasses import dataclass

from phancong.common.text import fold
from phancong.sample.chance import Chance


@dataclass(frozen=True, slots=True)
class Name:
    full: str
    family: str
    middle: str
    given: str


KINH_FAMILIES = (
    ("Nguyễn", 34), ("Trần", 12), ("Lê", 10), ("Phạm", 8), ("Hoàng", 4), ("Huỳnh", 5), ("Phan", 5), ("Vũ", 3),
    ("Võ", 5), ("Đặng", 3), ("Bùi", 3), ("Đỗ", 3), ("Hồ", 2), ("Ngô", 2), ("Dương", 2), ("Đoàn", 1), ("Mai", 1),
    ("Trịnh", 1), ("Đinh", 1), ("Lương", 1), ("Tạ", 1), ("Cao", 1), ("Tô", 0.5), ("Quách", 0.3),
)  # fmt: skip
MIDDLES = {
    "male": (
        "Văn",
        "Văn",
        "Đình",
        "Quang",
        "Ngọc",
        "Thanh",
        "Hữu",
        "Công",
        "Xuân",
        "Minh",
        "Đức",
        "Trọng",
        "Quốc",
    ),
    "female": ("Thị", "Thị", "Thị", "Thị Thu", "Thị Ngọc", "Thị Kim", "Thị Mỹ", "Ngọc", "Thanh", "Thị Thanh"),
}
GIVENS = {
    "male": (
        "An", "Ẩn", "Bình", "Bảo", "Cảnh", "Chiến", "Cường", "Danh", "Dũng", "Duy", "Đạt", "Định", "Đông", "Giang",
        "Hải", "Hậu", "Hiệp", "Hiếu", "Hòa", "Hoàn", "Hùng", "Huy", "Khánh", "Khoa", "Kiên", "Lâm", "Lộc", "Long",
        "Mạnh", "Nam", "Nghĩa", "Nhân", "Phát", "Phong", "Phúc", "Quân", "Quý", "Sang", "Sơn", "Tài", "Tâm", "Tân",
        "Thái", "Thắng", "Thành", "Thiện", "Thịnh", "Thuận", "Tiến", "Toàn", "Trung", "Tuấn", "Tùng", "Việt", "Vinh",
        "Vượng", "Ý", "Yên",
    ),
    "female": (
        "Anh", "Ánh", "Bích", "Châu", "Chi", "Cúc", "Diệp", "Dung", "Duyên", "Đào", "Giang", "Hà", "Hạnh", "Hằng",
        "Hiền", "Hoa", "Hồng", "Huệ", "Hương", "Lan", "Liên", "Linh", "Loan", "Lý", "Mai", "Minh", "Nga", "Ngân",
        "Nguyệt", "Nhàn", "Nhung", "Oanh", "Phượng", "Quyên", "Sen", "Tâm", "Thảo", "Thoa", "Thơm", "Thu", "Thủy",
        "Trang", "Trinh", "Tuyết", "Vân", "Xuân", "Yến",
    ),
}  # fmt: skip
JRAI_FAMILIES = (
    ("Rah Lan", 5), ("Ksor", 6), ("Siu", 5), ("Nay", 5), ("Kpă", 4), ("Rcom", 4), ("Rmah", 3), ("Rơ Ô", 2),
)  # fmt: skip
JRAI_GIVENS = {
    "male": (
        "Blơ", "Biên", "Bring", "Drơi", "Đôn", "Hlơt", "Hyiu", "Jú", "Khơ", "Krông", "Lơk", "Mlưng", "Nhơn", "Ngơl",
        "Phin", "Plơh", "Suih", "Thim", "Thơ", "Thuk", "Tlơi", "Wơn", "Yăn", "Yông",
    ),
    "female": (
        "H'Bia", "H'Blem", "H'Dun", "H'Hiêp", "H'Juê", "H'Kiêu", "H'Lan", "H'Loan", "H'Mlơ", "H'Nga", "H'Ngan",
        "H'Nhung", "H'Pring", "H'Rin", "H'Ruih", "H'Suin", "H'Thuy", "H'Tuyên", "H'Yuin", "H'Yum",
    ),
}  # fmt: skip
OTHER_FAMILIES = {
    "bahnar": (("Đinh", 1),),
    "tay": (("Nông", 3), ("Hoàng", 2), ("Hà", 1), ("Ma", 1)),
    "nung": (("Lương", 2), ("Lục", 2), ("Nông", 1), ("Vi", 1)),
}
BAHNAR_GIVENS = {
    "male": ("Hyưm", "Khuôn", "Plênh", "Thơm", "Yưk"),
    "female": ("Glơi", "Hơ Nhui", "Mlênh", "Pơng"),
}
EDE_CLANS = ("Niê", "Mlô", "Ayŭn", "Kbuôr")
EDE_GIVENS = {
    "male": ("Y Bhem", "Y Dlul", "Y Klok", "Y Sum"),
    "female": ("H'Blơi", "H'Duôn", "H'Mai", "H'Rô"),
}

# People that everybody knows, of the country and of the province; a drawn name that equals one is drawn again.
WELL_KNOWN = (
    "Hồ Chí Minh", "Nguyễn Ái Quốc", "Nguyễn Tất Thành", "Tôn Đức Thắng", "Trần Phú", "Lê Hồng Phong", "Hà Huy Tập",
    "Nguyễn Văn Cừ", "Nguyễn Thị Minh Khai", "Lê Duẩn", "Phạm Văn Đồng", "Võ Nguyên Giáp", "Phạm Hùng", "Lê Đức Thọ",
    "Nguyễn Chí Thanh", "Nguyễn Văn Linh", "Đỗ Mười", "Võ Văn Kiệt", "Võ Chí Công", "Lê Đức Anh", "Lê Khả Phiêu",
    "Phan Văn Khải", "Trần Đức Lương", "Nông Đức Mạnh", "Nguyễn Minh Triết", "Nguyễn Tấn Dũng", "Nguyễn Sinh Hùng",
    "Trương Tấn Sang", "Nguyễn Phú Trọng", "Trần Đại Quang", "Nguyễn Xuân Phúc", "Nguyễn Thị Kim Ngân",
    "Vương Đình Huệ", "Võ Văn Thưởng", "Phạm Minh Chính", "Tô Lâm", "Lương Cường", "Trần Thanh Mẫn", "Trần Cẩm Tú",
    "Lê Minh Hưng", "Nguyễn Hòa Bình", "Nguyễn Văn Nên", "Phan Đình Trạc", "Phan Văn Giang", "Lương Tam Quang",
    "Nguyễn Trọng Nghĩa", "Đỗ Văn Chiến", "Bùi Thị Minh Hoài", "Trần Lưu Quang", "Hồ Đức Phớc", "Lê Thành Long",
    "Nguyễn Thị Định", "Nguyễn Thị Bình", "Nguyễn Thị Doan", "Trương Thị Mai", "Đặng Thị Ngọc Thịnh",
    "Lê Hồng Anh", "Đinh Thế Huynh", "Tòng Thị Phóng", "Đinh La Thăng", "Hoàng Trung Hải", "Nguyễn Thiện Nhân",
    "Vũ Đức Đam", "Phạm Bình Minh", "Nguyễn Chí Dũng", "Bùi Thanh Sơn", "Mai Văn Chính", "Lê Hoài Trung",
    "Hồ Quốc Dũng", "Thái Đại Ngọc", "Phạm Anh Tuấn", "Hồ Văn Niên", "Dương Văn Trang", "Trương Hải Long",
    "Võ Ngọc Thành", "Phạm Thế Dũng", "Hà Sơn Nhin", "Rah Lan Chung", "Ksor Phước", "Ksor Nham", "Ksor Kơk",
    "Nay Der", "Siu Hương", "Siu Black", "Rơ Chăm Phiang", "Y Moan", "Y Ngông Niê", "Nơ Trang Lơng", "Đinh Núp",
    "Kpă Klơng", "Kpă Thuyên", "Rcom Sa Duyên", "Võ Thị Sáu", "Lý Tự Trọng", "Phan Đình Giót", "Phan Đình Phùng",
    "Trần Quang Khải", "Trần Quốc Toản", "Trần Bình Trọng", "Lê Văn Tám", "Nguyễn Văn Trỗi", "Nguyễn Viết Xuân",
)  # fmt: skip
WELL_KNOWN_FOLDED = frozenset(fold(name) for name in WELL_KNOWN)


def is_well_known(full_name: str) -> bool:
    return fold(full_name) in WELL_KNOWN_FOLDED


def draw_name(chance: Chance, *, people: str, sex: str) -> Name:
    """A name as people of `people` (a language code) bear it."""
    while True:
        name = _draw(chance, people, sex)
        if not is_well_known(name.full):
            return name


def _draw(chance: Chance, people: str, sex: str) -> Name:
    if people == "jrai":
        return _joined(chance.weighted(JRAI_FAMILIES), "", chance.pick(JRAI_GIVENS[sex]))
    if people == "ede":
        # The clan stands last, and the given name is of two parts.
        given, clan = chance.pick(EDE_GIVENS[sex]), chance.pick(EDE_CLANS)
        return Name(f"{given} {clan}", clan, "", given)
    if people == "bahnar":
        return _joined(chance.weighted(OTHER_FAMILIES[people]), "", chance.pick(BAHNAR_GIVENS[sex]))
    family = chance.weighted(OTHER_FAMILIES.get(people, KINH_FAMILIES))
    return _joined(family, chance.pick(MIDDLES[sex]), chance.pick(GIVENS[sex]))


def _joined(family: str, middle: str, given: str) -> Name:
    return Name(" ".join(part for part in (family, middle, given) if part), family, middle, given)
