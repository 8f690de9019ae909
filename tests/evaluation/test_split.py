from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from docexam.errors import SettingsError
from docexam.evaluation.split import SPLIT_FILE, load_split
from docexam.specimens.capturing.devices import devices
from docexam.specimens.design import design_named, design_names

if TYPE_CHECKING:
    from pathlib import Path


def test_the_shipped_split_keeps_the_final_designs_apart() -> None:
    split = load_split()
    final_only = {name for name in design_names() if design_named(name).final_only}
    assert set(split.final.designs) == final_only
    assert final_only.isdisjoint(split.development.designs)


def test_the_shipped_split_keeps_the_final_devices_apart() -> None:
    split = load_split()
    final_only = {name for name, device in devices().items() if device.final_only}
    assert final_only
    assert final_only <= {state.name for state in split.final.devices}
    assert final_only.isdisjoint({state.name for state in split.development.devices})


def test_tuning_on_a_final_device_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "split.toml"
    text = SPLIT_FILE.read_text()
    assert '"flatbed"' in text
    path.write_text(text.replace('"flatbed"', '"ferry-reader"'))
    with pytest.raises(SettingsError, match="tunes on 'ferry-reader', which is for final"):
        load_split(path)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"qni-card"', '"uto-card"', "on both sides"),
        ('"uto-passport"', '"qni-card"', "both sides"),
        ("[1500000, 1599999]", "[499999, 1599999]", "seeds that are on both sides"),
        ("[1500000, 1599999]", "[9, 1]", "seeds from 9 to 1"),
        (
            '"desk-reader", degradation = 0.3',
            '"desk-reader", degradation = 0.0',
            "in one state on both sides",
        ),
        ("degradation = 0.45", "degradation = 3", "less than or equal to 1"),
        ("[final]", "[fnal]", "wrong at"),
        ("[final]", "[final", "cannot be read"),
    ],
)
def test_an_overlap_is_refused(tmp_path: Path, old: str, new: str, says: str) -> None:
    text = SPLIT_FILE.read_text()
    assert old in text
    path = tmp_path / "split.toml"
    path.write_text(text.replace(old, new))
    with pytest.raises(SettingsError, match=says):
        load_split(path)


def test_tuning_on_a_final_design_is_refused(tmp_path: Path) -> None:
    text = SPLIT_FILE.read_text().replace('"qni-card", "qnj-visa"', '"qnj-visa"')
    path = tmp_path / "split.toml"
    path.write_text(text.replace('"uto-passport"', '"qni-card"'))
    with pytest.raises(SettingsError, match="final figures only"):
        load_split(path)
