"""What lights and fields are called."""

from __future__ import annotations

LIGHT_NAMES = {
    "white": "white",
    "ir": "infrared",
    "uv": "ultraviolet 365 nm",
    "uv254": "ultraviolet 254 nm",
    "coaxial": "coaxial",
    "transmitted": "transmitted",
    "oblique-n": "oblique from the top",
    "oblique-e": "oblique from the right",
    "oblique-s": "oblique from the bottom",
    "oblique-w": "oblique from the left",
    "dark": "lamps off",
}
FIELD_NAMES = {
    "document_number": "document number",
    "passport_number": "passport number",
    "numbering": "number printed a second time",
    "surname": "surname",
    "given_names": "given names",
    "name": "name",
    "nationality": "nationality",
    "birth_date": "birth date",
    "birth_date_printed": "birth date",
    "expiry_date": "expiry date",
    "issue_date": "issue date",
    "sex": "sex",
    "personal_number": "personal number",
    "card_access_number": "card access number",
    "birth_place": "place of birth",
    "authority": "authority",
    "optional_data_1": "optional data",
}
