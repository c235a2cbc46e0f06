"""What tests that kill the program have in common: how often, when, and what is stored then."""

import os
import random
import sqlite3
from collections import Counter
from pathlib import Path

KILLS = int(os.environ.get("COACH_TEST_KILLS", "3"))
"""How often the program is killed; `make faults` does it forty times."""

PEOPLE = 20
"""Each answers once between two kills."""

RUSH_SECONDS = 1.0

LUCK = random.Random(7)  # noqa: S311 moments, not secrets


def moment(most: float = RUSH_SECONDS) -> float:
    """Return when something happens, in seconds from now."""
    return LUCK.uniform(0.0, most)


def answer_of(number: int, person: int) -> str:
    """Return an answer that nobody else gives."""
    return f"Run {number}, person {person}: the relation of inputs and target changes with time."


def stored(home: Path) -> Counter[str]:
    """Return how often each answer is stored."""
    with sqlite3.connect(home / "coach.sqlite3") as connection:
        return Counter(text for (text,) in connection.execute("SELECT answer FROM attempts"))


def check(acknowledged: set[str], found: Counter[str], platform: str) -> None:
    """Fail where an acknowledged answer is lost, or any is stored twice."""
    lost = acknowledged - set(found)
    doubled = {text for text, times in found.items() if times > 1}
    print(  # noqa: T201 the figures are what these tests are for
        f"\n{platform}: {KILLS} kills, {len(acknowledged)} answers acknowledged, {len(found)} "
        f"stored, {len(lost)} lost, {len(doubled)} doubled"
    )
    assert acknowledged, "no answer was acknowledged: nothing was tried"
    assert (lost, doubled) == (set(), set())
