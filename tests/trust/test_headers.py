"""Item 19: every answer tells browsers what they may do with it."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from django.conf import settings as in_force
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from phancong.access.doors import open_page
from phancong.config import settings as real
from phancong.config.urls import urlpatterns as known_addresses
from tests.trust.measures import measured
from tests.trust.visits import Place, all_places, body_of, get_all
from tests.trust.world import READERS, World

pytestmark = pytest.mark.sqlite_is_enough

ROOT = Path(__file__).resolve().parents[2]
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "object-src": "'none'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
WANTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}


@open_page
def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("for the test")


urlpatterns = [*known_addresses, path("loi/", breaks, name="breaks")]


def missing_from(answer: HttpResponse) -> list[str]:
    """What an answer over HTTPS should have carried."""
    found = [name for name, value in WANTED.items() if answer.headers.get(name) != value]
    said = answer.headers.get("Content-Security-Policy", "")
    policy = dict(part.strip().split(" ", 1) for part in said.split(";") if part.strip())
    if policy != POLICY:
        found.append(f"Content-Security-Policy: {said}")
    if "camera=()" not in answer.headers.get("Permissions-Policy", ""):
        found.append("Permissions-Policy")
    if answer.headers.get("Cache-Control") != "no-store":
        found.append("Cache-Control")
    return found


def answers(world: World, places: list[Place]) -> Iterator[tuple[str, HttpResponse]]:
    for persona in READERS:
        client = world.client(persona)
        for place, answer in get_all(client, places, secure=True):
            body_of(answer)
            yield f"{persona} {place.name}", answer
    office = world.client("văn_phòng")
    office.raise_request_exception = False
    odd = {
        "not there": office.get("/khong-co/", secure=True),
        "no such file": office.get("/static/khong-co.css", secure=True),
        "method": office.put("/", secure=True),
        "wrong method": office.get("/thoat/", secure=True),
        "host": office.get("/", secure=True, HTTP_HOST="ke-xau.example"),
        "too big": office.post("/", secure=True, CONTENT_LENGTH="99999999999"),
        "without its last stroke": office.get("/to-chuc", secure=True),
        "no token": Client(enforce_csrf_checks=True).post("/dang-nhap/", secure=True),
        "break": office.get("/loi/", secure=True),
    }
    for name, sent in odd.items():
        yield name, cast("HttpResponse", sent)


def test_every_answer_carries_every_header(world: World, caplog: pytest.LogCaptureFixture) -> None:
    wrong: dict[str, list[str]] = {}
    statuses = set()
    tried = 0
    places = all_places(world)
    with override_settings(ROOT_URLCONF=__name__, SECURE_SSL_REDIRECT=True):
        for name, answer in answers(world, places):
            tried += 1
            statuses.add(answer.status_code)
            if missing := missing_from(answer):
                wrong[name] = missing
    caplog.clear()  # the page that breaks on purpose is logged, as it should be
    measured(19, "Câu trả lời thiếu tiêu đề", n=tried, wrong=len(wrong))
    assert wrong == {}
    assert statuses == {200, 301, 302, 400, 403, 404, 405, 413, 500}


@pytest.mark.django_db
def test_files_of_the_product_may_be_kept_and_carry_the_same_headers(client: Client) -> None:
    files = [name for name in ("common/base.css", "common/app.js", "common/mark.svg") if finders.find(name)]
    wrong = {}
    for name in files:
        answer = client.get(f"/static/{name}", secure=True)
        body_of(answer)  # type: ignore[arg-type]
        assert answer.status_code == 200
        if missing_from(answer) != ["Cache-Control"] or "no-store" in answer.headers["Cache-Control"]:  # type: ignore[arg-type]
            wrong[name] = missing_from(answer)  # type: ignore[arg-type]
    measured(19, "Tệp giao diện thiếu tiêu đề", n=len(files), wrong=len(wrong))
    assert (len(files), wrong) == (3, {})


def test_cookies_belong_to_this_host_over_https_alone(world: World) -> None:
    client = world.client("bí_thư_cùng")
    sent = client.get("/", secure=True).cookies
    cell = world.things["cell_id"]["C1"]
    sent.update(client.post(f"/phan-cong/{cell}/{world.year}/khong-cung-viec/", secure=True).cookies)
    wanted = {"__Host-phien", "__Host-csrf"}
    assert {in_force.SESSION_COOKIE_NAME, in_force.CSRF_COOKIE_NAME} == wanted
    assert (real.SESSION_COOKIE_NAME, real.CSRF_COOKIE_NAME) == ("__Host-phien", "__Host-csrf")
    found = {
        name: (
            bool(cookie["secure"]),
            bool(cookie["httponly"]),
            cookie["path"],
            cookie["domain"],
            cookie["samesite"],
        )
        for name, cookie in sent.items()
    }
    wrong = sum(value != (True, True, "/", "", "Lax") for value in found.values())
    measured(19, "Cookie không khóa theo máy chủ", n=len(found), wrong=wrong)
    assert found == dict.fromkeys(wanted, (True, True, "/", "", "Lax"))


def test_sentences_after_an_act_do_not_travel_in_a_cookie(world: World) -> None:
    client = world.client("bí_thư_cùng")
    answer = client.post(
        f"/phan-cong/viec/{world.things['duty_id']['C1']}/khong-giao/", {"ai": "0"}, secure=True
    )
    assert "messages" not in answer.cookies


def test_the_framework_finds_nothing_to_warn_of() -> None:
    run = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy"],
        cwd=ROOT,
        env={**_outside(), "SECRET_KEY": "khoa-dung-cho-kiem-thu-0123456789-abcdefghijklmnop"},
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.findall(r"\((\w+\.[WE]\d+)\)", run.stderr)
    measured(
        19, "Cảnh báo của manage.py check --deploy", n=1, wrong=len(found), note="bỏ qua có tên: W021 preload"
    )
    assert (run.returncode, found) == (0, [])
    assert "no issues (1 silenced)" in run.stdout


def _outside() -> dict[str, str]:
    """The environment of a server that has been told nothing."""
    told = (
        "DEBUG",
        "DEMO",
        "SECRET_KEY",
        "SSL_REDIRECT",
        "ALLOWED_HOSTS",
        "HSTS_SECONDS",
        "DJANGO_SETTINGS_MODULE",
        "DJANGO_ALLOW_ASYNC_UNSAFE",
    )
    return {name: value for name, value in os.environ.items() if name not in told}
