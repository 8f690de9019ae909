"""Every attack: the light that should show it does, inside its boxes, and nothing else changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from docexam.specimens.forger.catalogue import catalogue
from docexam.specimens.forger.checks import GENERIC, MODEL
from docexam.specimens.forger.forge import forge

from .conftest import Seen, drawn, picture

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.specimens.grid import Grid
    from docexam.specimens.truth import Attack

LIGHT_OF = {
    "ir": "ir",
    "uv": "uv",
    "sub": "transmitted",
    "lam": "coaxial",
    "ovd": "oblique-n",
    "ovi": "oblique-n",
}
"""The light in which the checks of a family look; all others look in white light."""
OBLIQUE = {"photo.edge", "print.intaglio", "photo.overlap"}
ELSEWHERE = {"face.live", "x.age-sex"}
"""Checks that look at the person, not at the document."""
SPREAD_MM = 0.6
"""Raking light sees a step beyond its place by as much as the step's flank is wide."""


def light_for(check: str) -> str:
    return (
        "oblique-n" if check in OBLIQUE else LIGHT_OF.get(check.split(".", maxsplit=1)[0], "white")
    )


def inside(attack: Attack, grid: Grid, by_mm: float = 0.0) -> NDArray[np.bool_]:
    mask = np.zeros(grid.shape, bool)
    for x, y, w, h in attack.boxes_mm:
        column, row, columns, rows = grid.box_px(
            (x - by_mm, y - by_mm, w + 2 * by_mm, h + 2 * by_mm)
        )
        mask[row : row + rows, column : column + columns] = True
    return mask


@pytest.mark.parametrize("name", list(catalogue()))
def test_the_expected_light_shows_it_and_the_rest_is_genuine(name: str, seen: Seen) -> None:
    genuine = drawn()
    forged, attacks = forge(genuine, (name,), 1.0)
    assert attacks
    allowed = {page: np.zeros(genuine.pages[page].grid.shape, bool) for page in genuine.pages}
    for attack in attacks:
        assert attack.attack == name
        assert attack.expect
        assert set(attack.expect) <= GENERIC | MODEL
        grid = genuine.pages[attack.page].grid
        allowed[attack.page] |= inside(attack, grid, SPREAD_MM)
        where = inside(attack, grid)
        pictures: dict[str, NDArray[np.float32]] = {}
        for check in set(attack.expect) - ELSEWHERE:
            light = light_for(check)
            if light not in pictures:
                pictures[light] = picture(forged.pages[attack.page], light)
            before = seen(genuine.pages[attack.page], light)
            change = np.abs(pictures[light] - before).max(axis=0)[where]
            assert np.quantile(change, 0.999) > 0.015, (check, light)
    for page in genuine.pages:
        if forged.pages[page] is genuine.pages[page] or allowed[page].all():
            continue
        for light in ("white", "ir", "uv"):
            change = picture(forged.pages[page], light) - seen(genuine.pages[page], light)
            outside = np.abs(change).max(axis=0)[~allowed[page]]
            assert outside.max() < 1e-4, light


def test_an_impostor_changes_nothing() -> None:
    genuine = drawn()
    forged, attacks = forge(genuine, ("impostor",), 0.5)
    assert forged.pages == genuine.pages
    assert attacks[0].expect == ("face.live",)
    assert attacks[0].figures["bearer_face_seed"] != genuine.face.seed


def test_names_and_sentences_are_fit_to_print() -> None:
    assert len(catalogue()) >= 30
    for name, kind in catalogue().items():
        assert name == kind.name == name.lower().replace(" ", "-")
        assert kind.sentence.endswith(".")
        assert "\n" not in kind.sentence
        assert len(kind.sentence) <= 120
        assert kind.lights


def test_only_a_model_sees_what_needs_one() -> None:
    for severity in (0.1, 1.0):
        for name in ("viz-font", "printed-uv-motifs", "photo-over-laminate", "stolen-blank"):
            for attack in forge(drawn(), (name,), severity)[1]:
                generic = set(attack.expect) & GENERIC
                assert attack.needs_model == (bool(attack.expect) and not generic)


def test_the_catalogue_of_checks_holds_each_once() -> None:
    assert not GENERIC & MODEL
    for check in GENERIC | MODEL:
        family, _, rest = check.partition(".")
        assert family.isalpha()
        assert rest
        assert "*" not in check
