"""PassportEye as an engine: its own way of finding, reading and correcting, for comparison.

It gives no confidence for a character and puts letters and digits right by their place, so its
text is never `confident`. Its imports (scikit-image and more) happen only in `load`.
"""

from __future__ import annotations

import warnings
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from docexam.errors import DependencyMissing
from docexam.nouns.reading import Problem
from docexam.nouns.zone import ZoneText
from docexam.vision.engines.protocol import EngineStatus

if TYPE_CHECKING:
    from docexam.capture.pixels import Pixels
    from docexam.nouns.reading import Quad

NAME = "passporteye"
HOW_TO_GET = "Install it: pip install 'docexam[passporteye]'."


def status() -> EngineStatus:
    """Whether PassportEye and Tesseract are installed, without importing either."""
    import shutil

    try:
        found = version("passporteye")
    except PackageNotFoundError:
        return EngineStatus(NAME, installed=False, how_to_get=HOW_TO_GET)
    if shutil.which("tesseract") is None:
        how = "It needs a program: apt-get install tesseract-ocr tesseract-ocr-eng."
        return EngineStatus(NAME, installed=False, version=found, how_to_get=how)
    return EngineStatus(NAME, installed=True, version=found)


def load() -> PassportEyeEngine:
    """The engine, ready to read.

    Raises:
        DependencyMissing: PassportEye or Tesseract is not installed.
    """
    from docexam.vision.engines import tesseract_program

    tesseract_program.find()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import passporteye.mrz.image as pipeline
            from passporteye.mrz.text import MRZOCRCleaner
    except ImportError as error:
        raise DependencyMissing(
            "PassportEye is not installed.", code="dependency.passporteye", hint=HOW_TO_GET
        ) from error
    # Its own call leaves the zone in a temporary file when it is killed, and waits without limit.
    pipeline.ocr = _ocr
    return PassportEyeEngine(pipeline.MRZPipeline, MRZOCRCleaner.apply)


class PassportEyeEngine:
    """PassportEye's pipeline on pixels instead of a file; at most one zone a picture."""

    name = NAME
    wants_colour = True  # It weighs the colours in its own way.

    def __init__(self, pipeline: Any, clean: Any) -> None:  # noqa: ANN401 - it ships no types
        self._pipeline = pipeline
        self._clean = clean

    def read(self, pixels: Pixels) -> list[ZoneText]:
        """The zone that PassportEye finds in uint8 grey or BGR pixels, or none."""
        from skimage.color import rgb2gray

        run = self._pipeline(None)
        run["img"] = pixels / 255 if pixels.ndim == 2 else rgb2gray(pixels[..., ::-1])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            zone = run["mrz_final"]
        if zone is None:
            return []
        lines = tuple(line for line in self._clean(run["text"]) if line)
        return [
            ZoneText(
                lines=lines,
                confident=False,
                confidence=float(zone.valid_score) / 100,
                problems=(_NO_CONFIDENCE,),
                quad_px=_quad(run),
            )
        ]


_NO_CONFIDENCE = Problem(
    id="engine.no-confidence",
    severity="notice",
    message="PassportEye does not tell how sure it is of a character.",
)


def _ocr(strip: Any, mrz_mode: bool = True, extra_cmdline_params: str = "") -> str:  # noqa: ANN401
    """PassportEye's call of Tesseract, with its settings, through pipes instead of files."""
    import numpy as np

    from docexam.vision.engines import tesseract_program

    if strip is None or strip.size == 0:
        return ""
    pixels = np.clip(np.asarray(strip) * 255 + 0.5, 0, 255).astype(np.uint8)
    settings = _SETTINGS if mrz_mode else ()
    return tesseract_program.read(pixels, [*settings, *extra_cmdline_params.split()]).strip()


_SETTINGS = (
    *("--psm", "6", "-c", "tessedit_char_whitelist=ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789><"),
    *("-c", "load_system_dawg=F", "-c", "load_freq_dawg=F"),
)


def _quad(run: Any) -> Quad:  # noqa: ANN401
    """Corners in reading direction; a box counts (row, column) from its lower left one."""
    import numpy as np

    scale = 1 / run["scale_factor"]
    box = run["boxes"][run["box_idx"]]
    low_left, low_right, up_right, up_left = (
        (float(column) * scale, float(row) * scale) for row, column in box.as_poly()
    )
    if np.array_equal(run["roi"], box.extract_from_image(run["img"], scale)):
        return up_left, up_right, low_right, low_left
    return low_right, low_left, up_left, up_right
