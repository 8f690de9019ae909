"""Document codes: Doc 9303-4, 4.4 (passports), 9303-5 and 9303-6, note k (cards), 9303-7 (visas).

The second letter of a passport's code was the issuer's own choice. It is harmonised for passports
issued from 2026-01-01 if used, required for those issued from 2028-01-01, and passports without it
must have expired before 2038-01-01. A zone does not print the date of issue, so the rule speaks
only where the expiry date settles it, at a term of ten years at most. Everything here is a notice.
"""

from __future__ import annotations

import datetime as dt

PASSPORT_CODES: dict[str, str] = {
    "PP": "ordinary passport",
    "PE": "emergency passport",
    "PD": "diplomatic passport",
    "PO": "official or service passport",
    "PR": "refugee's passport",
    "PT": "alien's passport",
    "PS": "stateless person's passport",
    "PL": "laissez-passer",
    "PM": "military passport",
    "PU": "single-sheet emergency document",
}
LONGEST_PASSPORT_TERM_YEARS = 10
HARMONISED_EXPIRY = dt.date(2026 + LONGEST_PASSPORT_TERM_YEARS, 1, 1)
REQUIRED_EXPIRY = dt.date(2038, 1, 1)


def code_notice(layout_name: str, code: str, expiry: dt.date | None) -> str | None:
    """A sentence about an unusual document code, None for a usual one.

    `code` is two characters as printed; `layout_name` one of the five of Doc 9303.
    """
    if layout_name == "TD3":
        return _passport_notice(code, expiry)
    if layout_name in {"TD1", "TD2"}:
        return _card_notice(layout_name, code)
    if layout_name.startswith("MRV") and code[1].isdigit():
        return f"The second character of the document code is the digit {code[1]}, not a letter."
    return None


def _passport_notice(code: str, expiry: dt.date | None) -> str | None:
    if code[0] != "P":
        return "A passport's document code begins with P (Doc 9303-4)."
    if code in PASSPORT_CODES or expiry is None:
        return None if code[1] == "<" or code[1].isalpha() else _digit_notice(code)
    if expiry >= REQUIRED_EXPIRY:
        return (
            "A passport that expires in 2038 or later carries a second letter of the harmonised "
            "list in its document code (Doc 9303-4, 4.4)."
        )
    if code[1] != "<" and expiry >= HARMONISED_EXPIRY:
        return (
            f"The document code {code} is not on the harmonised list for passports issued in 2026 "
            "or later (Doc 9303-4, 4.4)."
        )
    return None if code[1] == "<" or code[1].isalpha() else _digit_notice(code)


def _card_notice(layout_name: str, code: str) -> str | None:
    if code[0] not in "ACI":
        return f"The document code of a card begins with A, C or I (Doc 9303, {layout_name})."
    if code[1] == "V":
        return "The second letter of a card's document code is not V (Doc 9303-5 and 9303-6)."
    if code == "AC" and layout_name == "TD2":
        return "The document code AC is for crew member certificates, which are TD1 (Doc 9303-6)."
    if code == "AI" and layout_name == "TD1":
        return "The document code AI is not used on TD1 cards (Doc 9303-5, note k)."
    return _digit_notice(code) if code[1].isdigit() else None


def _digit_notice(code: str) -> str:
    return f"The second character of the document code is the digit {code[1]}, not a letter."
