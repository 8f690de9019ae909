"""The number in holes and everywhere, watermark, thread and the portrait's place, as judged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from docexam.checks.cross_number import CHECKS as EVERYWHERE
from docexam.checks.examined import PageSeen
from docexam.checks.geo_document import CHECKS as GEO
from docexam.checks.perforated_number import hole_reading
from docexam.checks.running import run_checks
from docexam.checks.sub_perforation import CHECKS as PERFORATION
from docexam.checks.sub_watermark import CHECKS as SHEET
from docexam.nouns.finding import Limit
from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.report.sentences import sentence

from .documents import examined, field
from .known_model import known_model
from .measured import judged, lost, value

if TYPE_CHECKING:
    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding

BOX = (18.0, 5.7, 41.6, 5.5)
NUMBER = "L898902C3"


SAYS_NUMBER = {(page, "perforation"): {"says_number": True} for page in ("data", "16")}


def holes(
    possible: str, *, page: str = "data", other_ways: str = "", surety: float = 0.99
) -> Measurement:
    """What the holes of a page may say: a word of possible characters for each place."""
    details: dict[str, float | str] = {
        "possible": possible,
        "other_ways": other_ways,
        "holes": 210.0,
        "rows": 8.0,
        "mirrored": "no",
    }
    return Measurement(
        "perforation.text", page, ("transmitted",), surety, "1", 0.0, BOX, details=details
    )


def spaced(text: str) -> str:
    return " ".join(text)


@pytest.mark.parametrize(
    ("possible", "answer"),
    [
        (spaced("L898902C3"), "equal"),
        (spaced("L8989O2C3"), "equal"),  # holes do not tell a nought from an O
        ("L 8 86 8 9 0 2 C 3", "unsure"),
        (spaced("L898972C3"), "differs"),
        ("L 8 9 8 9 7O 2 C 3", "unsure"),
        (spaced("L8989S2C3"), "differs"),
        (spaced("LB98902C3"), "unsure"),  # a letter for its figure is a slip of the reader
        (spaced("X41377655"), "other"),
        (spaced("L898902C"), "length"),
    ],
)
def test_what_holes_say_against_the_number(possible: str, answer: str) -> None:
    assert hole_reading(holes(possible), NUMBER).answer == answer


def test_a_number_that_stands_as_well_another_way_round_is_never_held_against_a_page() -> None:
    wrong, right = spaced("808011808"), spaced("L898902C3")
    assert hole_reading(holes(wrong, other_ways=right), NUMBER).answer == "equal"
    assert hole_reading(holes(wrong, other_ways=wrong), NUMBER).answer == "unsure"


def document(*known: Measurement | NotMeasured, **more: object) -> Examined:
    return replace(
        examined(viz=[field("document_number", NUMBER)]),
        measurements={(k.page, k.name): k for k in known if isinstance(k, Measurement)},
        not_measured={(k.page, k.name): k for k in known if isinstance(k, NotMeasured)},
        **more,  # type: ignore[arg-type]
    )


def perforation(case: Examined) -> Finding:
    (found,) = run_checks(case, PERFORATION)
    assert "[" not in sentence(found)
    return found


def test_the_zones_number_in_holes_passes_and_another_fails() -> None:
    assert perforation(document(holes(spaced(NUMBER)))).outcome == "passed"
    known = known_model(facts=SAYS_NUMBER)
    altered = perforation(document(holes(spaced("L898972C3")), model=known))
    assert (altered.outcome, altered.severity) == ("failed", "strong")
    assert (altered.measured and altered.measured.value) == 1.0
    assert altered.box_mm == BOX


@pytest.mark.parametrize("number", ["X41377655", "R898902C3"])
def test_another_number_is_suspicious_unless_the_model_knows_that_holes_say_it(number: str) -> None:
    """A surely read character may be one of a typeface that the reader never saw: A taken for R."""
    case = document(holes(spaced(number)))
    assert (perforation(case).outcome, perforation(case).severity) == ("failed", "suspicious")
    (everywhere,) = run_checks(case, EVERYWHERE)
    assert everywhere.severity == "suspicious"
    of_blank = known_model(facts={("data", "perforation"): {"says_number": False}})
    assert perforation(replace(case, model=of_blank)).severity == "suspicious"
    assert perforation(replace(case, model=known_model(facts=SAYS_NUMBER))).severity == "strong"


def test_what_is_not_surely_read_is_left_open() -> None:
    case = document(holes(spaced("L898972C3"), surety=0.81), model=known_model(facts=SAYS_NUMBER))
    found = perforation(case)
    assert (found.outcome, found.reason.code) == ("inconclusive", "perforation.unsure")


def test_an_open_character_of_the_zone_settles_nothing() -> None:
    case = replace(
        examined(open_at=[(2, 6)]),
        measurements={("data", "perforation.text"): holes(spaced("L898972C3"))},
    )
    assert perforation(case).outcome == "inconclusive"


def test_no_holes_concern_nobody_who_knows_of_none() -> None:
    none = NotMeasured("perforation.text", "data", ("transmitted",), "perforation.none")
    assert perforation(document(none)).outcome == "not_applicable"
    dark = NotMeasured("perforation.text", "data", ("transmitted",), "no-light", {"light": "x"})
    found = perforation(document(dark))
    assert (found.outcome, found.reason.code) == ("not_performed", "no-light")


def test_holes_that_the_model_knows_must_be_there() -> None:
    limits = {("16", "model.perforation-holes"): Limit(0.4, None, "1", "enrolled")}
    missing = Measurement("model.perforation-holes", "16", ("transmitted",), 0.0, "1", 0.02, BOX)
    none = NotMeasured("perforation.text", "16", ("transmitted",), "perforation.none")
    found = perforation(document(none, missing, model=known_model(limits=limits)))
    assert (found.outcome, found.severity, found.from_model) == ("failed", "strong", True)


def test_the_number_everywhere_counts_all_places() -> None:
    (found,) = run_checks(document(holes(spaced(NUMBER), page="16")), EVERYWHERE)
    assert (found.outcome, found.reason.params["places"]) == ("passed", 3.0)
    altered = document(holes(spaced("L898972C3"), page="16"), model=known_model(facts=SAYS_NUMBER))
    (found,) = run_checks(altered, EVERYWHERE)
    assert (found.outcome, found.page, found.severity) == ("failed", "16", "strong")
    other = replace(document(), viz={"data": (field("document_number", "L898972C3"),)})
    (found,) = run_checks(other, EVERYWHERE)
    assert (found.outcome, found.page) == ("failed", "data")
    for nowhere in (examined(), document()):  # the print beside the zone is x.viz-mrz's alone
        (alone,) = run_checks(nowhere, EVERYWHERE)
        assert (alone.outcome, alone.reason.code) == ("not_performed", "number.nowhere-else")


@pytest.mark.parametrize(
    ("text", "confidence", "outcome"),
    [
        (NUMBER, 0.96, "passed"),
        ("L898972C3", 0.96, "failed"),
        ("L898972C3", 0.94, "inconclusive"),
    ],
)
def test_the_blanks_numbering_is_a_second_place(text: str, confidence: float, outcome: str) -> None:
    second = replace(field("numbering", text, confidence), box_mm=(90.0, 5.0, 30.0, 4.0))
    case = replace(document(), viz={"data": (field("document_number", NUMBER), second)})
    (found,) = run_checks(case, EVERYWHERE)
    assert found.outcome == outcome
    assert found.severity == ("strong" if outcome == "passed" else "suspicious")


def test_another_pages_print_is_a_second_place() -> None:
    for pages, outcome in ((("data", "3"), "passed"), (("3",), "passed"), (("data",), None)):
        viz = {page: (field("document_number", NUMBER),) for page in pages}
        (found,) = run_checks(replace(document(), viz=viz), EVERYWHERE)
        assert found.outcome == (outcome or "not_performed")


def test_holes_are_compared_with_the_number_without_its_signs() -> None:
    # the B at the second place is the eight's slip; the sign before it moved the places by one
    assert hole_reading(holes(spaced("1B123456")), "1-8123456").answer == "unsure"
    assert hole_reading(holes(spaced("17123456")), "1-8123456").answer == "differs"


@pytest.mark.parametrize(
    ("name", "limit", "genuine", "forged", "check"),
    [
        ("model.watermark", Limit(0.64, None, "1", "enrolled"), 0.97, 0.2, "sub.watermark"),
        ("model.watermark-contrast", Limit(0.5, None, "1", "enrolled"), 1.0, 0.1, "sub.watermark"),
        ("model.watermark-offset", Limit(None, 2.5, "mm", "enrolled"), 0.2, 4.0, "sub.watermark"),
        ("model.thread", Limit(0.47, None, "1", "enrolled"), 0.95, 0.02, "sub.thread"),
    ],
)
def test_watermark_and_thread_are_held_against_the_model(
    name: str, limit: Limit, genuine: float, forged: float, check: str
) -> None:
    for number, outcome in ((genuine, "passed"), (forged, "failed")):
        measurement = Measurement(name, "data", ("transmitted",), number, limit.unit, 0.05, BOX)
        also = {("data", "model.watermark"): Limit(0.6, None, "1", "enrolled")}
        good = Measurement("model.watermark", "data", ("transmitted",), 0.9, "1", 0.05, BOX)
        case = document(good, measurement)
        case = replace(case, model=known_model(limits={**also, ("data", name): limit}))
        found = [each for each in run_checks(case, SHEET) if each.check == check]
        assert [each.outcome for each in found] == [outcome]
        if outcome == "failed":  # sheets are cut with a tolerance
            assert found[0].severity == ("suspicious" if name.endswith("offset") else "strong")
        assert "[" not in sentence(found[0])
    none = run_checks(replace(document(), model=known_model()), SHEET)
    assert {each.outcome for each in none} == {"not_applicable"}
    assert {each.outcome for each in run_checks(document(), SHEET)} == {"not_performed"}


def portrait(**changed: float) -> list[Finding]:
    sizes = {"width": 33.0, "height": 42.0, "left": 5.0, "skew": 0.05, **changed}
    return judged("geo.portrait", *(value(f"portrait.{k}", v, 0.1) for k, v in sizes.items()))


@pytest.mark.parametrize(
    ("changed", "outcome", "severity"),
    [
        ({}, "passed", "suspicious"),
        ({"skew": 1.5}, "failed", "suspicious"),
        ({"width": 38.0}, "inconclusive", "notice"),
        ({"height": 29.0}, "inconclusive", "notice"),
        ({"left": 1.0}, "inconclusive", "notice"),
        ({"width": 25.5}, "passed", "suspicious"),  # a border that fades looks narrower
    ],
)
def test_the_portraits_place(changed: dict[str, float], outcome: str, severity: str) -> None:
    (found,) = portrait(**changed)
    assert (found.outcome, found.severity) == (outcome, severity)


def test_a_visas_portrait_has_its_own_sizes_and_one_without_a_border_none() -> None:
    (found,) = judged("geo.portrait", value("portrait.width", 34.0, 0.1, format="MRV-B"))
    assert found.outcome == "inconclusive"  # genuine issuers print other sizes
    assert found.limit is not None
    assert found.limit.source.startswith("Doc 9303-7")
    names = ("width", "height", "left", "skew")
    (none,) = judged("geo.portrait", *(lost(f"portrait.{n}", "photo.no-border") for n in names))
    assert none.outcome == "not_applicable"


@pytest.mark.parametrize(
    ("size_mm", "outcome"), [((88.0, 125.0), "passed"), ((125.0, 88.0), "failed")]
)
def test_a_page_read_along_its_shorter_side_has_its_formats_sides_turned(
    size_mm: tuple[float, float], outcome: str
) -> None:
    numbered = PageSeen("16", "TD3", size_mm, ("white",))
    width = Measurement(
        "doc.width", "16", ("white",), 88.0, "mm", 0.1, BOX, details={"format": "TD3", "ppi": 300.0}
    )
    case = replace(document(width), pages={"16": numbered})
    found = [each for each in run_checks(case, GEO) if each.check == "geo.size"]
    assert [each.outcome for each in found] == [outcome]
