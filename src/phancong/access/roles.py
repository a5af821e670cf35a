"""Roles as data: what each may do, and the human rule behind it."""

from dataclasses import dataclass

from phancong.access.permissions import Permission


@dataclass(frozen=True, slots=True)
class Role:
    """`description` is a Vietnamese sentence; `permissions` hold in the place of the grant and everything below it.

    `by_decision`: given by a decision with a number, never carried by a post. `needs_end`: the decision names its last
    day. `spares_own_cell`: no right over the cell of whoever holds it. `second_factor`: a password is not enough.
    """

    code: str
    name: str
    description: str
    permissions: frozenset[Permission]
    by_decision: bool = False
    needs_end: bool = False
    spares_own_cell: bool = False
    second_factor: bool = False


MEMBER = Role(
    "member",
    "Đảng viên",
    "Xem tổ chức, kế hoạch phân công và sinh hoạt của chi bộ mình.",
    frozenset({Permission.MEETING_SEE, Permission.ORGANIZATION_SEE, Permission.PLAN_SEE}),
)
SECRETARY = Role(
    "secretary",
    "Bí thư, phó bí thư chi bộ",
    "Xem hồ sơ công tác của đảng viên trong chi bộ; lập, sửa và xuất kế hoạch phân công; ghi sinh hoạt chi bộ; "
    "theo dõi, nhận xét, điều chỉnh việc; giới thiệu, tiếp nhận chuyển sinh hoạt đảng; kiểm điểm, đề nghị xếp loại của "
    "chi bộ. Bí thư cấp trên thẩm định, quyết định mức, biểu dương, nhắc nhở chi bộ cấp dưới.",
    frozenset(
        {
            Permission.AUDIT_SEE,
            Permission.CHARGE_DECIDE,
            Permission.FIGURES_HAND_IN,
            Permission.FIGURES_SEE,
            Permission.JOB_SEE,
            Permission.KEPT_PAPERS_SEE,
            Permission.MEETING_RECORD,
            Permission.MEETING_SEE,
            Permission.MEMBER_DISCIPLINE_SEE,
            Permission.MEMBER_EXPORT,
            Permission.MEMBER_LIMIT_SEE,
            Permission.MEMBER_LIST,
            Permission.MEMBER_SEE,
            Permission.MEMBER_WORK_SEE,
            Permission.NOTE_SEE,
            Permission.NOTE_WRITE,
            Permission.ORGANIZATION_SEE,
            Permission.PLAN_ADJUST,
            Permission.PLAN_ADOPT,
            Permission.PLAN_CHANGE,
            Permission.PLAN_EXPORT,
            Permission.PLAN_SEE,
            Permission.REVIEW_APPRAISE,
            Permission.REVIEW_RECORD,
            Permission.REVIEW_SEE,
            Permission.REVIEW_TEXT_SEE,
            Permission.ROLE_DELEGATE,
            Permission.TRANSFER_RECORD,
            Permission.WORK_DIRECT,
            Permission.WORK_SEE,
            Permission.YEARBOOK_RECORD,
            Permission.YEARBOOK_SEE,
            Permission.YEARBOOK_TEXT_SEE,
        }
    ),
)
COMMITTEE = Role(
    "committee",
    "Cấp ủy viên",
    "Xem tổ chức, đảng viên, kế hoạch, sinh hoạt và việc đang làm của các tổ chức đảng trực thuộc.",
    frozenset(
        {
            Permission.FIGURES_SEE,
            Permission.KEPT_PAPERS_SEE,
            Permission.MEETING_SEE,
            Permission.MEMBER_LIMIT_SEE,
            Permission.MEMBER_LIST,
            Permission.MEMBER_SEE,
            Permission.MEMBER_WORK_SEE,
            Permission.NOTE_SEE,
            Permission.ORGANIZATION_SEE,
            Permission.PLAN_SEE,
            Permission.REVIEW_SEE,
            Permission.WORK_SEE,
            Permission.YEARBOOK_SEE,
        }
    ),
)
OFFICE = Role(
    "office",
    "Văn phòng, ban xây dựng Đảng",
    "Quản lý danh sách, tài khoản, nhập từ Excel, lập kế hoạch cho nhiều chi bộ, xuất văn bản, "
    "trả lời yêu cầu về dữ liệu cá nhân.",
    frozenset(Permission)
    - {
        Permission.AUDIT_SEE,
        Permission.MEMBER_REASON_SEE,
        Permission.REVIEW_TEXT_SEE,
        Permission.ROLE_DELEGATE,
        Permission.YEARBOOK_TEXT_SEE,
    },
    by_decision=True,
    second_factor=True,
)
RECORD_KEEPER = Role(
    "record_keeper",
    "Người giữ hồ sơ riêng",
    "Xem lý do sức khỏe, hoàn cảnh của giới hạn công việc. Chỉ giao bằng quyết định, không đi kèm chức vụ nào.",
    frozenset(
        {
            Permission.MEMBER_LIMIT_SEE,
            Permission.MEMBER_LIST,
            Permission.MEMBER_REASON_SEE,
            Permission.MEMBER_SEE,
            Permission.ORGANIZATION_SEE,
        }
    ),
    by_decision=True,
    second_factor=True,
)
INSPECTOR = Role(
    "inspector",
    "Người kiểm tra, giám sát",
    "Đọc hồ sơ, kế hoạch, biên bản, việc đang làm và nhật ký trong phạm vi và thời hạn của quyết định kiểm tra; "
    "không sửa gì, không kiểm tra chi bộ mình.",
    frozenset(
        {
            Permission.AUDIT_SEE,
            Permission.FIGURES_SEE,
            Permission.KEPT_PAPERS_SEE,
            Permission.MEETING_SEE,
            Permission.MEMBER_DISCIPLINE_SEE,
            Permission.MEMBER_LIMIT_SEE,
            Permission.MEMBER_LIST,
            Permission.MEMBER_SEE,
            Permission.MEMBER_WORK_SEE,
            Permission.NOTE_SEE,
            Permission.ORGANIZATION_SEE,
            Permission.PLAN_SEE,
            Permission.REVIEW_SEE,
            Permission.REVIEW_TEXT_SEE,
            Permission.WORK_SEE,
            Permission.YEARBOOK_SEE,
            Permission.YEARBOOK_TEXT_SEE,
        }
    ),
    by_decision=True,
    needs_end=True,
    spares_own_cell=True,
    second_factor=True,
)
TECHNICIAN = Role(
    "technician",
    "Quản trị kỹ thuật",
    "Giữ cho hệ thống chạy: khóa tài khoản, kết thúc phiên. Không xem được nội dung nào về đảng viên.",
    frozenset({Permission.ACCOUNT_LOCK, Permission.ACCOUNT_SEE}),
    by_decision=True,
    second_factor=True,
)
ROLES = {
    role.code: role for role in (MEMBER, SECRETARY, COMMITTEE, OFFICE, RECORD_KEEPER, INSPECTOR, TECHNICIAN)
}
