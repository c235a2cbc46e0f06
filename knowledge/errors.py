"""What can be wrong with the knowledge base.

KnowledgeError
├── InvalidBank        one or more question files have faults; carries every one of them
└── UnknownQuestion    no question has the id that was asked for
"""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One thing to mend in one file: where it is, what is wrong, what to do."""

    file: str
    field: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}: {self.field}" if self.field else self.file
        return f"{place}: {self.problem}. {self.remedy}"


class KnowledgeError(Exception):
    """Base of everything the knowledge package raises on purpose."""


class InvalidBank(KnowledgeError):
    """The bank cannot be used; `faults` lists every fault of every file, sorted by file."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        files = len({fault.file for fault in faults})
        super().__init__(
            f"{len(faults)} {_plural('fault', len(faults))} in {files} {_plural('file', files)}"
        )


class UnknownQuestion(KnowledgeError):
    """No question has this id."""

    def __init__(self, question_id: str) -> None:
        self.question_id = question_id
        super().__init__(f"no question has the id {question_id!r}")


def _plural(noun: str, count: int) -> str:
    return noun if count == 1 else noun + "s"
