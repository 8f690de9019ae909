"""Whether any check that was asked can see a forged document, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.checks.decision import REFER_AT
from docexam.nouns.finding import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docexam.checks.check import Check
    from docexam.evaluation.document_result import DocumentResult
    from docexam.nouns.report import Mode

LIVE = frozenset({"face.live"})
"""Checks that need the bearer: no capture of a document can make them."""
READ_FROM_VIZ = frozenset({"x.viz-mrz", "x.viz-mrz-name", "date.order"})


def blind_spot(
    result: DocumentResult,
    checks: Iterable[Check],
    mode: Mode,
    *,
    viz: bool,
    modelled: frozenset[str] | None = None,
) -> str | None:
    """Why no check of this run could refer the document for its attack; None where one could.

    `modelled` are the designs that have a document model, None where none is used. A document of
    such a design counts even where the model was not recognised.
    """
    known = {check.id: check for check in checks}
    if not result.expect:
        return "stays within tolerance"
    has_model = modelled is not None and result.design in modelled
    without = "needs a document model" if modelled is None else "has no document model"
    if result.needs_model and not has_model:
        return without
    asked = [known[name] for name in result.expect if name in known]
    if not asked:
        if LIVE & set(result.expect):
            return "needs the bearer's face"
        missing = [name for name in result.expect if name not in known]
        return f"needs checks that are not offered: {', '.join(missing)}"
    asked = [check for check in asked if has_model or not check.needs_model]
    if not asked:
        return without
    asked = [check for check in asked if viz or check.id not in READ_FROM_VIZ]
    if not asked:
        return "needs the visual zone, which was not read"
    # A check of the zone's text asks for any light that showed it.
    lit = [check for check in asked if not check.lights or set(check.lights) & set(result.lights)]
    if not lit:
        return "needs a light that was not captured"
    least = SEVERITIES.index(REFER_AT[mode])
    if all(check.silent or SEVERITIES.index(check.severity) < least for check in lit):
        return f"seen only by checks that do not refer: {', '.join(each.id for each in lit)}"
    return None
