"""How well questions tell those who know from those who do not, the doubtful ones first. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.core.insights.statistics import QuestionStatistics
from bot.core.practice.ratings import Elo

LEAST_FOR_CONCERN = 5
"""The mean of fewer answers says more about who answered than about the question."""

BLUNT_BELOW = 0.2
"""Items that discriminate less "ought to be revised" (Ebel and Frisbie 1991, "Essentials of
Educational Measurement")."""

TOO_HARD_BELOW = 0.2
"""Where people earn less than a fifth on average, the points may not be what the question asks."""

TOO_EASY_FROM = 0.9
"""Who earns nine tenths without help learns nothing from being asked."""


class Concern(StrEnum):
    """Why a question wants another look; the gravest first."""

    REVERSED = "reversed"  # those who know more earn less
    FLAGGED = "flagged"
    TOO_HARD = "too_hard"
    BLUNT = "blunt"  # those who know more earn about the same
    TOO_EASY = "too_easy"


_GRAVITY = {concern: rank for rank, concern in enumerate(Concern)}


@dataclass(frozen=True)
class Health:
    """A question's figures with its rating, the open flags on it, and what is doubtful."""

    statistics: QuestionStatistics
    elo: Elo | None
    flags: int
    concerns: tuple[Concern, ...]


def health_of(
    statistics: Iterable[QuestionStatistics], elos: Mapping[str, Elo], flags: Mapping[str, int]
) -> tuple[Health, ...]:
    """Return the health of every question, the worst first and then by id."""
    every = (
        Health(each, elos.get(each.question_id), count, tuple(_concerns(each, count)))
        for each in statistics
        for count in (flags.get(each.question_id, 0),)
    )
    return tuple(sorted(every, key=_rank))


def _concerns(one: QuestionStatistics, flags: int) -> Iterable[Concern]:
    told = one.discrimination
    if told is not None and told < 0:
        yield Concern.REVERSED
    if flags:
        yield Concern.FLAGGED
    enough = one.answers >= LEAST_FOR_CONCERN
    if enough and one.mean < TOO_HARD_BELOW:
        yield Concern.TOO_HARD
    if told is not None and 0 <= told < BLUNT_BELOW:
        yield Concern.BLUNT
    if enough and one.mean >= TOO_EASY_FROM:
        yield Concern.TOO_EASY


def _rank(health: Health) -> tuple[int, int, float, str]:
    """Order by the gravest concern, their number, how little it tells, and the id."""
    concerns = health.concerns
    gravest = _GRAVITY[concerns[0]] if concerns else len(_GRAVITY)
    told = health.statistics.discrimination
    return gravest, -len(concerns), 1.0 if told is None else told, health.statistics.question_id
