"""Roles as data: what each may do, and the human rule behind it."""

from dataclasses import dataclass

from phancong.access.permissions import Permission as P


@dataclass(frozen=True, slots=True)
class Role:
    """`description` is a Vietnamese sentence; `permissions` hold in the place of the grant and everything below it."""

    code: str
    name: str
    description: str
    permissions: frozenset[P]


MEMBER = Role(
    "member",
    "Đảng viên",
    "Xem tổ chức và kế hoạch phân công của chi bộ mình.",
    frozenset({P.ORGANIZATION_SEE, P.PLAN_SEE}),
)
SECRETARY = Role(
    "secretary",
    "Bí thư, phó bí thư chi bộ",
    "Xem hồ sơ công tác của đảng viên trong chi bộ; lập, sửa và xuất kế hoạch phân công của chi bộ.",
    frozenset(
        {P.ORGANIZATION_SEE, P.MEMBER_LIST, P.MEMBER_SEE, P.MEMBER_EXPORT, P.PLAN_SEE, P.PLAN_CHANGE, P.PLAN_EXPORT,
         P.JOB_SEE}
    ),
)
COMMITTEE = Role(
    "committee",
    "Cấp ủy viên",
    "Xem tổ chức, đảng viên và kế hoạch phân công của các tổ chức đảng trực thuộc.",
    frozenset({P.ORGANIZATION_SEE, P.MEMBER_LIST, P.MEMBER_SEE, P.PLAN_SEE}),
)
OFFICE = Role(
    "office",
    "Văn phòng, ban xây dựng Đảng",
    "Quản lý danh sách, nhập từ Excel, lập kế hoạch cho nhiều chi bộ, xuất văn bản.",
    frozenset(P) - {P.MEMBER_REASON_SEE},
)
ROLES = {role.code: role for role in (MEMBER, SECRETARY, COMMITTEE, OFFICE)}
