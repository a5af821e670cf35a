"""Signing in with a real browser: the first card on a phone, a key of the device, the second step."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from phancong.accounts.actions import issue_card
from phancong.accounts.models import OpenSession, Passkey
from phancong.accounts.queries import system_actor
from tests.browser.conftest import VisitorMaker
from tests.browser.seed import Seed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "bốn con trâu đen"


def test_a_card_activates_an_account_on_a_phone_without_scripts(seed: Seed, visit: VisitorMaker) -> None:
    card = issue_card(seed.member, by=system_actor(now=timezone.localtime()))
    page = visit(width=360, scripts=False).open("/kich-hoat/")
    page.get_by_label("Tên đăng nhập").fill(card.username)
    page.get_by_label("Mã kích hoạt").fill(card.code.lower())
    page.get_by_label("Mật khẩu mới", exact=True).fill(PASSWORD)
    page.get_by_label("Gõ lại mật khẩu mới").fill(PASSWORD)
    page.get_by_role("button", name="Đặt mật khẩu và vào").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập và bảo mật")
    assert OpenSession.objects.get().user == seed.member


def test_a_key_of_the_device_is_added_and_lets_its_owner_in(seed: Seed, visit: VisitorMaker) -> None:
    visitor = visit(width=360).sign_in(seed.member)
    device = visitor.context.new_cdp_session(visitor.page)
    device.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
            "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
    device.send("WebAuthn.addVirtualAuthenticator", {"options": kind})
    page = visitor.open("/bao-mat/")
    page.get_by_label("Tên máy").fill("Điện thoại của tôi")
    page.get_by_role("button", name="Thêm khóa trên máy này").click()
    expect(page.get_by_text("Đã thêm khóa trên máy này.")).to_be_visible()
    assert Passkey.objects.get().name == "Điện thoại của tôi"
    visitor.context.clear_cookies()
    page = visitor.open("/dang-nhap/")
    page.get_by_role("button", name="Vào bằng vân tay, khóa trên máy này").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Việc hôm nay")
    assert Passkey.objects.get().used_at is not None
