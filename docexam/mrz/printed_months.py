"""The names of months as documents print them in the visual zone.

Doc 9303-3, 7.2 and 7.3 ask for English, French or Spanish beside the national language.
"""

from __future__ import annotations

# Short forms without marks; longer names begin so.
_MONTHS: tuple[tuple[str, ...], ...] = (
    ("JAN", "ENE", "GEN", "SIJ", "LED", "STY"),
    ("FEB", "FEV", "LUT", "UNO"),
    ("MAR", "MAA", "MRT"),
    ("APR", "AVR", "ABR", "KWI", "DUB"),
    ("MAY", "MAI", "MAG", "MEI", "MAJ"),
    ("JUN", "JUIN", "GIU", "CZE"),
    ("JUL", "JUIL", "LUG", "LIP"),
    ("AUG", "AOU", "AGO", "SIE", "SRP"),
    ("SEP", "SET", "WRZ"),
    ("OCT", "OKT", "OUT", "OTT", "PAZ"),
    ("NOV", "LIS"),
    ("DEC", "DEZ", "DIC", "GRU", "DES"),
)
MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
"""The number, 1 to 12, of a month by the beginning of its name."""
