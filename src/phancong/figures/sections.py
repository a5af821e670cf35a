"""What is counted: each sheet is a list of sections, each section a list of columns over the rows of one source."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from phancong import rules
from phancong.common.dates import months_before
from phancong.figures import sources
from phancong.figures.base import Base
from phancong.figures.packs import Band, report_rules
from phancong.figures.sources import (
    AREAS,
    CELLS,
    MEETINGS,
    MEMBERS,
    ORGANIZATIONS,
    RATINGS,
    REMARKS,
    STUDY,
    WORKS,
    Source,
)
from phancong.followups.enums import State
from phancong.members.enums import ENDED, Sex, Status
from phancong.reviews.schemes import Scheme, first_days, scheme_on
from phancong.yearbook.enums import Attendance

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Column:
    """`which`: the rows of the source that the figure counts."""

    code: str
    words: str
    which: Q


@dataclass(frozen=True, slots=True)
class Section:
    """Columns over one source. Where it `closes`, they are the parts of `total`, and none is missing.

    `gap` says in words what a row is that fits no column, and which rows these are.
    """

    code: str
    source: Source
    columns: Callable[[Base], tuple[Column, ...]]
    total: Column | None = None
    gap: Callable[[Base], Column] | None = None

    @property
    def closes(self) -> bool:
        return self.total is not None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of figures. `by_year`: it tells of the year up to the day, not of the day."""

    code: str
    title: str
    sections: tuple[Section, ...]
    by_year: bool = False
    note: str = ""

    def columns(self, base: Base) -> list[tuple[Section, Column]]:
        """Every column of the sheet, the total of a section before its parts."""
        return [
            (section, column)
            for section in self.sections
            for column in ((section.total,) if section.total else ()) + section.columns(base)
        ]


ALL = Q()


def _statuses(base: Base) -> tuple[Column, ...]:  # noqa: ARG001 -- one of a table
    groups = (
        ("chinh-thuc", "Chính thức", (Status.OFFICIAL, Status.REDUCED)),
        ("du-bi", "Dự bị", (Status.PROBATIONARY,)),
        ("mien", "Được miễn", (Status.EXEMPT, Status.TEMPORARILY_EXEMPT)),
        ("dinh-chi", "Bị đình chỉ", (Status.SUSPENDED,)),
    )
    return tuple(Column(code, words, Q(period__status__in=which)) for code, words, which in groups)


def _without_status(base: Base) -> Column:  # noqa: ARG001 -- one of a table
    """The Charter knows no member without a status: such a row is a day that somebody has to mend."""
    return Column(
        "khong-trang-thai",
        "có chi bộ mà không có trạng thái đảng viên",
        Q(period__status__isnull=True) | Q(period__status__in=sorted(ENDED)),
    )


def _sexes(base: Base) -> tuple[Column, ...]:  # noqa: ARG001 -- one of a table
    return tuple(Column(sex.value, sex.label, Q(member__sex=sex)) for sex in Sex)


def _ages(base: Base) -> tuple[Column, ...]:
    return _bands(report_rules(base.day).ages, "member__birth_date", base.day)


def _party_ages(base: Base) -> tuple[Column, ...]:
    return _bands(report_rules(base.day).party_ages, "member__admitted_on", base.day)


def _bands(bands: tuple[Band, ...], since: str, day: date) -> tuple[Column, ...]:
    """Whole years reached on the day."""
    found = []
    for band in bands:
        which = Q()
        if band.least:
            which &= Q(**{f"{since}__lte": months_before(day, band.least * MONTHS)})
        if band.below:
            which &= Q(**{f"{since}__gt": months_before(day, band.below * MONTHS)})
        found.append(Column(band.code, band.name, which))
    return tuple(found)


def _educations(base: Base) -> tuple[Column, ...]:
    return _choices(
        "hoc-van", "member__education", [(one.code, one.name) for one in rules.on(base.day).educations]
    )


def _categories(base: Base) -> tuple[Column, ...]:
    kinds = [(one.code, one.short_name) for one in rules.on(base.day).categories]
    return _choices("dien", "member__category", kinds)


def _choices(prefix: str, name: str, listed: list[tuple[str, str]]) -> tuple[Column, ...]:
    """One column for each code of the list, and one for what is none of them."""
    known = tuple(Column(f"{prefix}-{code}", words, Q(**{name: code})) for code, words in listed)
    codes = [code for code, _ in listed]
    return (*known, Column(f"{prefix}-khac", "Chưa ghi", ~Q(**{f"{name}__in": codes})))


def _organizations(base: Base) -> tuple[Column, ...]:  # noqa: ARG001 -- one of a table
    return (
        Column("tccsd", "Tổ chức cơ sở đảng", Q(is_grassroots=True)),
        Column("chi-bo-truc-thuoc", "Chi bộ trực thuộc", Q(holds_members=True, is_grassroots=False)),
        Column("chi-bo", "Tất cả chi bộ", Q(holds_members=True)),
    )


def _kinds(base: Base) -> tuple[Column, ...]:
    found = rules.on(base.day).organization_kinds
    return tuple(Column(kind.code, kind.name, Q(kind=kind.code)) for kind in found)


def _kind_unknown(base: Base) -> Column:
    codes = [kind.code for kind in rules.on(base.day).organization_kinds]
    return Column("loai-khac", "có loại hình không thuộc quy định ngày này", ~Q(kind__in=codes))


def _plans(base: Base) -> tuple[Column, ...]:
    adopted, late = sources.has_plan(base, adopted=True), sources.has_plan(base, adopted=True, late=True)
    drafted, people = sources.has_plan(base), sources.has_people(base)
    return (
        Column("dung-han", "Thông qua đúng hạn", adopted & ~late),
        Column("muon", "Thông qua muộn", late),
        Column("du-thao", "Mới có dự thảo", drafted & ~adopted),
        Column("chua-co", "Chưa có kế hoạch", ~drafted & people),
        Column("khong-nguoi", "Chưa có đảng viên", ~drafted & ~people),
    )


def _workers(base: Base) -> tuple[Column, ...]:
    held, substantive = sources.has_work(base), sources.has_work(base, substantive=True)
    return (
        Column("co-nhiem-vu", "Có nhiệm vụ", substantive),
        Column("chi-su-vu", "Chỉ việc sự vụ", held & ~substantive),
        Column("chua-viec", "Chưa có việc", ~held),
    )


def _works(base: Base) -> tuple[Column, ...]:
    done, running = Q(state_then=State.DONE), Q(state_then=State.RUNNING)
    in_time = Q(done_on__lte=F("due_then"))
    return (
        Column("xong-dung-han", "Xong đúng hạn", done & in_time),
        Column("xong-muon", "Xong sau hạn", done & Q(done_on__gt=F("due_then"))),
        Column("cho-nhan-xet", "Chờ nhận xét", Q(state_then=State.AWAITING)),
        Column("dang-lam", "Đang làm", running & Q(due_then__gte=base.day)),
        Column("qua-han", "Quá hạn", running & Q(due_then__lt=base.day)),
        Column("thoi-giao", "Đã điều chỉnh", Q(state_then=State.ENDED)),
    )


def _extended(base: Base) -> tuple[Column, ...]:  # noqa: ARG001 -- one of a table
    return (Column("gia-han", "Trong đó được gia hạn", Q(due_then__gt=F("first_due_on"))),)


def _areas(base: Base) -> tuple[Column, ...]:  # noqa: ARG001 -- one of a table
    return (
        Column("co-chi-bo", "Có tổ chức đảng", Q(coverage__isnull=False)),
        Column("trong", "Chưa có tổ chức đảng", Q(coverage__isnull=True)),
    )


def _rated(base: Base) -> tuple[Column, ...]:  # noqa: ARG001 -- one of a table
    return (
        Column("da-xep", "Đã có mức", ~Q(held="")),
        Column("khong-xep", "Không xếp loại", Q(held="") & ~Q(not_rated="")),
        Column("chua-xep", "Chưa xếp loại", Q(held="", not_rated="")),
    )


def _meetings(base: Base) -> tuple[Column, ...]:  # noqa: ARG001 -- one of a table
    return (
        Column("da-hop", "Kỳ họp đã tổ chức", ALL),
        Column("da-ky", "Trong đó đã ký biên bản", Q(state="signed")),
    )


def _study(base: Base) -> tuple[Column, ...]:
    absent = Q(state=Attendance.ABSENT)
    caught_up = Q(caught_up_on__lte=base.day)
    return (
        Column("co-mat", "Có mặt học tập", Q(state=Attendance.PRESENT)),
        Column("hoc-bu", "Học bù", absent & caught_up),
        Column(
            "vang",
            "Vắng, chưa học bù",
            absent & (Q(caught_up_on__isnull=True) | Q(caught_up_on__gt=base.day)),
        ),
        Column("chua-diem-danh", "Chưa điểm danh", Q(state=Attendance.UNMARKED)),
    )


def _pledges(base: Base) -> tuple[Column, ...]:
    return (Column("cam-ket", "Đã đăng ký cam kết", sources.has_pledge(base)),)


def _remarks(base: Base) -> tuple[Column, ...]:
    given = Q(given_on__lte=base.day)
    return (
        Column("da-nhan", "Nhận xét đã nhận", given),
        Column("cho-nhan", "Nhận xét chưa nhận", Q(given_on__isnull=True) | Q(given_on__gt=base.day)),
    )


def _grades(base: Base) -> tuple[Column, ...]:
    """By the rule of the year: each grade, those without one, and the reasons for none."""
    scheme = _scheme(base)
    graded = tuple(Column(f"muc-{one.code}", one.name, Q(held=one.code)) for one in scheme.best_first)
    reasons = tuple(
        Column(f"khong-{one.code}", f"Không xếp loại: {one.name.lower()}", Q(not_rated=one.code))
        for one in scheme.not_rated
    )
    return (*graded, Column("chua", "Chưa xếp loại", Q(held="", not_rated="")), *reasons)


def _scheme(base: Base) -> Scheme:
    """Of the last day of the year: reviews of the year are held by it. Before the first rule, that one."""
    return scheme_on(max(date(base.year, MONTHS, 31), first_days()[-1]))


MEMBERS_TOTAL = Column("dang-vien", "Đảng viên", ALL)
ORGANIZATION_COUNTS = Section("to-chuc", ORGANIZATIONS, _organizations)
STATUS = Section("trang-thai", MEMBERS, _statuses, MEMBERS_TOTAL, _without_status)
PRESENT_FILE = "Trình độ, diện lấy theo hồ sơ hiện nay của từng đồng chí."


def _of_members(code: str, columns: Callable[[Base], tuple[Column, ...]]) -> Section:
    return Section(code, MEMBERS, columns, MEMBERS_TOTAL)


PLANS = Section("ke-hoach", CELLS, _plans, Column("chi-bo", "Chi bộ", ALL))
WORKERS = _of_members("phan-cong", _workers)
WORK = Section("viec", WORKS, _works, Column("viec", "Việc đã giao", ALL))
COVERAGE = Section("thon-to", AREAS, _areas, Column("thon-to", "Thôn, tổ dân phố", ALL))
RATED = Section("xep-loai", RATINGS, _rated, Column("danh-sach", "Trong danh sách kiểm điểm", ALL))

SHEETS = (
    Sheet("tong-hop", "Tổng hợp", (ORGANIZATION_COUNTS, STATUS)),
    Sheet(
        "loai-hinh",
        "Loại hình tổ chức",
        (
            Section(
                "loai-hinh", ORGANIZATIONS, _kinds, Column("tat-ca", "Tất cả tổ chức", ALL), _kind_unknown
            ),
        ),
    ),
    Sheet("gioi-tinh", "Nam, nữ", (_of_members("gioi-tinh", _sexes),)),
    Sheet("tuoi", "Độ tuổi", (_of_members("tuoi", _ages),)),
    Sheet("tuoi-dang", "Tuổi Đảng", (_of_members("tuoi-dang", _party_ages),)),
    Sheet("hoc-van", "Học vấn", (_of_members("hoc-van", _educations),), note=PRESENT_FILE),
    Sheet("dien", "Diện đảng viên", (_of_members("dien", _categories),), note=PRESENT_FILE),
    Sheet(
        "ke-hoach",
        "Kế hoạch phân công",
        (PLANS,),
        by_year=True,
    ),
    Sheet("phan-cong", "Đảng viên được phân công", (WORKERS,), by_year=True),
    Sheet(
        "viec",
        "Kết quả thực hiện",
        (
            WORK,
            Section("gia-han", WORKS, _extended),
        ),
        by_year=True,
    ),
    Sheet(
        "xep-loai",
        "Xếp loại đảng viên",
        (Section("xep-loai", RATINGS, _grades, Column("danh-sach", "Trong danh sách kiểm điểm", ALL)),),
        by_year=True,
        note="Chỉ tính mức đã có quyết định; xuất sắc và tốt đếm riêng.",
    ),
    Sheet(
        "trong-nam",
        "Sinh hoạt, học tập, nhận xét",
        (
            Section("hop", MEETINGS, _meetings),
            Section("hoc-tap", STUDY, _study, Column("luot-hoc", "Lượt học tập", ALL)),
            Section("cam-ket", MEMBERS, _pledges),
            Section("nhan-xet", REMARKS, _remarks, Column("da-xin", "Nhận xét đã xin", ALL)),
        ),
        by_year=True,
    ),
)
# What the committee's page shows of each branch; its figures lead to their rows like those of any sheet.
OVERVIEW = Sheet("toan-canh", "Toàn cảnh", (PLANS, WORKERS, WORK, COVERAGE, RATED), by_year=True)


def sheet_called(code: str) -> Sheet | None:
    return next((sheet for sheet in (*SHEETS, OVERVIEW) if sheet.code == code), None)
