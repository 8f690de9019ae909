"""Every attack that the forger knows, in the order in which a forger would work."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from docexam.errors import UsageError
from docexam.specimens.forger import (
    counterfeit,
    erasure,
    fantasy,
    ghost,
    imitation,
    impostor,
    laminate,
    numbers,
    page_substitution,
    photo,
    stamps,
    stolen_blank,
    strokes,
    typography,
    visa,
    viz_alteration,
    zone_character,
)

if TYPE_CHECKING:
    from docexam.specimens.forger.kind import AttackKind

_FAMILIES = (
    counterfeit,
    fantasy,
    page_substitution,
    stolen_blank,
    typography,
    imitation,
    numbers,
    erasure,
    viz_alteration,
    strokes,
    zone_character,
    ghost,
    photo,
    laminate,
    visa,
    stamps,
    impostor,
)


@cache
def catalogue() -> dict[str, AttackKind]:
    """Every attack by its name, in the order of work: sheet, zone, data, face, film, journeys."""
    return {kind.name: kind for family in _FAMILIES for kind in family.KINDS}


def attack_named(name: str) -> AttackKind:
    """The attack called `name`; UsageError with the known names otherwise."""
    try:
        return catalogue()[name]
    except KeyError:
        raise UsageError(
            f"There is no attack {name!r}.",
            code="specimen.attack",
            hint=f"Use some of {', '.join(catalogue())}.",
        ) from None
