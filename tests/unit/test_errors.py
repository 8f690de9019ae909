"""Exit codes: a REFER is never masked by a bad file."""

from __future__ import annotations

import pickle

from docexam.errors import ExitCode, InputError, worst


def test_refer_outranks_an_unreadable_file_and_a_bug_outranks_both() -> None:
    assert worst([ExitCode.UNREADABLE, ExitCode.REFER, ExitCode.CLEAR]) is ExitCode.REFER
    assert worst([ExitCode.REFER, ExitCode.BUG]) is ExitCode.BUG
    assert worst([]) is ExitCode.CLEAR


def test_errors_cross_process_borders_whole() -> None:
    sent = InputError("a.png is empty", code="input.empty", hint="scan it again")
    back = pickle.loads(pickle.dumps(sent))  # noqa: S301 - our own bytes
    assert (back.message, back.code, back.hint) == (sent.message, sent.code, sent.hint)
