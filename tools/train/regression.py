"""Logistic regression from named signals, as the coefficients hold it."""

from collections.abc import Mapping, Sequence

import numpy as np

from grading.fits import Fit

STRENGTH = 0.3
"""Inverse strength of the penalty on weights; 0.03 to 1 do as well."""


def logistic(
    signals: Sequence[Mapping[str, float]], labels: Sequence[float], names: Sequence[str]
) -> Fit:
    """Fit labels in 0..1 by the signals of these names; 0.5 counts half for each side."""
    from sklearn.linear_model import LogisticRegression

    table = np.array([[each[name] for name in names] for each in signals])
    truth = np.array(labels, dtype=float)
    mean, spread = table.mean(axis=0), table.std(axis=0)
    scaled = np.tile((table - mean) / spread, (2, 1))
    sides = np.repeat([1.0, 0.0], len(truth))
    weights = np.concatenate([truth, 1 - truth])
    used = weights > 0
    model = LogisticRegression(C=STRENGTH).fit(
        scaled[used], sides[used], sample_weight=weights[used]
    )
    slopes = model.coef_[0] / spread
    return Fit(
        intercept=round(float(model.intercept_[0] - slopes @ mean), 4),
        weights={name: round(float(w), 4) for name, w in zip(names, slopes, strict=True)},
    )
