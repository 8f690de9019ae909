"""The fields of the visual zone: every line of dark text, named by its caption and its own form.

Nothing of the machine readable zone is used: what is printed here may differ from it, and must be
seen to. A line that neither its caption nor its form names is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from docexam.nouns.report import VizField
from docexam.vision.coloured_lines import coloured_lines
from docexam.vision.read_viz_beside import dark_caption_of, in_front, is_caption
from docexam.vision.read_viz_captions import LEAST_SCORE, bare, field_of_caption
from docexam.vision.read_viz_forms import (
    fields_of_form,
    fits_form,
    is_date,
    sorted_dates,
)
from docexam.vision.read_viz_lights import lights_differ, told_apart
from docexam.vision.read_viz_ocrb import confirmed
from docexam.vision.read_viz_text import NOTHING, ReadText, read_lines, text_languages
from docexam.vision.read_viz_weighing import MARK_DOUBT, weighed, weighed_colour
from docexam.vision.viz_captions import caption_picture, coloured_caption_picture
from docexam.vision.viz_lines import (
    coloured_ink,
    find_lines,
    has_marks,
    runs_on,
    value_picture,
    viz_ink,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.nouns.report import LightsDiffer
    from docexam.vision.coloured_lines import ColouredLine
    from docexam.vision.page import PageView
    from docexam.vision.viz_lines import TextLine, VizInk
    from docexam.vision.zone_view import ZoneView

# Our starting values.
ABOVE_ZONE_MM = 1.2
LEAST_CONFIDENCE = 0.25
INFRARED_DEPTH = 0.35
IN_FRONT_SCORE = 90.0
FEWEST_SIGNS = 3
AGAIN_SCORE = 95.0
"""Where the value's form tells nothing, a caption that was read at the second try must be plain."""
COMPARED = ("document_number", "surname", "given_names", "birth_date", "expiry_date", "sex")
_NUMBERS = ("document_number", "passport_number")


@dataclass(frozen=True, slots=True)
class VizRead:
    """The visual zone of one page: fields named by their caption and form, and lines that none is.

    The `name` of an `unnamed` line is "".
    """

    fields: tuple[VizField, ...] = ()
    unnamed: tuple[VizField, ...] = ()


def read_viz(page: PageView, zone: ZoneView | None) -> tuple[VizField, ...]:
    """The `fields` of `read_viz_lines`; it raises the same."""
    return read_viz_lines(page, zone).fields


def read_viz_lines(page: PageView, zone: ZoneView | None) -> VizRead:
    """What could be read, from the top down.

    A name is one of `surname given_names name nationality birth_date issue_date expiry_date sex
    document_number passport_number personal_number birth_place authority card_access_number`.
    `confidence` is that of the least sure word; a second reading, by other trained data or in
    infrared, that agrees raises it, one that differs halves it.

    Raises:
        DependencyMissing: Tesseract or its trained data is not installed.
        InputError: Tesseract failed, or gave no answer in time.
    """
    bottom = page.size_mm[1] if zone is None else zone.box_mm[1] - ABOVE_ZONE_MM
    if "white" not in page.lights or bottom < 5.0:
        return VizRead()
    viz = viz_ink(page, "white", bottom)
    if viz is None:
        return VizRead()
    lines = find_lines(viz)
    if not lines:
        return VizRead()
    coloured = coloured_lines(page, bottom, lines)
    values, captions = _read(viz, _infrared(page, bottom), lines, coloured)
    every = [*lines, *(each.line for each in coloured)]
    captions = _looked_at_again(page, bottom, every, values, captions)
    visa = page.format.startswith("MRV")
    return _fields(every, values, captions, dark=len(lines), is_visa=visa)


def _infrared(page: PageView, bottom_mm: float) -> VizInk | None:
    """Infrared, where the text's ink absorbs there; else it shows only what else is dark."""
    found = viz_ink(page, "ir", bottom_mm) if "ir" in page.lights else None
    return found if found is not None and found.depth >= INFRARED_DEPTH else None


def _read(
    viz: VizInk,
    infrared: VizInk | None,
    dark: Sequence[TextLine],
    coloured: Sequence[ColouredLine],
) -> tuple[list[tuple[str, ReadText]], list[ReadText]]:
    """The text of each dark and each coloured line with its light and surety, and its caption."""
    languages = text_languages()
    lines = [*dark, *(each.line for each in coloured)]
    white = [value_picture(viz, line) for line in dark]
    second = [value_picture(infrared, line) for line in dark] if infrared is not None else []
    numbers = [p for each in coloured for p in (each.picture, each.smaller)]
    again = [each.again for each in coloured if each.again is not None]
    # one after the other: both at once would hold the data of both in memory
    read = read_lines([*white, *second, *numbers, *again], languages[0])
    in_infrared = read[len(white) : len(white) + len(second)]
    small = [caption_picture(viz, line, lines) for line in lines]
    twice = [*white, *numbers] if languages[-1] != languages[0] else []
    asked = [*small, *twice]
    answers = iter(read_lines([p for p in asked if p is not None], languages[-1]))
    also = [NOTHING if picture is None else next(answers) for picture in asked]
    captions, by_other = also[: len(lines)], also[len(lines) :]
    by_other = by_other or [NOTHING] * (len(white) + len(numbers))
    values = []
    for i, line in enumerate(dark):
        differ = lights_differ(read[i], by_other[i], in_infrared[i]) if in_infrared else None
        if differ is not None and infrared is not None:
            values.append(("white", told_apart(differ, viz, infrared, line)))
            continue
        own = [("white", read[i]), *([("ir", in_infrared[i])] if in_infrared else [])]
        light, read_text = weighed(own, by_other[i])
        others = (*(each for _, each in own), by_other[i])
        read_text = confirmed(read_text, others, viz, line)
        values.append((light, read_text))
        if _lost_marks(read_text.text, (viz, infrared), line) or runs_on(viz, line):
            values[-1] = light, ReadText(read_text.text, min(read_text.confidence, 1 - MARK_DOUBT))
    in_colour = read[len(white) + len(second) :], by_other[len(white) :]
    under_other = iter(in_colour[0][len(numbers) :])
    for i, each in enumerate(coloured):
        sizes, by_other_data = (looks[2 * i : 2 * i + 2] for looks in in_colour)
        witness = NOTHING if each.again is None else next(under_other)
        values.append((each.light, weighed_colour(sizes, by_other_data, witness)))
    return values, captions


def _looked_at_again(
    page: PageView,
    bottom_mm: float,
    lines: Sequence[TextLine],
    values: Sequence[tuple[str, ReadText]],
    captions: Sequence[ReadText],
) -> list[ReadText]:
    """The captions, those that name no field read once more in the channel that shows colours.

    Only lines that may be a field of COMPARED without a caption; no other's field is given again.
    """
    texts = [_trimmed(value.text) for _, value in values]
    forms = [fields_of_form(text) for text in texts]
    first = [field_of_caption(c.text, form) for c, form in zip(captions, forms, strict=True)]
    taken = {called[0] for called in first if called is not None}
    taken |= {"surname", "given_names"} if "name" in taken else set()
    open_fields = [name for name in COMPARED if name not in taken]
    asked = [
        i
        for i, (_, value) in enumerate(values)
        if first[i] is None
        and _is_data(value)
        and any(fits_form(name, texts[i]) for name in open_fields)
    ]
    ink = coloured_ink(page, bottom_mm) if asked else None
    if ink is None:
        return list(captions)
    pictures = {i: coloured_caption_picture(ink, lines[i], lines) for i in asked}
    shown = {i: picture for i, picture in pictures.items() if picture is not None}
    found = list(captions)
    for i, again in zip(shown, read_lines(list(shown.values()), text_languages()[-1]), strict=True):
        called = field_of_caption(again.text, forms[i])
        if called is None or called[0] in taken:
            continue
        if called[1] >= (AGAIN_SCORE if forms[i] is None else LEAST_SCORE):
            found[i] = again
    return found


def _is_data(read: ReadText) -> bool:
    """Whether what was read may be data: it is a sex, or long enough, and no caption."""
    text = _trimmed(read.text)
    if not text or read.confidence < LEAST_CONFIDENCE:
        return False
    long = sum(c.isalnum() for c in text) >= FEWEST_SIGNS
    return (long or fields_of_form(text) is not None) and not is_caption(text)


def _lost_marks(text: str, inks: Sequence[VizInk | None], line: TextLine) -> bool:
    """Whether the print has marks above its letters and the reading has none."""
    if not text.isascii() or any(c.isdigit() for c in text):
        return False
    return any(viz is not None and has_marks(viz, line) for viz in inks)


def _fields(
    lines: Sequence[TextLine],
    values: Sequence[tuple[str, ReadText]],
    captions: Sequence[ReadText],
    *,
    dark: int,
    is_visa: bool,
) -> VizRead:
    """The fields; the first `dark` lines may be any, the coloured ones after them numbers."""
    named: dict[str, tuple[float, VizField]] = {}
    nameless_dates: list[VizField] = []
    twice: set[str] = set()
    every: list[VizField] = []
    texts = [_trimmed(value.text) for _, value in values]
    dark_captions = [
        (line.box_mm, text) for line, text in zip(lines, texts, strict=True) if is_caption(text)
    ]
    for i, (line, (light, value), caption) in enumerate(zip(lines, values, captions, strict=True)):
        text = texts[i]
        if not text or value.confidence < LEAST_CONFIDENCE or is_caption(text):
            continue
        called = field_of_caption(caption.text, fields_of_form(text))
        if called is None and dark_captions:
            beside = dark_caption_of(line.box_mm, dark_captions)
            called = field_of_caption(beside, fields_of_form(text))
        name, score = called if called is not None else ("", 0.0)
        fronted = in_front(text)
        if fronted is not None:
            name, text = fronted
            score = IN_FRONT_SCORE
        if is_visa and name == "document_number" and "pas" in bare(caption.text):
            name = "passport_number"  # of the passport that the visa is stuck into
        if i >= dark and name not in _NUMBERS:
            name = ""
        sure = round(value.confidence, 3)
        field = VizField(name, text, sure, line.box_mm, light, _apart(value, text))
        every.append(replace(field, name=""))
        if name and fits_form(name, text):
            if is_date(text) and name in named:
                # two dates of one name: captions that were misread; their order may tell
                nameless_dates += [replace(field, name=""), replace(named[name][1], name="")]
                twice.add(name)
            elif name not in named or score > named[name][0]:
                named[name] = (score, field)
        elif is_date(text) and i < dark:
            nameless_dates.append(field)
    found = {name: field for name, (_, field) in named.items() if name not in twice}
    found |= sorted_dates(found, nameless_dates)
    if "name" in found and "given_names" in found and "surname" not in found:
        found["surname"] = replace(found.pop("name"), name="surname")
    if "name" in found and "surname" in found:
        del found["name"]  # a former name, or a caption misread
    elif "surname" in found and "given_names" not in found and "," in found["surname"].text:
        found["name"] = replace(found.pop("surname"), name="name")
    fields = sorted(found.values(), key=lambda field: (field.box_mm[1], field.box_mm[0]))
    places = {field.box_mm for field in fields}
    return VizRead(tuple(fields), tuple(line for line in every if line.box_mm not in places))


def _apart(value: ReadText, text: str) -> LightsDiffer | None:
    """How the lights differ in that part of a line which is the field's text."""
    told = value.apart
    if told is None:
        return None
    fronted = in_front(told.infrared)
    shown = told.infrared if fronted is None else fronted[1]
    return replace(told, infrared=_trimmed(shown)) if len(shown) == len(text) else None


def _trimmed(text: str) -> str:
    """Without specks at either end that were taken for signs."""
    return re.sub(r"^[^\w<]+|[^\w<.)]+$", "", text).strip()
