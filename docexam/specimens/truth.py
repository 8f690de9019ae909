"""What a drawn capture set really is: contract `docexam.truth/1`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from docexam.specimens.mrz_text import mrz_fields

if TYPE_CHECKING:
    from docexam.specimens.capturing.placement import Quad
    from docexam.specimens.design import BoxMm
    from docexam.specimens.series import Specimen

SCHEMA = "docexam.truth/1"
TRUTH_FOLDER = "truth"
"""Where the truth of drawn sets lies, beside them."""


@dataclass(frozen=True)
class Attack:
    """One thing that a forger did, and which checks physics lets see it.

    `figures` say in numbers what was done (step in mm, contrast at 900 nm, ...).
    """

    attack: str
    severity: float
    page: str
    boxes_mm: tuple[BoxMm, ...]
    expect: tuple[str, ...]
    needs_model: bool = False
    figures: dict[str, float | str] = field(default_factory=dict)


def truth_json(specimen: Specimen) -> dict[str, Any]:
    """The contract's object for a drawn specimen."""
    job, document = specimen.job, specimen.document
    fields = mrz_fields(document.design, document.holder)
    corners: dict[str, dict[str, list[list[float]]]] = {}
    zones: dict[str, dict[str, list[list[float]]]] = {}
    for page, shots in specimen.shots.items():
        corners[page] = {shot.image.light: _rounded(shot.page_px) for shot in shots}
        zone = document.boxes_mm[page].get("mrz")
        if zone is not None:
            quad = box_corners(zone)
            zones[page] = {shot.image.light: _rounded(shot.placement.to_px(quad)) for shot in shots}
    return {
        "schema": SCHEMA,
        "capture": job.name,
        "genuine": not specimen.attacks,
        "design": job.design,
        "seed": job.seed,
        "wear": job.wear,
        "device": job.device,
        "mrz": list(document.lines),
        "fields": {
            "document_code": fields.document_code,
            "issuing_state": fields.issuing_state,
            "document_number": fields.document_number,
            "surname": fields.surname,
            "given_names": fields.given_names,
            "nationality": fields.nationality,
            "birth_date": fields.birth_date,
            "sex": fields.sex,
            "expiry_date": fields.expiry_date,
            "optional_data_1": fields.optional_data_1,
            "issue_date": document.holder.issue_date.isoformat(),
        },
        "printed": {name: text for name, text in document.fields.items() if text},
        "visa_mrz": {page: list(lines) for page, lines in document.visa_lines.items()},
        "corners_px": corners,
        "mrz_px": zones,
        "boxes_mm": {
            page: {name: [round(side, 3) for side in box] for name, box in boxes.items()}
            for page, boxes in document.boxes_mm.items()
            if page in specimen.shots
        },
        "attacks": [_attack_json(each) for each in specimen.attacks],
    }


def box_corners(box: BoxMm) -> Quad:
    """The corners of (x, y, w, h), clockwise from the top left."""
    x, y, w, h = box
    return (x, y), (x + w, y), (x + w, y + h), (x, y + h)


def _attack_json(attack: Attack) -> dict[str, Any]:
    return {
        "attack": attack.attack,
        "severity": attack.severity,
        "page": attack.page,
        "boxes_mm": [[round(side, 3) for side in box] for box in attack.boxes_mm],
        "expect": list(attack.expect),
        "needs_model": attack.needs_model,
        "figures": attack.figures,
    }


def _rounded(quad: Quad) -> list[list[float]]:
    return [[round(x, 3), round(y, 3)] for x, y in quad]
