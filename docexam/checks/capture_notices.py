"""What is said of the capture itself; it never counts for or against the document."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docexam.checks.check import STATUS_IS_THE_CODE, Check
from docexam.checks.judging import each_measurement, finding, within
from docexam.checks.mrz_read import no_zone
from docexam.checks.zone_choice import chosen_zones
from docexam.mrz.states import lookup
from docexam.nouns.capture_set import LIGHTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.examined import Examined, PageSeen
    from docexam.nouns.finding import Finding, Outcome
    from docexam.nouns.measurement import Measurement


def judge_detect(check: Check, examined: Examined) -> Sequence[Finding]:
    """`cap.detect`: one document on the glass, several, or none; and pictures that are unusable."""
    findings = [_page(check, examined, page) for page in examined.pages.values()]
    for page in examined.pages.values():
        for light, (code, params) in page.unusable.items():
            findings.append(
                finding(
                    check,
                    "inconclusive",
                    code,
                    {"light": light, **params},
                    page=page.page,
                    light=(light,) if light in LIGHTS else (),
                )
            )
    return findings


def _page(check: Check, examined: Examined, page: PageSeen) -> Finding:
    if examined.documents > 1:
        params = {"number": float(examined.document), "of": float(examined.documents)}
        return finding(
            check,
            "failed",
            "detect.several",
            params,
            page=page.page,
            light=page.lights,
            box_mm=page.box_mm,
        )
    if page.documents == 0:
        return finding(check, "inconclusive", "detect.none", page=page.page, light=page.lights)
    shown = {"format": page.format or "other", "lights": ", ".join(page.lights)}
    return finding(
        check,
        "passed",
        "detect.one",
        shown,
        page=page.page,
        light=page.lights,
        box_mm=page.box_mm,
    )


def judge_live(check: Check, examined: Examined) -> Sequence[Finding]:
    """`cap.live`: whether the pictures were just taken, recorded before, or computed.

    What was recorded is no fault of the document: it leaves open whether the document is here.
    """
    kind = examined.capture.device.kind
    page = examined.main_page
    outcome: Outcome = "passed" if kind == "live" else "inconclusive"
    return [finding(check, outcome, kind, page=page, light=())]


def judge_specimen(check: Check, examined: Examined) -> Sequence[Finding]:
    """`cap.specimen`: the issuer or the nationality is a fictitious one (Doc 9303-2, A.9, C.14)."""
    zones = [zone for zone in chosen_zones(examined) if zone.layout is not None]
    if not zones:
        return [no_zone(check, examined)]
    for zone in zones:
        for name in ("issuing_state", "nationality"):
            code = getattr(zone.reading.fields, name)
            state = lookup(code) if code else None
            if state is not None and state.status == "specimen":
                return [
                    finding(
                        check,
                        "failed",
                        "specimen",
                        {"code": state.code},
                        page=zone.page,
                        light=(zone.light,),
                        box_mm=zone.box_of(zone.field_places(name)),
                    )
                ]
    return [finding(check, "passed", "no-specimen", page=zones[0].page, light=(zones[0].light,))]


def judge_model(check: Check, examined: Examined) -> Sequence[Finding]:
    """`cap.model`: whether genuine documents of this kind are known, and it has their print.

    A document whose zone names a known kind and whose fixed print is another is held against that
    model all the same. A model of its kind that must not be used is said.
    """
    page = examined.main_page
    refused = [
        finding(
            check,
            "inconclusive",
            "model.refused",
            {"model": each.name, "why": each.code},
            page=page,
            light=(),
        )
        for each in examined.models_refused
    ]
    model = examined.model
    if model is None:
        return refused or [finding(check, "inconclusive", "model.unknown", page=page, light=())]
    likenesses = examined.measured("model.likeness")
    params = {"model": model.key.name}
    if not likenesses:
        return [finding(check, "passed", "model.known", params, page=page, light=()), *refused]

    def judge_one(measurement: Measurement) -> Finding:
        limit = model.limits[measurement.page, measurement.name]
        source = f"{limit.source} ({model.key.name})"
        return within(check, measurement, low=limit.low, source=source, severity="suspicious",
                      code="model.print", params=params)  # fmt: skip

    found = each_measurement(check, examined, judge_one, name="model.likeness")
    return [*(replace(each, from_model=True) for each in found), *refused]


CHECKS = (
    Check(
        "cap.detect",
        (),
        ("white", "ir"),
        judge_detect,
        severity="notice",
        inspection_class="gate",
        version="2",
    ),
    Check(
        "cap.live",
        (),
        (),
        judge_live,
        severity="notice",
        inspection_class="gate",
        status=STATUS_IS_THE_CODE,
        version="2",
    ),
    Check(
        "cap.specimen",
        ("C",),
        ("ir", "white"),
        judge_specimen,
        severity="notice",
        inspection_class="gate",
        status="specimen",
    ),
    Check(
        "cap.model",
        ("C",),
        (),
        judge_model,
        severity="notice",
        inspection_class="gate",
        version="2",
    ),
)
