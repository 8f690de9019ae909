"""Training pictures: pages on surfaces, seen from anywhere, worn by light, optics and coding."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import ink
import numpy as np
from pages import Page, random_page

Array = np.ndarray
Rng = np.random.Generator
STRIDE = 4
MIN_HEIGHT_PX = 2.2  # smaller capitals are neither asked for nor punished
REFERENCE_HEIGHT_PX = 8.0  # log_height is 0 here
PAD_GREY = 128  # stands beyond the picture, as in docexam.vision
CORE = 0.3  # half thickness of a line's core, in capital heights


@dataclass(frozen=True)
class Scene:
    """A picture (h, w) uint8 and its targets (8, h/4, w/4): see `draw_targets`.

    Beyond `extent` (height, width) the picture is filled.
    """

    pixels: Array
    targets: Array
    lines: tuple[Array, ...]  # each (2, 2): start and end in pixels, zone after zone
    heights: tuple[float, ...]
    zone_sizes: tuple[int, ...]  # lines of each zone
    extent: tuple[int, int]


def view(rng: Rng, page: Page, shape: tuple[int, int], *, near: bool) -> tuple[Array, float]:
    """Where the page lies: a homography from page to picture, and the resulting pixel pitch."""
    h, w = shape
    height, width = page.pixels.shape
    base = 20.3  # px between characters on the page
    if near:  # as the second look sees it: straight and of known size
        pitch = float(rng.uniform(9, 15))
        angle = float(rng.normal(0, 2.5)) + 180 * float(rng.random() < 0.5)
    else:
        pitch = float(np.exp(rng.uniform(np.log(2.4), np.log(20))))
        if rng.random() < 0.45:
            pitch = float(rng.uniform(5, 14))
        draw = rng.random()
        angle = float(rng.normal(0, 2)) if draw < 0.45 else float(rng.uniform(0, 360))
        if draw > 0.85:
            angle = float(rng.choice([90, 180, 270])) + float(rng.normal(0, 2))
    scale = pitch / base
    if page.lines and rng.random() < (1.0 if near else 0.65):
        focus = np.mean([[m.start, m.end] for m in page.lines], axis=(0, 1))
    else:
        focus = np.array([width / 2, height / 2])
    if not page.lines:
        scale *= float(rng.uniform(0.45, 1.5))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    turn = np.deg2rad(angle)
    matrix = scale * np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    placed = (corners - focus) @ matrix.T
    if rng.random() < 0.6:
        bend = rng.choice([0.015, 0.04, 0.09], p=[0.5, 0.35, 0.15]) * scale * min(width, height)
        placed = placed + rng.normal(0, bend, (4, 2))
    slack = np.array([w, h]) * (0.12 if near else 0.33)
    target = np.array([w / 2, h / 2]) + rng.uniform(-1, 1, 2) * slack
    if rng.random() < 0.08 and not near:  # lies exactly in the picture, as a scan does
        target = placed.max(0) - (placed.max(0) + placed.min(0)) / 2
    placed = (placed + target).astype(np.float32)
    return cv2.getPerspectiveTransform(corners, placed), pitch


def shrink_for(page: Array, factor: float) -> tuple[Array, float]:
    """An area-averaged copy that needs at most 1.5 times less for `factor` (below 1: smaller)."""
    if factor >= 0.67:
        return page, 1.0
    share = min(1.0, factor * 1.25)
    size = (max(1, round(page.shape[1] * share)), max(1, round(page.shape[0] * share)))
    return cv2.resize(page, size, interpolation=cv2.INTER_AREA), share


def place(rng: Rng, canvas: Array, page: Page, homography: Array, pitch: float) -> None:
    """Draws the page on the canvas, with a shadow or worn edges now and then."""
    h, w = canvas.shape
    pixels, share = shrink_for(page.pixels, pitch / 20.3)
    height, width = pixels.shape
    lift = np.diag([width / page.pixels.shape[1], height / page.pixels.shape[0], 1.0])
    matrix = homography @ np.linalg.inv(lift)
    smooth = cv2.INTER_LINEAR if rng.random() < 0.8 else cv2.INTER_CUBIC
    drawn = cv2.warpPerspective(pixels, matrix, (w, h), flags=smooth)
    mask = np.full(pixels.shape, 255, np.uint8)
    if rng.random() < 0.5:  # rounded corners
        r = int(3.2 * 8 * share)
        for x, y in ((0, 0), (width - r, 0), (0, height - r), (width - r, height - r)):
            mask[max(y, 0) : y + r, max(x, 0) : x + r] = 0
        for x, y in ((r, r), (width - r, r), (r, height - r), (width - r, height - r)):
            cv2.circle(mask, (x, y), r, 255, -1, cv2.LINE_AA)
    mask = cv2.warpPerspective(mask, matrix, (w, h))
    if rng.random() < 0.3:
        shift = np.float32([[1, 0, rng.uniform(-8, 8)], [0, 1, rng.uniform(-8, 8)]])
        dark = cv2.warpAffine(mask, shift, (w, h))
        dark = cv2.GaussianBlur(dark, (0, 0), float(rng.uniform(1, 6)))
        strength = float(rng.uniform(0.2, 0.8))
        canvas[:] = (canvas * (1 - strength * (dark / 255.0))).astype(np.uint8)
    alpha = mask.astype(np.float32) / 255
    canvas[:] = (canvas * (1 - alpha) + drawn * alpha).astype(np.uint8)


def degrade(rng: Rng, picture: Array, pitch: float) -> Array:
    """Light, optics, sensor and coding, each now and then."""
    h, w = picture.shape
    out = picture.astype(np.float32)
    if rng.random() < 0.3:  # resolution lost, often sharpened there and coded, then enlarged
        share = float(rng.uniform(max(0.35, 3.6 / pitch), 1)) if pitch > 3.6 else 1.0
        size = (max(8, round(w * share)), max(8, round(h * share)))
        small = cv2.resize(out, size, interpolation=cv2.INTER_AREA)
        if rng.random() < 0.5:
            small += float(rng.uniform(0.3, 1.5)) * (small - cv2.GaussianBlur(small, (0, 0), 1.0))
        if rng.random() < 0.5:
            small = coded(rng, np.clip(small, 0, 255).astype(np.uint8)).astype(np.float32)
        how = cv2.INTER_LINEAR if rng.random() < 0.5 else cv2.INTER_CUBIC
        out = cv2.resize(small, (w, h), interpolation=how)
    if rng.random() < 0.35:
        out *= 1 + rng.uniform(0.05, 0.45) * ink.low_frequency(rng, (h, w), int(rng.integers(1, 4)))
    if rng.random() < 0.18:  # glare
        glare = np.zeros((h, w), np.float32)
        centre = (int(rng.integers(w)), int(rng.integers(h)))
        axes = (int(rng.uniform(0.03, 0.25) * w), int(rng.uniform(0.03, 0.25) * h))
        cv2.ellipse(glare, centre, axes, float(rng.uniform(0, 180)), 0, 360, 1.0, -1)
        if rng.random() < 0.6:
            glare = cv2.GaussianBlur(glare, (0, 0), float(rng.uniform(1, 15)))
        out += glare * float(rng.uniform(80, 300))
    if rng.random() < 0.12:  # a cast shadow
        points = rng.uniform(-0.3, 1.3, (4, 2)) * (w, h)
        shade = np.zeros((h, w), np.float32)
        cv2.fillPoly(shade, [points.astype(np.int32)], 1.0)
        shade = cv2.GaussianBlur(shade, (0, 0), float(rng.uniform(1, 12)))
        out *= 1 - shade * float(rng.uniform(0.15, 0.6))
    out = smeared(rng, out, pitch)
    if rng.random() < 0.08:  # moire
        y, x = np.mgrid[0:h, 0:w].astype(np.float32)
        bearing = rng.uniform(0, 3.14)
        wave = (x * np.cos(bearing) + y * np.sin(bearing)) * rng.uniform(0.3, 2.5)
        out += rng.uniform(3, 18) * np.sin(wave)
    if rng.random() < 0.6:  # exposure and contrast
        out = out * float(rng.uniform(0.35, 1.1)) + float(rng.uniform(-25, 20))
    if rng.random() < 0.3:
        out += rng.normal(0, rng.uniform(1, 10), (h, w)).astype(np.float32)
    if rng.random() < 0.12:  # unsharp masking
        out += float(rng.uniform(0.3, 1.5)) * (out - cv2.GaussianBlur(out, (0, 0), 1.2))
    out = np.clip(out, 0, 255).astype(np.uint8)
    return coded(rng, out) if rng.random() < 0.5 else out


def smeared(rng: Rng, picture: Array, pitch: float) -> Array:
    """Out of focus or moved."""
    if rng.random() < 0.4:
        return cv2.GaussianBlur(picture, (0, 0), float(rng.uniform(0.02, 0.15)) * pitch + 0.1)
    if rng.random() < 0.09:  # motion
        length = max(2, round(float(rng.uniform(0.1, 0.35)) * pitch))
        kernel = np.zeros((length * 2 + 1, length * 2 + 1), np.float32)
        bearing = rng.uniform(0, 6.28)
        tip = np.round(length / 2 * np.array([np.cos(bearing), np.sin(bearing)])).astype(int)
        ends = [(length + sign * tip).tolist() for sign in (-1, 1)]
        cv2.line(kernel, ends[0], ends[1], 1.0)
        return cv2.filter2D(picture, -1, kernel / kernel.sum())
    return picture


def coded(rng: Rng, picture: Array) -> Array:
    """Through JPEG and back."""
    quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(18, 95))]
    return cv2.imdecode(cv2.imencode(".jpg", picture, quality)[1], cv2.IMREAD_GRAYSCALE)


def draw_targets(shape: tuple[int, int], zones: list[tuple[Array, Array]]) -> Array:
    """Maps (8, h/4, w/4) float16: core, zone, cos 2t, sin 2t, cos t, sin t, log height, weight.

    `zones`: for each document its lines (n, 2, 2) and capital heights (n,), in pixels.
    """
    h, w = shape
    core = np.zeros((h, w), np.uint8)
    zone = np.zeros((h, w), np.uint8)
    weight = np.full((h // STRIDE, w // STRIDE), 1.0, np.float32)
    maps = np.zeros((8, h // STRIDE, w // STRIDE), np.float32)
    for lines, heights in zones:
        along = lines[:, 1] - lines[:, 0]
        turn = np.arctan2(along[:, 1], along[:, 0])
        across = np.stack([-np.sin(turn), np.cos(turn)], 1)
        outline = np.concatenate(
            [
                lines[0, :, :] - 0.6 * heights[0] * across[0],
                lines[-1, ::-1, :] + 0.6 * heights[-1] * across[-1],
            ]
        )
        mask = np.zeros((h, w), np.uint8)
        fill(mask, outline)
        cells = cv2.resize(mask, (w // STRIDE, h // STRIDE), interpolation=cv2.INTER_AREA) > 0
        if heights.mean() < MIN_HEIGHT_PX:
            weight[cells] = 0
            continue
        np.maximum(zone, mask, out=zone)
        for (start, end), normal, height in zip(lines, across, heights, strict=True):
            half = max(CORE * height, 1.0) * normal
            fill(core, np.array([start - half, end - half, end + half, start + half]))
        angle, size = float(np.median(turn)), float(np.mean(heights))
        values = (np.cos(2 * angle), np.sin(2 * angle), np.cos(angle), np.sin(angle))
        for channel, value in enumerate((*values, np.log(size / REFERENCE_HEIGHT_PX)), start=2):
            maps[channel][cells] = value
    size = (w // STRIDE, h // STRIDE)
    maps[0] = cv2.resize(core, size, interpolation=cv2.INTER_AREA) / 255.0
    maps[1] = cv2.resize(zone, size, interpolation=cv2.INTER_AREA) / 255.0
    maps[7] = weight
    return maps.astype(np.float16)


def visible(picture: Array) -> Array:
    """0 where a map's cell and its neighbours show next to no contrast: nobody could find print."""
    contrast = cv2.morphologyEx(picture, cv2.MORPH_GRADIENT, np.ones((9, 9), np.uint8))
    h, w = picture.shape
    mean = cv2.resize(contrast, (w // STRIDE, h // STRIDE), interpolation=cv2.INTER_AREA)
    mean = cv2.blur(mean, (5, 5))
    return (mean > 5).astype(np.float16)


def fill(mask: Array, polygon: Array) -> None:
    points = np.round(np.clip(polygon, -4000, 4000) * 16).astype(np.int32)
    cv2.fillPoly(mask, [points], 255, cv2.LINE_8, shift=4)


def project(page: Page, homography: Array) -> tuple[Array, Array]:
    """The page's lines (n, 2, 2) and capital heights (n,) in the picture."""
    ends = np.array([[m.start, m.end] for m in page.lines], np.float64).reshape(-1, 1, 2)
    lines = cv2.perspectiveTransform(ends, homography).reshape(-1, 2, 2)
    half = np.array([m.height / 2 for m in page.lines])
    middle = np.array([[(m.start[0] + m.end[0]) / 2, m.start[1]] for m in page.lines])
    span = np.stack([middle, middle], 1)
    span[:, 0, 1] -= half
    span[:, 1, 1] += half
    span = cv2.perspectiveTransform(span.reshape(-1, 1, 2), homography).reshape(-1, 2, 2)
    return lines, np.linalg.norm(span[:, 1] - span[:, 0], axis=1)


class PagePool:
    """Pages are dear, views are cheap: each page is seen about `reuse` times, then replaced."""

    def __init__(self, seed: int, size: int = 64, reuse: int = 6) -> None:
        self.rng = np.random.default_rng(seed)
        self.pages = [random_page(self.rng) for _ in range(size)]
        self.reuse = reuse

    def page(self) -> Page:
        """Any page of the pool."""
        at = int(self.rng.integers(len(self.pages)))
        if self.rng.random() < 1 / self.reuse:
            self.pages[at] = random_page(self.rng)
        return self.pages[at]

    def scene(self, shape: tuple[int, int], *, near: bool = False) -> Scene:
        """One training picture; `near` looks at a zone as the second stage does."""
        rng = self.rng
        canvas = ink.surface(rng, shape)
        page = self.page()
        while near and not page.lines and rng.random() < 0.8:
            page = self.page()
        homography, pitch = view(rng, page, shape, near=near)
        place(rng, canvas, page, homography, pitch)
        zones = [project(page, homography)] if page.lines else []
        quads = [page_quad(page, homography)]
        for _ in range(int(rng.integers(0, 3)) if rng.random() < 0.3 and not near else 0):
            other = self.page()
            homography, other_pitch = view(rng, other, shape, near=False)
            quad = page_quad(other, homography)
            if any(cv2.intersectConvexConvex(quad, q)[0] > 0 for q in quads):
                continue
            place(rng, canvas, other, homography, other_pitch)
            quads.append(quad)
            pitch = min(pitch, other_pitch)
            if other.lines:
                zones.append(project(other, homography))
        picture = degrade(rng, canvas, pitch)
        targets = draw_targets(shape, zones)
        targets[7] *= np.where(targets[1] > 0, visible(picture), 1)
        bottom, right = shape
        if rng.random() < 0.25:  # the picture ends before the canvas does
            low, high = ((0, 24), (0, min(shape) // 3))[int(rng.random() < 0.5)]
            bottom, right = (np.array(shape) - rng.integers(low, high, 2)).tolist()
            picture[bottom:] = picture[:, right:] = PAD_GREY
            targets[:7, bottom // STRIDE :] = 0
            targets[:7, :, right // STRIDE :] = 0
        return Scene(
            picture,
            targets,
            tuple(line for lines, _ in zones for line in lines),
            tuple(float(v) for _, heights in zones for v in heights),
            tuple(len(lines) for lines, _ in zones),
            (bottom, right),
        )


def page_quad(page: Page, homography: Array) -> Array:
    h, w = page.pixels.shape
    corners = np.array([[[0, 0]], [[w, 0]], [[w, h]], [[0, h]]], np.float64)
    return cv2.perspectiveTransform(corners, homography).astype(np.float32)
