"""A name whose marks on letters were lost or mistaken by the reader is no difference.

Rings, dots and strokes are small: readers give JURGEN for JÜRGEN, and the zone has JUERGEN. Each
letter stands for all that have its shape without marks; one choice of them is the zone's name.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict

from docexam.mrz.transliteration_tables import LATIN, LATIN_BESIDES

_SHAPES = {
    "Æ": "A", "Œ": "O", "Ø": "O", "Ð": "D", "Đ": "D", "Ħ": "H", "Ł": "L", "Ŀ": "L", "Ŋ": "N",
    "Ŧ": "T", "ẞ": "B", "Þ": "P", "Ə": "E",
}  # fmt: skip
"""Letters that Unicode does not take apart, by the one a reader gives for them (our own list)."""
_FEWEST_LETTERS = 3


def may_have_lost_marks(printed: str, zone_name: str, *, truncated: bool = False) -> bool:
    """Whether `printed` is the zone's name but for marks on its letters.

    `truncated`: the name field is full, so the zone may have the beginning only.
    """
    target = zone_name.replace(" ", "")
    letters = [_shape(c) for c in printed.upper() if c.isalpha()]
    if len(letters) < _FEWEST_LETTERS or not target:
        return False
    places = {0}
    for letter in letters:
        if truncated and len(target) in places:
            return True
        places = {
            place + len(variant)
            for place in places
            for variant in {letter, *_WRITTEN.get(letter, ())}
            if target.startswith(variant, place)
        }
        if not places:
            return False
    return len(target) in places


def _shape(letter: str) -> str:
    """The letter without its marks."""
    return _SHAPES.get(letter) or unicodedata.normalize("NFD", letter)[0]


def _written() -> dict[str, set[str]]:
    """What letters of one shape are written as in a zone (Doc 9303-3, section 6.A)."""
    found: dict[str, set[str]] = defaultdict(set)
    for table in (LATIN, LATIN_BESIDES):
        for letter, variants in table.items():
            found[_shape(letter)].update(variants)
    return found


_WRITTEN = _written()
