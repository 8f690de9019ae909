"""All measurers together: one that breaks costs itself alone."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.vision import measure_uv_dullness
from docexam.vision.measuring import MEASURERS, measure_page
from tests.vision.measure.uv_pages import page

if TYPE_CHECKING:
    import pytest


def test_a_measurer_that_breaks_leaves_its_own_open_and_the_others_measured(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*_: object) -> None:
        raise ZeroDivisionError("somebody's name")

    monkeypatch.setattr(measure_uv_dullness, "measure", breaks)
    found = {each.name: each for each in measure_page(page(), None, ["dullness", "uv-specks"])}
    for name in measure_uv_dullness.NAMES:
        broken = found[name]
        assert isinstance(broken, NotMeasured)
        assert (broken.code, broken.inconclusive) == ("measurer-broke", True)
        assert broken.params == {"kind": "ZeroDivisionError"}
    assert isinstance(found["uv.specks"], Measurement | NotMeasured)
    assert "somebody" not in caplog.text


def test_every_measurer_says_what_it_measures() -> None:
    names = [import_module(f"docexam.vision.{module}").NAMES for _, module in MEASURERS.values()]
    every = [name for each in names for name in each]
    assert len(set(every)) == len(every) >= 2 * len(MEASURERS)
