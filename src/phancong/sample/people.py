"""The people by whom the demonstration can be entered: one of each kind, with what there is to see."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from phancong.members.enums import Status
from phancong.sample.history import Sample
from phancong.sample.lives import Life
from phancong.sample.places import REFORM, SMALL_CELL, TOWN, WARD
from phancong.sample.posts import Held

OFFICE_CELL, LARGE_CELL, SISTER_CELL, SCHOOL_CELL, VILLAGE_CELL = (
    "CS-VPTU",
    "CB-CR-01",
    "CB-CR-02",
    "CS-TIEUHOC",
    "CB-CR-07",
)
POSTS = (
    ("bi-thu-dang-uy", "secretary", "", "Bí thư đảng ủy: xem mọi tổ chức đảng trực thuộc."),
    ("pho-bi-thu-dang-uy", "deputy_secretary", "", "Phó bí thư đảng ủy."),
    (
        "dang-uy-vien",
        "committee_member",
        "",
        "Đảng ủy viên: xem tổ chức đảng, đảng viên và kế hoạch phân công.",
    ),
    ("bi-thu-to-dan-pho-1", "secretary", LARGE_CELL, "Bí thư chi bộ: lập và sửa kế hoạch của chi bộ mình."),
    ("pho-bi-thu-to-dan-pho-1", "deputy_secretary", LARGE_CELL, "Phó bí thư cùng chi bộ."),
    (
        "chi-uy-vien-to-dan-pho-1",
        "cell_committee_member",
        LARGE_CELL,
        "Chi ủy viên cùng chi bộ: xem, không sửa.",
    ),
    ("bi-thu-to-dan-pho-2", "secretary", SISTER_CELL, "Bí thư chi bộ bên cạnh: chỉ thấy chi bộ của mình."),
    ("bi-thu-buon-ama-plei", "secretary", VILLAGE_CELL, "Bí thư chi bộ buôn: có việc cần tiếng Jrai."),
    ("bi-thu-buon-chu-droi", "secretary", SMALL_CELL, "Bí thư chi bộ ít đảng viên nhất."),
    ("bi-thu-truong-tieu-hoc", "secretary", SCHOOL_CELL, "Bí thư chi bộ cơ quan: đảng viên là giáo viên."),
)
# Sign-in name, role and what there is to see, for the members of the office's cell who have no post, in their order.
APPOINTED = (
    ("van-phong", "office", "Văn phòng: danh sách, nhập từ Excel, lập kế hoạch cho mọi chi bộ."),
    ("giu-ho-so", "record_keeper", "Người giữ hồ sơ riêng: mở lý do sức khỏe, hoàn cảnh khi ghi mục đích."),
    ("kiem-tra", "inspector", "Người kiểm tra: đọc hồ sơ, kế hoạch, nhật ký trong hạn của quyết định."),
    ("ky-thuat", "technician", "Quản trị kỹ thuật: tài khoản, không nội dung."),
)


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """`role` is given by decision at the root, if any; other people have what their post carries."""

    username: str
    number: int
    description: str
    role: str = ""


def demo_people(sample: Sample) -> list[DemoPerson]:
    """The office first, then who holds posts, then members without one; each person once."""
    found: list[DemoPerson] = []
    taken: set[int] = set()
    for person in _candidates(sample):
        if person.number not in taken:
            taken.add(person.number)
            found.append(person)
    return found


def root_code(day: date) -> str:
    return TOWN if day < REFORM else WARD


def _candidates(sample: Sample) -> Iterator[DemoPerson]:
    root, holders = root_code(sample.until), {post.number for post in current_posts(sample)}
    plain = [life for life in sample.lives if life.number not in holders]
    appointed = _of(sample, plain, OFFICE_CELL, Status.OFFICIAL)
    for life, (username, role, description) in zip(appointed, APPOINTED, strict=False):
        yield DemoPerson(username, life.number, description, role)
    for username, position, code, description in POSTS:
        held = [p for p in current_posts(sample) if (p.organization, p.position) == (code or root, position)]
        yield from (DemoPerson(username, post.number, description) for post in held[:1])
    for username, status, description in (
        ("dang-vien", Status.OFFICIAL, "Đảng viên: xem kế hoạch của chi bộ mình."),
        ("dang-vien-du-bi", Status.PROBATIONARY, "Đảng viên dự bị."),
        ("dang-vien-duoc-mien", Status.EXEMPT, "Đảng viên được miễn công tác và sinh hoạt đảng."),
    ):
        cells = (LARGE_CELL, SISTER_CELL, VILLAGE_CELL, SCHOOL_CELL, "CB-CR-03", "CB-CR-04", "CB-CR-05")
        lives = [life for cell in cells for life in _of(sample, plain, cell, status)]
        yield from (DemoPerson(username, life.number, description) for life in lives[:1])


def secretaries(sample: Sample) -> dict[str, int]:
    """A sign-in name for the secretary of each cell and committee, so that any place can be looked at from inside."""
    names: dict[str, int] = {}
    for post in current_posts(sample):
        if post.position == "secretary" and post.number not in names.values():
            names[f"bi-thu-{post.organization.lower()}"] = post.number
    return names


def current_posts(sample: Sample) -> list[Held]:
    return [post for post in sample.posts if post.start <= sample.until < post.until]


def _of(sample: Sample, lives: list[Life], cell: str, status: Status) -> list[Life]:
    return [
        life
        for life in lives
        if (stay := life.stay_on(sample.until))
        and stay.cell == cell
        and life.status_on(sample.until) is status
    ]
