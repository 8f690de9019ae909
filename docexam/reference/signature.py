"""The authority's word on a model: an Ed25519 signature over the SHA-256 of each of its files.

What is signed is text that anyone can make again: the name of the contract on the first line, then
what `sha256sum` prints for the files, sorted by name.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from docexam.reference.model_shape import SCHEMA as MODEL_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

SCHEMA = "docexam.signature/1"
SIGNATURE_FILE = "signature.json"
MAX_SIGNATURE_BYTES = 1024 * 1024
Refusal = Literal["unsigned", "altered", "untrusted-key", "broken"]


class Refused(Exception):
    """Why a model must not be used; `detail` names a file, never its content."""

    def __init__(self, code: Refusal, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


_Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
_Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,199}$")]


class SignatureShape(BaseModel):
    """signature.json."""

    model_config = ConfigDict(frozen=True, strict=True)

    schema_name: Annotated[str, Field(alias="schema", pattern=rf"^{SCHEMA}$")]
    algorithm: Annotated[str, Field(pattern=r"^Ed25519$")]
    files: Annotated[dict[_Name, _Hash], Field(min_length=1, max_length=4096)]
    public_key: Annotated[str, Field(max_length=100)]
    fingerprint: Annotated[str, Field(max_length=100)]
    signature: Annotated[str, Field(max_length=200)]


def sign(files: Mapping[str, bytes], key: Ed25519PrivateKey) -> dict[str, object]:
    """The content of signature.json for these files."""
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}
    public = key.public_key()
    return {
        "schema": SCHEMA,
        "algorithm": "Ed25519",
        "files": hashes,
        "public_key": base64.b64encode(public.public_bytes_raw()).decode(),
        "fingerprint": fingerprint(public),
        "signature": base64.b64encode(key.sign(manifest(hashes))).decode(),
    }


def manifest(hashes: Mapping[str, str]) -> bytes:
    """What is signed."""
    lines = [f"{hashes[name]}  {name}\n" for name in sorted(hashes)]
    return "".join([f"{MODEL_SCHEMA}\n", *lines]).encode()


def fingerprint(key: Ed25519PublicKey) -> str:
    """SHA-256 of the key as `openssl pkey -pubin -outform DER` writes it."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return f"sha256:{hashlib.sha256(der).hexdigest()}"


def verified(data: bytes, read: Callable[[str], bytes]) -> SignatureShape:
    """signature.json, if it is what its key signed and every file is as it was then.

    `read` gives a file's bytes by name. Whether the key is to be trusted is another question.

    Raises:
        Refused: broken or altered; InputError comes from `read` as it is.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        shape = SignatureShape.model_validate_json(data)
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(shape.public_key, validate=True))
        signature = base64.b64decode(shape.signature, validate=True)
    except (ValidationError, ValueError, binascii.Error) as error:
        raise Refused("broken", SIGNATURE_FILE) from error
    if fingerprint(key) != shape.fingerprint:
        raise Refused("altered", SIGNATURE_FILE)
    try:
        key.verify(signature, manifest(shape.files))
    except InvalidSignature as error:
        raise Refused("altered", SIGNATURE_FILE) from error
    for name, expected in shape.files.items():
        if hashlib.sha256(read(name)).hexdigest() != expected:
            raise Refused("altered", name)
    return shape
