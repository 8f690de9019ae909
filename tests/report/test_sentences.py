"""Every reason that a check gives has its sentence, with all its places filled."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

import docexam.checks
from docexam.checks.registry import all_checks
from docexam.nouns.finding import Limit, Measured
from docexam.report.messages import MESSAGES, TABLES
from docexam.report.numbers import shown_limit, shown_measured
from docexam.report.sentences import sentence, symbol_of
from docexam.report.weighing import deciding, never_asked
from tests.checks.documents import MRV_A, TD1, TD3, changed, examined
from tests.report.reports import VIZ, pixel_finding, report

CASES = [
    examined(viz=VIZ),
    examined(TD1, page="back"),
    examined(MRV_A),
    examined(zones={}),
    examined(TD3, open_at=[(2, 3), (1, 7)], viz=VIZ),
    examined(changed(TD3, 2, 44, "0"), white=TD3),
    examined((TD3[0][:40], TD3[1][:40])),
]


@pytest.mark.parametrize("number", range(len(CASES)))
def test_every_finding_has_a_whole_sentence(number: int) -> None:
    for finding in report(CASES[number]).findings:
        text = sentence(finding)
        assert "[" not in text, (finding.check, finding.reason)
        assert not text.startswith("Reason:"), finding.reason
        assert text[0].isupper() or text[0].isdigit() or not text[0].isalpha()
        assert text.endswith("."), text


def test_no_code_stands_in_two_tables() -> None:
    codes = [code for table in TABLES for code in table]
    assert len(set(codes)) == len(codes) == len(MESSAGES)


def test_every_code_that_is_written_in_the_checks_is_in_the_catalogue() -> None:
    """Codes are literals with a dot or of one of the known words; those found must be known."""
    known_words = {"no-light", "no-zone", "no-structure", "no-model", "not-measured", "broke"}
    assert known_words <= set(MESSAGES)
    folder = Path(docexam.checks.__file__).parent
    pattern = re.compile(r'"((?:viz|sides|visa|barcode|list|digit|text|model|detect)\.[a-z-]+)"')
    ids = {check.id for check in all_checks()}
    ids |= {name for check in all_checks() for name in check.needs}
    written = {
        code
        for path in folder.glob("*.py")
        for code in pattern.findall(path.read_text())
        if code not in ids
    }
    assert written
    # codes that `within` ends with a word, and names of what was measured against a model
    written -= {code for code in written if f"{code}.inside" in MESSAGES}
    written -= {"list.issuer", "model.likeness", "model.uv-over-photo"}
    assert written <= set(MESSAGES), written - set(MESSAGES)


def test_messages_can_be_translated_before_their_places_are_filled() -> None:
    finding = pixel_finding()
    told = sentence(finding, lambda message: message.replace("Within the limit", "Dans la limite"))
    assert told == "Dans la limite: 0.812 ± 0.030."
    for message in MESSAGES.values():
        assert all(name is None or name for _, name, _, _ in string.Formatter().parse(message))


@pytest.mark.parametrize(
    ("value", "uncertainty", "unit", "shown"),
    [
        (2.4149, 0.018, "mm", "2.415 ± 0.018 mm"),
        (0.8, 0.03, "contrast", "0.800 ± 0.030"),
        (120.4, 4.0, "µm", "120.4 ± 4.0 µm"),
        (3.0, 0.0, "characters", "3 characters"),
        (1.0, 0.0, "characters", "1 character"),
    ],
)
def test_numbers_show_what_their_uncertainty_leaves(
    value: float, uncertainty: float, unit: str, shown: str
) -> None:
    assert shown_measured(Measured(value, unit, uncertainty)) == shown


@pytest.mark.parametrize(
    ("low", "high", "unit", "shown"),
    [
        (0.6, None, "contrast", "at least 0.6"),
        (None, 0.25, "of paper", "at most 0.25 of paper"),
        (2.3, 2.8, "mm", "2.3 to 2.8 mm"),
        (None, 0.0, "characters", "no characters"),
    ],
)
def test_limits_in_words(low: float | None, high: float | None, unit: str, shown: str) -> None:
    assert shown_limit(Limit(low, high, unit, "s")) == shown


def test_a_light_failure_is_shown_as_a_notice() -> None:
    assert symbol_of(pixel_finding(outcome="failed")) == ("✗", "failed")
    expired = next(e for e in report(examined()).findings if e.check == "cap.specimen")
    assert symbol_of(expired) == ("i", "notice")


def test_what_made_the_verdict_comes_first_and_nothing_else() -> None:
    made = report()  # The birth date of the visual zone differs.
    assert made.verdict == "REFER"
    assert [each.check for each in deciding(made)] == ["x.viz-mrz"]
    clear = report(examined())
    assert clear.verdict == "CLEAR"
    assert deciding(clear) == []
    open_case = report(examined(open_at=[(2, 3)]))
    assert open_case.verdict == "INCOMPLETE"
    assert {each.check for each in deciding(open_case)} == {
        "mrz.read", "mrz.cd-number", "mrz.cd-composite",
    }  # fmt: skip
    assert never_asked(open_case) == []
