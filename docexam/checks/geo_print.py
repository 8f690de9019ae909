"""How the zone is printed: pitch, alignment, size and shape of its characters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from docexam.checks.check import Check
from docexam.checks.format_limits import OURS
from docexam.checks.ir_contrast import too_coarse
from docexam.checks.judging import within
from docexam.checks.several import judge_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding, FindingSeverity
    from docexam.nouns.measurement import Measurement


@dataclass(frozen=True, slots=True)
class Band:
    """What one measurement is held against; `least_ppi` is what it takes to tell (ours)."""

    low: float | None
    high: float | None
    source: str
    severity: FindingSeverity | None = None
    least_ppi: float = 150.0


PITCH = {
    "mrz.pitch": Band(2.51, 2.57, f"Doc 9303-3, 4.4: 10 characters to 25.4 mm; tolerance {OURS}"),
    "mrz.least-distance": Band(2.30, None, "ISO 1831: characters at least 2.30 mm apart"),
    "mrz.pitch-jump": Band(None, 0.25, f"inserted characters break the rhythm; {OURS}"),
}
ALIGN = {
    "mrz.skew": Band(None, 3.0, "Doc 9303-3, 4.7: skew at most 3 degrees", None, 0.0),
    "mrz.misalignment": Band(None, 0.65, "ISO 1831: neighbours at most 0.65 mm out of line"),
    "mrz.misalignment-line": Band(None, 1.30, "ISO 1831: any two at most 1.30 mm out of line"),
}
GLYPH = {
    "mrz.capital-height": Band(2.32, 2.60, f"ISO 1073-2: capitals 2.46 mm; tolerance {OURS}"),
    "mrz.digit-height": Band(2.52, 2.80, f"ISO 1073-2: digits 2.66 mm; tolerance {OURS}"),
    "mrz.stroke": Band(
        0.27, 0.43, "ISO 1831, range X: stroke 0.35 +/- 0.08 mm", "notice", least_ppi=300.0
    ),
    "mrz.glyph-outlier": Band(
        None, 0.08, f"one character of another size; {OURS}", None, least_ppi=300.0
    ),
    "mrz.misalignment": Band(
        None, 0.12, f"one character out of a line that is else even; {OURS}", None, 300.0
    ),
}
FONT = {
    "mrz.font": Band(None, 0.12, f"Doc 9303-3, 4.4: OCR-B; distance {OURS}"),
    "mrz.font-character": Band(None, 0.25, f"Doc 9303-3, 4.4: OCR-B; distance {OURS}"),
}


def _judge(bands: dict[str, Band], check: Check, examined: Examined) -> Sequence[Finding]:
    judges = {name: partial(_hold, name, band, check) for name, band in bands.items()}
    return judge_all(check, examined, judges)


def _hold(name: str, band: Band, check: Check, measured: Measurement) -> Finding:
    if band.least_ppi and (coarse := too_coarse(check, measured, band.least_ppi)):
        return coarse
    return within(
        check,
        measured,
        low=band.low,
        high=band.high,
        source=band.source,
        severity=band.severity,
        code=name,
    )


def _check(
    id_: str,
    step: tuple[str, ...],
    bands: dict[str, Band],
    severity: FindingSeverity,
    version: str = "1",
) -> Check:
    return Check(
        id_,
        step,
        ("ir", "white"),
        lambda check, examined: _judge(bands, check, examined),
        severity=severity,
        needs=tuple(bands),
        inspection_class="personalisation",
        version=version,
    )


CHECKS = (
    _check("geo.mrz-pitch", ("A",), PITCH, "strong"),
    _check("geo.mrz-align", ("A",), ALIGN, "strong"),
    _check("geo.mrz-glyph", ("A",), GLYPH, "suspicious", "2"),
    _check("font.ocrb", ("A",), FONT, "strong", "2"),
)
