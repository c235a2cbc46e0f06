"""What can go wrong while grading.

GradingError
├── ModelUnavailable    a model cannot be loaded; nothing was graded
├── OpinionUnavailable  a second opinion was asked for and not had; the grade says so
├── GraderBusy          too many texts wait for the encoder; nothing was graded
├── GraderUnreachable   the cluster that grades does not answer; nothing was graded
└── InvalidRow          a row of an evaluation file does not fit; carries the line number
"""

from typing import Any

from typing_extensions import override

from grading.grade import OpinionOutcome


class GradingError(Exception):
    """Base of everything the grading package raises on purpose; it travels between processes."""

    @override
    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), tuple(vars(self).values())


class ModelUnavailable(GradingError):
    """A model cannot be loaded; carries its name and the reason."""

    def __init__(self, model: str, reason: str) -> None:
        self.model = model
        self.reason = reason
        super().__init__(f"the model {model!r} cannot be loaded: {reason}")


class OpinionUnavailable(GradingError):
    """A second opinion was asked for and not had; carries what becomes of it, and why for the log.

    The reason holds no word of an answer and no key.
    """

    def __init__(self, outcome: OpinionOutcome, reason: str) -> None:
        self.outcome = outcome
        self.reason = reason
        super().__init__(f"there is no second opinion: {reason}")


class GraderBusy(GradingError):
    """So many requests wait for the encoder that another one is refused; `waiting` of them."""

    def __init__(self, waiting: int) -> None:
        self.waiting = waiting
        super().__init__(
            f"the grader is busy, {waiting} requests wait already: try again in a moment"
        )


class GraderUnreachable(GradingError):
    """The cluster that grades does not answer; the reason holds no word of an answer."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"the grading cluster does not answer: {reason}")


class InvalidRow(GradingError):
    """A row of an evaluation file does not fit; `line` counts from 1."""

    def __init__(self, line: int, reason: str) -> None:
        self.line = line
        self.reason = reason
        super().__init__(f"line {line}: {reason}")
