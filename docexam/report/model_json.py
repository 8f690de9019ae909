"""The document model as a report tells it: which one, how it was found, whose word it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docexam.nouns.document_model import KnownModel


def model_json(model: KnownModel) -> dict[str, Any]:
    """The object under `model` of `docexam.report/1`."""
    return {
        "name": model.key.name,
        "state": model.key.issuing_state,
        "type": model.key.document_code,
        "number": model.key.number,
        "first_year": model.key.first_year,
        "last_year": model.last_year,
        "identified_by": model.identified_by,
        "likeness": round(model.likeness, 3),
        "signed_by": model.signed_by,
        "learned_from": model.learned_from,
    }
