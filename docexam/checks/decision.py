"""From findings to a verdict, to the letter of the contract `docexam.report/1`; versioned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.checks.check import STATUS_IS_THE_CODE
from docexam.nouns.finding import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docexam.checks.check import Check
    from docexam.nouns.finding import Finding
    from docexam.nouns.report import Mode, Profile, Verdict

NAME = "docexam-decision"
VERSION = "1"
"""Raise it with every change here: reports name the decision function that spoke."""

REFER_AT: dict[Mode, str] = {"high-security": "suspicious", "high-convenience": "strong"}
MANDATORY = (
    "mrz.read",
    "mrz.structure",
    "mrz.cd-number",
    "mrz.cd-birth",
    "mrz.cd-expiry",
    "mrz.cd-personal",
    "mrz.cd-composite",
    "ir.b900",
    "uv.dull-page",
)
_SETTLED = ("passed", "not_applicable")


def decide(findings: Sequence[Finding], profile: Profile, *, model_known: bool) -> Verdict:
    """REFER, INCOMPLETE or CLEAR. Silent findings and the status never change it."""
    loud = [each for each in findings if not each.silent]
    if any(refers(each, profile.mode) for each in loud):
        return "REFER"
    if not all(settled(check, loud) for check in MANDATORY):
        return "INCOMPLETE"
    if profile.mode == "high-security" and not model_known:
        return "INCOMPLETE"
    return "CLEAR"


def refers(finding: Finding, mode: Mode) -> bool:
    """Whether one finding by itself asks to refer the document."""
    heavy = SEVERITIES.index(finding.severity) >= SEVERITIES.index(REFER_AT[mode])
    return finding.outcome == "failed" and heavy and not finding.silent


def settled(check: str, findings: Iterable[Finding]) -> bool:
    """Whether a mandatory check was asked at all, and is passed or not applicable wherever it was.

    A zone on a second page is no excuse for the first: every finding of the check counts.
    """
    outcomes = [each.outcome for each in findings if each.check == check]
    return bool(outcomes) and all(outcome in _SETTLED for outcome in outcomes)


def statuses(findings: Iterable[Finding], checks: Iterable[Check]) -> tuple[str, ...]:
    """The words of the checks that failed as a status (expired, specimen, listed), each once.

    Where the reason is the word (recorded, simulated), all that did not pass has it.
    """
    words = {check.id: check.status for check in checks if check.status}

    def open_too(check: str) -> bool:
        return words[check] == STATUS_IS_THE_CODE

    found = (
        each.reason.code if words[each.check] == STATUS_IS_THE_CODE else words[each.check]
        for each in findings
        if each.check in words
        and (each.outcome == "failed" or (open_too(each.check) and each.outcome == "inconclusive"))
    )
    return tuple(dict.fromkeys(found))
