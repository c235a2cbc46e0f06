"""The network in PyTorch, as it is trained; grading.alignment runs it in NumPy."""

import numpy as np
import torch
from torch import Tensor, nn

from grading.encoder import Vectors

SIZE = 128
DROPOUT = 0.2
TEMPERATURE = 10.0
MASKED = -1e4


class Network(nn.Module):
    """Align two token sequences, compare what meets, pool, and end in a few outputs."""

    def __init__(self, dimensions: int, outputs: int) -> None:
        super().__init__()
        self.drop_input = nn.Dropout(DROPOUT / 2)
        self.drop = nn.Dropout(DROPOUT)
        self.project = nn.Linear(dimensions, SIZE)
        self.compare = nn.Linear(4 * SIZE, SIZE)
        self.hidden = nn.Linear(4 * SIZE + 1, SIZE)
        self.classes = nn.Linear(SIZE, outputs)
        self.temperature = nn.Parameter(torch.tensor(TEMPERATURE))

    def forward(self, a: Tensor, mask_a: Tensor, b: Tensor, mask_b: Tensor) -> Tensor:
        """Return logits [n, outputs] for token vectors [n, t, d] and their masks [n, t]."""
        cosine = a @ b.transpose(1, 2)
        best = cosine.masked_fill(~mask_a[..., None], -1).max(1).values
        covered = (best * mask_b).sum(1) / mask_b.sum(1)
        both = mask_a[:, :, None] & mask_b[:, None]
        scaled = (cosine * self.temperature).masked_fill(~both, MASKED)
        small_a, small_b = self.project(self.drop_input(a)), self.project(self.drop_input(b))
        met_by_a = scaled.softmax(2) @ small_b
        met_by_b = scaled.softmax(1).transpose(1, 2) @ small_a
        features = [
            self._compared(small_a, met_by_a, mask_a),
            self._compared(small_b, met_by_b, mask_b),
            covered[:, None],
        ]
        hidden = self.hidden(self.drop(torch.cat(features, -1))).relu()
        logits: Tensor = self.classes(self.drop(hidden))
        return logits

    def _compared(self, own: Tensor, met: Tensor, mask: Tensor) -> Tensor:
        features = torch.cat([own, met, own - met, own * met], -1)
        values = self.compare(self.drop(features)).relu() * mask[..., None]
        mean = values.sum(1) / mask.sum(1, keepdim=True)
        return torch.cat([mean, values.max(1).values], -1)

    def weights(self) -> dict[str, Vectors]:
        """Return the weights under the names that grading.entailment reads, in half precision."""
        layers = {
            "project": self.project,
            "compare": self.compare,
            "hidden": self.hidden,
            "classes": self.classes,
        }
        named = {name: layer.weight.T for name, layer in layers.items()}
        named |= {f"{name}_bias": layer.bias for name, layer in layers.items()}
        named["temperature"] = self.temperature[None]
        return {
            name: np.ascontiguousarray(tensor.detach().numpy().astype(np.float16))
            for name, tensor in named.items()
        }
