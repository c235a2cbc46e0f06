"""Play a day of answers against a house, and tell how long people wait."""

from dataclasses import dataclass

import numpy as np

from benchmarks.capacity.arrivals import DAY, Crowd, Seconds
from benchmarks.capacity.model import POLL_SECONDS, Constants, House
from benchmarks.capacity.queues import waits

HOUR = 3600.0


@dataclass(frozen=True)
class Waits:
    """Seconds."""

    p50: float
    p99: float
    most: float


@dataclass(frozen=True)
class Played:
    """What a day came to.

    Attributes:
        answers: how many there were.
        busiest_a_second: how many in a second of the busiest minute, on average.
        model_load: which share of the busiest hour the models grade; above 1 they fall behind.
        database_load: the same of the database.
        acknowledged: how long a platform waits until an answer is stored.
        graded: how long a person waits for a grade.
        posted: how late questions come in the minute in which most are due.
        memory_mb: of all programs and graders.
        database_gb_a_year: what the answers of a year take.
    """

    answers: int
    busiest_a_second: float
    model_load: float
    database_load: float
    acknowledged: Waits
    graded: Waits
    posted: Waits
    memory_mb: float
    database_gb_a_year: float


def play(crowd: Crowd, house: House, constants: Constants, seed: int = 7) -> Played:
    """Return what becomes of one day.

    Each model takes the next answer that waits: what several programs do that grade their own comes
    close to it behind a fair load balancer.
    """
    moments = crowd.day(seed)
    stored = np.array(waits(moments, (constants.database_seconds,), house.side_by_side))
    stored += constants.database_seconds
    taken = np.sort(moments + stored)
    graded = np.array(waits(taken, (constants.grade_seconds,), house.models))
    busiest = _busiest(moments, HOUR)
    return Played(
        answers=len(moments),
        busiest_a_second=round(_busiest(moments, 60.0), 3),
        model_load=round(busiest * constants.grade_seconds / house.models, 3),
        database_load=round(busiest * constants.database_seconds / house.side_by_side, 3),
        acknowledged=_told(stored),
        graded=_told(stored + graded + constants.grade_seconds),
        posted=_posted(crowd, house, seed),
        memory_mb=round(constants.memory_mb * (house.programs + house.graders)),
        database_gb_a_year=round(len(moments) * 365 * constants.answer_bytes / 1e9, 2),
    )


def _posted(crowd: Crowd, house: House, seed: int) -> Waits:
    """Return how late the questions of the busiest minute are."""
    luck = np.random.default_rng(seed)
    in_turn = np.arange(1, crowd.channels_at_once + 1) / house.posts_a_second()
    return _told(in_turn + luck.uniform(0, POLL_SECONDS))


def _busiest(moments: Seconds, seconds: float) -> float:
    """Return the answers a second in the busiest stretch of so many seconds."""
    counts, _ = np.histogram(moments, np.arange(0, DAY + seconds, seconds))
    return float(counts.max() / seconds) if len(moments) else 0.0


def _told(found: Seconds) -> Waits:
    if not len(found):
        return Waits(0.0, 0.0, 0.0)
    p50, p99 = np.percentile(found, (50, 99))
    return Waits(round(float(p50), 3), round(float(p99), 3), round(float(found.max()), 3))
