"""The review at the end of the year and the figures as steps in the browser, after those of `guide_steps.py`."""

import re

from scripts.guide_steps import CELL, MEMBER, OFFICE, SECRETARY, Book, Chapter, Step

DEPUTY = "Phan Trọng Hậu"
# As many ballots as the cell hands out in the guide; everybody votes for the same grade but one.
BALLOTS = 12
GOOD, BEST = "good", "excellent"
STORY_UNTIL = 2013
OLD_DAY = "31/12/2012"


def _office(book: Book) -> None:
    book.enter("", re.compile(OFFICE))


def _secretary(book: Book) -> None:
    book.enter(CELL, re.compile(f"^{SECRETARY}"))
    book.open("/kiem-diem/")
    book.link("Mở phần của chi bộ")


def _rounds(book: Book) -> None:
    _office(book)
    book.open("/kiem-diem/")


def _opening(book: Book) -> None:
    book.link("Mở đợt kiểm điểm")
    book.fill("Văn bản mở đợt", f"Kế hoạch số 12-KH/ĐU ngày 01/11/{book.today.year}")


def _opened(book: Book) -> None:
    book.button("Mở đợt")
    book.round_path = book.path


def _own(book: Book) -> None:
    book.enter(CELL, MEMBER)
    book.open("/kiem-diem/cua-toi/")
    book.page.locator("a.task").first.click()


def _own_paper(book: Book) -> None:
    book.link(re.compile("^Viết bản tự kiểm điểm"))
    book.fill("Ưu điểm, kết quả đạt được", "Hoàn thành các việc được giao, đúng hạn; giúp ba hộ vay vốn.")
    book.page.get_by_label(re.compile("nhóm tiêu chí chung", re.IGNORECASE)).fill("28")
    book.page.get_by_label(re.compile("kết quả thực hiện", re.IGNORECASE)).fill("62")
    book.page.get_by_label("Tự nhận mức").select_option(GOOD)


def _own_sent(book: Book) -> None:
    book.button("Gửi chi bộ")


def _meeting(book: Book) -> None:
    _secretary(book)
    book.part_path = book.path
    book.link(re.compile("^Ghi ngày họp"))
    book.fill("Số đồng chí có quyền bỏ phiếu", str(BALLOTS))


def _part(book: Book) -> None:
    book.button(re.compile("^Ghi$"))


def _one_member(book: Book) -> None:
    book.page.get_by_role("main").locator("a[href*='/kiem-diem/dong-chi/']").first.click()
    book.fill("Nhận xét của chi ủy", "Gương mẫu, làm việc được giao đúng hạn.")


def _ballots(book: Book) -> None:
    book.button("Ghi nhận xét")
    book.open(f"{book.part_path}phieu/")
    _count(book)


def _count(book: Book) -> None:
    """What was read out: everybody who has no count yet."""
    rows = book.page.locator("table tbody tr").filter(has=book.page.locator("select"))
    for number, row in enumerate(rows.all()):
        if row.locator("select").input_value():
            continue
        grade = BEST if number == 0 else GOOD
        row.locator(f"input[name$='muc-{grade}']").fill(str(BALLOTS))
        row.locator("select").select_option(grade)


def _counted(book: Book) -> None:
    book.button("Ghi phiếu cả chi bộ")
    book.enter(CELL, re.compile(f"^{DEPUTY}"))
    book.open(f"{book.part_path}phieu/")
    _count(book)
    book.button("Ghi phiếu cả chi bộ")


def _proposed(book: Book) -> None:
    _secretary(book)
    book.button("Gửi đề nghị của chi bộ lên cấp trên")


def _judged(book: Book) -> None:
    _office(book)
    book.open(book.part_path)


def _appraised(book: Book) -> None:
    book.button("Thẩm định xong cả chi bộ")


def _deciding(book: Book) -> None:
    book.open(f"{book.round_path}quyet-dinh/")
    book.fill("Số quyết định", "45-QĐ/ĐU")


def _decided(book: Book) -> None:
    book.button(re.compile("^Ghi quyết định"))


def _not_yet_closed(book: Book) -> None:
    book.button("Chốt số liệu của đợt")


def _closed(book: Book) -> None:
    book.open("/kiem-diem/")
    book.link(re.compile(str(book.today.year - 1)))
    book.button("Chốt số liệu của đợt")


def _own_grade(book: Book) -> None:
    book.enter(CELL, MEMBER)
    book.open("/kiem-diem/cua-toi/")
    book.page.locator("a.task").first.click()


def _figures(book: Book) -> None:
    _office(book)
    book.open("/so-lieu/")


def _old_day(book: Book) -> None:
    book.open(f"/so-lieu/?ngay={OLD_DAY}")


def _behind(book: Book) -> None:
    book.page.locator("a[href*='cot=trang-thai.du-bi']").last.click()


def _story(book: Book) -> None:
    book.open(f"/so-lieu/qua-cac-nam/?den={STORY_UNTIL}")


def _old_grades(book: Book) -> None:
    book.open(f"/so-lieu/xep-loai/?ngay={OLD_DAY}")


def _hand_in(book: Book) -> None:
    book.open("/so-lieu/")
    book.link(re.compile("^Nộp"))


def _handed_in(book: Book) -> None:
    book.button("Chốt và nộp")


CHAPTERS = (
    Chapter("kiem-diem", "Kiểm điểm, xếp loại cuối năm",
            "Xếp loại theo việc đã ghi; máy nêu căn cứ, người quyết định.", (
        Step("Các đợt kiểm điểm", "Đợt đã qua vẫn theo quy định của năm đó.", _rounds),
        Step("Mở đợt", "Văn bản mở đợt, ngày của quy định, ngày tính danh sách.", _opening),
        Step("Đợt vừa mở", "Chi bộ nào ở bước nào, còn bao nhiêu đồng chí chưa có mức.", _opened),
        Step("Kiểm điểm của tôi", "Việc trong năm đã điền sẵn từ sổ theo dõi.", _own),
        Step("Bản tự kiểm điểm", "Viết, chấm điểm, tự nhận mức; lưu lại rồi viết tiếp cũng được.", _own_paper),
        Step("Đã gửi chi bộ", "Mức chi bộ đề nghị chỉ hiện sau khi có quyết định.", _own_sent),
        Step("Họp kiểm điểm", "Ngày họp, phiếu kín hay biểu quyết, số đồng chí có quyền bỏ phiếu.", _meeting),
        Step("Phần của chi bộ", "Ai đã gửi, ai chưa; căn cứ cho phép đến mức nào.", _part),
        Step("Từng đồng chí", "Căn cứ, nhận xét của chi ủy, đảng phí, phiếu, mức đề nghị.", _one_member),
        Step("Ghi phiếu cả chi bộ", "Đọc phiếu đến đâu ghi đến đó; phần của mình do đồng chí khác ghi.", _ballots),
        Step("Đủ phiếu, đủ mức", "Phó bí thư đã ghi phần của bí thư.", _counted),
        Step("Gửi đề nghị lên cấp trên", "Từ đây phần của chi bộ khóa lại.", _proposed),
        Step("Cấp trên thẩm định", "Khác mức chi bộ đề nghị thì ghi lý do; hoặc trả lại kèm lý do.", _judged),
        Step("Đã thẩm định", "Chờ quyết định.", _appraised),
        Step("Ghi quyết định", "Một quyết định cho các chi bộ đã thẩm định.", _deciding),
        Step("Đợt sau quyết định", "Tải danh sách xếp loại bản Word, Excel.", _decided),
        Step("Chưa chốt được", "Còn đồng chí chưa có mức thì đợt chưa chốt, và nêu còn bao nhiêu.", _not_yet_closed),
        Step("Chốt đợt", "Số xếp loại cộng số không xếp loại đúng bằng danh sách thì chốt được.", _closed),
        Step("Đảng viên xem mức của mình", "Thấy mức, phiếu, và có thể đề nghị xem xét lại.", _own_grade),
    )),
    Chapter("so-lieu", "Số liệu", "Số liệu của bất kỳ ngày nào, bấm vào số để thấy đúng những dòng được đếm.", (
        Step("Số liệu hôm nay", "Theo từng đơn vị; dòng cộng đếm riêng, không khớp thì báo.", _figures),
        Step("Số liệu của ngày đã qua", "Theo tổ chức của ngày đó, hoặc theo tổ chức hiện nay.", _old_day),
        Step("Đằng sau một con số", "Đúng những đồng chí được đếm.", _behind),
        Step("Từ năm 2007 đến năm 2013",
             "Từ 802 lên 1.378 đảng viên; thôn, tổ chưa có tổ chức đảng từ 7 xuống 0.", _story),
        Step("Xếp loại năm 2012", "Mỗi mức bao nhiêu đồng chí, bao nhiêu chưa xếp loại.", _old_grades),
        Step("Nộp số liệu", "Nộp một lần, giữ nguyên; cấp trên thấy ai nộp, ai chưa.", _hand_in),
        Step("Số liệu đã nộp", "Sau này số liệu có đổi thì trang này nêu chỗ khác.", _handed_in),
    )),
)  # fmt: skip
