"""Watermark, thread and perforation, learned from sheets painted in literal millimetres."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.reference import perforation, sheet_thread, watermark
from docexam.reference.page_sample import PageSample
from docexam.reference.parts import NotLearned, Part
from docexam.reference.placing import Placing
from docexam.vision.page import LightView, PageView, Quality

if TYPE_CHECKING:
    from types import ModuleType

SCALE = 8
ROWS, COLUMNS = 88 * SCALE, 125 * SCALE
THREAD_MM = (45.0, 1.2)
FIGURE_MM = (85.0, 30.0)
PORTRAIT = (8, 22, 28, 38)
FIELDS_Y = (20, 27, 34, 41)
PARTS: dict[str, ModuleType] = {
    "watermark": watermark,
    "thread": sheet_thread,
    "perforation": perforation,
}


@dataclass(frozen=True)
class Sheet:
    """What one sheet holds: `watermark` and `thread` as shares of their depth, and holes.

    `passes` of the lamp's light come through it; `blur_mm` is that of the lens.
    """

    watermark: float = 1.0
    moved_mm: float = 0.0
    printed: float = 0.0
    thread: float = 1.0
    thread_moved_mm: float = 0.0
    holes: bool = True
    passes: float = 0.12
    blur_mm: float = 0.05


def sample(
    holder: int, sheet: Sheet | None = None, *, lights: str = "white transmitted"
) -> PageSample:
    """One page: the light that is sent back, and that which passes through the sheet."""
    sheet = sheet or Sheet()
    rng = np.random.default_rng(holder)
    ink = _print(holder) * (1 - sheet.printed * _figure(0.0))
    cloud = cv2.GaussianBlur(rng.normal(0, 1, (ROWS, COLUMNS)).astype(np.float32), (0, 0), 12.0)
    inside = 1 - 0.5 * sheet.watermark * _figure(sheet.moved_mm) + 0.5 * cloud
    inside *= 1 - 0.8 * sheet.thread * _thread(sheet.thread_moved_mm)
    lamp = np.linspace(0.9, 1.1, COLUMNS, dtype=np.float32)[None, :]
    white = 0.8 * ink**2
    passed = sheet.passes * lamp * ink * inside
    if sheet.holes:
        cover = _holes(holder)
        passed, white = passed * (1 - cover) + 0.95 * cover, white * (1 - cover)
    pictures = {"white": _taken(white, holder, sheet.blur_mm)}
    pictures["transmitted"] = _taken(passed, holder + 99, sheet.blur_mm)
    pictures = {light: pictures[light] for light in lights.split()}
    seen = {light: np.ones((ROWS, COLUMNS), np.bool_) for light in pictures}
    corners = ((0.0, 0.0), (999.0, 0.0), (999.0, 703.0), (0.0, 703.0))
    views = {
        light: LightView(light, picture, seen[light], 203.2, np.diag([8.0, 8.0, 1.0]), corners)
        for light, picture in pictures.items()
    }
    view = PageView(
        page="data",
        format="TD3",
        size_mm=(125.0, 88.0),
        px_per_mm=8.0,
        lights=views,
        quality={light: Quality(203.2, 1.0, 0.0, 0.0, 0.001) for light in views},
        scale_source="ppi",
        anchor="outline",
        scale_uncertainty=0.002,
    )
    placing = Placing(np.eye(3), 0.03, 0.9, 40)
    return PageSample(view, None, None, (), None, placing, pictures, seen)


def _print(holder: int) -> np.ndarray:
    """The share of light that print keeps in one pass: face, fields and a fixed title."""
    rng = np.random.default_rng(1000 + holder)
    ink = np.ones((ROWS, COLUMNS), np.float32)
    ink[4 * SCALE : 8 * SCALE, 5 * SCALE : 40 * SCALE] = 0.6
    x, y, w, h = (side * SCALE for side in PORTRAIT)
    coarse = rng.uniform(0.25, 0.95, (7, 5)).astype(np.float32)
    ink[y : y + h, x : x + w] = cv2.resize(coarse, (w, h), interpolation=cv2.INTER_CUBIC)
    for row in FIELDS_Y:
        at = 50.0
        for _ in range(int(rng.integers(4, 12))):
            wide = float(rng.uniform(0.5, 1.6))
            left = round(at * SCALE)
            ink[row * SCALE : (row + 2) * SCALE, left : left + round(wide * SCALE)] = 0.3
            at += wide + 0.6
    return np.clip(ink, 0.2, 1.0)


def _figure(moved_mm: float) -> np.ndarray:
    """Two discs of another depth, with soft rims, 0..1."""
    figure = np.zeros((ROWS, COLUMNS), np.float32)
    x, y = FIGURE_MM
    for dx, dy, radius, depth in ((0, 16, 11, 0.5), (16, 26, 8, 1.0), (3, 12, 3, 0.9)):
        middle = (round((x + dx + moved_mm) * SCALE), round((y + dy) * SCALE))
        cv2.circle(figure, middle, radius * SCALE, depth, -1)
    return np.asarray(cv2.GaussianBlur(figure, (0, 0), 0.4 * SCALE), np.float32)


def _thread(moved_mm: float) -> np.ndarray:
    thread = np.zeros((ROWS, COLUMNS), np.float32)
    left = round((THREAD_MM[0] + moved_mm) * SCALE)
    thread[:, left : left + round(THREAD_MM[1] * SCALE)] = 1.0
    return thread


def _holes(holder: int) -> np.ndarray:
    """A lattice of holes, some of them left out on each copy."""
    rng = np.random.default_rng(2000 + holder)
    cover = np.zeros((ROWS, COLUMNS), np.float32)
    for column in range(36):
        for row in range(7):
            if rng.uniform() < 0.6:
                at = (round((60 + 0.75 * column) * SCALE), round((10 + 0.75 * row) * SCALE))
                cv2.circle(cover, at, 1, 1.0, -1)
    return cover


def _taken(level: np.ndarray, seed: int, blur_mm: float) -> np.ndarray:
    soft = cv2.GaussianBlur(level.astype(np.float32), (0, 0), blur_mm * SCALE)
    noise = np.random.default_rng(seed).normal(0, 0.0015, soft.shape)
    grey = np.clip(soft + noise, 0.0, 1.0).astype(np.float32)
    return np.dstack([grey] * 3)


@cache
def genuine() -> tuple[PageSample, ...]:
    moves = (0.0, 0.4, -0.3, 0.2, 0.0)
    return tuple(
        sample(holder, Sheet(thread_moved_mm=move, passes=0.10 + 0.01 * holder))
        for holder, move in enumerate(moves)
    )


@cache
def learned(name: str) -> Part:
    part = PARTS[name].learn(genuine())
    assert isinstance(part, Part), part
    return part


def measured(name: str, one: PageSample) -> dict[str, Measurement]:
    found = PARTS[name].measure(one, learned(name))
    return {each.name: each for each in found if isinstance(each, Measurement)}


def beyond(name: str, one: PageSample) -> set[str]:
    """The measurements that lie outside of their limit by more than twice their uncertainty."""
    found = set()
    for each in measured(name, one).values():
        limit, u = learned(name).limits[each.name], 2 * each.uncertainty
        low = limit.low is not None and each.value < limit.low - u
        high = limit.high is not None and each.value > limit.high + u
        if low or high:
            found.add(each.name)
    return found


@pytest.mark.parametrize("name", list(PARTS))
@pytest.mark.parametrize(
    "sheet", [Sheet(), Sheet(passes=0.06), Sheet(moved_mm=1.5, thread_moved_mm=-2.0)]
)
def test_another_genuine_sheet_is_within_every_limit(name: str, sheet: Sheet) -> None:
    one = sample(11, sheet)
    assert set(measured(name, one)) == set(learned(name).limits)
    assert beyond(name, one) == set()


@pytest.mark.parametrize(
    ("name", "sheet", "about"),
    [
        ("watermark", Sheet(watermark=0.0), {"model.watermark", "model.watermark-contrast"}),
        (
            "watermark",
            Sheet(watermark=0.0, printed=0.3),
            {"model.watermark", "model.watermark-contrast"},
        ),
        ("thread", Sheet(thread=0.0), {"model.thread"}),
        ("thread", Sheet(thread=0.15), {"model.thread"}),
        ("perforation", Sheet(holes=False), {"model.perforation-holes"}),
    ],
)
def test_what_a_copy_lacks_is_beyond_its_limit(name: str, sheet: Sheet, about: set[str]) -> None:
    """A watermark imitated in print takes its share of white light too, and counts for nothing."""
    assert beyond(name, sample(12, sheet)) == about


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        (Sheet(blur_mm=0.15), "perforation.too-coarse"),
        (Sheet(passes=0.004), "perforation.too-dim"),
        (Sheet(passes=0.02), "perforation.too-dim"),
        (Sheet(passes=0.85), "perforation.too-bright"),
    ],
)
def test_holes_that_the_picture_would_not_show_are_not_missed(sheet: Sheet, code: str) -> None:
    """Blur, a dim lamp, other pages over the holes, a lamp that outshines them."""
    one = sample(13, replace(sheet, holes=False))
    (found,) = perforation.measure(one, learned("perforation"))
    assert isinstance(found, NotMeasured)
    assert (found.name, found.code, found.inconclusive) == ("model.perforation-holes", code, True)


def test_transmitted_light_alone_may_be_too_blurred() -> None:
    one = sample(13, Sheet(holes=False))
    through = one.pictures["transmitted"]
    soft = np.asarray(cv2.GaussianBlur(through, (0, 0), 0.14 * SCALE), np.float32)
    (sharp,) = perforation.measure(one, learned("perforation"))
    assert isinstance(sharp, Measurement)
    pictures = {**one.pictures, "transmitted": soft}
    (found,) = perforation.measure(replace(one, pictures=pictures), learned("perforation"))
    assert isinstance(found, NotMeasured)
    assert found.code == "perforation.too-coarse"


def test_a_thread_that_lies_elsewhere_is_left_open() -> None:
    for moved_mm in (-9.0, 8.0, 30.0):
        moved = sample(14, Sheet(thread_moved_mm=moved_mm))
        (found,) = sheet_thread.measure(moved, learned("thread"))
        assert isinstance(found, NotMeasured)
        assert (found.code, found.inconclusive) == ("thread.elsewhere", True)


def test_facts_are_in_the_models_millimetres() -> None:
    box = learned("thread").facts["box_mm"]
    assert box[0] == pytest.approx(THREAD_MM[0], abs=0.5)
    assert box[2] == pytest.approx(THREAD_MM[1], abs=0.6)
    x, y, w, h = learned("watermark").facts["box_mm"]
    left, top = FIGURE_MM
    assert (x, y) == pytest.approx((left - 11, top + 5), abs=2.5)
    assert (x + w, y + h) == pytest.approx((left + 24, top + 34), abs=2.5)
    assert learned("perforation").facts["pitch_mm"] == pytest.approx(0.75, abs=0.03)


def test_nothing_of_a_holder_is_kept() -> None:
    """Neither portrait nor fields leave a trace in the pictures; holes leave no picture at all."""
    assert learned("perforation").pictures == {}
    assert learned("thread").pictures == {}
    inside = learned("watermark").pictures["inside"]
    where = learned("watermark").pictures["where"]
    for x, y, w, h in (PORTRAIT, *((50, row, 22, 2) for row in FIELDS_Y)):
        window = np.s_[4 * y : 4 * (y + h), 4 * x : 4 * (x + w)]
        assert np.ptp(inside[window]) == 0
        assert not where[window].any()


def test_sheets_without_them_teach_nothing_and_a_missing_light_is_said() -> None:
    plain = Sheet(watermark=0.0, thread=0.0, holes=False)
    bare = [sample(holder, plain) for holder in range(3)]
    opaque = [sample(holder, Sheet(holes=False, passes=0.002)) for holder in range(3)]
    for module in PARTS.values():
        assert isinstance(module.learn(bare), NotLearned)
        assert isinstance(module.learn(opaque), NotLearned)
        assert isinstance(module.learn(genuine()[:2]), NotLearned)
    dark = sample(5, lights="white")
    for name, module in PARTS.items():
        found = module.measure(dark, learned(name))
        assert all(isinstance(each, NotMeasured) and each.code == "no-light" for each in found)
