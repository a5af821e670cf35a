"""Choices of the year's other duties. What each group asks for is data in `rules/residence.toml`."""

from django.db.models import TextChoices


class ContactGroup(TextChoices):
    """How a member keeps contact with the place of residence; the codes are those of the rule pack."""

    ORDINARY = "ordinary", "Giới thiệu về nơi cư trú"
    EXCUSED = "excused", "Đã giới thiệu, được miễn sinh hoạt nơi cư trú"
    NOT_INTRODUCED = "not_introduced", "Được miễn giới thiệu"


class RemarkKind(TextChoices):
    RESIDENCE = "residence", "Cấp ủy nơi cư trú"
    FRONT = "front", "Mặt trận Tổ quốc"
    MASS = "mass", "Đoàn thể"
    RESIDENTS = "residents", "Nhân dân nơi cư trú"


class Attendance(TextChoices):
    UNMARKED = "unmarked", "Chưa điểm danh"
    PRESENT = "present", "Có mặt"
    ABSENT = "absent", "Vắng"


class Subject(TextChoices):
    """What a correction was made to."""

    CONTACT = "contact", "Liên hệ nơi cư trú"
    PLEDGE = "pledge", "Bản cam kết"
    NOTE = "note", "Sổ tay làm theo gương Bác"
    STUDY = "study", "Học tập nghị quyết, chuyên đề"
    REMARK = "remark", "Nhận xét"
