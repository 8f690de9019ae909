"""Which letters stand in one line."""

from __future__ import annotations

from docexam.vision.viz_lines import rows_of

CAP_MM = 1.67


def _letter(cell: float, pitch_mm: float, width_mm: float = 1.1) -> tuple[float, ...]:
    """A letter's box in the cell of that number, of a line whose foot is at 12 mm."""
    return (20 + cell * pitch_mm - width_mm / 2, 12 - CAP_MM, width_mm, CAP_MM)


def test_a_date_in_cells_is_one_line_though_its_blanks_are_wide() -> None:
    # OCR-B of 2.2 mm: cells of 1.6 mm, so 2.1 mm of paper between day and month
    cells = (0, 1, 3, 4, 6, 7, 8, 9)
    assert [len(row) for row in rows_of([_letter(cell, 1.6) for cell in cells])] == [8]


def test_a_gap_that_is_no_whole_cell_still_parts_two_columns() -> None:
    # as wide a gap as in the date above, but not where the next cell is
    boxes = [_letter(cell, 1.35) for cell in (0, 1)] + [_letter(3.55, 1.35)]
    assert [len(row) for row in rows_of(boxes)] == [2, 1]


def test_two_blank_cells_part_two_columns() -> None:
    boxes = [_letter(cell, 1.6) for cell in (0, 1, 4, 5)]
    assert [len(row) for row in rows_of(boxes)] == [2, 2]
