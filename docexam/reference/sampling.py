"""A page as it was seen, laid on a model's grid in every light."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.reference.page_sample import PageSample, laid_on_model

if TYPE_CHECKING:
    import datetime as dt

    from docexam.nouns.capture_set import CaptureDevice
    from docexam.nouns.reading import Fields
    from docexam.nouns.report import VizField
    from docexam.reference.placing import Placing
    from docexam.vision.page_from_capture import SeenPage


def sample_of(
    seen: SeenPage,
    *,
    fields: Fields | None,
    viz: tuple[VizField, ...],
    captured_on: dt.date | None,
    placing: Placing,
    device: CaptureDevice,
) -> PageSample:
    """The page in every light that was captured, on the grid that `placing` lays it on.

    `fields` are those of the document's zone, wherever it stands; `viz` those of this page.
    """
    laid = {light: laid_on_model(seen.view, light, placing) for light in seen.view.lights}
    return PageSample(
        view=seen.view,
        zone=seen.zone,
        fields=fields,
        viz=viz,
        captured_on=captured_on,
        placing=placing,
        pictures={light: picture for light, (picture, _) in laid.items()},
        seen={light: mask for light, (_, mask) in laid.items()},
        device=device,
    )
