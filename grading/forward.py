"""Forward passes: texts → vectors.

One pass gives both what sentence similarity needs (a pooled vector) and what token-level matching
needs (a vector for every word piece), so nothing is computed twice.
"""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from grading.bert import Bert, Text
from grading.vectors import Encoded, Offsets, Vectors

PADDED_TEXTS = 16
"""Texts in one padded pass, sorted by length."""


class Forward(Protocol):
    """Embed texts; not for several threads at once."""

    def __call__(self, texts: Sequence[str]) -> list[Encoded]:
        """Return the vectors of each text, in order; equal texts are embedded once."""
        ...


class PackedForward:
    """Embed with a BERT whose sentence vector is the mean of all tokens; nothing is padded."""

    def __init__(self, tokenizer: Any, bert: Bert) -> None:
        self._tokenizer = tokenizer
        self._bert = bert

    def __call__(self, texts: Sequence[str]) -> list[Encoded]:
        """Return the vectors of each text, in order; equal texts are embedded once."""
        import torch

        unique = sorted(dict.fromkeys(texts), key=len)
        read = self._tokenizer.encode_batch(unique)
        hidden = self._bert.read([Text(one.ids, one.type_ids) for one in read])
        known: dict[str, Encoded] = {}
        for text, one, vectors in zip(unique, read, hidden, strict=True):
            tokens = torch.nn.functional.normalize(vectors, dim=-1).numpy()
            sentence = torch.nn.functional.normalize(vectors.mean(dim=0), dim=-1).numpy()
            marks = np.array(one.special_tokens_mask, dtype=bool)
            offsets = np.array(one.offsets, dtype=np.int32).reshape(-1, 2)
            known[text] = encoded(one.tokens, marks, tokens, sentence, offsets)
        return [known[text] for text in texts]


class LibraryForward:
    """Embed with any model of sentence-transformers, by its own pooling."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self._tokenizer = model.tokenizer
        # What a person types is text, also where it reads like one of the model's own marks.
        self._tokenizer.split_special_tokens = True

    def __call__(self, texts: Sequence[str]) -> list[Encoded]:
        """Return the vectors of each text, in order; equal texts are embedded once."""
        unique = sorted(dict.fromkeys(texts), key=len)
        known: dict[str, Encoded] = {}
        for start in range(0, len(unique), PADDED_TEXTS):
            known |= self._pass(unique[start : start + PADDED_TEXTS])
        return [known[text] for text in texts]

    def _pass(self, texts: list[str]) -> dict[str, Encoded]:
        import torch

        read = self._tokenizer(
            texts,
            truncation=True,
            max_length=self._model.max_seq_length,
            return_offsets_mapping=True,
            return_special_tokens_mask=True,
        )
        features = self._model.preprocess(texts)
        with torch.inference_mode():
            output = self._model.forward(features)
        tokens = torch.nn.functional.normalize(output["token_embeddings"].float(), dim=-1).numpy()
        sentences = torch.nn.functional.normalize(output["sentence_embedding"].float(), dim=-1)
        kept = features["attention_mask"].bool().numpy()
        return {
            text: encoded(
                self._tokenizer.convert_ids_to_tokens(read["input_ids"][row]),
                np.array(read["special_tokens_mask"][row], dtype=bool),
                tokens[row][kept[row]],
                sentences[row].numpy(),
                np.array(read["offset_mapping"][row], dtype=np.int32).reshape(-1, 2),
            )
            for row, text in enumerate(texts)
        }


def encoded(
    pieces: Sequence[str], marks: Any, tokens: Vectors, sentence: Vectors, offsets: Offsets
) -> Encoded:
    """Return a text's vectors without those of the model's own marks.

    Args:
        pieces: the text's word pieces [t].
        marks: whether each is a mark of the model's [t].
        tokens: their vectors [t, d].
        sentence: the text's vector [d], which stands for its pieces where it has none.
        offsets: where each piece begins and ends [t, 2].
    """
    kept = np.flatnonzero(~marks).tolist()
    if not kept:
        return Encoded(sentence, sentence[None], ("",), np.zeros((1, 2), dtype=np.int32))
    own = tuple(pieces[row] for row in kept)
    return Encoded(sentence, np.ascontiguousarray(tokens[kept]), own, offsets[kept])
