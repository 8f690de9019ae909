"""The document models that a run of `docexam examine` may use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.cli.failure import say
from docexam.cli.model_words import what_to_do, why_refused
from docexam.reference.store import load_store
from docexam.reference.trust import trusted_keys

if TYPE_CHECKING:
    from pathlib import Path

    from docexam.reference.store import ModelStore


def models_to_use(models: Path, trust: Path | None) -> ModelStore:
    """The models in a folder; each that must not be used is said.

    Raises:
        ModelError: there is no such folder, or no model in it.
        SettingsError: the trusted keys are missing or are none.
    """
    store = load_store(models, trusted_keys(trust))
    for each in store.refused:
        say(f"The document model {each.name} is not used: {why_refused(each)}. {what_to_do(each)}")
    return store
