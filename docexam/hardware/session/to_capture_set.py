"""From frames to a capture set with its provenance: contract `docexam.capture/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import cv2

from docexam.errors import DocexamError
from docexam.nouns.capture_set import (
    CaptureDevice,
    CaptureImage,
    CapturePage,
    CaptureSet,
    DeviceKind,
    Light,
    ReferencePatch,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docexam.hardware.cameras.frame import Pixels
    from docexam.hardware.safety.head import LampHead
    from docexam.hardware.session.capture import Captured
    from docexam.hardware.session.shots import Taken


def to_capture_set(
    captured: Captured,
    heads: dict[str, LampHead],
    *,
    name: str,
    device: str,
    kind: DeviceKind,
    ppi: float | None,
    references: Mapping[str, ReferencePatch] | None = None,
    page: str = "data",
) -> tuple[CaptureSet, dict[str, bytes]]:
    """The set, and its files as PNG bytes by path; `references` by light."""
    images: list[CaptureImage] = []
    files: dict[str, bytes] = {}
    for taken in captured.taken:
        light = cast("Light", taken.shot.light)
        head = heads[light]
        file = f"{light}.png"
        files[file] = encode_png(taken.frame.pixels)
        settle_ms = None if taken.lit_s is None else (taken.frame.start_s - taken.lit_s) * 1000
        images.append(
            CaptureImage(
                light,
                file,
                ppi=ppi,
                wavelength_nm=head.wavelength_nm,
                reference=(references or {}).get(light),
                exposure_ms=taken.shot.settings.exposure_ms,
                gain=taken.shot.settings.gain,
                at=captured.at(taken.frame).isoformat(timespec="milliseconds"),
                lamp_level=taken.shot.level,
                settle_ms=None if settle_ms is None else round(settle_ms, 3),
            )
        )
    for taken in captured.dark:
        images.append(_dark_image(taken, captured, ppi))
        files[images[-1].file] = encode_png(taken.frame.pixels)
    capture = CaptureSet(
        name=name,
        pages=(CapturePage(page, tuple(images)),),
        captured_at=captured.began_at.isoformat(timespec="seconds"),
        device=CaptureDevice(device, kind),
    )
    return capture, files


def _dark_image(taken: Taken, captured: Captured, ppi: float | None) -> CaptureImage:
    light = cast("Light", taken.shot.light)
    return CaptureImage(
        "dark",
        f"dark-{light}.png",
        ppi=ppi,
        exposure_ms=taken.shot.settings.exposure_ms,
        gain=taken.shot.settings.gain,
        at=captured.at(taken.frame).isoformat(timespec="milliseconds"),
        lamp_level=0.0,
        for_light=light,
    )


def encode_png(pixels: Pixels) -> bytes:
    """Lossless; the fastest setting, since the officer waits."""
    ok, data = cv2.imencode(".png", pixels, [cv2.IMWRITE_PNG_COMPRESSION, 1])
    if not ok:
        raise DocexamError("A picture could not be encoded.", code="capture.encode")
    return bytes(data)
