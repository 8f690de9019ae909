"""The machine readable zone of a holder, as the issuing office composes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.mrz.compose import compose
from docexam.nouns.reading import Fields

if TYPE_CHECKING:
    from docexam.specimens.design import Design
    from docexam.specimens.holders import Holder


def mrz_fields(design: Design, holder: Holder) -> Fields:
    """What the zone of `holder`'s document says."""
    return Fields(
        document_code=design.document_code,
        issuing_state=design.issuer,
        document_number=holder.document_number,
        surname=holder.surname,
        given_names=holder.given_names,
        nationality=design.bearer or design.issuer,
        birth_date=holder.birth_date.isoformat(),
        sex="<" if holder.sex == "X" else holder.sex,
        expiry_date=holder.expiry_date.isoformat(),
        optional_data_1=holder.personal_number or None,
    )


def mrz_lines(design: Design, holder: Holder) -> tuple[str, ...]:
    """The lines of the zone.

    Raises:
        MrzFormatError: (a UsageError) a name that Doc 9303 cannot transliterate, or another
            field that cannot stand in the zone.
    """
    return compose(design.format, mrz_fields(design, holder))
