"""The crops that prove findings, and the pages as pictures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docexam.report.page_picture import PagePicture
from docexam.vision.evidence import evidence
from docexam.vision.page_picture import page_jpeg

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docexam.checks.examined import Examined, Prover
    from docexam.looking.document import GlassDocument
    from docexam.nouns.finding import Finding
    from docexam.nouns.measurement import BoxMm, Crop

_PROVEN = ("failed", "inconclusive")


def prover(document: GlassDocument) -> Prover:
    """What cuts the crop of a place of this document."""

    def prove(page: str, light: str, box_mm: BoxMm) -> Crop | None:
        seen = document.pages.get(page)
        if seen is None or light not in seen.view.lights:
            return None
        return evidence(seen.view, light, box_mm)

    return prove


def proven(findings: Iterable[Finding], examined: Examined) -> list[Finding]:
    """Findings against a document carry the crop of their place, in each light they look at."""
    return [
        replace(each, evidence=examined.proofs(*((each.page, x, each.box_mm) for x in each.light)))
        if _wants_proof(each)
        else each
        for each in findings
    ]


def _wants_proof(finding: Finding) -> bool:
    """Whether a crop would say more than the finding: not for what concerns a whole capture."""
    placed = finding.box_mm is not None and not finding.check.startswith("cap.")
    return finding.outcome in _PROVEN and placed and not finding.evidence


def page_pictures(document: GlassDocument) -> tuple[PagePicture, ...]:
    """Every page under every light, for a report that shows them."""
    return tuple(
        PagePicture(
            page,
            light,
            seen.view.size_mm,
            page_jpeg(seen.view, light),
            wavelength_nm=view.wavelength_nm,
            ppi=view.native_ppi,
        )
        for page, seen in document.pages.items()
        if seen is not None
        for light, view in seen.view.lights.items()
    )
