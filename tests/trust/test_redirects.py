"""Item 25: nobody is led off the site, and what a client says about itself is not believed."""

import ast
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.test import Client
from pytest_django import Settings

from phancong.config import settings as real
from tests.trust.measures import measured
from tests.trust.visits import all_places, body_of, get_all
from tests.trust.world import World

pytestmark = pytest.mark.sqlite_is_enough

ROOT = Path(__file__).resolve().parents[2]
EVIL = "ke-xau.example"
ELSEWHERE = (
    f"https://{EVIL}/", f"http://{EVIL}/", f"//{EVIL}/", f"///{EVIL}/", f"////{EVIL}", f"/\\{EVIL}/", f"\\\\{EVIL}/",
    f"\\/{EVIL}", f"/\t/{EVIL}", f"/\n/{EVIL}", f"\t//{EVIL}", f" //{EVIL}", f"\x00//{EVIL}", f"https:{EVIL}",
    f"https:/{EVIL}", f"https:///{EVIL}", f"HTTPS://{EVIL}", f"ftp://{EVIL}", f"javascript://{EVIL}/%0aalert(1)",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)", f"https://testserver@{EVIL}/", f"https://testserver.{EVIL}/", f"https://{EVIL}#testserver",
    f"https://{EVIL}?testserver", f"https://{EVIL}\\@testserver", f"//testserver@{EVIL}", f"//{EVIL}%2f..",
    f"/%09/{EVIL}", f"//{EVIL}:80", "//[::1]/", f"http://{EVIL}%00.testserver", f"https://testserver%40{EVIL}",
    f"／／{EVIL}", f"https:／／{EVIL}", f"//{EVIL}\\", "http:///dang-nhap/", f"http://testserver:99@{EVIL}/",
    f"//{EVIL}/%2e%2e", f"x://{EVIL}", "mailto:a@b.c", f"https://xn--{EVIL}", f"\r\nLocation: https://{EVIL}/",
)  # fmt: skip


def leads_off(location: str) -> bool:
    """Whether a browser, which drops tabs and line breaks and takes \\ for /, leaves the site by this address."""
    address = (
        "".join(letter for letter in location if letter not in "\t\r\n").strip(" \x00").replace("\\", "/")
    )
    parts = urlsplit(address)
    return bool(parts.scheme or parts.netloc) or address.startswith("//")


def test_the_page_after_signing_in_is_one_of_this_site(world: World, settings: Settings) -> None:
    settings.DEMO = True
    person = world.users["đảng_viên_A"].pk
    off = {}
    for wanted in ELSEWHERE:
        for asked, sent in (({"next": wanted}, {}), ({}, {"next": wanted})):
            answer = Client().post("/dang-nhap/", {"person": person, **sent}, query_params=asked)
            assert answer.status_code == HTTPStatus.FOUND
            if leads_off(answer["Location"]):
                off[wanted] = answer["Location"]
    measured(25, "Chuyển hướng ra ngoài sau khi đăng nhập", n=2 * len(ELSEWHERE), wrong=len(off))
    assert off == {}
    assert len(ELSEWHERE) >= 40


def test_a_page_of_this_site_is_where_one_arrives(world: World, settings: Settings) -> None:
    settings.DEMO = True
    answer = Client().post(
        "/dang-nhap/", {"person": world.users["văn_phòng"].pk, "next": "/to-chuc/?ngay=1/1/2026"}
    )
    assert answer["Location"] == "/to-chuc/?ngay=1/1/2026"


@pytest.mark.parametrize(
    "host", [EVIL, f"testserver.{EVIL}", f"testserver@{EVIL}", "testserver:x", "a b", "[", ""]
)
def test_another_name_of_the_server_is_refused(
    host: str, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    client = world.client("văn_phòng")
    answer = client.get("/to-chuc", HTTP_HOST=host)
    caplog.clear()  # logged as suspicious, which is right
    refused = answer.status_code == HTTPStatus.BAD_REQUEST
    safe = refused or (not host and not leads_off(answer.get("Location", "")))
    measured(25, "Nhận tên máy chủ giả", n=1, wrong=int(not safe))
    assert safe


def test_a_name_or_address_that_the_client_writes_itself_leaves_no_trace(
    world: World, settings: Settings
) -> None:
    """Neither in what is answered nor in what is kept."""
    settings.DEMO = True
    forged = "203.0.113.77"
    headers = {
        "HTTP_X_FORWARDED_FOR": forged, "HTTP_X_REAL_IP": forged, "HTTP_FORWARDED": f"for={forged};host={EVIL}",
        "HTTP_X_FORWARDED_HOST": EVIL, "HTTP_X_FORWARDED_SERVER": EVIL, "HTTP_X_ORIGINAL_URL": f"//{EVIL}/",
        "HTTP_X_REWRITE_URL": f"//{EVIL}/", "HTTP_X_HTTP_METHOD_OVERRIDE": "DELETE",
    }  # fmt: skip
    client = Client()
    client.post("/dang-nhap/", {"person": world.users["văn_phòng"].pk}, **headers)  # type: ignore[arg-type]
    tried = believed = 0
    for _, answer in get_all(client, all_places(world), **headers):
        body = body_of(answer)
        tried += 1
        believed += EVIL.encode() in body or forged.encode() in body or EVIL in str(answer.headers)
    kept = [
        model._meta.label
        for model in apps.get_models()
        for row in model._default_manager.values_list()
        if any(forged in str(value) or EVIL in str(value) for value in row)
    ]
    measured(25, "Tin địa chỉ, tên máy chủ do máy khách tự ghi", n=tried, wrong=believed + len(kept))
    assert (believed, kept) == (0, [])


def test_one_place_alone_reads_an_address_that_the_client_can_write() -> None:
    """The one that believes it only behind proxies which the installation has named (none unless told)."""
    readers = set()
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                told = node.value.upper().replace("-", "_").removeprefix("HTTP_")
                if told in {"X_FORWARDED_FOR", "X_REAL_IP", "X_FORWARDED_HOST", "FORWARDED"}:
                    readers.add(path.name)
    assert readers == {"sessions.py"}
    assert real.TRUSTED_PROXIES == 0
