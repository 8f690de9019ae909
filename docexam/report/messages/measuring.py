"""Any measurement against its limit, and any check that could not be made."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "inside": "Within the limit: {measured}.",
    "below": "Measured {measured}, too little: the limit is {limit}.",
    "above": "Measured {measured}, too much: the limit is {limit}.",
    "near-limit": "Measured {measured}, too near to the limit of {limit} to tell.",
    "no-light": "No picture shows the page under this light: {light}.",
    "no-page": "This page was not captured.",
    "no-zone": "No machine readable zone was read.",
    "no-structure": "The zone has the lines of no known layout.",
    "no-such-digit": "The layout {format} has no such check digit.",
    "no-such-field": "The layout {format} has no such field.",
    "no-date": "The zone holds no whole date here.",
    "no-model.several": (
        "{count} more need to know what genuine documents of this kind show (docexam model)."
    ),
    "no-model": "It is not known what genuine documents of this kind show.",
    "too-coarse": "The picture has {ppi} pixels to the inch; this takes at least {least_ppi}.",
    "scale.from-zone": (
        "Neither the resolution nor the whole outline is known, so the zone would be its own ruler."
    ),
    "scale.from-outline": "The size is what the scale was taken from.",
    "outline.none": "The edge of the page that this is measured from was not seen.",
    "outline.not-whole": "The page's four edges were not all seen.",
    "zone.no-print": "No print of the zone could be laid on the shapes of OCR-B.",
    "zone.too-few": "Too few characters could be measured.",
    "zone.no-ground": "Too little ground around the zone was seen.",
    "not-measured": "It could not be measured on this capture.",
    "broke": "The check itself broke ({kind}); please report this.",
    "measurer-broke": "The measuring itself broke ({kind}); please report this.",
    "bug": "docexam met a bug of its own, and the capture was not examined; please report this.",
    "unknown-code": "Reason: {code}.",
}
