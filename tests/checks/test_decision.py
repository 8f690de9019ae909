"""The verdict, to the letter of the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from docexam.checks.decision import MANDATORY, decide, statuses
from docexam.checks.registry import all_checks
from docexam.nouns.finding import SEVERITIES, Finding, Reason
from docexam.nouns.report import Profile

if TYPE_CHECKING:
    from docexam.nouns.report import Mode

CONVENIENCE = Profile(mode="high-convenience")
SECURITY = Profile(mode="high-security")


def made(check: str, outcome: str = "passed", severity: str = "strong", **more: Any) -> Finding:
    return Finding(check, ("A",), "data", ("ir",), outcome, severity, Reason("x"), **more)


def settled() -> list[Finding]:
    return [made(check) for check in MANDATORY]


def test_the_mandatory_checks_are_those_of_the_contract() -> None:
    assert set(MANDATORY) == {
        "mrz.read",
        "mrz.structure",
        "mrz.cd-number",
        "mrz.cd-birth",
        "mrz.cd-expiry",
        "mrz.cd-personal",
        "mrz.cd-composite",
        "ir.b900",
        "uv.dull-page",
    }


def test_clear_where_all_mandatory_checks_passed() -> None:
    assert decide(settled(), CONVENIENCE, model_known=False) == "CLEAR"


@pytest.mark.parametrize("severity", SEVERITIES)
@pytest.mark.parametrize("mode", ["high-convenience", "high-security"])
def test_a_failure_refers_from_the_severity_of_the_mode(severity: str, mode: Mode) -> None:
    findings = [*settled(), made("photo.edge", "failed", severity)]
    from_here = SEVERITIES.index("strong" if mode == "high-convenience" else "suspicious")
    refers = SEVERITIES.index(severity) >= from_here
    verdict = decide(findings, Profile(mode=mode), model_known=True)
    assert verdict == ("REFER" if refers else "CLEAR")


def test_a_silent_failure_never_counts() -> None:
    findings = [*settled(), made("photo.edge", "failed", "decisive", silent=True)]
    assert decide(findings, SECURITY, model_known=True) == "CLEAR"


def test_a_silent_mandatory_check_does_not_settle_anything() -> None:
    findings = [each for each in settled() if each.check != "ir.b900"]
    findings.append(made("ir.b900", silent=True))
    assert decide(findings, CONVENIENCE, model_known=True) == "INCOMPLETE"


@pytest.mark.parametrize("check", MANDATORY)
@pytest.mark.parametrize("outcome", ["inconclusive", "not_performed", "error"])
def test_an_unsettled_mandatory_check_is_incomplete(check: str, outcome: str) -> None:
    findings = [each for each in settled() if each.check != check] + [made(check, outcome)]
    assert decide(findings, CONVENIENCE, model_known=True) == "INCOMPLETE"


@pytest.mark.parametrize("check", MANDATORY)
def test_a_mandatory_check_that_was_never_asked_is_incomplete(check: str) -> None:
    findings = [each for each in settled() if each.check != check]
    assert decide(findings, CONVENIENCE, model_known=True) == "INCOMPLETE"


@pytest.mark.parametrize("check", MANDATORY)
def test_not_applicable_settles_a_mandatory_check(check: str) -> None:
    findings = [each for each in settled() if each.check != check]
    findings.append(made(check, "not_applicable"))
    assert decide(findings, CONVENIENCE, model_known=True) == "CLEAR"


def test_a_mandatory_failure_too_light_to_refer_is_incomplete() -> None:
    findings = [each for each in settled() if each.check != "mrz.read"]
    findings.append(made("mrz.read", "failed", "suspicious"))
    assert decide(findings, CONVENIENCE, model_known=True) == "INCOMPLETE"


def test_one_page_passed_is_no_excuse_for_another() -> None:
    findings = [*settled(), made("uv.dull-page", "inconclusive")]
    assert decide(findings, CONVENIENCE, model_known=True) == "INCOMPLETE"


def test_refer_goes_before_incomplete() -> None:
    findings = [made("ir.b900", "failed")]
    assert decide(findings, CONVENIENCE, model_known=False) == "REFER"


def test_without_a_model_only_high_security_is_incomplete() -> None:
    assert decide(settled(), SECURITY, model_known=False) == "INCOMPLETE"
    assert decide(settled(), SECURITY, model_known=True) == "CLEAR"


def test_other_unsettled_checks_leave_the_verdict() -> None:
    findings = [*settled(), made("uv.halo", "inconclusive"), made("lam.retro", "not_performed")]
    assert decide(findings, SECURITY, model_known=True) == "CLEAR"


def test_status_words_never_change_the_verdict() -> None:
    findings = [
        *settled(),
        made("date.expiry", "failed", "notice"),
        made("list.sltd", "failed", "notice"),
        made("cap.specimen", "passed", "notice"),
        Finding("cap.live", (), "data", (), "inconclusive", "notice", Reason("recorded")),
    ]
    assert statuses(findings, all_checks()) == ("expired", "listed", "recorded")
    assert decide(findings, SECURITY, model_known=True) == "CLEAR"
