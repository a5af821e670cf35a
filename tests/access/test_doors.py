"""Marks on views."""

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from tests.factories import make_actor

from phancong.access.doors import needs_fresh_proof, open_page, own, requires
from phancong.access.permissions import Permission


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("trang")


@pytest.mark.parametrize("role", [None, "member", "committee"])
def test_for_those_without_the_right_the_page_does_not_exist(rf: RequestFactory, role: str | None) -> None:
    request = rf.get("/")
    request.actor = make_actor(role, "00000001")  # type: ignore[attr-defined]
    with pytest.raises(Http404):
        requires(Permission.PLAN_CHANGE)(page)(request)


def test_those_with_the_right_somewhere_enter(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.actor = make_actor("secretary", "00000001")  # type: ignore[attr-defined]
    assert requires(Permission.PLAN_CHANGE)(page)(request).status_code == 200


def test_each_mark_can_be_read_from_the_view() -> None:
    marked = [requires(Permission.PLAN_SEE)(page), open_page(page)]
    assert [getattr(view, "right", None) for view in marked] == [Permission.PLAN_SEE, "open"]

    def mine(request: HttpRequest) -> HttpResponse:
        return HttpResponse("của tôi")

    assert getattr(own(mine), "right", None) == "own"


def test_an_act_of_weight_says_so() -> None:
    assert needs_fresh_proof(page).needs_fresh_proof is True  # type: ignore[attr-defined]
    del page.needs_fresh_proof  # type: ignore[attr-defined]
