from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from docexam.capture.capture_set import OpenCapture, open_capture_set
from docexam.reference import enrol, enrol_seen
from docexam.reference.enrol_seen import LeftOut, SeenDocument, see_genuine
from docexam.specimens.series import Job, draw_specimen, write_specimen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docexam.reference.document_model import DocumentModel

TODAY = dt.date(2026, 11, 22)
PPI = 200.0


def draw(folder: Path, name: str, seed: int, **more: object) -> OpenCapture:
    """One drawn data page, opened."""
    values = {"design": "uto-passport", "pages": ("data",), "ppi": PPI, **more}
    specimen = draw_specimen(Job(name=name, seed=seed, **values))  # type: ignore[arg-type]
    return open_capture_set(write_specimen(specimen, folder))


@pytest.fixture(scope="session")
def genuine(tmp_path_factory: pytest.TempPathFactory) -> list[OpenCapture]:
    """Four genuine passports of Utopia, of different holders, new and worn."""
    folder = tmp_path_factory.mktemp("genuine")
    return [
        draw(folder, f"uto-{seed}", seed, wear=wear, device=device)
        for seed, wear, device in (
            (31, 0.0, "flatbed"),
            (32, 0.2, "flatbed"),
            (33, 0.1, "camera-box"),
            (34, 0.0, "flatbed"),
        )
    ]


@pytest.fixture(scope="session")
def seen(genuine: list[OpenCapture]) -> list[SeenDocument]:
    """The same as enrolment sees them. The visual zones are not read: that takes long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(enrol_seen, "read_viz", lambda *_: ())
        found = [see_genuine(capture, at, TODAY) for at, capture in enumerate(genuine, 1)]
    assert all(isinstance(one, SeenDocument) for one in found)
    return found  # type: ignore[return-value]


@pytest.fixture(scope="session")
def learn() -> Callable[..., DocumentModel]:
    """Enrolment of what has been seen already, without its parts: they have their own tests."""

    def enrolled(*documents: SeenDocument | LeftOut, **more: object) -> DocumentModel:
        ready = iter([replace(one, number=at) for at, one in enumerate(documents, 1)])
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(enrol, "see_genuine", lambda *_: next(ready))
            patch.setattr(enrol, "learn_parts", lambda _: [])
            return enrol.enrol([None] * len(documents), today=TODAY, **more)  # type: ignore[list-item, arg-type]

    return enrolled


@pytest.fixture(scope="session")
def learned(seen: list[SeenDocument], learn: Callable[..., DocumentModel]) -> DocumentModel:
    """The model of the four."""
    return learn(*seen, first_year=2021)


@pytest.fixture(scope="session")
def key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()
