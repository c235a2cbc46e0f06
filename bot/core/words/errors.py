"""One clear line for everything that can go wrong, with what to do about it."""

from bot.core.command_refs import ref, spoken
from bot.core.errors import CoachError
from grading.errors import GradingError
from knowledge.errors import InvalidBank, KnowledgeError

QUESTION_REMOVED = f"That question has been removed. Type {ref('ask')} for another one."


def unexpected(reference: str) -> str:
    """Return the apology for an error that is ours; the reference finds it in the log."""
    return (
        "Something went wrong on my side, and it has been logged. What you sent before is safe. "
        f"If it happens again, report it with the reference {reference}."
    )


def sentence_of(problem: Exception) -> str:
    """Return the sentence for an error as a terminal says it; else the text of the error."""
    match problem:
        case CoachError():
            return spoken(problem.sentence)
        case InvalidBank():
            return _faults_of(problem)
        case KnowledgeError():
            return f"{_begun(problem)}. coach knowledge list shows every id."
        case GradingError():
            return f"{_begun(problem)}."
        case OSError():
            place = f"{problem.filename}: " if problem.filename else ""
            return f"{place}{problem.strerror or problem}"
    return str(problem) or type(problem).__name__


def _begun(problem: Exception) -> str:
    return f"{str(problem)[:1].upper()}{str(problem)[1:]}"


def _faults_of(problem: InvalidBank) -> str:
    first = f"{problem.faults[0]}.".replace("?.", "?")
    more = len(problem.faults) - 1
    rest = f" ({more} more: coach knowledge check lists all)" if more else ""
    return f"The knowledge base has faults. {first}{rest}"
