"""A name printed in Cyrillic or Greek that a reader took for Latin letters is no difference.

Readers for Latin script give РЯБИНИНА as PABNHNHA and ΓΕΩΡΓΙΟΣ as PEQPFIOZ. Such a text is told by
its letters: each stands for the Cyrillic or the Greek ones of its shape, and one choice of them,
transliterated, is the zone's name. A reader who does not know a script errs in it more than in his
own: a text that is far from the zone's name as Latin may have some letters wrong.
"""

from __future__ import annotations

import functools
import unicodedata
from typing import TYPE_CHECKING

from docexam.checks.viz_text import edit_distance
from docexam.mrz.transliteration_tables import CYRILLIC, CYRILLIC_BESIDES, CYRILLIC_BY_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# Our own lists: which capitals of a script a Latin reader gives as which Latin capital.
_CYRILLIC_SHAPES = {
    "A": "АЛДЯ", "B": "ВБЬЪЫЗ", "C": "СЭ", "D": "ДО", "E": "ЕЁЄЭ", "F": "ГФ", "G": "С", "H": "НИЙП",
    "I": "ІЇ", "J": "ЈЛ", "K": "КЖ", "L": "ЦЛ", "M": "М", "N": "ИЙПЛН", "O": "ОЮФ", "P": "РП",
    "Q": "ОФ", "R": "ЯРВК", "S": "Ѕ", "T": "ТГ", "U": "ЦИЙП", "V": "ИУ", "W": "ШЩЖ", "X": "ХЖ",
    "Y": "УЧ", "Z": "З", "0": "О", "3": "ЗЭ", "4": "Ч", "6": "Б", "1": "ІГ", "8": "В",
}  # fmt: skip
# C, D, G, J, L, R, S, U, V and W have the shape of no Greek capital.
_GREEK_SHAPES = {
    "A": "ΑΛΔ", "B": "Β", "E": "ΕΣΞ", "F": "ΓΦ", "H": "ΗΝΠ", "I": "ΙΓ", "K": "Κ", "M": "Μ",
    "N": "ΝΠΗ", "O": "ΟΘΦΩ", "P": "ΡΓΦ", "Q": "ΩΘΦΟ", "T": "ΤΓ", "X": "ΧΞ", "Y": "ΥΨ", "Z": "ΖΣΞ",
    "0": "ΟΘΩΦ", "1": "ΙΓ",
}  # fmt: skip
_GREEK = {
    "Α": "A", "Β": "V B", "Γ": "G N", "Δ": "D", "Ε": "E", "Ζ": "Z", "Η": "I E", "Θ": "TH", "Ι": "I",
    "Κ": "K C", "Λ": "L", "Μ": "M", "Ν": "N", "Ξ": "X KS", "Ο": "O", "Π": "P", "Ρ": "R", "Σ": "S",
    "Τ": "T", "Υ": "Y I U V F", "Φ": "F PH", "Χ": "CH H X KH", "Ψ": "PS", "Ω": "O",
}  # fmt: skip
"""What a zone has for them: ISO 843, type 2, and other spellings that bearers ask for. Doc 9303-3,
section 6, has no table for Greek."""
_FEWEST_LETTERS = 3
_FAR_SHARE = 1 / 3
_LETTERS_AN_ERROR = 5
"""Our starting values: a forger's change of a name that has all letters but these is mostly nearer,
and of another name, one letter in five is all that is forgiven."""


def may_be_other_script(printed: str, zone_name: str) -> bool:
    """Whether `printed`, read as Latin, can be a Cyrillic or a Greek print of `zone_name`."""
    target = zone_name.replace(" ", "")
    letters = _read(printed)
    if not target or len(letters) < _FEWEST_LETTERS:
        return False
    far = edit_distance("".join(letters), target) > _FAR_SHARE * len(target)
    forgiven = len(letters) // _LETTERS_AN_ERROR if far else 0
    return any(_errors(letters, target, written) <= forgiven for written in (_cyrillic, _greek))


def _read(printed: str) -> list[str]:
    """The letters and figures, without their marks; signs that stand for none are left out."""
    bare = (unicodedata.normalize("NFD", c)[0] for c in printed.upper())
    return [c for c in bare if c.isalnum()]


def _errors(letters: Sequence[str], target: str, written: Callable[[str], frozenset[str]]) -> int:
    """How many letters must be wrong, lost or too many for the rest to be written as `target`."""
    least = list(range(len(target) + 1))
    for letter in letters:
        after = [errors + 1 for errors in least]
        for place, errors in enumerate(least):
            if place < len(target):
                after[place + 1] = min(after[place + 1], errors + 1)
            for variant in written(letter):
                if target.startswith(variant, place):
                    end = place + len(variant)
                    after[end] = min(after[end], errors)
        for place in range(len(target)):
            after[place + 1] = min(after[place + 1], after[place] + 1)
        least = after
    return least[-1]


@functools.cache
def _cyrillic(letter: str) -> frozenset[str]:
    """What the Cyrillic letters of this shape are written as in a zone; "" for the soft sign."""
    found: set[str] = set()
    for cyrillic in _CYRILLIC_SHAPES.get(letter, ""):
        found.update(CYRILLIC.get(cyrillic, ()), CYRILLIC_BESIDES.get(cyrillic, ()))
        found.update(t[cyrillic] for t in CYRILLIC_BY_LANGUAGE.values() if cyrillic in t)
    return frozenset(found)


@functools.cache
def _greek(letter: str) -> frozenset[str]:
    """What the Greek letters of this shape are written as in a zone."""
    return frozenset(
        variant for greek in _GREEK_SHAPES.get(letter, "") for variant in _GREEK[greek].split()
    )
