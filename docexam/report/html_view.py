"""What the HTML report shows, arranged: numbered findings, marks on the page, groups by step."""

from __future__ import annotations

import base64
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docexam.report.check_titles import CAPTURE_TITLE, STEPS, title_of
from docexam.report.messages import LIGHT_NAMES
from docexam.report.numbers import shown_limit, shown_measured
from docexam.report.page_marks import Marked, page_marks
from docexam.report.sentences import as_is, sentence, symbol_of
from docexam.report.value_scale import ValueScale, value_scale
from docexam.report.weighing import deciding, never_asked, weight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.nouns.finding import Finding
    from docexam.nouns.measurement import BoxMm
    from docexam.nouns.report import Report
    from docexam.report.page_marks import MarkView
    from docexam.report.page_picture import PagePicture
    from docexam.report.sentences import Translate

IRREGULAR = ("failed", "inconclusive", "error")
CROP_MARGIN_MM = 1.0
MOST_CROP_BYTES = 400_000
MOST_CROPS = 4
"""Larger crops, and more of them, are shown as pieces of the page's picture instead."""
_TONES = {"passed": "good", "failed": "bad", "inconclusive": "open", "error": "bad"}


@dataclass(frozen=True, slots=True)
class CropView:
    """A proof: an own picture (`source`), or the piece `view_box` of the page's picture `of`."""

    caption: str
    source: str | None = None
    of: str | None = None
    view_box: str = ""
    ratio: float = 1.0


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding as shown; `number` counts the irregular ones, None for all others."""

    finding: Finding
    number: int | None
    title: str
    text: str
    sign: str
    word: str
    tone: str
    lights: str
    measured: str
    limit: str
    source: str
    scale: ValueScale | None
    crops: tuple[CropView, ...]


@dataclass(frozen=True, slots=True)
class PictureView:
    """One page under one light with its marks; `key` is its id in the document."""

    key: str
    picture: PagePicture
    source: str
    title: str
    facts: str
    marks: tuple[MarkView, ...]


@dataclass(frozen=True, slots=True)
class StepView:
    """One letter of F.A.L.S.E.D.O.C. with its findings.

    A finding stands under the first of its letters; `elsewhere` are those of this letter, irregular
    or passed, that stand under another.
    """

    letter: str
    name: str
    question: str
    sign: str
    word: str
    tone: str
    irregular: tuple[FindingView, ...]
    settled: tuple[FindingView, ...]
    not_made: tuple[FindingView, ...]
    elsewhere: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """Everything that the template needs besides the report itself."""

    reasons: tuple[FindingView, ...]
    remarks: tuple[FindingView, ...]
    never_asked: tuple[str, ...]
    steps: tuple[StepView, ...]
    capture_step: StepView
    pages: tuple[tuple[str, tuple[PictureView, ...]], ...]


def report_view(
    report: Report, pictures: Sequence[PagePicture], translate: Translate = as_is
) -> ReportView:
    """Arranges a report and the pictures of its pages."""
    ordered = sorted(report.findings, key=weight, reverse=True)
    made_verdict = deciding(report)
    ordered = [*made_verdict, *(each for each in ordered if each not in made_verdict)]
    numbers = {
        id(finding): number
        for number, finding in enumerate((f for f in ordered if f.outcome in IRREGULAR), 1)
    }
    known = {(each.page, each.light): each for each in pictures}
    views = {
        id(finding): _finding_view(finding, numbers.get(id(finding)), known, translate)
        for finding in ordered
    }
    deciders = {id(finding) for finding in made_verdict}
    remarks = [
        views[id(f)] for f in ordered if f.outcome in ("failed", "error") and id(f) not in deciders
    ]
    grouped: dict[str, list[FindingView]] = defaultdict(list)
    for finding in ordered:
        for letter in finding.step or ("",):
            grouped[letter].append(views[id(finding)])
    return ReportView(
        reasons=tuple(views[id(finding)] for finding in made_verdict),
        remarks=tuple(remarks),
        never_asked=tuple(translate(title_of(check)) for check in never_asked(report)),
        steps=tuple(
            _step(letter, *STEPS[letter], grouped.get(letter, []), translate) for letter in STEPS
        ),
        capture_step=_step("", *CAPTURE_TITLE, grouped.get("", []), translate),
        pages=_pages(pictures, list(views.values()), translate),
    )


def picture_key(page: str, light: str) -> str:
    """The id of a page's picture in the document."""
    return "light-" + "".join(c if c.isalnum() else "-" for c in f"{page}-{light}")


def _finding_view(
    finding: Finding,
    number: int | None,
    pictures: dict[tuple[str, str], PagePicture],
    translate: Translate,
) -> FindingView:
    sign, word = symbol_of(finding)
    quiet = finding.outcome == "failed" and finding.severity in ("info", "notice")
    return FindingView(
        finding=finding,
        number=number,
        title=translate(title_of(finding.check)),
        text=sentence(finding, translate),
        sign=sign,
        word=translate(word),
        tone="note" if quiet else _TONES.get(finding.outcome, "none"),
        lights=", ".join(translate(LIGHT_NAMES.get(light, light)) for light in finding.light),
        measured=shown_measured(finding.measured),
        limit=shown_limit(finding.limit),
        source=finding.limit.source if finding.limit else "",
        scale=value_scale(finding.measured, finding.limit),
        crops=_crops(finding, pictures, translate),
    )


def _crops(
    finding: Finding, pictures: dict[tuple[str, str], PagePicture], translate: Translate
) -> tuple[CropView, ...]:
    """The evidence, of irregular findings in full; else pieces of the page's picture."""
    own = [
        CropView(
            caption=translate(LIGHT_NAMES.get(crop.light, crop.light)),
            source=data_uri(crop.png, "image/png"),
        )
        for crop in finding.evidence[:MOST_CROPS]
        if len(crop.png) <= MOST_CROP_BYTES and finding.outcome in IRREGULAR
    ]
    if own or finding.box_mm is None:
        return tuple(own)
    pieces = []
    for light in finding.light[:MOST_CROPS]:
        picture = pictures.get((finding.page, light))
        if picture is not None:
            x, y, w, h = _with_margin(finding.box_mm, picture.size_mm)
            pieces.append(
                CropView(
                    caption=translate(LIGHT_NAMES.get(light, light)),
                    of=picture_key(finding.page, light),
                    view_box=f"{x:.2f} {y:.2f} {w:.2f} {h:.2f}",
                    ratio=w / max(h, 0.1),
                )
            )
    return tuple(pieces)


def _with_margin(box: BoxMm, size_mm: tuple[float, float]) -> BoxMm:
    left = max(0.0, box[0] - CROP_MARGIN_MM)
    top = max(0.0, box[1] - CROP_MARGIN_MM)
    right = min(size_mm[0], box[0] + box[2] + CROP_MARGIN_MM)
    bottom = min(size_mm[1], box[1] + box[3] + CROP_MARGIN_MM)
    return (left, top, max(right - left, 1.0), max(bottom - top, 1.0))


def _step(
    letter: str, name: str, question: str, views: list[FindingView], translate: Translate
) -> StepView:
    own = [view for view in views if not letter or view.finding.step[0] == letter]
    sign, word, tone = "○", "nothing was examined", "none"
    if any(view.tone == "bad" for view in views):
        sign, word, tone = "✗", "something does not fit", "bad"
    elif any(view.tone == "open" for view in views):
        sign, word, tone = "?", "something is open", "open"
    elif any(view.finding.outcome in ("passed", "failed") for view in views):
        sign, word, tone = "✓", "nothing found", "good"
    return StepView(
        letter,
        translate(name),
        translate(question),
        sign,
        translate(word),
        tone,
        irregular=_with_outcome(own, *IRREGULAR),
        settled=_with_outcome(own, "passed"),
        not_made=_with_outcome(own, "not_performed", "not_applicable"),
        elsewhere=_told_once(
            _with_outcome([view for view in views if view not in own], *IRREGULAR, "passed")
        ),
    )


def _with_outcome(views: Sequence[FindingView], *outcomes: str) -> tuple[FindingView, ...]:
    return tuple(view for view in views if view.finding.outcome in outcomes)


def _told_once(views: Sequence[FindingView]) -> tuple[FindingView, ...]:
    """Without those that would read the same: a check may pass on several fields."""
    known = {(view.title, view.sign, view.number): view for view in reversed(views)}
    return tuple(reversed(known.values()))


def _pages(
    pictures: Sequence[PagePicture], views: Sequence[FindingView], translate: Translate
) -> tuple[tuple[str, tuple[PictureView, ...]], ...]:
    pages: dict[str, list[PictureView]] = defaultdict(list)
    for picture in pictures:
        facts = []
        if picture.wavelength_nm:
            facts.append(f"{picture.wavelength_nm:.0f} nm")
        if picture.ppi:
            facts.append(f"{picture.ppi:.0f} ppi")
        pages[picture.page].append(
            PictureView(
                key=picture_key(picture.page, picture.light),
                picture=picture,
                source=data_uri(picture.data, picture.media_type),
                title=translate(LIGHT_NAMES.get(picture.light, picture.light)),
                facts=", ".join(facts),
                marks=_marks(picture, views),
            )
        )
    return tuple((page, tuple(each)) for page, each in pages.items())


def _marks(picture: PagePicture, views: Sequence[FindingView]) -> tuple[MarkView, ...]:
    """The irregular findings of one page and light."""
    marked = [
        Marked(view.number, view.finding.box_mm, view.tone)
        for view in views
        if view.number is not None
        and not view.finding.check.startswith("cap.")  # They concern the picture, not the page.
        and view.finding.box_mm is not None
        and view.finding.page == picture.page
        and picture.light in view.finding.light
    ]
    return page_marks(marked, picture.size_mm)


def data_uri(data: bytes, media_type: str) -> str:
    """Bytes as an address that needs no file."""
    return f"data:{media_type};base64,{base64.b64encode(data).decode('ascii')}"
