"""The first card of an installation, from the server's shell."""

import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests.factories import make_committee, make_office_user

pytestmark = pytest.mark.django_db


def test_the_first_office_enters_with_the_printed_card_and_codes() -> None:
    user, told = make_office_user(make_committee()), io.StringIO()
    call_command("issue_card", user.username, codes=True, stdout=told)
    codes = re.findall(r"\b[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}\b", told.getvalue())
    client = Client()
    password = "bốn con trâu đen"
    sent = {"username": user.username, "code": codes[0], "password": password, "again": password}
    client.post("/kich-hoat/", sent)
    client.post("/xac-nhan/", {"proof": codes[1]})
    assert len(codes) == 11
    assert client.get("/vai-tro/").status_code == 200


def test_an_unknown_name_is_refused_with_the_way_out() -> None:
    with pytest.raises(CommandError, match=r"Không có tài khoản “ai-do”\. Lập bằng appoint_office"):
        call_command("issue_card", "ai-do")
