"""The second portrait laid on the first: another face, and what a model keeps of faces."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from docexam.nouns.capture_set import CaptureDevice
from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.reference import ghost
from docexam.reference.ghost_fit import Lie, usual_lie
from docexam.reference.ghost_fit import apart as apart_of
from docexam.reference.ghost_ground import rough_ground
from docexam.reference.ghost_pair import features, pair_of
from docexam.reference.ghost_place import GhostPlace
from docexam.reference.ground import common_ground
from docexam.reference.ink_depth import as_depth
from docexam.reference.parts import Part
from docexam.reference.sampling import sample_of

from .ink_pages import Look, genuine, page

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.reference.enrol_seen import SeenDocument
    from docexam.reference.ghost_pair import GhostPair
    from docexam.reference.page_sample import PageSample
    from docexam.vision.page import Linear

APART = "model.ghost-apart"


@cache
def learned() -> Part:
    part = ghost.learn(genuine())
    assert isinstance(part, Part)
    return part


def apart(look: Look) -> Measurement:
    found = {each.name: each for each in ghost.measure(page(12, look), learned())}[APART]
    assert isinstance(found, Measurement)
    return found


def likeness_of(one: Linear, other: Linear) -> float:
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])


def pairs_of(samples: list[PageSample], part: Part) -> list[GhostPair]:
    facts = part.facts
    place = GhostPlace(tuple(facts["box_mm"]), facts["mirrored"], facts["correlation"])
    pairs = [pair_of(each, tuple(facts["portrait_mm"]), place) for each in samples]
    return [pair for pair in pairs if pair is not None]


@pytest.mark.parametrize("wider", [0.0, 0.005, 0.03, -0.03])
def test_a_face_a_little_wider_is_another_one(wider: float) -> None:
    found = apart(Look(ghost_wider=wider))
    high = learned().limits[APART].high
    assert high is not None
    # a stretch by s moves the sides of a box w wide by s * w / 2, its points by that over root 3;
    # faces far apart are fitted short of it
    rms_mm = abs(wider) * learned().facts["box_mm"][2] / 2 / 3**0.5
    assert float(found.details["moved_mm"]) == pytest.approx(rms_mm, rel=0.35, abs=0.02)
    if rms_mm < 0.03:
        assert found.value < 0.8 * high
    else:
        assert found.value - 2 * found.uncertainty > 1.2 * high


def test_the_model_says_how_many_enrolled_holders_it_tells_apart() -> None:
    facts = learned().facts
    assert (facts["strangers_told"], facts["strangers"]) == (5, 5)


def lie_at(head: NDArray[np.float64]) -> Lie:
    sharp = np.eye(6) * 0.005**2
    return Lie(head, sharp, np.zeros(6), sharp)


def test_where_genuine_ones_lie_apart_in_one_way_more_is_asked_of_a_stranger_there() -> None:
    # the second portrait's height varies, as of an office that lays it down by hand
    lowered = [np.array([0, 0, 0, y, 0, 0.0]) for y in (-0.2, -0.1, 0.0, 0.1, 0.2)]
    loose = usual_lie([lie_at(each) for each in lowered])
    tight = usual_lie([lie_at(np.zeros(6))] * 5)
    lower, wider = (lie_at(0.2 * np.eye(6)[part]) for part in (3, 1))
    assert apart_of(lower, loose) < 0.5 * apart_of(lower, tight)
    assert apart_of(wider, loose) == pytest.approx(apart_of(wider, tight), rel=0.01)
    assert max(apart_of(lie_at(each), loose) for each in lowered) < 1.0


def test_the_ground_that_is_kept_resembles_no_face() -> None:
    resembles_no_face(learned(), pairs_of(genuine(), learned()))


def test_nor_does_that_of_a_drawn_passport(seen: list[SeenDocument]) -> None:
    pages = [one.pages["data"] for one in seen]
    placings = common_ground([each.view for each in pages], [[]] * len(pages)).placings
    samples = [
        sample_of(
            each, fields=None, viz=(), captured_on=None, placing=placing, device=CaptureDevice()
        )
        for each, placing in zip(pages, placings, strict=True)
    ]
    part = ghost.learn(samples)
    assert isinstance(part, Part)
    resembles_no_face(part, pairs_of(samples, part))


def resembles_no_face(part: Part, pairs: list[GhostPair]) -> None:
    ground = as_depth(part.pictures["ground"])
    faces = [features(pair.first) for pair in pairs]
    mean = np.mean(faces, axis=0)
    assert abs(likeness_of(ground, mean)) < 0.1
    assert max(abs(likeness_of(ground, each)) for each in faces) < 0.15
    # what portraits of another strength leave there would be told
    leftover = rough_ground(pairs, 0.5 * part.facts["slope"])
    assert abs(likeness_of(leftover, mean)) > 0.3


def test_a_part_of_an_older_model_is_said_to_be_one() -> None:
    facts = {name: each for name, each in learned().facts.items() if name != "head_spread_mm"}
    found = ghost.measure(page(12), replace(learned(), facts=facts))
    assert [each.code for each in found if isinstance(each, NotMeasured)] == ["model.old-part"] * 4
    assert all(isinstance(each, NotMeasured) and each.inconclusive for each in found)
