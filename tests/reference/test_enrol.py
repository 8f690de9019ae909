"""A model is learned from a handful of genuine captures, and keeps nothing of their holders."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from docexam.capture.capture_set import open_capture_set
from docexam.errors import InputError, UsageError
from docexam.nouns.document_model import ModelKey
from docexam.nouns.report import VizField
from docexam.reference.enrol_seen import LeftOut, see_genuine
from docexam.reference.ground import _centred, as_detail, white_detail
from docexam.reference.placing import Placing, place
from docexam.specimens.design import design_named
from docexam.specimens.document import draw_document
from docexam.vision.plane import shift
from docexam.vision.see_capture import see_capture
from tests.reference.conftest import TODAY, draw

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docexam.reference.document_model import DocumentModel
    from docexam.reference.enrol_seen import SeenDocument

    Learn = Callable[..., DocumentModel]

GRID = 8.0


def test_a_model_says_what_it_is_of_and_what_it_rests_on(learned: DocumentModel) -> None:
    assert learned.key == ModelKey("UTO", "P", 1, 2021)
    assert learned.key.name == "UTO-P-1-2021"
    assert (learned.format, learned.learned_from, learned.left_out) == ("TD3", 4, ())
    assert learned.first_year_given
    page = learned.pages["data"]
    assert page.size_mm == (125.0, 88.0)
    assert page.ground.shape == page.fixed.shape == (704, 1000)
    assert set(page.lights) == {"white", "ir", "uv"} == set(page.looks)
    assert page.likeness.low is not None
    assert 0.2 < page.likeness.low < 0.8
    assert "4 genuine captures" in page.likeness.source


def test_nothing_of_a_holder_is_kept(learned: DocumentModel) -> None:
    page = learned.pages["data"]
    boxes = draw_document(design_named("uto-passport"), seed=31, ppi=150, pages=("data",)).boxes_mm[
        "data"
    ]
    personal = ("portrait", "ghost", "surname", "given_names", "document_number", "birth_date")
    personal += ("expiry_date", "signature", "personal_number")
    for name in personal:
        x, y, w, h = (round(side * GRID) for side in boxes[name])
        # its rim may be shared: a frame, and what stands behind a head without a ground
        edge = 4 if name != "ghost" else w // 4
        inside = np.s_[y + edge : y + h - edge, x + edge : x + w - edge]
        kept = (page.fixed[inside] > 0).mean()
        assert kept < 0.02, (name, kept)
        assert (page.ground[inside][page.fixed[inside] == 0] == 128).all()
        for light, look in page.looks.items():
            small = look[inside[0].start // 2 + 1 : inside[0].stop // 2 - 1,
                         inside[1].start // 2 + 1 : inside[1].stop // 2 - 1]  # fmt: skip
            assert (small != 118).mean() < 0.03, (name, light)  # grey is 118
    zone = np.s_[round(71 * GRID) : round(79.8 * GRID), round(7 * GRID) : round(116 * GRID)]
    assert not page.fixed[zone].any()


def test_the_fixed_print_is_kept_and_found_again(learned: DocumentModel, tmp_path: Path) -> None:
    page = learned.pages["data"]
    assert (page.fixed > 0).mean() > 0.35
    (seen,) = see_capture(draw(tmp_path, "new", 77, device="camera-box"), TODAY)[0].seen
    own = place(as_detail(page.ground), white_detail(seen.view), page.fixed > 0)
    assert own.residual_mm is not None
    assert own.residual_mm < 0.1
    assert own.likeness > (page.likeness.low or 1.0) + 0.1
    assert np.abs(own.to_page - np.eye(3))[:2, 2].max() < 0.5
    (other,) = see_capture(draw(tmp_path, "other", 78, design="qmc-passport"), TODAY)[0].seen
    unlike = place(as_detail(page.ground), white_detail(other.view), page.fixed > 0)
    assert unlike.likeness < (page.likeness.low or 0.0) - 0.1


def test_too_few_are_refused(seen: list[SeenDocument], learn: Learn) -> None:
    with pytest.raises(UsageError, match="Captures given: 2"):
        learn(*seen[:2], first_year=2021)


def test_another_kind_is_refused_without_a_word_of_its_holder(
    seen: list[SeenDocument], learn: Learn
) -> None:
    other = replace(seen[3], fields=replace(seen[3].fields, issuing_state="QMC"))
    with pytest.raises(UsageError) as refused:
        learn(*seen[:3], other, first_year=2021)
    assert refused.value.message == (
        "Capture 4 is of another kind (QMC, P, TD3) than capture 1 (UTO, P, TD3)."
    )


def test_one_document_twice_is_refused(seen: list[SeenDocument], learn: Learn) -> None:
    with pytest.raises(UsageError, match="Captures 2 and 4 show the same document"):
        learn(*seen[:3], seen[1], first_year=2021)


def test_what_lacks_a_light_is_left_out_and_said(seen: list[SeenDocument], learn: Learn) -> None:
    view = seen[3].pages["data"].view
    dark = replace(view, lights={x: view.lights[x] for x in ("white", "ir")})
    bad = replace(seen[3], pages={"data": replace(seen[3].pages["data"], view=dark)})
    model = learn(seen[0], bad, *seen[1:3], first_year=2021)
    assert model.learned_from == 3
    (left,) = model.left_out
    assert (left.number, left.code) == (2, "page")
    assert left.why == "it lacks page data, or a light that the others have"


def test_what_shows_another_print_is_left_out_wherever_it_stands(
    seen: list[SeenDocument], learn: Learn
) -> None:
    page = seen[3].pages["data"]
    white = page.view.lights["white"]
    mirrored = replace(white, pixels=np.ascontiguousarray(white.pixels[::-1, ::-1]))
    view = replace(page.view, lights={**page.view.lights, "white": mirrored})
    odd = replace(seen[3], pages={"data": replace(page, view=view)})
    model = learn(odd, *seen[:3], first_year=2021)
    assert [(left.number, left.code) for left in model.left_out] == [(1, "unlike")]
    assert model.learned_from == 3


def test_too_few_that_can_teach_are_told_why(seen: list[SeenDocument], learn: Learn) -> None:
    empty = LeftOut(3, "none", {})
    with pytest.raises(InputError, match=r"Only 2 of 3 .*capture 3: it shows no document"):
        learn(*seen[:2], empty, first_year=2021)


def test_without_a_date_of_issue_the_first_year_is_reckoned_from_the_expiry(
    seen: list[SeenDocument], learn: Learn
) -> None:
    model = learn(*seen[:3])
    expiries = [int(str(one.fields.expiry_date)[:4]) for one in seen[:3]]
    assert model.key.first_year == min(expiries) - 10
    assert not model.first_year_given


def test_the_first_year_is_asked_for_where_no_date_tells_it(
    seen: list[SeenDocument], learn: Learn
) -> None:
    dateless = [replace(one, fields=replace(one.fields, expiry_date=None)) for one in seen[:3]]
    with pytest.raises(UsageError, match="first year of this issue is not known"):
        learn(*dateless)


def test_the_first_year_is_the_earliest_that_was_met(
    seen: list[SeenDocument], learn: Learn
) -> None:
    box = (60.0, 50.0, 20.0, 3.0)
    dated = [
        replace(one, viz={"data": (VizField("issue_date", text, 0.9, box),)})
        for one, text in zip(
            seen, ("12 MAR/MARS 2023", "01 JAN/JAN 2022", "misread", "30 DEC 25"), strict=True
        )
    ]
    model = learn(*dated)
    assert model.key.first_year == 2022
    assert not model.first_year_given


def test_a_capture_without_a_document_or_a_sound_zone_teaches_nothing(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "white.png"), np.full((700, 1000), 30, np.uint8))
    image = {"light": "white", "file": "white.png"}
    content = {"schema": "docexam.capture/1", "pages": [{"images": [image]}]}
    (tmp_path / "capture.json").write_text(json.dumps(content))
    found = see_genuine(open_capture_set(tmp_path), 2, TODAY)
    assert isinstance(found, LeftOut)
    assert (found.number, found.code) == (2, "none")


def test_the_pages_of_several_grids_meet_in_their_mean() -> None:
    """Three pages of one print, each shifted on its own grid: the shifts cancel out."""

    found = [Placing(shift(x, 0.0), 0.01) for x in (0.0, 0.3, 0.6)]
    centred = [one.to_page[0, 2] for one in _centred(found)]
    assert centred == pytest.approx([-0.3, 0.0, 0.3])
