"""The table of rights written a second time, refusals included: whoever changes a role changes it here too."""

import pytest

from phancong.access.permissions import Permission
from phancong.access.roles import ROLES

ORDER = ("member", "secretary", "committee", "office", "record_keeper", "inspector", "technician")
# x: has the right; a point: has it not. In the order above.
TABLE = {
    "account_card_print": "...x...",
    "account_lock": "...x..x",
    "account_see": "...x..x",
    "audit_anchor": "...x...",
    "audit_see": ".x...x.",
    "breach_prepare": "...x...",
    "charge_decide": ".x.x...",
    "data_request_answer": "...x...",
    "duty_catalogue_change": "...x...",
    "figures_hand_in": ".x.x...",
    "figures_see": ".xxx.x.",
    "job_see": ".x.x...",
    "kept_papers_see": ".xxx.x.",
    "meeting_record": ".x.x...",
    "meeting_see": "xxxx.x.",
    "member_change": "...x...",
    "member_discipline_see": ".x.x.x.",
    "member_export": ".x.x...",
    "member_import": "...x...",
    "member_limit_see": ".xxxxx.",
    "member_list": ".xxxxx.",
    "member_reason_see": "....x..",
    "member_see": ".xxxxx.",
    "member_work_see": ".xxx.x.",
    "note_see": ".xxx.x.",
    "note_write": ".x.x...",
    "organization_change": "...x...",
    "organization_see": "xxxxxx.",
    "plan_adjust": ".x.x...",
    "plan_adopt": ".x.x...",
    "plan_change": ".x.x...",
    "plan_draft_many": "...x...",
    "plan_export": ".x.x...",
    "plan_see": "xxxx.x.",
    "review_appraise": ".x.x...",
    "review_lead": "...x...",
    "review_record": ".x.x...",
    "review_see": ".xxx.x.",
    "review_text_see": ".x...x.",
    "role_delegate": ".x.....",
    "role_give": "...x...",
    "transfer_record": ".x.x...",
    "work_direct": ".x.x...",
    "work_see": ".xxx.x.",
    "yearbook_record": ".x.x...",
    "yearbook_see": ".xxx.x.",
    "yearbook_text_see": ".x...x.",
}
MARKS = {
    "by_decision": "...xxxx",
    "needs_end": ".....x.",
    "spares_own_cell": ".....x.",
    "second_factor": "...xxxx",
}


def test_every_role_and_every_right_stands_in_the_table() -> None:
    assert (set(ROLES), set(Permission)) == (set(ORDER), set(TABLE))


@pytest.mark.parametrize("right", sorted(TABLE))
def test_exactly_these_roles_have_the_right(right: str) -> None:
    found = "".join("x" if right in ROLES[code].permissions else "." for code in ORDER)
    assert found == TABLE[right]


@pytest.mark.parametrize("mark", sorted(MARKS))
def test_exactly_these_roles_are_given_so(mark: str) -> None:
    assert "".join("x" if getattr(ROLES[code], mark) else "." for code in ORDER) == MARKS[mark]


def test_every_right_and_role_is_told_in_words() -> None:
    texts = [right.label for right in Permission] + [
        text for role in ROLES.values() for text in (role.name, role.description)
    ]
    assert all(text.strip() for text in texts)
    assert len(set(texts)) == len(texts)
