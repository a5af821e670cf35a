"""Every address × ten people × seven methods, against one table with the refusals written out."""

from copy import deepcopy
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.urls import reverse

from tests.trust.addresses import patterns, values
from tests.trust.measures import measured
from tests.trust.reading import body_of
from tests.trust.world import PERSONAS, World

pytestmark = pytest.mark.sqlite_is_enough

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
READS, SENDS, BOTH = ("GET", "HEAD"), ("POST",), ("GET", "HEAD", "POST")

# One mark for each person in the order of PERSONAS, for things of cell C1: guest, member A, member B, secretary of C1,
# secretary of C2, committee of K1, office of W1, inspector of W1, inspector whose decision ended, technician.
# v: enters; s: is sent to sign in; a point: for them there is no such page.
EVERYBODY, NOBODY = "vvvvvvvvvv", "s........."
SIGNED_IN = "svvvvvvvvv"
LISTERS, OFFICE = "s..vvvvv..", "s.....v..."
PLANNERS, SEERS = "s..v..v...", "svvvvvvv.."
SEERS_HERE = "svvv.vvv.."
KEEPERS = "s.....v..v"
# Whoever is a member has data of their own; the other accounts belong to nobody on the roll.
MEMBERS = "svvvvv.v.."
YEAR_SEERS, READERS_HERE = "s..v.vvv..", "s..v...v.."
# Whoever reads these may not send them: for them the page that is sent does not exist.
ONLY_READ = {
    "figures:hand": ("đảng_ủy_cơ_sở", "kiểm_tra_có_quyết_định"),
    "reviews:rating": ("đảng_ủy_cơ_sở", "kiểm_tra_có_quyết_định"),
    "yearbook:pledge": ("kiểm_tra_có_quyết_định",),
    "yearbook:remark": ("kiểm_tra_có_quyết_định",),
    "yearbook:attendance": ("đảng_ủy_cơ_sở", "kiểm_tra_có_quyết_định"),
    "yearbook:remarks": ("đảng_ủy_cơ_sở", "kiểm_tra_có_quyết_định"),
}
TABLE = {
    "home": (READS, SIGNED_IN),
    "components": (READS, EVERYBODY),
    "accounts:sign_in": (BOTH, EVERYBODY),
    "accounts:sign_out": (SENDS, SIGNED_IN),
    "accounts:second_step": (BOTH, SIGNED_IN),
    "accounts:key_question": (SENDS, EVERYBODY),
    "accounts:key_answer": (SENDS, EVERYBODY),
    "accounts:activate": (BOTH, EVERYBODY),
    "accounts:confirm": (BOTH, SIGNED_IN),
    "accounts:security": (READS, SIGNED_IN),
    "accounts:password": (BOTH, SIGNED_IN),
    "accounts:app": (BOTH, SIGNED_IN),
    "accounts:drop_app": (SENDS, SIGNED_IN),
    "accounts:new_key_question": (SENDS, SIGNED_IN),
    "accounts:new_key_answer": (SENDS, SIGNED_IN),
    "accounts:drop_key": (SENDS, NOBODY),
    "accounts:end_session": (SENDS, NOBODY),
    "account_pages:list": (READS, KEEPERS),
    "account_pages:detail": (READS, KEEPERS),
    "account_pages:cell_cards": (BOTH, OFFICE),
    "account_pages:card": (SENDS, OFFICE),
    "account_pages:one_time_codes": (SENDS, OFFICE),
    "account_pages:act": (SENDS, KEEPERS),
    "roles:who_may": (READS, SIGNED_IN),
    "roles:list": (READS, OFFICE),
    "roles:give": (BOTH, OFFICE),
    "roles:end": (BOTH, OFFICE),
    "roles:lend": (BOTH, "s..vv....."),
    "organizations:tree": (READS, SEERS),
    "organizations:detail": (READS, SEERS_HERE),
    "organizations:kept": (READS, YEAR_SEERS),
    "organizations:kept_plan": (READS, YEAR_SEERS),
    "organizations:kept_minutes": (READS, YEAR_SEERS),
    "members:list": (READS, LISTERS),
    "adopted:adopt": (BOTH, PLANNERS),
    "adopted:affected": (BOTH, PLANNERS),
    "followups:mine": (READS, SIGNED_IN),
    "followups:work": (READS, "sv.v.vvv.."),
    "followups:report": (BOTH, "sv........"),
    "followups:ask": (BOTH, "sv........"),
    "followups:calendar": (BOTH, MEMBERS),
    "followups:mail": (SENDS, MEMBERS),
    # Whoever has the address of a calendar enters; nobody guesses one.
    "due_feed": (READS, ".........."),
    "followups:draft_photo": (READS, NOBODY),
    "followups:judge": (SENDS, PLANNERS),
    "followups:note": (SENDS, PLANNERS),
    "followups:remind": (SENDS, PLANNERS),
    "followups:extend": (BOTH, PLANNERS),
    "followups:write_down": (BOTH, PLANNERS),
    "followups:end": (BOTH, PLANNERS),
    "followups:hand_over": (BOTH, PLANNERS),
    "followups:answer": (SENDS, PLANNERS),
    "followups:photo": (READS, "sv.v.vvv.."),
    "followups:slip": (READS, "sv.v.vvv.."),
    "directing:list": (READS, LISTERS),
    "directing:cell": (READS, "s..v.vvv.."),
    "directing:remind": (SENDS, PLANNERS),
    "directing:unplanned": (READS, "s..vv.v..."),
    "directing:remind_unplanned": (SENDS, "s..vv.v..."),
    "directing:matters": (READS, "s..vv.v..."),
    "history:member": (READS, "sv.v.vvv.."),
    "members:detail": (READS, "sv.v.vvv.."),
    "members:restricted": (BOTH, "s..v..vv.."),
    "members:export": (BOTH, "s..vv.v..."),
    "members:export_file": (READS, NOBODY),
    "members:import_start": (BOTH, OFFICE),
    "members:import_template": (READS, OFFICE),
    "members:import_detail": (READS, OFFICE),
    "members:import_write": (SENDS, OFFICE),
    "members:import_undo": (BOTH, OFFICE),
    "members:import_cancel": (SENDS, OFFICE),
    "members:import_days": (SENDS, OFFICE),
    "members:import_again": (SENDS, OFFICE),
    "members:import_sheet": (SENDS, OFFICE),
    "members:import_found": (SENDS, OFFICE),
    "members:import_marked": (READS, NOBODY),
    "planning:list": (READS, SEERS),
    "planning:catalogue": (READS, SEERS),
    "planning:draft_many": (SENDS, OFFICE),
    "planning:board": (READS, SEERS_HERE),
    "planning:draft": (SENDS, PLANNERS),
    "planning:solve_again": (SENDS, PLANNERS),
    "planning:set_apart": (SENDS, PLANNERS),
    "planning:add_duty": (BOTH, PLANNERS),
    "planning:workbook": (READS, PLANNERS),
    "planning:document": (READS, PLANNERS),
    "planning:duty": (READS, SEERS_HERE),
    "planning:give": (SENDS, PLANNERS),
    "planning:exclude": (SENDS, PLANNERS),
    "planning:change_duty": (BOTH, PLANNERS),
    "planning:remove_duty": (SENDS, PLANNERS),
    "planning:include_again": (SENDS, PLANNERS),
    "planning:why": (READS, "sv.v.vvv.."),
    "planning:take": (SENDS, PLANNERS),
    "planning:keep": (SENDS, PLANNERS),
    "planning:keep_all": (SENDS, PLANNERS),
    "planning:undo": (SENDS, PLANNERS),
    "planning:ask_opinions": (SENDS, PLANNERS),
    "planning:member": (READS, SEERS_HERE),
    "planning:exchange": (READS, PLANNERS),
    "planning:pass_on": (SENDS, PLANNERS),
    "planning:swap": (SENDS, PLANNERS),
    "planning:answer_objection": (SENDS, PLANNERS),
    "planning:sources": (READS, SEERS_HERE),
    "planning:add_resolution": (BOTH, PLANNERS),
    "planning:copy_resolutions": (SENDS, PLANNERS),
    "planning:tie": (SENDS, PLANNERS),
    "planning:change_resolution": (BOTH, PLANNERS),
    "planning:remove_resolution": (SENDS, PLANNERS),
    "planning:add_target": (BOTH, PLANNERS),
    "planning:change_target": (BOTH, PLANNERS),
    "planning:remove_target": (SENDS, PLANNERS),
    "results:place": (READS, "s..v.vvv.."),
    "results:resolution": (READS, "s..v.vvv.."),
    "planning:own_draft": (READS, SIGNED_IN),
    "planning:object_to": (SENDS, "svvv......"),
    "planning:withdraw_objection": (SENDS, "sv........"),
    "yearbook:list": (READS, LISTERS),
    "yearbook:mine": (READS, MEMBERS),
    "yearbook:own_pledge": (BOTH, MEMBERS),
    "yearbook:own_pledge_paper": (READS, "sv...v...."),
    "yearbook:add_note": (SENDS, MEMBERS),
    "yearbook:note": (BOTH, "sv........"),
    "yearbook:overview": (READS, YEAR_SEERS),
    "yearbook:residence": (READS, YEAR_SEERS),
    "yearbook:incoming": (READS, YEAR_SEERS),
    "yearbook:carry_over": (SENDS, PLANNERS),
    "yearbook:ask_all": (SENDS, PLANNERS),
    "yearbook:remark_letters": (READS, PLANNERS),
    "yearbook:contact": (BOTH, PLANNERS),
    "yearbook:introduction": (READS, PLANNERS),
    "yearbook:ask_one": (BOTH, PLANNERS),
    "yearbook:receive": (BOTH, PLANNERS),
    "yearbook:pledges": (READS, YEAR_SEERS),
    # What people wrote: the own secretary, and an inspector who only reads.
    "yearbook:pledge": (BOTH, READERS_HERE),
    "yearbook:receive_pledge": (SENDS, PLANNERS),
    "yearbook:pledge_paper": (READS, READERS_HERE),
    "yearbook:study": (READS, YEAR_SEERS),
    "yearbook:add_session": (BOTH, PLANNERS),
    "yearbook:session": (READS, YEAR_SEERS),
    "yearbook:attendance": (BOTH, YEAR_SEERS),
    "yearbook:remarks": (BOTH, YEAR_SEERS),
    "yearbook:remark": (BOTH, READERS_HERE),
    "yearbook:opinion_letter": (READS, PLANNERS),
    "meetings:list": (READS, SEERS),
    "meetings:plan": (BOTH, PLANNERS),
    "meetings:term": (BOTH, PLANNERS),
    "meetings:meeting": (READS, SEERS_HERE),
    "meetings:step": (SENDS, PLANNERS),
    "meetings:agenda": (BOTH, PLANNERS),
    "meetings:attendance": (BOTH, PLANNERS),
    "meetings:items": (READS, PLANNERS),
    "meetings:reading": (BOTH, PLANNERS),
    "meetings:paper": (READS, PLANNERS),
    "meetings:calendar": (READS, SEERS_HERE),
    "meetings:item": (BOTH, PLANNERS),
    "meetings:draft": (SENDS, PLANNERS),
    "meetings:vote": (BOTH, PLANNERS),
    "meetings:conclusions": (BOTH, PLANNERS),
    "overview:place": (READS, LISTERS),
    # A cell has nothing below it to be in charge of.
    "charges:place": (READS, NOBODY),
    "charges:decide": (BOTH, NOBODY),
    "charges:register": (READS, NOBODY),
    "oversight:notes": (READS, LISTERS),
    "oversight:write": (BOTH, OFFICE),
    "oversight:note": (READS, YEAR_SEERS),
    "oversight:note_answer": (SENDS, "s..v......"),
    "oversight:note_withdraw": (SENDS, OFFICE),
    "reorganizations:list": (READS, OFFICE),
    "reorganizations:prepare": (BOTH, OFFICE),
    "reorganizations:one": (READS, OFFICE),
    "reorganizations:preview": (READS, OFFICE),
    "reorganizations:step": (SENDS, OFFICE),
    "reorganizations:workbook": (READS, OFFICE),
    "reorganizations:upload": (SENDS, OFFICE),
    "reorganizations:decide": (SENDS, OFFICE),
    "reorganizations:undo": (SENDS, OFFICE),
    "reorganizations:paper": (READS, OFFICE),
    "transfers:list": (READS, LISTERS),
    "transfers:list_paper": (READS, LISTERS),
    "transfers:choose": (READS, "s..vv.v..."),
    "transfers:start": (BOTH, PLANNERS),
    "transfers:arrivals": (READS, OFFICE),
    "transfers:arrive": (BOTH, OFFICE),
    # This one leaves for a place outside of the system: one side alone sees it, and does its steps.
    "transfers:one": (READS, YEAR_SEERS),
    "transfers:step": (SENDS, PLANNERS),
    "transfers:paper": (READS, YEAR_SEERS),
    "secondments:overview": (READS, LISTERS),
    "secondments:hamlets": (READS, LISTERS),
    "secondments:workbook": (READS, LISTERS),
    "secondments:promising": (BOTH, OFFICE),
    # A cell has no hamlets of its own; the plan belongs to the committee above it.
    "secondments:committee": (BOTH, NOBODY),
    "secondments:plan": (READS, "s....vvv.."),
    "secondments:paper": (READS, "s....vvv.."),
    "secondments:step": (SENDS, OFFICE),
    "secondments:decide": (SENDS, OFFICE),
    "secondments:serving": (READS, LISTERS),
    "secondments:one": (READS, YEAR_SEERS),
    "secondments:hand_back": (SENDS, OFFICE),
    "secondments:extend": (SENDS, OFFICE),
    "figures:sheet": (READS, LISTERS),
    "figures:years": (READS, LISTERS),
    "figures:behind": (READS, LISTERS),
    "figures:workbook": (READS, LISTERS),
    "figures:hand": (BOTH, YEAR_SEERS),
    "figures:report": (READS, YEAR_SEERS),
    "figures:handed_in": (READS, YEAR_SEERS),
    "reviews:list": (READS, LISTERS),
    "reviews:open": (BOTH, OFFICE),
    "reviews:round": (READS, YEAR_SEERS),
    "reviews:round_step": (SENDS, OFFICE),
    "reviews:missing": (READS, YEAR_SEERS),
    "reviews:decide": (BOTH, PLANNERS),
    "reviews:cell": (READS, YEAR_SEERS),
    "reviews:meeting": (BOTH, PLANNERS),
    "reviews:ballots": (BOTH, PLANNERS),
    "reviews:cell_step": (SENDS, PLANNERS),
    "reviews:rating": (BOTH, YEAR_SEERS),
    # What the member wrote is typed in by the own cell alone.
    "reviews:paper": (BOTH, "s..v......"),
    "reviews:answer": (BOTH, PLANNERS),
    "reviews:self_review_paper": (READS, "s..v...v.."),
    "reviews:own_paper": (READS, "sv........"),
    "reviews:cell_paper": (READS, "s..v..vv.."),
    "reviews:round_paper": (READS, YEAR_SEERS),
    "reviews:round_workbook": (READS, YEAR_SEERS),
    "reviews:mine": (READS, MEMBERS),
    "reviews:own": (READS, "sv........"),
    "reviews:own_self_review": (BOTH, "sv........"),
    "reviews:say": (SENDS, "sv........"),
    "reviews:rules": (READS, YEAR_SEERS),
    "reviews:correct": (BOTH, OFFICE),
    "personal_data:held": (READS, MEMBERS),
    "personal_data:viewers": (READS, MEMBERS),
    "personal_data:looks": (READS, MEMBERS),
    "personal_data:copy_json": (READS, MEMBERS),
    "personal_data:copy_pdf": (READS, MEMBERS),
    "personal_data:requests": (READS, MEMBERS),
    "personal_data:withdraw": (SENDS, "sv........"),
    "personal_data:correction": (BOTH, NOBODY),
    "personal_data:objection": (BOTH, MEMBERS),
    "data_requests:list": (READS, OFFICE),
    "data_requests:detail": (BOTH, OFFICE),
    "breach": (BOTH, OFFICE),
    "audit:list": (READS, "s..vv..v.."),
    "audit:check": (SENDS, "s..vv..v.."),
    "audit:export": (READS, "s..vv..v.."),
    "audit:anchors": (BOTH, OFFICE),
    "jobs:list": (READS, SIGNED_IN),
    "jobs:detail": (READS, "s..v..v..."),
}


def expected(name: str, persona: str, method: str) -> set[int]:
    """The answers that are right: a number of each kind."""
    methods, marks = TABLE[name]
    mark = marks[PERSONAS.index(persona)]
    if method not in (*READS, *SENDS):
        return {405}
    if method in SENDS and persona in ONLY_READ.get(name, ()):
        return {404}
    if method not in methods:
        return {405} if mark == "v" else {404, 405, 302} if mark == "s" else {404, 405}
    return {"v": {200, 302, 400, 422}, "s": {302}, ".": {404}}[mark]


def needed(world: World) -> dict[str, dict[str, int]]:
    """What a page cannot do without, by the name of its address."""
    return {
        "account_pages:cell_cards": {"chi_bo": world.things["cell_id"]["C1"]},
        "planning:exclude": {"ai": world.members["C1"][3].pk},
    }


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert {name for name, _ in patterns()} == set(TABLE)


@pytest.mark.parametrize("persona", PERSONAS)
def test_each_person_enters_exactly_where_the_table_says(world: World, persona: str) -> None:
    wrong, tried, bodies = [], 0, needed(world)
    client = world.client(persona)
    signed_in = deepcopy(client.cookies)
    for name, pattern in patterns():
        address = reverse(name, kwargs=values(world, pattern, "C1"))
        for method in METHODS:
            client.cookies = deepcopy(
                signed_in
            )  # a page may have signed out; its row comes back with the rest
            with transaction.atomic():  # what a form changes does not change what the next one finds
                sent = urlencode(bodies.get(name, {}))
                target = f"{address}?{sent}" if method in READS else address
                answer = client.generic(method, target, sent, "application/x-www-form-urlencoded")
                body_of(answer)
                transaction.set_rollback(True)
            tried += 1
            to_sign_in = answer.status_code == 302 and answer["Location"].startswith("/dang-nhap/")
            is_sent = TABLE[name][1][PERSONAS.index(persona)] == "s" and method in TABLE[name][0]
            if answer.status_code not in expected(name, persona, method) or (is_sent and not to_sign_in):
                wrong.append(f"{method} {name}: {answer.status_code}")
    measured(1, "địa chỉ × vai × phương thức", n=tried, wrong=len(wrong))
    assert wrong == []
