"""The results of one run of `docexam examine`: shown as they come or kept for people; its log."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING

from docexam.cli.failure import end_of, say, told
from docexam.cli.output import cannot_write, write_lines
from docexam.errors import ExitCode, OutputError

if TYPE_CHECKING:
    from pathlib import Path

    from docexam.cli.examine_job import Outcome
    from docexam.nouns.report import Report


class ExamineRun:
    """The results of one run so far: streamed as JSON Lines, or kept for people.

    `total`: how many captures there are; None where nobody knows (a rig).
    """

    def __init__(self, *, as_json: bool, total: int | None, log: Path | None) -> None:
        self.codes: list[ExitCode] = []
        self._as_json, self._total, self._log = as_json, total, log
        self._captures = 0
        self._tally: Counter[str] = Counter()
        self._kept: list[Report] = []
        self._told: set[str] = set()
        self._started = time.monotonic()

    def take(self, outcome: Outcome) -> None:
        """Count and show the outcome of one capture set."""
        self._captures += 1
        for examined in outcome.examined:
            self.codes.append(examined.code)
            self._tally[examined.report.verdict] += 1
            if self._as_json:
                write_lines(f"{examined.line}\n")
            else:
                self._kept.append(examined.report)
        if self._as_json and outcome.error is not None:
            name = outcome.examined[0].report.capture
            say(told(f"{name}: {outcome.error.message}", outcome.error.hint))
        if outcome.bug is not None:
            self.codes.append(ExitCode.BUG)
            say(told(*outcome.bug))
        if outcome.not_written is not None:
            self._complain_once(outcome.not_written)
        if self._log is not None:
            self._write_log([each.log for each in outcome.examined if each.log])

    def finish(self) -> None:
        """Show what was kept, and one line of sums for more than one capture."""
        self.show()
        of = "" if self._total is None else f" of {self._total}"
        if ExitCode.INTERRUPTED in self.codes:
            say(f"Interrupted: {self._captures}{of} captures were examined.")
        elif (self._total or self._captures) > 1:
            seconds = time.monotonic() - self._started
            parts = ", ".join(f"{number} {verdict}" for verdict, number in self._tally.items())
            say(f"{self._captures} captures in {seconds:.1f} s: {parts}.")

    def show(self) -> None:
        """Show the reports that have been kept for people, once."""
        if not self._kept:
            return
        from rich.console import Console

        from docexam.cli.examine_view import show_reports

        console = Console(highlight=False, width=None if sys.stdout.isatty() else _pipe_width())
        with console.capture() as captured:
            show_reports(self._kept, console)
        self._kept = []
        try:
            write_lines("".join(f"{row.rstrip()}\n" for row in captured.get().splitlines()))
        except OutputError as error:
            self.codes.append(end_of(error))

    def _write_log(self, lines: list[str]) -> None:
        if self._log is None or not lines:
            return
        try:
            handle = os.open(self._log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with os.fdopen(handle, "ab") as stream:
                stream.write("".join(f"{line}\n" for line in lines).encode())
        except OSError as error:
            self._complain_once(cannot_write(self._log, error))

    def _complain_once(self, error: OutputError) -> None:
        self.codes.append(error.exit_code)
        if error.message not in self._told:
            self._told.add(error.message)
            say(told(error.message, error.hint))


def _pipe_width() -> int:
    """Columns for a pipe or a file: as COLUMNS says, else wide enough for whole sentences."""
    given = os.environ.get("COLUMNS", "")
    return int(given) if given.isdecimal() and int(given) > 0 else 160
