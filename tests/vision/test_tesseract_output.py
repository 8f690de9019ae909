"""From Tesseract's hOCR to evenly spaced cells: what it squeezes in goes, what it drops shows."""

from __future__ import annotations

import numpy as np

from docexam.vision.engines.hocr import Character, parse
from docexam.vision.engines.tesseract_cells import cells_of
from docexam.vision.line_columns import ALPHABET, NONE

HOCR = """
<span class='ocr_line' id='line_1_1' title="bbox 22 22 898 43">
  <span class='ocrx_word' title='bbox 22 22 60 43; x_wconf 90'>
    <span class='ocrx_cinfo' title='x_bboxes 20 22 34 43; x_conf 98.5'>P</span>
    <span class='ocrx_cinfo' id='lstm_choices_1_1_1'>
      <span class='ocrx_cinfo' id='choice_1_1_1' title='x_confs 92.0'>P</span>
      <span class='ocrx_cinfo' id='choice_1_1_2' title='x_confs 10.5'>R</span>
    </span>
    <span class='ocrx_cinfo' title='x_bboxes 40 22 54 43; x_conf 97.0'>&lt;</span>
  </span>
</span>
<span class='ocr_line' id='line_1_2' title="bbox 22 62 898 83">
</span>
"""


def character(text: str, middle: float, confidence: float = 0.97) -> Character:
    found = ((text, confidence), ("V", 0.0))
    return Character(text, confidence, middle - 7, middle + 7, 16, found)


def spaced(text: str, pitch: float = 16.0) -> list[Character]:
    return [character(c, 40 + i * pitch) for i, c in enumerate(text)]


def shown(characters: list[Character]) -> str:
    cells = cells_of(characters)
    assert cells is not None
    best = cells.log_probability.argmax(1)
    return "".join("." if i == NONE else ALPHABET[i] for i in best)


def test_characters_come_with_place_confidence_and_alternatives() -> None:
    ((first, second),) = parse(HOCR)
    assert (first.text, first.confidence, first.left_px, first.right_px) == ("P", 0.985, 20, 34)
    assert first.middle_y_px == 32.5
    assert first.alternatives == (("P", 0.92), ("R", 0.105))
    assert (second.text, second.alternatives) == ("<", ())


def test_no_text_gives_no_lines() -> None:
    assert parse("<html></html>") == []
    assert cells_of(spaced("SHORT")) is None


def test_every_character_gets_its_cell_between_two_blanks() -> None:
    assert shown(spaced("P<UTOLINDQVIST<<MARA")) == ".P<UTOLINDQVIST<<MARA."


def test_a_character_squeezed_in_gives_way() -> None:
    line = spaced("MARA<<<<<<<<")
    line.insert(4, character("K", 40 + 3.45 * 16, 0.6))
    assert shown(line) == ".MARA<<<<<<<<."


def test_a_dropped_character_is_left_open() -> None:
    line = spaced("MARA<<<<<<<<4")
    del line[8]
    cells = cells_of(line)
    assert cells is not None
    assert len(cells) == 13 + 2
    assert np.exp(cells.log_probability[9]).max() < 0.9


def test_the_cells_follow_a_pitch_that_grows_along_the_line() -> None:
    text = "X4F8812C98UTO8203140F3112087ZE184226B<<<<<16"
    places = 40 + np.cumsum(np.linspace(14.5, 17.5, len(text)))
    assert shown([character(c, x) for c, x in zip(text, places, strict=True)]) == f".{text}."


def test_a_clear_character_is_sure_and_a_contested_one_open() -> None:
    line = spaced("P<UTOLINDQVIST<<MARA")
    contested = (("L", 0.9), ("I", 0.6))
    line[5] = Character("L", 0.9, line[5].left_px, line[5].right_px, 16, contested)
    cells = cells_of(line)
    assert cells is not None
    surety = np.exp(cells.log_probability.max(1))
    assert surety[1] > 0.9
    assert surety[6] < 0.9


def test_o_and_0_are_never_told_apart_for_sure() -> None:
    cells = cells_of(spaced("O0O0O0O0O0"))
    assert cells is not None
    row = np.exp(cells.log_probability[1])
    assert row[ALPHABET.index("0")] > 0.02
