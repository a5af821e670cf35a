"""The review of 2012: who was rated, and with which grade of that time, with exactly the article's totals.

The article counts the excellent inside the good and leaves 52 of the rated without a stated grade.
"""

from collections.abc import Mapping
from enum import StrEnum

from phancong.members.enums import ENDED, Status
from phancong.sample.chance import Chance
from phancong.sample.history import Sample
from phancong.sample.targets import END_OF_2012


class Grade(StrEnum):
    """Grades of 2012. The values are codes; their names belong to the rules of that year."""

    EXCELLENT = "qualified_excellent"
    GOOD = "qualified_good"
    COMPLETED = "qualified_completed"
    VIOLATED = "violated"


NOT_RATED = frozenset({*ENDED, Status.EXEMPT, Status.SUSPENDED})
# None stands for rated without a stated grade. The 1,160 good of the article are EXCELLENT and GOOD together.
GRADES: tuple[tuple[Grade | None, int], ...] = (
    (Grade.EXCELLENT, 155),
    (Grade.GOOD, 1005),
    (Grade.COMPLETED, 126),
    (Grade.VIOLATED, 5),
    (None, 52),
)


def review_of_2012(sample: Sample) -> Mapping[int, Grade | None]:
    """The grade of each rated member by number: the position of their record, counted from 1."""
    rated = [
        life.number
        for life in sample.lives
        if life.stay_on(END_OF_2012) and life.status_on(END_OF_2012) not in NOT_RATED
    ]
    grades = [grade for grade, count in GRADES for _ in range(count)]
    return dict(sorted(zip(Chance(sample.seed, "review").shuffled(rated), grades, strict=True)))
