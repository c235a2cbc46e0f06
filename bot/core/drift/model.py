"""Months, what is known of an answer of one, and what came of comparing two times."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, NamedTuple, Self

from grading.drift import Shift, Verdict

LEAST_ANSWERS: Final = 100
"""So many on each side: with fewer, only a landslide would be found, and chance be talked about."""

LEAST_PEOPLE: Final = 10
"""So many different people on each side, so that no figure is about anybody in particular."""

MOST_OF_ONE: Final = 10
"""Answers of one person on a side: tests take answers for independent, and nobody dominates."""

MOST_SCORES: Final = 5000
MOST_TEXTS: Final = 150
"""Answers compared on a side, by their scores and by their vectors, which take some 20 ms each."""

BASELINE_MONTHS: Final = 3


@dataclass(frozen=True, order=True)
class Month:
    """A month, in UTC."""

    year: int
    number: int

    @classmethod
    def of(cls, moment: datetime) -> Self:
        """Return the month of a moment."""
        at = moment.astimezone(UTC)
        return cls(at.year, at.month)

    @property
    def begins(self) -> datetime:
        """Its first moment."""
        return datetime(self.year, self.number, 1, tzinfo=UTC)

    def plus(self, months: int) -> "Month":
        """Return the month so many later."""
        year, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, number + 1)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"


class Answered(NamedTuple):
    """A first graded answer without help; the text is empty where it is no longer kept."""

    learner_id: int
    question_id: str
    score: float
    text: str
    grader: str


class Side(NamedTuple):
    """One of two times: its months, answers, people, and the versions of the grader."""

    first: Month
    last: Month
    answers: int
    people: int
    texts: int
    graders: tuple[str, ...]


@dataclass(frozen=True)
class DriftReport:
    """What came of comparing a month with a baseline; no shifts where there was too little."""

    before: Side
    now: Side
    shifts: tuple[Shift, ...] = ()

    @property
    def enough(self) -> bool:
        """Whether there were answers and people enough on both sides."""
        return all(
            side.answers >= LEAST_ANSWERS and side.people >= LEAST_PEOPLE
            for side in (self.before, self.now)
        )

    @property
    def texts_enough(self) -> bool:
        """Whether so many texts are kept that their vectors can be compared."""
        return min(self.before.texts, self.now.texts) >= LEAST_ANSWERS

    @property
    def scores(self) -> Shift | None:
        """How far scores moved."""
        return self.shifts[0] if self.shifts else None

    @property
    def answers(self) -> Shift | None:
        """How far answers moved, by the projection of their vectors that moved most."""
        rest = self.shifts[1:]
        return min(rest, key=lambda each: (each.adjusted, -each.psi)) if rest else None

    @property
    def same_grader(self) -> bool:
        """Whether one version of the grader gave all scores."""
        return len({*self.before.graders, *self.now.graders}) <= 1


def evenly(answered: Sequence[Answered], most: int) -> tuple[Answered, ...]:
    """Return at most so many, from all of the time."""
    step = max(1.0, len(answered) / most)
    return tuple(answered[int(place * step)] for place in range(min(most, len(answered))))


def without_much_of_one(answered: Iterable[Answered]) -> tuple[Answered, ...]:
    """Return the answers, of each person the first few."""
    seen: Counter[int] = Counter()
    kept = []
    for each in answered:
        seen[each.learner_id] += 1
        if seen[each.learner_id] <= MOST_OF_ONE:
            kept.append(each)
    return tuple(kept)


def alarming(shift: Shift) -> bool:
    """Tell whether somebody should look."""
    return shift.verdict in {Verdict.MODERATE, Verdict.LARGE}
