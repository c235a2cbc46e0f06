"""Sentences about which a heuristic is wrong, as somebody decided who gave a reason."""

from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

from knowledge.errors import Fault
from knowledge.lint.finding import Check, Finding, plain_of
from knowledge.question import QuestionId, Statement
from knowledge.reading import read_entries

FILE = "accepted_faults.yaml"


class AcceptedFault(BaseModel):
    """A sentence of a question that one heuristic leaves alone, with the reason.

    What is no heuristic cannot be accepted: it is mended.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    check: Literal[Check.FRAGMENT, Check.TWO_CLAIMS, Check.RETIRED_TOOL, Check.TWIN]
    question: QuestionId
    text: Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
    reason: Statement


def load_accepted(directory: Path | None = None) -> tuple[AcceptedFault, ...]:
    """Read what is accepted in a bank; nothing where the file is not there.

    Args:
        directory: the bank's folder; the one shipped with the package by default.

    Raises:
        InvalidBank: the file has faults; carries all of them.
    """
    path = (directory or Path(str(files("knowledge")))) / FILE
    return read_entries(path, FILE, AcceptedFault) if path.exists() else ()


def remaining(findings: Iterable[Finding], accepted: Sequence[AcceptedFault]) -> list[Fault]:
    """Return the faults that nobody accepted, and those of entries that accept nothing."""
    rows = {
        (entry.check.value, f"questions/{entry.question}.md", plain_of(entry.text)): row
        for row, entry in enumerate(accepted, 1)
    }
    used: set[int] = set()
    faults: list[Fault] = []
    for check, text, fault in findings:
        row = rows.get((check.value, fault.file, plain_of(text)))
        if row is None:
            faults.append(fault)
        else:
            used.add(row)
    for row, entry in enumerate(accepted, 1):
        if row not in used:
            problem = f"{entry.check.value} finds nothing in {entry.text!r}"
            faults.append(Fault(FILE, f"[{row}]", problem, "Remove the entry"))
    return sorted(faults)
