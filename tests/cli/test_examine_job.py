"""One capture set of a run: what goes wrong in it costs it alone."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

from docexam import examination
from docexam.capture.limits import Limits
from docexam.cli.examine_job import ExamineJob, ExamineJobs
from docexam.errors import ExitCode
from docexam.examination import Options
from tests.report.reports import PNG

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_bug_is_a_row_with_its_own_exit_code_and_quotes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("ERIKSSON")

    monkeypatch.setattr(examination, "examine", broken)
    picture = tmp_path / "one.png"
    picture.write_bytes(PNG)
    jobs = ExamineJobs(Options(today=dt.date(2026, 11, 22)), Limits())
    outcome = jobs(ExamineJob(picture, "one"))
    (row,) = outcome.examined
    assert row.code == ExitCode.BUG
    line = json.loads(row.line)
    assert (line["capture"], line["verdict"]) == ("one", "INCOMPLETE")
    assert line["reading"]["error"]["code"] == "bug"
    assert outcome.bug is not None
    assert outcome.bug[0].startswith("one: docexam has met a bug")
    assert "ERIKSSON" not in row.line + "".join(outcome.bug)
