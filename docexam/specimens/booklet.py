"""What makes a page part of a booklet, and what travel leaves on it: thread, stamps, visas."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.specimens.holders import MONTHS, REFERENCE_DATE, Holder, from_pattern
from docexam.specimens.personal import Placed
from docexam.specimens.physics.materials import material_named
from docexam.specimens.seeds import rng_for
from docexam.specimens.stack import Layer, PageStack, trimmed
from docexam.specimens.text import draw_text, text_width_mm

if TYPE_CHECKING:
    from docexam.specimens.design import Affixed, BoxMm, Design, PageDesign, Stitching
    from docexam.specimens.grid import Coverage, Grid

_POSTS = (
    ("QMB", "PORT MERIDIA"),
    ("QMB", "VERMILLON NORD"),
    ("QMD", "KESTREL PASS"),
    ("QMD", "LAKE AURIS"),
    ("QMF", "ISLA TERCERA"),
    ("QMG", "STEINBRUCK"),
)
_STAMP_INKS = ("stamp-blue", "stamp-violet", "stamp-red", "stamp-green", "stamp-black")
_THREAD_MM = 0.45


def bound(page: PageDesign, grid: Grid) -> list[Layer]:
    """The page's number and the thread that holds the sheet."""
    layers = []
    if page.page_number:
        coverage = grid.empty()
        draw_text(
            coverage,
            grid,
            page.page_number,
            x_mm=grid.width_mm / 2,
            baseline_mm=grid.height_mm - 4.0,
            font="sans",
            em_mm=3.0,
            align="centre",
        )
        ink = material_named("offset-grey-stay")
        layers.append(trimmed("page-number", "captions", ink, coverage, group="page-number"))
    if page.stitching is not None:
        thread = material_named("sewing-thread")
        coverage = stitches(grid, page.stitching)
        layers.append(trimmed("thread", "stitching", thread, coverage, group="stitching"))
    return [layer for layer in layers if layer is not None]


def stitches(grid: Grid, place: Stitching) -> Coverage:
    """A running stitch along one edge: thread from hole to hole, then none, and so on."""
    coverage = grid.empty()
    along_x = place.edge in ("top", "bottom")
    length = grid.width_mm if along_x else grid.height_mm
    deep = grid.height_mm if along_x else grid.width_mm
    across = place.inset_mm if place.edge in ("left", "top") else deep - place.inset_mm
    holes = int((length - 8) / place.hole_pitch_mm)
    start = (length - holes * place.hole_pitch_mm) / 2
    for at in range(0, holes, 2):
        ends = [(start + at * place.hole_pitch_mm, across)]
        ends.append((start + (at + 1) * place.hole_pitch_mm, across))
        points = np.array([(a, b) if along_x else (b, a) for a, b in ends])
        fixed = np.rint(points * grid.px_per_mm * 16).astype(np.int32)
        width = max(1, round(_THREAD_MM * grid.px_per_mm))
        cv2.line(coverage, fixed[0], fixed[1], 1.0, width, cv2.LINE_AA, 4)
    return coverage


def used_page(page: PageDesign, grid: Grid, design: Design, holder: Holder, seed: int) -> Placed:
    """The visa and the stamps that the holder's journeys have left, bottom to top."""
    layers: list[Layer] = []
    boxes: dict[str, BoxMm] = {}
    rng = rng_for("travel", design.name, seed, page.page_number)
    visa_lines: tuple[str, ...] = ()
    visa = page.visa
    if visa is not None and rng.random() <= visa.share:
        placed = _affixed(visa, grid, holder, seed)
        layers.extend(placed.layers)
        boxes.update(placed.boxes_mm)
        visa_lines = placed.visa_lines
    if page.stamps is not None:
        for at in range(int(rng.integers(1, page.stamps.most + 1))):
            placed = draw_stamp(grid, page.stamps.box_mm, holder, rng, name=f"stamp-{at + 1}")
            layers.extend(placed.layers)
            boxes.update(placed.boxes_mm)
    return Placed(tuple(layers), boxes, visa_lines)


def _affixed(place: Affixed, grid: Grid, holder: Holder, seed: int) -> Placed:
    """A visa for the same person, laid on the page."""
    from docexam.specimens.design import design_named
    from docexam.specimens.document import draw_document
    from docexam.specimens.holders import holder_for

    design = design_named(place.design)
    own = holder_for(design, seed)
    bearer = replace(
        own,
        surname=holder.surname,
        given_names=holder.given_names,
        sex=holder.sex,
        birth_date=holder.birth_date,
        native_surname="",
        native_given_names="",
        passport_number=holder.document_number,
    )
    document = draw_document(design, seed, ppi=grid.ppi, holder=bearer, pages=(design.mrz_page,))
    visa = document.pages[design.mrz_page]
    layers = laid_on(grid, visa, place.x_mm, place.y_mm)
    box = (place.x_mm, place.y_mm, visa.grid.width_mm, visa.grid.height_mm)
    x, y, w, h = document.boxes_mm[design.mrz_page]["mrz"]
    zone = (x + place.x_mm, y + place.y_mm, w, h)
    return Placed(layers, {"visa": box, "visa-mrz": zone}, document.lines)


def laid_on(grid: Grid, sheet: PageStack, x_mm: float, y_mm: float) -> tuple[Layer, ...]:
    """The layers of `sheet` on another page, with their corner at (x, y), cut to the page."""
    column, row = round(x_mm * grid.px_per_mm), round(y_mm * grid.px_per_mm)
    layers = []
    for layer in sheet.layers:
        rows, columns = layer.coverage.shape
        outline = sheet.outline[layer.row : layer.row + rows, layer.column : layer.column + columns]
        top, left = layer.row + row, layer.column + column
        coverage = (layer.coverage * outline)[
            max(0, -top) : grid.rows - top, max(0, -left) : grid.columns - left
        ]
        if not coverage.size:
            continue
        moved = trimmed(
            f"visa-{layer.name}",
            layer.role,
            layer.material,
            coverage,
            row=max(0, top),
            column=max(0, left),
            group="visa",
        )
        if moved is not None:
            layers.append(moved)
    return tuple(layers)


def draw_stamp(
    grid: Grid,
    box_mm: BoxMm,
    holder: Holder,
    rng: np.random.Generator,
    *,
    name: str,
    ink: str | None = None,
    day: dt.date | None = None,
) -> Placed:
    """One entry or exit stamp of an invented border post somewhere in the box."""
    state, post = _POSTS[int(rng.integers(len(_POSTS)))]
    last = min(holder.expiry_date, REFERENCE_DATE)
    span = max(1, (last - holder.issue_date).days)
    day = day or holder.issue_date + dt.timedelta(days=int(rng.integers(span)))
    inward = bool(rng.random() < 0.5)
    chosen = ink or _STAMP_INKS[int(rng.integers(len(_STAMP_INKS)))]
    small = _stamp_face(grid.px_per_mm, state, post, day, inward=inward, rng=rng)
    turned = _turned(small, float(rng.normal(0, 9)))
    # rubber prints unevenly: more at one side, with gaps
    rows, columns = turned.shape
    press = cv2.resize(
        rng.uniform(0.35, 1.0, (3, 4)).astype(np.float32),
        (columns, rows),
        interpolation=cv2.INTER_CUBIC,
    )
    grain = rng.uniform(0.75, 1.0, turned.shape).astype(np.float32)
    inked = np.asarray(turned * np.clip(press, 0, 1) * grain, np.float32)
    x, y, w, h = box_mm
    room_x = max(0.0, w - columns / grid.px_per_mm)
    room_y = max(0.0, h - rows / grid.px_per_mm)
    left = round((x + float(rng.uniform(0, 1)) * room_x) * grid.px_per_mm)
    top = round((y + float(rng.uniform(0, 1)) * room_y) * grid.px_per_mm)
    inked = inked[: grid.rows - top, : grid.columns - left]
    layer = trimmed(name, "stamp", material_named(chosen), inked, row=top, column=left, group=name)
    if layer is None:
        return Placed((), {})
    return Placed((layer,), {name: layer.box_mm(grid)})


def _stamp_face(
    px_per_mm: float,
    state: str,
    post: str,
    day: dt.date,
    *,
    inward: bool,
    rng: np.random.Generator,
) -> Coverage:
    """A frame with state, post, date, serial and an arrow into or out of the frame."""
    from docexam.specimens.grid import Grid

    grid = Grid(38.0, 24.0, px_per_mm)
    face = grid.empty()
    line = max(1, round(0.5 * px_per_mm))

    def px(x_mm: float, y_mm: float) -> tuple[int, int]:
        return round(x_mm * px_per_mm * 16), round(y_mm * px_per_mm * 16)

    cv2.rectangle(face, px(1, 1), px(37, 23), 1.0, line, cv2.LINE_AA, 4)
    written = f"{day.day:02d} {MONTHS[day.month - 1]} {day.year % 100:02d}"
    rows = (
        (state, 5.5, 7.0, 4.2, "sans-bold"),
        (post, 19.0, 21.0, min(2.8, 2.8 * 32 / _width(post)), "sans-bold"),
        (written, 19.0, 14.8, 5.2, "ocr-b"),
        (from_pattern("@###", rng), 32.0, 7.0, 2.8, "ocr-b"),
    )
    for text, x_mm, baseline_mm, em_mm, font in rows:
        draw_text(
            face,
            grid,
            text,
            x_mm=x_mm,
            baseline_mm=baseline_mm,
            font=font,
            em_mm=em_mm,
            align="centre",
        )
    start, end = (15.0, 24.0) if inward else (24.0, 15.0)
    cv2.arrowedLine(face, px(start, 4.5), px(end, 4.5), 1.0, line, cv2.LINE_AA, 4, 0.4)
    return face


def _width(text: str) -> float:
    return max(1.0, text_width_mm(text, font="sans-bold", em_mm=2.8))


def _turned(face: Coverage, angle_deg: float) -> Coverage:
    """The face turned, on a patch large enough for it."""
    rows, columns = face.shape
    turn = math.radians(angle_deg)
    width = math.ceil(abs(columns * math.cos(turn)) + abs(rows * math.sin(turn)))
    height = math.ceil(abs(rows * math.cos(turn)) + abs(columns * math.sin(turn)))
    matrix = cv2.getRotationMatrix2D(((columns - 1) / 2, (rows - 1) / 2), angle_deg, 1.0)
    matrix[0, 2] += (width - columns) / 2
    matrix[1, 2] += (height - rows) / 2
    turned = cv2.warpAffine(face, matrix, (width, height), flags=cv2.INTER_LINEAR)
    return np.asarray(turned, np.float32)
