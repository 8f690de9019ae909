"""What is drawn on training pages: text, patterns, pictures and codes, all on grey uint8 arrays."""

from __future__ import annotations

import functools
from pathlib import Path

import cv2
import numpy as np
from PIL import ImageFont

Array = np.ndarray
Rng = np.random.Generator

OCR_B = Path(__file__).parents[3] / "docexam" / "specimens" / "fonts" / "OCRB.otf"
FONT_ROOT = Path("/usr/share/fonts")


@functools.cache
def fonts(kind: str) -> tuple[str, ...]:
    """Font files: `latin`, `mono`, `ocr_b`, `other` (scripts beyond Latin)."""
    if kind == "ocr_b":
        return (str(OCR_B),)
    mono = [
        *FONT_ROOT.glob("truetype/dejavu/DejaVuSansMono*.ttf"),
        *FONT_ROOT.glob("truetype/liberation/LiberationMono*.ttf"),
        *FONT_ROOT.glob("truetype/freefont/FreeMono*.ttf"),
        *FONT_ROOT.glob("truetype/ocr-a/*.ttf"),
    ]
    if kind == "mono":
        return tuple(sorted(map(str, mono)))
    if kind == "latin":
        plain = [
            *FONT_ROOT.glob("truetype/dejavu/*.ttf"),
            *FONT_ROOT.glob("truetype/liberation/*.ttf"),
            *FONT_ROOT.glob("truetype/freefont/*.ttf"),
            *FONT_ROOT.glob("truetype/noto/NotoSans-*.ttf"),
            *FONT_ROOT.glob("truetype/noto/NotoSerif-*.ttf"),
            *FONT_ROOT.glob("truetype/noto/NotoSansDisplay-*.ttf"),
        ]
        return tuple(sorted(str(p) for p in plain if "Math" not in p.name))
    return tuple(
        str(p)
        for script in SCRIPTS
        for p in [FONT_ROOT / "truetype" / "noto" / f"NotoSans{script}-Regular.ttf"]
        if p.exists()
    )


SCRIPTS = {
    "Arabic": (0x0621, 0x064A),
    "Armenian": (0x0531, 0x0556),
    "Bengali": (0x0995, 0x09B9),
    "Devanagari": (0x0905, 0x0939),
    "Ethiopic": (0x1200, 0x1246),
    "Georgian": (0x10D0, 0x10F0),
    "Hebrew": (0x05D0, 0x05EA),
    "Khmer": (0x1780, 0x17A2),
    "Myanmar": (0x1000, 0x1020),
    "Tamil": (0x0B85, 0x0BB9),
    "Thai": (0x0E01, 0x0E2E),
    "Yi": (0xA000, 0xA3FF),
}


@functools.lru_cache(maxsize=600)
def font(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


def text_mask(text: str, path: str, size: int) -> Array:
    """The ink of `text`, (h, w) uint8, tightly cut."""
    mask, _ = font(path, size).getmask2(text, mode="L")
    width, height = mask.size
    return np.array(mask, np.uint8).reshape(height, width)


def foreign_text(rng: Rng, length: int) -> tuple[str, str]:
    """Letters of another script, and a font that has them."""
    path = fonts("other")[int(rng.integers(len(fonts("other"))))]
    script = Path(path).name.removeprefix("NotoSans").split("-")[0]
    low, high = SCRIPTS[script]
    return "".join(chr(c) for c in rng.integers(low, high, size=length)), path


def stamp(
    page: Array, mask: Array, at: tuple[float, float], ink: float, opacity: float = 1.0
) -> None:
    """Blends grey `ink` through `mask` with its top left corner at `at`; cut at the border."""
    x, y = int(at[0]), int(at[1])
    h, w = mask.shape
    x0, y0, x1, y1 = max(x, 0), max(y, 0), min(x + w, page.shape[1]), min(y + h, page.shape[0])
    if x1 <= x0 or y1 <= y0:
        return
    alpha = mask[y0 - y : y1 - y, x0 - x : x1 - x].astype(np.float32) * (opacity / 255)
    place = page[y0:y1, x0:x1]
    place[:] = (place + (ink - place.astype(np.float32)) * alpha).astype(np.uint8)


def low_frequency(rng: Rng, shape: tuple[int, int], cells: int) -> Array:
    """Smooth noise in -1..1, float32."""
    h, w = shape
    rows = max(2, round(cells * h / max(h, w)) + 1)
    cols = max(2, round(cells * w / max(h, w)) + 1)
    small = rng.uniform(-1, 1, (rows, cols)).astype(np.float32)
    return cv2.resize(small, (w, h), interpolation=cv2.INTER_CUBIC)


def guilloche(rng: Rng, page: Array, box: tuple[int, int, int, int], depth: float) -> None:
    """Families of wavy lines, lighter or darker by up to `depth` grey levels."""
    x0, y0, x1, y1 = box
    base = float(page[y0:y1, x0:x1].mean())
    for _ in range(int(rng.integers(1, 4))):
        count = int(rng.integers(6, 40))
        t = np.linspace(0, 1, 120)
        amplitude = rng.uniform(0.02, 0.3) * (y1 - y0)
        waves = rng.uniform(0.5, 12)
        phase = rng.uniform(0, 6.28)
        shift = rng.uniform(0, 0.4)
        grey = int(np.clip(base + rng.uniform(-1, 0.5) * depth, 0, 255))
        lines = []
        for i in range(count):
            middle = y0 + (y1 - y0) * (i + 0.5) / count
            bend = amplitude * np.sin(waves * 6.28 * t + phase + i * shift)
            lines.append(np.stack([x0 + (x1 - x0) * t, middle + bend], 1))
        points = np.round(np.array(lines) * 8).astype(np.int32)
        if rng.random() < 0.3:
            points = points[:, :, ::-1].copy()
        cv2.polylines(
            page, list(points), False, grey, int(rng.choice([1, 1, 1, 2])), cv2.LINE_AA, shift=3
        )


def hatching(rng: Rng, page: Array, box: tuple[int, int, int, int]) -> None:
    """Parallel strokes, a ruler, dots or a grid."""
    x0, y0, x1, y1 = box
    base = float(page[y0:y1, x0:x1].mean())
    grey = int(np.clip(base + rng.uniform(-160, 30), 0, 255))
    step = float(rng.uniform(4, 30))
    kind = rng.integers(4)
    if kind == 0:
        slope = rng.uniform(-1, 1) * (y1 - y0)
        for x in np.arange(x0, x1, step):
            cv2.line(page, (int(x), y0), (int(x + slope), y1), grey, 1, cv2.LINE_AA)
    elif kind == 1:
        for i, x in enumerate(np.arange(x0, x1, step)):
            cv2.line(page, (int(x), y0), (int(x), y0 + (24 if i % 10 == 0 else 12)), grey, 2)
    elif kind == 2:
        radius = max(1, int(step * rng.uniform(0.15, 0.45)))
        for y in np.arange(y0, y1, step * 2):
            for x in np.arange(x0, x1, step * 2):
                cv2.circle(page, (int(x), int(y)), radius, grey, -1)
    else:
        for x in np.arange(x0, x1, step * 3):
            cv2.line(page, (int(x), y0), (int(x), y1), grey, 1)
        for y in np.arange(y0, y1, step * 3):
            cv2.line(page, (x0, int(y)), (x1, int(y)), grey, 1)


def portrait(rng: Rng, page: Array, box: tuple[int, int, int, int]) -> None:
    """A blob with hair, face and shoulders; the network only has to see that it is no text."""
    x0, y0 = max(box[0], 0), max(box[1], 0)
    x1, y1 = min(box[2], page.shape[1]), min(box[3], page.shape[0])
    w, h = x1 - x0, y1 - y0
    if w < 8 or h < 8:
        return
    patch = np.full((h, w), int(rng.integers(120, 250)), np.uint8)
    skin, hair, coat = (int(v) for v in rng.integers((90, 10, 10), (220, 160, 240)))
    cv2.ellipse(patch, (w // 2, int(h * 1.1)), (int(w * 0.48), int(h * 0.4)), 0, 0, 360, coat, -1)
    cv2.ellipse(patch, (w // 2, int(h * 0.42)), (int(w * 0.32), int(h * 0.36)), 0, 0, 360, hair, -1)
    cv2.ellipse(patch, (w // 2, int(h * 0.48)), (int(w * 0.22), int(h * 0.28)), 0, 0, 360, skin, -1)
    for side in (-1, 1):
        eye = (w // 2 + side * w // 10, int(h * 0.45))
        cv2.ellipse(patch, eye, (max(1, w // 25), max(1, h // 60)), 0, 0, 360, hair // 2, -1)
    cv2.line(patch, (int(w * 0.43), int(h * 0.62)), (int(w * 0.57), int(h * 0.62)), skin // 2, 2)
    patch = cv2.GaussianBlur(patch, (0, 0), max(0.6, w / 60))
    patch = patch + 14 * low_frequency(rng, (h, w), 40) + rng.normal(0, 4, (h, w))
    page[y0:y1, x0:x1] = np.clip(patch, 0, 255).astype(np.uint8)


def bar_code(rng: Rng, page: Array, box: tuple[int, int, int, int]) -> None:
    """Bars, a stacked code, a matrix code, or the ticks of a postal code."""
    x0, y0 = max(box[0], 0), max(box[1], 0)
    x1, y1 = min(box[2], page.shape[1]), min(box[3], page.shape[0])
    if x1 - x0 < 8 or y1 - y0 < 8:
        return
    kind = rng.integers(4)
    module = int(rng.integers(2, 6))
    if kind == 3:
        high = min(y1 - y0, int(rng.integers(14, 40)))
        for x in range(x0, x1 - module, 2 * module):
            top, end = (rng.random(2) < 0.5) * high // 3
            cv2.rectangle(page, (x, y0 + int(top)), (x + module - 1, y0 + high - int(end)), 20, -1)
        return
    cols = max(4, (x1 - x0) // module)
    rows = 1 if kind == 0 else max(3, (y1 - y0) // (module * (3 if kind == 1 else 1)))
    bits = (rng.random((rows, cols)) < 0.5).astype(np.uint8)
    if kind == 1:
        bits[:, : cols // 12] = bits[0, : cols // 12]
    cells = cv2.resize(bits, (x1 - x0, y1 - y0), interpolation=cv2.INTER_NEAREST)
    page[y0:y1, x0:x1] = np.where(cells > 0, int(rng.integers(0, 60)), int(rng.integers(200, 256)))


def surface(rng: Rng, shape: tuple[int, int]) -> Array:
    """A table, a scanner bed, a cloth, a gradient: what lies behind a document."""
    h, w = shape
    kind = rng.integers(8)
    base = float(rng.choice([0, 20, 60, 100, 128, 128, 150, 190, 230, 245, 255]))
    if kind <= 1:
        return np.full((h, w), base, np.uint8)
    out = base + float(rng.uniform(5, 60)) * low_frequency(rng, shape, int(rng.integers(1, 5)))
    if kind in (3, 4):  # grain of wood, brushed metal
        grain = rng.normal(0, 1, (h, max(2, w // int(rng.integers(20, 90))))).astype(np.float32)
        grain = cv2.GaussianBlur(grain, (0, 0), float(rng.uniform(0.3, 2)))
        out = out + rng.uniform(5, 30) * cv2.resize(grain, (w, h), interpolation=cv2.INTER_CUBIC)
    elif kind == 5:  # weave
        y, x = np.mgrid[0:h, 0:w].astype(np.float32)
        step = float(rng.uniform(3, 14))
        out = out + rng.uniform(4, 40) * np.sin(x * 6.28 / step) * np.sin(y * 6.28 / step)
    elif kind == 6:  # stone, carpet
        noise = rng.normal(0, 1, (h // 2 + 1, w // 2 + 1)).astype(np.float32)
        noise = cv2.GaussianBlur(noise, (0, 0), float(rng.uniform(0.4, 4)))
        out = out + rng.uniform(8, 40) * cv2.resize(noise, (w, h)) / max(float(noise.std()), 1e-3)
    out = np.clip(out, 0, 255).astype(np.uint8)
    if kind == 6 and rng.random() < 0.5:
        for _ in range(int(rng.integers(1, 8))):
            centre = (int(rng.integers(w)), int(rng.integers(h)))
            axes = (int(rng.integers(5, w // 2)), int(rng.integers(5, h // 2)))
            turn = float(rng.uniform(0, 180))
            cv2.ellipse(out, centre, axes, turn, 0, 360, int(rng.integers(256)), -1)
    if rng.random() < 0.25:  # planks, tiles, keyboard keys
        step = int(rng.integers(20, 120))
        grey = int(np.clip(base + rng.uniform(-80, 80), 0, 255))
        for at in range(int(rng.integers(step)), max(h, w), step):
            cv2.line(out, (0, at), (w, at), grey, int(rng.integers(1, 4)))
            if kind == 7:
                cv2.line(out, (at, 0), (at, h), grey, int(rng.integers(1, 4)))
    if h == w and rng.random() < 0.33:
        out = np.ascontiguousarray(out.T)
    return out
