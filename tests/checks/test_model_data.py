"""Numbers and dates against what genuine documents of the kind taught."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from docexam.checks.model_dates import CHECKS as DATES
from docexam.checks.model_number import CHECKS as NUMBER
from docexam.checks.running import run_checks
from docexam.nouns.document_model import KnownModel, ModelKey

from .documents import examined, field, one
from .known_model import known_model

if TYPE_CHECKING:
    from docexam.nouns.finding import Finding

TERMS = {"terms": [{"months": 120, "documents": 5}], "documents": 5, "issued": [2021, 2024]}


def model(patterns: list[str], numbers: int = 5, **terms: Any) -> KnownModel:
    pattern = {"patterns": patterns, "numbers": numbers, "doubt": 0.45}
    facts = {
        ("data", "number-pattern"): {"document_number": pattern},
        ("data", "terms"): {**TERMS, **terms},
    }
    return known_model(facts=facts)


def judged(checks: Any, id_: str, **more: Any) -> Finding:
    return one(run_checks(examined(**more), checks), id_)


@pytest.mark.parametrize(
    ("patterns", "numbers", "outcome", "severity"),
    [
        (["@######@#"], 5, "passed", "suspicious"),
        (["@########"], 5, "failed", "suspicious"),
        (["@########"], 80, "failed", "strong"),
        (["@######"], 5, "failed", "suspicious"),
    ],
)
def test_the_number_is_built_as_genuine_ones(
    patterns: list[str], numbers: int, outcome: str, severity: str
) -> None:
    # the document's is L898902C3
    found = judged(NUMBER, "mrz.number-pattern", model=model(patterns, numbers))
    assert (found.outcome, found.severity, found.from_model) == (outcome, severity, True)
    assert found.box_mm is not None


def test_an_open_character_of_the_number_leaves_its_pattern_open() -> None:
    found = judged(NUMBER, "mrz.number-pattern", model=model(["@########"]), open_at=[(2, 3)])
    assert found.outcome == "inconclusive"


def test_without_a_model_nothing_is_performed() -> None:
    for checks, id_ in ((NUMBER, "mrz.number-pattern"), (DATES, "date.term")):
        found = judged(checks, id_)
        assert (found.outcome, found.reason.code) == ("not_performed", "no-model")


def test_a_model_without_pattern_or_terms_says_so() -> None:
    assert judged(NUMBER, "mrz.number-pattern", model=known_model()).outcome == "not_applicable"
    assert judged(DATES, "date.term", model=known_model()).outcome == "not_applicable"


@pytest.mark.parametrize(
    ("issued", "surety", "outcome", "severity"),
    [
        # the zone says that it expires on 15 April 2032
        ("15 APR 2022", 0.99, "passed", "suspicious"),
        ("16 APR 2022", 0.99, "passed", "suspicious"),
        ("15 APR 2027", 0.99, "failed", "notice"),
        ("15 APR 2012", 0.99, "failed", "suspicious"),
        ("15 APR 2012", 0.60, "inconclusive", "suspicious"),
        ("02 JUN 2024", 0.99, "failed", "notice"),
    ],
)
def test_the_term_is_one_that_genuine_documents_had(
    issued: str, surety: float, outcome: str, severity: str
) -> None:
    viz = [field("issue_date", issued, surety)]
    found = judged(DATES, "date.term", viz=viz, model=model(["@"]))
    assert (found.outcome, found.severity) == (outcome, severity)


def test_a_shorter_term_weighs_more_where_many_had_none_such() -> None:
    viz = [field("issue_date", "15 APR 2027")]
    found = judged(DATES, "date.term", viz=viz, model=model(["@"], documents=40))
    assert found.severity == "suspicious"


def test_a_longer_visa_is_only_noticed() -> None:
    viz = [field("issue_date", "15 APR 2012")]
    known = known_model(key=ModelKey("UTO", "V", 1, 2021), facts={("data", "terms"): TERMS})
    assert judged(DATES, "date.term", viz=viz, model=known).severity == "notice"


def test_an_unread_date_of_issue_is_no_term() -> None:
    found = judged(DATES, "date.term", model=model(["@"]))
    assert (found.outcome, found.reason.code) == ("not_performed", "term.no-dates")


@pytest.mark.parametrize(
    ("issued", "first_year_given", "outcome", "severity"),
    [
        ("15 APR 2022", True, "passed", "suspicious"),
        ("15 APR 2019", True, "failed", "suspicious"),
        # the first year is only that of the oldest document that was enrolled
        ("15 APR 2019", False, "failed", "notice"),
        ("15 APR 2026", False, "failed", "suspicious"),
    ],
)
def test_issued_while_the_kind_was(
    issued: str, first_year_given: bool, outcome: str, severity: str
) -> None:
    known = known_model(
        key=ModelKey("UTO", "P", 1, 2021),
        last_year=2025,
        first_year_given=first_year_given,
    )
    found = judged(DATES, "date.model-window", viz=[field("issue_date", issued)], model=known)
    assert (found.outcome, found.severity) == (outcome, severity)
