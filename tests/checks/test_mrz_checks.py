"""Check digits, codes, names, dates: what is printed must survive to the finding."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from docexam.checks.registry import all_checks
from docexam.checks.running import run_checks
from docexam.mrz.check_digits import check_digit
from docexam.nouns.reading import Reading
from tests.checks.documents import (
    MRV_A,
    TD1,
    TD2,
    TD3,
    TODAY,
    changed,
    examined,
    one,
    reading,
    zone,
)

if TYPE_CHECKING:
    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding

MRZ = tuple(check for check in all_checks() if check.id.startswith(("mrz.", "date.", "ir.mrz-vs")))


def findings(case: Examined) -> list[Finding]:
    return run_checks(case, MRZ)


@pytest.mark.parametrize("lines", [TD1, TD2, TD3, MRV_A])
def test_a_sound_zone_fails_nothing(lines: tuple[str, ...]) -> None:
    found = findings(examined(lines))
    assert {each.outcome for each in found} <= {"passed", "not_applicable", "not_performed"}
    of_data = [e.check for e in found if e.outcome == "not_performed" and not e.from_model]
    assert of_data == ["date.order"]
    assert one(found, "mrz.cd-number").outcome == "passed"
    assert one(found, "ir.mrz-vs-white").outcome == "passed"


def test_digits_that_a_layout_lacks_are_not_applicable() -> None:
    assert one(findings(examined(MRV_A)), "mrz.cd-composite").outcome == "not_applicable"
    assert one(findings(examined(TD2)), "mrz.cd-personal").outcome == "not_applicable"


@pytest.mark.parametrize(
    ("check", "line", "column"),
    [
        ("mrz.cd-number", 2, 10),
        ("mrz.cd-birth", 2, 20),
        ("mrz.cd-expiry", 2, 28),
        ("mrz.cd-personal", 2, 43),
        ("mrz.cd-composite", 2, 44),
    ],
)
def test_a_wrong_digit_fails_its_own_check(check: str, line: int, column: int) -> None:
    printed = TD3[line - 1][column - 1]
    lines = changed(TD3, line, column, str((int(printed) + 1) % 10))
    finding = one(findings(examined(lines)), check)
    assert (finding.outcome, finding.severity) == (
        "failed",
        "strong" if check == "mrz.cd-composite" else "decisive",
    )
    assert finding.reason.params["computed"] == printed
    assert finding.box_mm is not None


def test_a_composite_that_alone_is_wrong_has_its_own_reason() -> None:
    alone = one(findings(examined(changed(TD3, 2, 44, "0"))), "mrz.cd-composite")
    assert alone.reason.code == "digit.only-composite"
    together = changed(changed(TD3, 2, 44, "0"), 2, 20, "9")
    assert one(findings(examined(together)), "mrz.cd-composite").reason.code == "digit.wrong"


@pytest.mark.parametrize("wrong", [False, True])
def test_an_open_character_leaves_its_digits_inconclusive_and_no_others(*, wrong: bool) -> None:
    lines = changed(TD3, 2, 10, "7") if wrong else TD3
    found = findings(examined(lines, open_at=[(2, 3)]))
    assert one(found, "mrz.cd-number").outcome == "inconclusive"
    assert one(found, "mrz.cd-composite").outcome == "inconclusive"
    assert one(found, "mrz.cd-birth").outcome == "passed"
    assert one(found, "mrz.read").outcome == "inconclusive"


def test_no_check_passes_on_a_reading_that_leaves_everything_open() -> None:
    unsure = reading(TD3, confident=False)
    case = examined(zones={"data": zone(ir=unsure, white=unsure)})
    found = [each for each in findings(case) if each.check not in ("mrz.cd-ambiguity",)]
    passed = {each.check for each in found if each.outcome == "passed"}
    assert passed <= {"mrz.structure", "ir.mrz-vs-white"}


def test_another_light_that_surely_reads_the_same_settles_an_open_character() -> None:
    seen = zone(ir=reading(TD3, open_at=[(2, 3)]), white=reading(TD3))
    found = findings(examined(zones={"data": seen}))
    assert one(found, "mrz.cd-number").outcome == "passed"


def test_a_light_that_reads_otherwise_settles_nothing() -> None:
    other = reading(changed(TD3, 2, 3, "5"))
    seen = zone(ir=reading(TD3, open_at=[(2, 3)]), white=replace(other, confident=True))
    found = findings(examined(zones={"data": seen}))
    two = one(found, "ir.mrz-vs-white")
    assert (two.outcome, two.reason.code) == ("inconclusive", "two-lights.open")


def test_infrared_speaks_first_and_white_where_it_reads_better() -> None:
    found = findings(examined())
    assert one(found, "mrz.read").light == ("ir",)
    unread = zone(ir=Reading("ir.png", found=False), white=reading(TD3))
    assert one(findings(examined(zones={"data": unread})), "mrz.read").light == ("white",)
    worse = zone(ir=reading(("P<UTO<<<ERIK", "L898")), white=reading(TD3))
    assert one(findings(examined(zones={"data": worse})), "mrz.read").light == ("white",)


def test_a_character_that_only_white_shows_otherwise_fails() -> None:
    finding = one(findings(examined(white=changed(TD3, 2, 14, "9"))), "ir.mrz-vs-white")
    assert (finding.outcome, finding.severity) == ("failed", "strong")
    assert finding.reason.params["places"] == "2:14"
    assert (finding.reason.params["ir"], finding.reason.params["white"]) == ("7", "9")
    assert finding.measured is not None
    assert finding.measured.value == 1
    assert finding.box_mm is not None
    assert finding.box_mm[0] == pytest.approx(6.0 + 2.54 * 13)


def test_lines_of_no_layout_fail_only_where_nothing_is_open() -> None:
    short = (TD3[0][:40], TD3[1][:40])
    assert one(findings(examined(short)), "mrz.structure").outcome == "failed"
    unsure = examined(short, open_at=[(1, 4)])
    assert one(findings(unsure), "mrz.structure").outcome == "inconclusive"
    disputed = zone(ir=reading(short), white=reading((TD3[0][:39], TD3[1][:41])))
    found = findings(examined(zones={"data": disputed}))
    assert one(found, "mrz.structure").outcome == "inconclusive"
    assert one(found, "mrz.cd-number").outcome == "not_performed"


@pytest.mark.parametrize(
    ("check", "place", "character", "severity"),
    [
        ("mrz.state-code", (1, 3), "Z", "strong"),
        ("mrz.nationality", (2, 11), "Z", "strong"),
        ("mrz.name", (1, 8), "7", "strong"),
        ("mrz.sex", (2, 21), "Q", "strong"),
        ("mrz.filler", (2, 1), "<", "strong"),
        ("date.valid", (2, 16), "9", "strong"),
        ("mrz.doc-code", (1, 1), "S", "notice"),
    ],
)
def test_a_broken_rule_fails_its_check(
    check: str, place: tuple[int, int], character: str, severity: str
) -> None:
    lines = changed(TD3, *place, character)
    found = [e for e in findings(examined(lines)) if e.check == check]
    assert [(e.outcome, e.severity) for e in found] == [("failed", severity)]
    left_open = [e for e in findings(examined(lines, open_at=[place])) if e.check == check]
    assert [e.outcome for e in left_open] == ["inconclusive"]


def test_a_long_number_that_is_wrongly_written_fails() -> None:
    lines = changed(TD1, 1, 15, "<")
    lines = changed(lines, 1, 16, "A")
    assert one(findings(examined(lines)), "mrz.long-number").outcome == "failed"


def test_an_expired_document_is_a_notice() -> None:
    later = replace(examined(), today=dt.date(2033, 1, 1))
    finding = one(findings(later), "date.expiry")
    assert (finding.outcome, finding.severity, finding.reason.code) == (
        "failed",
        "notice",
        "expired",
    )
    last_day = replace(examined(), today=dt.date(2032, 4, 15))
    assert one(findings(last_day), "date.expiry").outcome == "passed"


def test_without_a_zone_nothing_passes() -> None:
    found = findings(examined(zones={}))
    assert {each.outcome for each in found} <= {"inconclusive", "not_performed"}
    assert one(found, "mrz.read").outcome == "inconclusive"


def test_without_infrared_and_white_the_zone_is_not_performed() -> None:
    case = examined(zones={})
    page = replace(case.pages["data"], lights=("uv",))
    found = findings(replace(case, pages={"data": page}))
    assert one(found, "mrz.read").reason.code == "no-light"


def test_every_zone_is_judged_not_only_the_main_one() -> None:
    wrong = changed(MRV_A, 2, 20, "9")
    base = examined()
    case = replace(base, zones={**base.zones, "visa": zone("visa", white=reading(wrong))})
    outcomes = {e.page: e.outcome for e in findings(case) if e.check == "mrz.cd-birth"}
    assert outcomes == {"data": "passed", "visa": "failed"}


def test_the_digits_blind_spots_are_counted() -> None:
    finding = one(findings(examined()), "mrz.cd-ambiguity")
    assert finding.reason.params["singles"] == 6
    assert finding.reason.params["doubles"] == 95
    number = TD3[1][:9]
    assert check_digit(number) == TD3[1][9]
    assert TODAY.year == 2026
