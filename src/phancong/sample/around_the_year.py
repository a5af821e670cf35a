"""The present year of a few cells: contacts with places of residence, pledges, one study session."""

from datetime import date

from phancong.access.actor import Actor
from phancong.members.models import Member
from phancong.organizations.models import AreaCoverage, Organization
from phancong.organizations.queries import steps_of
from phancong.planning.actions import sources
from phancong.planning.enums import ResolutionKind
from phancong.yearbook import actions
from phancong.yearbook.models import Pledge, Remark, ResidenceContact, StudyAttendance, StudySession

_CELLS = ("work_cell", "grassroots_cell", "grassroots_area_cell")
_EACH = 4
_COMMITTEE_RESOLUTION = (
    "Quản lý, phân công công tác cho đảng viên",
    (
        (
            "Mọi đảng viên có việc phù hợp, được ghi trong biên bản họp chi bộ",
            "Danh sách phân công",
            "mass_work",
        ),
        ("Mỗi chi bộ giới thiệu một quần chúng ưu tú", "Danh sách giới thiệu", "admission"),
    ),
)
_CELL_RESOLUTION = (
    "Xây dựng nếp sống văn minh ở khu dân cư",
    (("Chín mươi phần trăm gia đình đạt gia đình văn hóa", "Danh sách bình xét", "culture"),),
)
_PLEDGES = (
    "Đọc và vận dụng một tài liệu học tập mỗi tháng\nGiúp một hộ khó khăn trong tổ",
    "Tham gia đủ các buổi lao động chung\nVận động gia đình giữ nếp sống văn minh",
)
_RECEIVED_OF = 3
_REMARK = "Tham gia đủ các buổi họp dân, vận động hai hộ đóng góp làm đường."


def write_the_year(*, by: Actor) -> int:
    """Write it for some cells of each kind; how many cells."""
    cells = [
        cell
        for kind in _CELLS
        for cell in Organization.objects.active().filter(kind=kind).order_by("sort_key", "id")[:_EACH]
    ]
    homes = _homes(by.today)
    _resolutions(cells, by=by)
    for number, cell in enumerate(cells):
        people = list(Member.objects.on_roll().filter(cell=cell).order_by("sort_key", "id"))
        if people:
            _contacts(cell, people, homes, number, by.today)
            _pledges(people, by.today)
            _study(cell, by=by)
    return len(cells)


def _resolutions(cells: list[Organization], *, by: Actor) -> None:
    """What the committee wants of everybody, and the first cell of itself."""
    if not cells:
        return
    year = by.today.year
    for place, title, targets in (
        (_root_of(cells[0]), *_COMMITTEE_RESOLUTION),
        (cells[0], *_CELL_RESOLUTION),
    ):
        resolution = sources.add_resolution(
            place,
            year=year,
            kind=ResolutionKind.THEMATIC,
            number="",
            title=title,
            issued_on=None,
            meeting="",
            by=by,
        )
        for words, measure, field in targets:
            due = date(year, 12, 15)
            sources.add_target(resolution, title=words, measure=measure, field=field, due_on=due, by=by)


def _root_of(cell: Organization) -> Organization:
    return Organization.objects.get(pk=steps_of(cell.path)[0])


def _homes(today: date) -> list[AreaCoverage]:
    return list(
        AreaCoverage.objects.on(today).select_related("area", "cell").order_by("area__sort_key", "id")
    )


def _contacts(
    cell: Organization, people: list[Member], homes: list[AreaCoverage], number: int, today: date
) -> None:
    """Most are introduced; every second of those has a remark that was asked for, some of them given."""
    elsewhere = [home for home in homes if home.cell_id != cell.pk]
    subjects = [one for one in people if one.category == "agency"]
    if not elsewhere:
        return
    rows = [
        _contact(cell, member, elsewhere[(number + index) % min(len(elsewhere), 6)], index, today)
        for index, member in enumerate(subjects[:-1])
    ]
    ResidenceContact.objects.bulk_create(rows)
    Remark.objects.bulk_create(
        _remark(cell, row, is_given=index % 2 == 0, today=today)
        for index, row in enumerate(rows)
        if row.group == "ordinary" and index % 2 == 0
    )


def _contact(
    cell: Organization, member: Member, home: AreaCoverage, index: int, today: date
) -> ResidenceContact:
    first = date(today.year, 1, 1)
    is_excused = index % 7 == 6
    return ResidenceContact(
        member=member,
        member_name=member.full_name,
        member_sort_key=member.sort_key,
        work_cell=cell,
        year=today.year,
        group="excused" if is_excused else "ordinary",
        basis="Đang đi học tập trung" if is_excused else "",
        area=home.area,
        residence_cell=home.cell,
        letter_number=f"{index + 1:02d}-GT/CB",
        letter_on=first,
        received_on=first if index % _RECEIVED_OF else None,
    )


def _remark(cell: Organization, contact: ResidenceContact, *, is_given: bool, today: date) -> Remark:
    home = contact.residence_cell
    name = f"Chi ủy {home.name}" if home else ""
    is_given = is_given and contact.received_on is not None
    return Remark(
        kind="residence",
        cell=cell,
        member=contact.member,
        contact=contact,
        year=today.year,
        asked_of=name,
        asked_on=today,
        text=_REMARK if is_given else "",
        given_by=name if is_given else "",
        given_on=today if is_given else None,
    )


def _pledges(people: list[Member], today: date) -> None:
    first = date(today.year, 1, 1)
    Pledge.objects.bulk_create(
        Pledge(
            member=member,
            year=today.year,
            content=_PLEDGES[index % len(_PLEDGES)],
            registered_on=first,
            received_on=first if index % _RECEIVED_OF else None,
        )
        for index, member in enumerate(people)
        if index % 5 and member.status != "exempt"
    )


def _study(cell: Organization, *, by: Actor) -> StudySession:
    """Everybody was there but two, of whom one caught up."""
    session = actions.hold_session(
        cell,
        kind="theme",
        title=f"Chuyên đề làm theo gương Bác năm {by.today.year}",
        documents="Tài liệu chuyên đề của Ban Tuyên giáo",
        held_on=date(by.today.year, 1, 1),
        by=by,
    )
    rows = list(StudyAttendance.objects.filter(session=session).order_by("id"))
    for index, row in enumerate(rows):
        is_absent = index in {1, 3}
        row.state = "absent" if is_absent else "present"
        row.caught_up_on = by.today if index == 1 else None
    StudyAttendance.objects.bulk_update(rows, ["state", "caught_up_on"])
    return session
