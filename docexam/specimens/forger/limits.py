"""From which figure on physics lets a check see a change; each names its source.

The notes of the forger must not promise what no instrument could show. These are not the limits
of the checks, which are set elsewhere.
"""

from __future__ import annotations

B900_CONTRAST = 0.60
"""Least print contrast of the zone at 900 nm (Doc 9303-3, 4.11; ISO 1831 range X)."""
CONTRAST_VARIATION = 1.50
"""Most contrast of one character of the zone against another's (Doc 9303-3, 4.11)."""
DULL_PAGE_LEVEL = 0.20
"""Glow of a page, office paper being 1; our starting value, four times that of dull paper."""
DULL_PLACE_STEP = 0.10
"""Difference of glow between a place and its page; our starting value."""
HALO_STEP = 0.08
"""Relative difference of glow at a place against its surround; our starting value."""
HALO_LEAST = 0.010
"""The same in glow, office paper being 1: on a dark page less is one grey level; our starting
value."""
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
BROKEN_GROUND_SHARE = 0.20
"""Share of the ground's print that is gone around a datum; our starting value, twice what prints
of one issue differ by."""
GROUND_COVER = 0.05
"""Ground print that covers less of its place shows no break; our starting value."""
TRIM_MM = 0.375
"""Half the distance of the inner and the outer rectangle of a page (Doc 9303-4, 2.3)."""
DROPOUT_MM2 = 2.0
"""Print of this area that stays where it ought to vanish is seen; our starting value, three
capitals of a title."""
SPLIT_STEP = 0.06
"""How much darker at 900 nm lines that stay are than lines that vanish; our starting value."""
SPLIT_LEFT = 0.5
"""Halves that keep less of their difference are alike; our starting value."""
RESIDUE_CONTRAST = 0.04
"""Contrast at 900 nm of what is left of an ink; our starting value, twice the grain of paper."""
RESIDUE_MM2 = 0.5
"""Area of such a rest that is seen; our starting value, one stroke of a digit."""
GHOST_STEP = 0.08
"""Mean difference at 900 nm of a second portrait; our starting value, a third of a laser one."""
FIBRE_COVER = 0.0005
"""Share of a page that its fibres cover at least; our starting value, one fibre in 5 cm²."""
