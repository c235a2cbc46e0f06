"""All checks that need no model, over a whole bank; some seconds for thousands of questions."""

from collections.abc import Iterable, Iterator, Sequence

from knowledge.errors import Fault
from knowledge.lint.accepted import AcceptedFault, remaining
from knowledge.lint.finding import Finding
from knowledge.lint.fullness import too_few
from knowledge.lint.repeats import dead_follow_ups, sentences_twice, twins
from knowledge.lint.tools import retired_tools
from knowledge.lint.wording import fragments, lengths, two_claims
from knowledge.question import Question

OF_ONE = (fragments, two_claims, lengths, too_few, retired_tools)
OF_ALL = (sentences_twice, twins, dead_follow_ups)


def lint_words(
    questions: Iterable[Question], accepted: Sequence[AcceptedFault] = ()
) -> tuple[Fault, ...]:
    """Return what is wrong with the questions' words, sorted by file."""
    return tuple(remaining(_found(tuple(questions)), accepted))


def _found(questions: Sequence[Question]) -> Iterator[Finding]:
    for question in questions:
        for check in OF_ONE:
            yield from check(question)
    for check_all in OF_ALL:
        yield from check_all(questions)
