"""Data and its print against a document model."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "layout.down.inside": "The data stands as high as on genuine documents, to {measured}.",
    "layout.down.below": (
        "All data stands higher than on genuine documents: {measured}, where {limit} is usual."
    ),
    "layout.down.above": (
        "All data stands lower than on genuine documents: {measured}, where {limit} is usual."
    ),
    "layout.right.inside": "The data begins where genuine documents have it, to {measured}.",
    "layout.right.below": (
        "All data stands left of where genuine documents have it: {measured}, where {limit} is "
        "usual."
    ),
    "layout.right.above": (
        "All data stands right of where genuine documents have it: {measured}, where {limit} is "
        "usual."
    ),
    "font.stroke.inside": "The strokes of the data are as wide as on genuine documents.",
    "font.stroke.below": (
        "The strokes of the data are {measured} times as wide as on genuine documents; the limit "
        "is {limit}: another type, or another printer."
    ),
    "font.stroke.above": (
        "The strokes of the data are {measured} times as wide as on genuine documents; the limit "
        "is {limit}: another type, or another printer."
    ),
    "font.stroke-apart.above": (
        "The strokes of one field ({field}) differ from the others by {measured} of their width; "
        "the limit is {limit}."
    ),
    "font.line-apart.above": (
        "One field ({field}) stands {measured} off the height that the other data gives it; the "
        "limit is {limit}."
    ),
    "font.letters.above": (
        "The letters of the data are shaped otherwise than on genuine documents: {measured} "
        "apart, the limit is {limit}."
    ),
    "font.letters-apart.above": (
        "The letters of one field ({field}) are shaped otherwise than on genuine documents: "
        "{measured} apart, the limit is {limit}."
    ),
    "font.size.below": (
        "The letters of the data stand {measured} times as far apart as on genuine documents; "
        "{limit} is usual: another type or size."
    ),
    "font.size.above": (
        "The letters of the data stand {measured} times as far apart as on genuine documents; "
        "{limit} is usual: another type or size."
    ),
    "font.size-apart.above": (
        "The letters of one field ({field}) are set larger or smaller than on genuine documents, "
        "by {measured}; the limit is {limit}."
    ),
    "model.not-placed": "The page could not be laid on the model: too little print in common.",
    "viz.few-letters": "Too few letters of the visual zone were read to compare their shape.",
    "number.fits": "The number is built as in {numbers} genuine documents: {patterns}.",
    "number.other-pattern": (
        "The {field} is not built as in {numbers} genuine documents: {patterns} (@ a letter, # a "
        "digit, * either). Up to {doubt} % of genuine ones may still differ."
    ),
    "number.open": "A character of the {field} is open, so its pattern cannot be told.",
    "term.known": "A term of {term}, as genuine documents have it.",
    "term.other": (
        "Issued for {term}; the {documents} genuine documents known were issued for {terms}."
    ),
    "term.unsure": "The date of issue was not surely read.",
    "term.no-dates": "The dates of issue and of expiry were not both read.",
    "window.inside": "Issued in {issued}, while this kind was issued.",
    "window.early": "Issued in {issued}; this kind is known from {first} on.",
    "window.late": "Issued in {issued}; this kind was issued until {last}.",
}
