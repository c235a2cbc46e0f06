"""Fitted linear models, as coefficients.json holds them."""

import math
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict


class Fit(BaseModel):
    """One fitted linear model: an intercept and a weight for each signal it uses, by name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    intercept: float
    weights: dict[str, float]

    def __call__(self, signals: Mapping[str, float]) -> float:
        """Return the linear sum for the signals."""
        return self.intercept + sum(w * signals[name] for name, w in self.weights.items())


class SentenceFits(BaseModel):
    """What tells from its signals whether a sentence bears out a point, or denies it: log-odds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    bears_out: Fit
    denies: Fit


def logistic(value: float) -> float:
    """Return the probability of these log-odds."""
    return 1 / (1 + math.exp(-value))
