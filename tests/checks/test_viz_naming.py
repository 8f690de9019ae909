"""Lines without a readable caption, named by the zone; and what no reading may decide."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from docexam.checks.cross_viz import SURE
from docexam.checks.registry import all_checks
from docexam.checks.running import run_checks
from docexam.checks.viz_likeness import is_last_day, is_near_number
from docexam.checks.viz_marks import may_have_lost_marks
from docexam.checks.viz_naming import EVEN_CHANCE, equal_to_zone, named_by_zone
from docexam.checks.viz_naming_lines import GUESS
from docexam.checks.viz_text import chance_alike, look_alike, misread_letters, read_date
from docexam.checks.zone_choice import main_zone
from docexam.nouns.report import VizField
from tests.checks.documents import MRV_A, TD1, TD3, TODAY, examined, field
from tests.checks.measured import judged, lost, value


def _line(text: str, y: float = 40.0, x: float = 40.0) -> VizField:
    return VizField("", text, 0.99, (x, y, 20.0, 2.0))


def _named(*lines: VizField, fields: tuple[VizField, ...] = ()) -> dict[str, str]:
    found = named_by_zone(fields, lines, main_zone(examined(TD3)))
    return {each.name: each.text for each in found}


def test_lines_that_say_what_the_zone_says_are_its_fields() -> None:
    lines = (_line("L898902C3"), _line("12 AUG 1974"), _line("15 APR 2032"), _line("PASSPORT"))
    assert _named(*lines) == {
        "document_number": "L898902C3",
        "birth_date": "12 AUG 1974",
        "expiry_date": "15 APR 2032",
    }


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("12 AUG 1979", "birth_date"),
        ("12 AUG 1974", "birth_date"),
        ("12 AUG 2024", None),  # may be the date of issue
        ("03 MAR 1988", "birth_date"),  # a guess, see below
        ("L898902C8", "document_number"),
        ("L898914C8", "document_number"),
        ("L123456C8", None),
        ("184226", None),
    ],
)
def test_a_line_near_what_the_zone_says_is_named_where_nothing_else_can_be_meant(
    text: str, name: str | None
) -> None:
    assert _named(_line(text)) == ({} if name is None else {name: text})


def test_an_expiry_is_named_only_after_a_date_of_issue() -> None:
    later = _line("15 APR 2030")  # the zone says 2032: this may be the issue
    assert _named(later) == {}
    issue = field("issue_date", "16 APR 2022")
    assert _named(later, fields=(issue,))["expiry_date"] == "15 APR 2030"
    assert "expiry_date" not in _named(later, _line("15 APR 2035"), fields=(issue,))


@pytest.mark.parametrize(
    ("text", "zone", "name", "sure"),
    [
        ("12 AUG 1979", TD3, "birth_date", True),
        ("12 AUG 1974", TD3, "birth_date", True),
        ("12 AUG 1992", TD3, "birth_date", False),  # an eighteenth birthday
        ("21 AUG 1974", TD3, "birth_date", False),
        ("15 APR 2033", TD3, "expiry_date", True),
        ("15 APR 2042", TD3, "expiry_date", True),
        ("18 APR 2032", TD3, "expiry_date", True),
        ("26 APR 2032", TD3, "expiry_date", False),
        ("18 APR 2032", TD1, "expiry_date", True),
        ("15 APR 2042", TD1, "expiry_date", False),  # a permit may outlast its card
        ("18 APR 2032", MRV_A, "expiry_date", False),
        ("L898902C8", TD3, "document_number", True),
        ("L898914C3", TD3, "document_number", True),
        ("L898914C8", TD3, "document_number", True),  # its page must bear one, and has no other
        ("D23146789", TD1, "document_number", True),
    ],
)
def test_only_a_line_that_can_be_nothing_else_is_held_against_a_document(
    text: str, zone: tuple[str, ...], name: str, sure: bool
) -> None:
    (found,) = named_by_zone((), (_line(text),), main_zone(examined(zone)))
    assert (found.name, found.text) == (name, text)
    assert found.confidence == (0.99 if sure else GUESS)


def test_a_date_before_the_expiry_may_be_the_day_from_which_a_document_is_valid() -> None:
    issue = field("issue_date", "12 APR 2022")
    begin = named_by_zone((issue,), (_line("15 APR 2022"),), main_zone(examined(TD3)))
    assert [(each.name, each.confidence) for each in begin] == [
        ("issue_date", 0.99),
        ("expiry_date", GUESS),
    ]


def test_with_another_date_that_it_might_be_a_near_date_is_a_guess() -> None:
    for near, other, name in (
        ("12 AUG 1979", "30 MAR 1951", "birth_date"),
        ("15 APR 2042", "02 JUN 2037", "expiry_date"),
    ):
        found = named_by_zone((), (_line(near), _line(other)), main_zone(examined(TD3)))
        assert all(each.confidence <= GUESS for each in found if each.name == name)


def test_what_another_page_says_as_the_zone_does_is_named_on_no_page_by_likeness() -> None:
    chosen = main_zone(examined(TD3))
    there = (_line("L898902C3"), _line("12 AUG 1974"), _line("15 APR 2032"))
    told = (*equal_to_zone((), there, chosen), field("sex", "F"), field("surname", "ERIKSSON"))
    lines = tuple(
        map(
            _line,
            ("L898907C3", "12 AUG 1979", "15 APR 2033", "M", "ERIKSSEN"),
        )
    )
    assert {each.name for each in told} == {
        "document_number",
        "birth_date",
        "expiry_date",
        "sex",
        "surname",
    }
    assert {each.name for each in named_by_zone((), lines, chosen)} >= {each.name for each in told}
    assert named_by_zone((), lines, chosen, told) == ()
    assert named_by_zone((), lines, chosen, by_likeness=False) == ()
    captioned = field("document_number", "L898907C3")
    assert named_by_zone((captioned,), lines, chosen, told) == (captioned,)
    again = named_by_zone((), (_line("L898902C3"),), chosen, told)
    assert [each.name for each in again] == ["document_number"]


def test_another_pages_number_that_is_not_the_zones_leaves_the_name_free() -> None:
    told = (field("document_number", "X1234567"),)
    found = named_by_zone((), (_line("L898907C3"),), main_zone(examined(TD3)), told)
    assert [each.name for each in found] == ["document_number"]


def test_beside_a_print_of_the_zones_number_a_differing_one_is_suspicious_at_most() -> None:
    chosen = main_zone(examined(TD3))
    for text, most in (("L898947C3", 0.99), ("L898947C8", GUESS)):
        for printed in ((field("document_number", "L898902C3"),), ()):
            lines = (_line(text), *(() if printed else (_line("L898902C3"),)))
            found = {each.name: each for each in named_by_zone(printed, lines, chosen)}
            assert found["document_number"].text == "L898902C3"
            assert (found["numbering"].text, found["numbering"].confidence) == (text, most)
    lines = (_line("L898902C3"), _line("L898902C3"), _line("L898947C8"))
    assert {each.text for each in named_by_zone((), lines, chosen)} == {"L898902C3"}
    wanted = [each for each in all_checks() if each.id == "x.viz-mrz"]
    number, second = field("document_number", "L898902C3"), field("numbering", "L898947C3")
    finding = run_checks(examined(TD3, viz=(number, second)), wanted)[1]
    assert (finding.outcome, finding.severity) == ("failed", "suspicious")


def test_a_captioned_number_that_was_altered_stays_the_number_beside_a_true_one() -> None:
    altered = field("document_number", "L898907C3")
    found = named_by_zone((altered,), (_line("L898902C3"),), main_zone(examined(TD3)))
    assert {each.name: each.text for each in found} == {
        "document_number": "L898907C3",
        "numbering": "L898902C3",
    }
    assert altered in found


def test_a_lone_letter_is_never_surely_the_sex_and_settles_nothing() -> None:
    (found,) = named_by_zone((), (_line("F"),), main_zone(examined(TD3)))
    assert (found.name, found.confidence) == ("sex", EVEN_CHANCE)
    assert _outcome(found) == ("not_performed", "viz.ambiguous")
    assert _outcome(field("sex", "F")) == ("passed", "viz.equal")


def test_a_date_is_not_cut_to_what_is_like_the_number() -> None:
    lines = (_line("AUG 12 1974"), _line("APR 15 32"))
    assert _named(*lines)["birth_date"] == "AUG 12 1974"
    assert _named(*lines)["expiry_date"] == "APR 15 32"


def test_a_second_print_of_the_number_is_numbering_and_a_slightly_different_one_counts() -> None:
    printed = field("document_number", "L898902C3")
    assert _named(_line("L898902C3"), fields=(printed,))["numbering"] == "L898902C3"
    assert _named(_line("L898947C3"), fields=(printed,))["numbering"] == "L898947C3"
    assert "numbering" not in _named(_line("L115977C3"), fields=(printed,))
    assert "numbering" not in _named(_line("ZE184226B"), fields=(printed,))  # the personal number


def test_a_number_whose_caption_was_taken_for_the_personal_numbers() -> None:
    wrong = field("personal_number", "L898902C3")
    assert _named(fields=(wrong,)) == {"document_number": "L898902C3"}
    right = field("personal_number", "ZE184226B")
    assert _named(fields=(right,)) == {"personal_number": "ZE184226B"}


def test_the_zones_expiry_whose_caption_was_taken_for_the_issues() -> None:
    printed = field("issue_date", "15 APR 2032")
    (found,) = named_by_zone((printed,), (), main_zone(examined(TD3)))
    assert (found.name, found.text) == ("expiry_date", "15 APR 2032")
    other = field("issue_date", "16 APR 2022")
    assert named_by_zone((other,), (), main_zone(examined(TD3))) == (other,)
    both = (field("expiry_date", "15 APR 2042"), printed)
    assert {each.name for each in named_by_zone(both, (), main_zone(examined(TD3)))} == {
        "expiry_date",
        "issue_date",
    }


def test_a_caption_read_with_its_number_is_left_out() -> None:
    assert _named(_line("No. L898902C3")) == {"document_number": "L898902C3"}


def test_a_name_by_elimination_is_never_sure() -> None:
    lines = (_line("03 MAR 1988"), _line("M"))
    found = named_by_zone((), lines, main_zone(examined(TD3)))
    assert {each.name: each.text for each in found} == {"birth_date": "03 MAR 1988", "sex": "M"}
    assert all(each.confidence <= GUESS < SURE for each in found)


def test_a_date_after_the_zones_expiry_can_only_be_the_expiry() -> None:
    assert _named(_line("15 APR 2037")) == {"expiry_date": "15 APR 2037"}


def test_an_issue_on_another_page_leaves_one_date_for_the_expiry() -> None:
    later = _line("15 APR 2030")
    issue = field("issue_date", "16 APR 2022")
    found = named_by_zone((), (later,), main_zone(examined(TD3)), (issue,))
    assert [each.name for each in found] == ["expiry_date"]


def test_a_misread_caption_gives_its_name_to_the_line_that_is_meant() -> None:
    wrong = field("expiry_date", "16 APR 2022")
    assert _named(_line("15 APR 2032"), fields=(wrong,)) == {"expiry_date": "15 APR 2032"}


def test_of_two_scripts_the_line_that_the_zone_transcribes_is_the_name() -> None:
    native = replace(field("surname", "NONbIHHNKOB"), box_mm=(40.0, 20.0, 20.0, 2.0))
    latin = _line("ERIKSSON", y=23.2)
    assert _named(latin, fields=(native,)) == {"surname": "ERIKSSON"}
    # a slip in it is to be compared: nothing else is so near what the zone says
    assert _named(_line("ERIKSSAN", y=23.2), fields=(native,)) == {"surname": "ERIKSSAN"}
    assert _named(_line("LINDQVIST", y=23.2), fields=(native,)) == {"surname": "NONbIHHNKOB"}
    for aside in (_line("ERIKSSAN", y=23.2, x=52.0), _line("ERIKSSAN", y=33.0)):
        assert _named(aside, fields=(native,)) == {"surname": "NONbIHHNKOB"}


def test_a_title_taken_for_a_name_gives_way_to_the_line_that_says_the_zones() -> None:
    title = replace(field("surname", "KARTU IDENTITAS"), box_mm=(26.0, 7.0, 17.0, 1.5))
    assert _named(_line("ERIKSSON", y=33.0), fields=(title,)) == {"surname": "ERIKSSON"}
    changed = replace(field("surname", "ERIKSSAN"), box_mm=(40.0, 20.0, 20.0, 2.0))
    assert _named(_line("ERIKSSON", y=33.0), fields=(changed,)) == {"surname": "ERIKSSAN"}


def test_a_name_without_a_caption_is_named_where_it_is_the_zones() -> None:
    assert _named(_line("ANNA MARIA"), _line("ERICKSEN")) == {"given_names": "ANNA MARIA"}


def test_a_name_without_a_caption_may_be_a_slip_apart_from_the_zones() -> None:
    assert _named(_line("ERIKSSEN"))["surname"] == "ERIKSSEN"
    assert _named(_line("ERIKSSEN"), _line("ERIKSSUN")) == {}


def test_without_a_zone_nothing_is_named() -> None:
    assert named_by_zone((), (_line("12 AUG 1974"),), None) == ()


def _outcome(case_field: VizField, check: str = "x.viz-mrz") -> tuple[str, str]:
    wanted = [each for each in all_checks() if each.id == check]
    found, *others = run_checks(examined(TD3, viz=(case_field,)), wanted)
    assert {each.reason.code for each in others} <= {"viz.not-found"}
    return found.outcome, found.reason.code


def test_a_letter_for_its_figure_is_a_readers_slip_and_a_figure_for_a_figure_is_not() -> None:
    assert look_alike("35S613853", "355613853")
    assert not look_alike("358613853", "355613853")
    assert not look_alike("35S613853", "35S61385")
    assert _outcome(field("document_number", "L89B902C3")) == ("inconclusive", "viz.unsure")
    assert _outcome(field("document_number", "L893902C3")) == ("failed", "viz.differs")


def test_a_name_of_capitals_and_small_letters_is_of_another_script() -> None:
    mixed = field("surname", "NONbIHHNKOB")
    assert _outcome(mixed, "x.viz-mrz-name") == ("not_performed", "viz.no-table")


def test_a_visa_whose_numbers_are_both_others_than_the_zones_fails() -> None:
    def outcomes(*numbers: VizField) -> list[str]:
        wanted = [each for each in all_checks() if each.id == "x.viz-mrz"]
        found = run_checks(examined(MRV_A, viz=numbers), wanted)
        return [each.outcome for each in found if each.reason.code != "viz.not-found"]

    passport = field("passport_number", "P41469692")
    assert (
        outcomes(field("document_number", "L8988901C"), passport)
        == [
            "not_applicable",
            "passed",
        ]
        or outcomes(field("document_number", "L8988901C"), passport)[0] == "passed"
    )
    assert "failed" in outcomes(field("document_number", "L8988907C"), passport)
    # alone it must be so near that chance makes no passport number as like the visa's
    assert outcomes(field("document_number", "L8988907C")) == ["failed"]
    assert outcomes(field("document_number", "L8914507C")) == ["failed"]
    assert outcomes(field("document_number", "P8918547C")) == ["not_applicable"]
    assert "failed" not in outcomes(field("document_number", "Q1234567X"), passport)


def test_chance_makes_numbers_alike_the_less_the_more_they_have_in_common() -> None:
    assert chance_alike("QPV224460", "QPV224501") < 1e-5
    assert chance_alike("123456789", "987654321") == pytest.approx(1 - 0.9**9)
    assert chance_alike("A23456789", "987654321") == 1.0
    assert chance_alike("QPV22446", "QPV224501") == 1.0
    assert chance_alike("KD0689801", "KDO189861") < 1e-4  # O and 0 are of one shape
    assert chance_alike("000056789", "000012345") == 1.0  # zeros in front tell nothing
    # O read for 0 where the zone has 4: a figure for a figure
    assert chance_alike("YO9LB0488", "Y49LB0626") == chance_alike("Y09LB0488", "Y49LB0626") < 1e-4
    assert is_near_number("YO9LB0488", "Y49LB0626")


def test_a_number_stands_alone_where_all_figures_were_surely_read() -> None:
    def sure(*lines: VizField, zone_lines: tuple[str, str] = MRV_A) -> float:
        found = named_by_zone((), lines, main_zone(examined(zone_lines)))
        return next(each for each in found if each.name == "document_number").confidence

    altered = _line("L8914507C")
    assert sure(altered) == altered.confidence
    assert sure(altered, _line("P41469692", y=50.0)) == altered.confidence
    assert sure(altered, replace(_line("P414692", y=50.0), confidence=0.5)) == GUESS
    assert sure(replace(altered, confidence=0.79)) == GUESS
    passport = _line("L898914C8")
    assert sure(passport, zone_lines=TD3) == passport.confidence
    unsure = replace(_line("L8?89020", y=50.0), confidence=0.5)
    assert sure(passport, unsure, zone_lines=TD3) == GUESS


def test_the_later_of_two_days_of_a_visa_is_its_last_one() -> None:
    expiry = dt.date(2027, 2, 23)
    assert is_last_day([dt.date(2026, 2, 24), dt.date(2037, 2, 23)], expiry)
    assert not is_last_day([dt.date(2037, 2, 23)], expiry)
    assert not is_last_day([dt.date(2028, 2, 23), dt.date(2037, 2, 23)], expiry)
    assert not is_last_day([dt.date(2026, 2, 24), dt.date(2037, 2, 24)], expiry)
    assert not is_last_day([dt.date(2025, 2, 24), dt.date(2026, 2, 23)], expiry)


def test_a_visa_may_begin_later_and_a_passport_may_not() -> None:
    to_come = field("issue_date", (TODAY + dt.timedelta(days=30)).strftime("%d %b %Y").upper())
    wanted = [each for each in all_checks() if each.id == "date.order"]
    (passport,) = run_checks(examined(TD3, viz=(to_come,)), wanted)
    assert (passport.outcome, passport.reason.code) == ("failed", "date.order.issue-to-come")
    (visa,) = run_checks(examined(MRV_A, viz=(to_come,)), wanted)
    assert visa.outcome == "passed"


@pytest.mark.parametrize(
    ("area", "outcome"), [(0.005, "passed"), (0.045, "inconclusive"), (0.10, "failed")]
)
def test_ink_within_a_field_that_one_light_shows(area: float, outcome: str) -> None:
    (found,) = judged("ir.personalisation-ink", value("viz.ink-spot", area, 0.006))
    assert (found.outcome, found.severity) == (outcome, "suspicious")


@pytest.mark.parametrize(
    ("area", "outcome"), [(0.005, "passed"), (0.045, "inconclusive"), (0.10, "failed")]
)
def test_a_stroke_within_one_character_is_strong(area: float, outcome: str) -> None:
    spot = value("viz.ink-spot", area, 0.006)
    found = judged("ir.personalisation-ink", value("viz.ink-stroke", area, 0.006), spot)
    assert (found[0].outcome, found[0].severity) == (outcome, "strong")
    # the same ink is not told twice
    assert [each.reason.code for each in found if each.outcome == "failed"] in (
        [],
        ["ink-stroke.above"],
    )


def test_a_page_that_was_written_on_is_suspicious_at_most() -> None:
    marked = lost("viz.ink-stroke", "viz.ink-marked", inconclusive=True)
    (open_,) = judged("ir.personalisation-ink", marked)
    assert (open_.outcome, open_.reason.code) == ("inconclusive", "viz.ink-marked")
    (found,) = judged("ir.personalisation-ink", marked, value("viz.ink-spot", 0.3, 0.006))
    assert (found.outcome, found.severity) == ("failed", "suspicious")


@pytest.mark.parametrize(
    ("name", "severity"),
    [("birth_date", "strong"), ("authority", "suspicious"), ("document_number", "notice")],
)
def test_only_data_of_the_holder_weigh_strongly(name: str, severity: str) -> None:
    there = VizField(name, "LINDQVIST", 0.9, (7.0, 69.0, 100.0, 9.0))
    odd = value("viz.ink-apart.read", 0.6, 0.02, field=name)
    (found,) = judged("ir.personalisation-ink", odd, viz=(there,))
    assert (found.outcome, found.severity) == ("failed", severity)


@pytest.mark.parametrize(
    ("printed", "zone", "alike"),
    [
        ("NØRRESUND, JURGEN", "NOERRESUND JUERGEN", True),
        ("MÄRTEN", "MAARTEN", True),
        ("MUNOZ", "MUNXXOZ", True),
        ("ODEGARD", "OEDEGAERD", True),
        ("JURGIN", "JUERGEN", False),
        ("ANNA", "HANNA", False),
        ("MARTEN", "MARTIN", False),
    ],
)
def test_marks_that_a_reader_lost_make_no_difference(printed: str, zone: str, alike: bool) -> None:
    assert may_have_lost_marks(printed, zone) == alike
    assert may_have_lost_marks(printed + "A", zone, truncated=True) == alike
    assert not may_have_lost_marks(printed + "A", zone)


@pytest.mark.parametrize(
    ("read", "number"),
    [("06526367", "OG526367"), ("sa561061", "SQ561061"), ("X8765432I", "K87654321")],
)
def test_letters_that_a_reader_took_for_other_shapes_are_left_open(read: str, number: str) -> None:
    assert misread_letters(read, number)


@pytest.mark.parametrize(
    ("read", "number"),
    [
        ("X8765432", "X8765437"),
        ("X876543", "X8765432"),
        ("K8765437", "X8765432"),
        ("AB123", "CD123"),
    ],
)
def test_a_figure_for_a_figure_is_never_a_slip(read: str, number: str) -> None:
    assert not misread_letters(read, number)


def test_a_month_in_two_languages_whose_stroke_was_lost_is_the_zones_or_the_second() -> None:
    june, may, march = (dt.date(1963, month, 10) for month in (6, 5, 3))
    for text in ("10 MEIJUN 1963", "10 MEI/JUN 1963"):
        assert read_date(text) is None
        assert read_date(text, near=june) == june
        assert read_date(text, near=march) == june
    assert read_date("10 MEI/MAY 1963") == may
    assert read_date("10 DECDEC 1963") == dt.date(1963, 12, 10)
    assert read_date("10 SEPTEMBER 1963") == dt.date(1963, 9, 10)
