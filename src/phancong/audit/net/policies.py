"""Which rows each table with personal data shows. A guard test holds this list against the classes of the fields."""

ALL = "(SELECT current_setting('phancong.places', true) = '*')"
# Each is read once for a statement, not for each row: patterns of paths, and the last step of each path.
PATHS = "(SELECT coalesce(nullif(nullif(current_setting('phancong.places', true), ''), '*'), '{}'))::text[]"
PLACE_IDS = "(SELECT coalesce(nullif(current_setting('phancong.place_ids', true), ''), '{}')::bigint[])"
MEMBER = "(SELECT nullif(current_setting('phancong.member', true), '')::bigint)"
USER = "(SELECT nullif(current_setting('phancong.user', true), '')::bigint)"
# Where a file is opened, which takes more than being a member there: whole places, and those but for what is left out.
FILES = "(SELECT coalesce(nullif(current_setting('phancong.files', true), ''), '{}'))::text[]"
SPARING = "(SELECT coalesce(nullif(current_setting('phancong.sparing', true), ''), '{}'))::text[]"
LEFT_OUT = "(SELECT coalesce(nullif(current_setting('phancong.left_out', true), ''), '{}'))::text[]"
ANCESTORS = "ARRAY[ancestor_1, ancestor_2, ancestor_3, ancestor_4, ancestor_5, ancestor_6]"

FUNCTIONS = (
    # Who took part here once stays named in the plans of that time. It looks past the policies: they ask it back.
    """
    CREATE OR REPLACE FUNCTION phancong_was_member(wanted bigint, paths text[]) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public SET "phancong.places" = '*' AS $$
        SELECT EXISTS (
            SELECT 1 FROM members_membership m JOIN organizations_organization o ON o.id = m.cell_id
            LEFT JOIN organizations_organization keeper ON keeper.id = o.kept_by_id AND o.path = ''
            WHERE m.member_id = wanted AND (o.path LIKE ANY (paths) OR keeper.path LIKE ANY (paths)))
    $$
    """,
)


def _exists(table: str, column: str) -> str:
    """Seen with the row it belongs to: the policy of that row decides."""
    return f"EXISTS (SELECT 1 FROM {table} owner WHERE owner.id = {column})"  # noqa: S608 -- names of this file


# What an organisation that ended left behind is seen where it is kept.
_KEPT = "LEFT JOIN organizations_organization keeper ON keeper.id = o.kept_by_id AND o.path = ''"
_HERE = f"(o.path LIKE ANY ({PATHS}) OR keeper.path LIKE ANY ({PATHS}))"


def _organization(column: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM organizations_organization o {_KEPT} WHERE o.id = {column} "  # noqa: S608 -- as above
        f"AND {_HERE})"
    )


def _plan(column: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM planning_plan p JOIN organizations_organization o ON o.id = p.cell_id "  # noqa: S608 -- as above
        f"{_KEPT} WHERE p.id = {column} AND {_HERE})"
    )


def _inside(path: str) -> str:
    return f"({path} LIKE ANY ({FILES}) OR {path} LIKE ANY ({SPARING}) AND NOT {path} LIKE ANY ({LEFT_OUT}))"


def _file_of(member: str) -> str:
    """Whose file is opened here: by the cell of today, for those who left by the cells they were in."""
    return (
        "EXISTS (SELECT 1 FROM members_member person "  # noqa: S608 -- names of this file
        "LEFT JOIN organizations_organization home ON home.id = person.cell_id "
        f"WHERE person.id = {member} AND ({_inside('home.path')} "
        f"OR person.cell_id IS NULL AND phancong_was_member(person.id, {FILES})))"
    )


_OF_MEMBER = _exists("members_member", "member_id")
# By label of the model: the condition besides "everything may be seen".
POLICIES = {
    "members.Member": (f"{ANCESTORS} && {PLACE_IDS} OR id = {MEMBER} OR phancong_was_member(id, {PATHS})"),
    "members.Membership": _OF_MEMBER,
    "members.StatusPeriod": _OF_MEMBER,
    "members.Post": f"{_OF_MEMBER} OR {_organization('organization_id')}",
    "members.Competence": _OF_MEMBER,
    "members.Experience": _OF_MEMBER,
    "members.MassOrganizationMembership": _OF_MEMBER,
    "members.WorkLimit": _OF_MEMBER,
    "members.WorkLimitReason": (
        "EXISTS (SELECT 1 FROM members_worklimit owner WHERE owner.id = limit_id "  # noqa: S608 -- as above
        f"AND (owner.member_id = {MEMBER} OR {_file_of('owner.member_id')}))"
    ),
    "members.Wish": _OF_MEMBER,
    "members.RosterImport": _organization("organization_id"),
    "members.RosterImportChange": _exists("members_rosterimport", "roster_import_id"),
    "accounts.User": f"id = {USER} OR member_id IS NULL OR {_OF_MEMBER}",
    "accounts.Appointment": (
        f"user_id = {USER} OR delegated_by_id = {USER} OR {_organization('organization_id')}"
    ),
    "accounts.PrintedCode": _exists("accounts_user", "user_id"),
    "accounts.Passkey": _exists("accounts_user", "user_id"),
    "accounts.CodeApp": _exists("accounts_user", "user_id"),
    "accounts.OpenSession": _exists("accounts_user", "user_id"),
    "personal_data.DataRequest": f"{MEMBER} = member_id OR {_file_of('member_id')}",
    "planning.Duty": _plan("plan_id"),
    # Read where it was set out and in every place below.
    "planning.Resolution": (
        "EXISTS (SELECT 1 FROM organizations_organization o WHERE o.id = organization_id "  # noqa: S608 -- as above
        f"AND (o.path LIKE ANY ({PATHS}) OR o.path <> '' AND "
        f"EXISTS (SELECT 1 FROM unnest({PATHS}) seen WHERE seen LIKE o.path || '%')))"
    ),
    "planning.Target": _exists("planning_resolution", "resolution_id"),
    "planning.Assignment": f"{_OF_MEMBER} OR {_exists('planning_duty', 'duty_id')}",
    "planning.Adoption": _plan("plan_id"),
    "planning.Adjustment": _plan("plan_id"),
    "followups.Progress": f"{_OF_MEMBER} OR {_organization('cell_id')}",
    "followups.Entry": _exists("planning_assignment", "assignment_id"),
    "followups.Photo": _exists("followups_entry", "entry_id"),
    "followups.Matter": f"{_exists('followups_entry', 'entry_id')} OR {_organization('holder_id')}",
    "followups.PlanReminder": _organization("cell_id"),
    "followups.ReportDraft": f"user_id = {USER}",
    "followups.CalendarLink": f"user_id = {USER}",
    "followups.MailChoice": f"user_id = {USER}",
    "meetings.Meeting": _organization("cell_id"),
    "meetings.AgendaItem": _exists("meetings_meeting", "meeting_id"),
    "meetings.Attendance": f"{_exists('meetings_meeting', 'meeting_id')} OR member_id = {MEMBER}",
    "meetings.Vote": _exists("meetings_agendaitem", "item_id"),
    "meetings.ReservedOpinion": f"{_exists('meetings_agendaitem', 'item_id')} OR member_id = {MEMBER}",
    "meetings.Conclusion": f"{_exists('meetings_agendaitem', 'item_id')} OR member_id = {MEMBER}",
    "meetings.SignedMinutes": _exists("meetings_meeting", "meeting_id"),
    "meetings.Addendum": _exists("meetings_meeting", "meeting_id"),
    "meetings.TextDraft": f"user_id = {USER}",
    "oversight.Charge": f"{_OF_MEMBER} OR {_organization('organization_id')}",
    "oversight.Note": _organization("organization_id"),
    "oversight.Reply": _exists("oversight_note", "note_id"),
    # Read by the committee and in every place below it, where its people come from and go to.
    # What it names of a person stands with its draft or its decision, for whoever changes the tree there.
    "reorganizations.Reorganization": _organization("keeper_id"),
    "reorganizations.Placement": _exists("reorganizations_reorganization", "reorganization_id"),
    "reorganizations.Trace": _exists("reorganizations_reorganization", "reorganization_id"),
    "secondments.SecondmentPlan": (
        "EXISTS (SELECT 1 FROM organizations_organization o WHERE o.id = committee_id "  # noqa: S608 -- as above
        f"AND (o.path LIKE ANY ({PATHS}) OR o.path <> '' AND "
        f"EXISTS (SELECT 1 FROM unnest({PATHS}) seen WHERE seen LIKE o.path || '%')))"
    ),
    "secondments.Secondment": (
        f"{_OF_MEMBER} OR {_organization('home_id')} OR {_organization('cell_id')} "
        f"OR {_exists('secondments_secondmentplan', 'plan_id')}"
    ),
    # Each side sees what it sends and what it receives, not the file behind it.
    "transfers.Transfer": f"{_OF_MEMBER} OR {_organization('home_id')} OR {_organization('cell_id')}",
    "figures.HandedIn": _organization("organization_id"),
    "reviews.Closing": (
        "EXISTS (SELECT 1 FROM reviews_round r JOIN organizations_organization o ON o.id = r.committee_id "  # noqa: S608 -- as above
        f"{_KEPT} WHERE r.id = round_id AND {_HERE})"
    ),
    "reviews.CellReview": _organization("cell_id"),
    "reviews.Rating": f"{_OF_MEMBER} OR {_exists('reviews_cellreview', 'review_id')}",
    "reviews.SelfReview": _exists("reviews_rating", "rating_id"),
    "reviews.Tally": _exists("reviews_rating", "rating_id"),
    "reviews.Line": f"{_exists('reviews_cellreview', 'review_id')} OR {_exists('reviews_rating', 'rating_id')}",
    "planning.Exclusion": _exists("planning_duty", "duty_id"),
    "planning.Apartness": _plan("plan_id"),
    "planning.Unmet": _plan("plan_id"),
    "planning.PlanStep": _plan("plan_id"),
    "planning.Objection": _OF_MEMBER,
    # The cell of residence sees the contact, not the member behind it.
    "yearbook.ResidenceContact": f"{_OF_MEMBER} OR {_organization('residence_cell_id')}",
    "yearbook.Remark": (
        f"{_OF_MEMBER} OR {_organization('cell_id')} OR {_exists('yearbook_residencecontact', 'contact_id')}"
    ),
    "yearbook.Pledge": _OF_MEMBER,
    "yearbook.PledgeNote": _OF_MEMBER,
    "yearbook.StudyAttendance": f"{_OF_MEMBER} OR {_organization('cell_id')}",
    "yearbook.Correction": f"{_OF_MEMBER} OR {_organization('cell_id')}",
    "audit.AuditEntry": (
        f"actor_user_id = {USER} OR subject IN ('member:' || {MEMBER}, 'user:' || {USER}) OR {_inside('place')}"
    ),
    "jobs.Job": f"created_by = {USER} OR place LIKE ANY ({PATHS})",
    "jobs.JobChunk": _exists("jobs_job", "job_id"),
}
# Classed as personal, and yet without a policy, each for its reason.
OPEN = {
    "accounts.Allowance": "it counts guesses under seals of names, and is asked before it is known who is there",
    "reviews.RuleCorrection": "what a committee decides on the rules holds for everybody below it",
    "organizations.OrganizationEvent": "decisions on organisations are known to the whole committee",
}
