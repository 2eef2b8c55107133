"""What can go wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.records import DiagnosticInfo


class DetenteError(Exception):
    """A question that could not be answered; its text is a sentence that says why."""


class CaseError(DetenteError):
    """A case that cannot be used. The text shows every problem with its place."""

    diagnostics: tuple[DiagnosticInfo, ...]
    """All problems: errors, warnings and notes, each with a code, a sentence, a hint and a place."""

    def __init__(self, message: str, diagnostics: tuple[DiagnosticInfo, ...] = ()) -> None:
        super().__init__(message, diagnostics)
        self.diagnostics = diagnostics

    def __str__(self) -> str:
        return str(self.args[0])


class UsageError(DetenteError, ValueError):
    """A wrong argument: what is wrong, and what to write instead."""

    hint: str | None
    """What to write instead; `None` where there is nothing near."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message, hint)
        self.hint = hint

    def __str__(self) -> str:
        return str(self.args[0]) if self.hint is None else f"{self.args[0]}: {self.hint}"


class LimitError(DetenteError):
    """A bound on time, memory or work was hit before there was anything to answer."""


class PartialAnswerWarning(UserWarning):
    """Ctrl-C stopped a computation: the answer has what there was, and its `limits` say what is missing."""
