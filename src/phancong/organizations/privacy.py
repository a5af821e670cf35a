"""How each field of organisations is classed; see `common/privacy.py`."""

from phancong.common.privacy import Class, Fields, Holdings, Untraced

P, N = Class.PERSONAL, Class.NEITHER

FIELDS: Fields = {
    "organizations.Organization": {
        "id": N, "code": N, "name": N, "kind": N, "parent": N, "path": N, "depth": N, "sort_key": N,
        "is_grassroots": N, "holds_members": N, "founded_on": N, "dissolved_on": N, "kept_by": N,
    },
    "organizations.OrganizationVersion": {
        "id": N, "organization": N, "name": N, "kind": N, "parent": N, "path": N, "is_grassroots": N,
        "holds_members": N, "valid_from": N, "valid_until": N,
    },
    # A note is free text: it may name people.
    "organizations.OrganizationEvent": {
        "id": N, "kind": N, "decision_number": N, "decided_on": N, "effective_on": N, "note": P,
    },
    "organizations.EventParty": {
        "id": N, "event": N, "organization": N, "role": N,
    },
    # Languages of an area are those of many people, of nobody by itself.
    "organizations.Area": {
        "id": N, "code": N, "name": N, "kind": N, "committee": N, "languages": N, "sort_key": N,
        "valid_from": N, "valid_until": N,
    },
    "organizations.AreaCensus": {
        "id": N, "area": N, "counted_on": N, "population": N,
    },
    "organizations.AreaCoverage": {
        "id": N, "area": N, "cell": N, "valid_from": N, "valid_until": N,
    },
}  # fmt: skip

HELD: Holdings = {
    "organizations.OrganizationEvent": Untraced(
        "Ghi chú của quyết định về tổ chức, không gắn với đồng chí nào."
    ),
}
