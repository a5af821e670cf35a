"""Which rows each table with personal data shows. A guard test holds this list against the classes of the fields."""

ALL = "(SELECT current_setting('phancong.places', true) = '*')"
PATHS = "(SELECT phancong_paths())"
MEMBER = "(SELECT nullif(current_setting('phancong.member', true), '')::bigint)"
USER = "(SELECT nullif(current_setting('phancong.user', true), '')::bigint)"
ANCESTORS = "ARRAY[ancestor_1, ancestor_2, ancestor_3, ancestor_4, ancestor_5, ancestor_6]"

FUNCTIONS = (
    """
    CREATE OR REPLACE FUNCTION phancong_paths() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT CASE WHEN current_setting('phancong.places', true) LIKE '{%'
            THEN current_setting('phancong.places', true)::text[] ELSE '{}' END
    $$
    """,
    # The last step of each path, as ancestors of members are kept.
    """
    CREATE OR REPLACE FUNCTION phancong_place_ids() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT coalesce(array_agg(right(path, 8)::bigint), '{}') FROM unnest(phancong_paths()) AS path
    $$
    """,
    """
    CREATE OR REPLACE FUNCTION phancong_covers(paths text[], place text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT EXISTS (SELECT 1 FROM unnest(paths) AS path WHERE starts_with(place, path))
    $$
    """,
    # Who took part here once stays named in the plans of that time. It looks past the policies: they ask it back.
    """
    CREATE OR REPLACE FUNCTION phancong_was_member(wanted bigint, paths text[]) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public SET "phancong.places" = '*' AS $$
        SELECT EXISTS (
            SELECT 1 FROM members_membership m JOIN organizations_organization o ON o.id = m.cell_id
            WHERE m.member_id = wanted AND phancong_covers(paths, o.path))
    $$
    """,
)


def _exists(table: str, column: str) -> str:
    """Seen with the row it belongs to: the policy of that row decides."""
    return f"EXISTS (SELECT 1 FROM {table} owner WHERE owner.id = {column})"  # noqa: S608 -- names of this file


def _organization(column: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM organizations_organization o WHERE o.id = {column} "  # noqa: S608 -- as above
        f"AND phancong_covers({PATHS}, o.path))"
    )


def _plan(column: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM planning_plan p JOIN organizations_organization o ON o.id = p.cell_id "  # noqa: S608 -- as above
        f"WHERE p.id = {column} AND phancong_covers({PATHS}, o.path))"
    )


_OF_MEMBER = _exists("members_member", "member_id")
# By label of the model: the condition besides "everything may be seen".
POLICIES = {
    "members.Member": (
        f"{ANCESTORS} && (SELECT phancong_place_ids()) OR id = {MEMBER} OR phancong_was_member(id, {PATHS})"
    ),
    "members.Membership": _OF_MEMBER,
    "members.StatusPeriod": _OF_MEMBER,
    "members.Post": f"{_OF_MEMBER} OR {_organization('organization_id')}",
    "members.Competence": _OF_MEMBER,
    "members.Experience": _OF_MEMBER,
    "members.MassOrganizationMembership": _OF_MEMBER,
    "members.WorkLimit": _OF_MEMBER,
    "members.WorkLimitReason": _exists("members_worklimit", "limit_id"),
    "members.Wish": _OF_MEMBER,
    "members.RosterImport": _organization("organization_id"),
    "members.RosterImportChange": _exists("members_rosterimport", "roster_import_id"),
    "accounts.User": f"id = {USER} OR member_id IS NULL OR {_OF_MEMBER}",
    "accounts.Appointment": (
        f"user_id = {USER} OR delegated_by_id = {USER} OR {_organization('organization_id')}"
    ),
    "planning.Duty": _plan("plan_id"),
    "planning.Assignment": f"{_exists('planning_duty', 'duty_id')} OR {_OF_MEMBER}",
    "planning.Exclusion": _exists("planning_duty", "duty_id"),
    "planning.Apartness": _plan("plan_id"),
    "planning.Unmet": _plan("plan_id"),
    "audit.AuditEntry": f"actor_user_id = {USER} OR phancong_covers({PATHS}, place)",
    "jobs.Job": f"created_by = {USER} OR phancong_covers({PATHS}, place)",
    "jobs.JobChunk": _exists("jobs_job", "job_id"),
}
# Classed as personal, and yet without a policy, each for its reason.
OPEN = {
    "organizations.OrganizationEvent": "decisions on organisations are known to the whole committee",
}
