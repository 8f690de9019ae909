"""Pages are found where they lie, in true millimetres, in every light."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest

from tests.vision.page.conftest import Taken, take

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docexam.vision.page_from_capture import SeenPages


def remade(
    taken: Taken, folder: Path, change: Callable[[str, Any], Any], **image_keys: object
) -> Taken:
    """The capture set with each picture changed; a key that is None is taken out."""
    where = folder / "changed"
    shutil.copytree(taken.folder, where)
    capture = json.loads((where / "capture.json").read_text())
    for page in capture["pages"]:
        for image in page["images"]:
            path = str(where / image["file"])
            picture = cv2.imread(path, cv2.IMREAD_UNCHANGED)
            cv2.imwrite(path, change(image["light"], picture))
            image.pop("reference", None)
            for key, value in image_keys.items():
                image[key] = value
                if value is None:
                    del image[key]
    (where / "capture.json").write_text(json.dumps(capture))
    return Taken(where, taken.truth)


def moved(taken: Taken, move: Callable[[str, float, float], tuple[float, float]]) -> Taken:
    corners = {
        light: [list(move(light, x, y)) for x, y in quad]
        for light, quad in taken.truth["corners_px"]["data"].items()
    }
    return Taken(taken.folder, {**taken.truth, "corners_px": {"data": corners}})


def test_every_light_lies_on_the_page_to_a_tenth_of_a_millimetre(
    passport: Taken, passport_seen: SeenPages
) -> None:
    (seen,) = passport_seen.seen
    view = seen.view
    assert (view.format, view.size_mm, view.anchor) == ("TD3", (125.0, 88.0), "outline")
    assert set(view.lights) == {"white", "ir", "uv"}
    assert max(passport.corner_errors_mm(view).values()) < 0.12
    for light in ("ir", "uv"):
        off = passport.corners_mm(view, light) - passport.corners_mm(view, "white")
        stated = view.lights[light].residual_mm
        assert view.lights[light].registered_by == "content"
        assert stated is not None
        assert np.linalg.norm(off, axis=1).max() < max(0.08, stated)


def test_the_size_is_measured_by_the_devices_scale(passport_seen: SeenPages) -> None:
    (seen,) = passport_seen.seen
    assert seen.view.scale_source == "ppi"
    assert seen.view.outline is not None
    assert seen.view.outline.size_mm == pytest.approx((125.0, 88.0), abs=0.12)


def test_without_a_scale_the_pitch_gives_it(passport: Taken, tmp_path: Path) -> None:
    taken = remade(passport, tmp_path, lambda _, picture: picture, ppi=None)
    (seen,) = taken.see().seen
    assert seen.view.scale_source == "mrz"
    assert seen.view.outline is not None
    assert seen.view.outline.size_mm == pytest.approx((125.0, 88.0), abs=0.2)


def test_a_false_scale_is_not_believed(passport: Taken, tmp_path: Path) -> None:
    taken = remade(passport, tmp_path, lambda _, picture: picture, ppi=300)
    (seen,) = taken.see().seen
    assert seen.view.scale_source == "mrz"
    assert max(taken.corner_errors_mm(seen.view).values()) < 0.2


def test_upside_down(passport: Taken, tmp_path: Path) -> None:
    sizes: dict[str, tuple[int, int]] = {}

    def turned(light: str, picture: Any) -> Any:
        sizes[light] = picture.shape[1], picture.shape[0]
        return picture[::-1, ::-1]

    taken = remade(passport, tmp_path, turned)
    taken = moved(taken, lambda light, x, y: (sizes[light][0] - x, sizes[light][1] - y))
    (seen,) = taken.see().seen
    assert abs(seen.view.turn_deg) > 170
    assert max(taken.corner_errors_mm(seen.view).values()) < 0.12


def test_cropped_close_each_light_for_itself_no_edge_is_invented(
    passport: Taken, tmp_path: Path
) -> None:
    corners = passport.truth["corners_px"]["data"]
    starts = {
        light: (round(max(q[0][0], q[3][0])) + 6 + extra, round(max(q[0][1], q[1][1])) + 6 + extra)
        for (light, q), extra in zip(corners.items(), (0, 5, 12), strict=True)
    }
    quad = corners["white"]
    end = (round(min(quad[1][0], quad[2][0])) - 6, round(min(quad[2][1], quad[3][1])) - 6)

    def cropped(light: str, picture: Any) -> Any:
        x, y = starts[light]
        return picture[y : end[1], x : end[0]]

    taken = remade(passport, tmp_path, cropped)
    taken = moved(taken, lambda light, x, y: (x - starts[light][0], y - starts[light][1]))
    (seen,) = taken.see().seen
    assert seen.view.anchor == "mrz"
    assert seen.view.outline is None
    assert max(taken.corner_errors_mm(seen.view).values()) < 0.3
    assert not seen.view.lights["white"].mask.all()


def test_two_documents_on_the_glass_are_two_pages(passport: Taken, tmp_path: Path) -> None:
    taken = remade(passport, tmp_path, lambda _, picture: np.concatenate([picture, picture]))
    first, second = taken.see().seen
    assert first.zone is not None
    assert second.zone is not None
    assert first.zone.text == second.zone.text
    assert (
        second.view.lights["white"].corners_px[0][1] > first.view.lights["white"].corners_px[3][1]
    )


def test_a_light_that_cannot_be_decoded_is_named_and_the_rest_seen(
    passport: Taken, tmp_path: Path
) -> None:
    taken = remade(passport, tmp_path, lambda _, picture: picture)
    infrared = next(taken.folder.glob("ir.*"))
    infrared.write_bytes(infrared.read_bytes()[:60])
    pages = taken.see()
    assert set(pages.unusable) == {"ir"}
    assert set(pages.seen[0].view.lights) == {"white", "uv"}


@pytest.mark.parametrize("shape", [(700, 1000), (1, 1), (3, 900)])
def test_nothing_on_the_glass(passport: Taken, tmp_path: Path, shape: tuple[int, int]) -> None:
    taken = remade(passport, tmp_path, lambda _, __: np.full(shape, 30, np.uint8))
    assert taken.see().seen == ()


def test_a_card_without_a_zone_is_found_by_its_outline_either_way_up(tmp_path: Path) -> None:
    card = {"design": "uto-card", "lights": ("white", "ir"), "pages": ("data",), "seed": 24}
    taken = take(tmp_path / "card", **card)
    sizes: dict[str, tuple[int, int]] = {}

    def turned(light: str, picture: Any) -> Any:
        sizes[light] = picture.shape[1], picture.shape[0]
        return picture[::-1, ::-1]

    over = remade(taken, tmp_path, turned)
    over = moved(over, lambda light, x, y: (sizes[light][0] - x, sizes[light][1] - y))
    for each in (taken, over) if shutil.which("tesseract") else (taken,):
        (seen,) = each.see().seen
        assert (seen.view.format, seen.zone) == ("TD1", None)
        assert max(each.corner_errors_mm(seen.view).values()) < 0.15
