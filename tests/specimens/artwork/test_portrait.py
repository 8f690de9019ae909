"""Portraits: one person by one seed, posed as Doc 9303-3 asks, several and unlike."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from docexam.specimens.artwork.portrait.compose import GROUND, portrait
from docexam.specimens.artwork.portrait.person import MENS_HAIR, Person, look_alike, person

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.specimens.artwork.portrait.person import Sex

SIZE_MM = (35.0, 45.0)
PX_PER_MM = 6.0


def someone(seed: int, sex: Sex = "M", age_years: int = 35) -> Person:
    return person(np.random.default_rng(seed), sex=sex, age_years=age_years)


def drawn(who: Person, variation: int = 0) -> NDArray[np.float32]:
    return portrait(SIZE_MM, PX_PER_MM, who, variation=variation)[0]


def features(picture: NDArray[np.float32]) -> NDArray[np.float32]:
    """Eyes, nose and mouth in grey, without level and contrast."""
    rows, columns = picture.shape[:2]
    part = picture[int(rows * 0.38) : int(rows * 0.75), int(columns * 0.28) : int(columns * 0.72)]
    grey = cv2.GaussianBlur(part.mean(axis=2), (0, 0), 1.0)
    return np.asarray((grey - grey.mean()) / grey.std(), np.float32)


def test_the_same_seed_is_the_same_picture_and_values_are_light() -> None:
    first, again = drawn(someone(3)), drawn(someone(3))
    np.testing.assert_array_equal(first, again)
    assert first.shape == (270, 210, 3)
    assert first.dtype == np.float32
    assert 0 <= float(first.min()) < float(first.max()) <= 1


def test_the_head_takes_70_to_80_per_cent_of_the_height_and_stands_in_the_middle() -> None:
    for seed in range(6):
        bald = replace(someone(seed), hair_style="bald", beard="none")
        _, alpha = portrait(SIZE_MM, PX_PER_MM, bald)
        rows = np.flatnonzero(alpha[:, 100:110].mean(axis=1) > 0.5)
        crown = rows[0] / alpha.shape[0]
        # the chin is at v = chin of the model: 1 unit is 45 / 2.72 mm
        chin = (1.235 + bald.chin) / 2.72
        assert 0.66 < chin - crown < 0.80
        wide = alpha[int(alpha.shape[0] * 0.5)]
        middle = float((wide * np.arange(len(wide))).sum() / wide.sum()) / len(wide)
        assert middle == pytest.approx(0.5, abs=0.03)


def test_the_ground_is_light_and_plain() -> None:
    picture, alpha = portrait(SIZE_MM, PX_PER_MM, someone(5))
    ground = picture[alpha < 0.001]
    assert len(ground) > 0.1 * alpha.size
    np.testing.assert_allclose(ground, np.tile(GROUND, (len(ground), 1)), atol=0.01)


def test_another_variation_is_the_same_face_and_not_the_same_picture() -> None:
    same, other = [], []
    for seed in range(5):
        who = replace(someone(seed), beard="none", glasses="none")
        stranger = replace(someone(seed + 50), beard="none", glasses="none", skin=who.skin)
        first, second = drawn(who), drawn(who, variation=1)
        assert float(np.abs(first - second).max()) > 0.05
        same.append(float((features(first) * features(second)).mean()))
        other.append(float((features(first) * features(drawn(stranger))).mean()))
    assert np.mean(same) > np.mean(other) + 0.05


def test_a_look_alike_comes_nearer_the_more_alike_it_is() -> None:
    one, other = someone(8), someone(21)
    assert replace(look_alike(one, other, 1.0), seed=one.seed) == one
    near, far = look_alike(one, other, 0.8), look_alike(one, other, 0.2)
    for field in fields(Person):
        value = getattr(one, field.name)
        if isinstance(value, float) and value != getattr(other, field.name):
            apart = [abs(getattr(each, field.name) - value) for each in (near, far)]
            assert apart[0] < apart[1]
    assert (near.hair_style, near.skin) == (one.hair_style, one.skin)


def test_a_hundred_seeds_give_a_crowd() -> None:
    crowd = [someone(seed, "FM"[seed % 2], 20 + seed % 55) for seed in range(100)]  # type: ignore[arg-type]
    assert len({each.hair_style for each in crowd}) >= 8
    assert {each.beard for each in crowd} >= {"none", "stubble", "full", "moustache"}
    assert any(each.glasses != "none" for each in crowd)
    light = [sum(each.skin) / 3 for each in crowd]
    assert min(light) < 0.3
    assert max(light) > 0.75
    assert float(np.std([each.width for each in crowd])) > 0.02


@pytest.mark.parametrize("style", [*sorted(set(MENS_HAIR)), "headscarf", "wavy", "fringe", "tied"])
def test_every_style_can_be_drawn(style: str) -> None:
    who = replace(someone(2), hair_style=style, beard="full", glasses="round", age_years=70)
    picture, alpha = portrait((26, 34), PX_PER_MM, who)
    assert np.isfinite(picture).all()
    assert 0.3 < float(alpha.mean()) < 0.95


def test_hair_falls_where_its_style_says() -> None:
    bald, long = (replace(someone(4, "F"), hair_style=style) for style in ("bald", "long"))
    covers = [portrait(SIZE_MM, PX_PER_MM, who)[1] for who in (bald, long)]
    beside_the_neck = np.s_[200:225, 45:65]
    assert float(covers[0][beside_the_neck].mean()) < 0.2
    assert float(covers[1][beside_the_neck].mean()) > 0.8
