"""Typing Vietnamese as it was typed before Unicode, for tests of recognising it."""

import unicodedata

from phancong.common import legacy_text

_TCVN3 = {str(letter): chr(code) for code, letter in legacy_text._TCVN3.items()}
_MARK_OF = {marks: letter for letter, marks in legacy_text._VNI_MARKS.items()}
_LETTER_OF = {letter: code for code, letter in legacy_text._VNI_LETTERS.items()}
_BASES = {"ơ": "ô", "ư": "ö"}
_HORN = "\u031b"


def to_tcvn3(text: str) -> str:
    """Small letters have codes with tones; capitals with tones have none, so only their first letters are capital."""
    return "".join(_TCVN3.get(char, _TCVN3.get(char.lower(), char)) for char in text)


def to_vni(text: str) -> str:
    return "".join(_vni_letter(char) for char in text)


def _vni_letter(char: str) -> str:
    if char in _LETTER_OF:
        return _LETTER_OF[char]
    letters = unicodedata.normalize("NFD", char)
    marks = letters[1:].replace(_HORN, "")
    base = letters[0] + (_HORN if _HORN in letters else "")
    small = unicodedata.normalize("NFC", base).lower()
    written = _BASES.get(small, small)
    if not marks:
        return written.upper() if char.isupper() else written
    ordered = "".join(sorted(marks, key=lambda mark: mark not in "\u0302\u0306"))
    if ordered not in _MARK_OF:
        return char
    typed = written + _MARK_OF[ordered]
    return typed.upper() if char.isupper() else typed
