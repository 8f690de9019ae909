"""Tesseract as an engine: docexam finds and straightens the zone, Tesseract recognises it.

It is independent of the default engine's recogniser, which is what makes a second opinion worth
having. Data trained on zones is taken where Tesseract has it, else English, which misreads fillers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.vision.engines.protocol import EngineStatus

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from docexam.capture.pixels import Pixels
    from docexam.nouns.zone import ZoneText
    from docexam.vision.line_strip import LineStrip
    from docexam.vision.line_view import LineView
    from docexam.vision.locate_candidate import ZoneCandidate

NAME = "tesseract"
TRAINED_DATA = ("mrz", "ocrb", "OCRB", "ocr_b", "eng")
"""Names of trained data, the fittest first."""

# Our starting values.
MOST_CANDIDATES = 3
SURE_DIRECTION = 0.9
# English data is 0.66 and more sure of the zones of public specimens, of other print mostly less.
MEAN_SURETY = 0.65
SURETY_OF_A_LINE = 0.9
FILLER_SHARE = 0.12
_SETTINGS = (
    *("--psm", "6", "-c", "tessedit_char_whitelist=ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"),
    *("-c", "load_system_dawg=0", "-c", "load_freq_dawg=0"),
)


def status() -> EngineStatus:
    """Whether Tesseract and its wrapper are installed, without starting it."""
    import shutil
    from importlib.metadata import PackageNotFoundError, version

    try:
        wrapper = version("pytesseract")
    except PackageNotFoundError:
        return EngineStatus(NAME, installed=False, how_to_get="pip install pytesseract")
    if shutil.which("tesseract") is None:
        how = "Install it: apt-get install tesseract-ocr tesseract-ocr-eng."
        return EngineStatus(NAME, installed=False, version=wrapper, how_to_get=how)
    return EngineStatus(NAME, installed=True, version=wrapper)


def load(trained_data: Path | None = None) -> TesseractEngine:
    """The engine, ready to read, with a `.traineddata` file or with the best that is installed.

    Raises:
        DependencyMissing: Tesseract, its wrapper or its trained data is not installed.
    """
    from docexam.errors import DependencyMissing

    try:
        from docexam.vision.engines import tesseract_program
    except ImportError as error:
        raise DependencyMissing(
            "The Python package pytesseract is not installed.",
            code="dependency.pytesseract",
            hint="Install it: pip install pytesseract.",
        ) from error
    folder = trained_data.resolve().parent if trained_data else None
    wanted = (trained_data.name.removesuffix(".traineddata"),) if trained_data else TRAINED_DATA
    there = tesseract_program.languages(folder)
    name = next((name for name in wanted if name in there), None)
    if name is None:
        raise DependencyMissing(
            f"Tesseract has no trained data {wanted[-1]!r}.",
            code="dependency.tesseract-data",
            hint="Install it: apt-get install tesseract-ocr-eng.",
        )
    where = ["--tessdata-dir", str(folder)] if folder else []
    return TesseractEngine([*where, "-l", name])


class TesseractEngine:
    """Zones found by docexam, read by the Tesseract program, one call a zone."""

    name = NAME
    wants_colour = False

    def __init__(self, options: Sequence[str]) -> None:
        self._options = [*options, *_SETTINGS]

    def read(self, pixels: Pixels) -> list[ZoneText]:
        """Every zone in uint8 grey or BGR pixels, from the top one down.

        Raises:
            DependencyMissing: the program has gone.
            ModelError: the model that finds zones is altered.
            InputError: it failed, or gave no answer in time.
        """
        from docexam.vision.locate_mrz import to_grey

        grey = to_grey(pixels)
        found = []
        for candidate in _candidates(grey)[:MOST_CANDIDATES]:
            read = self._read_upright(grey, candidate)
            if read is not None:
                found.append(read)
        return sorted(found, key=lambda zone: zone.quad_px[0][1] if zone.quad_px else 0.0)

    def _read_upright(self, grey: Pixels, candidate: ZoneCandidate) -> ZoneText | None:
        """The zone as it lies; upside down where that reads better and its direction is unsure."""
        there, surety = self._read_candidate(grey, candidate)
        if candidate.direction_score < SURE_DIRECTION and surety < SURE_DIRECTION:
            back, other_surety = self._read_candidate(grey, candidate.turned())
            if other_surety > surety:
                there, surety = back, other_surety
        return there if there is not None and _is_zone(there, surety) else None

    def _read_candidate(
        self, grey: Pixels, candidate: ZoneCandidate
    ) -> tuple[ZoneText | None, float]:
        from docexam.vision.line_strip import cut_strip, straight_path
        from docexam.vision.read_zone import zone_read

        strips = [
            cut_strip(grey, straight_path(line.start_xy, line.end_xy, line.height_px))
            for line in candidate.lines
        ]
        views = self._recognise(strips)
        if not views:
            return None, 0.0
        read = zone_read(views)
        return read.text, read.surety

    def _recognise(self, strips: Sequence[LineStrip]) -> list[LineView]:
        """Each line's cells: the strips go to Tesseract as one picture, which saves its start."""
        from docexam.vision.engines import hocr, tesseract_program
        from docexam.vision.engines.tesseract_cells import cells_of
        from docexam.vision.line_view import LineView

        text = tesseract_program.read(_stacked(strips), [*self._options, *hocr.OPTIONS])
        height = strips[0].pixels.shape[0]
        by_strip: list[list[hocr.Character]] = [[] for _ in strips]
        for line in hocr.parse(text):
            middle = sum(c.middle_y_px for c in line) / len(line)
            by_strip[min(len(strips) - 1, int(middle / height))] += line
        views = []
        for strip, line in zip(strips, by_strip, strict=True):
            characters = sorted(line, key=lambda c: c.left_px)
            cells = cells_of(characters)
            if cells is not None:
                strength = sum(c.confidence for c in characters)
                views.append(LineView(strip.path, cells, strip.u_at(cells.x), strength))
        return views


def _candidates(grey: Pixels) -> list[ZoneCandidate]:
    """Where zones may be; without the finder's model by morphology, with an altered one not."""
    from docexam.errors import ModelError
    from docexam.vision.locate_mrz import locate_zones

    try:
        return locate_zones(grey)
    except ModelError as error:
        if error.code != "model.missing":
            raise
    from docexam.vision.engines.locate_by_morphology import locate_by_morphology

    return locate_by_morphology(grey)


def _stacked(strips: Sequence[LineStrip]) -> Pixels:
    """The strips under one another, the shorter ones filled up with their own paper."""
    import numpy as np

    width = max(strip.pixels.shape[1] for strip in strips)
    rows = []
    for strip in strips:
        paper = int(np.percentile(strip.pixels, 75))
        row = np.full((strip.pixels.shape[0], width), paper, np.uint8)
        row[:, : strip.pixels.shape[1]] = strip.pixels
        rows.append(row)
    return np.vstack(rows)


def _is_zone(zone: ZoneText, surety: float) -> bool:
    """Whether the text is that of a zone: Tesseract makes letters of every pattern it is shown."""
    from docexam.mrz.layouts import identify

    if len(zone.lines) < 2:
        return surety >= SURETY_OF_A_LINE and identify(zone.lines) is not None
    text = "".join(zone.lines)
    return surety >= MEAN_SURETY and text.count("<") >= FILLER_SHARE * len(text)
