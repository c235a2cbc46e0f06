"""The figures of one run under load: seconds, answers a second, megabytes (10^6)."""

import math
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

ACKNOWLEDGED_WITHIN = 3.0
"""Seconds that both platforms wait for an acknowledgement."""


class _Figures(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Times(_Figures):
    """How long things took, in seconds; `missing` of them never came and count as the longest.

    `late` is the share that took over three seconds.
    """

    count: int
    p50: float
    p99: float
    most: float
    late: float
    missing: int


def times_of(taken: Sequence[float | None]) -> Times | None:
    """Return the figures of so many times, None where there is none; None among them never came.

    What never came counts as the longest time, and as late.
    """
    if not taken:
        return None
    came = sorted(each for each in taken if each is not None)
    missing = len(taken) - len(came)
    longest = came[-1] if came else math.inf
    ordered = came + [longest] * missing
    late = missing + sum(each > ACKNOWLEDGED_WITHIN for each in came)
    return Times(
        count=len(taken),
        p50=round(percentile(ordered, 50), 3),
        p99=round(percentile(ordered, 99), 3),
        most=round(longest, 3),
        late=round(late / len(taken), 4),
        missing=missing,
    )


def percentile(ordered: Sequence[float], share: float) -> float:
    """Return the least of some ordered values that this share of them, in percent, does not exceed.

    Raises:
        ValueError: there are none.
    """
    if not ordered:
        raise ValueError("there is nothing to take a percentile of")
    return ordered[max(0, math.ceil(share / 100 * len(ordered)) - 1)]


class RushFigures(_Figures):
    """Many answers within seconds, and what others do meanwhile.

    `graded` is from an answer until its grade is shown, `stored` until it is stored;
    `graded_per_second` counts from the first answer that arrived to the last grade stored, and
    `in_process_per_second` is the rate of the same answers without any platform, `ratio` the
    latter by the former. `program_cores` is how many cores the program had in the mean.
    `cpu_ms_each` is what an answer cost the program, with all that others did meanwhile, and
    `in_process_cpu_ms_each` its grade alone: on a machine that is busy with other things these say
    more than rates.
    """

    answers: int
    seconds: float
    acknowledged: Times | None
    graded: Times | None
    stored: Times | None
    help: Times | None
    completed: Times | None
    windows: Times | None
    graded_per_second: float
    in_process_per_second: float
    ratio: float
    cpu_ms_each: float
    in_process_cpu_ms_each: float
    program_cores: float
    emulator_cores: float


class Trial(_Figures):
    """So many answers a second for some seconds, and whether p99 stayed under a second."""

    per_second: float
    acknowledged: Times
    held: bool


class RateFigures(_Figures):
    """The highest rate of answers that was held, 0 for none; `at_most` was the highest tried."""

    held_per_second: float
    at_most: float
    trials: tuple[Trial, ...]


class RoundFigures(_Figures):
    """How late the posts of channels were that were due in the same minute.

    `limited` are those of the community that is rate-limited, `cpu_s` what the program computed.
    """

    channels: int
    communities: int
    others: Times | None
    limited: Times | None
    cpu_s: float


class SoakFigures(_Figures):
    """Some minutes of practice: the memory of the program at the start, once warm, and at the end.

    `flat` says that it grew by no more than five percent.
    """

    minutes: float
    learners: int
    answers: int
    acknowledged: Times | None
    start_mb: float
    end_mb: float
    most_mb: float
    growth: float
    flat: bool


class Report(_Figures):
    """All that was measured, and on what; parts that were not asked for are None."""

    platform: str
    database: str
    busy: bool
    cores: int
    load_before: float
    load_after: float
    rush: RushFigures | None = None
    rate: RateFigures | None = None
    rates: dict[str, RateFigures] | None = None
    round: RoundFigures | None = None
    soak: SoakFigures | None = None
