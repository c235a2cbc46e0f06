"""How areas are spread over the days until an interview. Pure.

Each area has a day of its own as far as there are days; what is left goes by weight, and the days
of an area lie apart. The last days go over everything again. Which area is on follows from the plan
and the day alone, so that it does not move while somebody practises.
"""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from knowledge.tracks import EASIEST, HARDEST

CYCLE_DAYS: Final = 28
"""Without a date, areas come round in four weeks, and begin again."""

FARTHEST_DAYS: Final = 366
"""Nobody plans an interview farther ahead; a date beyond it is a slip of the finger."""

REVISION_SHARE: Final = 0.15
MOST_REVISION_DAYS: Final = 7
"""The share of the days on which all comes again, and how many they are at most."""

MOST_NEW: Final = 5
"""New questions of an area that a day suggests: with reviews they take half an hour."""

MOST_NEW_A_DAY: Final = 10
"""However little time is left: more are read, not practised."""


@dataclass(frozen=True)
class StudyPlan:
    """What a learner prepares for.

    Attributes:
        learner_id: whose it is.
        track: the id of the role's track, empty for every topic alike.
        easiest: the least difficulty that is asked, from 1.
        hardest: the greatest, to 5.
        began_on: the learner's local day on which it was made.
        interview_on: the day of the interview; None for no date.
    """

    learner_id: int
    track: str
    easiest: int
    hardest: int
    began_on: date
    interview_on: date | None = None


@dataclass(frozen=True)
class Level:
    """How difficult it gets, by who is asked; `aliases` are what else people call it."""

    name: str
    label: str
    easiest: int
    hardest: int
    aliases: tuple[str, ...] = ()


LEVELS: Final = (
    Level("entry", "Entry: difficulty 1 to 3", EASIEST, 3, ("junior", "entry-level")),
    Level("middle", "Middle: difficulty 2 to 4", 2, 4, ("mid", "mid-level")),
    Level("senior", "Senior: difficulty 3 to 5", 3, HARDEST, ("staff",)),
)

LEVEL_CALLED: Final = {name: each for each in LEVELS for name in (each.name, *each.aliases)}
"""The levels by all that may be typed for them."""


@dataclass(frozen=True)
class PlanDay:
    """What a day of a plan is for: its areas, none of them on a day of revision."""

    day: date
    areas: tuple[str, ...] = ()

    @property
    def revision(self) -> bool:
        """Whether the day goes over everything again."""
        return not self.areas


def is_over(plan: StudyPlan, today: date) -> bool:
    """Whether the interview was before today."""
    return plan.interview_on is not None and plan.interview_on < today


def day_of_plan(plan: StudyPlan, weights: Mapping[str, int], day: date) -> PlanDay:
    """Return what a day is for; from the day of the interview on, nothing new.

    Args:
        plan: the plan.
        weights: how much of each area, in the order of the bank; one at least.
        day: a day from the plan's first on.
    """
    days = _length(plan)
    number = max(0, (day - plan.began_on).days)
    if plan.interview_on is None:
        number %= days
    working = days - _revision_days(days) if plan.interview_on is not None else days
    if number >= working:
        return PlanDay(day)
    a_day = -(-len(weights) // working)
    order = spread(weights, working * a_day)
    return PlanDay(day, tuple(dict.fromkeys(order[number * a_day : (number + 1) * a_day])))


def days_left_for(plan: StudyPlan, weights: Mapping[str, int], area: str, today: date) -> int:
    """Return on how many days an area is on, today and later; 1 at least."""
    end = plan.interview_on or plan.began_on + timedelta(days=_cycle_end(plan, today))
    count = (end - today).days
    days = (today + timedelta(days=ahead) for ahead in range(max(0, count)))
    return max(1, sum(area in day_of_plan(plan, weights, day).areas for day in days))


def new_today(unseen: int, days: int) -> int:
    """Return how many new questions of an area suit today, of those not seen yet."""
    return min(MOST_NEW, -(-unseen // days))


def spread(weights: Mapping[str, int], slots: int) -> tuple[str, ...]:
    """Return areas in an order of so many slots, each often by its weight, and evenly apart."""
    return _spread(tuple(weights.items()), slots)


@functools.lru_cache(maxsize=256)
def _spread(weights: tuple[tuple[str, int], ...], slots: int) -> tuple[str, ...]:
    shares = _shares(dict(weights), slots)
    current = dict.fromkeys(shares, 0)
    order = []
    for _ in range(slots):
        for area, share in shares.items():
            current[area] += share
        chosen = max(current, key=lambda area: current[area])
        current[chosen] -= slots
        order.append(chosen)
    return tuple(order)


def _shares(weights: Mapping[str, int], slots: int) -> dict[str, int]:
    """Return how many slots each area gets: one each where they suffice, the rest by weight."""
    ranked: Sequence[str] = sorted(weights, key=lambda area: -weights[area])
    if slots <= len(ranked):
        return dict.fromkeys(ranked[:slots], 1)
    rest, whole = slots - len(ranked), sum(weights.values())
    shares = {area: 1 + rest * weights[area] // whole for area in ranked}
    left = slots - sum(shares.values())
    by_remainder = sorted(ranked, key=lambda area: -(rest * weights[area] % whole))
    for area in by_remainder[:left]:
        shares[area] += 1
    return shares


def _length(plan: StudyPlan) -> int:
    """Return the days before the interview, or of a round without one; 1 at least."""
    if plan.interview_on is None:
        return CYCLE_DAYS
    return max(1, (plan.interview_on - plan.began_on).days)


def _revision_days(days: int) -> int:
    return min(MOST_REVISION_DAYS, int(days * REVISION_SHARE))


def _cycle_end(plan: StudyPlan, today: date) -> int:
    """Return the number of the day on which the round of today ends."""
    number = max(0, (today - plan.began_on).days)
    return (number // CYCLE_DAYS + 1) * CYCLE_DAYS
