"""A document model as files: model.json, to be read by people too, and pictures beside it."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from pydantic import ValidationError

from docexam.errors import InputError
from docexam.nouns.document_model import ModelKey
from docexam.nouns.finding import Limit
from docexam.reference.document_model import DocumentModel, PageModel
from docexam.reference.enrol_seen import LeftOut
from docexam.reference.model_picture import decode_picture
from docexam.reference.model_shape import SCHEMA, LimitShape, ModelShape, PageShape
from docexam.reference.page_sample import GRID_PX_PER_MM
from docexam.reference.parts import NotLearned, Part

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from docexam.reference.parts import Picture

MODEL_FILE = "model.json"
MAX_JSON_BYTES = 8 * 1024 * 1024
_FIGURES = 7
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
_SHORT_LIST = re.compile(
    r"\[\s+((?:-?[0-9.e+-]+|\"[^\"\\]{0,40}\")(?:,\s+(?:-?[0-9.e+-]+|\"[^\"\\]{0,40}\"))*)\s+\]"
)


def model_files(model: DocumentModel) -> dict[str, bytes]:
    """Every file of a model by name: model.json first, then its pictures as PNG."""
    pictures: dict[str, bytes] = {}
    pages = {name: _page_json(page, pictures) for name, page in model.pages.items()}
    key = model.key
    whole = {
        "schema": SCHEMA,
        "name": key.name,
        "state": key.issuing_state,
        "type": key.document_code,
        "number": key.number,
        "first_year": key.first_year,
        "first_year_given": model.first_year_given,
        "last_year": model.last_year,
        "format": model.format,
        "learned_from": model.learned_from,
        "software": model.software,
        "left_out": [
            {"number": each.number, "code": each.code, "params": dict(each.params)}
            for each in model.left_out
        ],
        "pages": pages,
    }
    text = json.dumps(_plain(whole), indent=1, ensure_ascii=False, allow_nan=False)
    text = _SHORT_LIST.sub(lambda found: f"[{' '.join(found[1].split())}]", text)
    return {MODEL_FILE: f"{text}\n".encode(), **pictures}


def parse_shape(data: bytes) -> ModelShape:
    """What model.json says, without its pictures.

    Raises:
        InputError: it is not `docexam.model/1`.
    """
    try:
        content = json.loads(data, parse_constant=_no_number, parse_float=_finite)
        shape = ModelShape.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part)[:40] for part in first["loc"]) or "its beginning"
        raise _wrong(f"it is wrong at {where}: {first['msg']}") from error
    except (ValueError, RecursionError) as error:
        raise _wrong("it is not JSON") from error
    key = _key_of(shape)
    if shape.name != key.name:
        raise _wrong(f"its name is not {key.name}")
    for page in shape.pages.values():
        if page.px_per_mm != GRID_PX_PER_MM:
            grid = f"{page.px_per_mm:g} pixels a millimetre, not {GRID_PX_PER_MM:g}"
            raise _wrong(f"its grid has {grid}")
    return shape


def parse_model(data: bytes, read: Callable[[str], bytes]) -> DocumentModel:
    """The model that model.json and its pictures tell; `read` gives a picture's bytes by name.

    Raises:
        InputError: model.json or a picture is missing, damaged, too large or of a wrong kind.
    """
    shape = parse_shape(data)
    budget = [MAX_PIXELS]

    def picture(name: str) -> Picture:
        found = decode_picture(read(name), name, max_pixels=budget[0])
        budget[0] -= found.shape[0] * found.shape[1]
        return found

    return DocumentModel(
        key=_key_of(shape),
        format=shape.format,
        pages={name: _page_of(name, page, picture) for name, page in shape.pages.items()},
        learned_from=shape.learned_from,
        first_year_given=shape.first_year_given,
        last_year=shape.last_year,
        software=shape.software,
        left_out=tuple(LeftOut(each.number, each.code, each.params) for each in shape.left_out),
    )


MAX_PIXELS = 120_000_000
"""Of all pictures of a model together; our starting value."""


def pictures_named(shape: ModelShape) -> list[str]:
    """The files of the pictures that a model names."""
    names = []
    for page in shape.pages.values():
        names += [page.ground, page.fixed, *page.looks.values()]
        names += [file for part in page.parts.values() for file in part.pictures.values()]
    return names


def _page_json(page: PageModel, pictures: dict[str, bytes]) -> dict[str, Any]:
    def kept(picture: Picture, *names: str) -> str:
        file = "-".join(_UNSAFE.sub("_", name)[:60] for name in (page.page, *names)) + ".png"
        while file in pictures:
            file = f"{file[:-4]}_.png"
        pictures[file] = bytes(cv2.imencode(".png", picture)[1])
        return file

    return {
        "format": page.format,
        "size_mm": list(page.size_mm),
        "px_per_mm": GRID_PX_PER_MM,
        "lights": list(page.lights),
        "ground": kept(page.ground, "ground"),
        "fixed": kept(page.fixed, "fixed"),
        "looks": {light: kept(look, "look", light) for light, look in page.looks.items()},
        "likeness": _limit_json(page.likeness),
        "parts": {
            name: {
                "facts": dict(part.facts),
                "pictures": {
                    each: kept(picture, name, each) for each, picture in part.pictures.items()
                },
                "limits": {each: _limit_json(limit) for each, limit in part.limits.items()},
            }
            for name, part in page.parts.items()
        },
        "not_learned": [
            {"part": each.name, "code": each.code, "params": dict(each.params)}
            for each in page.not_learned
        ],
    }


def _limit_json(limit: Limit) -> dict[str, Any]:
    return {"low": limit.low, "high": limit.high, "unit": limit.unit, "source": limit.source}


def _page_of(name: str, page: PageShape, picture: Callable[[str], Picture]) -> PageModel:
    width, height = page.size_mm
    shape = (round(height * GRID_PX_PER_MM), round(width * GRID_PX_PER_MM))
    ground, fixed = picture(page.ground), picture(page.fixed)
    if ground.shape != shape or fixed.shape != shape:
        raise _wrong(f"the pictures of page {name} are not of the page's size")
    return PageModel(
        page=name,
        format=page.format,
        size_mm=(width, height),
        ground=ground,
        fixed=np.asarray(np.where(fixed >= 128, 255, 0), np.uint8),
        likeness=_limit_of(page.likeness),
        parts={
            each: Part(
                each,
                dict(part.facts),
                {label: picture(file) for label, file in part.pictures.items()},
                {label: _limit_of(limit) for label, limit in part.limits.items()},
            )
            for each, part in page.parts.items()
        },
        not_learned=tuple(NotLearned(e.part, e.code, e.params) for e in page.not_learned),
        lights=tuple(page.lights),
        looks={light: picture(file) for light, file in page.looks.items()},
    )


def _limit_of(limit: LimitShape) -> Limit:
    return Limit(limit.low, limit.high, limit.unit, limit.source)


def _key_of(shape: ModelShape) -> ModelKey:
    return ModelKey(shape.state, shape.type, shape.number, shape.first_year)


def _plain(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Numbers, words and lists as JSON knows them, with as many figures as mean something."""
    if isinstance(value, dict) or hasattr(value, "items"):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, np.ndarray | np.generic):
        return _plain(value.tolist())
    return float(f"{value:.{_FIGURES}g}") if isinstance(value, float) else value


def _finite(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else _no_number(text)


def _no_number(_text: str) -> float:
    raise ValueError


def _wrong(what: str) -> InputError:
    return InputError(
        f"{MODEL_FILE} is no document model: {what}.",
        code="model.json",
        hint=f"It must be {SCHEMA}, as docexam model enrol writes it.",
    )


def limits_of(model: DocumentModel) -> Mapping[tuple[str, str], Limit]:
    """Every limit of a model, by page and name of the measurement."""
    return {
        (page.page, name): limit
        for page in model.pages.values()
        for part in page.parts.values()
        for name, limit in part.limits.items()
    }
