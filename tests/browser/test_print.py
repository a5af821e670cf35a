"""On paper there is the matter, and nothing to press."""

from tests.browser.conftest import VisitorMaker
from tests.browser.seed import Seed


def test_a_printed_list_holds_the_table_alone(seed: Seed, visit: VisitorMaker) -> None:
    page = visit(seed.office, width=1366).open("/dang-vien/")
    page.emulate_media(media="print")
    assert page.locator("th", has_text="Họ và tên").is_visible()
    assert [
        part
        for part in (".top", ".side", ".foot", ".filters", ".heading__tools", ".skip")
        if page.locator(part).first.is_visible()
    ] == []


def test_a_tree_is_printed_as_it_is_unfolded(seed: Seed, visit: VisitorMaker) -> None:
    page = visit(seed.office, width=1366).open("/to-chuc/")
    page.emulate_media(media="print")
    assert page.get_by_text("Chi bộ buôn Hoai").is_visible()
