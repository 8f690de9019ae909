"""A log record tells what was asked and answered, and nothing of whom."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

from docexam.checks.lists import ListedDocument, Lists
from docexam.report.log_record import log_line, log_record
from docexam.report.sentences import sentence
from tests.checks.documents import TD3, changed, examined
from tests.report.reports import VIZ, report


def test_the_groups_are_there() -> None:
    made = report()
    record = log_record(
        made,
        examined().capture,
        decision="docexam-decision",
        routines={"ir.b900": {"generic_code": "IR-AB-MR"}},
        transaction="42",
    )
    assert record["transaction"]["id"] == "42"
    assert record["transaction"]["decision"] == {"name": "docexam-decision", "version": "1"}
    assert record["device"]["kind"] == "live"
    assert [each["light"] for each in record["device"]["images"]] == ["white", "ir", "uv"]
    assert record["result"] == {"verdict": made.verdict, "status": list(made.status)}
    b900 = next(each for each in record["optical_results"] if each["check"] == "ir.b900")
    assert b900["generic_code"] == "IR-AB-MR"
    assert (b900["score"], b900["threshold"]) == (0.812, [0.6, None])
    assert {each["check"] for each in record["combined_results"]} >= {"x.viz-mrz", "x.sides"}
    assert {each["check"] for each in record["list_results"]} == {"list.sltd", "list.issuer"}
    counted = sum(len(record[key]) for key in record if key.endswith("_results"))
    assert counted == len(made.findings)


def test_no_word_and_no_number_of_the_holder_is_in_it() -> None:
    """Every kind of finding, failed ones with their parameters too, leaves nothing behind."""
    lists = Lists({("UTO", "L898902C3"): (ListedDocument("stolen"),)}, {})
    case = examined(changed(TD3, 2, 20, "9"), white=changed(TD3, 2, 14, "9"), viz=VIZ, lists=lists)
    capture = replace(case.capture, name="ERIKSSON-L898902C3")
    made = replace(report(case), capture=capture.name)
    assert "1979" in " ".join(sentence(each) for each in made.findings)
    line = log_line(log_record(made, capture, decision="d", transaction="t"))
    personal = {
        *TD3,
        *filter(None, asdict(case.readings["ir"].fields).values()),
        *(each.text for each in VIZ),
        "ERIKSSON", "L898902C3", "740812", "1974", "1979", "2032",
    }  # fmt: skip
    harmless = {"F", "P", "UTO"}  # Too short to look for: they are parts of other words.
    for word in personal - harmless:
        assert str(word).upper() not in line.upper(), word
    assert json.loads(line)["list_results"]
