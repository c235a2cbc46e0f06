"""What an encoder makes of a text."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Offsets = NDArray[np.int32]


@dataclass(frozen=True)
class Encoded:
    """One text's vectors: `sentence` [d] and `tokens` [t, d], all of length 1; `pieces` [t].

    `offsets` [t, 2] says where in the text each piece begins and ends. The model's own marks
    ([CLS], [SEP]) are left out; there is one token at least.
    """

    sentence: Vectors
    tokens: Vectors
    pieces: tuple[str, ...]
    offsets: Offsets
