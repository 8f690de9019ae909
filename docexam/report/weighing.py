"""Which findings made a verdict, and in which order a person should meet them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.checks.decision import MANDATORY, refers
from docexam.nouns.finding import SEVERITIES

if TYPE_CHECKING:
    from docexam.nouns.finding import Finding
    from docexam.nouns.report import Report

_ORDER = ("failed", "error", "inconclusive", "not_performed", "passed", "not_applicable")


def deciding(report: Report) -> list[Finding]:
    """What asks to refer; for INCOMPLETE, the mandatory checks that are not settled."""
    mode = report.profile.mode
    if report.verdict == "REFER":
        found = [each for each in report.findings if refers(each, mode)]
    elif report.verdict == "INCOMPLETE":
        found = [
            each
            for each in report.findings
            if not each.silent
            and (
                (each.check in MANDATORY and each.outcome not in ("passed", "not_applicable"))
                or (
                    mode == "high-security"
                    and each.check == "cap.model"
                    and each.outcome != "passed"
                )
            )
        ]
    else:
        return []
    return sorted(found, key=weight, reverse=True)


def never_asked(report: Report) -> list[str]:
    """The mandatory checks of an INCOMPLETE report that have no finding at all."""
    if report.verdict != "INCOMPLETE":
        return []
    asked = {each.check for each in report.findings if not each.silent}
    return [check for check in MANDATORY if check not in asked]


def remarks(report: Report) -> list[Finding]:
    """Failures that did not make the verdict: notices and lesser doubts, the heaviest first."""
    decided = {id(each) for each in deciding(report)}
    found = [
        each
        for each in report.findings
        if each.outcome in ("failed", "error") and id(each) not in decided
    ]
    return sorted(found, key=weight, reverse=True)


def shows_no_document(report: Report) -> bool:
    """Whether pictures were looked at, and no document was found on any page."""
    found = [
        each.reason.code == "detect.none"
        for each in report.findings
        if each.check == "cap.detect" and not each.reason.code.startswith(("input.", "capture."))
    ]
    return bool(found) and all(found)


def weight(finding: Finding) -> tuple[int, int]:
    """For sorting: failures before open questions, heavy before light."""
    return -_ORDER.index(finding.outcome), SEVERITIES.index(finding.severity)
