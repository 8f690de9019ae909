"""Forging a drawn document: attacks by name, at one severity, in the order of work."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from docexam.errors import UsageError
from docexam.specimens.forger.catalogue import attack_named, catalogue
from docexam.specimens.forger.checks import needs_model
from docexam.specimens.forger.data_change import DATA, datum_text
from docexam.specimens.forger.work import Work
from docexam.specimens.physics.materials import material_named

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from docexam.specimens.design import Design
    from docexam.specimens.document import Document
    from docexam.specimens.forger.kind import AttackKind
    from docexam.specimens.truth import Attack

LEAST_SEVERITY, MOST_SEVERITY = 0.05, 1.0


def check_attacks(
    names: Sequence[str], severity: float, design: Design, pages: tuple[str, ...] | None = None
) -> tuple[AttackKind, ...]:
    """The attacks in the order of work; UsageError where they cannot be made on these pages.

    `pages` None stands for the pages that a design draws unless others are asked for.
    """
    if not math.isfinite(severity) or not LEAST_SEVERITY <= severity <= MOST_SEVERITY:
        raise UsageError(
            f"A severity of {severity:g} is not offered.",
            code="specimen.severity",
            hint=f"Use {LEAST_SEVERITY:g} (skilled) to {MOST_SEVERITY:g} (crude).",
        )
    if not names:
        raise UsageError(
            "No attack is named.",
            code="specimen.attack",
            hint=f"Use some of {', '.join(catalogue())}.",
        )
    wanted = {name: attack_named(name) for name in names}
    order = list(catalogue())
    kinds = tuple(sorted(wanted.values(), key=lambda kind: order.index(kind.name)))
    for kind in kinds:
        why = obstacle(kind, design, pages)
        if why:
            allowed = allowed_on(design, pages)
            raise UsageError(
                f"The attack {kind.name!r} is not possible on {design.name!r}: {why}.",
                code="specimen.attack-impossible",
                hint=f"Possible there: {', '.join(allowed)}.",
            )
    _refuse_same_slot(kinds)
    return kinds


def obstacle(kind: AttackKind, design: Design, pages: tuple[str, ...] | None = None) -> str:
    """Why the attack cannot be made on these pages, "" where it can."""
    names = [name for name in pages or design.usual_pages if name in design.pages]
    return kind.obstacle(design, tuple(design.pages[name] for name in names))


def allowed_on(design: Design, pages: tuple[str, ...] | None = None) -> tuple[str, ...]:
    """The names of the attacks that can be made on these pages of the design."""
    return tuple(name for name, kind in catalogue().items() if not obstacle(kind, design, pages))


def pages_for(names: Sequence[str], design: Design) -> tuple[str, ...]:
    """The usual pages, and those of the others that the attacks need, in the design's order.

    Where no page makes an attack possible none is added for it. The order of `names` does not
    matter; UsageError for an unknown one.
    """
    wanted = {attack_named(name).name for name in names}
    drawn = set(design.usual_pages)
    for kind in catalogue().values():
        if kind.name not in wanted or not obstacle(kind, design, _in_order(design, drawn)):
            continue
        others = [{page} for page in design.pages if page not in drawn]
        for more in (*others, set(design.pages)):
            if not obstacle(kind, design, _in_order(design, drawn | more)):
                drawn |= more
                break
    return _in_order(design, drawn)


def _in_order(design: Design, pages: set[str]) -> tuple[str, ...]:
    return tuple(name for name in design.pages if name in pages)


def _refuse_same_slot(kinds: tuple[AttackKind, ...]) -> None:
    taken: dict[str, str] = {}
    for kind in kinds:
        if kind.slot in taken:
            raise UsageError(
                f"The attacks {taken[kind.slot]!r} and {kind.name!r} exclude each other: "
                f"both change the {kind.slot}.",
                code="specimen.attack-combination",
                hint="Name one of them.",
            )
        if kind.slot:
            taken[kind.slot] = kind.name


def forge(
    document: Document, names: Sequence[str], severity: float
) -> tuple[Document, tuple[Attack, ...]]:
    """The document after the attacks, and the truth about each.

    The order of `names` does not matter: a forger works from the sheet to the surface.

    Raises:
        UsageError: an unknown attack, one that this document does not allow, two that exclude
            each other, or a severity out of range.
    """
    design = document.design
    kinds = check_attacks(names, severity, design, tuple(document.pages))
    work = Work(document, document, "", severity, (material_named(design.mrz_ink),))
    for kind in kinds:
        work = kind.work(replace(work, attack=kind.name))
    return work.document, tuple(_settled(work.document, attack) for attack in work.attacks)


def _settled(document: Document, attack: Attack) -> Attack:
    """The attack without `x.viz-mrz` where another one has made both zones say the same."""
    field = str(attack.figures.get("field", ""))
    if "x.viz-mrz" not in attack.expect or field not in DATA:
        return attack
    if document.fields[field] != datum_text(document.design, document.holder, field):
        return attack
    expect = tuple(check for check in attack.expect if check != "x.viz-mrz")
    return replace(attack, expect=expect, needs_model=needs_model(expect))


def forging(
    names: Sequence[str], severity: float
) -> Callable[[Document], tuple[Document, tuple[Attack, ...]]]:
    """`forge` as the change that `series.draw_specimen` takes."""
    return partial(forge, names=tuple(names), severity=severity)
