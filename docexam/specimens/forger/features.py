"""Which checks a genuine page's security features serve, and so which their loss betrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.specimens.forger import limits
from docexam.specimens.forger.figures import mean_cover, whole
from docexam.specimens.forger.inks import STAYS_BELOW, kept_at_900_nm

if TYPE_CHECKING:
    from docexam.specimens.design import BoxMm
    from docexam.specimens.stack import Layer, PageStack

_LEAST_COVER = 0.002
"""A feature that covers less of the box is not seen there ..."""
_LEAST_MM2 = 4.0
"""... unless it covers this much: on a whole page, a small motif is still one."""
_GRATING_COVER = 0.01

_BY_ROLE = {
    "watermark": ("sub.watermark",),
    "thread": ("sub.thread",),
    "see-through": ("sub.register",),
    "uv-print": ("uv.pattern",),
    "overprint": ("uv.pattern",),
}


def features(stack: PageStack, box_mm: BoxMm | None = None) -> tuple[str, ...]:
    """The checks that the security features within the box let pass, by the layers there."""
    box = box_mm or whole(stack)
    least = min(_LEAST_COVER, _LEAST_MM2 / max(box[2] * box[3], 1e-6))
    here = [
        layer
        for layer in stack.layers
        if layer.group != "visa" and mean_cover(layer, stack.grid, box) > least
    ]
    found: list[str] = []
    for layer in here:
        found += _of(layer)
    # fibres are many and thin: only together they cover something
    fibres = [each for each in stack.with_role("fibres") if each.material.fluorescence]
    own = [each for each in fibres if each.group != "visa"]
    if sum(mean_cover(each, stack.grid, box) for each in own) > limits.FIBRE_COVER:
        found.append("uv.fibres")
    printed = [
        kept_at_900_nm(layer.material) < STAYS_BELOW
        for layer in here
        if layer.role == "background" and layer.material.transmission.min() < 0.9
    ]
    if any(printed) and not all(printed):
        found.append("ir.split")
    if stack.holes is not None and box_mm is None:
        found.append("sub.perforation")
    return tuple(dict.fromkeys(found))


def _of(layer: Layer) -> list[str]:
    material = layer.material
    found: list[str] = []
    if layer.role not in ("uv-print", "overprint") or material.fluorescence:
        found += _BY_ROLE.get(layer.role, ())
    if layer.role == "intaglio" and material.relief_mm > 0:
        found.append("print.intaglio")
    if material.oblique_transmission is not None:
        found.append("ovi.shift")
    if material.gratings:
        found += ["ovd.present", "ovd.diffraction"]
    if material.retro > 0:
        found.append("lam.retro")
    if layer.role == "number" and material.fluorescence:
        found.append("uv.number")
    if layer.role == "ghost" and material.fluorescence:
        found.append("uv.personal")
    return found


def glowing_overprint(stack: PageStack, box_mm: BoxMm) -> bool:
    """Whether print that glows runs over or under the box."""
    return any(
        layer.role in ("overprint", "uv-print")
        and layer.material.fluorescence
        and mean_cover(layer, stack.grid, box_mm) > _LEAST_COVER
        for layer in stack.layers
    )


def device_over(stack: PageStack, box_mm: BoxMm) -> bool:
    """Whether an optical device reaches into the box."""
    return any(
        layer.role == "ovd" and mean_cover(layer, stack.grid, box_mm) > _GRATING_COVER
        for layer in stack.layers
    )
