"""What the visual inspection zone says, field by field, as it is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.specimens.holders import written_date

if TYPE_CHECKING:
    from docexam.specimens.design import Design
    from docexam.specimens.holders import Holder


def printed_fields(design: Design, holder: Holder) -> dict[str, str]:
    """The text of every field that a design may place; absent data gives an empty text."""
    surname, given = holder.surname.upper(), holder.given_names.upper()
    native = holder.native_surname.upper(), holder.native_given_names.upper()
    return {
        "document_code": design.document_code,
        "issuing_state": design.issuer,
        "document_number": holder.document_number,
        "surname": surname,
        "given_names": given,
        "name": f"{surname}, {given}" if given else surname,
        "native_surname": native[0],
        "native_given_names": native[1],
        "native_name": " ".join(part for part in reversed(native) if part),
        "nationality": design.bearer_title or design.issuer_title,
        "birth_date": written_date(holder.birth_date, design.months),
        "sex": holder.sex,
        "birth_place": holder.birth_place.upper(),
        "native_birth_place": holder.native_birth_place.upper(),
        "issue_date": written_date(holder.issue_date, design.months),
        "expiry_date": written_date(holder.expiry_date, design.months),
        "authority": design.authority.upper(),
        "personal_number": holder.personal_number,
        "card_access_number": holder.card_access_number,
        "valid_from": written_date(holder.issue_date, design.months),
        "visa_type": design.document_code[1:] or "C",
        "entries": "MULT",
        "passport_number": holder.passport_number,
        "page_number": "",
    }
