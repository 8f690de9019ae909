"""Who is shown: the features of an invented person, drawn by seed."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np

Sex = Literal["F", "M", "X"]

# skin of the lit cheek as sRGB, from light to dark
SKIN_TONES = (
    (241, 206, 186), (233, 194, 170), (226, 184, 156), (214, 167, 137), (200, 150, 117),
    (184, 132, 98), (160, 110, 80), (132, 88, 64), (104, 69, 51), (80, 53, 41),
)  # fmt: skip
HAIR_COLOURS = {
    "black": (26, 22, 22), "dark-brown": (48, 34, 27), "brown": (80, 56, 40),
    "light-brown": (118, 86, 58), "blond": (178, 142, 92), "red": (126, 62, 34),
    "grey": (138, 134, 130), "white": (200, 198, 194),
}  # fmt: skip
IRIS_COLOURS = ((62, 40, 26), (84, 56, 34), (104, 84, 48), (92, 104, 74), (88, 116, 140))
CLOTH_COLOURS = (
    (36, 40, 52), (60, 62, 70), (112, 38, 44), (44, 74, 62), (70, 88, 124), (150, 132, 108),
    (92, 60, 88), (40, 40, 40), (126, 142, 150), (28, 48, 88),
)  # fmt: skip
WOMENS_HAIR = ("long", "long", "wavy", "bob", "tied", "tied", "fringe", "curly", "short")
MENS_HAIR = ("short", "short", "parted", "parted", "buzz", "receding", "curly", "bald")


@dataclass(frozen=True, slots=True)
class Person:
    """Features as multiples of, or shifts from, the average face; words name styles."""

    width: float
    jaw: float
    chin: float
    cheek: float
    forehead: float
    eye_size: float
    eye_gap: float
    eye_tilt: float
    eye_open: float
    fold: float
    brow_thick: float
    brow_lift: float
    brow_arch: float
    nose_wide: float
    nose_long: float
    nose_bridge: float
    mouth_wide: float
    lip_full: float
    mouth_lift: float
    ear: float
    asymmetry: float
    skin: tuple[float, float, float]
    iris: tuple[float, float, float]
    hair: tuple[float, float, float]
    hair_style: str
    beard: str
    glasses: str
    cloth: tuple[float, float, float]
    collar: str
    age_years: int
    sex: Sex
    seed: int


def person(rng: np.random.Generator, *, sex: Sex, age_years: int) -> Person:
    """The person that `rng` gives, of that sex and age."""
    woman = sex == "F" or (sex == "X" and bool(rng.random() < 0.5))
    tone = rng.uniform(0, len(SKIN_TONES) - 1)
    skin = _between(SKIN_TONES, float(tone))
    dark = tone > 4.5
    names = ("black", "black", "dark-brown") if dark else tuple(HAIR_COLOURS)[:6]
    hair_name = names[int(rng.integers(len(names)))]
    grey = float(rng.random()) < (age_years - 42) / 28
    if grey:
        hair_name = "grey" if age_years < 66 or rng.random() < 0.5 else "white"
    styles = WOMENS_HAIR if woman else MENS_HAIR
    style = styles[int(rng.integers(len(styles)))]
    if woman and rng.random() < 0.10:
        style = "headscarf"
    if not woman and age_years > 45 and rng.random() < 0.35:
        style = "receding"
    beards = ("none", "none", "none", "stubble", "stubble", "full", "moustache", "goatee")
    beard = "none" if woman else beards[int(rng.integers(len(beards)))]
    glasses = "none"
    if rng.random() < 0.14:
        glasses = ("round", "square")[int(rng.integers(2))]
    collars = ("crew", "shirt", "v-neck", "blazer", "crew")
    bend = -0.03 if woman else 0.03

    def near(mean: float, spread: float) -> float:
        return float(mean + spread * max(-2.0, min(2.0, rng.standard_normal())))

    return Person(
        width=near(0.985 if woman else 1.01, 0.045),
        jaw=near(0.94 if woman else 1.06, 0.08),
        chin=near(1.0 + bend, 0.045),
        cheek=near(1.0, 0.35),
        forehead=near(1.0, 0.06),
        eye_size=near(1.07 if woman else 1.0, 0.055),
        eye_gap=near(1.0, 0.045),
        eye_tilt=near(0.06, 0.08),
        eye_open=near(1.02 if woman else 0.93, 0.10),
        fold=float(rng.uniform(0, 1)),
        brow_thick=near(0.72 if woman else 1.15, 0.2),
        brow_lift=near(0.018 if woman else -0.004, 0.012),
        brow_arch=near(1.25 if woman else 0.8, 0.3),
        nose_wide=near((0.92 if woman else 1.03) + (0.14 if dark else 0), 0.09),
        nose_long=near(1.0, 0.06),
        nose_bridge=near(1.0, 0.25),
        mouth_wide=near(0.98 if woman else 1.03, 0.09),
        lip_full=near((1.1 if woman else 0.88) + (0.18 if dark else 0), 0.16),
        mouth_lift=near(0.002, 0.005),
        ear=near(1.0, 0.1),
        asymmetry=near(0.0, 0.006),
        skin=skin,
        iris=_scaled(IRIS_COLOURS[int(rng.integers(2 if dark else len(IRIS_COLOURS)))]),
        hair=_scaled(HAIR_COLOURS[hair_name]),
        hair_style=style,
        beard=beard,
        glasses=glasses,
        cloth=_scaled(CLOTH_COLOURS[int(rng.integers(len(CLOTH_COLOURS)))]),
        collar=collars[int(rng.integers(len(collars)))],
        age_years=age_years,
        sex=sex,
        seed=int(rng.integers(2**31)),
    )


def look_alike(one: Person, other: Person, likeness: float) -> Person:
    """Somebody else who resembles `one`: `likeness` 1 is the same face, 0 that of `other`.

    Hair, skin, clothes and age stay those of `one`, as an impostor would see to.
    """
    blended = {
        field.name: getattr(one, field.name) * likeness
        + getattr(other, field.name) * (1 - likeness)
        for field in fields(Person)
        if isinstance(getattr(one, field.name), float)
    }
    return replace(one, **blended, seed=other.seed)


def _scaled(colour: tuple[int, int, int]) -> tuple[float, float, float]:
    return colour[0] / 255, colour[1] / 255, colour[2] / 255


def _between(colours: tuple[tuple[int, int, int], ...], at: float) -> tuple[float, float, float]:
    low = min(int(at), len(colours) - 2)
    share = at - low
    first, second = _scaled(colours[low]), _scaled(colours[low + 1])
    return (
        first[0] + (second[0] - first[0]) * share,
        first[1] + (second[1] - first[1]) * share,
        first[2] + (second[2] - first[2]) * share,
    )
