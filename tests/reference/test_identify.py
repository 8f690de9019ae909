"""Which model a document is held against, and how alike it must be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from docexam.nouns.document_model import ModelKey
from docexam.reference.identify import Wanted, identify
from docexam.reference.signature import fingerprint
from docexam.reference.store import ModelStore, load_store, save_model
from docexam.vision.see_capture import see_capture
from tests.reference.conftest import TODAY, draw

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from docexam.reference.document_model import DocumentModel
    from docexam.vision.page import PageView

    Stored = Callable[..., ModelStore]

WANTED = Wanted("UTO", "P", "TD3", 2023)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, PageView]:
    """The data page of a passport that nothing was learned from."""
    capture = draw(tmp_path_factory.mktemp("other"), "uto", 61, lights=("white",), wear=0.3)
    (seen,) = see_capture(capture, TODAY)[0].seen
    return {"data": seen.view}


@pytest.fixture
def stored(tmp_path: Path, learned: DocumentModel, key: Ed25519PrivateKey) -> Stored:
    """A store of the learned model under other names, and with another print where asked for."""

    def kept(*keys: ModelKey, unlike: tuple[ModelKey, ...] = (), **more: object) -> ModelStore:
        page = learned.pages["data"]
        turned = replace(page, ground=np.ascontiguousarray(page.ground[::-1, ::-1]))
        for one in (*keys, *unlike):
            own = {"data": turned} if one in unlike else learned.pages
            save_model(replace(learned, key=one, pages=own, **more), tmp_path, key)  # type: ignore[arg-type]
        return load_store(tmp_path, frozenset({fingerprint(key.public_key())}))

    return kept


OWN = ModelKey("UTO", "P", 1, 2021)
SECOND = ModelKey("UTO", "P", 2, 2021)


def test_the_only_model_of_the_kind_is_taken(stored: Stored, pages: dict[str, PageView]) -> None:
    found = identify(stored(OWN, ModelKey("QMC", "P", 1, 2021)), WANTED, pages)
    assert found is not None
    assert (found.stored.key, found.by) == (OWN, "zone")
    assert found.is_alike
    assert found.likeness > 0.5
    assert found.placings["data"].residual_mm is not None


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted("UTO", "P", "TD2"),
        Wanted("QMA", "P", "TD3"),
        Wanted("", "", ""),
    ],
)
def test_none_of_the_kind_is_none(
    stored: Stored, pages: dict[str, PageView], wanted: Wanted
) -> None:
    assert identify(stored(OWN), wanted, pages) is None


def test_the_print_chooses_among_several(stored: Stored, pages: dict[str, PageView]) -> None:
    found = identify(stored(SECOND, unlike=(OWN,)), WANTED, pages)
    assert found is not None
    assert (found.stored.key, found.by) == (SECOND, "zone-and-print")


def test_another_print_is_held_against_the_model_all_the_same(
    stored: Stored, pages: dict[str, PageView]
) -> None:
    found = identify(stored(unlike=(OWN,)), WANTED, pages)
    assert found is not None
    assert not found.is_alike
    assert found.likeness < 0.1
    assert found.placings["data"].residual_mm is None


def test_another_issue_of_years_that_are_known_is_none(
    stored: Stored, pages: dict[str, PageView]
) -> None:
    store = stored(unlike=(OWN,), last_year=2022, first_year_given=True)
    assert identify(store, replace(WANTED, issue_year=2023), pages) is None
    assert identify(store, replace(WANTED, issue_year=2020), pages) is None
    assert identify(store, replace(WANTED, issue_year=2022), pages) is not None
    assert identify(store, replace(WANTED, issue_year=None), pages) is not None


def test_the_print_of_another_type_of_the_state_is_recognised(
    stored: Stored, pages: dict[str, PageView]
) -> None:
    store = stored(ModelKey("UTO", "PD", 1, 2021), unlike=(ModelKey("UTO", "PS", 1, 2021),))
    found = identify(store, WANTED, pages)
    assert found is not None
    assert (found.stored.key.document_code, found.by) == ("PD", "print")


def test_a_page_without_white_light_is_held_by_its_place(
    stored: Stored, pages: dict[str, PageView]
) -> None:
    white = pages["data"].lights["white"]
    dark = replace(pages["data"], lights={"uv": replace(white, light="uv")})
    found = identify(stored(OWN), WANTED, {"data": dark})
    assert found is not None
    assert found.placings["data"].residual_mm is None


def test_a_refused_model_of_the_kind_is_told_by_its_name() -> None:
    assert WANTED.could_be("UTO-P-1-2021")
    assert not WANTED.could_be("UTO-PD-1-2021")
    assert not WANTED.could_be("QMC-P-1-2021")
    assert not WANTED.could_be("notes")
