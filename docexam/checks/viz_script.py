"""A name printed in Cyrillic that a reader took for Latin letters is no difference.

Readers for Latin script give РЯБИНИНА as PABNHNHA. Such a text is told by its letters: each stands
for the Cyrillic ones of its shape, and one choice of them, transliterated, is the zone's name.
"""

from __future__ import annotations

from docexam.checks.viz_text import plain
from docexam.mrz.transliteration_tables import CYRILLIC, CYRILLIC_BESIDES, CYRILLIC_BY_LANGUAGE

# Our own list: which Cyrillic capitals a Latin reader gives as which Latin capital.
_SHAPES = {
    "A": "АЛДЯ", "B": "ВБЬЪЫЗ", "C": "СЭ", "D": "ДО", "E": "ЕЁЄЭ", "F": "ГФ", "G": "С", "H": "НИЙП",
    "I": "ІЇ", "J": "ЈЛ", "K": "КЖ", "L": "ЦЛ", "M": "М", "N": "ИЙПЛН", "O": "ОЮФ", "P": "РП",
    "Q": "ОФ", "R": "ЯРВК", "S": "Ѕ", "T": "ТГ", "U": "ЦИЙП", "V": "ИУ", "W": "ШЩЖ", "X": "ХЖ",
    "Y": "УЧ", "Z": "З", "0": "О", "3": "ЗЭ", "4": "Ч", "6": "Б", "1": "ІГ", "8": "В",
}  # fmt: skip
_FEWEST_LETTERS = 3


def may_be_cyrillic(printed: str, zone_name: str) -> bool:
    """Whether `printed`, read as Latin, can be a Cyrillic print of `zone_name`."""
    target = zone_name.replace(" ", "")
    letters = [c for c in plain(printed) if c.isalnum()]
    if len(letters) < _FEWEST_LETTERS:
        return False
    places = {0}
    for letter in letters:
        places = {
            place + len(variant)
            for place in places
            for variant in _written(letter)
            if target.startswith(variant, place)
        }
        if not places:
            return False
    return len(target) in places


def _written(letter: str) -> set[str]:
    """What the Cyrillic letters of this shape are written as in a zone; "" for the soft sign."""
    found: set[str] = set()
    for cyrillic in _SHAPES.get(letter, ""):
        found.update(CYRILLIC.get(cyrillic, ()), CYRILLIC_BESIDES.get(cyrillic, ()))
        found.update(t[cyrillic] for t in CYRILLIC_BY_LANGUAGE.values() if cyrillic in t)
    return found
