"""A page as a stack of layers, bottom to top, on one millimetre grid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from docexam.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from docexam.specimens.grid import Coverage, Grid
    from docexam.specimens.physics.materials import Material

Role = Literal[
    "back-print",
    "watermark",
    "thread",
    "substrate",
    "fibres",
    "background",
    "see-through",
    "specimen",
    "uv-print",
    "intaglio",
    "captions",
    "number",
    "portrait",
    "ghost",
    "viz",
    "signature",
    "mrz",
    "stamp",
    "overprint",
    "stitching",
    "laminate",
    "ovd",
    "perforation",
    "alteration",
    "wear",
]
"""What a layer is to the document; the order is the usual order in the stack."""


@dataclass(frozen=True, eq=False)
class Layer:
    """One print, film or inlay: how much of each grid point it covers, and of what it is.

    `coverage` covers only its own box, whose top-left point is (row, column) of the page's grid.
    `group` names what belongs together (the inks of one portrait, the parts of one field).
    """

    name: str
    role: Role
    material: Material
    coverage: Coverage
    row: int = 0
    column: int = 0
    group: str = ""

    def box_mm(self, grid: Grid) -> tuple[float, float, float, float]:
        """(x, y, w, h) of the layer's box on the page."""
        rows, columns = self.coverage.shape
        scale = 1 / grid.px_per_mm
        return self.column * scale, self.row * scale, columns * scale, rows * scale


def trimmed(
    name: str,
    role: Role,
    material: Material,
    coverage: Coverage,
    *,
    row: int = 0,
    column: int = 0,
    group: str = "",
) -> Layer | None:
    """The layer cut to the box of its ink, None without any ink."""
    down = np.flatnonzero(coverage.max(axis=1) > 0)
    if not down.size:
        return None
    across = np.flatnonzero(coverage[down[0] : down[-1] + 1].max(axis=0) > 0)
    cut = np.ascontiguousarray(
        coverage[down[0] : down[-1] + 1, across[0] : across[-1] + 1], np.float32
    )
    return Layer(name, role, material, cut, row + int(down[0]), column + int(across[0]), group)


@dataclass(frozen=True, eq=False)
class PageStack:
    """One side of one leaf.

    `layers` run bottom to top, seen from this side; those below the substrate are the print of
    the other side. `outline` is 1 inside the leaf and 0 outside; `holes` is 1 where the leaf is
    pierced. `backing` is what lies under it.
    """

    page: str
    grid: Grid
    layers: tuple[Layer, ...]
    outline: Coverage
    backing: Material
    holes: Coverage | None = None

    def named(self, name: str) -> Layer:
        """The layer called `name`; UsageError where there is none."""
        for layer in self.layers:
            if layer.name == name:
                return layer
        raise UsageError(
            f"The page has no layer {name!r}.",
            code="specimen.layer",
            hint=f"It has {', '.join(layer.name for layer in self.layers)}.",
        )

    def with_role(self, *roles: Role) -> tuple[Layer, ...]:
        """The layers with one of `roles`, bottom to top."""
        return tuple(layer for layer in self.layers if layer.role in roles)

    def without(self, *roles: Role) -> PageStack:
        """The page without the layers of these roles."""
        return replace(self, layers=tuple(each for each in self.layers if each.role not in roles))

    def changed(
        self, change: Callable[[Layer], Layer | Iterable[Layer] | None], *roles: Role
    ) -> PageStack:
        """Each layer of `roles` (all where none is named) becomes what `change` answers.

        None takes the layer away; several layers take its place in their order.
        """
        layers: list[Layer] = []
        for layer in self.layers:
            if roles and layer.role not in roles:
                layers.append(layer)
                continue
            answer = change(layer)
            if isinstance(answer, Layer):
                layers.append(answer)
            elif answer is not None:
                layers.extend(answer)
        return replace(self, layers=tuple(layers))

    def inserted(self, *new: Layer, below: Role | None = None) -> PageStack:
        """The page with `new` under the lowest layer of role `below`, or on top of all."""
        layers = list(self.layers)
        places = [at for at, layer in enumerate(layers) if layer.role == below]
        at = places[0] if places else len(layers)
        layers[at:at] = new
        return replace(self, layers=tuple(layers))
