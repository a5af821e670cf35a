"""Photographs of reports: turned upright, made smaller, without where, when and with what they were taken."""

import hashlib
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from phancong.common.refusal import Refused
from phancong.followups.terms import Terms

FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 80
_NOT_A_PHOTO = (
    "Tệp này không phải ảnh JPEG, PNG hoặc WebP đọc được. Chọn ảnh khác, hoặc gửi báo cáo không kèm ảnh."
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A photograph ready to be kept."""

    content: bytes
    width: int
    height: int

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def prepare(sent: bytes, *, terms: Terms) -> Prepared:
    """A JPEG made anew from the pixels alone, so that nothing hidden in the file goes with it."""
    try:
        with Image.open(BytesIO(sent), formats=FORMATS) as image:
            if image.width * image.height > terms.photo_megapixels * 1_000_000:
                raise Refused(
                    f"Ảnh lớn hơn {terms.photo_megapixels} triệu điểm ảnh. Chụp lại ở cỡ nhỏ hơn rồi gửi."
                )
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Refused(_NOT_A_PHOTO) from error
    upright.thumbnail((terms.photo_side, terms.photo_side))
    plain = Image.new("RGB", upright.size)
    plain.paste(upright)
    target = BytesIO()
    plain.save(target, "JPEG", quality=QUALITY, optimize=True)
    return Prepared(target.getvalue(), plain.width, plain.height)


def kept(content: bytes) -> Prepared:
    """A photograph that was prepared before, as a draft keeps it."""
    with Image.open(BytesIO(content), formats=("JPEG",)) as image:
        return Prepared(content, image.width, image.height)
