"""What every MRZ reader driver must do, against a simulator or a real reader.

On real hardware `put` asks a person to lay the printed specimen on the reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from docexam.hardware.errors import DeviceDisconnected, HardwareError
from docexam.hardware.protocols import MrzReader
from docexam.hardware.simulated.zones import SPECIMENS
from docexam.nouns.device import DeviceMrz

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class ReaderBench:
    """A reader and the person at the desk."""

    reader: MrzReader
    put: Callable[[tuple[str, ...]], None]
    take_away: Callable[[], None] | None = None
    unplug: Callable[[], None] | None = None


class ReaderConformance:
    """Subclass and provide `bench`."""

    def test_is_a_reader(self, bench: ReaderBench) -> None:
        """It has the whole shape."""
        assert isinstance(bench.reader, MrzReader)
        assert bench.reader.info.kind == "mrz-reader"
        assert bench.reader.capabilities.asks or bench.reader.capabilities.continuous

    def test_identifies_itself_where_it_can(self, bench: ReaderBench) -> None:
        """It says who it is, or is silent about it without an error."""
        info = bench.reader.identify(deadline_s=1.0)
        if bench.reader.capabilities.identifies_itself:
            assert info.version or info.model

    @pytest.mark.parametrize("size", SPECIMENS)
    def test_reads_what_lies_there(self, bench: ReaderBench, size: str) -> None:
        """Every size of document, every character, no doubt."""
        bench.put(SPECIMENS[size])
        assert bench.reader.read(deadline_s=3.0) == DeviceMrz(SPECIMENS[size])

    def test_nothing_there_is_none(self, bench: ReaderBench) -> None:
        """An empty reader is no error."""
        assert bench.reader.read(deadline_s=0.25) is None

    def test_one_document_after_another(self, bench: ReaderBench) -> None:
        """Each is read once, in order."""
        for size in ("TD3", "TD1", "TD3"):
            bench.put(SPECIMENS[size])
            zone = bench.reader.read(deadline_s=3.0)
            assert zone is not None
            assert zone.lines == SPECIMENS[size]
            if bench.take_away is not None:
                bench.take_away()
        assert bench.reader.read(deadline_s=0.25) is None

    def test_closing_twice(self, bench: ReaderBench) -> None:
        """Twice closed is as good as once; a closed reader says so."""
        bench.reader.close()
        bench.reader.close()
        with pytest.raises(HardwareError):
            bench.reader.read(deadline_s=0.3)

    def test_unplugging_is_reported_by_name(self, bench: ReaderBench) -> None:
        """The error names the device, tells what to do, and shows nobody's data."""
        if bench.unplug is None:
            pytest.skip("nobody here can pull the cable")
        bench.put(SPECIMENS["TD3"])
        bench.reader.read(deadline_s=3.0)
        bench.unplug()
        with pytest.raises(DeviceDisconnected) as caught:
            bench.reader.read(deadline_s=0.5)
        assert caught.value.device == bench.reader.info.driver
        assert caught.value.hint
        assert "ERIKSSON" not in f"{caught.value!r} {caught.value.last_bytes}"
        assert b"ERIKSSON".hex(" ").upper() not in caught.value.last_bytes
