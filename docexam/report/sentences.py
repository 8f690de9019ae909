"""Sentences for people, built from the codes and parameters of findings: the one catalogue.

`MESSAGES` holds English message ids with named places. `sentence` takes a `translate` function, so
that gettext catalogues of other languages can follow without a change elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from docexam.report.messages import FIELD_NAMES, LIGHT_NAMES, MESSAGES
from docexam.report.numbers import shown_limit, shown_measured, shown_number

if TYPE_CHECKING:
    from docexam.nouns.finding import Finding
    from docexam.nouns.report import Report

Translate = Callable[[str], str]

VERDICTS = {
    "REFER": "Refer to second line: something does not fit.",
    "INCOMPLETE": "Not decided: a check that must be made could not be settled.",
    "CLEAR": "No check found anything to refer.",
}
ADVICE = {
    "REFER": "Look at the findings below, then decide.",
    "INCOMPLETE": "Capture the document again or examine it by hand, then decide.",
    "CLEAR": "This does not prove the document genuine. You decide.",
}
OUTCOMES = {
    "passed": ("✓", "passed"),
    "failed": ("✗", "failed"),
    "inconclusive": ("?", "inconclusive"),
    "not_applicable": ("–", "not applicable"),
    "not_performed": ("○", "not performed"),
    "error": ("!", "error"),
}
NOTICE = ("i", "notice")
STATUSES = {
    "expired": "Expired",
    "specimen": "Specimen",
    "listed": "Listed as lost, stolen or revoked: confirm with the issuer",
    "recorded": "Recorded pictures, not a live capture",
    "simulated": "Simulated pictures, not a live capture",
}


def as_is(message: str) -> str:
    """The English message itself."""
    return message


def sentence(finding: Finding, translate: Translate = as_is) -> str:
    """Why a finding is what it is, in one sentence.

    The message of the reason's code; without one, what was measured against which limit.
    """
    code = finding.reason.code
    template = MESSAGES.get(code)
    if template is None:
        # A code may be made of a subject and one of the words of a limit: `contrast.below`.
        template = MESSAGES.get(code.rpartition(".")[2])
    if template is None:
        template = MESSAGES["unknown-code"]
    values = _shown(finding, translate)
    text = translate(template).format_map(values)
    return text[:1].upper() + text[1:]


def status_sentence(status: str, translate: Translate = as_is) -> str:
    """A status word as a person reads it."""
    return translate(STATUSES.get(status, status))


def symbol_of(finding: Finding) -> tuple[str, str]:
    """The sign and the word for an outcome; a failure that weighs nothing is a notice."""
    if finding.outcome == "failed" and finding.severity in ("info", "notice"):
        return NOTICE
    return OUTCOMES[finding.outcome]


def reasons_of(report: Report, translate: Translate = as_is) -> list[tuple[Finding, str]]:
    """The findings that made the verdict, the heaviest first, each with its sentence."""
    from docexam.report.weighing import deciding

    return [(finding, sentence(finding, translate)) for finding in deciding(report)]


def why_not_examined(report: Report, translate: Translate = as_is) -> str:
    """Why nothing was examined: the capture could not be opened or shows no document; else ""."""
    from docexam.report.weighing import shows_no_document

    error = report.reading.error if report.reading is not None else None
    if error is not None:
        return f"{error.message} {error.hint}".strip()
    if report.verdict == "REFER" or not shows_no_document(report):
        return ""
    unusable = [
        sentence(each, translate)
        for each in report.findings
        if each.check == "cap.detect" and each.reason.code != "detect.none"
    ]
    return " ".join(unusable) or translate(MESSAGES["detect.none.anywhere"])


class _Values(dict[str, str]):
    """What a message does not find stays visible instead of breaking the report."""

    def __missing__(self, key: str) -> str:
        return f"[{key}]"


def _shown(finding: Finding, translate: Translate) -> _Values:
    params = finding.reason.params
    values = _Values({key: _text(key, value, translate) for key, value in params.items()})
    values.setdefault("light", translate("the picture"))
    values["code"] = values.get("code", finding.reason.code)
    values["measured"] = shown_measured(finding.measured)
    values["limit"] = shown_limit(finding.limit)
    values["page"] = finding.page
    return values


def _text(key: str, value: float | str, translate: Translate) -> str:
    if not isinstance(value, str):
        return shown_number(value)
    if key in ("light", "lights"):
        return ", ".join(translate(LIGHT_NAMES.get(v, v)) for v in value.split(", "))
    if key in ("field", "fields"):
        return ", ".join(translate(FIELD_NAMES.get(v, v)) for v in value.split(", "))
    return value
