"""The year of a cell as steps in the browser: what is done, and what to tell of the page it leads to."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import Browser, Page

CELL = "Chi bộ tổ dân phố 1"
SECRETARY = "Nguyễn Quốc Danh"
MEMBER = re.compile("Đảng viên ·")
# The page of one piece of work, not the slip of its member.
WORK = "a[href^='/viec/']:not([href*=phieu])"
OFFICE = "Văn phòng, ban xây dựng Đảng"


class Book:
    """One reader of the guide: a browser, and whoever is signed in."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.today = date.today()  # noqa: DTZ011 -- the day of the machine that makes the pictures
        self.page: Page = browser.new_page(locale="vi-VN")
        self.member = ""
        # Addresses that later steps come back to: the round of this year, the part of the cell in it.
        self.round_path = self.part_path = ""

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)

    def enter(self, words: str, name: str | re.Pattern[str]) -> None:
        """Sign in as one of the sample people found by `words`."""
        self.page.context.close()
        self.page = self.browser.new_page(locale="vi-VN")
        self.open(f"/dang-nhap/?tim={words}")
        self.page.get_by_role("main").get_by_role("button", name=name).first.click()

    def link(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("main").get_by_role("link", name=name).first.click()

    def button(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("main").get_by_role("button", name=name).first.click()

    def task(self, words: str) -> None:
        self.page.locator("a.task", has_text=words).first.click()

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).first.fill(text)

    @property
    def path(self) -> str:
        """Where the book stands open."""
        return self.page.url.removeprefix(self.address)

    @property
    def board(self) -> str:
        return f"/phan-cong/{self.cell_id}/{self.today.year}/"

    @property
    def cell_id(self) -> int:
        if not hasattr(self, "_cell_id"):
            self.open("/")
            found = self.page.locator("a[href*='/phan-cong/']").evaluate_all(
                "links => links.map(link => link.getAttribute('href'))"
            )
            self._cell_id = next(
                int(m[1]) for m in (re.match(r"/phan-cong/(\d+)/\d+/", one) for one in found) if m
            )
        return self._cell_id


@dataclass(frozen=True, slots=True)
class Step:
    title: str
    told: str
    go: Callable[[Book], None]


@dataclass(frozen=True, slots=True)
class Chapter:
    code: str
    title: str
    told: str
    steps: tuple[Step, ...]


def _sign_in_page(book: Book) -> None:
    book.open("/dang-nhap/")


def _home(book: Book) -> None:
    book.enter(CELL, re.compile(f"^{SECRETARY}"))


def _board(book: Book) -> None:
    book.open(book.board)


def _one_member(book: Book) -> None:
    book.page.locator("table a[href*='/dong-chi/']").first.click()


def _why(book: Book) -> None:
    book.open(book.board)
    book.page.locator("a[href*='/vi-sao/']").first.click()


def _opinions(book: Book) -> None:
    book.open(book.board)
    book.page.get_by_text("Việc khác với cả bản dự thảo").click()
    book.button(re.compile("^Lấy ý kiến"))


def _own_draft(book: Book) -> None:
    book.enter(CELL, MEMBER)
    book.open("/phan-cong/du-kien/")


def _accept(book: Book) -> None:
    book.enter(CELL, re.compile(f"^{SECRETARY}"))
    book.open(book.board)
    book.button("Nhận cả bản gợi ý")


def _call(book: Book) -> None:
    book.open(f"/sinh-hoat/chi-bo/{book.cell_id}/lap-lich/")


def _called(book: Book) -> None:
    form = book.page.locator("form").filter(has_text="Lập kỳ họp này")
    form.get_by_label("Ngày họp").fill(f"{book.today:%d/%m/%Y}")
    form.get_by_label("Địa điểm").fill("Nhà sinh hoạt tổ dân phố 1")
    form.get_by_label("Chủ trì").select_option(label=SECRETARY)
    form.get_by_label("Thư ký ghi biên bản").select_option(index=2)
    form.get_by_role("button").click()


def _agenda(book: Book) -> None:
    book.task("Chương trình")
    book.page.get_by_role("textbox", name="Nội dung", exact=True).fill("Kế hoạch phân công công tác")
    book.page.get_by_label("Nội dung này là").select_option("plan")
    book.button("Thêm vào chương trình")


def _attendance(book: Book) -> None:
    book.link(re.compile("Kỳ họp"))
    book.button("Bắt đầu họp")
    book.task("Điểm danh")


def _discussion(book: Book) -> None:
    book.button("Lưu điểm danh")
    book.task("Nội dung, ý kiến")
    book.link(re.compile("^Ghi ý kiến.*Kế hoạch"))
    book.fill("Ý kiến thảo luận", "Đ/c Nay H'Rin: nhất trí, đề nghị thêm người giúp hộ nghèo.")


def _vote(book: Book) -> None:
    book.button("Lưu vào biên bản")
    book.link(re.compile("^Biểu quyết.*Kế hoạch"))


def _voted(book: Book) -> None:
    present = re.search(r"(\d+) có mặt để biểu quyết", book.page.content())
    book.fill("Đồng ý", present[1] if present else "5")
    book.button("Ghi kết quả")


def _reading(book: Book) -> None:
    book.link(re.compile("Kỳ họp"))
    book.task("Đọc lại, ký")


def _signed(book: Book) -> None:
    book.fill("Kết thúc lúc", "21h15")
    book.button("Thông qua biên bản")
    book.button("Ký biên bản")


def _adopted(book: Book) -> None:
    book.open(book.board)


def _own_work(book: Book) -> None:
    book.enter(CELL, MEMBER)


def _report_kind(book: Book) -> None:
    """On work of this year: what is left of the last one stands above it."""
    cards = book.page.get_by_role("main").locator("article").filter(has_text=f"/{book.today.year})")
    cards.get_by_role("link", name=re.compile("^Báo kết quả")).first.click()


def _report_text(book: Book) -> None:
    book.button("Đã xong")
    book.page.get_by_role("textbox").fill("Đã cùng 12 hộ làm xong, có biên bản của buôn.")


def _report_review(book: Book) -> None:
    book.button("Xem lại")


def _report_sent(book: Book) -> None:
    book.button("Gửi")


def _waiting(book: Book) -> None:
    book.enter(CELL, re.compile(f"^{SECRETARY}"))


def _judge(book: Book) -> None:
    book.link(re.compile("báo cáo chờ nhận xét"))
    book.page.get_by_role("main").locator(WORK).first.click()


def _judged(book: Book) -> None:
    book.button("Ghi nhận hoàn thành")


def _follow(book: Book) -> None:
    book.open(f"/theo-doi/{book.cell_id}/?nam={book.today.year}")


def _extend(book: Book) -> None:
    book.page.get_by_role("main").locator(WORK).nth(3).click()
    book.link(re.compile("^Gia hạn"))


def _affected(book: Book) -> None:
    book.open(f"{book.board}can-xem-lai/")


def _year(book: Book) -> None:
    book.open(f"/trong-nam/{book.cell_id}/{book.today.year}/")


def _history(book: Book) -> None:
    book.open(book.board)
    book.page.locator("table a[href*='/dong-chi/']").first.click()
    found = re.search(r"/dong-chi/(\d+)/", book.page.url)
    book.open(f"/dang-vien/{found[1] if found else 0}/qua-cac-nam/")


def _ward(book: Book) -> None:
    book.enter("", re.compile(OFFICE))
    book.open("/theo-doi/")


CHAPTERS = (
    Chapter("vao", "Vào hệ thống", "Trang đầu của mỗi người là việc cần người ấy làm hôm nay.", (
        Step("Đăng nhập", "Bản chạy thử chọn người mẫu; bản thật dùng thẻ, mật khẩu hoặc vân tay.", _sign_in_page),
        Step("Việc hôm nay của bí thư", "Mỗi hàng dẫn thẳng tới chỗ cần làm.", _home),
    )),
    Chapter("du-kien", "Dự kiến phân công", "Máy gợi ý, chi bộ quyết định; mọi chỗ đều sửa và hoàn tác được.", (
        Step("Bảng phân công", "Việc chưa có người và đồng chí chưa có việc luôn ở trên cùng.", _board),
        Step("Từng đồng chí một trang", "Đang giữ gì, nặng nhẹ ra sao, giao thêm, bỏ, đổi người.", _one_member),
        Step("Vì sao gợi ý", "Lý do bằng lời, điều kiện đã đạt, phương án khác.", _why),
        Step("Lấy ý kiến trước cuộc họp", "Mỗi đồng chí xem phần dự kiến của mình và cho ý kiến.", _opinions),
        Step("Đồng chí xem dự kiến của mình", "Chỉ thấy phần của mình.", _own_draft),
        Step("Nhận bản gợi ý", "Giữ mọi phần như gợi ý, rồi trình chi bộ.", _accept),
    )),
    Chapter("sinh-hoat", "Sinh hoạt chi bộ, thông qua", "Từ mời họp đến biên bản ký xong.", (
        Step("Lập lịch sinh hoạt", "Lập một kỳ họp, hoặc cả năm một lần.", _call),
        Step("Kỳ họp", "Các bước theo thứ tự của buổi họp.", _called),
        Step("Chương trình", "Thêm nội dung “Kế hoạch phân công” để biểu quyết.", _agenda),
        Step("Điểm danh", "Có mặt, vắng có lý do, vắng không lý do; người được miễn đã ghi sẵn.", _attendance),
        Step("Ghi ý kiến", "Đang gõ đã được giữ trên máy chủ.", _discussion),
        Step("Biểu quyết", "Ai không tính vào mẫu số, cần bao nhiêu phiếu: theo quy định có ngày.", _vote),
        Step("Kết quả biểu quyết", "Đạt hay chưa đạt, bằng số và bằng lời.", _voted),
        Step("Đọc lại biên bản", "Thấy toàn bộ trước khi thông qua, chỗ nào cũng có “Sửa”.", _reading),
        Step("Ký xong", "Biên bản giữ nguyên, tải bản Word, PDF; kế hoạch được thông qua.", _signed),
        Step("Bảng phân công đã thông qua", "Từ đây thay đổi là điều chỉnh có lý do.", _adopted),
    )),
    Chapter("theo-doi", "Làm việc, báo cáo, theo dõi", "Đảng viên báo bằng bốn lần chạm; bí thư thấy sớm việc chậm.", (
        Step("Việc của tôi", "Trang đầu của đảng viên.", _own_work),
        Step("Báo kết quả", "Mỗi trang một câu hỏi.", _report_kind),
        Step("Một câu mô tả", "Chữ đang gõ được giữ trên máy chủ.", _report_text),
        Step("Xem lại rồi gửi", "Chưa gửi thì chưa ai thấy.", _report_review),
        Step("Đã gửi", "Chỉ hiện khi máy chủ đã nhận.", _report_sent),
        Step("Bí thư có báo cáo chờ", "Trang đầu báo số báo cáo chờ nhận xét.", _waiting),
        Step("Xem báo cáo", "Sáu điều rõ, chuỗi việc từ kế hoạch đến kết quả.", _judge),
        Step("Ghi nhận hoàn thành", "Lời nhận xét nằm trong sổ theo dõi, không sửa được.", _judged),
        Step("Cả chi bộ", "Quá hạn, sắp đến hạn, chờ nhận xét, lâu không có tin; của bất kỳ ngày nào.", _follow),
        Step("Gia hạn", "Là một quyết định có lý do; hạn đầu vẫn giữ.", _extend),
        Step("Việc cần xem lại", "Khi sức khỏe, trạng thái, nơi sinh hoạt đổi: máy đề xuất người thay.", _affected),
    )),
    Chapter("trong-nam", "Việc trong năm", "Liên hệ nơi cư trú, cam kết, học tập, nhận xét.", (
        Step("Việc trong năm của chi bộ", "Điều còn thiếu ở trên cùng.", _year),
    )),
    Chapter("qua-nam", "Nhìn lại", "Mỗi đồng chí qua các năm; cả đảng bộ trên một trang.", (
        Step("Việc qua các năm của một đồng chí", "Được giao gì, làm đến đâu, thay đổi thế nào.", _history),
        Step("Cấp trên theo dõi các chi bộ", "Số việc chậm, chờ nhận xét, lâu không có tin của từng chi bộ.", _ward),
    )),
)  # fmt: skip
