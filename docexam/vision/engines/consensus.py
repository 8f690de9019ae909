"""Independent engines together: what they agree on is read, what they differ on is shown.

The default engine and Tesseract share the finder, but recognise by different means. PassportEye is
asked as well where the two differ and it is installed; it is named, and never outvotes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.vision.engines.protocol import EngineStatus

if TYPE_CHECKING:
    from docexam.capture.pixels import Pixels
    from docexam.nouns.zone import ZoneText
    from docexam.vision.engines.agreement import Witness
    from docexam.vision.engines.protocol import Engine

NAME = "consensus"


def status() -> EngineStatus:
    """Installed when both engines that it needs are."""
    from docexam.vision.engines import onnx, tesseract

    for needed in (onnx.status(), tesseract.status()):
        if not needed.installed:
            return EngineStatus(NAME, installed=False, how_to_get=needed.how_to_get)
    return EngineStatus(NAME, installed=True)


def load() -> ConsensusEngine:
    """The engine, ready to read; the third opinion is loaded when it is first asked for.

    Raises:
        DependencyMissing: Tesseract or a library is not installed.
        ModelError: a model is missing or altered.
    """
    from docexam.vision.engines import onnx, tesseract

    return ConsensusEngine(onnx.load(), tesseract.load())


class ConsensusEngine:
    """Two engines on the same pixels, and a third where they differ."""

    name = NAME
    wants_colour = False

    def __init__(self, first: Engine, second: Engine, third: Engine | None = None) -> None:
        self._first = first
        self._second = second
        self._third = third
        self._third_sought = third is not None

    def read(self, pixels: Pixels) -> list[ZoneText]:
        """Every zone in uint8 grey or BGR pixels, from the top one down.

        A zone that only one engine saw is kept, not confident. One that only the second saw is
        kept if its lines have the shape of a zone of Doc 9303: Tesseract sees text in patterns.
        """
        from docexam.mrz.layouts import identify
        from docexam.vision.engines.agreement import Witness, agreed, alone, differs, same_place

        firsts = [Witness(self._first.name, zone) for zone in self._first.read(pixels)]
        seconds = [Witness(self._second.name, zone) for zone in self._second.read(pixels)]
        zones = []
        for first in firsts:
            second = next((s for s in seconds if same_place(first.zone, s.zone)), None)
            if second is None:
                zones.append(alone(first, self._second.name))
                continue
            seconds.remove(second)
            if differs(first, second):
                zones.append(self._disputed(pixels, first, second))
            else:
                zones.append(agreed(first, second))
        zones += [
            alone(second, self._first.name)
            for second in seconds
            if identify(second.zone.lines) is not None
        ]
        return sorted(zones, key=lambda zone: zone.quad_px[0][1] if zone.quad_px else 0.0)

    def _disputed(self, pixels: Pixels, first: Witness, second: Witness) -> ZoneText:
        from docexam.vision.engines.agreement import Witness, disputed, same_place

        third = self._third_opinion()
        read = third.read(pixels) if third else []
        others = [
            Witness(third.name, zone) for zone in read if third and same_place(zone, first.zone)
        ]
        return disputed(first, second, others)

    def _third_opinion(self) -> Engine | None:
        if not self._third_sought:
            from docexam.errors import DependencyMissing
            from docexam.vision.engines import passporteye

            self._third_sought = True
            try:
                self._third = passporteye.load()
            except DependencyMissing:
                return None
        return self._third
