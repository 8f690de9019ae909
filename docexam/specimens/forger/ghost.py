"""Second portraits: forgotten by who did not know of them, or of somebody else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.specimens.forger.faces import another
from docexam.specimens.forger.figures import mean_cover
from docexam.specimens.forger.kind import AttackKind
from docexam.specimens.forger.work import grown, seen, under_film
from docexam.specimens.personal import draw_portrait

if TYPE_CHECKING:
    from collections.abc import Callable

    from docexam.specimens.design import BoxMm, Design, PageDesign, PortraitPlace
    from docexam.specimens.forger.work import Work
    from docexam.specimens.stack import Layer, PageStack

_LEFT_BEHIND_BELOW = 0.7
_SHADE_MM = 1.2


def _ghosts(design: PageDesign) -> list[tuple[str, PortraitPlace]]:
    return [
        ("ghost" if at == 0 else f"ghost-{at + 1}", place) for at, place in enumerate(design.ghosts)
    ]


def _on_each(
    work: Work, change: Callable[[Work, PageStack, str, PortraitPlace], PageStack]
) -> tuple[Work, dict[str, list[BoxMm]]]:
    boxes: dict[str, list[BoxMm]] = {}
    for page in tuple(work.document.pages):
        for name, place in _ghosts(work.document.design.pages[page]):
            stack = work.document.pages[page]
            work = work.with_page(change(work, stack, name, place))
            boxes.setdefault(page, []).append(grown(place.box_mm, 0.2, stack.grid))
    return work, boxes


def _only_ultraviolet(work: Work, page: str) -> bool:
    ghosts = work.genuine.pages[page].with_role("ghost")
    return any(layer.material.fluorescence for layer in ghosts)


def ghost_missing(work: Work) -> Work:
    """No second portrait; a skilled forger leaves a faint, shapeless shade of one."""
    share = max(0.0, (_LEFT_BEHIND_BELOW - work.severity) / _LEFT_BEHIND_BELOW) * 0.6

    def fainter(layer: Layer, name: str) -> Layer | None:
        if layer.group != name:
            return layer
        if share <= 0:
            return None
        sigma = _SHADE_MM * next(iter(work.document.pages.values())).grid.px_per_mm
        shade = np.asarray(cv2.GaussianBlur(layer.coverage, (0, 0), sigma), np.float32)
        return replace(layer, coverage=shade * np.float32(share))

    def change(_work: Work, stack: PageStack, name: str, _place: PortraitPlace) -> PageStack:
        return stack.changed(lambda layer: fainter(layer, name), "ghost")

    work, boxes = _on_each(work, change)
    for page, places in boxes.items():
        expect = seen(
            ("photo.ghost", True),
            ("ir.ghost", True),
            ("uv.personal", _only_ultraviolet(work, page)),
        )
        work = work.noted(
            page,
            places,
            expect,
            ghost_density=_density(work.document.pages[page], places[0]),
            ghost_density_genuine=_density(work.genuine.pages[page], places[0]),
        )
    return work


def ghost_other_face(work: Work) -> Work:
    """The second portrait is of another person than the first."""
    face = another(work, "ghost")

    def change(_work: Work, stack: PageStack, name: str, place: PortraitPlace) -> PageStack:
        bare = stack.changed(lambda layer: None if layer.group == name else layer, "ghost")
        placed = draw_portrait(stack.grid, place, face, role="ghost", name=name)
        return under_film(bare, *placed.layers)

    work, boxes = _on_each(work, change)
    for page, places in boxes.items():
        expect = seen(
            ("photo.ghost", True),
            ("x.portraits", True),
            ("uv.personal", _only_ultraviolet(work, page)),
        )
        work = work.noted(page, places, expect, likeness=face.likeness)
    return work


def _density(stack: PageStack, box: BoxMm) -> float:
    return sum(mean_cover(layer, stack.grid, box) for layer in stack.with_role("ghost"))


def _obstacle(_design: Design, pages: tuple[PageDesign, ...]) -> str:
    return "" if any(page.ghosts for page in pages) else "no drawn page has a second portrait"


KINDS = (
    AttackKind(
        name="ghost-missing",
        sentence="The second portrait left out, or only a shade of it.",
        work=ghost_missing,
        slot="second portrait",
        lights=("white", "ir", "uv"),
        obstacle=_obstacle,
    ),
    AttackKind(
        name="ghost-other-face",
        sentence="The second portrait shows another person than the first.",
        work=ghost_other_face,
        slot="second portrait",
        lights=("white", "ir", "uv"),
        obstacle=_obstacle,
    ),
)
