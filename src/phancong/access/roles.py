"""Roles as data: what each may do, and the human rule behind it."""

from dataclasses import dataclass

from phancong.access.permissions import Permission


@dataclass(frozen=True, slots=True)
class Role:
    """`description` is a Vietnamese sentence; `permissions` hold in the place of the grant and everything below it."""

    code: str
    name: str
    description: str
    permissions: frozenset[Permission]


MEMBER = Role(
    "member",
    "Đảng viên",
    "Xem tổ chức và kế hoạch phân công của chi bộ mình.",
    frozenset({Permission.ORGANIZATION_SEE, Permission.PLAN_SEE}),
)
SECRETARY = Role(
    "secretary",
    "Bí thư, phó bí thư chi bộ",
    "Xem hồ sơ công tác của đảng viên trong chi bộ; lập, sửa và xuất kế hoạch phân công của chi bộ.",
    frozenset(
        {
            Permission.ORGANIZATION_SEE,
            Permission.MEMBER_LIST,
            Permission.MEMBER_SEE,
            Permission.MEMBER_EXPORT,
            Permission.PLAN_SEE,
            Permission.PLAN_CHANGE,
            Permission.PLAN_EXPORT,
            Permission.JOB_SEE,
        }
    ),
)
COMMITTEE = Role(
    "committee",
    "Cấp ủy viên",
    "Xem tổ chức, đảng viên và kế hoạch phân công của các tổ chức đảng trực thuộc.",
    frozenset(
        {Permission.ORGANIZATION_SEE, Permission.MEMBER_LIST, Permission.MEMBER_SEE, Permission.PLAN_SEE}
    ),
)
OFFICE = Role(
    "office",
    "Văn phòng, ban xây dựng Đảng",
    "Quản lý danh sách, nhập từ Excel, lập kế hoạch cho nhiều chi bộ, xuất văn bản.",
    frozenset(Permission) - {Permission.MEMBER_REASON_SEE},
)
RECORD_KEEPER = Role(
    "record_keeper",
    "Người giữ hồ sơ riêng",
    "Xem lý do sức khỏe, hoàn cảnh của giới hạn công việc. Chỉ giao bằng quyết định, không đi kèm chức vụ nào.",
    frozenset(
        {
            Permission.ORGANIZATION_SEE,
            Permission.MEMBER_LIST,
            Permission.MEMBER_SEE,
            Permission.MEMBER_REASON_SEE,
        }
    ),
)
ROLES = {role.code: role for role in (MEMBER, SECRETARY, COMMITTEE, OFFICE, RECORD_KEEPER)}
