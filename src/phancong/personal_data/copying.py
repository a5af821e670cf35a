"""A copy of everything held about one member: as JSON for machines, as PDF for reading on paper."""

import json
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from phancong.members.models import Member
from phancong.personal_data.held import HeldGroup, held_about
from phancong.personal_data.watching import who_may_see

LAYOUT = Path(__file__).with_name("copy.typ")


def as_data(member: Member, *, now: datetime) -> dict[str, Any]:
    """Every field in words with its name in the database, and who may see it."""
    return {
        "ho_va_ten": member.full_name,
        "lap_luc": now.isoformat(timespec="minutes"),
        "dang_luu": [_group(group) for group in held_about(member, today=now.date())],
        "ai_duoc_xem": [
            {"chuc_danh": one.office, "don_vi": one.place, "so_nguoi": one.count, "phan": one.part_names}
            for one in who_may_see(member, now.date())
        ],
    }


def _group(group: HeldGroup) -> dict[str, Any]:
    return {
        "ten": group.name,
        "bang": group.label,
        "vi_sao_luu": group.why,
        "luu_den_khi": group.until,
        "la_bang_chung": group.is_evidence,
        "khong_dua_ra": list(group.kept_back),
        "dong": [
            {
                "dia_chi": row.address,
                "muc": [
                    {
                        "truong": line.field,
                        "ten": line.label,
                        "noi_dung": line.value,
                        "nhay_cam": line.is_sensitive,
                        "lap_lai": line.is_repeated,
                    }
                    for line in row.lines
                ],
            }
            for row in group.rows
        ],
    }


def as_pdf(member: Member, *, now: datetime) -> bytes:
    """The same on paper. The text travels as data, so nothing in it can act as layout; the fonts are the typesetter's
    own, so that every machine prints the same letters."""
    content = {**as_data(member, now=now), "lap_luc": now.strftime("%H:%M ngày %d/%m/%Y")}
    with tempfile.TemporaryDirectory() as folder:
        layout = Path(folder) / "copy.typ"
        layout.write_text(LAYOUT.read_text("utf-8"), "utf-8")
        (Path(folder) / "copy.json").write_text(json.dumps(content, ensure_ascii=False), "utf-8")
        written: bytes = typst.compile(str(layout), root=folder, ignore_system_fonts=True)
    return written
