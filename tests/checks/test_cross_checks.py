"""Visual zone, other pages, visa, bar code and lists against the zone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from docexam.checks.lists import Lists, load_lists
from docexam.checks.registry import all_checks
from docexam.checks.running import run_checks
from docexam.checks.viz_text import read_date, sex_key
from docexam.errors import SettingsError
from docexam.nouns.report import Barcode, LightsDiffer
from tests.checks.documents import (
    MRV_A,
    TD1,
    TD3,
    changed,
    examined,
    field,
    one,
    reading,
    zone,
)

if TYPE_CHECKING:
    from pathlib import Path

    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding

GOOD = (
    field("surname", "Eriksson"),
    field("given_names", "Anna Maria"),
    field("document_number", "L898902C3"),
    field("nationality", "UTOPIAN"),
    field("birth_date", "12 AUG/AOUT 1974"),
    field("expiry_date", "15 APR 2032"),
    field("sex", "F"),
    field("issue_date", "16 APR 2022"),
)


def findings(case: Examined, *checks: str) -> list[Finding]:
    return run_checks(case, [check for check in all_checks() if check.id in checks])


def by_field(case: Examined) -> dict[str, Finding]:
    found = findings(case, "x.viz-mrz", "x.viz-mrz-name")
    compared = [e for e in found if e.reason.code != "viz.not-found"]
    return {str(e.reason.params["field"]): e for e in compared if "field" in e.reason.params}


def with_field(name: str, text: str, confidence: float = 0.99) -> Examined:
    fields = tuple(each for each in GOOD if each.name != name)
    return examined(viz=(*fields, field(name, text, confidence)))


def test_a_page_that_says_the_same_twice_passes_in_every_field() -> None:
    outcomes = {name: each.outcome for name, each in by_field(examined(viz=GOOD)).items()}
    assert outcomes == dict.fromkeys(
        (each.name for each in GOOD if each.name != "issue_date"), "passed"
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("surname", "Erikson"),
        ("surname", "Lindqvist"),
        ("given_names", "Anna Marta"),
        ("document_number", "L898902C8"),
        ("birth_date", "12 AUG 1979"),
        ("expiry_date", "15 APR 2037"),
        ("sex", "M"),
        ("nationality", "QMA"),
    ],
)
def test_a_surely_read_difference_fails(name: str, text: str) -> None:
    finding = by_field(with_field(name, text))[name]
    assert finding.outcome == "failed"
    assert finding.severity == ("suspicious" if name == "nationality" else "strong")
    assert finding.measured is not None
    assert finding.measured.value >= 1
    assert finding.limit is not None


@pytest.mark.parametrize(("confidence", "outcome"), [(0.9, "inconclusive"), (0.97, "failed")])
def test_a_slip_of_the_reader_is_not_held_against_the_document(
    confidence: float, outcome: str
) -> None:
    assert by_field(with_field("surname", "Erikssom", confidence))["surname"].outcome == outcome


def test_a_date_that_another_line_says_as_the_zone_does_is_a_misunderstood_caption() -> None:
    both = (*GOOD, field("birth_date", "19 DEC 2024"))
    assert by_field(examined(viz=both))["birth_date"].reason.code == "viz.misplaced"
    assert by_field(with_field("birth_date", "19 DEC 2024"))["birth_date"].outcome == "failed"


def test_another_part_of_the_name_is_a_misunderstood_caption() -> None:
    assert by_field(with_field("given_names", "Eriksson"))["given_names"].reason.code == (
        "viz.misplaced"
    )
    assert by_field(with_field("surname", "Anna Maria Eriksson"))["surname"].outcome == (
        "inconclusive"
    )


@pytest.mark.parametrize(("ppi", "outcome"), [(186.0, "inconclusive"), (300.0, "failed")])
def test_a_coarse_picture_holds_nothing_against_the_print(ppi: float, outcome: str) -> None:
    case = with_field("surname", "Lindqvist")
    page = replace(case.pages["data"], quality={"white": {"native_ppi": ppi}})
    assert by_field(replace(case, pages={"data": page}))["surname"].outcome == outcome


def test_a_figure_is_no_slip() -> None:
    changed_figure = with_field("document_number", "L898902C8", 0.85)
    assert by_field(changed_figure)["document_number"].outcome == "failed"
    unsure = with_field("document_number", "L898902C8", 0.7)
    assert by_field(unsure)["document_number"].outcome == "inconclusive"


@pytest.mark.parametrize("part", ["8902C3", "L89890", "XFL898902C3"])
def test_a_number_whose_end_was_not_read_is_not_another_number(part: str) -> None:
    """The zone has L898902C3; forgers keep a number's length."""
    assert by_field(with_field("document_number", part))["document_number"].outcome == (
        "inconclusive"
    )


@pytest.mark.parametrize("other", ["8902C4", "02C", "L89890XY2"])
def test_what_is_no_part_of_the_number_differs(other: str) -> None:
    assert by_field(with_field("document_number", other))["document_number"].outcome == "failed"


@pytest.mark.parametrize(
    ("apart", "outcome", "code"),
    [
        (LightsDiffer(0.99, "12 AUG 1974", 0.9, 1.1), "failed", "viz.ink-added"),
        (LightsDiffer(0.90, "12 AUG 1974", 0.9, 1.1), "inconclusive", "viz.unsure"),
        (LightsDiffer(0.99, "12 AUG 1974", 0.7, 1.1), "inconclusive", "viz.unsure"),
        (LightsDiffer(0.99, "12 AUG 1976", 0.9, 1.1), "inconclusive", "viz.unsure"),
        # a stamp, or nothing that would explain it
        (LightsDiffer(0.99, "12 AUG 1974", 0.9, 2.2), "inconclusive", "viz.unsure"),
        (LightsDiffer(0.99, "12 AUG 1974", 0.9, 0.0), "inconclusive", "viz.unsure"),
    ],
)
def test_ink_that_infrared_does_not_see_made_a_figure_another(
    apart: LightsDiffer, outcome: str, code: str
) -> None:
    fields = tuple(each for each in GOOD if each.name != "birth_date")
    drawn_over = replace(field("birth_date", "12 AUG 1971", 0.495), apart=apart)
    found = by_field(examined(viz=(*fields, drawn_over)))["birth_date"]
    assert (found.outcome, found.reason.code) == (outcome, code)


def test_what_was_badly_read_is_inconclusive_but_what_agrees_passes() -> None:
    assert by_field(with_field("surname", "Lind", 0.4))["surname"].outcome == "inconclusive"
    assert by_field(with_field("surname", "ERIKSSON", 0.4))["surname"].outcome == "passed"
    assert by_field(with_field("birth_date", "??"))["birth_date"].outcome == "inconclusive"


def test_one_shape_is_one_letter_in_a_number() -> None:
    found = by_field(with_field("document_number", "L8989O2C3"))
    assert found["document_number"].outcome == "passed"


def test_names_follow_the_tables_and_truncation() -> None:
    lines = (
        "P<UTOAAGERHOLM<<OEZLEM<BJOERN<<<<<<<<<<<<<<<",
        TD3[1],
    )
    viz = (field("surname", "Ågerholm"), field("given_names", "Özlem Björn"))
    assert {e.outcome for e in by_field(examined(lines, viz=viz)).values()} == {"passed"}
    cut = ("P<UTONILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K", TD3[1])
    viz = (field("given_names", "Chayapa Dejthamrong Krasuang"),)
    assert by_field(examined(cut, viz=viz))["given_names"].outcome == "passed"
    viz = (field("given_names", "Chayapa Dejthamrong Mali"),)
    assert by_field(examined(cut, viz=viz))["given_names"].outcome == "failed"


def test_a_field_that_was_not_found_did_not_pass() -> None:
    without = tuple(each for each in GOOD if each.name != "document_number")
    found = findings(examined(viz=without), "x.viz-mrz")
    missed = [e for e in found if e.reason.code == "viz.not-found"]
    assert [(e.outcome, e.reason.params["field"]) for e in missed] == [
        ("not_performed", "document_number")
    ]
    assert not any(
        e.reason.code == "viz.not-found" for e in findings(examined(viz=GOOD), "x.viz-mrz")
    )


def test_script_without_a_table_is_inconclusive() -> None:
    assert by_field(with_field("surname", "Ερικσον"))["surname"].reason.code == "viz.no-table"


@pytest.mark.parametrize(
    ("printed", "zone_name"), [("PABNHNHA", "RIABININA"), ("TONONEBA", "TOPOLEVA")]
)
def test_cyrillic_taken_for_latin_is_no_difference(printed: str, zone_name: str) -> None:
    lines = (f"P<UTO{zone_name}<<ANNA".ljust(44, "<"), TD3[1])
    found = by_field(examined(lines, viz=(field("surname", printed),)))
    assert found["surname"].reason.code == "viz.no-table"
    other = by_field(examined(lines, viz=(field("surname", "LINDQVIST"),)))
    assert other["surname"].outcome == "failed"


def test_a_visa_by_itself_is_compared_with_its_own_print() -> None:
    seen = zone("visa", ir=reading(MRV_A))
    viz = {"visa": (field("surname", "ERIKSSON"), field("passport_number", "L8988901C"))}
    case = replace(examined(zones={"visa": seen}), viz=viz)
    case = replace(case, pages={"visa": replace(case.pages["data"], page="visa")})
    assert {name: e.outcome for name, e in by_field(case).items()} == {
        "surname": "passed",
        "passport_number": "passed",
    }
    viz = {"visa": (field("surname", "LINDQVIST"), field("passport_number", "X1111111"))}
    outcomes = {name: e.outcome for name, e in by_field(replace(case, viz=viz)).items()}
    assert outcomes == {"surname": "failed", "passport_number": "not_applicable"}


def test_an_open_character_of_the_zone_is_not_a_difference() -> None:
    case = examined(viz=(field("document_number", "L898902C8"),), open_at=[(2, 9)])
    assert by_field(case)["document_number"].reason.code == "viz.zone-open"


def test_without_fields_the_reason_is_told() -> None:
    found = findings(examined(viz_absent={"data": "no-reader"}), "x.viz-mrz", "x.viz-mrz-name")
    assert [(e.outcome, e.reason.code) for e in found] == [("not_performed", "viz.no-reader")] * 2


@pytest.mark.parametrize(
    ("changes", "code", "outcome"),
    [
        ({}, "date.order", "passed"),
        ({"birth_date": "12 AUG 1874"}, "date.order.too-old", "failed"),
        ({"birth_date": "12 AUG 2027"}, "date.order.birth-to-come", "failed"),
        ({"issue_date": "16 APR 2027"}, "date.order.issue-to-come", "failed"),
        ({"issue_date": "16 APR 1970"}, "date.order.issued-before-birth", "failed"),
        (
            {"issue_date": "16 APR 2022", "expiry_date": "16 APR 2022"},
            "date.order.expired-before-issue",
            "failed",
        ),
    ],
)
def test_printed_years_of_four_digits_prove_the_order(
    changes: dict[str, str], code: str, outcome: str
) -> None:
    fields = tuple(replace(e, text=changes.get(e.name, e.text)) for e in GOOD)
    finding = one(findings(examined(viz=fields), "date.order"), "date.order")
    assert (finding.outcome, finding.reason.code) == (outcome, code)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 AUG 1974", "1974-08-12"),
        ("12 AOUT/AUG 1974", "1974-08-12"),
        ("12 août 1974", "1974-08-12"),
        ("12 08 1974", "1974-08-12"),
        ("12.08.1974", "1974-08-12"),
        ("1974-08-12", "1974-08-12"),
        ("3 ENE 2001", "2001-01-03"),
        ("31 FEB 2001", None),
        ("AUG", None),
        ("12 08 74", None),
        ("", None),
    ],
)
def test_dates_as_documents_print_them(text: str, expected: str | None) -> None:
    found = read_date(text)
    assert (found.isoformat() if found else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("F", "F"),
        ("M/M", "M"),
        ("X", "<"),
        ("female", "F"),
        ("FM", None),
        ("F M", None),
        ("", None),
    ],
)
def test_sex_as_documents_print_it(text: str, expected: str | None) -> None:
    assert sex_key(text) == expected


def two_pages(front: tuple[Any, ...]) -> Examined:
    back = zone("back", ir=reading(TD1), white=reading(TD1))
    case = examined(TD1, page="back", zones={"back": back})
    pages = {**case.pages, "data": replace(case.pages["back"], page="data")}
    return replace(case, pages=pages, viz={"data": front})


def test_both_sides_of_a_card_carry_one_person_and_number() -> None:
    good = (field("surname", "ERIKSSON"), field("document_number", "D23145890"))
    found = findings(two_pages(good), "x.sides")
    assert {each.outcome for each in found} == {"passed"}
    other = (field("surname", "LINDQVIST"), field("document_number", "D77777777"))
    assert {each.outcome for each in findings(two_pages(other), "x.sides")} == {"failed"}


def test_the_page_of_another_document_fails() -> None:
    other = changed(TD3, 2, 1, "M")
    base = examined()
    zones = {**base.zones, "2": zone("2", ir=reading(other))}
    pages = {**base.pages, "2": replace(base.pages["data"], page="2")}
    found = findings(replace(base, zones=zones, pages=pages), "x.sides")
    assert [(e.outcome, e.reason.params["fields"]) for e in found] == [
        ("failed", "document_number")
    ]


def test_one_page_has_no_other_side() -> None:
    assert findings(examined(), "x.sides")[0].outcome == "not_applicable"


@pytest.mark.parametrize(
    ("place", "character", "outcome"),
    [
        (None, "", "passed"),
        ((1, 6), "B", "failed"),
        ((2, 14), "8", "failed"),
        ((2, 21), "M", "failed"),
    ],
)
def test_a_visa_belongs_to_the_passport(
    place: tuple[int, int] | None, character: str, outcome: str
) -> None:
    lines = MRV_A if place is None else changed(MRV_A, *place, character)
    base = examined()
    case = replace(base, zones={**base.zones, "visa": zone("visa", ir=reading(lines))})
    assert findings(case, "x.visa-passport")[0].outcome == outcome


def test_names_may_be_cut_in_a_visa() -> None:
    cut = ("V<UTOERIKSSON<<ANNA<M<<<<<<<<<<<<<<<<<<<<<<<", MRV_A[1])
    base = examined()
    case = replace(base, zones={**base.zones, "visa": zone("visa", ir=reading(cut))})
    assert findings(case, "x.visa-passport")[0].outcome == "passed"


def test_without_a_visa_there_is_nothing_to_compare() -> None:
    assert findings(examined(), "x.visa-passport")[0].outcome == "not_applicable"
    base = examined()
    unread = replace(base, pages={**base.pages, "visa": replace(base.pages["data"], page="visa")})
    assert findings(unread, "x.visa-passport")[0].reason.code == "visa.unread"


@pytest.mark.parametrize(
    ("payload", "code", "outcome"),
    [
        ("\n".join(TD3), "barcode.equal", "passed"),
        ("\n".join(changed(TD3, 2, 1, "M")), "barcode.differs", "failed"),
        ("DOC:L898902C3;X", "barcode.number", "passed"),
        ("SOMETHING ELSE", "barcode.unknown-payload", "inconclusive"),
    ],
)
def test_a_bar_code_says_what_the_zone_says(payload: str, code: str, outcome: str) -> None:
    barcode = Barcode("PDF417", payload, "data", (1.0, 1.0, 20.0, 5.0))
    finding = findings(examined(barcodes=(barcode,)), "x.barcode")[0]
    assert (finding.reason.code, finding.outcome) == (code, outcome)


@pytest.fixture
def lists(tmp_path: Path) -> Lists:
    (tmp_path / "documents.csv").write_text(
        "issuing_state,document_number,status\nUTO,l898902 c3,stolen\nUTO,L898902C3,revoked\n"
    )
    (tmp_path / "issuers.csv").write_text("code,kind,name\nQMX,fantasy,Kingdom of Nowhere\n")
    return load_lists(tmp_path)


def test_a_listed_document_is_a_status_and_no_refusal(lists: Lists) -> None:
    finding = findings(examined(lists=lists), "list.sltd")[0]
    assert (finding.outcome, finding.severity) == ("failed", "notice")
    assert finding.reason.params["status"] == "stolen, revoked"
    other = examined(changed(TD3, 2, 1, "M"), lists=lists)
    assert findings(other, "list.sltd")[0].outcome == "passed"


def test_an_open_number_is_not_cleared_by_a_list(lists: Lists) -> None:
    case = examined(changed(TD3, 2, 1, "M"), open_at=[(2, 1)], lists=lists)
    assert findings(case, "list.sltd")[0].outcome == "inconclusive"


def test_a_fantasy_issuer_fails(lists: Lists) -> None:
    lines = ("P<QMXERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", TD3[1])
    finding = findings(examined(lines, lists=lists), "list.issuer")[0]
    assert (finding.outcome, finding.severity) == ("failed", "strong")
    assert findings(examined(lists=lists), "list.issuer")[0].outcome == "passed"


def test_no_list_is_not_an_empty_list() -> None:
    found = findings(examined(), "list.sltd", "list.issuer")
    assert {each.outcome for each in found} == {"not_performed"}
    empty = examined(lists=Lists(documents={}, issuers={}))
    assert {each.outcome for each in findings(empty, "list.sltd", "list.issuer")} == {"passed"}


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"number\n1\n", "has no column 'issuing_state'"), (b"\xff\xfe\x00", "is not UTF-8")],
)
def test_a_list_of_another_shape_costs_a_sentence(
    tmp_path: Path, content: bytes, told: str
) -> None:
    (tmp_path / "documents.csv").write_bytes(content)
    with pytest.raises(SettingsError, match=told):
        load_lists(tmp_path)
    with pytest.raises(SettingsError, match="neither"):
        load_lists(tmp_path / "nowhere")


def test_the_code_of_the_state_is_no_name() -> None:
    assert by_field(with_field("given_names", "UTO"))["given_names"].reason.code == "viz.misplaced"
