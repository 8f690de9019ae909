"""What is said to a person about document models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.report.messages import MESSAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docexam.nouns.document_model import RefusedModel

_WHY = {
    "unsigned": "it is not signed",
    "altered": "{detail} is not what was signed",
    "untrusted-key": "its key is not trusted ({detail})",
    "broken": "{detail} is damaged",
}
_WHAT_TO_DO = {
    "unsigned": "Ask the enrolling authority for a signed one.",
    "altered": "Copy it again from the enrolling authority.",
    "untrusted-key": "If you believe its authority, name its public key with --trust.",
    "broken": "Copy it again from the enrolling authority.",
}


def why_refused(one: RefusedModel) -> str:
    """Why a model must not be used."""
    return _WHY[one.code].format(detail=one.detail or "a file")


def what_to_do(one: RefusedModel) -> str:
    """What a station can do about a model that must not be used."""
    return _WHAT_TO_DO[one.code]


def why_not_learned(code: str, params: Mapping[str, float | str]) -> str:
    """Why a part was not learned: its sentence, or else its code and numbers."""
    message = MESSAGES.get(f"learn.{code.removeprefix('learn.')}") or MESSAGES.get(code)
    if message is not None:
        return message.format_map(params)
    told = ", ".join(f"{name} {value}" for name, value in params.items())
    return f"{code} ({told})" if told else code
