"""One clear line for everything that can go wrong, with what to do about it."""

from functools import singledispatch

from bot.core.attempt import MAX_ANSWER_CHARACTERS
from bot.core.errors.base import (
    DatabaseCorrupt,
    DatabaseFull,
    DatabaseLocked,
    DatabaseReadOnly,
    DeliveredBefore,
    GradingBusy,
    GradingUnavailable,
    HostsOnly,
    OnlyInCommunity,
    PainterBusy,
    PictureUnavailable,
    SchemaMismatch,
    StorageError,
    Undeliverable,
)
from bot.core.errors.practice import AnswerTooLong, EmptyAnswer, NoOpenQuestion
from bot.core.errors.questions import UnknownTopic
from bot.core.wording.phrases import listed, shortened
from grading.errors import GradingError
from knowledge.errors import InvalidBank, KnowledgeError

EVERYTHING = "/topics (or coach topics) lists everything I can ask."


def unexpected(reference: str) -> str:
    """Return the apology for an error that is ours; the reference finds it in the log."""
    return (
        "Something went wrong on my side, and it has been logged. What you sent before is safe. "
        f"If it happens again, report it with the reference {reference}."
    )


@singledispatch
def sentence_of(problem: Exception) -> str:
    """Return the sentence for an error; the text of one that has no sentence of its own."""
    return str(problem) or type(problem).__name__


@sentence_of.register
def _(problem: UnknownTopic) -> str:
    words = shortened(problem.words)
    near = [f"the topics {listed(problem.topics, 'or')}"] if problem.topics else []
    if problem.questions:
        near.append(f"the questions {listed(tuple(map(repr, problem.questions)), 'or')}")
    if not near:
        return f"I have no question about {words!r}. {EVERYTHING}"
    return (
        f"I have no question about {words!r}. The nearest I have: {'; '.join(near)}. {EVERYTHING}"
    )


@sentence_of.register
def _(_: NoOpenQuestion) -> str:
    return "There is no question to answer at the moment. Type /ask for one, or /ask and a topic."


@sentence_of.register
def _(_: EmptyAnswer) -> str:
    return (
        "I found no words in that answer, so there is nothing to grade. The question is still "
        "open: answer in a sentence or two, or type /hint."
    )


@sentence_of.register
def _(problem: AnswerTooLong) -> str:
    return (
        f"That answer has {len(problem.text):,} characters; I grade up to "
        f"{MAX_ANSWER_CHARACTERS:,}. Nothing was graded and your text is unchanged: shorten it to "
        "what you would say in an interview and send it again."
    )


@sentence_of.register
def _(_: DeliveredBefore) -> str:
    return "I have that answer already, and its grade is on its way."


@sentence_of.register
def _(problem: GradingUnavailable) -> str:
    return (
        f"I cannot grade at the moment ({problem.reason}). If you sent an answer, it is saved and "
        "gets its grade at the next start."
    )


@sentence_of.register
def _(_: GradingBusy) -> str:
    return (
        "I am busy with many answers at once. If you sent an answer, it is saved and its grade "
        "follows; if you asked for a question, ask again in a moment."
    )


@sentence_of.register
def _(problem: PictureUnavailable) -> str:
    return f"I cannot draw at the moment ({problem.reason}). The same figures are in the text."


@sentence_of.register
def _(_: PainterBusy) -> str:
    return (
        "I am drawing many pictures at once. The same figures are in the text; ask again in a "
        "moment for yours."
    )


@sentence_of.register
def _(problem: StorageError) -> str:
    return f"The database {problem.path} cannot be used. {problem.reason or 'Nothing was changed.'}"


@sentence_of.register
def _(problem: DatabaseLocked) -> str:
    return (
        f"The database {problem.path} is in use by another program that does not let go. "
        "Nothing was changed: close the other program or try again in a moment."
    )


@sentence_of.register
def _(problem: DatabaseReadOnly) -> str:
    return (
        f"The database {problem.path} may not be written. Give yourself write permission for the "
        "file and its folder, or choose another place with --home."
    )


@sentence_of.register
def _(problem: DatabaseFull) -> str:
    return (
        f"There is no space left for the database {problem.path}. Free some disk space and try "
        "again; what was stored before is unharmed."
    )


@sentence_of.register
def _(problem: DatabaseCorrupt) -> str:
    return (
        f"The file {problem.path} is not a readable coach database. It was left as it is: move it "
        "away and restore a copy from the backups folder beside it, or start a new one."
    )


@sentence_of.register
def _(problem: SchemaMismatch) -> str:
    return (
        f"The database {problem.path} was written by a newer version of the coach. Nothing was "
        "changed: upgrade the coach, or choose another place with --home."
    )


@sentence_of.register
def _(problem: InvalidBank) -> str:
    first = f"{problem.faults[0]}.".replace("?.", "?")
    more = len(problem.faults) - 1
    rest = f" ({more} more: coach knowledge check lists all)" if more else ""
    return f"The knowledge base has faults. {first}{rest}"


@sentence_of.register
def _(problem: KnowledgeError) -> str:
    return f"{str(problem)[:1].upper()}{str(problem)[1:]}. coach knowledge list shows every id."


@sentence_of.register
def _(problem: GradingError) -> str:
    return f"{str(problem)[:1].upper()}{str(problem)[1:]}."


@sentence_of.register
def _(problem: OSError) -> str:
    place = f"{problem.filename}: " if problem.filename else ""
    return f"{place}{problem.strerror or problem}"


@sentence_of.register
def _(_: OnlyInCommunity) -> str:
    return "That concerns a study channel. Ask for it there; in private there is nothing to show."


@sentence_of.register
def _(_: HostsOnly) -> str:
    return "That is for those who manage this community. Ask one of them to do it for you."


@sentence_of.register
def _(problem: Undeliverable) -> str:
    return f"The message was not delivered: {problem.reason}."
