"""One kind of attack: its name, what it is, whether it can be made, and the work itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from docexam.specimens.design import Design, PageDesign
    from docexam.specimens.forger.work import Work


def no_obstacle(_design: Design, _pages: tuple[PageDesign, ...]) -> str:
    """Possible on every document."""
    return ""


def no_zone(_design: Design, pages: tuple[PageDesign, ...]) -> str:
    """Possible where the zone is drawn."""
    return "" if any(page.mrz for page in pages) else "no drawn page carries the MRZ"


def not_drawn(pages: Sequence[str], one: str, several: str) -> str:
    """Which other pages of the design would do; `one` and `several` are forms of the verb."""
    if len(pages) == 1:
        return f"its page {pages[0]} {one}: name it as a page"
    return f"its pages {', '.join(pages[:-1])} and {pages[-1]} {several}: name one as a page"


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
