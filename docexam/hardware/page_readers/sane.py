"""Flatbed scanners through SANE, by its `scanimage` program: a backend that crashes hurts only it.

Scanners give white light; SANE rarely shows their infrared.
"""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from typing import TYPE_CHECKING, ClassVar

from docexam.errors import DependencyMissing
from docexam.hardware.errors import (
    AccessDenied,
    DeviceBusy,
    DeviceFault,
    DeviceNotFound,
    DeviceTimeout,
    HardwareError,
)
from docexam.hardware.page_readers.base import BasePageReader
from docexam.hardware.page_readers.page import PageCapture, PageReaderCapabilities
from docexam.nouns.capture_set import CaptureDevice, CaptureImage, CapturePage, CaptureSet

if TYPE_CHECKING:
    from docexam.nouns.device import Evidence

_PNG = b"\x89PNG\r\n"
# Exit codes of scanimage are SANE_Status (SANE standard 1.06, 4.3.8).
_STATUS: dict[int, tuple[type[HardwareError], str, str]] = {
    1: (DeviceFault, "cannot do that", "Change resolution, mode or size in the rig."),
    3: (DeviceBusy, "is used by another program", "Close the other program."),
    4: (DeviceNotFound, "is not there", "`scanimage -L` lists the scanners of this machine."),
    6: (DeviceFault, "has a paper jam", "Clear it."),
    7: (DeviceFault, "has no document", "Lay one down."),
    8: (DeviceFault, "has its cover open", "Close the cover."),
    9: (DeviceFault, "had an error while scanning", "Check cable and power."),
    11: (AccessDenied, "may not be used by this user", "Add the user to the group scanner."),
}

# The texts of sane_strstatus for the same.
_TEXTS = {
    "Device busy": 3,
    "Invalid argument": 4,
    "feeder jammed": 6,
    "out of documents": 7,
    "cover is open": 8,
    "Error during device I/O": 9,
    "Access to resource has been denied": 11,
}


class SaneScanner(BasePageReader):
    """A `PageReader` with white light. `port`: the SANE name of the scanner.

    `width_mm`, `height_mm`: the part of the glass to scan, None = all of it. `arguments`: further
    ones for scanimage.
    """

    name: ClassVar[str] = "sane"
    evidence: ClassVar[Evidence] = "field code"
    unconfirmed: ClassVar[tuple[str, ...]] = (
        "tried with SANE's own test backend, with no real scanner",
    )

    def __init__(
        self,
        port: str,
        *,
        ppi: int = 400,
        mode: str = "Color",
        width_mm: float | None = None,
        height_mm: float | None = None,
        arguments: tuple[str, ...] | list[str] = (),
        program: str = "scanimage",
    ) -> None:
        super().__init__(port, PageReaderCapabilities(("white",)))
        found = shutil.which(program)
        if found is None:
            raise DependencyMissing(
                f"The driver sane needs the program {program}, which is not installed.",
                code="device.program-missing",
                hint="Install it: apt-get install sane-utils",
            )
        self._ppi = ppi
        size = [*(["-x", f"{width_mm:g}"] if width_mm else [])]
        size += [*(["-y", f"{height_mm:g}"] if height_mm else [])]
        self._command = [
            *(found, "-d", port, "--mode", mode, "--resolution", str(ppi), "--format=png"),
            *size,
            *arguments,
        ]

    def capture(self, *, deadline_s: float = 60.0) -> PageCapture:
        """Scan once; the process is killed when the deadline passes."""
        captured_at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        try:
            done = subprocess.run(
                self._command,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=deadline_s,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise self._error(
                DeviceTimeout, f"was not ready within {deadline_s:g} s", "Check the scanner."
            ) from None
        if done.returncode or not done.stdout.startswith(_PNG):
            # A backend that fails while its pipe closes can end scanimage by a signal, with
            # status 0; the reason is then only in its messages.
            told = done.stderr.decode("utf-8", "replace")
            named = next((code for text, code in _TEXTS.items() if text in told), 0)
            status = done.returncode or named
            kind, what, hint = _STATUS.get(
                status, (DeviceFault, f"failed (status {status})", "Try scanimage by hand.")
            )
            raise self._error(kind, what, hint, str(status))
        image = CaptureImage("white", "white.png", ppi=float(self._ppi))
        capture = CaptureSet(
            name="scan",
            pages=(CapturePage("data", (image,)),),
            captured_at=captured_at,
            device=CaptureDevice(self._info.port, "live"),
        )
        return PageCapture(capture, {"white.png": done.stdout})

    def _error(
        self, kind: type[HardwareError], what: str, hint: str, fault: str = ""
    ) -> HardwareError:
        port = self._info.port
        return kind(
            f"The scanner {port} {what}.", hint=hint, device=self.name, port=port, fault=fault
        )
