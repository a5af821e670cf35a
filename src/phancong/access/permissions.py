"""Every right there is. Sorted by subject: noun, then verb."""

from enum import StrEnum


class Permission(StrEnum):
    """The value is what audit lines and marks on views carry; `label` is the same in words, for people."""

    label: str

    def __new__(cls, value: str, label: str) -> "Permission":
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    ACCOUNT_CARD_PRINT = "account_card_print", "Lập tài khoản, in thẻ kích hoạt và mã dùng một lần"
    ACCOUNT_LOCK = "account_lock", "Khóa tài khoản, kết thúc các phiên, đặt lại cách đăng nhập"
    ACCOUNT_SEE = "account_see", "Xem danh sách tài khoản"
    AUDIT_ANCHOR = "audit_anchor", "In mốc neo của nhật ký"
    AUDIT_SEE = "audit_see", "Xem nhật ký và kiểm tra tính toàn vẹn"
    BREACH_PREPARE = "breach_prepare", "Lập danh sách người bị ảnh hưởng khi có sự cố dữ liệu"
    CHARGE_DECIDE = "charge_decide", "Ghi phân công cấp ủy viên phụ trách tổ chức trực thuộc"
    DATA_REQUEST_ANSWER = "data_request_answer", "Trả lời yêu cầu về dữ liệu cá nhân"
    DUTY_CATALOGUE_CHANGE = "duty_catalogue_change", "Sửa danh mục nhiệm vụ mẫu"
    FIGURES_HAND_IN = "figures_hand_in", "Nộp số liệu của tổ chức mình lên cấp trên"
    FIGURES_SEE = "figures_see", "Xem số liệu, thống kê của tổ chức đảng"
    JOB_SEE = "job_see", "Xem việc chạy nền"
    KEPT_PAPERS_SEE = "kept_papers_see", "Xem sổ sách của tổ chức đã sáp nhập, giải thể, ở nơi đang giữ"
    MEETING_RECORD = "meeting_record", "Chuẩn bị, ghi biên bản sinh hoạt chi bộ"
    MEETING_SEE = "meeting_see", "Xem lịch, chương trình, biên bản sinh hoạt chi bộ"
    MEMBER_CHANGE = "member_change", "Sửa hồ sơ đảng viên"
    MEMBER_DISCIPLINE_SEE = "member_discipline_see", "Xem phần đình chỉ, kỷ luật trong hồ sơ (ghi mục đích)"
    MEMBER_EXPORT = "member_export", "Xuất danh sách đảng viên"
    MEMBER_IMPORT = "member_import", "Nhập danh sách từ Excel"
    MEMBER_LIMIT_SEE = "member_limit_see", "Xem giới hạn công việc, không có lý do"
    MEMBER_LIST = "member_list", "Xem danh sách đảng viên"
    MEMBER_REASON_SEE = "member_reason_see", "Xem lý do sức khỏe, hoàn cảnh (ghi mục đích)"
    MEMBER_SEE = "member_see", "Xem hồ sơ đảng viên, phần thông tin chung"
    MEMBER_WORK_SEE = "member_work_see", "Xem trình độ, nhiệm vụ và quá trình công tác"
    NOTE_SEE = "note_see", "Xem lời biểu dương, nhắc nhở gửi tổ chức đảng"
    NOTE_WRITE = "note_write", "Biểu dương, nhắc nhở tổ chức đảng cấp dưới; trả lời cấp trên"
    ORGANIZATION_CHANGE = "organization_change", "Thành lập, sắp xếp tổ chức đảng"
    ORGANIZATION_SEE = "organization_see", "Xem tổ chức đảng và số lượng"
    PLAN_ADJUST = "plan_adjust", "Điều chỉnh phân công đã được chi bộ thông qua"
    PLAN_ADOPT = "plan_adopt", "Ghi chi bộ thông qua kế hoạch phân công"
    PLAN_CHANGE = "plan_change", "Lập, sửa kế hoạch phân công"
    PLAN_DRAFT_MANY = "plan_draft_many", "Lập kế hoạch cho nhiều chi bộ"
    PLAN_EXPORT = "plan_export", "Xuất văn bản, bảng tính của kế hoạch"
    PLAN_SEE = "plan_see", "Xem kế hoạch phân công"
    REVIEW_APPRAISE = "review_appraise", "Thẩm định, quyết định mức xếp loại của chi bộ cấp dưới"
    REVIEW_LEAD = "review_lead", "Mở, chốt đợt kiểm điểm"
    REVIEW_RECORD = "review_record", "Ghi kiểm điểm, kết quả bỏ phiếu, đề nghị mức của chi bộ"
    REVIEW_SEE = "review_see", "Xem đợt kiểm điểm, căn cứ, mức đề nghị và quyết định"
    REVIEW_TEXT_SEE = "review_text_see", "Đọc bản tự kiểm điểm của đảng viên"
    ROLE_DELEGATE = "role_delegate", "Ủy quyền việc của mình cho người khác, có thời hạn"
    ROLE_GIVE = "role_give", "Giao vai trò theo quyết định"
    TRANSFER_RECORD = "transfer_record", "Lập hồ sơ, giới thiệu, tiếp nhận chuyển sinh hoạt đảng"
    WORK_DIRECT = "work_direct", "Nhận xét báo cáo, gia hạn, trả lời khó khăn, nhập thay"
    WORK_SEE = "work_see", "Theo dõi việc đang làm, báo cáo, kết quả"
    YEARBOOK_RECORD = "yearbook_record", "Ghi việc giữ liên hệ nơi cư trú, cam kết, học tập, nhận xét"
    YEARBOOK_SEE = "yearbook_see", "Xem việc giữ liên hệ nơi cư trú, cam kết, học tập, nhận xét"
    YEARBOOK_TEXT_SEE = "yearbook_text_see", "Đọc nội dung cam kết, sổ tay, nhận xét về đảng viên"
