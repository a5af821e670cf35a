"""The catalogue of duties: the pack itself, loading it, and what a cell takes up by itself."""

from datetime import date

import pytest
from tests.factories import TODAY, make_actor, make_office
from tests.planning.cells import hamlet_cell, make_entry

from phancong import rules
from phancong.audit.models import AuditEntry
from phancong.common.refusal import Refused
from phancong.planning.actions import load_catalogue
from phancong.planning.catalogue import CellProfile, DutyRule, duty_rules, taken_up
from phancong.planning.clarity import missing_clarity
from phancong.planning.models import CatalogueDuty

RULES = duty_rules(TODAY)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_an_entry_uses_only_words_that_other_packs_know(rule: DutyRule) -> None:
    law = rules.on(TODAY)
    assert rule.field in {choice.code for choice in law.fields}
    assert set(rule.categories) <= {category.code for category in law.categories}
    known = {choice.code for choice in (*law.skills, *law.languages)}
    assert {*rule.required, *rule.desired} <= known
    assert rule.source


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_an_entry_says_all_six_things(rule: DutyRule) -> None:
    entry = CatalogueDuty(
        title=rule.title,
        monthly_hours=rule.monthly_hours,
        headcount_min=rule.headcount_min,
        headcount_max=rule.headcount_max,
        product=rule.product,
        responsibility=rule.responsibility,
        authority=rule.authority,
    )
    assert missing_clarity(entry) == ()


def test_every_group_of_the_article_has_duties_for_its_category() -> None:
    groups = {(category, rule.field) for rule in RULES for category in rule.categories}
    wanted = {
        ("residential", field)
        for field in ("production", "culture", "security", "mass_work", "admission", "group_charge")
    } | {("agency", "professional"), ("agency", "residence_contact"), ("exempt", "family")}
    assert wanted - groups == set()


def test_a_duty_that_does_not_say_enough_names_what_is_missing() -> None:
    entry = CatalogueDuty(title="Việc", monthly_hours=2, responsibility="Làm", authority="")
    assert missing_clarity(entry) == ("rõ sản phẩm", "rõ thẩm quyền")


@pytest.mark.django_db
def test_loading_twice_changes_nothing_and_writes_one_line() -> None:
    first, second = load_catalogue(by=make_office()), load_catalogue(by=make_office())
    assert (first.added, second.unchanged) == (len(RULES), len(RULES))
    assert (second.added, second.changed, second.retired) == (0, 0, 0)
    assert AuditEntry.objects.filter(action="load_catalogue").count() == 1


@pytest.mark.django_db
def test_loading_brings_a_changed_entry_back_and_retires_one_no_longer_named() -> None:
    load_catalogue(by=make_office())
    CatalogueDuty.objects.filter(code="party_dues").update(title="Khác", is_active=False)
    gone = make_entry("no_longer_named")
    loaded = load_catalogue(by=make_office())
    gone.refresh_from_db()
    dues = CatalogueDuty.objects.get(code="party_dues")
    assert (loaded.changed, loaded.retired) == (1, 1)
    assert (dues.is_active, dues.title != "Khác", gone.is_active) == (True, True, False)


@pytest.mark.django_db
def test_a_secretary_does_not_load_the_common_catalogue() -> None:
    with pytest.raises(Refused):
        load_catalogue(by=make_actor("secretary", ""))
    assert not CatalogueDuty.objects.exists()


@pytest.mark.django_db
def test_a_cell_takes_up_what_suits_its_size_kind_and_people() -> None:
    _, area = hamlet_cell()
    entries = [
        make_entry("for_three", from_members=3),
        make_entry("for_four", from_members=4),
        make_entry("for_agencies", categories=["agency"]),
        make_entry("for_work_cells", in_area_cells=False, in_work_cells=True),
    ]
    profile = CellProfile(members={"residential": 3}, areas=(area,))
    assert [one.entry.code for one in taken_up(entries, profile, languages=frozenset())] == ["for_three"]


@pytest.mark.django_db
@pytest.mark.parametrize(("per_members", "headcount"), [(0, (1, 1)), (1, (7, 7)), (3, (3, 3))])
def test_headcount_grows_with_the_members_it_is_meant_for(
    per_members: int, headcount: tuple[int, int]
) -> None:
    _, area = hamlet_cell()
    entry = make_entry("scaled", per_members=per_members)
    profile = CellProfile(members={"residential": 7, "exempt": 9}, areas=(area,))
    (taken,) = taken_up([entry], profile, languages=frozenset())
    assert (taken.headcount_min, taken.headcount_max) == headcount


@pytest.mark.django_db
def test_a_duty_in_a_language_is_taken_up_only_where_people_speak_it() -> None:
    _, kinh = hamlet_cell(languages=("kinh",))
    _, jrai = hamlet_cell(languages=("kinh", "jrai"))
    entry = make_entry("in_jrai", per_area=True, required={"jrai": 2})
    profile = CellProfile(members={"residential": 9}, areas=(kinh, jrai))
    taken = taken_up([entry], profile, languages=frozenset({"kinh", "jrai"}))
    assert [one.area for one in taken] == [jrai]


@pytest.mark.django_db
def test_before_areas_are_recorded_a_duty_of_each_area_is_taken_once_and_one_in_a_language_not() -> None:
    entries = [make_entry("each", per_area=True), make_entry("in_jrai", per_area=True, required={"jrai": 2})]
    profile = CellProfile(members={"residential": 9}, areas=(), in_area=True)
    taken = taken_up(entries, profile, languages=frozenset({"jrai"}))
    assert [(one.entry.code, one.area) for one in taken] == [("each", None)]


def test_the_pack_in_force_is_asked_for_by_day() -> None:
    assert duty_rules(date(2013, 1, 1)) == RULES
