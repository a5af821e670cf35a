"""Names to print for ids and codes; the library itself knows only ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as built


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Names by id or code, given by the caller; what is missing is printed as it is."""

    members: Mapping[str, str] = built(default_factory=dict)
    duties: Mapping[str, str] = built(default_factory=dict)
    categories: Mapping[str, str] = built(default_factory=dict)
    competences: Mapping[str, str] = built(default_factory=dict)
    fields: Mapping[str, str] = built(default_factory=dict)
    areas: Mapping[str, str] = built(default_factory=dict)

    def member(self, member: str) -> str:
        """Name of a member."""
        return self.members.get(member, member)

    def duty(self, duty: str) -> str:
        """Name of a duty."""
        return self.duties.get(duty, duty)

    def category(self, code: str) -> str:
        """Name of a category of members."""
        return self.categories.get(code, code)

    def competence(self, code: str) -> str:
        """Name of a skill or language."""
        return self.competences.get(code, code)

    def field_of_work(self, code: str) -> str:
        """Name of a field of work."""
        return self.fields.get(code, code)

    def area(self, code: str) -> str:
        """Name of a residential area."""
        return self.areas.get(code, code)
