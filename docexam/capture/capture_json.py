"""`capture.json` to a CaptureSet and back; unknown keys are ignored, wrong ones cost a sentence."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, cast

from docexam.errors import InputError
from docexam.nouns.capture_set import (
    LIGHTS,
    SCHEMA,
    CaptureDevice,
    CaptureImage,
    CapturePage,
    CaptureSet,
    DeviceKind,
    Encoding,
    Light,
    ReferencePatch,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MAX_JSON_BYTES = 4 * 1024 * 1024
_ENCODINGS = ("srgb", "linear")
_KINDS = ("live", "recorded", "simulated")
_PATCHES = ("white", "fluorescent")


def _wrong(where: str, what: str) -> InputError:
    return InputError(
        f"capture.json is not a capture set: {where} {what}.",
        code="capture.json",
        hint="See the contract docexam.capture/1.",
    )


def json_too_large() -> InputError:
    """A description that is longer than any capture set needs."""
    return InputError(
        f"capture.json is larger than the limit of {MAX_JSON_BYTES // 2**20} MiB.",
        code="input.file-too-large",
        hint="See the contract docexam.capture/1.",
    )


_LONGEST_LIGHT = 32


def parse_capture_set(data: bytes, name: str) -> CaptureSet:
    """The capture set that `data` (JSON) describes.

    Raises:
        InputError: not JSON, of another schema, or a required part is absent or of a wrong kind.
    """
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _wrong("the file", "is not JSON") from error
    if not isinstance(content, dict):
        raise _wrong("the file", "does not hold an object")
    schema = content.get("schema")
    if schema != SCHEMA:
        raise _wrong("schema", f"is not {SCHEMA}")
    pages = content.get("pages")
    if not isinstance(pages, list) or not pages:
        raise _wrong("pages", "is not a list with at least one page")
    device = content.get("device")
    return CaptureSet(
        name=name,
        pages=_pages(pages),
        captured_at=_text_or_none(content.get("captured_at")),
        device=_device(device) if isinstance(device, dict) else CaptureDevice(),
    )


def _device(entry: Mapping[str, Any]) -> CaptureDevice:
    kind = entry.get("kind", "recorded")
    if kind not in _KINDS:
        raise _wrong("device.kind", f"is none of {', '.join(_KINDS)}")
    return CaptureDevice(_text_or_none(entry.get("name")) or "unknown", cast("DeviceKind", kind))


def _pages(entries: Sequence[object]) -> tuple[CapturePage, ...]:
    """Each page once: of two under one name, only one would be examined."""
    found: dict[str, CapturePage] = {}
    for at, entry in enumerate(entries):
        page = _page(entry, f"pages[{at}]")
        if page.page in found:
            raise _wrong(f"pages[{at}].page", "is the name of an earlier page too")
        found[page.page] = page
    return tuple(found.values())


def _page(entry: object, where: str) -> CapturePage:
    if not isinstance(entry, dict):
        raise _wrong(where, "is not an object")
    images = entry.get("images")
    if not isinstance(images, list) or not images:
        raise _wrong(f"{where}.images", "is not a list with at least one image")
    page = entry.get("page", "data")
    if not isinstance(page, str | int) or isinstance(page, bool) or page == "":
        raise _wrong(f"{where}.page", "is neither a name nor a number")
    unknown = dict.fromkeys(_name_of(each) for each in images if _is_of_unknown_light(each))
    known = [
        _image(each, f"{where}.images[{at}]")
        for at, each in enumerate(images)
        if not _is_of_unknown_light(each)
    ]
    if not known:
        raise _wrong(f"{where}.images", f"has no image under one of {', '.join(LIGHTS)}")
    return CapturePage(str(page), tuple(known), tuple(unknown))


def _is_of_unknown_light(entry: object) -> bool:
    """Whether an image was taken under a light of somebody's own: the others still count."""
    light = entry.get("light") if isinstance(entry, dict) else None
    return isinstance(light, str) and bool(light) and light not in LIGHTS


def _name_of(entry: Mapping[str, Any]) -> str:
    """The light's name, short and printable."""
    return "".join(each for each in entry["light"] if each.isprintable())[:_LONGEST_LIGHT]


def _image(entry: object, where: str) -> CaptureImage:
    if not isinstance(entry, dict):
        raise _wrong(where, "is not an object")
    file = entry.get("file")
    if not isinstance(file, str) or not file:
        raise _wrong(f"{where}.file", "is not a file name")
    encoding = entry.get("encoding", "srgb")
    if encoding not in _ENCODINGS:
        raise _wrong(f"{where}.encoding", f"is none of {', '.join(_ENCODINGS)}")
    for_light = entry.get("for")
    reference = entry.get("reference")
    return CaptureImage(
        light=_light(entry.get("light"), f"{where}.light"),
        file=file,
        ppi=_number(entry, "ppi", where, above_zero=True),
        wavelength_nm=_number(entry, "wavelength_nm", where, above_zero=True),
        encoding=cast("Encoding", encoding),
        reference=None if reference is None else _reference(reference, f"{where}.reference"),
        exposure_ms=_number(entry, "exposure_ms", where),
        gain=_number(entry, "gain", where),
        at=_text_or_none(entry.get("at")),
        lamp_level=_number(entry, "lamp_level", where),
        settle_ms=_number(entry, "settle_ms", where),
        for_light=None if for_light is None else _light(for_light, f"{where}.for"),
    )


def _light(value: object, where: str) -> Light:
    if value not in LIGHTS:
        raise _wrong(where, f"is none of {', '.join(LIGHTS)}")
    return value


def _reference(entry: object, where: str) -> ReferencePatch:
    if not isinstance(entry, dict) or entry.get("kind") not in _PATCHES:
        raise _wrong(where, f"has a kind that is none of {', '.join(_PATCHES)}")
    box = entry.get("box_px")
    if not isinstance(box, list) or len(box) != 4 or not all(_is_number(each) for each in box):
        raise _wrong(f"{where}.box_px", "is not four numbers")
    level = _number(entry, "level", where)
    if level is None:
        raise _wrong(f"{where}.level", "is missing")
    x, y, w, h = (float(each) for each in box)
    return ReferencePatch(entry["kind"], (x, y, w, h), level)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _number(
    entry: Mapping[str, Any], key: str, where: str, *, above_zero: bool = False
) -> float | None:
    value = entry.get(key)
    if value is None:
        return None
    if not _is_number(value) or value < 0 or (above_zero and value == 0):
        raise _wrong(f"{where}.{key}", "is not a positive number")
    return float(value)


def _text_or_none(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def capture_set_json(capture: CaptureSet) -> dict[str, object]:
    """The contract's object for `capture`; what is not known is left out."""
    return {
        "schema": SCHEMA,
        **({"captured_at": capture.captured_at} if capture.captured_at else {}),
        "device": {"name": capture.device.name, "kind": capture.device.kind},
        "pages": [
            {"page": page.page, "images": [_image_json(image) for image in page.images]}
            for page in capture.pages
        ],
    }


def _image_json(image: CaptureImage) -> dict[str, object]:
    found: dict[str, object] = {
        "light": image.light,
        "file": image.file,
        "ppi": image.ppi,
        "wavelength_nm": image.wavelength_nm,
        "encoding": image.encoding,
        "reference": None,
        "exposure_ms": image.exposure_ms,
        "gain": image.gain,
        "at": image.at,
        "lamp_level": image.lamp_level,
        "settle_ms": image.settle_ms,
        "for": image.for_light,
    }
    if image.reference is not None:
        box: Sequence[float] = image.reference.box_px
        found["reference"] = {
            "kind": image.reference.kind,
            "box_px": list(box),
            "level": image.reference.level,
        }
    return {key: value for key, value in found.items() if value is not None}
