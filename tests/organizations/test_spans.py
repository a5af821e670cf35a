"""Spans of days never overlap, in the database itself."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from phancong.organizations.models import Area, AreaCoverage, Organization

pytestmark = pytest.mark.django_db


def test_two_coverages_of_an_area_cannot_share_a_day() -> None:
    cell = Organization.objects.create(
        code="A", name="Chi bộ A", kind="area_cell", sort_key="a", founded_on=date(2007, 1, 1)
    )
    area = Area.objects.create(
        code="T1", name="Thôn 1", kind="thon", committee=cell, sort_key="1", valid_from=date(2007, 1, 1)
    )
    AreaCoverage.objects.create(
        area=area, cell=cell, valid_from=date(2007, 1, 1), valid_until=date(2009, 1, 1)
    )
    AreaCoverage.objects.create(area=area, cell=cell, valid_from=date(2009, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        AreaCoverage.objects.create(
            area=area, cell=cell, valid_from=date(2008, 12, 31), valid_until=date(2009, 1, 1)
        )
