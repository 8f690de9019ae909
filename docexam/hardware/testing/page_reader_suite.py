"""What every page reader driver must do, against a simulator or a real reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from docexam.hardware.errors import HardwareError
from docexam.hardware.page_readers.page import PageReader

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class PageReaderBench:
    """A page reader with a document on it; `unplug` where the cable can be pulled."""

    reader: PageReader
    unplug: Callable[[], None] | None = None


class PageReaderConformance:
    """Subclass and provide `bench`."""

    def test_is_a_page_reader(self, bench: PageReaderBench) -> None:
        """It has the whole shape."""
        assert isinstance(bench.reader, PageReader)
        assert bench.reader.info.kind == "page-reader"
        assert bench.reader.capabilities.lights

    def test_a_capture_is_a_capture_set(self, bench: PageReaderBench) -> None:
        """Every image has its file, every file is a picture, every light was promised."""
        page = bench.reader.capture(deadline_s=20.0)
        images = page.capture.pages[0].images
        assert images
        assert {image.file for image in images} == set(page.files)
        assert page.capture.captured_at is None or "T" in page.capture.captured_at
        for image in images:
            assert image.light in bench.reader.capabilities.lights
            data = np.frombuffer(page.files[image.file], np.uint8)
            assert cv2.imdecode(data, cv2.IMREAD_UNCHANGED) is not None

    def test_identifies_itself(self, bench: PageReaderBench) -> None:
        """It says who it is, before and after a capture."""
        assert bench.reader.identify(deadline_s=2.0).driver == bench.reader.info.driver

    def test_no_event_is_none(self, bench: PageReaderBench) -> None:
        """Waiting for an event that does not come ends in time."""
        events = [bench.reader.next_event(0.05) for _ in range(5)]
        assert events[-1] is None, "the document on the glass causes one or two, then silence"

    def test_closing_twice(self, bench: PageReaderBench) -> None:
        """Twice closed is as good as once; it still tells who it was."""
        bench.reader.close()
        bench.reader.close()
        assert bench.reader.info.kind == "page-reader"

    def test_unplugging_is_reported_by_name(self, bench: PageReaderBench) -> None:
        """The error names the device and tells what to do."""
        if bench.unplug is None:
            pytest.skip("nobody here can pull the cable")
        bench.reader.identify(deadline_s=2.0)
        bench.unplug()
        with pytest.raises(HardwareError) as caught:
            bench.reader.capture(deadline_s=1.0)
        assert caught.value.device == bench.reader.info.driver
        assert caught.value.hint
