"""A drawn capture set that is examined without ever being written."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docexam.capture.capture_set import OpenCapture
from docexam.capture.limits import Limits
from docexam.specimens.series import capture_of
from docexam.specimens.truth import truth_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docexam.specimens.series import Specimen


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    """The files of one capture set by name."""

    files: Mapping[str, bytes]

    def read(self, name: str, *, max_bytes: int) -> bytes:  # noqa: ARG002 - a Container
        return self.files[name]


def held_capture(specimen: Specimen) -> tuple[OpenCapture, str]:
    """The specimen as an opened capture set, and its truth as text.

    Its pictures have the same samples as those of a written set; those that a device would store
    without loss are not packed, which takes longer than reading the zone.
    """
    capture, files = capture_of(specimen, packed=False)
    return OpenCapture(capture, _Held(files), Limits()), json.dumps(truth_json(specimen))
