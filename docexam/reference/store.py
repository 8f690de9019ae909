"""Document models on the disk: written whole and signed, and taken back only if to be trusted."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from docexam.capture.containers import FolderContainer
from docexam.capture.save import cannot_write
from docexam.errors import InputError, ModelError, OutputError
from docexam.nouns.document_model import ModelKey, RefusedModel
from docexam.reference.model_file import (
    MAX_JSON_BYTES,
    MODEL_FILE,
    model_files,
    parse_model,
    parse_shape,
    pictures_named,
)
from docexam.reference.model_picture import MAX_PICTURE_BYTES
from docexam.reference.signature import (
    MAX_SIGNATURE_BYTES,
    SIGNATURE_FILE,
    Refused,
    sign,
    verified,
)

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from docexam.reference.document_model import DocumentModel
    from docexam.reference.signature import SignatureShape
    from docexam.reference.trust import TrustedKeys

MODELS_KEPT = 8
"""Decoded at a time in one process; our starting value."""


@dataclass(frozen=True, slots=True)
class StoredModel:
    """A model that may be used; `hashes` are those of its files when it was verified."""

    folder: Path
    key: ModelKey
    format: str
    learned_from: int
    last_year: int | None
    first_year_given: bool
    signed_by: str
    hashes: tuple[tuple[str, str], ...]

    def load(self) -> DocumentModel:
        """The model with its pictures; decoded once and kept for a while.

        Raises:
            ModelError: it has been altered or removed since it was verified.
        """
        return _loaded(self)


@dataclass(frozen=True, slots=True)
class ModelStore:
    """The models that a station may use, and those that it must not."""

    models: tuple[StoredModel, ...]
    refused: tuple[RefusedModel, ...] = ()


def save_model(
    model: DocumentModel,
    folder: Path,
    key: Ed25519PrivateKey | None = None,
    *,
    replace: bool = False,
) -> Path:
    """Write a model as a folder of its name in `folder`, signed if there is a key.

    It is written beside its place under a passing name and then renamed.

    Raises:
        OutputError: a model of that name is there and not to be replaced, or writing failed.
    """
    files = model_files(model)
    if key is not None:
        text = json.dumps(sign(files, key), indent=1)
        files[SIGNATURE_FILE] = f"{text}\n".encode()
    place = folder / model.key.name
    if place.exists() and not replace:
        raise OutputError(
            f"There is a model {place.name} in that folder already.",
            code="model.exists",
            hint="Say --replace, or give this issue another --number.",
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".model-", dir=folder) as passing:
            fresh, old = Path(passing) / "new", Path(passing) / "old"
            fresh.mkdir()
            for name, data in files.items():
                (fresh / name).write_bytes(data)
            if place.exists():
                place.rename(old)
            fresh.rename(place)
            shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise cannot_write(place, error) from error
    return place


def load_store(folder: Path, trusted: TrustedKeys) -> ModelStore:
    """The models in `folder`: those signed by a trusted key, and the names of all others.

    Raises:
        ModelError: there is no such folder, or no model in it.
    """
    models: list[StoredModel] = []
    refused: list[RefusedModel] = []
    for place in model_folders(folder):
        try:
            models.append(trusted_model(place, trusted))
        except Refused as why:
            refused.append(RefusedModel(place.name, why.code, why.detail))
    return ModelStore(tuple(models), tuple(refused))


def model_folders(folder: Path) -> list[Path]:
    """The folder itself if it is a model, else the models in it, by name.

    Raises:
        ModelError: there is no such folder, or no model in it.
    """
    if not folder.is_dir():
        raise ModelError(
            f"There is no folder {folder.name!r} with document models.",
            code="models.missing",
            hint="Name a folder that docexam model enrol wrote to.",
        )
    if _is_model(folder):
        return [folder.resolve()]
    try:
        found = sorted(each for each in folder.iterdir() if not each.name.startswith("."))
    except OSError as error:
        raise ModelError(
            f"The folder {folder.name!r} cannot be read.", code="models.missing"
        ) from error
    found = [each for each in found if each.is_dir() and _is_model(each)]
    if not found:
        raise ModelError(
            f"The folder {folder.name!r} holds no document model.",
            code="models.none",
            hint="Name a folder that docexam model enrol wrote to.",
        )
    return found


def trusted_model(folder: Path, trusted: TrustedKeys | None) -> StoredModel:
    """A model that is whole and signed by a trusted key; `None` trusts every key.

    Raises:
        Refused: it must not be used.
    """
    signature = signature_of(folder)
    if trusted is not None and signature.fingerprint not in trusted:
        raise Refused("untrusted-key", signature.fingerprint)
    container = FolderContainer(folder)
    try:
        shape = parse_shape(container.read(MODEL_FILE, max_bytes=MAX_JSON_BYTES))
    except InputError as error:
        raise Refused("broken", MODEL_FILE) from error
    unsigned = [
        name for name in (MODEL_FILE, *pictures_named(shape)) if name not in signature.files
    ]
    if unsigned:
        raise Refused("altered", unsigned[0])
    return StoredModel(
        folder=folder.resolve(),
        key=ModelKey(shape.state, shape.type, shape.number, shape.first_year),
        format=shape.format,
        learned_from=shape.learned_from,
        last_year=shape.last_year,
        first_year_given=shape.first_year_given,
        signed_by=signature.fingerprint,
        hashes=tuple(sorted(signature.files.items())),
    )


def signature_of(folder: Path) -> SignatureShape:
    """The signature of a model whose files are all as they were signed.

    Raises:
        Refused: unsigned, altered or broken.
    """
    if not (folder / SIGNATURE_FILE).exists():
        raise Refused("unsigned")
    container = FolderContainer(folder)

    def read(name: str) -> bytes:
        try:
            return container.read(name, max_bytes=_most_bytes(name))
        except InputError as error:
            raise Refused("altered", name) from error

    try:
        data = container.read(SIGNATURE_FILE, max_bytes=MAX_SIGNATURE_BYTES)
    except InputError as error:
        raise Refused("broken", SIGNATURE_FILE) from error
    return verified(data, read)


def read_model(folder: Path) -> DocumentModel:
    """A model whoever signed it, to be shown and not to be relied on.

    Raises:
        InputError: it is none, or damaged.
    """
    container = FolderContainer(folder)
    data = container.read(MODEL_FILE, max_bytes=MAX_JSON_BYTES)
    return parse_model(data, lambda name: container.read(name, max_bytes=MAX_PICTURE_BYTES))


@lru_cache(maxsize=MODELS_KEPT)
def _loaded(stored: StoredModel) -> DocumentModel:
    import hashlib

    hashes = dict(stored.hashes)
    container = FolderContainer(stored.folder)

    def read(name: str) -> bytes:
        data = container.read(name, max_bytes=_most_bytes(name))
        if hashlib.sha256(data).hexdigest() != hashes.get(name):
            raise InputError(f"The file {name!r} was altered.", code="model.altered")
        return data

    try:
        return parse_model(read(MODEL_FILE), read)
    except InputError as error:
        altered = error.code == "model.altered"
        what = (
            "has been altered since it was opened" if altered else "was damaged when it was signed"
        )
        raise ModelError(
            f"The document model {stored.key.name} {what}.",
            code="model.altered",
            hint="Copy it again from the enrolling authority.",
        ) from error


def _is_model(folder: Path) -> bool:
    return any((folder / name).is_file() for name in (MODEL_FILE, SIGNATURE_FILE))


def _most_bytes(name: str) -> int:
    return MAX_JSON_BYTES if name == MODEL_FILE else MAX_PICTURE_BYTES
