"""The machine readable zone of a holder, as the issuing office composes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.mrz.check_digits import check_digit
from docexam.mrz.names import write_name
from docexam.mrz.transliteration import transliterate

if TYPE_CHECKING:
    from docexam.specimens.design import Design
    from docexam.specimens.holders import Holder


def mrz_lines(design: Design, holder: Holder) -> tuple[str, ...]:
    n = holder.document_number.ljust(9, "<")[:9]
    b, e = f"{holder.birth_date:%y%m%d}", f"{holder.expiry_date:%y%m%d}"
    s = holder.sex.replace("X", "<")
    code = design.document_code.ljust(2, "<")
    name = (transliterate(holder.surname), transliterate(holder.given_names))
    n, b, e = n + check_digit(n), b + check_digit(b), e + check_digit(e)
    if design.format == "TD1":
        one = (code + design.issuer + n + holder.personal_number).ljust(30, "<")
        two = (b + s + e + design.issuer).ljust(29, "<")
        c = check_digit(one[5:30] + two[0:7] + two[8:15] + two[18:29])
        return one, two + c, write_name(*name, 30)
    size = 44 if design.format in ("TD3", "MRV-A") else 36
    first = code + design.issuer + write_name(*name, size - 5)
    if design.format.startswith("MRV"):
        return first, (n + design.issuer + b + s + e + holder.personal_number).ljust(size, "<")
    p = holder.personal_number.ljust(14 if size == 44 else 7, "<")
    if size == 44:
        p += check_digit(p)
    two = n + design.issuer + b + s + e + p
    return first, two + check_digit(two[0:10] + two[13:20] + two[21:])
