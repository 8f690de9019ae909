"""The figures as tables for people, and as JSON for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from docexam.evaluation.figures import Share

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docexam.evaluation.enrolment import Enrolled
    from docexam.evaluation.figures import Figures

SCHEMA = "docexam.evaluation/1"


def figures_json(
    without: Figures,
    setting: dict[str, Any],
    with_model: Figures | None = None,
    enrolled: Sequence[Enrolled] = (),
) -> dict[str, Any]:
    """One object; shares carry count, n, share and ci95.

    The figures without document models stand at the top, those with them under `model`.
    """
    model = None
    if with_model is not None:
        told = [_enrolled_json(each) for each in enrolled]
        model = {"enrolled": told, **_figures_json(with_model)}
    return {"schema": SCHEMA, "setting": setting, "model": model, **_figures_json(without)}


def _figures_json(figures: Figures) -> dict[str, Any]:
    whole = _with_shares(asdict(figures, dict_factory=dict), figures)
    if not figures.model:
        del whole["recognised"]
    del whole["model"]  # the place in the object says it
    return whole


def _enrolled_json(one: Enrolled) -> dict[str, Any]:
    return {
        "design": one.design,
        "model": one.model or None,
        "learned_from": one.learned_from,
        "left_out": one.left_out,
        "trouble": one.trouble or None,
    }


def _with_shares(plain: dict[str, Any], source: object) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in plain.items():
        own = getattr(source, name)
        if isinstance(own, Share):
            found[name] = own.json()
        elif isinstance(own, tuple) and own and hasattr(own[0], "__dataclass_fields__"):
            found[name] = [_with_shares(part, each) for part, each in zip(value, own, strict=True)]
        elif name in ("unseen", "not_examined"):
            found[name] = [{"reason": reason, "n": count} for reason, count in own]
        else:
            found[name] = value
    return found


def figures_text(
    without: Figures,
    setting: str,
    with_model: Figures | None = None,
    enrolled: Sequence[Enrolled] = (),
) -> str:
    """Everything that a person wants to know, as plain lines."""
    return "\n".join(_lines(without, setting, with_model, enrolled)) + "\n"


def _lines(
    without: Figures, setting: str, with_model: Figures | None, enrolled: Sequence[Enrolled]
) -> Iterator[str]:
    yield setting
    yield f"{without.genuine} genuine and {without.forged} forged documents, {without.mode}; " + (
        "visual zone read" if without.viz else "visual zone NOT read"
    )
    for code, count in without.not_examined:
        yield f"{count} documents could not be examined ({code}); they are in no figure"
    yield "Shares in %, with the 95 % interval (Wilson) and the count of n."
    yield ""
    yield "WITHOUT A DOCUMENT MODEL"
    yield from _block(without)
    if with_model is None:
        yield "With a document model: not asked."
        return
    known = [each for each in enrolled if each.model]
    least = min((each.learned_from for each in known), default=0)
    most = max((each.learned_from for each in known), default=0)
    taught = f"{least}" if least == most else f"{least} to {most}"
    yield f"WITH A DOCUMENT MODEL, enrolled from {taught} genuine captures of each design"
    for each in enrolled:
        if not each.model:
            yield f"  no model of {each.design} could be enrolled ({each.trouble})"
    yield from _block(with_model)


def _block(figures: Figures) -> Iterator[str]:
    if figures.genuine:
        yield f"  false alarms (genuine with REFER)         {_text(figures.false_alarms)}"
        yield f"  CLEAR (of genuine)                        {_text(figures.clear)}"
        yield f"  inconclusive (a mandatory check, genuine) {_text(figures.inconclusive)}"
        if figures.model:
            yield f"  held against a model (of genuine)         {_text(figures.recognised)}"
    else:
        yield "  no genuine documents"
    yield ""
    seen = [each for each in figures.attacks if each.caught.of]
    if seen:
        yield from _table(
            ("attack", "caught, of those a check can see", "lucky", "inconclusive", "n"),
            [
                (
                    each.attack,
                    _text(each.caught),
                    _text(each.lucky),
                    _text(each.inconclusive),
                    str(each.n),
                )
                for each in seen
            ],
        )
        yield ""
    blind = [
        (each.attack, f"{count} of {each.n}", f"{each.lucky.count}", reason)
        for each in figures.attacks
        for reason, count in each.unseen
    ]
    if blind:
        yield "Not counted as misses: no check of this run could see them"
        yield from _table(("attack", "documents", "referred by luck", "why"), blind)
        yield ""
    if figures.checks:
        yield from _table(
            ("check", "refers genuine", "inconclusive", "fails forged, where expected"),
            [
                (each.check, _text(each.false_alarms), _text(each.inconclusive), _text(each.caught))
                for each in figures.checks
            ],
        )
        yield ""


def _text(share: Share) -> str:
    if not share.of:
        return "-"
    low, high = share.interval
    rate = 100 * share.count / share.of
    return f"{rate:.1f} [{100 * low:.1f}, {100 * high:.1f}] {share.count}/{share.of}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    for row in (head, *rows):
        yield "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
