"""What may be done to the tree of organisations and to residential areas."""

from phancong.organizations.actions.areas import (
    add_area,
    close_area,
    count_population,
    cover_area,
    uncover_area,
)
from phancong.organizations.actions.decision import Decision, Reorganization
from phancong.organizations.actions.founding import found_organization
from phancong.organizations.actions.reshaping import (
    bring_up_to_date,
    convert_organization,
    dissolve_organization,
    move_organization,
    rename_organization,
)
from phancong.organizations.actions.uniting import Part, merge_organizations, split_organization

__all__ = [
    "Decision",
    "Part",
    "Reorganization",
    "add_area",
    "bring_up_to_date",
    "close_area",
    "convert_organization",
    "count_population",
    "cover_area",
    "dissolve_organization",
    "found_organization",
    "merge_organizations",
    "move_organization",
    "rename_organization",
    "split_organization",
    "uncover_area",
]
