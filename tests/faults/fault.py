"""What a fault is: its name in the table, what it does, and what the log says of it."""

import os
from collections.abc import Callable
from dataclasses import dataclass

from tests.faults.trial import Row, Stage, Trial

LONG = os.environ.get("COACH_TEST_FAULTS", "") != ""
"""Whether faults last as long as in the field, or just long enough to be some."""

OUTAGE_SECONDS = 30.0 if LONG else 8.0

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

    def tried(self, stage: Stage, rows: list[Row]) -> None:
        """Let it happen, put what came of it into the rows, and fail where that is not well."""
        trial = Trial(stage, self.name)
        rows.append(trial.row)
        self.act(trial)
        trial.ends(self.line)


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
