"""Choices of members. Lists that the Party may change (fields, skills, posts …) are data in `rules/`."""

from django.db.models import IntegerChoices, TextChoices


class Sex(TextChoices):
    MALE = "male", "Nam"
    FEMALE = "female", "Nữ"


class Status(TextChoices):
    """What a member is on a day. One at a time; a temporary place of meeting is a membership, not a status."""

    PROBATIONARY = "probationary", "Dự bị"
    OFFICIAL = "official", "Chính thức"
    REDUCED = "reduced", "Giảm công tác và sinh hoạt đảng"
    EXEMPT = "exempt", "Miễn công tác và sinh hoạt đảng"
    TEMPORARILY_EXEMPT = "temporarily_exempt", "Tạm miễn sinh hoạt đảng"
    SUSPENDED = "suspended", "Đình chỉ sinh hoạt đảng"
    TRANSFERRED = "transferred", "Đã chuyển sinh hoạt đảng đi"
    REMOVED = "removed", "Xóa tên trong danh sách đảng viên"
    EXPELLED = "expelled", "Khai trừ"
    WITHDRAWN = "withdrawn", "Ra khỏi Đảng"
    DECEASED = "deceased", "Từ trần"


ENDED = frozenset({Status.TRANSFERRED, Status.REMOVED, Status.EXPELLED, Status.WITHDRAWN, Status.DECEASED})
# Periods that stand in the part of a file about discipline.
DISCIPLINE = frozenset({Status.SUSPENDED, Status.REMOVED, Status.EXPELLED})
# Official members, as minimum numbers count them: the exempt remain on the roll, the suspended do not count.
COUNTED_OFFICIAL = frozenset({Status.OFFICIAL, Status.REDUCED, Status.EXEMPT, Status.TEMPORARILY_EXEMPT})


class MembershipKind(TextChoices):
    OFFICIAL = "official", "chính thức"
    TEMPORARY = "temporary", "tạm thời"


class CompetenceKind(TextChoices):
    SKILL = "skill", "kỹ năng"
    LANGUAGE = "language", "tiếng nói"


class Level(IntegerChoices):
    BASIC = 1, "cơ bản"
    GOOD = 2, "khá"
    EXPERT = 3, "thành thạo"


class LimitKind(TextChoices):
    LIGHT_WORK = "light_work", "Chỉ làm việc nhẹ"
    NO_NIGHT = "no_night", "Không làm việc ban đêm"
    MONTHLY_HOURS = "monthly_hours", "Số giờ mỗi tháng"
    AWAY = "away", "Đi vắng khỏi địa bàn"


class HealthGrade(IntegerChoices):
    """Grade of the yearly check-up, 1 the best."""

    ONE = 1, "Loại I"
    TWO = 2, "Loại II"
    THREE = 3, "Loại III"
    FOUR = 4, "Loại IV"
    FIVE = 5, "Loại V"
