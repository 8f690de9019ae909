"""A document model as judges see it."""

from __future__ import annotations

from docexam.nouns.document_model import KnownModel, ModelKey


def known_model(**changed: object) -> KnownModel:
    """Utopia's passport of 2021, learned from five; with what a test wants otherwise."""
    values: dict[str, object] = {
        "key": ModelKey("UTO", "P", 1, 2021),
        "format": "TD3",
        "likeness": 0.9,
        "identified_by": "mrz",
        "signed_by": "ab12",
        "learned_from": 5,
    }
    return KnownModel(**{**values, **changed})  # type: ignore[arg-type]
