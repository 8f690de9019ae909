"""Development designs with visual zones laid out anew: random, but as issuers lay them out.

Ground, portrait, inks, names and zone stay the design's; captions, fonts, sizes, forms of dates,
columns, order and the number's place come from a seed.
"""

from __future__ import annotations

import contextlib
import unicodedata
from dataclasses import dataclass, replace
from statistics import mode
from typing import TYPE_CHECKING

import numpy as np
from PIL import ImageFont

from benchmarks.layout_captions import CAPTIONS, KINDS, MONTHS
from docexam.specimens.design import FieldPlace, Text, design_named
from docexam.specimens.document import Document, blank_page, ordered, personalise
from docexam.specimens.faces import Face
from docexam.specimens.grid import Grid
from docexam.specimens.holders import MONTHS as ENGLISH
from docexam.specimens.holders import holder_for
from docexam.specimens.mrz_text import mrz_lines
from docexam.specimens.text import FONTS, load_font, text_width_mm
from docexam.specimens.viz import printed_fields

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from docexam.specimens.design import Design, PageDesign
    from docexam.specimens.holders import Holder

STYLES = (
    "none", "above", "above-two-languages", "above-capitals", "above-pale", "numbered-above",
    "left", "left-colon", "numbered-left", "number-only",
)  # fmt: skip
DATES = ("01 JAN 2030", "01 JAN/JAN 30", "01 JAN/JAN 2030", "01.01.2030", "01/01/2030",
         "01 01 2030", "01-01-2030", "2030-01-01")  # fmt: skip
_FONTS = ("sans", "sans-bold", "serif", "serif-bold", "ocr-b", "condensed")
_OPTIONAL = ("authority", "birth_place", "personal_number", "issue_date")
_DATE_FIELDS = ("birth_date", "issue_date", "expiry_date")
_GAP_MM = 3.0
_LEAST_EM_MM = 2.1


@dataclass(frozen=True)
class Style:
    """How one visual zone looks; `captions` is one of STYLES, `dates` one of DATES."""

    captions: str
    font: str
    em_mm: float
    caption_em_mm: float
    caption_ink: str
    dates: str
    languages: tuple[str, ...]
    columns: int
    number: str
    number_ink: str | None


@dataclass(frozen=True)
class Layout:
    """A style and the document that was drawn in it; its only page is `page`."""

    style: Style
    document: Document
    page: str


def style_for(rng: np.random.Generator, captions: str, design: Design, texts: str) -> Style:
    """A style with these captions for these texts, everything else by chance."""
    language = str(rng.choice([name for name in CAPTIONS if name != "en"]))
    two = captions == "above-two-languages"
    one = "en" if rng.random() < 0.5 else language
    with contextlib.suppress(OSError):
        FONTS.setdefault("condensed", str(ImageFont.truetype("DejaVuSansCondensed.ttf").path))
    fonts = [
        name for name in (*_FONTS, "ocr-b", "ocr-b") if name in FONTS and _has_letters(name, texts)
    ]
    return Style(
        captions=captions,
        font=str(rng.choice(fonts)),
        em_mm=float(rng.uniform(2.2, 3.2)),
        caption_em_mm=1.25 if captions == "above-pale" else float(rng.uniform(1.35, 1.8)),
        caption_ink="offset-grey"
        if captions == "above-pale"
        else str(rng.choice(["offset-black-out", "offset-blue", "offset-teal", design.viz_ink])),
        dates=str(rng.choice(DATES)),
        languages=(language, "en") if two else (one,),
        columns=int(rng.integers(1, 3)),
        number=str(rng.choice(["in-order", "top-right"])),
        number_ink=str(rng.choice(["number-red", "offset-blue"])) if rng.random() < 0.3 else None,
    )


def _has_letters(font: str, texts: str) -> bool:
    """Whether a font has every letter; OCR-B has few with marks, and prints nothing for others."""
    face = load_font(font, 40.0)
    letters = {c for c in texts if "LATIN" in unicodedata.name(c, "")}
    return all(face.getmask(letter).getbbox() is not None for letter in letters)


def written(day: dt.date, form: str, language: str) -> str:
    """`day` in one of DATES."""
    english = ENGLISH[day.month - 1]
    own = MONTHS[language].split()[day.month - 1] if language in MONTHS else english
    year = f"{day.year}" if form.endswith("2030") else f"{day.year % 100:02d}"
    if form == "2030-01-01":
        return day.isoformat()
    if form == "01 JAN 2030":
        return f"{day.day:02d} {english} {year}"
    if "JAN/JAN" in form:
        return f"{day.day:02d} {own}/{english} {year}"
    return day.strftime(f"%d{form[2]}%m{form[2]}%Y")


def draw_layout(name: str, captions: str, seed: int, ppi: float) -> Layout | None:
    """One page of the design `name`; None where its fields would not fit beside the portrait."""
    design = design_named(name)
    rng = np.random.default_rng([seed, sum(map(ord, name + captions))])
    holder = holder_for(design, seed)
    style = style_for(rng, captions, design, "".join(printed_fields(design, holder).values()))
    fields = _texts(design, holder, style, rng)
    page = next(key for key, each in design.pages.items() if each.portrait is not None)
    laid = _laid_out(design, page, fields, style, rng)
    if laid is None:
        return None
    pages = {page: laid}
    if not laid.mrz:
        pages |= {design.mrz_page: design.pages[design.mrz_page]}
    design = design.model_copy(update={"pages": pages})
    grid = Grid.at_ppi(*design.page_size_mm(page), ppi)
    age = (holder.issue_date - holder.birth_date).days // 365
    face = Face(seed, holder.sex, age)
    lines = mrz_lines(design, holder)
    placed = personalise(laid, design, grid, fields=fields, face=face, lines=lines)
    blank = blank_page(design, page, grid, seed)
    stack = ordered(replace(blank, layers=blank.layers + placed.layers))
    boxes = {page: placed.boxes_mm}
    return Layout(
        style, Document(design, holder, seed, face, lines, fields, {page: stack}, boxes), page
    )


def _texts(
    design: Design, holder: Holder, style: Style, rng: np.random.Generator
) -> dict[str, str]:
    fields = printed_fields(design, holder)
    for name in _DATE_FIELDS:
        fields[name] = written(getattr(holder, name), style.dates, style.languages[0])
    fields["valid_from"] = fields["issue_date"]
    if rng.random() < 0.5:
        fields["nationality"] = design.bearer or design.issuer
    if rng.random() < 0.3:
        fields["sex"] = f"{holder.sex}/{holder.sex}"
    return fields


def _laid_out(
    design: Design,
    page: str,
    fields: dict[str, str],
    style: Style,
    rng: np.random.Generator,
) -> PageDesign | None:
    """The page with new fields and captions, fewer or smaller until they fit."""
    old = design.pages[page]
    left, top, right, bottom = _free_mm(design, page)
    order = _order(design, fields, rng)
    em = style.em_mm
    while True:
        wanted = [name for name in order if style.number != "top-right" or name != _number(order)]
        rows = _rows(wanted, fields, style, em, right - left)
        pitch = em + (style.caption_em_mm + 0.5 if _is_above(style) else 0.9)
        if len(rows) * pitch <= bottom - top:
            break
        dropped = next((name for name in _OPTIONAL if name in order), None)
        if dropped is not None:
            order.remove(dropped)
        elif em > _LEAST_EM_MM:
            em = max(_LEAST_EM_MM, em - 0.2)
        else:
            return None
    pitch = min((bottom - top) / len(rows), pitch * float(rng.uniform(1.0, 1.25)))
    places: list[FieldPlace] = []
    captions: list[Text] = [text for text in old.texts if text.role == "specimen"]
    count = 1
    for at, row in enumerate(rows):
        baseline = top + (at + 1) * pitch - 0.25 * em
        for column, name in enumerate(row):
            x = left + column * (right - left) / 2
            room = (right - left) / len(row) - (_GAP_MM if len(row) > 1 else 0.0)
            place, caption = _placed(name, count, (x, baseline, room), style, em, design)
            places.append(place)
            captions += caption
            count += 1
    if style.number == "top-right":
        width = design.page_size_mm(page)[0]
        places.append(_number_at(width - 4.0, 7.0, _number(order), style, design))
    title = Text(text=design.issuer_title, x_mm=4, baseline_mm=6.4, em_mm=3.2, ink="offset-black-out", font="sans-bold")  # fmt: skip # noqa: E501
    return old.model_copy(update={"fields": tuple(places), "texts": (*captions, title)})


def _order(design: Design, fields: dict[str, str], rng: np.random.Generator) -> list[str]:
    """The fields from the top down: names together, the rest in any order half of the time."""
    visa = design.format.startswith("MRV")
    names = ["name"] if visa else ["surname", "given_names"]
    rest = ["document_number", "nationality", "birth_date", "sex", "birth_place"]
    rest += ["issue_date", "expiry_date", "authority", "personal_number"]
    if visa:
        rest = ["document_number", "valid_from", "expiry_date", "passport_number"]
        rest += ["birth_date", "sex"]
    if rng.random() < 0.5:
        rest = [str(name) for name in rng.permutation(rest)]
    at = int(rng.integers(0, 2))
    order = [*rest[:at], *names, *rest[at:]]
    return [name for name in order if fields[name]]


def _number(order: Sequence[str]) -> str:
    return "document_number" if "document_number" in order else ""


def _free_mm(design: Design, page: str) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of where the design prints its fields, pictures left out."""
    old = design.pages[page]
    width = design.page_size_mm(page)[0]
    fields = [each for each in old.fields if each.field != "card_access_number"]
    left = mode(each.x_mm for each in fields)
    top = max(8.5, min(each.baseline_mm - 2 * each.em_mm for each in fields))
    bottom = max(each.baseline_mm for each in fields) + 0.8
    right = width - 3.5
    pictures = [*old.ghosts, *([old.portrait] if old.portrait is not None else [])]
    for x, y, w, h in (each.box_mm for each in pictures):
        if y < bottom and y + h > top:
            left, right = (max(left, x + w + 1.5), right) if x < left else (left, min(right, x - 1))
    return left, top, right, bottom


def _rows(
    order: Sequence[str], fields: dict[str, str], style: Style, em: float, width: float
) -> list[list[str]]:
    rows: list[list[str]] = []
    for name in order:
        wide = _width(name, fields, style, em)
        short = wide <= width / 2 - _GAP_MM and "name" not in name
        pairs = bool(rows) and len(rows[-1]) == 1 and "name" not in rows[-1][0]
        if style.columns == 2 and short and pairs:
            beside = _width(rows[-1][0], fields, style, em)
            if beside <= width / 2 - _GAP_MM:
                rows[-1].append(name)
                continue
        rows.append([name])
    return rows


def _width(name: str, fields: dict[str, str], style: Style, em: float) -> float:
    value = text_width_mm(fields[name], font=style.font, em_mm=em)
    caption = _caption_width(_caption(name, 10, style, "TD1"), style)
    return max(value, caption) if _is_above(style) else value + caption + 1.0


def _caption_width(caption: str, style: Style) -> float:
    return text_width_mm(caption, font="sans", em_mm=style.caption_em_mm) if caption else 0.0


def _is_above(style: Style) -> bool:
    return style.captions.startswith("above") or style.captions == "numbered-above"


def _caption(name: str, count: int, style: Style, kind: str) -> str:
    if style.captions == "none":
        return ""
    if style.captions == "number-only":
        return f"{count}."
    own = {"name": "surname", "valid_from": "issue_date"}.get(name, name)
    words = [CAPTIONS[each].get(own, "Passport No.") for each in style.languages]
    if own == "document_number" and kind in KINDS:
        words[-1] = KINDS[kind]
    caption = " / ".join(words)
    if style.captions == "above-capitals":
        caption = caption.upper()
    if style.captions.startswith("numbered"):
        caption = f"{count}. {caption}"
    return caption + ":" if style.captions == "left-colon" else caption


def _placed(
    name: str,
    count: int,
    at_mm: tuple[float, float, float],
    style: Style,
    em: float,
    design: Design,
) -> tuple[FieldPlace, list[Text]]:
    """One field and its caption at (x, baseline, room)."""
    x, baseline, room = at_mm
    caption = _caption(name, count, style, design.format)
    above = _is_above(style)
    wide = 0.0 if above else _caption_width(caption, style) + (1.0 if caption else 0.0)
    coloured = style.number_ink if name == "document_number" else None
    place = FieldPlace(
        field=name,  # type: ignore[arg-type]
        x_mm=x + wide,
        baseline_mm=baseline,
        em_mm=em,
        width_mm=max(6.0, room - wide),
        font=style.font,
        ink=coloured,
    )
    if not caption:
        return place, []
    em_caption = style.caption_em_mm
    width = _caption_width(caption, style)
    if above and width > room:
        em_caption *= room / width
    y = baseline - em * 1.02 if above else baseline
    return place, [
        Text(text=caption, x_mm=x, baseline_mm=y, em_mm=em_caption, ink=style.caption_ink)
    ]


def _number_at(x: float, baseline: float, name: str, style: Style, design: Design) -> FieldPlace:
    return FieldPlace(
        field=name,  # type: ignore[arg-type]
        x_mm=x,
        baseline_mm=baseline,
        em_mm=3.2,
        width_mm=34.0,
        align="right",
        font=style.font,
        ink=style.number_ink or design.viz_ink,
    )
