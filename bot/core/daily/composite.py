"""What the group knew together: the close of a question in its learners' own words. Pure.

Only answers of learners who agreed to be quoted may be handed in; that is for the caller to see to.
An answer that the grader flagged (copied, a list of keywords, written to the grader …) is not
quoted, and neither is a sentence that says something wrong beside what is right in it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from grading.grade import Band, Grade, PointStatus
from knowledge.question import Question

MOST_BEST_ANSWERS = 3


@dataclass(frozen=True)
class Contribution:
    """A graded answer of a learner who agreed to be quoted."""

    attempt_id: int
    learner_id: int
    answer: str
    grade: Grade


@dataclass(frozen=True)
class Sentence:
    """A learner's own sentence, and the ids of the key points that it stands for."""

    text: str
    learner_id: int
    points: tuple[str, ...]


@dataclass(frozen=True)
class Composite:
    """The fewest sentences that cover what anybody covered, and the points that nobody did."""

    sentences: tuple[Sentence, ...]
    uncovered: tuple[str, ...]


class _Candidate(NamedTuple):
    """A quotable sentence and the credit it earned at each point that it covers."""

    text: str
    learner_id: int
    credits: dict[str, float]


class _Cost(NamedTuple):
    """What a choice of sentences is judged by, in this order; less is better."""

    sentences: int = 0
    credit_lost: int = 0
    characters: int = 0


def composite(question: Question, contributions: Iterable[Contribution]) -> Composite:
    """Return the fewest sentences that together cover every point that anybody covered.

    This is set cover. With seven points at most, the best choice is found exactly: among equally
    few sentences those with higher credit, then the shorter, then those of the lower learner ids.
    Each point stands at one sentence, and the sentences in the order of the question's points.
    """
    order = [point.id for point in question.key_points]
    candidates = _candidates(contributions, set(order))
    chosen = _fewest(candidates, order)
    points: dict[int, list[str]] = {}
    for point in order:
        speakers = [n for n, candidate in enumerate(chosen) if point in candidate.credits]
        if speakers:
            best = max(speakers, key=lambda n: (chosen[n].credits[point], -n))
            points.setdefault(best, []).append(point)
    covered = {point for candidate in chosen for point in candidate.credits}
    return Composite(
        tuple(
            Sentence(chosen[n].text, chosen[n].learner_id, tuple(told))
            for n, told in points.items()
        ),
        tuple(point for point in order if point not in covered),
    )


def best_answers(
    contributions: Iterable[Contribution], at_most: int = MOST_BEST_ANSWERS
) -> tuple[Contribution, ...]:
    """Return the best good answers, one a learner: by score, then the shorter, then the earlier."""
    good = [
        each
        for each in contributions
        if each.grade.band in {Band.GOOD, Band.STRONG} and not each.grade.flags
    ]
    good.sort(key=lambda each: (-each.grade.score, len(each.answer), each.attempt_id))
    best: dict[int, Contribution] = {}
    for each in good:
        best.setdefault(each.learner_id, each)
    return tuple(best.values())[:at_most]


def _candidates(contributions: Iterable[Contribution], known: set[str]) -> list[_Candidate]:
    """Return every quotable sentence, in a fixed order."""
    found: dict[tuple[int, str], dict[str, float]] = {}
    for each in contributions:
        if each.grade.flags:
            continue
        wrong = _wrong(each.grade)
        for point in each.grade.points:
            text = (point.evidence or "").strip()
            covers = point.status is PointStatus.COVERED and point.id in known
            if covers and text and not any(text in other or other in text for other in wrong):
                earned = found.setdefault((each.learner_id, text), {})
                earned[point.id] = max(point.credit, earned.get(point.id, 0.0))
    return [_Candidate(text, learner, found[learner, text]) for learner, text in sorted(found)]


def _wrong(grade: Grade) -> tuple[str, ...]:
    """Return the sentences in which an answer says something untrue."""
    contradicted = [
        point.evidence or "" for point in grade.points if point.status is PointStatus.CONTRADICTED
    ]
    texts = [*contradicted, *(hit.evidence for hit in grade.misconceptions)]
    return tuple(text.strip() for text in texts if text.strip())


def _fewest(candidates: Sequence[_Candidate], order: Sequence[str]) -> list[_Candidate]:
    """Return the cheapest choice that covers all that can be covered.

    `best` maps a set of points, as bits, to the cheapest way of covering it that was found so far.
    """
    bit = {point: 1 << n for n, point in enumerate(order)}
    best: dict[int, tuple[_Cost, tuple[int, ...]]] = {0: (_Cost(), ())}
    for number, (mask, cost) in _cheapest(candidates, bit).items():
        for covered, (so_far, chosen) in tuple(best.items()):
            both = covered | mask
            total = _Cost(*(a + b for a, b in zip(so_far, cost, strict=True)))
            if both != covered and (both not in best or total < best[both][0]):
                best[both] = (total, (*chosen, number))
    return [candidates[number] for number in best[max(best, key=int.bit_count)][1]]


def _cheapest(
    candidates: Sequence[_Candidate], bit: dict[str, int]
) -> dict[int, tuple[int, _Cost]]:
    """Return, by number, the cheapest candidate for each set of points: its points and cost."""
    cheapest: dict[int, tuple[_Cost, int]] = {}
    for number, candidate in enumerate(candidates):
        mask = sum(bit[point] for point in candidate.credits)
        lost = sum(round(1000 * (1 - credit)) for credit in candidate.credits.values())
        row = (_Cost(1, lost, len(candidate.text)), number)
        cheapest[mask] = min(row, cheapest.get(mask, row))
    return {number: (mask, cost) for mask, (cost, number) in cheapest.items()}
