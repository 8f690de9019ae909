"""Lines of the pages of one document that only its zone can name."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from docexam.looking import text
from docexam.looking.text import PageText, with_text
from docexam.nouns.report import VizField
from docexam.vision.read_viz import VizRead
from tests.checks.documents import TD1, TD3, examined

if TYPE_CHECKING:
    from collections.abc import Sequence


def _lines(*texts: str) -> tuple[VizField, ...]:
    return tuple(
        VizField("", each, 0.99, (40.0, 10.0 + 5.0 * at, 20.0, 2.0))
        for at, each in enumerate(texts)
    )


@pytest.fixture(autouse=True)
def _no_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "ink_of_viz", lambda _view, _fields: {})


def _named(zone: Sequence[str], **pages: tuple[VizField, ...]) -> dict[str, set[str]]:
    read = {page: PageText((), VizRead((), unnamed)) for page, unnamed in pages.items()}
    document = SimpleNamespace(pages={page: SimpleNamespace(view=None) for page in read})
    beside = SimpleNamespace(pages=read.items)
    case = with_text(examined(zone), cast("Any", document), cast("Any", beside))
    return {page: {field.name for field in fields} for page, fields in case.viz.items()}


NEAR = _lines("L898907C3", "12 AUG 1979", "15 APR 2033")


def test_other_pages_of_a_booklet_have_the_data_of_other_documents_and_persons() -> None:
    assert _named(TD3, data=NEAR)["data"] == {"document_number", "birth_date", "expiry_date"}
    assert _named(TD3, data=(), observations=NEAR) == {}
    same = _lines("L898902C3")
    assert _named(TD3, data=(), observations=same) == {"observations": {"document_number"}}


def test_the_other_side_of_a_card_has_data_unless_the_side_of_the_zone_has_them() -> None:
    near = _lines("D23145897", "12 AUG 1979")
    assert _named(TD1, data=(), front=near) == {"front": {"document_number", "birth_date"}}
    both = _named(TD1, data=_lines("D23145890", "12 AUG 1974"), front=near)
    assert both == {"data": {"document_number", "birth_date"}}
