"""From a capture set to reports: look, measure, judge, decide. `examine` is the list of steps."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from docexam import __version__
from docexam.checks.decision import MANDATORY, decide, statuses
from docexam.checks.decision import VERSION as DECISION_VERSION
from docexam.checks.examined import Examined, PageSeen, ZoneSeen
from docexam.checks.registry import all_checks
from docexam.checks.running import run_checks
from docexam.checks.zone_choice import main_zone
from docexam.errors import DependencyMissing, InputError
from docexam.nouns.finding import Finding, Reason
from docexam.nouns.measurement import Measurement
from docexam.nouns.reading import Reading, ReadingError
from docexam.nouns.report import Profile, Report
from docexam.report.model_json import model_json
from docexam.report.page_picture import PagePicture
from docexam.vision.barcodes import read_barcodes
from docexam.vision.evidence import evidence
from docexam.vision.measuring import MEASURERS, measure_page
from docexam.vision.page_picture import page_jpeg
from docexam.vision.read_viz import read_viz
from docexam.vision.see_capture import see_capture

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from docexam.capture.capture_set import OpenCapture
    from docexam.checks.check import Check
    from docexam.checks.examined import Prover
    from docexam.checks.lists import Lists
    from docexam.nouns.measurement import BoxMm, Crop, NotMeasured
    from docexam.nouns.report import Barcode, VizField
    from docexam.vision.page import PageView
    from docexam.vision.page_from_capture import SeenPage, SeenPages
    from docexam.vision.zone_view import ZoneView

FIRST_MEASURERS = ("contrast", "dullness")
"""Measured before all others: with the zone they are the first result (B900, UV dullness)."""
_PROVEN = ("failed", "inconclusive")
SOFTWARE = f"docexam {__version__}"


@dataclass(frozen=True, slots=True)
class Options:
    """How to examine.

    `pictures`: encode the pages too, for a report that shows them. `viz`: read the visual zone.
    `proofs`: cut the crops that prove findings; nobody looks at them where documents are counted.
    """

    today: dt.date
    profile: Profile = field(default_factory=lambda: Profile(version=DECISION_VERSION))
    lists: Lists | None = None
    require_live: bool = False
    pictures: bool = False
    viz: bool = True
    proofs: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Examination:
    """The report of one document, and its pages as pictures where they were asked for."""

    report: Report
    pictures: tuple[PagePicture, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Document:
    """One document on the glass: what was seen of it, page by page."""

    number: int
    of: int
    pages: Mapping[str, SeenPage | None]


def examine(capture: OpenCapture, options: Options) -> list[Examination]:
    """One examination for each document on the glass; one where none was found.

    A picture that cannot be used is a finding; the rest is still examined.

    Raises:
        InputError: the capture is not live, where that is required.
        ModelError: a model is missing or altered.
    """
    _refuse_unless_live(capture, options)
    started = time.perf_counter()
    seen = see_capture(capture, options.today)
    seen_ms = _since(started)
    checks = all_checks()
    found = []
    for document in _documents(seen):
        begun = time.perf_counter()
        examined = _look(capture, seen, document, options)
        examined = _measured(examined, document, _first())
        run_checks(examined, [check for check in checks if check.id in MANDATORY])
        timings = {"seen": seen_ms, "first": seen_ms + _since(begun)}
        examined = _measured(examined, document, [n for n in MEASURERS if n not in _first()])
        timings["measured"] = seen_ms + _since(begun)
        examined = _with_text(examined, document, viz_wanted=options.viz)
        timings["text"] = seen_ms + _since(begun)
        findings = _proven(run_checks(examined, checks), examined)
        timings["total"] = seen_ms + _since(begun)
        report = _report(examined, findings, checks, timings)
        found.append(Examination(report, _pictures(document) if options.pictures else ()))
    return found


def refused(name: str, error: InputError, options: Options) -> Examination:
    """The report of a capture that could not be opened: incomplete, with the reason."""
    reading = Reading(name, found=False, error=ReadingError(error.code, error.message, error.hint))
    finding = Finding(
        check="cap.detect",
        step=(),
        page="data",
        light=(),
        outcome="inconclusive",
        severity="notice",
        reason=Reason(error.code),
    )
    return Examination(
        Report(
            capture=name,
            examined_at=_now(),
            verdict=decide((finding,), options.profile, model_known=False),
            status=(),
            reading=reading,
            mrz={},
            viz=(),
            barcodes=(),
            findings=(finding,),
            model=None,
            profile=options.profile,
            software=SOFTWARE,
            timings_ms={"first": 0.0, "total": 0.0},
        )
    )


def _refuse_unless_live(capture: OpenCapture, options: Options) -> None:
    kind = capture.capture.device.kind
    if options.require_live and kind != "live":
        raise InputError(
            f"The capture is {kind}, and only live ones are accepted.",
            code="capture.not-live",
            hint="Capture the document now, or leave out --require-live.",
        )


def _documents(seen: Sequence[SeenPages]) -> list[_Document]:
    """The documents on the glass; pages that show one document belong to the first."""
    count = max(1, *(len(page.seen) for page in seen))
    return [
        _Document(
            number + 1,
            count,
            {
                page.page: page.seen[number] if number < len(page.seen) else None
                for page in seen
                if number < max(1, len(page.seen))
            },
        )
        for number in range(count)
    ]


def _look(
    capture: OpenCapture, seen: Sequence[SeenPages], document: _Document, options: Options
) -> Examined:
    """What was seen of one document, without pixels."""
    by_page = {page.page: page for page in seen}
    zones = {
        page: _zone_seen(each.zone)
        for page, each in document.pages.items()
        if each is not None and each.zone is not None
    }
    for page in document.pages:
        # A zone whose page could not be laid out has no place, but its text counts.
        if page not in zones and by_page[page].zones:
            readings = {light: each[0] for light, each in by_page[page].zones.items() if each}
            zones[page] = ZoneSeen(page, readings)
    return Examined(
        capture=capture.capture,
        today=options.today,
        pages={
            page: _page_seen(page, each, by_page[page]) for page, each in document.pages.items()
        },
        zones=zones,
        profile=options.profile,
        lists=options.lists,
        document=document.number,
        documents=document.of,
        prove=_prover(document) if options.proofs else None,
    )


def _page_seen(page: str, each: SeenPage | None, seen: SeenPages) -> PageSeen:
    if each is None:
        return PageSeen(page, None, None, (), seen.unusable, documents=0)
    view = each.view
    return PageSeen(
        page,
        view.format,
        view.size_mm,
        tuple(view.lights),
        seen.unusable,
        box_mm=(0.0, 0.0, *view.size_mm),
        quality={light: _quality(view, light) for light in view.quality},
    )


def _quality(view: PageView, light: str) -> dict[str, float]:
    """The numbers of one light that are known; one that lies in the frame has no residual."""
    quality, lain = view.quality[light], view.lights[light]
    numbers = {
        "native_ppi": quality.native_ppi,
        "saturated": quality.saturated,
        "edge_spread_mm": quality.edge_spread_mm,
        "motion": quality.motion,
        "residual_mm": lain.residual_mm,
    }
    return {name: float(value) for name, value in numbers.items() if value is not None}


def _zone_seen(zone: ZoneView) -> ZoneSeen:
    return ZoneSeen(zone.page, zone.readings, zone.cells(), zone.box_mm)


def _first() -> list[str]:
    return [name for name in FIRST_MEASURERS if name in MEASURERS]


def _measured(examined: Examined, document: _Document, names: Iterable[str]) -> Examined:
    """`examined` with what these measurers say of each page."""
    wanted = list(names)
    found: dict[tuple[str, str], Measurement] = dict(examined.measurements)
    missed: dict[tuple[str, str], NotMeasured] = dict(examined.not_measured)
    for page, seen in document.pages.items():
        if seen is None:
            continue
        for each in measure_page(seen.view, seen.zone, wanted):
            if isinstance(each, Measurement):
                found[page, each.name] = each
            else:
                missed[page, each.name] = each
    return replace(examined, measurements=found, not_measured=missed)


def _with_text(examined: Examined, document: _Document, *, viz_wanted: bool) -> Examined:
    """`examined` with the visual zone and the bar codes of each page."""
    viz: dict[str, tuple[VizField, ...]] = {}
    absent: dict[str, str] = {}
    barcodes: list[Barcode] = []
    for page, seen in document.pages.items():
        if seen is None:
            continue
        barcodes += read_barcodes(seen.view)
        if not viz_wanted:
            continue
        try:
            fields = read_viz(seen.view, seen.zone)
        except DependencyMissing:
            absent[page] = "no-reader"
        except InputError:
            absent[page] = "reader-failed"
        else:
            if fields:
                viz[page] = fields
            else:
                absent[page] = "no-viz"
    return replace(examined, viz=viz, viz_absent=absent, barcodes=tuple(barcodes))


def _prover(document: _Document) -> Prover:
    def prove(page: str, light: str, box_mm: BoxMm) -> Crop | None:
        seen = document.pages.get(page)
        if seen is None or light not in seen.view.lights:
            return None
        return evidence(seen.view, light, box_mm)

    return prove


def _proven(findings: Iterable[Finding], examined: Examined) -> list[Finding]:
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


def _report(
    examined: Examined,
    findings: Sequence[Finding],
    checks: Sequence[Check],
    timings: Mapping[str, float],
) -> Report:
    chosen = main_zone(examined)
    model = examined.model
    return Report(
        capture=examined.capture.name,
        examined_at=_now(),
        verdict=decide(findings, examined.profile, model_known=model is not None),
        status=statuses(findings, checks),
        reading=Reading(examined.capture.name, found=False) if chosen is None else chosen.reading,
        mrz=examined.readings,
        viz=tuple(each for fields in examined.viz.values() for each in fields),
        barcodes=examined.barcodes,
        findings=tuple(findings),
        model=None if model is None else model_json(model),
        profile=examined.profile,
        software=SOFTWARE,
        timings_ms={name: round(ms, 3) for name, ms in timings.items()},
    )


def _pictures(document: _Document) -> tuple[PagePicture, ...]:
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


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1e3
