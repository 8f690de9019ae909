"""The pages of one document: the zone stands on one side of a card, what looks like it is print."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from docexam.capture.capture_set import open_capture_set
from docexam.vision import page_from_capture
from docexam.vision.see_capture import see_capture, without_second_zone
from tests.vision.page.conftest import TODAY, take

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from docexam.nouns.reading import Reading
    from docexam.vision.light_pictures import LightPicture
    from docexam.vision.page_from_capture import SeenPages


@pytest.fixture
def reading(passport_seen: SeenPages) -> Reading:
    zone = passport_seen.seen[0].zone
    assert zone is not None
    return zone.readings["white"]


def _without_zone(seen: SeenPages, page: str, reading: Reading) -> SeenPages:
    """A page whose only print that looked like a zone could not be laid out."""
    bare = replace(seen.seen[0], zone=None)
    return replace(seen, page=page, seen=(bare,), zones={"white": (reading,)})


def test_print_like_a_zone_is_none_where_the_other_side_has_the_zone(
    passport_seen: SeenPages, reading: Reading
) -> None:
    front = _without_zone(passport_seen, "data", reading)
    back = replace(passport_seen, page="back")
    assert [page.zones for page in without_second_zone([front, back])] == [{}, back.zones]


@pytest.mark.parametrize(("side", "other"), [("data", "visa"), ("data", "11"), ("visa", "data")])
def test_a_zone_of_no_structure_stays_to_be_judged_where_it_may_be_the_pages_own(
    passport_seen: SeenPages, reading: Reading, side: str, other: str
) -> None:
    damaged = _without_zone(passport_seen, side, reading)
    (kept, _) = without_second_zone([damaged, replace(passport_seen, page=other)])
    assert kept.zones == {"white": (reading,)}


def test_what_is_read_as_a_zone_lays_no_page_out_where_the_other_side_surely_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = take(tmp_path, design="uto-card", lights=("white",))
    true = page_from_capture._read

    def title_like_a_zone(picture: LightPicture, today: dt.date) -> list[Reading]:
        read = true(picture, today)
        if picture.image.file.startswith("back"):
            misread.extend(replace(each, valid=False) for each in read)
            return read
        return misread

    misread: list[Reading] = []
    monkeypatch.setattr(page_from_capture, "_read", title_like_a_zone)
    seen = {page.page: page.seen[0] for page in see_capture(open_capture_set(taken.folder), TODAY)}
    assert misread
    assert seen["data"].zone is None
    assert seen["back"].zone is not None


def test_it_stays_too_where_neither_side_has_a_zone(
    passport_seen: SeenPages, reading: Reading
) -> None:
    sides = [_without_zone(passport_seen, page, reading) for page in ("data", "back")]
    assert all(page.zones for page in without_second_zone(sides))
