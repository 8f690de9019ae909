"""Which model a document is of: by what its zone says, and by the print that it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docexam.reference.ground import as_detail, white_detail
from docexam.reference.placing import UNPLACED, Placing, place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docexam.reference.document_model import DocumentModel
    from docexam.reference.store import ModelStore, StoredModel
    from docexam.vision.page import Linear, PageView


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the zone and the visual zone say; `issue_year` None where it was not surely read."""

    issuing_state: str
    document_code: str
    format: str
    issue_year: int | None = None

    def could_be(self, name: str) -> bool:
        """Whether a model of that name, such as UTO-P-1-2021, is of the same state and type."""
        return name.split("-")[:2] == [self.issuing_state, self.document_code]


@dataclass(frozen=True, slots=True, eq=False)
class Identified:
    """The model that a document is held against, and how each page lies on it.

    `likeness` is that of the page that is least alike. `by` is `zone`, where the zone names the
    only model, `zone-and-print`, where the print chose among several, and `print`, where the zone
    names another type of the same state.
    """

    stored: StoredModel
    model: DocumentModel
    placings: Mapping[str, Placing]
    likeness: float
    by: str

    @property
    def is_alike(self) -> bool:
        """Whether no page is less alike than genuine ones are."""
        return all(
            self.placings[name].likeness >= (page.likeness.low or 0.0)
            for name, page in self.model.pages.items()
            if name in self.placings
        )


def identify(store: ModelStore, wanted: Wanted, pages: Mapping[str, PageView]) -> Identified | None:
    """The model of the document's kind, the most alike of several; None where none is known.

    A document whose zone names a model's kind is held against it however unlike it looks: a crude
    counterfeit must not escape by that. Two things let it pass as unknown instead: another type of
    the state that it does not look like, and a year of issue outside the model's own together with
    another look.

    Raises:
        ModelError: a model was altered since the store was opened.
    """
    own = [each for each in store.models if _is_named(each, wanted)]
    others = [each for each in store.models if each not in own and _is_of_state(each, wanted)]
    details = {name: white_detail(view) for name, view in pages.items() if "white" in view.lights}
    named = [_compared(each, pages, details, _by(own)) for each in own]
    best = _most_alike(named, wanted)
    if best is not None and (best.is_alike or _in_its_years(best.stored, wanted)):
        return best
    alike = [_compared(each, pages, details, "print") for each in others]
    return _most_alike([each for each in alike if each.is_alike and each.placings], wanted)


def _is_named(stored: StoredModel, wanted: Wanted) -> bool:
    return _is_of_state(stored, wanted) and stored.key.document_code == wanted.document_code


def _is_of_state(stored: StoredModel, wanted: Wanted) -> bool:
    return (stored.key.issuing_state, stored.format) == (wanted.issuing_state, wanted.format)


def _by(own: Sequence[StoredModel]) -> str:
    return "zone" if len(own) == 1 else "zone-and-print"


def _in_its_years(stored: StoredModel, wanted: Wanted) -> bool:
    """Whether the document can be of the model's years; unknown years exclude nothing."""
    year = wanted.issue_year
    if year is None:
        return True
    too_late = stored.last_year is not None and year > stored.last_year
    return not too_late and not (stored.first_year_given and year < stored.key.first_year)


def _most_alike(found: Sequence[Identified], wanted: Wanted) -> Identified | None:
    return max(
        found,
        key=lambda each: (each.is_alike, _in_its_years(each.stored, wanted), each.likeness),
        default=None,
    )


def _compared(
    stored: StoredModel,
    pages: Mapping[str, PageView],
    details: Mapping[str, Linear],
    by: str,
) -> Identified:
    model = stored.load()
    placings: dict[str, Placing] = {}
    for name in pages:
        page = model.pages.get(name)
        if page is None:
            continue
        if name in details and details[name].shape == page.ground.shape:
            placings[name] = place(as_detail(page.ground), details[name], page.fixed > 0)
        else:
            placings[name] = UNPLACED
    seen = [placings[name].likeness for name in placings if name in details]
    return Identified(stored, model, placings, min(seen, default=0.0), by)
