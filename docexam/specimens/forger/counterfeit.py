"""Whole counterfeits: a genuine page is scanned, and printed on bought paper with a new holder."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Literal

import cv2
import numpy as np

from docexam.specimens.forger import limits
from docexam.specimens.forger.features import features, glowing_overprint
from docexam.specimens.forger.figures import contrast_900, uv_level, whole
from docexam.specimens.forger.infrared import ground_900, infrared_change
from docexam.specimens.forger.inks import inked, mixed, stays_in_infrared
from docexam.specimens.forger.kind import AttackKind
from docexam.specimens.forger.work import Work, seen
from docexam.specimens.physics.cameras import camera_for
from docexam.specimens.physics.exposure import WHITE_LEVEL, gains
from docexam.specimens.physics.lamps import lamp_named
from docexam.specimens.physics.materials import Material, material_named
from docexam.specimens.physics.render import render
from docexam.specimens.process import Process, printed, process_for
from docexam.specimens.stack import Layer, PageStack

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.specimens.design import BoxMm
    from docexam.specimens.stack import Role

Paper = Literal["bright", "dull"]
_TYPED: tuple[Role, ...] = ("viz", "mrz", "signature")
"""What the forger's computer sets anew, in plain black."""
_IMITATED_FROM = 0.5
"""Below this severity the forger also imitates glow, foil and holes."""


@dataclass(frozen=True)
class Printer:
    """A printer: how it prints pictures, and the inks of its black text."""

    title: str
    technique: str
    black: tuple[str, ...]
    inks: tuple[str, ...] | None = None

    @property
    def process(self) -> Process:
        """How it prints pictures."""
        return process_for(self.technique, self.inks)


_TONERS = ("toner-cyan", "toner-magenta", "toner-yellow")
PRINTERS = {
    "dye-inkjet": Printer("a dye inkjet, black included", "inkjet-dye", ("dye-black",)),
    "pigment-inkjet": Printer(
        "an inkjet with a pigment black", "inkjet-pigment", ("pigment-black",)
    ),
    "laser": Printer("a laser printer with carbon toner", "toner", ("toner-black",)),
    "laser-composite": Printer(
        "a laser printer whose black is cyan, magenta and yellow", "toner", _TONERS, _TONERS
    ),
}


def counterfeit(work: Work, printer: Printer, paper: Paper) -> Work:
    """Every drawn page as a copy on bought paper."""
    black = tuple(material_named(name) for name in printer.black)
    work = replace(work, mrz_inks=black, viz_inks=black)
    for page, stack in work.document.pages.items():
        copy = reprinted(work, stack, printer, paper)
        work = work.with_page(copy)
        expect, figures = judged(work, work.genuine.pages[page], copy)
        work = work.noted(page, (whole(copy),), expect, **figures)
    return work


def reprinted(work: Work, stack: PageStack, printer: Printer, paper: Paper) -> PageStack:
    """The page printed on `paper`: the scan in process inks, text in the printer's black."""
    kept = [layer for layer in stack.layers if _put_on_later(layer)]
    typed = stack.with_role(*_TYPED)
    typed = tuple(layer for layer in typed if not _put_on_later(layer))
    own = [layer for layer in stack.layers if not _put_on_later(layer)]
    scanned = replace(stack, layers=tuple(each for each in own if each.role not in _TYPED))
    picture = scan(scanned, work.between(0.015, 0.10))
    rng = work.rng(stack.page)
    copied = [
        Layer(f"copy-{at + 1}", "background", ink, coverage, group="copy")
        for at, (ink, coverage) in enumerate(
            printed(picture, printer.process, stack.grid.px_per_mm, rng)
        )
    ]
    cover = np.ones(stack.grid.shape, np.float32)
    film = [Layer("laminate", "laminate", _film(work), cover)] if _covered(stack) else []
    black = tuple(material_named(name) for name in printer.black)
    layers = [
        Layer("substrate", "substrate", sheet_for(stack, paper, work), cover),
        *copied,
        *_imitations(work, stack),
        *inked(typed, black),
        *film,
        *silver_foil(work, stack),
        *kept,
    ]
    holes = stack.holes if work.severity < _IMITATED_FROM else None
    return replace(stack, layers=tuple(layers), holes=holes)


def _put_on_later(layer: Layer) -> bool:
    """Stamps, visas and thread are no part of the print."""
    return layer.group == "visa" or layer.role in ("stamp", "stitching")


def _covered(stack: PageStack) -> bool:
    return any(layer.role == "laminate" and layer.group != "visa" for layer in stack.layers)


def scan(stack: PageStack, blur_mm: float) -> NDArray[np.float32]:
    """The page as a scanner sees it: linear reflectance (rows, columns, 3) in RGB."""
    lamp = lamp_named("white")
    camera = camera_for("colour")
    planes = render(stack, lamp, camera) * (gains(lamp, camera) / WHITE_LEVEL)[:, None, None]
    sigma = blur_mm * stack.grid.px_per_mm
    picture = np.ascontiguousarray(np.moveaxis(planes, 0, -1), np.float32)
    if sigma > 0.2:
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), np.float32)
    return np.clip(picture, 0, 1)


def sheet_for(stack: PageStack, paper: Paper, work: Work) -> Material:
    """The bought sheet nearest to the genuine one; crude ones glow more."""
    card = stack.named("substrate").material.name in ("polycarbonate", "teslin", "pvc-card")
    if paper == "bright":
        bought = material_named("pvc-card" if card else "office-paper")
        return bought.with_yield(work.between(0.30, 1.0))
    return material_named("teslin" if card else "dull-paper").with_yield(work.between(0.7, 2.2))


def _film(work: Work) -> Material:
    return mixed(material_named("laminate"), material_named("laminate-cheap"), work.severity)


def _imitations(work: Work, stack: PageStack) -> list[Layer]:
    """Fluorescent motifs screen-printed in one bought ink, weaker than the genuine ones."""
    if work.severity >= _IMITATED_FROM:
        return []
    ink = material_named("uv-yellow").with_yield(0.8 * (1 - 2 * work.severity))
    return [
        replace(layer, name=f"imitated-{layer.name}", role="uv-print", material=ink)
        for layer in stack.with_role("uv-print", "overprint")
        if layer.group != "visa"
    ]


def silver_foil(work: Work, stack: PageStack) -> list[Layer]:
    """A skilled forger lays silver ink where the optical device was; a crude one nothing."""
    if work.severity >= _IMITATED_FROM:
        return []
    return [
        replace(layer, name=f"imitated-{layer.name}", material=_shine(layer.material))
        for layer in stack.with_role("ovd")
        if layer.group != "visa"
    ]


_OPAQUE_BELOW = 0.5


def _shine(device: Material) -> Material:
    """Silver ink for a metallised device; for a clear one a varnish that only glosses."""
    silver = material_named("hologram-print")
    if device.transmission.mean() < _OPAQUE_BELOW:
        # thin enough for the copied motif to show through
        return silver.diluted(0.5)
    return replace(silver.diluted(0.08), scatter=silver.scatter * 0.06)


def judged(
    work: Work, genuine: PageStack, copy: PageStack
) -> tuple[tuple[str, ...], dict[str, float | str]]:
    """What lets a copied page be told from the genuine one, and its figures."""
    box = whole(copy)
    level = uv_level(copy, box)
    figures: dict[str, float | str] = {
        "uv_level": level,
        "uv_level_genuine": uv_level(genuine, box),
    }
    lost, faint = lost_by_copy(genuine, copy)
    expect = seen(("uv.dull-page", level > limits.DULL_PAGE_LEVEL), ("print.background", True))
    if copy.page == work.document.mrz_page:
        zone = work.document.boxes_mm[copy.page]["mrz"]
        contrast = contrast_900(copy, zone, lambda each: each.role == "mrz")
        figures["mrz_contrast_900"] = contrast
        figures["mrz_contrast_900_genuine"] = contrast_900(
            genuine, zone, lambda each: each.role == "mrz"
        )
        expect = seen(("ir.b900", contrast < limits.B900_CONTRAST)) + expect
    photo = _portrait_inks(genuine)
    if photo:
        copied = _portrait_inks(copy) or tuple(
            each.material for each in copy.layers if each.group == "copy"
        )
        changed = stays_in_infrared(photo) != stays_in_infrared(copied)
        glow = [glowing_overprint(each, _portrait_box(work, copy)) for each in (genuine, copy)]
        expect += seen(
            ("photo.print", True),
            ("ir.photo", changed),
            ("uv.over-photo", glow[0] and not glow[1]),
        )
    expect += seen(
        ("ir.personalisation-ink", _fields_differ(work, genuine, copy)),
        ("ir.ghost", _ghosts_differ(work, genuine, copy)),
    )
    # imitated motifs have one colour: their place is right, their colour is not
    if "uv.pattern" in faint:
        expect += ("uv.pattern-colour",)
    return expect + lost, figures


def lost_by_copy(genuine: PageStack, copy: PageStack) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The checks of features that the copy has (not, still): (lost, kept).

    A copy in carbon has print that stays and print that vanishes, but not where the genuine one
    has it: dropout and split are measured.
    """
    had, has = features(genuine), features(copy)
    change = infrared_change(genuine, copy)
    lost = tuple(check for check in had if check not in has and check != "ir.split")
    lost += seen(("ir.dropout", change.dropout_broken), ("ir.split", change.split_broken))
    return lost, tuple(check for check in had if check in has)


def _portrait_box(work: Work, stack: PageStack) -> BoxMm:
    return work.document.boxes_mm[stack.page].get("portrait") or whole(stack)


def _fields_differ(work: Work, genuine: PageStack, copy: PageStack) -> bool:
    """Whether the fields' ink is another one at 900 nm."""
    places = work.document.design.pages[copy.page].fields
    boxes = work.document.boxes_mm[copy.page]
    box = next((boxes[each.field] for each in places if each.field in boxes), None)
    if box is None or not genuine.with_role("viz"):
        return False
    one, two = (contrast_900(each, box, lambda one: one.role == "viz") for each in (genuine, copy))
    return abs(one - two) > limits.INK_STEP


def _ghosts_differ(work: Work, genuine: PageStack, copy: PageStack) -> bool:
    """Whether a second portrait has become darker or lighter at 900 nm."""
    places = [place.box_mm for place in work.document.design.pages[copy.page].ghosts]
    return any(
        abs(ground_900(copy, box) - ground_900(genuine, box)) > limits.GHOST_STEP for box in places
    )


def _portrait_inks(stack: PageStack) -> tuple[Material, ...]:
    return tuple(layer.material for layer in stack.with_role("portrait"))


_PAPERS: tuple[tuple[Paper, str], ...] = (
    ("bright", "bright office paper or card"),
    ("dull", "paper or card without brightener"),
)


def _kind(name: str, paper: Paper, on: str) -> AttackKind:
    printer = PRINTERS[name]
    return AttackKind(
        name=f"counterfeit-{name}-{paper}",
        sentence=f"All pages copied with {printer.title}, on {on}.",
        work=partial(counterfeit, printer=printer, paper=paper),
        slot="sheet",
        lights=("white", "ir", "uv", "transmitted"),
    )


KINDS = tuple(_kind(name, paper, on) for name in PRINTERS for paper, on in _PAPERS)
