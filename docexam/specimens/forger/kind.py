"""One kind of attack: its name, what it is, whether it can be made, and the work itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from docexam.specimens.design import Design, PageDesign
    from docexam.specimens.forger.work import Work


def no_obstacle(_design: Design, _pages: tuple[PageDesign, ...]) -> str:
    """Possible on every document."""
    return ""


@dataclass(frozen=True)
class AttackKind:
    """An attack by name.

    `sentence` says what the forger does. `obstacle` answers why a design, of which these pages
    are drawn, does not allow it, "" where it does. Two attacks of one `slot` exclude each other
    ("" for none). `lights` are those that show it best.
    """

    name: str
    sentence: str
    work: Callable[[Work], Work]
    slot: str = ""
    lights: tuple[str, ...] = ("white",)
    obstacle: Callable[[Design, tuple[PageDesign, ...]], str] = no_obstacle
