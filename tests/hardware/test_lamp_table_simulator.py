"""The other end of a user's own lamp table: bytes, refusals, tables that say too little."""

from __future__ import annotations

from pathlib import Path

import pytest

from docexam.errors import SettingsError
from docexam.hardware.registry import find_driver, open_device, simulator_of
from docexam.hardware.simulated.lamp_table import SimulatedLampTable

EXAMPLE = str(find_driver("lamp-table").example["file"])


def test_obeys_the_bytes_of_its_table() -> None:
    lamp = SimulatedLampTable(EXAMPLE)
    # 4C ^ 42 ^ 31 ^ 32 ^ 38 = 35
    assert [sent for _, sent in lamp.feed(b"noiseLB12835\r", 1.0)] == [b"OK A\n"]
    assert lamp.traces[2].driven(1.0) == pytest.approx(128 / 255)
    assert lamp.feed(b"LB00036\r", 2.0) == []  # a wrong check value
    assert lamp.traces[2].driven(2.0) > 0
    assert lamp.feed(b"LB000", 3.0) == []
    assert [sent for _, sent in lamp.feed(b"3E\r", 3.0)] == [b"OK A\n"]
    assert lamp.is_dark(3.0)


def test_a_refused_command_lights_nothing() -> None:
    lamp = SimulatedLampTable(EXAMPLE)
    lamp.fall_into("refuse", 1)
    assert [sent for _, sent in lamp.feed(b"LB12835\r", 1.0)] == [b"?\n"]
    assert lamp.is_dark(1.0)


def test_the_port_sim() -> None:
    with open_device("lamp-table", "sim:", file=EXAMPLE) as lamp:
        assert lamp.identify().driver == "example-lamp"
    with pytest.raises(SettingsError, match="needs the option file"):
        simulator_of(find_driver("lamp-table"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[lamp]", "[lump]", "is no lamp table"),
        ("steps = 255", 'steps = "many"', "is no lamp table"),
        ('channels = "ABCD"', "channels = 4", "is no lamp table"),
        ('reply_example = "OK A"', "", "cannot be simulated"),
        ('reply_example = "OK A"', 'reply_example = "NO"', "cannot be simulated"),
    ],
)
def test_a_table_that_cannot_be_simulated(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = tmp_path / "lamp.toml"
    text = Path(EXAMPLE).read_text(encoding="utf-8")
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(SettingsError, match=said):
        open_device("lamp-table", "sim:", file=str(path))
