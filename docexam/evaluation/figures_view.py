"""The figures as tables for people, and as JSON for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from docexam.evaluation.figures import Share

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docexam.evaluation.figures import Figures

SCHEMA = "docexam.evaluation/1"


def figures_json(figures: Figures, setting: dict[str, Any]) -> dict[str, Any]:
    """One object; shares carry count, n, share and ci95."""
    whole = asdict(figures, dict_factory=dict)
    return {"schema": SCHEMA, "setting": setting, "model": None, **_with_shares(whole, figures)}


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


def figures_text(figures: Figures, setting: str) -> str:
    """Everything that a person wants to know, as plain lines."""
    return "\n".join(_lines(figures, setting)) + "\n"


def _lines(figures: Figures, setting: str) -> Iterator[str]:
    yield setting
    yield f"{figures.genuine} genuine and {figures.forged} forged documents, {figures.mode}; " + (
        "visual zone read" if figures.viz else "visual zone NOT read"
    )
    for code, count in figures.not_examined:
        yield f"{count} documents could not be examined ({code}); they are in no figure"
    yield "Shares in %, with the 95 % interval (Wilson) and the count of n."
    yield ""
    yield "Without a document model"
    if figures.genuine:
        yield f"  false alarms (genuine with REFER)         {_text(figures.false_alarms)}"
        yield f"  CLEAR (of genuine)                        {_text(figures.clear)}"
        yield f"  inconclusive (a mandatory check, genuine) {_text(figures.inconclusive)}"
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
    yield "With a document model: absent, since document models are not offered yet."


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
