"""How fields are classed; each room classes its own in `privacy.py`, and a guard test refuses an unclassed one.

`personal` tells of a person; `sensitive` is health and circumstances, political ties, origin, and what was noted of a
person's conduct (Decree 356/2025/NĐ-CP, article 4): it is shown to those entitled, and never written to logs. `neither`
says nothing of a person by itself.
"""

from enum import StrEnum


class Class(StrEnum):
    PERSONAL = "personal"
    SENSITIVE = "sensitive"
    NEITHER = "neither"


Fields = dict[str, dict[str, Class]]
