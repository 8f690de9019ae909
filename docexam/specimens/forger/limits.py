"""From which figure on physics lets a check see a change; each names its source.

The notes of the forger must not promise what no instrument could show. These are not the limits
of the checks, which are set elsewhere.
"""

from __future__ import annotations

B900_CONTRAST = 0.60
"""Least print contrast of the zone at 900 nm (Doc 9303-3, 4.11; ISO 1831 range X)."""
DULL_PAGE_LEVEL = 0.20
"""Glow of a page, office paper being 1; our starting value, four times that of dull paper."""
DULL_PLACE_STEP = 0.10
"""Difference of glow between a place and its page; our starting value."""
HALO_STEP = 0.08
"""Relative difference of glow at a place against its surround; our starting value."""
INK_STEP = 0.15
"""Difference of contrast at 900 nm between two prints; our starting value."""
EDGE_STEP_MM = 0.015
"""A step that raking light shows; our starting value, twice a layer of toner."""
ZONE_SHIFT_MM = 1.0
"""Tolerance of the zone's place (Doc 9303-4, 4.2; -5, 4.2; -7, 4.2)."""
PITCH_STEP_MM = 0.015
"""Error of the pitch that adds up to half a millimetre over a line; our starting value."""
WIDTH_STEP_MM = 1.0
"""Error of the zone's width; our starting value, half of the tolerance of its two ends."""
ALIGN_MM = 0.65
"""Largest misalignment of neighbouring characters (ISO 1831)."""
GLYPH_STEP = 0.06
"""Relative error of a character's size or place in its cell; our starting value."""
THINNED_SHARE = 0.10
"""Relative growth of the light through a scraped place; our starting value."""
TRIM_MM = 0.375
"""Half the distance of the inner and the outer rectangle of a page (Doc 9303-4, 2.3)."""
