"""What a fault is: its name in the table, what it does, and what the log says of it."""

import os
from collections.abc import Callable
from dataclasses import dataclass

from tests.faults.trial import Row, Stage, Trial

OUTAGE_SECONDS = float(os.environ.get("COACH_TEST_OUTAGE", "30"))
"""So long a fault lasts that is over by itself."""

Act = Callable[[Trial], None]


@dataclass(frozen=True)
class Fault:
    """A fault.

    Attributes:
        name: how the table calls it.
        act: lets it happen to a stage, and waits until all is well again.
        line: what a line of the log says of it; empty where the program notices nothing.
        fits: whether there is such a thing on a stage.
    """

    name: str
    act: Act
    line: str
    fits: Callable[[Stage], bool]

    def tried(self, stage: Stage, note: Callable[[Row], None]) -> None:
        """Let it happen, note what came of it, and fail where that is not well."""
        trial = Trial(stage, self.name)
        try:
            self.act(trial)
            trial.ends(self.line)
        finally:
            note(trial.row)


FAULTS: dict[str, Fault] = {}


def fault(
    name: str,
    line: str = "",
    *,
    fits: Callable[[Stage], bool] = lambda _: True,
) -> Callable[[Act], Act]:
    """Give what a fault does its place in the table."""

    def named(act: Act) -> Act:
        FAULTS[name] = Fault(name, act, line, fits)
        return act

    return named
