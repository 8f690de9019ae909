"""Asks every check about one document; a check that breaks costs itself alone."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from docexam.checks.judging import finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docexam.checks.check import Check
    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding

_log = logging.getLogger(__name__)


def run_checks(examined: Examined, checks: Iterable[Check]) -> list[Finding]:
    """The findings of all checks, in their order.

    A check that needs a document model is `not_performed` where none is known. A check that raises
    gives an `error` finding; the log names its kind and place, never its content.
    """
    return [each for check in checks for each in _run(check, examined)]


def _run(check: Check, examined: Examined) -> Sequence[Finding]:
    if check.needs_model and examined.model is None:
        missed = finding(check, "not_performed", "no-model", page=examined.main_page)
        return (replace(missed, from_model=True),)
    try:
        return check.judge(check, examined)
    except Exception as error:  # One broken check must not cost the others.
        _log.error("The check %s broke: %s", check.id, type(error).__name__)
        params = {"kind": type(error).__name__}
        return (finding(check, "error", "broke", params, page=examined.main_page),)
