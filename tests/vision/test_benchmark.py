"""The benchmark itself: pictures are degraded as promised, and counted right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from benchmarks.degrade import DEGRADATIONS, enlarged, glared, halved, turned
from benchmarks.mrz_pictures import chosen, ending_in_a_sentence
from benchmarks.outside import Timed, Zone
from benchmarks.score import Outcome, quantile, summarise
from benchmarks.truth import Picture, read_truth
from benchmarks.zones import Place, place_from_reading, places_from_file
from docexam.errors import ExitCode, InputError, UsageError
from tests.vision.drawing import TD2, TD3

if TYPE_CHECKING:
    from pathlib import Path

QUAD = ((60.0, 300.0), (500.0, 300.0), (500.0, 340.0), (60.0, 340.0))
PLACE = Place(QUAD, lines=2, columns=44)
GREY_PAGE = np.full((400, 600, 3), 90, np.uint8)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.png").write_bytes(b"")
    (tmp_path / "b.png").write_bytes(b"")
    (tmp_path / "truth.tsv").write_text(
        "file\tformat\tmrz\tkind\tnote\tsource\n# a remark\n"
        "a.png\tTD1\tIDESPA<|ESPAÑOLA\tscan\ta note\tnowhere\n"
        "b.png\tnone\t\tphoto\tno MRZ\tnowhere\n",
        encoding="utf-8",
    )
    return tmp_path


def test_the_truth_is_read_with_letters_outside_the_alphabet_as_their_nearest(folder: Path) -> None:
    with_zone, without = read_truth(folder)
    assert (with_zone.name, with_zone.format, with_zone.note) == ("a.png", "TD1", "a note")
    assert with_zone.lines == ("IDESPA<", "ESPANOLA")
    assert without.lines == ()


def test_a_truth_that_names_a_missing_picture_is_refused(folder: Path) -> None:
    (folder / "b.png").unlink()
    with pytest.raises(InputError, match=r"b\.png"):
        read_truth(folder)


def test_a_folder_without_truth_ends_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = ending_in_a_sentence(lambda: print(read_truth(tmp_path)))  # noqa: T201
    assert code == ExitCode.UNREADABLE
    assert "truth.tsv" in capsys.readouterr().err


def test_turning_grows_the_canvas_and_fills_it_grey() -> None:
    out = turned(15)(GREY_PAGE, None)
    assert out.shape == (542, 684, 3)  # 400 cos + 600 sin, 600 cos + 400 sin, rounded up
    assert tuple(out[0, -1]) == (128, 128, 128)
    assert tuple(out[271, 342]) == (90, 90, 90)


def test_quarter_turns_are_exact_and_clockwise() -> None:
    page = GREY_PAGE.copy()
    page[0, 0] = 255  # Top left goes to top right.
    assert turned(90)(page, None).shape == (600, 400, 3)
    assert turned(90)(page, None)[0, -1, 0] == 255
    assert turned(180)(page, None)[-1, -1, 0] == 255


def test_glare_is_white_wide_enough_and_one_line_away_from_the_text() -> None:
    out = glared(GREY_PAGE, PLACE)
    assert out is not None
    rows, columns = np.nonzero(out[..., 0] > 250)
    assert abs(np.ptp(columns) - 0.15 * 600) <= 3
    assert 300 - rows.max() >= PLACE.line_height_px - 1
    assert (out[295:345] == GREY_PAGE[295:345]).all()


def test_glare_goes_below_where_the_picture_ends_above() -> None:
    high = Place(((60.0, 5.0), (500.0, 5.0), (500.0, 45.0), (60.0, 45.0)), 2, 44)
    out = glared(GREY_PAGE, high)
    assert out is not None
    assert np.nonzero(out[..., 0] > 250)[0].min() >= 45 + high.line_height_px - 1


def test_half_resolution_is_asked_only_of_print_that_stays_large_enough() -> None:
    assert halved(GREY_PAGE, PLACE) is None  # 10 px from character to character
    large = Place(((0.0, 0.0), (590.0, 0.0), (590.0, 40.0), (0.0, 40.0)), 2, 36)
    out = halved(GREY_PAGE, large)
    assert out is not None
    assert out.shape == (200, 300, 3)
    assert halved(GREY_PAGE, None) is None


def test_pictures_are_enlarged_to_two_megapixels() -> None:
    height, width = enlarged(GREY_PAGE, None).shape[:2]
    assert abs(height * width / 2e6 - 1) < 0.01


def test_every_degradation_of_the_list_can_be_chosen() -> None:
    assert chosen("all") == list(DEGRADATIONS.values())
    assert [d.title for d in chosen("blur,turn:-7.5")] == [
        "blurred, sigma 0.08 character pitch",
        "turned by -7.5 degrees",
    ]
    for wrong in ("fog", "turn:sideways"):
        with pytest.raises(UsageError):
            chosen(wrong)


def test_places_come_from_a_table_or_from_a_reading_close_to_the_truth(tmp_path: Path) -> None:
    picture = Picture(tmp_path / "a.png", "TD3", TD3, "")
    (tmp_path / "quads.json").write_text('{"a.png": [[60,300],[500,300],[500,340],[60,340]]}')
    assert places_from_file(tmp_path / "quads.json", [picture]) == {"a.png": PLACE}
    nearly = (TD3[0].replace("MARA", "MAPA"), TD3[1])
    assert place_from_reading(picture, [Zone(nearly, False, False, QUAD)]) == PLACE
    assert place_from_reading(picture, [Zone(TD2, False, False, QUAD)]) is None
    (tmp_path / "quads.json").write_text("[60, 300]")
    with pytest.raises(InputError):
        places_from_file(tmp_path / "quads.json", [picture])


@pytest.mark.parametrize(("share", "value"), [(0.5, 3), (0.95, 5), (0.2, 1), (1.0, 5)])
def test_quantiles_are_values_that_were_measured(share: float, value: float) -> None:
    assert quantile([5.0, 1.0, 4.0, 2.0, 3.0], share) == value


def test_outcomes_are_counted(tmp_path: Path) -> None:
    def outcome(*zones: Zone, lines: tuple[str, ...] = TD3, wall_s: float = 0.1) -> Outcome:
        picture = Picture(tmp_path / "a.png", "TD3" if lines else "none", lines, "")
        return Outcome(picture, Timed(list(zones), wall_s, wall_s))

    wrong = (TD3[0].replace("MARA", "MAPA"), TD3[1])
    counted = summarise(
        [
            outcome(Zone(TD3, True, True)),
            outcome(Zone(TD3, True, False), Zone(TD2, True, False), wall_s=0.3),
            outcome(Zone(wrong, True, True)),
            outcome(),
            outcome(lines=(), wall_s=9.0),
            outcome(Zone(TD3, False, False), lines=()),
        ]
    )
    assert (counted.n, counted.exact, counted.exact_confident, counted.nothing) == (4, 2, 1, 1)
    assert (counted.wrong_valid, counted.wrong_valid_confident) == (2, 1)
    assert (counted.extra, counted.false_found, counted.blanks) == (1, 1, 2)
    assert (counted.median_s, counted.p95_s) == (0.1, 0.3)
    assert counted.by_format == {"TD3": (2, 4)}
