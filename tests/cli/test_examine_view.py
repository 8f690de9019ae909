"""What `docexam examine` shows to people: as few lines as say it all."""

from __future__ import annotations

from rich.console import Console

from docexam.cli.examine_view import ALIKE, show_reports
from docexam.nouns.finding import Finding, Reason
from tests.report.reports import report


def _shown(*codes: str) -> str:
    made = [
        Finding(f"x.check-{at}", ("C",), "data", ("ir",), "not_performed", "strong", Reason(code))
        for at, code in enumerate(codes)
    ]
    console = Console(width=200, highlight=False)
    with console.capture() as captured:
        show_reports([report(findings=tuple(made))], console)
    return captured.get()


def test_many_checks_that_miss_the_same_are_one_line() -> None:
    text = _shown(*["no-page"] * ALIKE, "no-date")
    assert text.count("This page was not captured.") == 1
    assert f"{ALIKE} more checks" in text
    assert "The zone holds no whole date here." in text


def test_few_checks_that_miss_the_same_are_named() -> None:
    text = _shown(*["no-page"] * (ALIKE - 1))
    assert text.count("This page was not captured.") == ALIKE - 1
    assert "more checks" not in text
