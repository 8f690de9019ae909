"""Whose models a station believes: the public keys of the enrolling authorities."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from docexam.capture.files import read_file
from docexam.errors import InputError, SettingsError
from docexam.reference.signature import fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_PEM_BYTES = 1024 * 1024
_PEM = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----.*?-----END \1-----", re.DOTALL)

TrustedKeys = frozenset[str]
"""Fingerprints."""


def default_trust(environment: Mapping[str, str] | None = None) -> Path:
    """Where keys are looked for when none are named, in the settings of the user."""
    known = os.environ if environment is None else environment
    home = known.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(home) / "docexam" / "trusted-keys"


def trusted_keys(place: Path | None = None) -> TrustedKeys:
    """The keys in a PEM file, or in each .pem file of a folder; None for the default place.

    An absent default place means that nobody is trusted.

    Raises:
        SettingsError: the place is missing, or holds something else than Ed25519 public keys.
    """
    if place is None:
        place = default_trust()
        if not place.exists():
            return frozenset()
    if not place.exists():
        raise SettingsError(
            f"The trusted keys {place.name!r} are not there.",
            code="trust.missing",
            hint="Name a PEM file of public keys, or a folder of such files.",
        )
    files = sorted(place.glob("*.pem")) if place.is_dir() else [place]
    return frozenset(each for file in files for each in _keys_in(file))


def _keys_in(file: Path) -> list[str]:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        data = read_file(file, max_bytes=MAX_PEM_BYTES)
    except InputError as error:
        raise SettingsError(
            f"The trusted key {file.name!r} cannot be read: {error.message}",
            code="trust.unreadable",
        ) from error
    found = []
    for block in _PEM.finditer(data):
        if b"PRIVATE" in block[1]:
            raise SettingsError(
                f"The file {file.name!r} holds a private key, which must not lie on a station.",
                code="trust.private",
                hint="Keep it at the enrolling authority; put its public half there.",
            )
        try:
            key = load_pem_public_key(block[0])
        except (ValueError, UnsupportedAlgorithm):
            key = None
        if not isinstance(key, Ed25519PublicKey):
            raise _no_key(file)
        found.append(fingerprint(key))
    if not found:
        raise _no_key(file)
    return found


def _no_key(file: Path) -> SettingsError:
    return SettingsError(
        f"The file {file.name!r} is no Ed25519 public key in PEM.",
        code="trust.kind",
        hint="Take the .pub.pem that docexam model enrol --new-key wrote, or openssl's.",
    )
