"""The machine readable zone, and its dates."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "mrz.read": "Read under this light: {light}. No character is left open.",
    "mrz.open": "{open} characters of the zone cannot be told for certain.",
    "mrz.not-found": "No machine readable zone was found in the pictures.",
    "structure.known": "The zone is a {format}: lines of {lines} characters.",
    "structure.unknown": "Lines of {lines} characters are no layout of Doc 9303.",
    "structure.foreign": "The zone holds a character that no zone has (A-Z, 0-9 and <).",
    "digit.equal": "Printed {printed}, computed {computed}.",
    "digit.unused": "The field is not used, and neither is its digit.",
    "digit.wrong": "Printed {printed}, computed {computed}: the data or the digit is wrong.",
    "digit.only-composite": (
        "Printed {printed}, computed {computed}, while every other digit holds: data that only "
        "this digit covers was changed, or the issuer broke it on purpose."
    ),
    "digit.open": "{open} of its characters cannot be told for certain, so it proves nothing.",
    "ambiguity.counted": (
        "{singles} exchanges of one look-alike character and {doubles} of two would keep every "
        "digit valid."
    ),
    "ambiguity.digits-wrong": "The digits do not hold, so there is nothing to hide behind them.",
    "text.open": "A character of it cannot be told for certain.",
    "mrz.long-number": "The document number is written as its length asks.",
    "mrz.long-number.wrong": (
        "A long document number is not written as it must be (line {line}, columns {first} to "
        "{last})."
    ),
    "mrz.doc-code": "The document code is a usual one.",
    "mrz.doc-code.wrong": "The document code {printed} is unusual for such a document.",
    "mrz.state-code": "The issuing state's code is known.",
    "mrz.state-code.wrong": "{printed} is no code of an issuing state or organisation.",
    "mrz.nationality": "The nationality's code is known.",
    "mrz.nationality.wrong": "{printed} is no code of a nationality.",
    "mrz.name": "The name field keeps the rules.",
    "mrz.name.wrong": (
        "The name field breaks a rule of Doc 9303-3 (line {line}, columns {first} to {last})."
    ),
    "mrz.filler": "Data stands at the left, fillers behind it.",
    "mrz.filler.wrong": (
        "A filler or a character stands where it must not (line {line}, columns {first} to {last})."
    ),
    "mrz.sex": "The sex is F, M or <.",
    "mrz.sex.wrong": "The sex is printed {printed}; a zone has F, M or <.",
    "date.valid": "The dates exist.",
    "date.valid.wrong": "{printed} is no date.",
    "date.expiry": "Valid until {date}, {days} days more.",
    "expired": "Expired on {date}, {days} days ago.",
    "date.order": "The dates are in order.",
    "date.order.no-viz": (
        "The years of the visual zone were not read, and those of two digits prove no order."
    ),
    "date.order.no-reader": (
        "The visual zone was not read, and years of two digits prove no order."
    ),
    "date.order.birth-to-come": "The birth date {birth_date} is yet to come.",
    "date.order.issue-to-come": "The issue date {issue_date} is yet to come.",
    "date.order.too-old": "Born on {birth_date}: older than anybody alive.",
    "date.order.issued-before-birth": "Issued on {issue_date}, before the birth on {birth_date}.",
    "date.order.expired-before-issue": (
        "Expires on {expiry_date}, not after its issue on {issue_date}."
    ),
    "date.order.expired-before-birth": (
        "Expires on {expiry_date}, not after the birth on {birth_date}."
    ),
    "two-lights.same": "Infrared and white show the same characters.",
    "two-lights.differ": (
        "{count} characters differ (line:column {places}): infrared shows {ir}, white {white}."
    ),
    "two-lights.open": "{count} characters differ, but none of them for certain.",
    "two-lights.one-unread": "Under one light no zone was read: {light}.",
    "two-lights.other-shape": "The two lights were read with lines of different lengths.",
}
