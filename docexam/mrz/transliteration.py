"""National characters and the zone: to write a name into it, and to compare a printed name with it.

Doc 9303-3, 4.6 (punctuation) and section 6 (tables).
"""

from __future__ import annotations

import unicodedata
from string import ascii_uppercase

from docexam.mrz.errors import MrzFormatError
from docexam.mrz.transliteration_tables import (
    ARABIC,
    CYRILLIC,
    CYRILLIC_BESIDES,
    CYRILLIC_BY_LANGUAGE,
    LATIN,
    LATIN_BESIDES,
    LATIN_MARKED,
    SHADDA,
    TEH_MARBUTA,
    TEH_MARBUTA_FINAL,
    TEH_MARBUTA_WITHIN,
    UKRAINIAN_FIRST,
    Variants,
)

_APOSTROPHES = frozenset("'’‘`´ʹ′ʻʼʾʿ")
_SEPARATORS = frozenset(" -‐‑‒–—,<\t\xa0")


def _plain(character: str) -> str:
    """A letter without its diacritical marks, "" where that is no letter A-Z."""
    base = unicodedata.normalize("NFD", character)[:1]
    return base if base in ascii_uppercase else ""


_TABLE: dict[str, Variants] = {
    **{letter: (letter,) for letter in ascii_uppercase},
    **{letter: (_plain(letter),) for letter in LATIN_MARKED},
    **LATIN,
    **{k: v for k, v in LATIN_BESIDES.items() if k not in LATIN},
    **CYRILLIC,
    **CYRILLIC_BESIDES,
    **ARABIC,
    TEH_MARBUTA: (TEH_MARBUTA_WITHIN, TEH_MARBUTA_FINAL),
}


def _letters(text: str) -> str:
    """Capitals in composed form, which is how the tables are written."""
    capitals = "".join("ẞ" if character == "ß" else character for character in text).upper()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", capitals).upper())


def transliterate(text: str, *, language: str | None = None) -> str:
    """A name in A-Z and single spaces, as composing writes it.

    Args:
        text: a name in Latin, Cyrillic or Arabic script, in any case.
        language: ISO 639-1 code for the exceptions of the Cyrillic table (be, bg, mk, ru, sr, uk).

    Raises:
        MrzFormatError: for a digit, a character of another script, or an unknown language.
    """
    if language is not None and language not in CYRILLIC_BY_LANGUAGE:
        message = f"There are no transliteration exceptions for the language {language!r}."
        known = ", ".join(CYRILLIC_BY_LANGUAGE)
        raise MrzFormatError(message, hint=f"Use one of {known}, or none.")
    letters = _letters(text)
    written: list[str] = []
    for index, character in enumerate(letters):
        if character == SHADDA:
            written.extend(written[-1:])
        else:
            written.append(_written(letters, index, language))
    return " ".join("".join(written).split())


def _written(letters: str, index: int, language: str | None) -> str:
    character = letters[index]
    if character in _SEPARATORS:
        return " "
    if character in _APOSTROPHES:
        return ""
    if character == TEH_MARBUTA:
        return TEH_MARBUTA_FINAL if _ends_component(letters, index) else TEH_MARBUTA_WITHIN
    if language == "uk" and character in UKRAINIAN_FIRST and _begins_component(letters, index):
        return UKRAINIAN_FIRST[character]
    if language is not None and character in CYRILLIC_BY_LANGUAGE[language]:
        return CYRILLIC_BY_LANGUAGE[language][character]
    variants = _TABLE.get(character)
    if variants is not None:
        return variants[0]
    if plain := _plain(character):
        return plain
    if unicodedata.category(character)[0] in "PMC":
        return ""
    shown = f"U+{ord(character):04X}"
    message = f"Character {index + 1} of the name, {shown}, cannot be written in a zone."
    raise MrzFormatError(message, hint="A name is written in Latin, Cyrillic or Arabic letters.")


def _begins_component(letters: str, index: int) -> bool:
    return index == 0 or letters[index - 1] in _SEPARATORS


def _ends_component(letters: str, index: int) -> bool:
    rest = letters[index + 1 :].lstrip("".join(c for c, v in ARABIC.items() if v == ("",)))
    return not rest or rest[0] in _SEPARATORS


def name_matches(printed: str, mrz_name: str, *, truncated: bool = False) -> bool:
    """Whether a printed name and a name of the zone can be the same, by the tables' variants.

    Args:
        printed: the name in the visual zone, in Latin, Cyrillic or Arabic script, one identifier.
        mrz_name: the same identifier as in `Fields`, or with its fillers.
        truncated: the name field is full to its last column, so components may be cut or missing.
    """
    target = " ".join(mrz_name.replace("<", " ").split())
    components = _components(printed)
    if not target or not components:
        return not target and not components
    places = {0}
    for number, component in enumerate(components):
        if number:
            ended = len(target) in places
            places = {place + 1 for place in places if target[place : place + 1] == " "}
            if truncated and ended:
                return True
        places = _after_component(component, target, places, truncated=truncated)
        if not places:
            return False
    return len(target) in places


def can_compare(printed: str) -> bool:
    """Whether the tables have every letter of a printed name, so that a mismatch means something.

    They lack Greek and Asian scripts, and the letters that Kazakh and others add to Cyrillic.
    """
    return all(variants for component in _components(printed) for variants in component)


def _after_component(
    component: list[Variants], target: str, places: set[int], *, truncated: bool
) -> set[int]:
    """Where in the target one may stand after a component, from each place before it."""
    ends: set[int] = set()
    for number, variants in enumerate(component):
        places = {
            place + len(variant)
            for place in places
            for variant in variants
            if target.startswith(variant, place)
        }
        if truncated and number + 1 < len(component):
            # A cut component ends where the target has a space, or ends itself.
            ends |= {place for place in places if target[place : place + 1] in {"", " "}}
    return ends | places


def _components(printed: str) -> list[list[Variants]]:
    components: list[list[Variants]] = [[]]
    letters = _letters(printed)
    for index, character in enumerate(letters):
        if character in _SEPARATORS:
            components.append([])
        elif character == SHADDA and components[-1]:
            # Texts often leave the shadda out, so the single letter matches too.
            last = components[-1][-1]
            components[-1][-1] = tuple(v + v for v in last) + last
        else:
            variants = _variants(character, first=_begins_component(letters, index))
            if variants != ("",):
                components[-1].append(variants)
    return [component for component in components if component]


def _variants(character: str, *, first: bool) -> Variants:
    if character in _APOSTROPHES:
        return ("",)
    variants = _TABLE.get(character)
    if variants is None:
        plain = _plain(character)
        if plain or unicodedata.category(character)[0] not in "PMC":
            return (plain,) if plain else ()
        return ("",)
    found = [*variants, *LATIN_BESIDES.get(character, ())]
    found += [table[character] for table in CYRILLIC_BY_LANGUAGE.values() if character in table]
    if first and character in UKRAINIAN_FIRST:
        found.append(UKRAINIAN_FIRST[character])
    return tuple(dict.fromkeys(found))
