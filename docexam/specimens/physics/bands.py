"""Few wavelength bands in place of the whole grid, chosen for one lamp and one camera.

Within a band every material counts with its mean, weighted by what the camera sees there under
this lamp, so a narrow lamp needs one or two bands and a white one about ten. How little this
loses is tested against the sum over the whole grid.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from docexam.specimens.physics.spectra import STEP_NM, Spectrum

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.specimens.physics.answers import Answer
    from docexam.specimens.physics.cameras import Camera
    from docexam.specimens.physics.lamps import Lamp

_COARSENESS = {"colour": (0.10, 30), "infrared": (0.35, 60), "fluorescence": (0.08, 20)}
"""The most light and the most nanometres in one band; glow has steep flanks."""
_NEGLIGIBLE = 2e-4


@dataclass(frozen=True, eq=False)
class Bands:
    """Bands of one lamp and camera.

    `members` (bands, wavelengths) are weights that add to 1 in each band. `reflected` and
    `emitted` (channels, bands) turn a band's reflectance and glow into the camera's channels.
    """

    members: NDArray[np.float64]
    reflected: NDArray[np.float64]
    emitted: NDArray[np.float64]

    def __len__(self) -> int:
        return int(self.members.shape[0])


@dataclass(frozen=True, eq=False)
class BandAnswer:
    """An Answer averaged over the bands; each array has one value a band.

    `kept_once` is for one pass, `kept_twice` for two. `glow` is None for what does not glow.
    """

    kept_once: NDArray[np.float32]
    kept_twice: NDArray[np.float32]
    sent_back: NDArray[np.float32]
    flash: NDArray[np.float32]
    kept_ultraviolet: float
    glow: NDArray[np.float32] | None


def bands_for(lamp: Lamp, camera: Camera, *, glowing: bool) -> Bands:
    """The bands for what `camera` sees under `lamp`; `glowing` where something fluoresces."""
    by_light = camera.sensitivities * lamp.spectrum
    seen = np.abs(by_light).sum(axis=0)
    if seen.sum() > 0:
        seen = seen / seen.sum()
    if glowing:
        sight = np.abs(camera.sensitivities).sum(axis=0)
        seen = 0.2 * seen + 0.8 * sight / sight.sum()
    mode = "fluorescence" if glowing else camera.mode
    groups = _grouped(seen, *_COARSENESS[mode])
    members = np.zeros((len(groups), seen.size))
    for row, group in enumerate(groups):
        members[row, group] = seen[group] / seen[group].sum()
    inside = (members > 0).astype(float)
    return Bands(
        members=members,
        reflected=by_light @ inside.T,
        emitted=camera.sensitivities @ members.T,
    )


def _grouped(seen: Spectrum, most_share: float, most_nm: int) -> list[list[int]]:
    groups: list[list[int]] = []
    current: list[int] = []
    share = 0.0
    for at in range(seen.size):
        if seen[at] < _NEGLIGIBLE:
            continue
        apart = current and at - current[-1] > 1
        if current and (apart or share >= most_share or len(current) * STEP_NM >= most_nm):
            groups.append(current)
            current, share = [], 0.0
        current.append(at)
        share += float(seen[at])
    if current:
        groups.append(current)
    return groups


def in_bands(given: Answer, bands: Bands) -> BandAnswer:
    """`given` averaged over `bands`."""

    def mean(spectrum: Spectrum) -> NDArray[np.float32]:
        return np.asarray(bands.members @ spectrum, np.float32)

    glow = None
    if given.glow is not None:
        inside = (bands.members > 0).astype(float)
        glow = np.asarray(inside @ given.glow, np.float32)
    return BandAnswer(
        kept_once=mean(given.kept),
        kept_twice=mean(given.kept**2),
        sent_back=mean(given.sent_back),
        flash=mean(given.flash),
        kept_ultraviolet=given.kept_ultraviolet,
        glow=glow,
    )
