"""Where an organisation of a past day counts today: with itself while it stands, else with what followed it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from phancong.organizations.models import PATH_WIDTH


@dataclass(slots=True)
class Lineage:
    """`standing`: organisation → its path of today. `heirs`: organisation that ended → those it became part of."""

    standing: Mapping[int, str]
    heirs: Mapping[int, Sequence[int]]
    _known: dict[int, str] = field(default_factory=dict)

    def home(self, organization_id: int) -> str:
        """The path at which it counts; where it was divided, that of the lowest organisation above all its parts.

        Empty: it was dissolved, or its parts have nothing in common.
        """
        if organization_id not in self._known:
            self._known[organization_id] = (
                ""  # whoever became part of itself by a circle of decisions has no home
            )
            self._known[organization_id] = self._found(organization_id)
        return self._known[organization_id]

    def _found(self, organization_id: int) -> str:
        if organization_id in self.standing:
            return self.standing[organization_id]
        homes = [home for heir in self.heirs.get(organization_id, ()) if (home := self.home(heir))]
        return shared(homes)


def shared(paths: Sequence[str]) -> str:
    """The longest path that all of them lie under."""
    if not paths:
        return ""
    first = paths[0]
    for end in range(len(first), 0, -PATH_WIDTH):
        if all(path.startswith(first[:end]) for path in paths):
            return first[:end]
    return ""
