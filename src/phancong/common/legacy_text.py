"""Text typed before Unicode: recognising TCVN3 (ABC) and VNI, and turning them into Unicode."""

import re
import unicodedata
from enum import StrEnum


class Encoding(StrEnum):
    UNICODE = "unicode"
    TCVN3 = "tcvn3"
    VNI = "vni"


ENCODING_NAMES = {Encoding.TCVN3: "TCVN3 (ABC)", Encoding.VNI: "VNI", Encoding.UNICODE: "Unicode"}

# TCVN3 puts each Vietnamese letter on one code of its own; capitals with tones come from fonts of capitals.
_TCVN3 = str.maketrans(
    dict(
        zip(
            "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
            "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
            strict=True,
        )
    )
)
_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
_CIRCUMFLEX, _BREVE = "\u0302", "\u0306"
# VNI writes a plain vowel and then a letter that stands for its marks.
_VNI_MARKS = {
    "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ù": _ACUTE, "ï": _DOT,
    "â": _CIRCUMFLEX, "à": _CIRCUMFLEX + _GRAVE, "å": _CIRCUMFLEX + _HOOK, "ã": _CIRCUMFLEX + _TILDE,
    "á": _CIRCUMFLEX + _ACUTE, "ä": _CIRCUMFLEX + _DOT,
    "ê": _BREVE, "è": _BREVE + _GRAVE, "ú": _BREVE + _HOOK, "ü": _BREVE + _TILDE,
    "é": _BREVE + _ACUTE, "ë": _BREVE + _DOT,
}  # fmt: skip
_VNI_LETTERS = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_LETTERS |= {key.upper(): letter.upper() for key, letter in _VNI_LETTERS.items()}
_VNI_MARKED = re.compile("([aeouyAEOUYôöÔÖ])([" + "".join(_VNI_MARKS) + "".join(_VNI_MARKS).upper() + "])")

# A tone is written as a digit after its vowel: 1 grave, 2 hook, 3 tilde, 4 acute, 5 dot.
_TONES = {_GRAVE: "1", _HOOK: "2", _TILDE: "3", _ACUTE: "4", _DOT: "5"}
_T = "[1-5]?"
_ONSET = "(?:ngh|ng|nh|gh|gi|kh|ph|qu(?![ou])|th|tr|ch|[bcdđghklmnprstvx])?"
# Rimes that end in a glide take the tone on the vowel before it and nothing after.
_OPEN = (
    f"(?:[ou]?a{_T}[iouy]|[uo]?â{_T}[uy]|o?e{_T}o|ê{_T}u|i{_T}[au]|iê{_T}u|yê{_T}u|[oôơuư]{_T}i|u{_T}a|ư{_T}[au]"
    f"|uô{_T}i|ươ{_T}[iu]|uy{_T}[au])"
)
# The others may end in a consonant; before c, ch, p, t only two tones occur.
_NUCLEUS = "(?:uyê|iê|yê|uô|ươ|oă|uâ|uê|uơ|uy|[ou]?a|[ou]?e|[aăâeêioôơuưy])"
_TONED_FIRST = "(?:o[1-5][ae]|u[1-5][yê])"
_SYLLABLE = re.compile(
    f"{_ONSET}(?:{_OPEN}|{_TONED_FIRST}|{_NUCLEUS}{_T}(?:ng|nh|[mn])?|{_NUCLEUS}[45]?(?:ch|[cpt]))"
)
# Words of names that say most about how a text was typed.
_COMMON = frozenset(
    [
        "nguyễn",
        "trần",
        "lê",
        "phạm",
        "hoàng",
        "huỳnh",
        "phan",
        "vũ",
        "võ",
        "đặng",
        "bùi",
        "đỗ",
        "hồ",
        "ngô",
        "dương",
        "lý",
        "đinh",
        "trương",
        "lưu",
        "văn",
        "thị",
        "đức",
        "hữu",
    ]
)
# So many of them outweigh that the text could be read as it stands.
_SURE = 2
_WORDS = re.compile(r"[^\s,.;:/()\[\]'’\"+\-0-9]+")
_ODD_CASE = re.compile(r"[a-zß-öø-ÿ][A-ZÀ-ÖØ-Þ]")


def font_encoding(font: str) -> Encoding:
    """What the name of a font says: ".VnTime" and "VNI-Times" are made for one encoding each."""
    if font.lower().startswith(".vn"):
        return Encoding.TCVN3
    return Encoding.VNI if font.lower().startswith("vni-") else Encoding.UNICODE


def decode(text: str, encoding: Encoding, *, capitals: bool = False) -> str:
    """Unicode text of `text` typed in `encoding`; `capitals` for fonts of capitals (".VnTimeH")."""
    if encoding is Encoding.TCVN3:
        decoded = " ".join(_recapitalize(word) for word in text.translate(_TCVN3).split(" "))
        return decoded.upper() if capitals else decoded
    return _decode_vni(text) if encoding is Encoding.VNI else text


def guess(text: str, *, hint: Encoding = Encoding.UNICODE) -> Encoding:
    """The encoding of one piece of text by its letters; `hint` is that of the file around it."""
    if text.isascii() or any(char > "\u00ff" for char in text):
        return Encoding.UNICODE
    legacy = [encoding for encoding in (Encoding.TCVN3, Encoding.VNI) if _reads(text, encoding)]
    if not legacy or hint in legacy:
        return hint if hint in legacy else Encoding.UNICODE
    likely = max(legacy, key=lambda encoding: _common(decode(text, encoding)))
    if _all_syllables(text) and (_common(text) or _common(decode(text, likely)) < _SURE):
        return Encoding.UNICODE
    return likely


def _common(text: str) -> int:
    """How many marked words are among those that names are full of."""
    return sum(word in _COMMON for word in text.lower().split() if not word.isascii())


def _reads(text: str, encoding: Encoding) -> bool:
    """Whether the marked words of `text` are Vietnamese syllables once decoded."""
    decoded = decode(text, encoding)
    marked = [word for word in _WORDS.findall(text) if not word.isascii()]
    anchored = any(re.search("[A-Za-z]", word) for word in marked)
    return anchored and decoded != text and _all_syllables(decoded)


def _all_syllables(text: str) -> bool:
    return all(_is_syllable(word) for word in _WORDS.findall(text) if not word.isascii())


def _is_syllable(word: str) -> bool:
    if _ODD_CASE.search(word):
        return False
    letters: list[str] = []
    for char in unicodedata.normalize("NFC", word.lower()):
        parts = unicodedata.normalize("NFD", char)
        plain, marks = parts[0], parts[1:]
        kept = "".join(mark for mark in marks if mark not in _TONES)
        # A tilde over n is no tone: what is left of such a letter is never part of a syllable.
        tone = "".join(_TONES[mark] for mark in marks if mark in _TONES)
        letters.append(unicodedata.normalize("NFC", plain + kept) + tone)
    return _SYLLABLE.fullmatch("".join(letters)) is not None


def _recapitalize(word: str) -> str:
    """Fonts of capitals mix capital letters with small codes: "NGUYễN" was meant as "NGUYỄN"."""
    latin = [char for char in word if char.isascii() and char.isalpha()]
    return word.upper() if len(latin) > 1 and all(char.isupper() for char in latin) else word


def _decode_vni(text: str) -> str:
    def join(match: re.Match[str]) -> str:
        vowel, mark = match.groups()
        vowel = {"ô": "ơ", "ö": "ư", "Ô": "Ơ", "Ö": "Ư"}.get(vowel, vowel)
        return unicodedata.normalize("NFC", vowel + _VNI_MARKS[mark.lower()])

    pieces, end = [], 0
    for match in _VNI_MARKED.finditer(text):
        pieces += [_vni_letters(text[end : match.start()]), join(match)]
        end = match.end()
    return "".join(pieces) + _vni_letters(text[end:])


def _vni_letters(text: str) -> str:
    return "".join(_VNI_LETTERS.get(char, char) for char in text)
