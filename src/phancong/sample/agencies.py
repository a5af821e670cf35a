"""Committees, cells of agencies and grassroots cells of the sample: a table, and the rows of wards and communes."""

from datetime import date

from phancong.sample.places import COMMUNES, FOUNDING, REFORM, TOWN, WARD, WARDS, Change, Place

VOCATIONAL_SCHOOL = date(2011, 9, 1)
CULTURE_CENTRE = date(2019, 4, 1)
SCHOOLS, PARTY_BODIES, BUSINESSES = "DB-TH", "DB-CQD", "DB-DNDV"

# code, name in 2007, name from the reform, line of work, cells (number, name, opened, sizes)
Sizes = tuple[float, float, float]
CellRow = tuple[str, date, Sizes]
COMMITTEES: tuple[tuple[str, str, str, str, tuple[CellRow, ...]], ...] = (
    ("DB-CA", "Đảng bộ Công an thị xã", "Đảng bộ Công an phường Ayun Pa", "police", (
        ("Chi bộ An ninh", FOUNDING, (12, 13, 9)),
        ("Chi bộ Cảnh sát khu vực và trật tự", FOUNDING, (14, 15, 13)),
        ("Chi bộ Tổng hợp", FOUNDING, (11, 12, 8)),
        ("Chi bộ Cảnh sát phòng, chống tội phạm", date(2020, 3, 1), (0, 0, 10)),
    )),
    ("DB-YT", "Đảng bộ Trung tâm Y tế thị xã", "Đảng bộ Trung tâm Y tế khu vực Ayun Pa", "health", (
        ("Chi bộ Khám và Hồi sức", FOUNDING, (13, 15, 15)),
        ("Chi bộ Nội, Nhi", FOUNDING, (12, 14, 14)),
        ("Chi bộ Y tế dự phòng", FOUNDING, (12, 13, 12)),
        ("Chi bộ Ngoại, Sản", date(2017, 5, 15), (0, 0, 13)),
        ("Chi bộ Hành chính, Dược", date(2017, 5, 15), (0, 0, 10)),
    )),
    ("DB-MD", "Đảng bộ Công ty Mía đường", "Đảng bộ Công ty Mía đường", "factory", (
        ("Chi bộ Nhà máy đường", FOUNDING, (17, 17, 15)),
        ("Chi bộ Nông vụ", FOUNDING, (15, 16, 13)),
        ("Chi bộ Cơ điện", date(2018, 6, 1), (0, 0, 11)),
        ("Chi bộ Văn phòng Công ty Mía đường", date(2018, 6, 1), (0, 0, 8)),
    )),
    ("DB-THPT", "Đảng bộ Trường Trung học phổ thông Ayun Pa", "Đảng bộ Trường Trung học phổ thông Ayun Pa",
     "school", (
        ("Chi bộ Tổ Tự nhiên", FOUNDING, (16, 17, 14)),
        ("Chi bộ Tổ Xã hội", FOUNDING, (15, 17, 14)),
        ("Chi bộ Tổ Văn phòng, Thể dục", date(2016, 9, 5), (0, 0, 8)),
    )),
    ("DB-UB", "Đảng bộ Cơ quan Ủy ban nhân dân thị xã", "Đảng bộ Ủy ban nhân dân phường Ayun Pa", "office", (
        ("Chi bộ Văn phòng Hội đồng nhân dân và Ủy ban nhân dân", FOUNDING, (16, 17, 15)),
        ("Chi bộ Tư pháp, Hộ tịch", FOUNDING, (15, 16, 9)),
        ("Chi bộ Trung tâm Phục vụ hành chính công", REFORM, (0, 0, 11)),
    )),
    ("DB-CT", "Đảng bộ Công ty Công trình đô thị", "Đảng bộ Công ty Công trình đô thị", "factory", (
        ("Chi bộ Đội thi công", FOUNDING, (16, 17, 13)),
        ("Chi bộ Đội môi trường", FOUNDING, (15, 16, 13)),
        ("Chi bộ Cấp nước", date(2015, 3, 1), (0, 0, 8)),
    )),
)  # fmt: skip
# code, name, line of work, opened, sizes, what it becomes at the reform
GRASSROOTS_CELLS: tuple[tuple[str, str, str, date, Sizes, tuple[str, str]], ...] = (
    ("CS-VPTU", "Văn phòng Thị ủy", "party", FOUNDING, (9, 12, 12), (PARTY_BODIES, "Văn phòng Đảng ủy")),
    ("CS-TCKT", "Ban Tổ chức, Kiểm tra Thị ủy", "party", FOUNDING, (9, 12, 11),
     (PARTY_BODIES, "Ủy ban Kiểm tra Đảng ủy")),
    ("CS-TGDV", "Ban Tuyên giáo, Dân vận Thị ủy", "party", FOUNDING, (8, 10, 9),
     (PARTY_BODIES, "Ban Xây dựng Đảng")),
    ("CS-MTDT", "Mặt trận và các đoàn thể thị xã", "party", FOUNDING, (11, 15, 13),
     (PARTY_BODIES, "Mặt trận và các đoàn thể")),
    ("CS-TTCT", "Trung tâm Bồi dưỡng chính trị", "party", FOUNDING, (5.5, 7, 8),
     (PARTY_BODIES, "Trung tâm Chính trị")),
    ("CS-TCKH", "Phòng Tài chính, Kế hoạch", "office", FOUNDING, (8, 11, 10), ("DB-UB", "Phòng Kinh tế")),
    ("CS-QLDT", "Phòng Quản lý đô thị", "office", FOUNDING, (8, 11, 10), ("DB-UB", "Hạ tầng và Đô thị")),
    ("CS-GDDT", "Phòng Giáo dục và Đào tạo", "office", FOUNDING, (8, 11, 9), ("DB-UB", "Phòng Văn hóa, Xã hội")),
    ("CS-KT", "Phòng Kinh tế", "office", FOUNDING, (8, 11, 10), ("DB-UB", "Nông nghiệp và Môi trường")),
    ("CS-LDXH", "Phòng Lao động, Thương binh và Xã hội", "office", FOUNDING, (8, 10, 8),
     ("DB-UB", "Chính sách xã hội")),
    ("CS-TNMT", "Phòng Tài nguyên và Môi trường", "office", FOUNDING, (8, 10, 9), ("DB-UB", "Quản lý đất đai")),
    ("CS-NNPT", "Ngân hàng Nông nghiệp", "bank", FOUNDING, (9, 12, 12), (BUSINESSES, "Ngân hàng Nông nghiệp")),
    ("CS-BD", "Bưu điện", "service", FOUNDING, (7, 8, 8), (BUSINESSES, "Bưu điện")),
    ("CS-DL", "Điện lực", "service", FOUNDING, (9, 12, 11), (BUSINESSES, "Điện lực")),
    ("CS-CSXH", "Ngân hàng Chính sách xã hội", "bank", date(2008, 8, 1), (0, 8, 8),
     (BUSINESSES, "Ngân hàng Chính sách xã hội")),
    ("CS-HTX", "Hợp tác xã Dịch vụ nông nghiệp", "service", date(2012, 3, 15), (0, 8, 9),
     (BUSINESSES, "Hợp tác xã Dịch vụ nông nghiệp")),
    ("CS-MN", "Trường Mầm non Hoa Mai", "school", date(2009, 9, 10), (0, 8, 11), (SCHOOLS, "Trường Mầm non Hoa Mai")),
    ("CS-TIEUHOC", "Trường Tiểu học Trung tâm", "school", FOUNDING, (10, 13, 14),
     (SCHOOLS, "Trường Tiểu học Trung tâm")),
    ("CS-DANTOC", "Trường Phổ thông Dân tộc nội trú", "school", date(2010, 9, 5), (0, 12, 14),
     (SCHOOLS, "Trường Phổ thông Dân tộc nội trú")),
    ("CS-THUE", "Chi cục Thuế", "bank", FOUNDING, (9, 13, 12), (WARD, "Thuế cơ sở")),
    ("CS-KB", "Kho bạc Nhà nước", "bank", FOUNDING, (6, 8, 9), (WARD, "")),
    ("CS-BHXH", "Bảo hiểm xã hội", "bank", FOUNDING, (6, 9, 9), (WARD, "Bảo hiểm xã hội cơ sở")),
    ("CS-QS", "Ban Chỉ huy Quân sự thị xã", "military", FOUNDING, (12, 16, 13), (WARD, "Ban Chỉ huy Quân sự phường")),
    ("CS-TA", "Tòa án nhân dân", "court", FOUNDING, (7, 9, 9), ("", "")),
    ("CS-VKS", "Viện kiểm sát nhân dân", "court", FOUNDING, (7, 9, 9), ("", "")),
    ("CS-THA", "Chi cục Thi hành án dân sự", "court", FOUNDING, (6, 8, 8), ("", "")),
    ("CS-KL", "Hạt Kiểm lâm", "forest", FOUNDING, (7, 9, 9), ("", "")),
    ("CS-NV", "Phòng Nội vụ", "office", date(2011, 6, 1), (0, 9, 9), ("", "")),
)  # fmt: skip
# Cells founded at the reform, and cells of the wards before it with the committee they came under.
NEW_CELLS: tuple[tuple[str, str, str, Sizes], ...] = (
    (BUSINESSES, "Công ty May", "factory", (0, 0, 9)),
    (BUSINESSES, "Công ty Nông sản", "factory", (0, 0, 9)),
    (BUSINESSES, "Chợ trung tâm", "service", (0, 0, 8)),
)
WARD_CELLS: tuple[tuple[str, str, date, Sizes, str], ...] = (
    ("Trường Tiểu học", "school", FOUNDING, (5.4, 10, 13), SCHOOLS),
    ("Trường Trung học cơ sở", "school", FOUNDING, (5.4, 10, 13), SCHOOLS),
    ("Trường Mầm non", "school", date(2016, 9, 5), (0, 0, 10), SCHOOLS),
    ("Trường Tiểu học số 2", "school", date(2018, 9, 5), (0, 0, 11), SCHOOLS),
    ("Trạm Y tế, Dân số", "health", date(2021, 4, 1), (0, 0, 8), "DB-YT"),
)
# How much the cells of each ward grow, in the order of the wards.
WARD_GROWTH = (1.45, 0.85, 1.05, 0.7)
COMMUNE_CELLS: tuple[tuple[str, str, Sizes], ...] = (
    ("Cơ quan xã", "office", (7.5, 11, 12)),
    ("Trường học xã", "school", (6.5, 10, 11)),
    ("Quân sự, Công an xã", "military", (6.5, 9, 9)),
)


def agencies() -> list[Place]:
    town = Place(
        code=TOWN, name="Đảng bộ thị xã Ayun Pa", kind="town", parent="", closed=REFORM, dissolved=True
    )
    ward = Place(code=WARD, name="Đảng bộ phường Ayun Pa", kind="ward", parent="", opened=REFORM)
    return [
        town,
        ward,
        *(_new_committee(code, name) for code, name in (
            (SCHOOLS, "Đảng bộ các trường học phường Ayun Pa"),
            (PARTY_BODIES, "Đảng bộ các cơ quan Đảng phường Ayun Pa"),
            (BUSINESSES, "Đảng bộ Doanh nghiệp, Dịch vụ phường Ayun Pa"),
        )),
        *_agency_committees(),
        *_grassroots_cells(),
        *_vocational_school(),
        *_culture(),
        *_wards(),
        *_communes(),
        *_new_cells(),
    ]  # fmt: skip


def _new_committee(code: str, name: str) -> Place:
    return Place(code=code, name=name, kind="grassroots_committee", parent=WARD, opened=REFORM)


def _agency_committees() -> list[Place]:
    found = []
    for code, name, later, line, rows in COMMITTEES:
        change = Change(on=REFORM, parent=WARD, name="" if later == name else later)
        found.append(Place(code=code, name=name, kind="grassroots_committee", parent=TOWN, changes=(change,)))
        found += [
            Place(code=f"CB-{code[3:]}-{number}", name=cell, kind="work_cell", parent=code, opened=opened,
                  line=line, sizes=sizes)
            for number, (cell, opened, sizes) in enumerate(rows, start=1)
        ]  # fmt: skip
    return found


def _grassroots_cells() -> list[Place]:
    found = []
    for code, name, line, opened, sizes, (parent, later) in GRASSROOTS_CELLS:
        new_name = f"Chi bộ {later}" if later and later != name else ""
        kind = "" if parent == WARD else "work_cell"
        found.append(
            Place(
                code=code,
                name=f"Chi bộ {name}",
                kind="grassroots_cell",
                parent=TOWN,
                opened=opened,
                closed=None if parent else REFORM,
                dissolved=not parent,
                changes=(Change(on=REFORM, kind=kind, parent=parent, name=new_name),) if parent else (),
                line=line,
                sizes=sizes,
            )
        )
    return found


def _vocational_school() -> list[Place]:
    """A grassroots cell that grew into a committee with two cells."""
    code, cells = "CS-TCN", ("CB-TCN-1", "CB-TCN-2")
    return [
        Place(
            code=code, name="Chi bộ Trung tâm Giáo dục thường xuyên", kind="grassroots_cell", parent=TOWN,
            closed=VOCATIONAL_SCHOOL, heirs=cells, line="school", sizes=(13, 36, 0),
            changes=(
                Change(on=VOCATIONAL_SCHOOL, kind="grassroots_committee", name="Đảng bộ Trường Trung cấp nghề"),
                Change(on=REFORM, parent=WARD),
            ),
        ),
        *(
            Place(code=cell, name=f"Chi bộ {name}", kind="work_cell", parent=code, opened=VOCATIONAL_SCHOOL,
                  line="school", sizes=(10, 17, 12))
            for cell, name in zip(cells, ("Khoa nghề", "Phòng Đào tạo"), strict=True)
        ),
    ]  # fmt: skip


def _culture() -> list[Place]:
    """Three grassroots cells merged into one, which became a cell of the people's committee."""
    merged = ("CS-VHTT", "Phòng Văn hóa, Thông tin", 8.0), ("CS-DTT", "Đài Truyền thanh", 5.5)
    new = "CS-TTVH"
    return [
        *(
            Place(code=code, name=f"Chi bộ {name}", kind="grassroots_cell", parent=TOWN, closed=CULTURE_CENTRE,
                  heirs=(new,), line="culture", sizes=(size, size + 1, size + 1))
            for code, name, size in merged
        ),
        Place(
            code=new, name="Chi bộ Trung tâm Văn hóa, Thông tin và Thể thao", kind="grassroots_cell", parent=TOWN,
            opened=CULTURE_CENTRE, line="culture", sizes=(8, 12, 11),
            changes=(Change(on=REFORM, kind="work_cell", parent="DB-UB"),),
        ),
    ]  # fmt: skip


def _wards() -> list[Place]:
    found = []
    for index, (code, name, _, _) in enumerate(WARDS):
        found.append(
            Place(
                code=code,
                name=f"Đảng bộ phường {name}",
                kind="grassroots_committee",
                parent=TOWN,
                closed=REFORM,
            )
        )
        found.append(
            Place(
                code=f"CB-{code}-CQ", name=f"Chi bộ Cơ quan phường {name}", kind="work_cell", parent=code,
                closed=REFORM, dissolved=True, heirs=("CB-UB-3", "CB-UB-2", "CS-TGDV", "CS-TTCT", "CS-KT"),
                line="office",
                sizes=(6, 10, 11),
            )
        )  # fmt: skip
        found += [
            Place(
                code=f"CB-{code}-{number}", name=f"Chi bộ {cell} {name}", kind="work_cell", parent=code,
                opened=opened, line=line, sizes=_grown(sizes, WARD_GROWTH[index]),
                changes=(Change(on=REFORM, parent=later),),
            )
            for number, (cell, line, opened, sizes, later) in enumerate(WARD_CELLS, start=51)
        ]  # fmt: skip
    return found


def _grown(sizes: Sizes, factor: float) -> Sizes:
    """Schools of one ward grow more than those of another; the beginning was alike everywhere."""
    start, later, today = sizes
    return (start, later * factor, today * factor)


def _communes() -> list[Place]:
    found = []
    for code, name, _, _ in COMMUNES:
        found.append(
            Place(code=code, name=f"Đảng bộ xã {name}", kind="grassroots_committee", parent=TOWN, closed=REFORM,
                  dissolved=True)
        )  # fmt: skip
        found += [
            Place(
                code=f"CB-{code}-{number}", name=f"Chi bộ {cell} {name}", kind="work_cell", parent=code,
                closed=REFORM, dissolved=True, line=line, sizes=sizes,
            )
            for number, (cell, line, sizes) in enumerate(COMMUNE_CELLS, start=51)
        ]  # fmt: skip
    return found


def _new_cells() -> list[Place]:
    return [
        Place(code=f"CB-M-{number}", name=f"Chi bộ {name}", kind="work_cell", parent=parent, opened=REFORM,
              line=line, sizes=sizes)
        for number, (parent, name, line, sizes) in enumerate(NEW_CELLS, start=1)
    ]  # fmt: skip
