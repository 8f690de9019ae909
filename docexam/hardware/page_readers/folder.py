"""A folder of recorded capture sets that plays the part of a page reader."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from docexam.capture.capture_set import capture_sets_under, open_capture_set
from docexam.hardware.errors import DeviceFault, DeviceNotFound
from docexam.hardware.page_readers.base import BasePageReader
from docexam.hardware.page_readers.page import PageCapture, PageReaderCapabilities
from docexam.nouns.capture_set import LIGHTS, CaptureDevice

if TYPE_CHECKING:
    from docexam.nouns.device import Evidence


class FolderReader(BasePageReader):
    """Each capture is the next set of the folder, in the order of their names; kind `recorded`."""

    name: ClassVar[str] = "folder"
    evidence: ClassVar[Evidence] = "field code"

    def __init__(self, port: str) -> None:
        lights = tuple(light for light in LIGHTS if light != "dark")
        super().__init__(port, PageReaderCapabilities(lights))
        folder = Path(port)
        if not folder.is_dir():
            raise DeviceNotFound(
                f"There is no folder {port}.",
                hint="Name a folder of capture sets.",
                device=self.name,
                port=port,
            )
        self._sets = capture_sets_under(folder)

    def capture(self, *, deadline_s: float = 10.0) -> PageCapture:  # noqa: ARG002
        """The next recorded set.

        Raises:
            DeviceFault: there is none left.
            InputError: the next one cannot be read.
        """
        path = next(self._sets, None)
        if path is None:
            raise DeviceFault(
                f"The folder {self._info.port} has no further capture set.",
                hint="Add one, or start again.",
                device=self.name,
                port=self._info.port,
                fault="empty",
            )
        opened = open_capture_set(path)
        files = {
            image.file: opened.container.read(image.file, max_bytes=opened.limits.max_file_bytes)
            for page in opened.capture.pages
            for image in page.images
        }
        device = CaptureDevice(opened.capture.device.name, "recorded")
        return PageCapture(dataclasses.replace(opened.capture, device=device), files)
