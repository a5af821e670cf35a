"""Every right there is. Sorted by subject: noun, then verb."""

from enum import StrEnum


class Permission(StrEnum):
    JOB_SEE = "job_see"
    MEMBER_CHANGE = "member_change"
    MEMBER_EXPORT = "member_export"
    MEMBER_IMPORT = "member_import"
    MEMBER_LIST = "member_list"
    MEMBER_REASON_SEE = "member_reason_see"
    MEMBER_SEE = "member_see"
    ORGANIZATION_CHANGE = "organization_change"
    ORGANIZATION_SEE = "organization_see"
    PLAN_CHANGE = "plan_change"
    PLAN_DRAFT_MANY = "plan_draft_many"
    PLAN_EXPORT = "plan_export"
    PLAN_SEE = "plan_see"
    DUTY_CATALOGUE_CHANGE = "duty_catalogue_change"
