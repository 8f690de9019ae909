"""The visual zone is read as printed, whatever the machine readable zone says."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from docexam.specimens.personal import draw_zone
from docexam.vision.coloured_lines import coloured_lines
from docexam.vision.read_viz import read_viz, read_viz_lines
from docexam.vision.read_viz_beside import dark_caption_of, in_front, is_caption
from docexam.vision.read_viz_captions import field_of_caption
from docexam.vision.read_viz_forms import date_key, fits_form, same_print
from docexam.vision.viz_lines import find_lines, viz_ink
from tests.vision.page.conftest import take

if TYPE_CHECKING:
    from pathlib import Path

    from docexam.specimens.document import Document
    from docexam.specimens.truth import Attack

LIGHT = ("white", "ir")
FIELDS = (
    "surname",
    "given_names",
    "nationality",
    "document_number",
    "birth_date",
    "issue_date",
    "expiry_date",
    "sex",
)


def with_another_name_in_the_zone(document: Document) -> tuple[Document, tuple[Attack, ...]]:
    """The same page with a zone that names somebody else."""
    page = document.pages["data"]
    lines = ("P<UTOSOMEBODY<<ELSE".ljust(44, "<"), document.lines[1])
    placed = draw_zone(page.grid, document.design, lines)
    page = page.changed(lambda layer: placed.layers if layer.name == "mrz" else layer)
    return document.with_page(page), ()


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="needs Tesseract")
def test_fields_are_read_as_printed_though_the_zone_says_otherwise(tmp_path: Path) -> None:
    taken = take(
        tmp_path,
        with_another_name_in_the_zone,
        design="uto-passport",
        seed=2,
        ppi=240.0,
        device="flatbed",
    )
    (seen,) = taken.see().seen
    assert seen.zone is not None
    printed = taken.truth["printed"]
    assert seen.zone.text[0].startswith("P<UTOSOMEBODY<<ELSE")
    fields = {field.name: field for field in read_viz(seen.view, seen.zone)}
    right = [name for name in FIELDS if name in fields and fields[name].text == printed[name]]
    assert len(right) >= len(FIELDS) - 1
    surest = [name for name in right if fields[name].confidence >= 0.95]
    assert len(surest) >= len(FIELDS) - 2
    for name in right:
        x, y, _, _ = taken.truth["boxes_mm"]["data"][name]
        assert fields[name].box_mm[0] == pytest.approx(x, abs=1.0)
        assert fields[name].box_mm[1] == pytest.approx(y, abs=2.0)


@pytest.mark.parametrize(
    ("caption", "field"),
    [
        ("Surname / Nom", "surname"),
        ("Given narnes /Prenoms=", "given_names"),
        ("Date ol birth / Date de naissance", "birth_date"),
        ("Place of birth / Lieu de naissance", "birth_place"),
        ("Geburtsdatum", "birth_date"),
        ("Fecha de caducidad", "expiry_date"),
        ("Passport No. / No. de passeport", "document_number"),
        ("Personal No. / No. personnel", "personal_number"),
        ("Staatsangehörigkeit", "nationality"),
        ("Sex", "sex"),
        ("= ~ :", None),
        ("SPECIMEN", None),
        (r"\\ (aN nue", None),  # scraps of a ground: nearly "nume"
        ("nue", "surname"),
        ("aN NS SENS SS NOM iN", None),
        ("1. Nom / Surname", "surname"),
        ("Data emiterii / Date of issue", "issue_date"),
    ],
)
def test_captions_of_many_languages_misread_in_places(caption: str, field: str | None) -> None:
    found = field_of_caption(caption)
    assert (found[0] if found else None) == field


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("Passport No. X1234567", "document_number", "X1234567"),
        ("SURNAME: DOE", "surname", "DOE"),
        ("Sex / Sexe F", "sex", "F"),
        ("5. Nationality UTOPIA", "nationality", "UTOPIA"),
        ("DATE OF BIRTH: 12.01.1990", "birth_date", "12.01.1990"),
    ],
)
def test_a_caption_in_front_of_its_value_on_one_line(text: str, field: str, value: str) -> None:
    assert in_front(text) == (field, value)
    assert not is_caption(text)


@pytest.mark.parametrize("text", ["ANNA MARIA", "12 AUG 1990", "NOM", "KESTREL PASS", "X1234567"])
def test_data_is_no_caption_and_has_none_in_front(text: str) -> None:
    assert in_front(text) is None
    assert not is_caption(text)


def test_a_dark_caption_is_that_of_the_value_below_it_or_beside_it() -> None:
    assert all(map(is_caption, ("Surname / Nom", "SURNAME / NOM", "DATE OF BIRTH")))
    captions = [((40.0, 20.0, 10.0, 2.0), "SURNAME"), ((40.0, 30.0, 10.0, 2.0), "SEX")]
    assert dark_caption_of((40.5, 23.0, 20.0, 2.0), captions) == "SURNAME"
    assert dark_caption_of((55.0, 30.0, 2.0, 2.0), captions) == "SEX"
    assert dark_caption_of((40.5, 26.5, 20.0, 2.0), captions) == ""
    assert dark_caption_of((80.0, 30.0, 2.0, 2.0), captions) == ""


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="needs Tesseract")
def test_a_red_number_without_a_caption_is_read(tmp_path: Path) -> None:
    taken = take(tmp_path, design="qmd-passport", seed=3, ppi=300.0, device="flatbed", lights=LIGHT)
    (seen,) = taken.see().seen
    assert seen.zone is not None
    printed = taken.truth["printed"]["document_number"]
    ink = viz_ink(seen.view, "white", 66.0)
    assert ink is not None
    red = [each.line for each in coloured_lines(seen.view, 66.0, find_lines(ink))]
    (number,) = [line for line in red if line.box_mm[1] < 10.0]
    assert number.box_mm[0] == pytest.approx(88.4, abs=1.0)
    assert number.pieces == len(printed)
    read = read_viz_lines(seen.view, seen.zone)
    texts = {line.box_mm: line.text for line in (*read.fields, *read.unnamed)}
    assert same_print(texts[number.box_mm], printed)


def test_a_caption_that_could_be_either_date_names_none() -> None:
    assert field_of_caption("Date of", ("birth_date", "issue_date", "expiry_date")) is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("09 JUL 1983", (1983, 7, 9)),
        ("09 JUL/JUIL 83", (83, 7, 9)),
        ("1983-07-09", (1983, 7, 9)),
        ("09.07.1983", (1983, 7, 9)),
        ("14 AOÛT/AUG 1985", (1985, 8, 14)),
        ("32 JUL 1983", None),
        ("ZENITH", None),
        ("1313032092", None),
    ],
)
def test_dates(text: str, key: tuple[int, int, int] | None) -> None:
    assert date_key(text) == key


def test_forms() -> None:
    assert fits_form("sex", "F")
    assert not fits_form("sex", "ZENITH")
    assert fits_form("document_number", "H88582327")
    assert not fits_form("document_number", "MINISTRY")
    assert fits_form("card_access_number", "480027")
    assert not fits_form("card_access_number", "YU548965")
    assert same_print("IX928", "1X928")
    assert not same_print("IX928", "IX929")
