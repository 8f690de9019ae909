"""The figures of an evaluation: counts of documents, each a share with its interval."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from docexam.checks.decision import MANDATORY, decide, refers
from docexam.evaluation.visibility import blind_spot
from docexam.evaluation.wilson import wilson_interval
from docexam.nouns.report import Profile

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docexam.checks.check import Check
    from docexam.evaluation.document_result import DocumentResult
    from docexam.nouns.report import Mode


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `of`."""

    count: int
    of: int

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval."""
        return wilson_interval(self.count, self.of)

    def json(self) -> dict[str, object]:
        """For people's programs."""
        low, high = self.interval
        share = self.count / self.of if self.of else None
        return {"count": self.count, "n": self.of, "share": share, "ci95": [low, high]}


@dataclass(frozen=True, slots=True)
class AttackFigures:
    """One attack; `severity` None for all severities together.

    `n` forged documents; `caught` of those that a check could see; `lucky`: referred, but by
    other checks than those expected, seen or not; `inconclusive`: a mandatory check is.
    `unseen`: how many no check of the run could see, by the reason.
    """

    attack: str
    severity: float | None
    n: int
    caught: Share
    lucky: Share
    inconclusive: Share
    unseen: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class CheckFigures:
    """One check.

    `false_alarms`: genuine documents that it alone would refer; `failed_genuine`: those that it
    failed at all; `caught`: those that it failed, of the forged that it is expected to see.
    """

    check: str
    failed_genuine: Share
    false_alarms: Share
    inconclusive: Share
    caught: Share


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a run; `model`: with document models.

    `recognised`: genuine documents that were held against a model.
    """

    mode: Mode
    viz: bool
    model: bool
    genuine: int
    forged: int
    false_alarms: Share
    clear: Share
    inconclusive: Share
    recognised: Share
    attacks: tuple[AttackFigures, ...]
    by_severity: tuple[AttackFigures, ...]
    checks: tuple[CheckFigures, ...]
    not_examined: tuple[tuple[str, int], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class _Judged:
    result: DocumentResult
    verdict: str
    referring: frozenset[str]
    failed: frozenset[str]
    open: frozenset[str]
    performed: frozenset[str]
    unseen: str | None

    @property
    def caught(self) -> bool:
        return bool(self.referring & set(self.result.expect))

    @property
    def mandatory_open(self) -> bool:
        return bool(self.open & set(MANDATORY))


def figures_of(
    results: Sequence[DocumentResult],
    checks: Sequence[Check],
    mode: Mode,
    *,
    viz: bool,
    modelled: frozenset[str] | None = None,
) -> Figures:
    """The figures of `results`, decided in `mode`.

    `modelled` are the designs that have a document model. None decides as if there were no models:
    whatever was held against one is left out.
    """
    if modelled is None:
        results = [_without_model(each, checks) for each in results]
        checks = [check for check in checks if not check.needs_model]
    judged = [
        _judge(each, checks, mode, viz=viz, modelled=modelled)
        for each in results
        if not each.trouble
    ]
    genuine = [each for each in judged if each.result.genuine]
    forged = [each for each in judged if not each.result.genuine]
    groups: dict[str, list[_Judged]] = defaultdict(list)
    for each in forged:
        groups[each.result.attacks].append(each)
    return Figures(
        mode=mode,
        viz=viz,
        model=modelled is not None,
        genuine=len(genuine),
        forged=len(forged),
        false_alarms=_share(genuine, [each.verdict == "REFER" for each in genuine]),
        clear=_share(genuine, [each.verdict == "CLEAR" for each in genuine]),
        inconclusive=_share(genuine, [each.mandatory_open for each in genuine]),
        recognised=_share(genuine, [each.result.model_known for each in genuine]),
        attacks=tuple(_attack(name, None, group) for name, group in groups.items()),
        by_severity=tuple(
            _attack(name, severity, [g for g in group if g.result.severity == severity])
            for name, group in groups.items()
            for severity in sorted({each.result.severity for each in group})
        ),
        checks=tuple(
            figures
            for check in checks
            if (figures := _check(check.id, genuine, forged)) is not None
        ),
        not_examined=tuple(Counter(each.trouble for each in results if each.trouble).items()),
    )


def _without_model(result: DocumentResult, checks: Iterable[Check]) -> DocumentResult:
    """The result as it would be without any model."""
    needing = {check.id for check in checks if check.needs_model}
    kept = (each for each in result.checks if not each.from_model and each.check not in needing)
    return replace(result, checks=tuple(kept), model_known=False)


def _judge(
    result: DocumentResult,
    checks: Iterable[Check],
    mode: Mode,
    *,
    viz: bool,
    modelled: frozenset[str] | None,
) -> _Judged:
    findings = [each.finding() for each in result.checks]
    loud = [each for each in findings if not each.silent]
    return _Judged(
        result,
        decide(findings, Profile(mode=mode), model_known=result.model_known),
        frozenset(each.check for each in findings if refers(each, mode)),
        frozenset(each.check for each in loud if each.outcome == "failed"),
        frozenset(each.check for each in loud if each.outcome in ("inconclusive", "error")),
        frozenset(
            each.check for each in loud if each.outcome in ("passed", "failed", "inconclusive")
        ),
        None if result.genuine else blind_spot(result, checks, mode, viz=viz, modelled=modelled),
    )


def _share(of: Sequence[_Judged], true: Iterable[bool]) -> Share:
    return Share(sum(true), len(of))


def _attack(name: str, severity: float | None, group: Sequence[_Judged]) -> AttackFigures:
    visible = [each for each in group if each.unseen is None]
    lucky = [
        each.verdict == "REFER" and not (each.caught and each.unseen is None) for each in group
    ]
    return AttackFigures(
        name,
        severity,
        len(group),
        _share(visible, [each.caught for each in visible]),
        _share(group, lucky),
        _share(group, [each.mandatory_open for each in group]),
        tuple(Counter(each.unseen for each in group if each.unseen).items()),
    )


def _check(
    check: str, genuine: Sequence[_Judged], forged: Sequence[_Judged]
) -> CheckFigures | None:
    asked = [each for each in genuine if check in each.performed | each.open]
    expected = [each for each in forged if check in each.result.expect]
    if not asked and not expected:
        return None
    return CheckFigures(
        check,
        _share(asked, [check in each.failed for each in asked]),
        _share(asked, [check in each.referring for each in asked]),
        _share(asked, [check in each.open for each in asked]),
        _share(expected, [check in each.failed for each in expected]),
    )
