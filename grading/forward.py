"""Forward passes through a loaded sentence-transformers model.

One pass gives both what sentence similarity needs (a pooled vector) and what token-level matching
needs (a vector for every word piece), so nothing is computed twice. Texts of different lengths
share a pass without padding where the model allows it: they are laid end to end, positions begin
anew with each, and no token attends to another text's (block-diagonal attention). For the
sentences of an answer that takes half the time of a padded batch.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from grading.vectors import Encoded, Offsets, Vectors

PASS_TOKENS = 512
"""Tokens in one pass over several texts. More save nothing: attention grows with the square."""

PADDED_TEXTS = 16
"""Texts in one padded pass, sorted by length, where the model does not allow the other way."""


class Forward:
    """Embed texts with a model; not for several threads at once."""

    def __init__(self, model: Any) -> None:
        self.model = model
        self._tokenizer = model.tokenizer
        # What a person types is text, also where it reads like one of the model's own marks.
        self._tokenizer.split_special_tokens = True
        tokenizer = self._tokenizer
        self._marks = {tokenizer.cls_token_id, tokenizer.sep_token_id, tokenizer.pad_token_id}
        self._packs = _allows_packing(model)
        self._dtype = next(model.parameters()).dtype

    def __call__(self, texts: Sequence[str]) -> list[Encoded]:
        """Return the vectors of each text, in order; equal texts are embedded once."""
        unique = sorted(dict.fromkeys(texts), key=len)
        if not unique:
            return []
        read = self._tokenizer(
            unique,
            truncation=True,
            max_length=self.model.max_seq_length,
            return_offsets_mapping=True,
        )
        known: dict[str, Encoded] = {}
        for rows in _passes([len(ids) for ids in read["input_ids"]], packs=self._packs):
            ids = [read["input_ids"][row] for row in rows]
            vectors = self._packed(ids) if self._packs else self._padded([unique[r] for r in rows])
            for row, (tokens, sentence) in zip(rows, vectors, strict=True):
                offsets = np.array(read["offset_mapping"][row], dtype=np.int32).reshape(-1, 2)
                known[unique[row]] = self._encoded(
                    read["input_ids"][row], tokens, sentence, offsets
                )
        return [known[text] for text in texts]

    def _packed(self, texts: Sequence[Sequence[int]]) -> list[tuple[Vectors, Vectors]]:
        """Return token vectors [t, d] and the sentence vector [d] of each text, from one pass."""
        import torch

        lengths = [len(ids) for ids in texts]
        owner = torch.repeat_interleave(torch.arange(len(texts)), torch.tensor(lengths))
        apart = owner[:, None] != owner[None]
        mask = torch.zeros(apart.shape, dtype=self._dtype)
        mask = mask.masked_fill(apart, torch.finfo(self._dtype).min)
        with torch.inference_mode():
            output = (
                self.model[0]
                .auto_model(
                    input_ids=torch.tensor([[token for ids in texts for token in ids]]),
                    attention_mask=mask[None, None],
                    position_ids=torch.tensor([[at for n in lengths for at in range(n)]]),
                )
                .last_hidden_state[0]
                .float()
            )
            means = [tokens.mean(dim=0) for tokens in torch.split(output, lengths)]
            sentences = torch.nn.functional.normalize(torch.stack(means), dim=-1)
            tokens = torch.nn.functional.normalize(output, dim=-1)
        return list(
            zip(
                (part.numpy() for part in torch.split(tokens, lengths)),
                sentences.numpy(),
                strict=True,
            )
        )

    def _padded(self, texts: list[str]) -> list[tuple[Vectors, Vectors]]:
        """Return the same from a padded batch, by the model's own pooling."""
        import torch

        features = self.model.preprocess(texts)
        with torch.inference_mode():
            output = self.model.forward(features)
        tokens = torch.nn.functional.normalize(output["token_embeddings"].float(), dim=-1).numpy()
        sentences = torch.nn.functional.normalize(output["sentence_embedding"].float(), dim=-1)
        kept = features["attention_mask"].bool().numpy()
        return [(tokens[row][kept[row]], sentences[row].numpy()) for row in range(len(texts))]

    def _encoded(
        self, ids: Sequence[int], tokens: Vectors, sentence: Vectors, offsets: Offsets
    ) -> Encoded:
        kept = [row for row, token in enumerate(ids) if token not in self._marks]
        if not kept:
            nothing = np.zeros((1, 2), dtype=np.int32)
            return Encoded(sentence, sentence[None], (self._tokenizer.unk_token,), nothing)
        pieces = self._tokenizer.convert_ids_to_tokens([ids[row] for row in kept])
        return Encoded(sentence, np.ascontiguousarray(tokens[kept]), tuple(pieces), offsets[kept])


def _passes(lengths: Sequence[int], *, packs: bool) -> Iterator[list[int]]:
    """Yield the rows of texts, sorted by length, that share a pass."""
    rows: list[int] = []
    tokens = 0
    for row, length in enumerate(lengths):
        full = tokens + length > PASS_TOKENS if packs else len(rows) == PADDED_TEXTS
        if rows and full:
            yield rows
            rows, tokens = [], 0
        rows.append(row)
        tokens += length
    if rows:
        yield rows


def _allows_packing(model: Any) -> bool:
    """Whether positions and attention can be given (BERT), and the mean of all tokens is wanted."""
    modules = [type(module).__name__ for module in model]
    if modules not in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"]):
        return False
    config = model[0].auto_model.config
    return (
        config.model_type == "bert"
        and getattr(config, "_attn_implementation", "") in {"sdpa", "eager"}
        and model[1].pooling_mode == "mean"
    )
