"""The JSON of a report is what its schema says, and the schema holds what the contract asks."""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from docexam.nouns.report import Barcode
from docexam.report.report_json import report_to_json, report_to_line
from tests.checks.documents import TD1, examined
from tests.report.reports import PNG, pixel_finding, report


def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((files("docexam.schemas") / f"{name}-1.json").read_text())
    return found


VALIDATOR = Draft202012Validator(schema("report"))


@pytest.mark.parametrize(
    "made",
    [
        report(),
        report(examined(TD1, page="back")),
        report(examined(zones={}), reading=None),
        report(examined(barcodes=(Barcode("PDF417", "x", "data", None),))),
        report(
            None, pixel_finding(outcome="not_performed", measured=None, limit=None, box_mm=None)
        ),
        report(model={"name": "UTO P 1 2020"}),
    ],
)
def test_every_report_fits_the_schema(made: Any) -> None:
    content = report_to_json(made)
    VALIDATOR.validate(content)
    assert json.loads(report_to_line(made)) == content
    assert list(content) == list(schema("report")["properties"])


@pytest.mark.parametrize("missing", ["measured", "limit", "box_mm"])
@pytest.mark.parametrize("outcome", ["passed", "failed"])
def test_a_judged_pixel_check_without_number_limit_or_place_is_refused(
    missing: str, outcome: str
) -> None:
    made = report(None, pixel_finding(outcome=outcome, **{missing: None}))
    with pytest.raises(ValidationError):
        VALIDATOR.validate(report_to_json(made))


@pytest.mark.parametrize(
    "change",
    [
        {"verdict": "GENUINE"},
        {"verdict": None},
        {"schema": "docexam.report/2"},
        {"profile": {"name": "third-line", "mode": "high-security", "version": "1"}},
        {"timings_ms": {"total": 3}},
        {"surprise": 1},
    ],
)
def test_other_shapes_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        VALIDATOR.validate({**report_to_json(report()), **change})


def test_the_reading_within_is_the_readings_own_schema() -> None:
    text = json.dumps(schema("reading")).replace("#/$defs/", "#/$defs/reading_")
    reading = json.loads(text)
    defs = reading.pop("$defs")
    reading.pop("$schema")
    reading.pop("$id")
    inside = schema("report")["$defs"]
    assert inside["reading"] == reading
    for name, content in defs.items():
        assert inside[f"reading_{name}"] == content


def test_a_crop_is_known_by_its_digest_and_named_where_it_was_written() -> None:
    digest = hashlib.sha256(PNG).hexdigest()
    finding = next(
        e for e in report_to_json(report(), {digest: "case/1.png"})["findings"] if e["evidence"]
    )
    assert finding["evidence"][0]["sha256"] == digest
    assert finding["evidence"][0]["file"] == "case/1.png"
    assert report_to_json(report())["findings"][-1]["evidence"][0]["file"] is None


def test_numbers_are_as_they_were_measured() -> None:
    finding = report_to_json(report())["findings"][-1]
    assert finding["measured"] == {"value": 0.812, "unit": "contrast", "uncertainty": 0.03}
    assert finding["limit"]["low"] == 0.6
    assert finding["limit"]["high"] is None
    assert finding["box_mm"] == [6.0, 70.0, 111.0, 9.0]
