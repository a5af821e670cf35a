"""Vietnamese text: cleaning, folding for search, and the order of names."""

import re
import unicodedata

_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_ETH = str.maketrans({"Ð": "Đ", "ð": "đ"})
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: f"{index:02d}" for index, letter in enumerate(_ALPHABET, start=10)}
# Marks that keyboards and word processors put where names of the Central Highlands have a straight one: H’Bia.
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2019\u2018\u02bc\u02bb\u02b9\u2032\uff07`´", "'"))
# Those that are no space: a line break or a tab parts words.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]+")
_SPACES = re.compile(r"[\s\u00a0\u200b\ufeff]+")


def clean(text: str) -> str:
    """NFC, one kind of space, the Vietnamese letter Đ instead of the Icelandic Ð, no control characters."""
    text = unicodedata.normalize("NFC", _CONTROL.sub("", text)).translate(_ETH)
    return _SPACES.sub(" ", text).strip()


def fold(text: str) -> str:
    """Text without marks and in lower case, for search: "Đặng Thị Hoà" and "dang thi hoa" give the same.

    Every apostrophe counts as the straight one: "H’Bia" and "H'Bia" give the same."""
    plain = unicodedata.normalize("NFD", clean(text).translate(_APOSTROPHES).lower()).replace("đ", "d")
    return "".join(char for char in plain if not unicodedata.combining(char))


def _syllable_key(syllable: str) -> str:
    """Letters first, then one tone per syllable, so that "Hoà" and "Hòa" are equal."""
    letters: list[str] = []
    tone = 0
    for char in unicodedata.normalize("NFD", syllable.lower()):
        if char in _TONES:
            tone = tone or _TONES[char]
        elif unicodedata.combining(char) and letters:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + char)
        else:
            letters.append(char)
    return "".join(_RANK.get(letter, "99") if letter.isalpha() else "05" for letter in letters) + f"0{tone}"


def order_key(text: str) -> str:
    """A key of digits that sorts as Vietnamese dictionaries do, in any database and collation."""
    return " ".join(_syllable_key(syllable) for syllable in clean(text).split(" "))


def name_order_key(*, family: str, middle: str, given: str) -> str:
    """Names are listed by given name, then family name, then middle name."""
    return "|".join(order_key(part) for part in (given, family, middle))


# Family names of two words, common where the seed article comes from; the list is open, a member's own split wins.
TWO_WORD_FAMILIES = frozenset(
    {"rah lan", "ro mah", "ro cham", "ro lan", "ro o", "ko pa", "nie kdam", "nay der"}
)


def split_name(full_name: str) -> tuple[str, str, str]:
    """(family, middle, given) of a name as written. One word is a given name alone."""
    words = clean(full_name).split(" ")
    if len(words) == 1:
        return "", "", words[0]
    width = 2 if len(words) > 2 and fold(" ".join(words[:2])) in TWO_WORD_FAMILIES else 1
    return " ".join(words[:width]), " ".join(words[width:-1]), words[-1]
