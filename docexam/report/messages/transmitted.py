"""Transmitted light, and the number everywhere."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "perforation.none": "No perforated number is seen, and nothing tells that there should be one.",
    "perforation.unread": "{holes} holes are seen, and no characters could be read in them.",
    "perforation.too-many": "So many bright spots are seen that no holes can be told among them.",
    "perforation.too-dim": (
        "Less light comes through the page than through genuine ones, too little to miss holes."
    ),
    "perforation.too-bright": "The sheet is nearly as bright as the lamp, so holes are not seen.",
    "perforation.too-coarse": "The picture is too coarse or too blurred to miss holes in it.",
    "perforation.no-number": "No document number of the zone is known to compare with.",
    "perforation.zone-open": "A character of the number is open in the zone.",
    "perforation.equal": "The {holes} holes say the number of the zone, {read}.",
    "perforation.differs": (
        "The holes say {read} and the zone {zone}: {measured} differ. The sheet or the zone is of "
        "another document."
    ),
    "perforation.other": (
        "The holes say {read}, another number than the zone's {zone}: the sheet is of another "
        "document, or the number that of the blank."
    ),
    "perforation.unsure": (
        "The holes seem to say {read} where the zone has {zone}; not sure enough."
    ),
    "perforation.length": (
        "The holes seem to say {read}, more or fewer characters than the zone's {zone}."
    ),
    "perforation-holes.inside": "As many holes as genuine documents have: {measured}.",
    "perforation-holes.below": (
        "The holes of genuine documents are missing: {measured} of their number, where {limit} is "
        "asked for."
    ),
    "perforation-diameter.below": (
        "The holes are narrower than those of genuine documents: {measured}, the limit is {limit}."
    ),
    "perforation-diameter.above": (
        "The holes are wider than those of genuine documents: {measured}, the limit is {limit}."
    ),
    "perforation-pitch.below": (
        "The holes are closer together than on genuine documents: {measured}, the limit is {limit}."
    ),
    "perforation-pitch.above": (
        "The holes are further apart than on genuine documents: {measured}, the limit is {limit}."
    ),
    "perforation-offset.above": (
        "The perforated number stands {measured} from where genuine documents have it; the limit "
        "is {limit}."
    ),
    "sheet.opaque": "The page lets no light through, so what lies in the sheet is not seen.",
    "watermark.inside": "The watermark is that of genuine documents: {measured} alike.",
    "watermark.below": (
        "The watermark is missing or another picture: {measured} like that of genuine documents, "
        "where {limit} is asked for."
    ),
    "watermark-contrast.below": (
        "The watermark is missing or faint: {measured} of the depth that genuine documents show, "
        "where {limit} is asked for."
    ),
    "watermark-offset.above": (
        "The watermark lies {measured} from where genuine documents have it; the limit is {limit}."
    ),
    "thread.inside": "The security thread is there: {measured} of its usual depth.",
    "thread.below": (
        "The security thread is missing or lets light through: {measured} of its usual depth, "
        "where {limit} is asked for."
    ),
    "thread.elsewhere": "A band like the security thread lies at another place of the sheet.",
    "number.equal": "The number printed here is the zone's, {zone}.",
    "number.differs": "The number is printed as {printed}, and the zone has {zone}.",
    "number.unsure": "The number seems to be printed as {printed} where the zone has {zone}.",
    "number.everywhere": "All {places} places that show the number say {zone}.",
    "number.nowhere-else": "No second place away from the zone was seen to show the number.",
}
