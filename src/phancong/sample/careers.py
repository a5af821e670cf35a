"""What the people of the sample do and know, by line of work: tables of codes of the rule packs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Job:
    """A title and its professional field; `retired` is how it reads after the working life."""

    title: str
    field: str
    weight: float = 1
    retired: str = "Cán bộ hưu trí"


JOBS: dict[str, tuple[Job, ...]] = {
    "residential": (
        Job("Làm nông", "agriculture", 9, "Làm nông, tuổi cao"),
        Job("Buôn bán nhỏ", "economics", 3, "Nghỉ buôn bán"),
        Job("Thợ xây, thợ mộc", "engineering", 1.6, "Thợ xây đã nghỉ"),
        Job("Người hoạt động không chuyên trách", "administration", 2, "Nguyên cán bộ thôn, tổ"),
        Job("Y tế thôn", "medicine", 0.7, "Nguyên cán bộ y tế thôn"),
        Job("Dân quân, bảo vệ an ninh cơ sở", "military", 1.6, "Bộ đội xuất ngũ, hưu trí"),
        Job("Lao động tự do", "", 2.4, "Lao động tự do, tuổi cao"),
        Job("Nội trợ", "", 0.8, "Nội trợ"),
    ),
    "office": (
        Job("Công chức địa chính, xây dựng", "engineering"),
        Job("Công chức tư pháp, hộ tịch", "law"),
        Job("Công chức văn hóa, xã hội", "culture"),
        Job("Kế toán", "economics"),
        Job("Chuyên viên văn phòng", "administration", 2),
        Job("Chuyên viên nông nghiệp", "agriculture"),
        Job("Cán bộ công nghệ thông tin", "computing", 0.5),
    ),
    "party": (
        Job("Chuyên viên xây dựng Đảng", "party_building", 2),
        Job("Cán bộ kiểm tra", "law"),
        Job("Cán bộ tuyên giáo, dân vận", "culture"),
        Job("Cán bộ Mặt trận, đoàn thể", "party_building"),
        Job("Văn thư, lưu trữ", "administration"),
    ),
    "police": (Job("Cán bộ công an", "military", 4, "Công an nghỉ hưu"), Job("Cán bộ pháp chế", "law")),
    "military": (
        Job("Trợ lý quân sự", "military", 3, "Bộ đội nghỉ hưu"),
        Job("Cán bộ dân quân", "military", 2, "Bộ đội nghỉ hưu"),
    ),
    "health": (
        Job("Bác sĩ", "medicine", 1.4, "Bác sĩ nghỉ hưu"),
        Job("Điều dưỡng", "medicine", 2, "Điều dưỡng nghỉ hưu"),
        Job("Y sĩ", "medicine", 1.4, "Y sĩ nghỉ hưu"),
        Job("Dược sĩ", "medicine", 0.7, "Dược sĩ nghỉ hưu"),
        Job("Kế toán", "economics", 0.4),
    ),
    "school": (
        Job("Giáo viên", "education", 6, "Giáo viên nghỉ hưu"),
        Job("Cán bộ quản lý trường học", "education", 1, "Giáo viên nghỉ hưu"),
        Job("Cán bộ thư viện, thiết bị", "administration", 0.7),
        Job("Kế toán", "economics", 0.5),
        Job("Giáo viên tin học", "computing", 0.6, "Giáo viên nghỉ hưu"),
    ),
    "factory": (
        Job("Công nhân kỹ thuật", "engineering", 4, "Công nhân nghỉ hưu"),
        Job("Kỹ sư nông vụ", "agriculture", 1.5),
        Job("Kế toán", "economics"),
    ),
    "bank": (Job("Cán bộ nghiệp vụ", "economics", 4), Job("Cán bộ hành chính", "administration")),
    "service": (
        Job("Giao dịch viên", "economics", 2),
        Job("Công nhân vận hành", "engineering", 2, "Công nhân nghỉ hưu"),
        Job("Quản lý cơ sở", "administration"),
    ),
    "court": (Job("Thư ký, chuyên viên pháp lý", "law", 3), Job("Cán bộ hành chính", "administration")),
    "forest": (Job("Kiểm lâm viên", "agriculture", 3), Job("Cán bộ hành chính", "administration")),
    "culture": (Job("Cán bộ văn hóa, thể thao", "culture", 3), Job("Biên tập viên", "culture")),
}
# Levels of education and of the profession, by kind of place: (code, weight).
Weights = tuple[tuple[str, float], ...]
EDUCATION_AT_WORK: Weights = (("upper_secondary", 96), ("lower_secondary", 4))
EDUCATION_IN_HAMLETS: Weights = (("primary", 14), ("lower_secondary", 38), ("upper_secondary", 48))
LEVEL_AT_WORK: Weights = (
    ("elementary", 3),
    ("intermediate", 17),
    ("college", 18),
    ("university", 54),
    ("master", 8),
)
LEVEL_IN_HAMLETS: Weights = (
    ("none", 62),
    ("elementary", 14),
    ("intermediate", 14),
    ("college", 5),
    ("university", 5),
)
THEORY_AT_WORK: Weights = (("elementary", 48), ("intermediate", 44), ("advanced", 8))
THEORY_IN_HAMLETS: Weights = (("none", 30), ("elementary", 58), ("intermediate", 12))
# Skills that go with a professional field: (code, chance). The level follows from the professional level.
SKILLS: dict[str, tuple[tuple[str, float], ...]] = {
    "": (("mobilization", 0.25), ("culture_arts", 0.15)),
    "agriculture": (("agriculture", 0.9), ("business", 0.15), ("mobilization", 0.3)),
    "economics": (("accounting", 0.7), ("business", 0.5), ("computing", 0.35)),
    "education": (("teaching", 0.95), ("culture_arts", 0.3), ("computing", 0.4), ("writing", 0.35)),
    "medicine": (("medicine", 0.95), ("mobilization", 0.2)),
    "law": (("law", 0.95), ("writing", 0.5), ("mobilization", 0.3)),
    "administration": (("writing", 0.8), ("computing", 0.6), ("mobilization", 0.3)),
    "engineering": (("construction", 0.9), ("computing", 0.15)),
    "military": (("militia", 0.9), ("law", 0.3), ("mobilization", 0.3)),
    "computing": (("computing", 1.0), ("teaching", 0.3)),
    "culture": (("culture_arts", 0.8), ("mobilization", 0.6), ("writing", 0.3)),
    "party_building": (("mobilization", 0.8), ("writing", 0.6), ("law", 0.25), ("computing", 0.3)),
}
# Skills shown by a certificate that lapses, and for how many years it holds.
CERTIFICATES = {"medicine": 5, "militia": 3, "computing": 5, "accounting": 5}
FIELD_OF_WORK = {
    "agriculture": "production", "economics": "production", "education": "culture", "medicine": "culture",
    "law": "security", "administration": "party_work", "engineering": "production", "military": "security",
    "computing": "party_work", "culture": "culture", "party_building": "party_work", "": "mass_work",
}  # fmt: skip
PAST_DUTIES = {
    "production": ("Phụ trách tổ vay vốn sản xuất", "Hướng dẫn chuyển đổi cây trồng", "Theo dõi tổ hợp tác"),
    "culture": ("Vận động gia đình văn hóa", "Phụ trách văn nghệ, thể thao", "Vận động học sinh đến trường"),
    "security": ("Tham gia tổ an ninh", "Hòa giải ở cơ sở", "Phụ trách tổ tự quản"),
    "mass_work": ("Cán bộ chi hội ở thôn, tổ", "Phụ trách công tác thanh niên", "Vận động hội viên"),
    "admission": ("Giúp đỡ quần chúng ưu tú", "Theo dõi đảng viên dự bị"),
    "group_charge": ("Phụ trách nhóm hộ", "Tổ trưởng tổ tự quản"),
    "party_work": ("Ghi biên bản, nghị quyết chi bộ", "Thu đảng phí của chi bộ", "Tuyên truyền nghị quyết"),
}
WISHED_FIELDS = (
    ("production", 3), ("culture", 2), ("security", 2), ("mass_work", 2), ("admission", 1), ("group_charge", 1),
    ("party_work", 2), ("professional", 1),
)  # fmt: skip
LIMIT_REASONS = {
    "light_work": (
        "Bệnh tim mạch, đang điều trị", "Đau khớp, đi lại khó", "Sau phẫu thuật, cần nghỉ ngơi", "Thương binh hạng 3/4",
        "Bệnh phổi mạn tính", "Huyết áp cao",
    ),
    "no_night": ("Nuôi con dưới 36 tháng tuổi", "Mắt kém, không đi đêm được", "Chăm người thân ốm đau ban đêm"),
    "monthly_hours": ("Đang học đại học vừa làm vừa học", "Một mình nuôi con nhỏ", "Gia đình có người bệnh nặng"),
    "away": ("Làm việc xa nhà theo mùa", "Đi học tập trung", "Chăm người thân ở tỉnh khác"),
}  # fmt: skip
