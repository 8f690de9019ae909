"""What every lid switch driver must do, against a simulator or a real switch."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from docexam.hardware.errors import HardwareError
from docexam.hardware.protocols import Interlock

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class InterlockBench:
    """A lid switch; `move(closed)` opens or closes the lid (or asks a person to)."""

    lid: Interlock
    move: Callable[[bool], None]
    unplug: Callable[[], None] | None = None
    now_s: Callable[[], float] = time.monotonic


class InterlockConformance:
    """Subclass and provide `bench`."""

    def test_is_an_interlock(self, bench: InterlockBench) -> None:
        """It has the whole shape."""
        assert isinstance(bench.lid, Interlock)
        assert bench.lid.info.kind == "interlock"

    def test_follows_the_lid(self, bench: InterlockBench) -> None:
        """Open and closed, again and again."""
        for closed in (True, False, False, True):
            bench.move(closed)
            assert bench.lid.is_closed(deadline_s=0.5) is closed

    def test_unknown_is_an_error_never_closed(self, bench: InterlockBench) -> None:
        """Without the switch nobody says that the lid is closed; and that within the deadline."""
        if bench.unplug is None:
            pytest.skip("nobody here can pull the cable")
        bench.move(True)
        bench.unplug()
        started_s = bench.now_s()

        def ask() -> None:
            # A wire that has just been cut may still hold an answer.
            while bench.now_s() - started_s < 2.0:
                bench.lid.is_closed(deadline_s=0.06)

        with pytest.raises(HardwareError) as caught:
            ask()
        assert caught.value.device == bench.lid.info.driver

    def test_closing_twice(self, bench: InterlockBench) -> None:
        """Twice closed is as good as once; a closed one does not say "closed lid"."""
        bench.lid.close()
        bench.lid.close()
        with pytest.raises(HardwareError):
            bench.lid.is_closed()
