"""Cross-checks: visual zone, pages, visa, bar code, lists."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "viz.equal": "{field}: both zones say the same.",
    "viz.differs": (
        "{field}: the visual zone prints {printed}, the machine readable zone {zone} ({measured} "
        "apart)."
    ),
    "viz.ink-added": (
        "{field}: white light shows {printed}, infrared what the zone has, {zone}. Ink was added."
    ),
    "viz.unsure": (
        "{field}: the visual zone seems to print {printed}, the machine readable zone {zone}; it "
        "was not read for certain."
    ),
    "viz.misplaced": (
        "{field}: {printed} is another field, whose caption was misunderstood; the zone has {zone}."
    ),
    "viz.ambiguous": "{field}: {printed} may be something else, so it was not compared.",
    "viz.too-coarse": (
        "{field}: the picture is too coarse to be sure that it prints {printed}, where the zone "
        "has {zone}."
    ),
    "viz.zone-open": "{field}: a character of the machine readable zone is open.",
    "viz.unreadable": "{field}: what is printed cannot be read as such.",
    "viz.no-table": "{field}: there is no table to compare this print with the zone.",
    "viz.no-field": "{field}: the machine readable zone need not have it.",
    "viz.not-found": "{field}: it was not found in the visual zone, so it was not compared.",
    "viz.no-viz": "No field of the visual zone was read.",
    "viz.no-reader": "The visual zone was not read: no text reader is installed.",
    "viz.reader-failed": "The visual zone was not read: the text reader failed.",
    "date.order.reader-failed": (
        "The visual zone was not read, and years of two digits prove no order."
    ),
    "sides.one-page": "Only one page was captured.",
    "sides.equal": "Both pages say the same: {fields}.",
    "sides.differ": "The pages are not of one document or person: {fields}.",
    "sides.nothing-shared": "The other pages show nothing that could be compared.",
    "visa.none": "No visa was captured.",
    "visa.unread": "The zone of the visa was not read.",
    "visa.no-passport": "The passport's zone was not read.",
    "visa.equal": "Visa and passport agree: {fields}.",
    "visa.differ": "Visa and passport differ: {fields}.",
    "visa.nothing-shared": "Visa and passport share no field that was read.",
    "barcode.none": "No bar code was found.",
    "barcode.equal": "The {symbology} holds the zone as printed.",
    "barcode.number": "The {symbology} holds the document number.",
    "barcode.differs": "The zone in the {symbology} differs from the printed one ({measured}).",
    "barcode.unknown-payload": "What the {symbology} holds could not be compared.",
    "list.absent": "No list was given.",
    "list.no-hit": "Not listed.",
    "list.hit": "Listed as {status}. Confirm with the issuer before anything else.",
    "list.issuer": "The issuer is listed as {kind}: {name}",
}
