"""The log in words: every act, every kind of thing, and those parts of the content that people ask for."""

from collections.abc import Mapping
from typing import Any

ACTIONS = {
    "add_duty": "Thêm việc vào kế hoạch",
    "add_passkey": "Thêm khóa trên máy",
    "adjust_plan": "Điều chỉnh phân công đã thông qua",
    "adopt_plan": "Ghi chi bộ thông qua kế hoạch",
    "answer_about_days": "Trả lời về ngày bị đảo trong danh sách nhập",
    "answer_objection": "Trả lời ý kiến về dự thảo kế hoạch",
    "appoint": "Ghi chức vụ của đảng viên",
    "appoint_office": "Cử cán bộ văn phòng",
    "area_add": "Thêm địa bàn",
    "area_close": "Thôi dùng địa bàn",
    "area_count": "Ghi dân số địa bàn",
    "area_cover": "Giao địa bàn cho chi bộ",
    "area_uncover": "Thôi giao địa bàn cho chi bộ",
    "ask_opinions": "Lấy ý kiến về dự thảo kế hoạch",
    "breach_list": "Lập danh sách người bị ảnh hưởng",
    "cancel_roster": "Hủy lần nhập danh sách",
    "change_duty": "Sửa việc trong kế hoạch",
    "change_status": "Đổi trạng thái đảng viên",
    "check_log": "Kiểm tra nhật ký",
    "choose_sheet": "Chọn bảng tính của tệp danh sách",
    "data_copy_taken": "Tải bản dữ liệu của mình",
    "data_request_accept": "Chấp nhận yêu cầu về dữ liệu",
    "data_request_ask": "Gửi yêu cầu về dữ liệu",
    "data_request_extend": "Gia hạn trả lời yêu cầu về dữ liệu",
    "data_request_refuse": "Không chấp nhận yêu cầu về dữ liệu",
    "data_request_withdraw": "Rút yêu cầu về dữ liệu",
    "delegate_role": "Ủy quyền",
    "draft_plan": "Lập kế hoạch của chi bộ",
    "draft_plans": "Lập kế hoạch cho nhiều chi bộ",
    "drop_calendar_link": "Bỏ địa chỉ lịch đến hạn",
    "drop_code_app": "Bỏ ứng dụng mã",
    "drop_passkey": "Bỏ khóa trên máy",
    "end_own_session": "Kết thúc một phiên của mình",
    "end_post": "Ghi thôi chức vụ",
    "end_role": "Thôi giao vai trò",
    "end_sessions": "Kết thúc mọi phiên của tài khoản",
    "exclude": "Ghi không giao việc cho một đồng chí",
    "export_log": "Xuất nhật ký",
    "export_plan": "Xuất văn bản, bảng tính của kế hoạch",
    "forget_preview": "Bỏ bản xem trước của lần nhập",
    "found_missing_cells": "Lập các chi bộ có trong danh sách nhập",
    "give_after_adoption": "Giao thêm việc sau khi thông qua kế hoạch",
    "give_duty": "Giao việc",
    "give_role": "Giao vai trò",
    "include_again": "Bỏ ghi không giao việc",
    "issue_card": "In thẻ kích hoạt mới",
    "issue_cards": "In thẻ kích hoạt cho chi bộ",
    "issue_one_time_codes": "In tờ mã dùng một lần",
    "job_start": "Bắt đầu việc chạy nền",
    "keep_all": "Nhận cả bản gợi ý",
    "keep_code_app": "Thêm ứng dụng mã",
    "keep_despite": "Giữ người làm việc dù có thay đổi",
    "keep_roster": "Nhận tệp danh sách",
    "load_catalogue": "Nạp danh mục nhiệm vụ",
    "load_sample": "Nạp dữ liệu mẫu",
    "lock_account": "Khóa tài khoản",
    "lock_assignment": "Giữ hoặc thôi giữ người khi tính lại",
    "make_calendar_link": "Lập địa chỉ lịch đến hạn",
    "member_export": "Xuất danh sách đảng viên",
    "minimise_member": "Xóa dữ liệu hết thời hạn giữ",
    "minimise_working_copies": "Xóa bản nháp hết thời hạn giữ",
    "object_to_plan": "Gửi ý kiến về dự thảo kế hoạch",
    "open_plan": "Mở kế hoạch",
    "organization_conversion": "Chuyển loại hình tổ chức đảng",
    "organization_dissolution": "Giải thể tổ chức đảng",
    "organization_founding": "Thành lập tổ chức đảng",
    "organization_merge": "Hợp nhất, sáp nhập tổ chức đảng",
    "organization_move": "Chuyển tổ chức đảng trực thuộc",
    "organization_refresh": "Đưa quyết định về tổ chức vào hiệu lực",
    "organization_rename": "Đổi tên tổ chức đảng",
    "organization_split": "Chia, tách tổ chức đảng",
    "pass_duty": "Chuyển việc sang đồng chí khác",
    "prepare_roster": "Đọc danh sách nhập",
    "read": "Xem phần hồ sơ riêng",
    "register_members": "Ghi đảng viên vào danh sách",
    "remove_duty": "Bỏ việc khỏi kế hoạch",
    "reset_second_step": "Bỏ bước thứ hai của tài khoản",
    "set_apart": "Ghi hai đồng chí không cùng một việc",
    "set_password": "Đặt mật khẩu",
    "set_roster_unreadable": "Ghi tệp danh sách không đọc được",
    "set_work_limit": "Ghi giới hạn công việc",
    "sign_in": "Đăng nhập",
    "sign_in_as_sample": "Đăng nhập bằng người mẫu",
    "sign_in_guesses_spent": "Thử đăng nhập quá nhiều lần",
    "solve_again": "Gợi ý lại",
    "swap_duties": "Đổi việc giữa hai đồng chí",
    "take_duty": "Thôi giao việc",
    "transfer_member": "Chuyển sinh hoạt",
    "undo_change": "Hoàn tác lần sửa kế hoạch",
    "undo_roster": "Hoàn tác lần nhập danh sách",
    "unlock_account": "Mở lại tài khoản",
    "update_member": "Sửa hồ sơ đảng viên",
    "withdraw_objection": "Rút ý kiến về dự thảo kế hoạch",
    "work_accept": "Nhận xét: hoàn thành",
    "work_answer": "Trả lời khó khăn, đề nghị",
    "work_ask": "Xin điều chỉnh việc",
    "work_difficult": "Báo gặp khó",
    "work_done": "Báo đã xong việc",
    "work_end": "Thôi giao việc",
    "work_extend": "Gia hạn việc",
    "work_going": "Báo đang làm",
    "work_note": "Nhận xét việc",
    "work_pass_up": "Chuyển khó khăn lên cấp trên",
    "work_remind": "Nhắc việc",
    "work_return": "Nhận xét: làm tiếp",
    "write_anchor": "Lập mốc neo nhật ký",
    "write_roster": "Ghi danh sách nhập",
}
SUBJECTS = {
    "area": "Địa bàn",
    "catalogue": "Danh mục nhiệm vụ",
    "job": "Việc chạy nền",
    "line": "Dòng nhật ký",
    "log": "Nhật ký",
    "member": "Hồ sơ đảng viên",
    "members": "Danh sách đảng viên",
    "organization": "Tổ chức đảng",
    "plan": "Kế hoạch",
    "roster_import": "Lần nhập danh sách",
    "sample": "Dữ liệu mẫu",
    "user": "Tài khoản",
    "year": "Năm",
}
_DETAILS = {
    "count": "số lượng",
    "lines": "số dòng",
    "reason": "lý do",
    "sequence": "đến dòng",
    "broken": "dòng hỏng",
    "decision_number": "quyết định số",
    "on": "từ ngày",
}


def action_words(code: str) -> str:
    return ACTIONS.get(code, code)


def subject_words(subject: str) -> str:
    """A thing by its kind and number; who may open it finds its name there."""
    kind, _, number = subject.partition(":")
    return f"{SUBJECTS.get(kind, kind)} {number}".strip()


def detail_words(detail: Mapping[str, Any]) -> str:
    """Those parts of the content that say something to people."""
    told = (
        f"{words}: {detail[name]}"
        for name, words in _DETAILS.items()
        if detail.get(name) not in (None, "", [], {})
    )
    return "; ".join(told)
