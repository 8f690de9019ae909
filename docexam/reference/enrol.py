"""Learn a document model from a handful of genuine captures of one issue."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from docexam import __version__
from docexam.errors import InputError, UsageError
from docexam.nouns.document_model import ModelKey
from docexam.nouns.finding import Limit
from docexam.reference.document_model import DocumentModel, PageModel
from docexam.reference.enrol_seen import LeftOut, SeenDocument, see_genuine
from docexam.reference.ground import Ground, as_picture, common_ground
from docexam.reference.looks import common_looks
from docexam.reference.parts import NotLearned, Part, learn_parts
from docexam.reference.personal_places import personal_boxes
from docexam.reference.sampling import sample_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from docexam.capture.capture_set import OpenCapture

FEWEST, ADVISED, MOST = 3, 5, 30
USUAL_TERM_YEARS = 10
LEAST_ALIKE = 0.5
"""Of what genuine pages show: a worn one on another device keeps more, another print next to
nothing; our starting value."""


def enrol(
    captures: Sequence[OpenCapture],
    *,
    today: dt.date,
    number: int = 1,
    first_year: int | None = None,
    last_year: int | None = None,
    progress: Callable[[], None] | None = None,
) -> DocumentModel:
    """The model of the issue that these genuine documents are of; `left_out` says which taught not.

    `number` tells apart issues of one state, type and year. `first_year` is that of the first
    issue; where it is not given, the earliest printed year of issue, or what the expiry says.
    `progress` is called after each capture.

    Raises:
        UsageError: too few or too many, of several kinds, or the first year is not to be read.
        InputError: too few of them can be learned from.
        ModelError: a model of the reader is missing or altered.
    """
    _refuse_the_number(len(captures))
    seen: list[SeenDocument] = []
    left_out: list[LeftOut] = []
    for at, capture in enumerate(captures, 1):
        one = see_genuine(capture, at, today)
        if isinstance(one, SeenDocument):
            seen.append(one)
        else:
            left_out.append(one)
        if progress is not None:
            progress()
    _refuse_several_kinds(seen)
    names = _common(Counter(page for one in seen for page in one.pages), len(seen))
    seen, without = _with_all(seen, names)
    left_out += without
    _refuse_too_few(seen, left_out)
    state, code, format_ = seen[0].kind
    key = ModelKey(state, code, number, first_year or _first_year(seen))
    grounds = {name: _ground(name, seen) for name in names}
    without = _unlike(seen, grounds)
    if without:
        left_out += without
        out = {each.number for each in without}
        seen = [one for one in seen if one.number not in out]
        _refuse_too_few(seen, left_out)
        grounds = {name: _ground(name, seen) for name in names}
    pages = {name: _page_model(name, seen, grounds[name]) for name in names}
    return DocumentModel(
        key=key,
        format=format_,
        pages=pages,
        learned_from=len(seen),
        software=f"docexam {__version__}",
        last_year=last_year,
        first_year_given=first_year is not None,
        left_out=tuple(sorted(left_out, key=lambda each: each.number)),
    )


def _refuse_the_number(count: int) -> None:
    if FEWEST <= count <= MOST:
        return
    raise UsageError(
        f"Captures given: {count}; a model is learned from {FEWEST} to {MOST}.",
        code="enrol.number",
        hint=f"Take {ADVISED} or more genuine documents of one issue, of different holders.",
    )


def _refuse_too_few(seen: Sequence[SeenDocument], left_out: Sequence[LeftOut]) -> None:
    if len(seen) >= FEWEST:
        return
    reasons = "; ".join(f"capture {each.number}: {each.why}" for each in left_out)
    raise InputError(
        f"Only {len(seen)} of {len(seen) + len(left_out)} captures can be learned from, and "
        f"{FEWEST} are needed ({reasons}).",
        code="enrol.too-few",
        hint="Capture these documents again, in every light.",
    )


def _refuse_several_kinds(seen: Sequence[SeenDocument]) -> None:
    for one in seen[1:]:
        if one.kind != seen[0].kind:
            first, other = (", ".join(part or "none" for part in s.kind) for s in (seen[0], one))
            raise UsageError(
                f"Capture {one.number} is of another kind ({other}) than capture "
                f"{seen[0].number} ({first}).",
                code="enrol.kinds",
                hint="Enrol the documents of one issue at a time.",
            )
    numbers: dict[str, int] = {}
    for one in seen:
        document = one.fields.document_number or ""
        if document and document in numbers:
            raise UsageError(
                f"Captures {numbers[document]} and {one.number} show the same document.",
                code="enrol.twice",
                hint="Each capture must be of another document, of another holder.",
            )
        numbers[document] = one.number


def _common(found: Counter[str], of: int) -> list[str]:
    """What more than half of the documents have, in the order in which it was met."""
    return [name for name, count in found.items() if 2 * count > of]


def _with_all(
    seen: Sequence[SeenDocument], names: Sequence[str]
) -> tuple[list[SeenDocument], list[LeftOut]]:
    """The documents whose pages have every light that most have, and those that do not."""
    kept, without = list(seen), []
    for name in names:
        lights = _common(
            Counter(x for s in seen if name in s.pages for x in s.pages[name].view.lights),
            len(seen),
        )
        for one in list(kept):
            page = one.pages.get(name)
            if page is None or not {"white", *lights} <= set(page.view.lights):
                kept.remove(one)
                without.append(LeftOut(one.number, "page", {"page": name}))
    return kept, without


def _ground(name: str, seen: Sequence[SeenDocument]) -> Ground:
    pages = [one.pages[name] for one in seen]
    boxes = personal_boxes(pages, [one.viz[name] for one in seen])
    return common_ground([page.view for page in pages], boxes)


def _unlike(seen: Sequence[SeenDocument], grounds: Mapping[str, Ground]) -> list[LeftOut]:
    """The documents whose pages cannot be laid on those of the others."""
    found: dict[int, LeftOut] = {}
    for name, ground in grounds.items():
        for one, placing in zip(seen, ground.placings, strict=True):
            if placing.residual_mm is None:
                found.setdefault(one.number, LeftOut(one.number, "unlike", {"page": name}))
    return list(found.values())


def _page_model(name: str, seen: Sequence[SeenDocument], ground: Ground) -> PageModel:
    pages = [one.pages[name] for one in seen]
    samples = [
        sample_of(
            page,
            fields=one.fields,
            viz=one.viz[name],
            captured_on=one.captured_on,
            placing=placing,
            device=one.device,
        )
        for page, one, placing in zip(pages, seen, ground.placings, strict=True)
    ]
    learned = learn_parts(samples)
    return PageModel(
        page=name,
        format=pages[0].view.format,
        size_mm=pages[0].view.size_mm,
        ground=as_picture(ground.detail),
        fixed=ground.fixed.astype("uint8") * 255,
        likeness=_likeness_limit([placing.likeness for placing in ground.placings]),
        parts={part.name: part for part in learned if isinstance(part, Part)},
        not_learned=tuple(part for part in learned if isinstance(part, NotLearned)),
        lights=tuple(samples[0].pictures),
        looks=common_looks(samples, ground.fixed),
    )


def _likeness_limit(likenesses: Sequence[float]) -> Limit:
    mean = sum(likenesses) / len(likenesses)
    source = f"enrolled: {LEAST_ALIKE:.0%} of the mean of {len(likenesses)} genuine captures"
    return Limit(LEAST_ALIKE * mean, None, "correlation", source)


def _first_year(seen: Sequence[SeenDocument]) -> int:
    """The earliest year of issue that was read; else a usual term before the earliest expiry."""
    years = [one.issue_year for one in seen if one.issue_year is not None]
    if not years:
        years = [
            int(one.fields.expiry_date[:4]) - USUAL_TERM_YEARS
            for one in seen
            if one.fields.expiry_date
        ]
    if not years:
        raise UsageError(
            "No date of issue or expiry was read, so the first year of this issue is not known.",
            code="enrol.first-year",
            hint="Say it with --first-year.",
        )
    return min(years)
