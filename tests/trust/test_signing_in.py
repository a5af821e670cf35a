"""Sessions, guesses, second steps: items 9 to 15."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from phancong.accounts import actions, code_app
from phancong.accounts.models import Allowance, CodeApp, OpenSession, PrintedCode, User
from phancong.accounts.queries import system_actor
from phancong.audit.models import AuditEntry
from tests.trust.addresses import patterns
from tests.trust.measures import measured
from tests.trust.reading import body_of
from tests.trust.world import World

pytestmark = pytest.mark.sqlite_is_enough

PASSWORD = "bốn con trâu đen"
WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng"
PAUSED = "Đã thử quá nhiều lần"
# Acts of weight: who borrowed an open session cannot do them.
WEIGHTY = {
    "accounts:password", "accounts:app", "accounts:drop_app", "accounts:new_key_question", "accounts:drop_key",
    "account_pages:cell_cards", "account_pages:card", "account_pages:one_time_codes", "account_pages:act",
    "roles:give", "roles:lend", "roles:end", "members:export", "members:import_write",
}  # fmt: skip


@pytest.fixture
def world(world: World) -> World:
    for user in world.users.values():
        user.set_password(PASSWORD)
        user.save()
    return world


def enter(client: Client, username: str, password: str = PASSWORD, **more: Any) -> Any:
    return client.post("/dang-nhap/", {"username": username, "password": password}, **more)


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def test_a_session_key_from_before_signing_in_is_worth_nothing(world: World) -> None:
    client, reused = Client(), 0
    client.get("/dang-nhap/")
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
    planted = session.session_key
    enter(client, "bi-thu-cung")
    signed_in = client.session.session_key
    client.post("/xac-nhan/", {"proof": PASSWORD})
    confirmed = client.session.session_key
    for old in (planted, signed_in):
        thief = Client()
        thief.cookies[settings.SESSION_COOKIE_NAME] = old or ""
        reused += is_in(thief)
    measured(9, "mã phiên cũ dùng lại sau khi đăng nhập, sau khi xác nhận", n=2, wrong=reused)
    assert len({planted, signed_in, confirmed}) == 3
    assert (reused, is_in(client)) == (0, True)


@pytest.mark.parametrize(
    "ended", ["thoát", "đổi mật khẩu", "khóa", "đặt lại bước hai", "văn phòng kết thúc", "thẻ mới"]
)
def test_old_cookies_of_three_devices_are_refused(world: World, ended: str) -> None:
    user, by = world.users["bí_thư_cùng"], system_actor(now=timezone.localtime())
    devices = [Client() for _ in range(3)]
    for device in devices:
        enter(device, "bi-thu-cung")
    assert [is_in(device) for device in devices] == [True] * 3
    cookies = [device.cookies[settings.SESSION_COOKIE_NAME].value for device in devices]
    user.refresh_from_db()
    ways: dict[str, Callable[[], object]] = {
        "thoát": lambda: [device.post("/thoat/") for device in devices],
        "đổi mật khẩu": lambda: actions.set_password(user, "năm con trâu đen", by=by),
        "khóa": lambda: actions.lock_account(user, by=by),
        "đặt lại bước hai": lambda: actions.reset_second_step(user, by=by),
        "văn phòng kết thúc": lambda: actions.end_sessions(user, by=by),
        "thẻ mới": lambda: actions.issue_card(user, by=by),
    }
    ways[ended]()
    served = 0
    for cookie in cookies:
        thief = Client()
        thief.cookies[settings.SESSION_COOKIE_NAME] = cookie
        served += is_in(thief)
    measured(10, "cookie cũ của ba máy sau khi phiên hết", n=3, wrong=served)
    assert (served, OpenSession.objects.filter(user=user).count()) == (0, 0)


@pytest.mark.parametrize(
    ("persona", "idle", "is_served"),
    [("bí_thư_cùng", timedelta(minutes=31), True), ("bí_thư_cùng", timedelta(hours=13), False),
     ("văn_phòng", timedelta(minutes=29), True), ("văn_phòng", timedelta(minutes=31), False)],
)  # fmt: skip
def test_a_session_that_nobody_used_ends_by_the_role(
    world: World,
    persona: str,
    idle: timedelta,
    is_served: bool,
) -> None:
    client = world.client(persona)
    session = client.session
    session["seen_at"] = time.time() - idle.total_seconds()
    session.save()
    served = is_in(client)
    measured(10, "phiên để không quá hạn của vai trò", n=1, wrong=int(served and not is_served))
    assert served == is_served


def test_a_session_ends_at_its_longest_however_much_it_is_used(world: World) -> None:
    client = world.client("văn_phòng")
    session = client.session
    session["began_at"] = time.time() - timedelta(hours=13).total_seconds()
    session.save()
    served = is_in(client)
    measured(10, "phiên kéo dài quá giới hạn", n=1, wrong=int(served))
    assert not served


def test_of_a_thousand_guesses_from_one_place_twenty_are_looked_at(world: World) -> None:
    client = Client()
    looked_at = sum(
        WRONG in enter(client, "bi-thu-cung", f"sai {number}").content.decode() for number in range(60)
    )
    measured(
        11, "60 lần thử một tên từ một địa chỉ: số lần được xét quá 20", n=60, wrong=max(0, looked_at - 20)
    )
    assert looked_at == 20
    told = AuditEntry.objects.filter(action="sign_in_guesses_spent").values_list("subject", flat=True)
    assert sorted(told) == ["address:127.0.0.1", "name:127.0.0.1"]


def test_one_name_is_guessed_twenty_times_from_any_number_of_places(world: World) -> None:
    looked_at = 0
    for place in range(30):
        client = Client(REMOTE_ADDR=f"10.0.0.{place}")
        looked_at += sum(WRONG in enter(client, "bi-thu-cung", f"sai {n}").content.decode() for n in range(2))
    measured(
        11, "60 lần thử một tên từ 30 địa chỉ: số lần được xét quá 20", n=60, wrong=max(0, looked_at - 20)
    )
    assert looked_at == 20


def test_one_password_over_many_names_from_one_place_is_stopped_and_told(world: World) -> None:
    client = Client()
    looked_at = sum(
        WRONG in enter(client, f"ten{number}", "matkhau1").content.decode() for number in range(60)
    )
    told = AuditEntry.objects.filter(action="sign_in_guesses_spent").count()
    measured(11, "rải một mật khẩu qua 60 tên: số lần được xét quá 20", n=60, wrong=max(0, looked_at - 20))
    assert (looked_at, told) == (20, 1)


def test_the_right_password_does_not_use_the_allowance_up(world: World) -> None:
    for _ in range(25):
        assert enter(Client(), "bi-thu-cung").status_code == 302


def test_while_others_guess_the_owner_enters_from_a_known_device(world: World) -> None:
    known = Client()
    enter(known, "bi-thu-cung")
    known.post("/thoat/")
    for place in range(3):
        for number in range(20):
            enter(Client(REMOTE_ADDR=f"10.0.1.{place}"), "bi-thu-cung", f"sai {number}")
    unknown = enter(Client(REMOTE_ADDR="10.0.2.1"), "bi-thu-cung")
    entered = enter(known, "bi-thu-cung")
    measured(12, "chủ tài khoản vào từ máy quen trong lúc bị dò", n=1, wrong=int(entered.status_code != 302))
    assert PAUSED in unknown.content.decode()
    assert entered.status_code == 302


def test_a_known_device_helps_with_its_own_name_alone(world: World) -> None:
    thief = Client()
    enter(thief, "bi-thu-khac")
    thief.post("/thoat/")
    looked_at = sum(WRONG in enter(thief, "bi-thu-cung", f"sai {n}").content.decode() for n in range(25))
    assert looked_at == 20


@pytest.fixture
def real_hash(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = settings.PASSWORD_HASHERS[1:]


@pytest.mark.usefixtures("real_hash")
def test_known_unknown_and_locked_names_answer_alike(world: World) -> None:
    world.users["bí_thư_cùng"].set_password(PASSWORD)
    world.users["bí_thư_cùng"].save()
    locked = world.users["bí_thư_khác"]
    locked.set_password(PASSWORD)
    locked.is_active = False
    locked.save()
    names = {"biết": "bi-thu-cung", "lạ": "khong-co-ai", "khóa": "bi-thu-khac"}
    answers: dict[str, object] = {}
    seconds: dict[str, list[float]] = {kind: [] for kind in names}
    for number in range(12):
        for kind, name in names.items():
            Allowance.objects.all().delete()
            client, began = Client(), time.process_time()
            answer = enter(client, name, PASSWORD if kind == "khóa" else f"sai {number}")
            seconds[kind].append(time.process_time() - began)
            body = answer.content.decode().replace(name, "")
            answers[kind] = (
                answer.status_code,
                sorted(answer.cookies),
                len(body.split("csrfmiddlewaretoken")[0]),
            )
    # What else the machine does only adds: the quickest answer of each is what the answer takes.
    quickest = [min(found) for found in seconds.values()]
    gap = max(quickest) - min(quickest)
    alike = len({str(answer) for answer in answers.values()})
    measured(
        13, "tên biết, lạ, khóa: trả lời khác nhau", n=36, wrong=alike - 1, note=f"chênh {gap * 1000:.1f} ms"
    )
    assert alike == 1
    assert gap <= 0.010


@pytest.mark.usefixtures("world")
class TestSecondStep:
    """Codes are good once, for their own user, and only their seal is kept."""

    def with_app(self, user: User) -> pyotp.TOTP:
        secret = code_app.new_secret()
        code_app.keep(user, secret, now=timezone.localtime())
        return pyotp.TOTP(secret)

    def test_a_code_of_the_app_enters_once(self, world: World) -> None:
        app, entered = self.with_app(world.users["văn_phòng"]), []
        code = app.now()
        for _ in range(2):
            client = Client()
            enter(client, "vai-0")
            client.post("/dang-nhap/buoc-hai/", {"code": code})
            entered.append(is_in(client))
        measured(14, "mã ứng dụng dùng lại", n=1, wrong=int(entered[1]))
        assert entered == [True, False]

    def test_a_printed_code_enters_once_and_for_its_own_user(self, world: World) -> None:
        by = system_actor(now=timezone.localtime())
        codes = actions.issue_one_time_codes(world.users["văn_phòng"], by=by)
        actions.issue_one_time_codes(world.users["quản_trị_kỹ_thuật"], by=by)
        tries = [("vai-3", codes[0]), ("vai-0", codes[0]), ("vai-0", codes[0]), ("vai-0", codes[1].lower())]
        entered = []
        for name, code in tries:
            client = Client()
            enter(client, name)
            client.post("/dang-nhap/buoc-hai/", {"code": code})
            entered.append(is_in(client))
        measured(14, "mã in của người khác, mã in dùng lại", n=2, wrong=int(entered[0]) + int(entered[2]))
        assert entered == [False, True, False, True]

    def test_no_code_is_kept_as_it_is_printed(self, world: World) -> None:
        by = system_actor(now=timezone.localtime())
        codes = actions.issue_one_time_codes(world.users["văn_phòng"], by=by)
        card = actions.issue_card(world.users["bí_thư_cùng"], by=by)
        kept = " ".join(PrintedCode.objects.values_list("seal", flat=True))
        bare = [code for code in [*codes, card.code] if code in kept or code.replace("-", "") in kept]
        secret = self.with_app(world.users["văn_phòng"]).secret
        measured(14, "mã, bí mật lưu trần", n=len(codes) + 2, wrong=len(bare))
        assert bare == []
        assert secret not in CodeApp.objects.get().secret

    def test_without_the_second_step_the_role_gives_nothing(self) -> None:
        client = Client()
        answer = enter(client, "vai-0")
        pages = [client.get(page).status_code for page in ("/vai-tro/", "/dang-vien/", "/tai-khoan/")]
        measured(14, "trang của vai trò hai bước mở bằng mật khẩu", n=3, wrong=pages.count(200))
        assert (answer["Location"], pages) == ("/bao-mat/", [404, 404, 404])

    def test_a_confirmation_by_a_paper_code_brings_the_role_back(self, world: World) -> None:
        client = Client()
        enter(client, "vai-0")
        code = actions.issue_one_time_codes(
            world.users["văn_phòng"], by=system_actor(now=timezone.localtime())
        )[0]
        client.post("/xac-nhan/", {"proof": code})
        assert client.get("/vai-tro/").status_code == 200

    def test_a_second_step_without_the_first_is_nowhere(self) -> None:
        assert Client().post("/dang-nhap/buoc-hai/", {"code": "123456"})["Location"] == "/dang-nhap/"

    def test_codes_are_guessed_twenty_times_a_day(self, world: World) -> None:
        self.with_app(world.users["bí_thư_cùng"])
        client, looked_at = Client(), 0
        enter(client, "bi-thu-cung")
        for number in range(30):
            page = client.post("/dang-nhap/buoc-hai/", {"code": f"{number:06d}"}).content.decode()
            looked_at += "Mã chưa đúng" in page
        assert looked_at == 20


@pytest.mark.usefixtures("world")
class TestActivation:
    """The card from the office, the first time."""

    def fill(self, card: actions.Card, **changed: str) -> dict[str, str]:
        given = {"username": card.username, "code": card.code, "password": PASSWORD, "again": PASSWORD}
        return {**given, **changed}

    @pytest.fixture
    def card(self, world: World) -> actions.Card:
        return actions.issue_card(world.users["bí_thư_cùng"], by=system_actor(now=timezone.localtime()))

    def test_a_card_activates_once(self, card: actions.Card) -> None:
        first, second = Client(), Client()
        assert first.post("/kich-hoat/", self.fill(card))["Location"] == "/bao-mat/"
        page = second.post(
            "/kich-hoat/", self.fill(card, password="một mật khẩu khác", again="một mật khẩu khác")
        )
        assert "Mã chưa đúng, đã dùng hoặc đã hết hạn" in page.content.decode()
        assert enter(Client(), card.username).status_code == 302

    def test_a_card_is_worth_nothing_after_its_hours(self, card: actions.Card) -> None:
        PrintedCode.objects.update(expires_at=timezone.now())
        page = Client().post("/kich-hoat/", self.fill(card)).content.decode()
        assert "đã hết hạn" in page
        assert card.until - timezone.localtime() > timedelta(hours=71, minutes=59)

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [({"password": "ngan", "again": "ngan"}, "cần từ 8 ký tự"),
         ({"password": "matkhau123", "again": "matkhau123"}, "dễ bị đoán"),
         ({"again": "khác hẳn"}, "Hai lần gõ chưa giống nhau"),
         ({"code": "AAAA-BBBB-CCCC"}, "Mã chưa đúng"),
         ({"username": "khong-co-ai"}, "Mã chưa đúng")],
    )  # fmt: skip
    def test_what_is_wrong_is_said_and_the_card_stays_good(
        self, card: actions.Card, changed: dict[str, str], sentence: str
    ) -> None:
        assert sentence in Client().post("/kich-hoat/", self.fill(card, **changed)).content.decode()
        assert Client().post("/kich-hoat/", self.fill(card)).status_code == 302


def test_acts_of_weight_need_a_fresh_proof(world: World) -> None:
    marked = {name for name, pattern in patterns() if getattr(pattern.callback, "needs_fresh_proof", False)}
    client = world.client("văn_phòng")
    session = client.session
    session["fresh_at"] = time.time() - timedelta(minutes=31).total_seconds()
    session.save()
    answer = client.get("/dang-vien/xuat/")
    measured(15, "việc nguy hiểm không đòi xác nhận lại", n=len(WEIGHTY), wrong=len(WEIGHTY - marked))
    assert marked == WEIGHTY
    assert answer["Location"] == "/xac-nhan/?next=%2Fdang-vien%2Fxuat%2F"
    client.post("/xac-nhan/", {"proof": PASSWORD, "next": "/dang-vien/xuat/"})
    exported = client.get("/dang-vien/xuat/")
    body_of(exported)
    assert exported.status_code == 200


def test_ending_a_session_elsewhere_leaves_this_one(world: World) -> None:
    here, there = Client(), Client()
    enter(there, "bi-thu-cung")
    enter(here, "bi-thu-cung")
    user = world.users["bí_thư_cùng"]
    other = user.open_sessions.exclude(session_key=here.session.session_key).get()
    here.post(f"/bao-mat/phien/{other.pk}/ket-thuc/")
    assert (is_in(here), is_in(there)) == (True, False)
    assert not Session.objects.filter(session_key=other.session_key).exists()


def test_another_persons_session_cannot_be_ended(world: World) -> None:
    enter(Client(), "bi-thu-cung")
    opened = world.users["bí_thư_cùng"].open_sessions.get()
    assert world.client("bí_thư_khác").post(f"/bao-mat/phien/{opened.pk}/ket-thuc/").status_code == 404
    assert OpenSession.objects.filter(pk=opened.pk).exists()
