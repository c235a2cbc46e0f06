"""The same thing twice: sentences, names, follow-ups, questions."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

from rapidfuzz import fuzz

from knowledge.lint.finding import (
    Check,
    Finding,
    Sentence,
    claims_of,
    file_of,
    finding,
    names_of,
    plain_of,
)
from knowledge.question import Question, fold

ALIKE = 88
"""Words in common, in any order (0..100), from which two questions ask the same: of the shipped
ones, "What is the difference between … and how do you choose between them?" reaches 78."""

ECHO = 80
"""Likewise of a follow-up and what was asked before it, of which no shipped one reaches 75."""


def sentences_twice(questions: Sequence[Question]) -> Iterator[Finding]:
    """Find sentences that stand in two lists, and names that stand twice or in two questions."""
    yield from _twice(questions, claims_of, plain_of, "Say something else here, or remove it")
    yield from _twice(questions, names_of, fold, "Keep it once: a name leads to one question")


def twins(questions: Sequence[Question]) -> Iterator[Finding]:
    """Find questions whose prompts have nearly the same words."""
    prompts = [(question, plain_of(question.prompt)) for question in questions]
    for (first, one), (second, other) in combinations(prompts, 2):
        if fuzz.token_sort_ratio(one, other, score_cutoff=ALIKE):
            problem = f"it asks nearly what {first.id} asks: {first.prompt!r}"
            remedy = "Ask for something else, or merge the two"
            yield finding(Check.TWIN, second, Sentence("prompt", second.prompt), problem, remedy)


def dead_follow_ups(questions: Sequence[Question]) -> Iterator[Finding]:
    """Find follow-ups that repeat the prompt, a hint or one another."""
    for question in questions:
        asked = [Sentence("the prompt", question.prompt)]
        asked += [Sentence(f"the hint of {p.id!r}", p.hint) for p in question.key_points]
        for row, follow_up in enumerate(question.follow_ups, 1):
            where = Sentence(f"follow_ups[{row}].ask", follow_up.ask)
            for before in asked:
                ratio = fuzz.token_sort_ratio(plain_of(before.text), plain_of(where.text))
                if ratio >= ECHO:
                    problem = f"it repeats {before.field}: {before.text!r}"
                    remedy = "Ask what a good answer leaves open"
                    yield finding(Check.DEAD_FOLLOW_UP, question, where, problem, remedy)
                    break
            asked.append(where)


def _twice(
    questions: Sequence[Question],
    of: Callable[[Question], Iterable[Sentence]],
    folded: Callable[[str], str],
    remedy: str,
) -> Iterator[Finding]:
    places: dict[str, list[tuple[Question, Sentence]]] = defaultdict(list)
    for question in questions:
        for sentence in of(question):
            places[folded(sentence.text)].append((question, sentence))
    for (first, earlier), *others in places.values():
        for question, sentence in others:
            problem = f"it stands in {earlier.field} of {file_of(first)} too: {sentence.text!r}"
            yield finding(Check.REPEATED, question, sentence, problem, remedy)
