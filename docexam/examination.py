"""From a capture set to reports: look, measure, judge, decide. `examine` is the list of steps."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docexam import __version__
from docexam.checks.decision import MANDATORY, decide, statuses
from docexam.checks.registry import all_checks
from docexam.checks.running import run_checks
from docexam.checks.zone_choice import main_zone
from docexam.errors import InputError
from docexam.looking.document import documents_on_glass, look
from docexam.looking.known import held_against_model
from docexam.looking.lamps import LAMP_MEASURERS, without_wrong_lights
from docexam.looking.measured import measured
from docexam.looking.options import Options
from docexam.looking.proof import page_pictures, proven
from docexam.looking.text import TextBeside, with_text
from docexam.nouns.finding import Finding, Reason
from docexam.nouns.reading import Reading, ReadingError
from docexam.nouns.report import Report
from docexam.report.model_json import model_json
from docexam.vision.measuring import MEASURERS
from docexam.vision.see_capture import see_capture

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docexam.capture.capture_set import OpenCapture
    from docexam.checks.check import Check
    from docexam.checks.examined import Examined
    from docexam.report.page_picture import PagePicture

__all__ = ["FIRST_MEASURERS", "SOFTWARE", "Examination", "Options", "examine", "refused"]

FIRST_MEASURERS = ("contrast", "dullness")
"""Measured before all others: with the zone they are the first result (B900, UV dullness)."""
SOFTWARE = f"docexam {__version__}"


@dataclass(frozen=True, slots=True, eq=False)
class Examination:
    """The report of one document, and its pages as pictures where they were asked for."""

    report: Report
    pictures: tuple[PagePicture, ...] = ()


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
    for captured in documents_on_glass(seen):
        begun = time.perf_counter()
        examined = look(capture, seen, captured, options)
        examined, document = without_wrong_lights(examined, captured)
        with TextBeside(document, viz_wanted=options.viz) as text:
            examined = measured(examined, document, _first())
            run_checks(examined, [check for check in checks if check.id in MANDATORY])
            timings = {"seen": seen_ms, "first": seen_ms + _since(begun)}
            examined = measured(examined, document, _rest())
            timings["measured"] = seen_ms + _since(begun)
            examined = with_text(examined, document, text)
        timings["text"] = seen_ms + _since(begun)
        examined = held_against_model(examined, document, options.models)
        timings["model"] = seen_ms + _since(begun)
        findings = proven(run_checks(examined, checks), examined)
        timings["total"] = seen_ms + _since(begun)
        report = _report(examined, findings, checks, timings)
        found.append(Examination(report, page_pictures(captured) if options.pictures else ()))
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


def _first() -> list[str]:
    return [name for name in FIRST_MEASURERS if name in MEASURERS]


def _rest() -> list[str]:
    return [name for name in MEASURERS if name not in (*LAMP_MEASURERS, *_first())]


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


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1e3
