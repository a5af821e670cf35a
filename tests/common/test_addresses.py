"""Numbers in addresses."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from tests.factories import make_user


@pytest.mark.parametrize("key", ["1", "9" * 18])
def test_the_number_of_a_row_is_an_address(key: str) -> None:
    assert resolve(f"/viec/{key}/").kwargs == {"work_id": int(key)}


@pytest.mark.parametrize("key", ["9" * 19, "-1", "1.0", "٣", ""])
def test_what_no_row_can_be_called_is_none(key: str) -> None:
    with pytest.raises(Resolver404):
        resolve(f"/viec/{key}/xin-dieu-chinh/")
    with pytest.raises(NoReverseMatch):
        reverse("followups:ask", args=[key])


@pytest.mark.django_db
def test_such_an_address_answers_as_one_that_does_not_exist() -> None:
    client = Client()
    client.force_login(make_user())
    answers = [client.get(f"/viec/{key}/xin-dieu-chinh/") for key in ("99999999999999999999", "999999")]
    assert [answer.status_code for answer in answers] == [404, 404]
