"""The tree of errors, each with a code for machines and a hint for the person at the desk.

DocexamError
 +- UsageError                what was asked for makes no sense
 +- SettingsError
 +- DependencyMissing         a library or a program that is not installed
 +- ModelError                a model file that is missing or altered
 +- InputError                a file that cannot be read or is not what it should be
 +- OutputError               a result that cannot be written
 +- DeviceError               lamps, cameras and readers (docexam.hardware refines it)

A bad document is never an error: it is a finding.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of every command; `PRECEDENCE` says which one wins where several apply."""

    CLEAR = 0
    REFER = 1
    USAGE = 2
    MISSING = 3
    UNREADABLE = 4
    DEVICE = 5
    INCOMPLETE = 6
    BUG = 70
    CANNOT_WRITE = 74
    INTERRUPTED = 130


PRECEDENCE: tuple[ExitCode, ...] = (
    ExitCode.INTERRUPTED,
    ExitCode.BUG,
    ExitCode.CANNOT_WRITE,
    ExitCode.DEVICE,
    ExitCode.MISSING,
    ExitCode.REFER,
    ExitCode.UNREADABLE,
    ExitCode.INCOMPLETE,
    ExitCode.CLEAR,
)


def worst(codes: list[ExitCode]) -> ExitCode:
    """The one exit code for a run in which all of `codes` occurred; CLEAR for none."""
    return min(codes, key=PRECEDENCE.index, default=ExitCode.CLEAR)


class DocexamError(Exception):
    """One clear sentence, a stable code, and what the person can do next."""

    exit_code = ExitCode.BUG

    def __init__(self, message: str, *, code: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross process borders whole: workers send them back to the command line."""
        return (_rebuild, (type(self), self.message, self.code, self.hint))


def _rebuild(kind: type[DocexamError], message: str, code: str, hint: str) -> DocexamError:
    error = kind.__new__(kind)
    DocexamError.__init__(error, message, code=code, hint=hint)
    return error


class UsageError(DocexamError):
    """The command was asked for something that it does not offer."""

    exit_code = ExitCode.USAGE


class SettingsError(DocexamError):
    """A setting is missing, unknown or out of its range."""

    exit_code = ExitCode.USAGE


class DependencyMissing(DocexamError):
    """A library or a program is not installed; the hint says how to get it."""

    exit_code = ExitCode.MISSING


class ModelError(DocexamError):
    """A model file is missing, altered or of another version."""

    exit_code = ExitCode.MISSING


class InputError(DocexamError):
    """A file that cannot be read, or is not what it should be."""

    exit_code = ExitCode.UNREADABLE


class OutputError(DocexamError):
    """A result that could not be written; nothing half written is left behind."""

    exit_code = ExitCode.CANNOT_WRITE


class DeviceError(DocexamError):
    """A lamp, a camera or a reader that is absent, busy or out of order."""

    exit_code = ExitCode.DEVICE
