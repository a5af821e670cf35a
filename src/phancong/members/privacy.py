"""How each field of the room of members is classed; see `common/privacy.py`."""

from phancong.common.privacy import Class, Fields

P, S, N = Class.PERSONAL, Class.SENSITIVE, Class.NEITHER

FIELDS: Fields = {
    "members.Member": {
        "id": N,
        "full_name": P,
        "family_name": P,
        "middle_name": P,
        "given_name": P,
        "name_fold": P,
        "sort_key": P,
        "birth_date": P,
        "sex": P,
        "card_number": S,
        "admitted_on": S,
        "official_on": S,
        "status": S,
        "category": S,
        "cell": S,
        **{f"ancestor_{depth}": S for depth in range(1, 7)},
        "education": P,
        "professional_field": P,
        "professional_level": P,
        "political_theory": P,
        "occupation": P,
        "workplace": P,
        "residence": P,
        "household_group": P,
    },
    "members.Membership": {
        "id": N, "member": S, "cell": S, "kind": S, "decision_number": S, "valid_from": S, "valid_until": S,
    },
    "members.StatusPeriod": {
        "id": N, "member": S, "status": S, "decision_number": S, "valid_from": S, "valid_until": S,
    },
    "members.Post": {
        "id": N, "member": P, "organization": P, "position": P, "decision_number": P, "valid_from": P, "valid_until": P,
    },
    # Languages tell of origin.
    "members.Competence": {"id": N, "member": P, "kind": P, "code": S, "level": P, "valid_until": P},
    "members.Experience": {"id": N, "member": P, "field": P, "description": P, "from_year": P, "to_year": P},
    "members.MassOrganizationMembership": {
        "id": N, "member": S, "organization_code": S, "valid_from": S, "valid_until": S,
    },
    # A limit is open to those who plan; that it exists already tells of health.
    "members.WorkLimit": {
        "id": N, "member": S, "kind": S, "monthly_hours": S, "valid_from": S, "valid_until": S,
    },
    "members.WorkLimitReason": {"id": N, "limit": S, "health_grade": S, "text": S},
    "members.Wish": {"id": N, "member": P, "year": N, "field": P, "note": P},
    "members.RosterImport": {
        "id": N,
        "file_name": P,
        "digest": N,
        "content": S,
        "organization": N,
        "state": N,
        "created_at": N,
        "created_by": P,
        "written_at": N,
        "options": N,
        "summary": S,
    },
    "members.RosterImportChange": {
        "id": N, "roster_import": N, "member": P, "row_number": N, "before": S, "after": N,
    },
}  # fmt: skip
