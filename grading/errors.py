"""What can go wrong while grading.

GradingError
├── ModelUnavailable    the encoder cannot be loaded; nothing was graded
└── InvalidRow          a row of an evaluation file does not fit; carries the line number
"""


class GradingError(Exception):
    """Base of everything the grading package raises on purpose."""


class ModelUnavailable(GradingError):
    """The encoder cannot be loaded; carries the model's name and the library's reason."""

    def __init__(self, model: str, reason: str) -> None:
        self.model = model
        self.reason = reason
        super().__init__(f"the model {model!r} cannot be loaded: {reason}")


class InvalidRow(GradingError):
    """A row of an evaluation file does not fit; `line` counts from 1."""

    def __init__(self, line: int, reason: str) -> None:
        self.line = line
        self.reason = reason
        super().__init__(f"line {line}: {reason}")
