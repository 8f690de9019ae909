"""Shape and place: page, print, zone and portrait."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "corner.bound": "A corner on the bound side is not rounded.",
    "corner.none": "This format asks for no rounded corners.",
    "corner.not-seen": "The corner does not stand out from what lies around it.",
    "corner.too-few": "Too few rounded corners stand out to be compared.",
    "print.grain.above": (
        "The print is grained like that of an inkjet: {measured}; the limit is {limit}."
    ),
    "print.screen.above": (
        "Rows of dots run over the whole page, as a laser printer prints: {measured}; the limit is "
        "{limit}."
    ),
    "print.rosette.above": (
        "Screens of dots turned against each other run over the whole page, as colour laser "
        "printers print: {measured}; the limit is {limit}."
    ),
    "print.net": "A net of regular lines covers the page and may look like screens of dots.",
    "print.photograph": "Print is only judged in pictures whose resolution is known.",
    "print.too-little": "Too little of the page was seen to judge its print.",
    "trim.wave.above": (
        "The {side} edge is not cut straight: it swings by {measured}; the limit is {limit}."
    ),
    "trim.corners.above": (
        "The corners were not cut alike: their radii differ by {measured}; the limit is {limit}."
    ),
    "mrz.pitch-jump.above": (
        "Line {line}: column {column} and the next stand {measured} out of step; the limit is "
        "{limit}."
    ),
    "mrz.misalignment.above": (
        "Line {line}: column {column} and the next stand {measured} out of line; the limit is "
        "{limit}."
    ),
    "mrz.glyph-outlier.above": (
        "Line {line}, column {column} differs in size from the others: {measured}; the limit is "
        "{limit}."
    ),
    "mrz.font.above": "The print is not OCR-B: distance {measured}; the limit is {limit}.",
    "mrz.font-character.above": (
        "Line {line}, column {column} is not the character of OCR-B: distance {measured}; the "
        "limit is {limit}."
    ),
    "photo.no-border": "The portrait has no border that stands out from the page on all sides.",
    "portrait-skew.inside": "The portrait lies square to the page: {measured}.",
    "portrait-skew.above": (
        "The portrait is turned by {measured} against the page; the limit is {limit}."
    ),
    "portrait-width.below": "The portrait is {measured} wide; the limit is {limit}.",
    "portrait-width.above": "The portrait is {measured} wide; the limit is {limit}.",
    "portrait-height.below": "The portrait is {measured} high; the limit is {limit}.",
    "portrait-height.above": "The portrait is {measured} high; the limit is {limit}.",
    "portrait-left.below": (
        "The portrait stands {measured} from the page's left edge; the limit is {limit}."
    ),
}
