"""Reports for people at a terminal: in full for a few, a line each for many."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from docexam.cli.failure import printable
from docexam.report.check_titles import title_of
from docexam.report.messages import MESSAGES
from docexam.report.sentences import (
    ADVICE,
    VERDICTS,
    sentence,
    status_sentence,
    symbol_of,
    why_not_examined,
)
from docexam.report.weighing import deciding, never_asked, remarks, weight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.nouns.finding import Finding
    from docexam.nouns.report import Report

IN_FULL = 3
ALIKE = 3
"""So many checks that were not made for one and the same reason are told in one line."""
NO_MODEL = "no-model"
"""The reason of checks that are told together: one line says as much as twenty."""
MODEL_CHECKS = "Checks against a model"
_STYLES = {"CLEAR": "bold green", "REFER": "bold red", "INCOMPLETE": "bold yellow"}
_SIGNS = {"CLEAR": "✓", "REFER": "✗", "INCOMPLETE": "?"}
_OUTCOME_STYLES = {"failed": "red", "inconclusive": "yellow", "passed": "green", "error": "red"}


def show_reports(reports: Sequence[Report], console: Console) -> None:
    """Print the reports of one run."""
    if len(reports) <= IN_FULL:
        for report in reports:
            console.print(_in_full(report))
    else:
        console.print(_table(reports))


def _headline(report: Report) -> Text:
    text = Text(f"{printable(report.capture)}: ", style="bold")
    text.append(f"{_SIGNS[report.verdict]} {report.verdict}", style=_STYLES[report.verdict])
    return text


def _in_full(report: Report) -> Group:
    parts: list[Text | Padding | Table] = [_headline(report)]
    why = why_not_examined(report)
    if why:
        parts.append(Padding(Text(printable(why)), (0, 2)))
        return Group(*parts, Text())
    parts.append(Padding(Text(f"{VERDICTS[report.verdict]} {ADVICE[report.verdict]}"), (0, 2)))
    if report.status:
        words = "; ".join(status_sentence(word) for word in report.status)
        parts.append(Padding(Text(f"Status: {words}.", style="cyan"), (0, 2)))
    if report.reading is not None and report.reading.found:
        lines = Text("\n").join(Text(line, no_wrap=True) for line in report.reading.lines)
        parts.append(Padding(lines, (0, 2)))
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for check in never_asked(report):
        grid.add_row(Text("○"), Text(title_of(check)), Text(MESSAGES["not-measured"]))
    for row in _rows(report):
        grid.add_row(*row)
    without = sum(each.reason.code == NO_MODEL for each in report.findings)
    if without:
        text = MESSAGES["no-model.several"].format(count=without)
        grid.add_row(*(Text(part, style="dim") for part in ("○", MODEL_CHECKS, text)))
    if grid.rows:
        parts.append(Padding(grid, (1, 2, 0, 2)))
    parts += [Padding(Text(_counts(report), style="dim"), (0, 2)), Text()]
    return Group(*parts)


def _rows(report: Report) -> list[tuple[Text, Text, Text]]:
    """What made the verdict, then other failures, then what was left open or not made.

    Many checks that were not made for the same reason are one row.
    """
    first = [*deciding(report), *remarks(report)]
    rows = [_row(each) for each in first]
    alike: dict[str, list[Finding]] = defaultdict(list)
    for finding in _rest(report, first):
        several = finding.outcome == "not_performed"
        alike[sentence(finding) if several else str(id(finding))].append(finding)
    for findings in alike.values():
        told = [_row(each) for each in findings]
        if len(told) >= ALIKE:
            sign, _, why = told[0]
            told = [(sign, Text(f"{len(findings)} more checks", style="dim"), why)]
        rows += told
    return rows


def _rest(report: Report, first: Sequence[Finding]) -> list[Finding]:
    """What was left open or not made, the heaviest first."""
    known = {id(each) for each in first}
    rest = [
        each
        for each in report.findings
        if id(each) not in known
        and each.outcome in ("inconclusive", "not_performed")
        and each.reason.code != NO_MODEL
    ]
    return sorted(rest, key=weight, reverse=True)


def _row(finding: Finding) -> tuple[Text, Text, Text]:
    sign, word = symbol_of(finding)
    style = "cyan" if word == "notice" else _OUTCOME_STYLES.get(finding.outcome, "dim")
    title = Text(f"{title_of(finding.check)}", style=style)
    return Text(sign, style=style), title, Text(printable(sentence(finding)))


def _counts(report: Report) -> str:
    outcomes = [each.outcome for each in report.findings]
    words = ("passed", "failed", "inconclusive", "not_performed", "not_applicable", "error")
    parts = [
        f"{outcomes.count(word)} {word.replace('_', ' ')}" for word in words if word in outcomes
    ]
    total = report.timings_ms.get("total", 0.0)
    return f"{len(outcomes)} findings: {', '.join(parts)}; {total / 1e3:.1f} s."


def _table(reports: Sequence[Report]) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("capture", overflow="fold")
    table.add_column("verdict", no_wrap=True)
    table.add_column("status", overflow="fold")
    table.add_column("why", overflow="fold")
    for report in reports:
        why = printable(why_not_examined(report)) or "; ".join(
            f"{title_of(each.check)}: {printable(sentence(each))}" for each in deciding(report)[:3]
        )
        table.add_row(
            Text(printable(report.capture)),
            Text(f"{_SIGNS[report.verdict]} {report.verdict}", style=_STYLES[report.verdict]),
            Text(", ".join(report.status)),
            Text(why),
        )
    return table
