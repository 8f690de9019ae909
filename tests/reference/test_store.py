"""Models on the disk: signed, and refused by name when they must not be used."""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from jsonschema import Draft202012Validator

from docexam.errors import InputError, ModelError, OutputError, SettingsError
from docexam.nouns.document_model import ModelKey, RefusedModel
from docexam.reference.signature import fingerprint, sign
from docexam.reference.signature_keys import load_private_key, new_private_key, public_half
from docexam.reference.store import load_store, read_model, save_model
from docexam.reference.trust import default_trust, trusted_keys
from tests.reference.test_model_file import small_model

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = json.loads((files("docexam.schemas") / "signature-1.json").read_text())
NAME = "UTO-I-2-2019"


@pytest.fixture
def trusted(key: Ed25519PrivateKey) -> frozenset[str]:
    return frozenset({fingerprint(key.public_key())})


@pytest.fixture
def kept(tmp_path: Path, key: Ed25519PrivateKey) -> Path:
    """A signed model's folder."""
    return save_model(small_model(), tmp_path / "models", key)


def refused(kept: Path, trusted: frozenset[str]) -> tuple[RefusedModel, ...]:
    store = load_store(kept.parent, trusted)
    assert store.models == ()
    return store.refused


def test_a_signed_model_is_used(kept: Path, trusted: frozenset[str]) -> None:
    store = load_store(kept.parent, trusted)
    assert store.refused == ()
    (model,) = store.models
    assert (model.key.name, model.format, model.learned_from) == (NAME, "TD1", 5)
    assert (model.last_year, model.signed_by) == (2024, next(iter(trusted)))
    assert model.load().pages["data"].size_mm == (40.0, 30.0)
    assert model.load() is model.load()
    assert load_store(kept, trusted).models[0].key == model.key  # the model's own folder


def test_what_is_signed_is_what_sha256sum_prints(kept: Path, key: Ed25519PrivateKey) -> None:
    signature = json.loads((kept / "signature.json").read_text())
    Draft202012Validator(SCHEMA).validate(signature)
    lines = [
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n"
        for file in sorted(kept.iterdir())
        if file.name != "signature.json"
    ]
    text = "docexam.model/1\n" + "".join(lines)
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(signature["public_key"]))
    public.verify(base64.b64decode(signature["signature"]), text.encode())
    der = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert signature["fingerprint"] == f"sha256:{hashlib.sha256(der).hexdigest()}"


def test_an_unsigned_model_is_refused(tmp_path: Path, trusted: frozenset[str]) -> None:
    place = save_model(small_model(), tmp_path)
    assert refused(place, trusted) == (RefusedModel(NAME, "unsigned"),)
    assert read_model(place).learned_from == 5  # it can be shown all the same


def test_a_model_of_another_key_is_refused(kept: Path) -> None:
    stranger = fingerprint(Ed25519PrivateKey.generate().public_key())
    (one,) = refused(kept, frozenset({stranger}))
    assert (one.name, one.code) == (NAME, "untrusted-key")
    assert one.detail.startswith("sha256:")
    assert [each.code for each in refused(kept, frozenset())] == ["untrusted-key"]


@pytest.mark.parametrize("file", ["model.json", "data-ground.png"])
def test_one_altered_byte_is_named(kept: Path, trusted: frozenset[str], file: str) -> None:
    data = bytearray((kept / file).read_bytes())
    data[len(data) // 2] ^= 1
    (kept / file).write_bytes(bytes(data))
    assert refused(kept, trusted) == (RefusedModel(NAME, "altered", file),)


def test_a_missing_file_is_named(kept: Path, trusted: frozenset[str]) -> None:
    (kept / "data-fixed.png").unlink()
    assert refused(kept, trusted) == (RefusedModel(NAME, "altered", "data-fixed.png"),)


def test_a_file_that_became_a_link_out_is_refused(
    kept: Path, trusted: frozenset[str], tmp_path: Path
) -> None:
    outside = tmp_path / "outside.png"
    (kept / "data-fixed.png").rename(outside)
    (kept / "data-fixed.png").symlink_to(outside)
    assert refused(kept, trusted) == (RefusedModel(NAME, "altered", "data-fixed.png"),)


def test_a_signature_of_other_hashes_is_refused(kept: Path, trusted: frozenset[str]) -> None:
    place = kept / "signature.json"
    signature = json.loads(place.read_text())
    (kept / "data-fixed.png").write_bytes(b"other")
    signature["files"]["data-fixed.png"] = hashlib.sha256(b"other").hexdigest()
    place.write_text(json.dumps(signature))
    assert refused(kept, trusted) == (RefusedModel(NAME, "altered", "signature.json"),)


def test_another_key_under_a_trusted_name_is_refused(kept: Path, trusted: frozenset[str]) -> None:
    place = kept / "signature.json"
    signature = json.loads(place.read_text())
    stranger = Ed25519PrivateKey.generate().public_key()
    signature["public_key"] = base64.b64encode(stranger.public_bytes_raw()).decode()
    place.write_text(json.dumps(signature))
    assert refused(kept, trusted) == (RefusedModel(NAME, "altered", "signature.json"),)


def test_a_file_that_was_not_signed_is_never_read(kept: Path, trusted: frozenset[str]) -> None:
    (kept / "notes.txt").write_text("harmless")
    assert len(load_store(kept.parent, trusted).models) == 1
    place = kept / "signature.json"
    signature = json.loads(place.read_text())
    key = Ed25519PrivateKey.generate()
    del signature["files"]["data-fixed.png"]  # the authority itself forgot it
    hashes = signature["files"]
    text = "docexam.model/1\n" + "".join(f"{hashes[n]}  {n}\n" for n in sorted(hashes))
    signature["signature"] = base64.b64encode(key.sign(text.encode())).decode()
    signature["public_key"] = base64.b64encode(key.public_key().public_bytes_raw()).decode()
    signature["fingerprint"] = fingerprint(key.public_key())
    place.write_text(json.dumps(signature))
    own = frozenset({fingerprint(key.public_key())})
    assert refused(kept, own) == (RefusedModel(NAME, "altered", "data-fixed.png"),)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": "docexam.signature/1"}', "\0"])
def test_a_damaged_signature_is_refused(kept: Path, trusted: frozenset[str], text: str) -> None:
    (kept / "signature.json").write_text(text)
    assert refused(kept, trusted) == (RefusedModel(NAME, "broken", "signature.json"),)


def test_a_signed_model_that_is_none_is_broken(tmp_path: Path, key: Ed25519PrivateKey) -> None:
    place = tmp_path / "models" / "odd"
    place.mkdir(parents=True)
    (place / "model.json").write_text("{}")
    (place / "signature.json").write_text(json.dumps(sign({"model.json": b"{}"}, key)))
    own = frozenset({fingerprint(key.public_key())})
    assert refused(place, own) == (RefusedModel("odd", "broken", "model.json"),)


def test_a_signed_model_of_another_grid_is_refused_and_ends_no_run(
    kept: Path, key: Ed25519PrivateKey, trusted: frozenset[str]
) -> None:
    content = json.loads((kept / "model.json").read_text())
    for page in content["pages"].values():
        page["px_per_mm"] += 1.0
    (kept / "model.json").write_text(json.dumps(content))
    files = {
        each.name: each.read_bytes() for each in kept.glob("*") if "signature" not in each.name
    }
    (kept / "signature.json").write_text(json.dumps(sign(files, key)))
    assert refused(kept, trusted) == (RefusedModel(NAME, "broken", "model.json"),)


def test_a_model_that_is_altered_after_the_store_was_opened_is_told(
    kept: Path, trusted: frozenset[str]
) -> None:
    (model,) = load_store(kept.parent, trusted).models
    data = (kept / "model.json").read_bytes()
    (kept / "model.json").write_bytes(data.replace(b"docexam 0.1.0", b"docexam 0.1.9"))
    with pytest.raises(ModelError, match="altered since"):
        model.load()


def test_the_good_are_used_beside_the_bad(kept: Path, trusted: frozenset[str]) -> None:
    save_model(small_model(key=ModelKey("QMA", "I", 1, 2020)), kept.parent)
    (kept.parent / "notes").mkdir()
    store = load_store(kept.parent, trusted)
    assert [each.key.name for each in store.models] == [NAME]
    assert store.refused == (RefusedModel("QMA-I-1-2020", "unsigned"),)


def test_a_folder_without_models_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="holds no document model") as empty:
        load_store(tmp_path, frozenset())
    with pytest.raises(ModelError, match="There is no folder 'nix'"):
        load_store(tmp_path / "nix", frozenset())
    assert empty.value.exit_code == 3


def test_a_model_is_replaced_only_when_told_to(kept: Path, key: Ed25519PrivateKey) -> None:
    with pytest.raises(OutputError, match=f"model {NAME} in that folder already"):
        save_model(small_model(), kept.parent, key)
    save_model(small_model(learned_from=9), kept.parent, key, replace=True)
    assert read_model(kept).learned_from == 9
    assert [each.name for each in kept.parent.iterdir()] == [NAME]  # nothing is left behind


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        save_model(small_model(), tmp_path / "file" / "models")


def test_a_new_key_is_for_its_owner_alone(tmp_path: Path) -> None:
    place = tmp_path / "keys" / "authority.pem"
    key = new_private_key(place)
    assert place.stat().st_mode & 0o777 == 0o600
    half = public_half(place)
    assert half.name == "authority.pub.pem"
    assert (
        trusted_keys(half)
        == {fingerprint(key.public_key())}
        == trusted_keys(half.parent / half.name)
    )
    again = load_private_key(place)
    assert fingerprint(again.public_key()) == fingerprint(key.public_key())
    with pytest.raises(OutputError, match="exists already"):
        new_private_key(place)


def test_keys_of_openssl_are_taken(tmp_path: Path) -> None:
    made = tmp_path / "o.pem"
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", made], check=True)
    public = tmp_path / "o.pub.pem"
    subprocess.run(["openssl", "pkey", "-in", made, "-pubout", "-out", public], check=True)
    place = save_model(small_model(), tmp_path / "models", load_private_key(made))
    assert load_store(place, trusted_keys(public)).refused == ()


def test_a_key_under_a_password_is_asked_for(tmp_path: Path, key: Ed25519PrivateKey) -> None:
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"pw"))
    (tmp_path / "k.pem").write_bytes(secret)
    assert load_private_key(tmp_path / "k.pem", lambda: "pw").sign(b"x") == key.sign(b"x")
    for wrong in (lambda: "other", None):
        with pytest.raises(InputError, match="no Ed25519 private key, or is kept under another"):
            load_private_key(tmp_path / "k.pem", wrong)


def test_other_keys_are_refused(tmp_path: Path) -> None:
    other = generate_private_key(SECP256R1())
    (tmp_path / "ec.pem").write_bytes(
        other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    with pytest.raises(InputError, match="no Ed25519 private key"):
        load_private_key(tmp_path / "ec.pem")
    (tmp_path / "ec.pub.pem").write_bytes(
        other.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )
    with pytest.raises(SettingsError, match="no Ed25519 public key"):
        trusted_keys(tmp_path / "ec.pub.pem")
    (tmp_path / "text.pem").write_text("nothing")
    with pytest.raises(SettingsError, match="no Ed25519 public key"):
        trusted_keys(tmp_path / "text.pem")
    with pytest.raises(InputError, match="cannot be read"):
        load_private_key(tmp_path / "absent.pem")


def test_a_private_key_must_not_lie_on_a_station(tmp_path: Path) -> None:
    new_private_key(tmp_path / "a.pem")
    with pytest.raises(SettingsError, match="private key, which must not lie on a station"):
        trusted_keys(tmp_path)


def test_trusted_keys_of_a_folder_of_a_bundle_and_of_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for name in ("one", "two"):
        key = Ed25519PrivateKey.generate().public_key()
        found.append(fingerprint(key))
        pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        (tmp_path / f"{name}.pem").write_bytes(pem)
    assert trusted_keys(tmp_path) == set(found)
    bundle = tmp_path / "bundle"
    bundle.write_bytes(b"".join(each.read_bytes() for each in sorted(tmp_path.glob("*.pem"))))
    assert trusted_keys(bundle) == set(found)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    assert default_trust() == tmp_path / "settings" / "docexam" / "trusted-keys"
    assert trusted_keys() == frozenset()
    default_trust().mkdir(parents=True)
    (tmp_path / "one.pem").rename(default_trust() / "one.pem")
    assert trusted_keys() == {found[0]}
    with pytest.raises(SettingsError, match="are not there"):
        trusted_keys(tmp_path / "nix")
