"""Hold a document against the model of its issue, where one is known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docexam.checks.zone_choice import main_zone
from docexam.looking.measured import with_reason
from docexam.nouns.document_model import KnownModel
from docexam.nouns.measurement import Measurement
from docexam.reference.enrol_seen import day_of
from docexam.reference.identify import Wanted, identify
from docexam.reference.model_file import limits_of
from docexam.reference.parts import measure_parts
from docexam.reference.sampling import sample_of
from docexam.vision.read_viz_forms import date_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docexam.checks.examined import Examined
    from docexam.looking.document import GlassDocument
    from docexam.nouns.measurement import NotMeasured
    from docexam.nouns.reading import Fields
    from docexam.reference.identify import Identified
    from docexam.reference.store import ModelStore

SURE_DATE = 0.8
"""How surely a printed date of issue must be read to choose a model by it; our starting value."""


def held_against_model(
    examined: Examined, document: GlassDocument, store: ModelStore | None
) -> Examined:
    """`examined` with the model of its kind and what its pages measure against it.

    Raises:
        ModelError: a model was altered since the store was opened.
    """
    chosen = main_zone(examined)
    if store is None or chosen is None:
        return examined
    fields = chosen.reading.fields
    wanted = Wanted(
        issuing_state=fields.issuing_state or "",
        document_code=fields.document_code or "",
        format=examined.pages[chosen.page].format or "",
        issue_year=_issue_year(examined),
    )
    refused = tuple(each for each in store.refused if wanted.could_be(each.name))
    pages = {name: seen for name, seen in document.pages.items() if seen is not None}
    found = identify(store, wanted, {name: seen.view for name, seen in pages.items()})
    if found is None:
        return replace(examined, models_refused=refused)
    measurements, missed = dict(examined.measurements), dict(examined.not_measured)
    for each in _against(found, examined, document, fields):
        if isinstance(each, Measurement):
            measurements[each.page, each.name] = each
        else:
            missed[each.page, each.name] = with_reason(each, examined)
    return replace(
        examined,
        measurements=measurements,
        not_measured=missed,
        model=_known(found),
        models_refused=refused,
    )


def _against(
    found: Identified, examined: Examined, document: GlassDocument, fields: Fields
) -> Iterator[Measurement | NotMeasured]:
    captured_on = day_of(examined.capture.captured_at)
    for name, page in found.model.pages.items():
        seen = document.pages.get(name)
        if seen is None:
            continue
        placing = found.placings[name]
        if "white" in seen.view.lights:
            yield Measurement(
                "model.likeness",
                name,
                ("white",),
                placing.likeness,
                "correlation",
                placing.likeness_u,
                (0.0, 0.0, *seen.view.size_mm),
            )
        sample = sample_of(
            seen,
            fields=fields,
            viz=examined.viz.get(name, ()),
            captured_on=captured_on,
            placing=placing,
            device=examined.capture.device,
        )
        yield from measure_parts(sample, page.parts)


def _known(found: Identified) -> KnownModel:
    model = found.model
    limits = {(name, "model.likeness"): page.likeness for name, page in model.pages.items()}
    return KnownModel(
        key=model.key,
        format=model.format,
        likeness=found.likeness,
        identified_by=found.by,
        signed_by=found.stored.signed_by,
        learned_from=model.learned_from,
        last_year=model.last_year,
        first_year_given=model.first_year_given,
        limits={**limits_of(model), **limits},
        facts={
            (name, part.name): part.facts
            for name, page in model.pages.items()
            for part in page.parts.values()
        },
    )


def _issue_year(examined: Examined) -> int | None:
    """The year of issue as printed with four figures, where it was surely read."""
    for fields in examined.viz.values():
        for field in fields:
            if field.name == "issue_date" and field.confidence >= SURE_DATE:
                key = date_key(field.text)
                if key is not None and key[0] > 999:
                    return key[0]
    return None
