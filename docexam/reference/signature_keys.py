"""The enrolling authority's private key: an Ed25519 key in a PEM file (PKCS 8)."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from docexam.capture.files import read_file
from docexam.capture.save import cannot_write
from docexam.errors import InputError, OutputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

MAX_KEY_BYTES = 64 * 1024


def load_private_key(path: Path, password: Callable[[], str] | None = None) -> Ed25519PrivateKey:
    """The key in `path`, as docexam or `openssl genpkey -algorithm ed25519` wrote it.

    `password` is asked only for a key that is kept under one.

    Raises:
        InputError: absent, unreadable, under another password, or no Ed25519 private key.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        data = read_file(path, max_bytes=MAX_KEY_BYTES)
    except InputError as error:
        raise InputError(
            f"The key {path.name!r} cannot be read: {error.message}",
            code="key.unreadable",
            hint="Check the path, or make one with --new-key.",
        ) from error
    try:
        try:
            key = load_pem_private_key(data, None)
        except TypeError:  # it is kept under a password
            if password is None:
                raise
            key = load_pem_private_key(data, password().encode())
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _not_a_key(path) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise _not_a_key(path)
    return key


def is_open_to_others(path: Path) -> bool:
    """Whether others than the owner may read the key; never for a file that is not there."""
    try:
        return bool(path.stat().st_mode & 0o077)
    except OSError:
        return False


def new_private_key(path: Path) -> Ed25519PrivateKey:
    """A new key in `path` (only its owner may read it), and its public half beside it.

    The public half is what stations trust; its name ends on .pub.pem.

    Raises:
        OutputError: one of the files exists already or cannot be written.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
        PublicFormat,
    )

    key = Ed25519PrivateKey.generate()
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    _write_new(path, secret, 0o600)
    _write_new(public_half(path), public, 0o644)
    return key


def refuse_taken(path: Path) -> None:
    """Before a long learning: no key may be in the place of the new one.

    Raises:
        OutputError: the key or its public half is there already.
    """
    for each in (path, public_half(path)):
        if each.exists():
            raise _taken(each)


def public_half(path: Path) -> Path:
    """Where the public half of a new key goes: key.pem has key.pub.pem beside it."""
    return path.with_name(f"{path.name.removesuffix('.pem')}.pub.pem")


def _write_new(path: Path, data: bytes, mode: int) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
    except FileExistsError as error:
        raise _taken(path) from error
    except OSError as error:
        raise cannot_write(path, error) from error


def _taken(path: Path) -> OutputError:
    return OutputError(
        f"The file {path.name!r} exists already.",
        code="key.exists",
        hint="Leave out --new-key to sign with it, or name another file.",
    )


def _not_a_key(path: Path) -> InputError:
    return InputError(
        f"The file {path.name!r} holds no Ed25519 private key, or is kept under another password.",
        code="key.kind",
        hint="Make one with --new-key, or with openssl genpkey -algorithm ed25519.",
    )
