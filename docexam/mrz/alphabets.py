"""Which characters may stand where in a machine readable zone (Doc 9303-3, 4.3)."""

from __future__ import annotations

from string import ascii_uppercase, digits

FILLER = "<"

ALPHA: frozenset[str] = frozenset(ascii_uppercase)
DIGITS: frozenset[str] = frozenset(digits)
ALPHA_FILLER: frozenset[str] = ALPHA | {FILLER}
DIGITS_FILLER: frozenset[str] = DIGITS | {FILLER}
ALNUM: frozenset[str] = ALPHA | DIGITS
ALNUM_FILLER: frozenset[str] = ALNUM | {FILLER}
FILLER_ONLY: frozenset[str] = frozenset(FILLER)

# Doc 9303-4, 4.2.2.2 knows F, M and the filler. X belongs to the visual zone, yet some issuers
# print it in the zone too, so a reader must be able to see it; verification reports it.
SEX: frozenset[str] = frozenset("FMX<")
