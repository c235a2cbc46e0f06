"""A model for natural language inference that is small enough to be made in a test."""

import json
from pathlib import Path

LABELS = ("contradiction", "entailment", "neutral")

VOCABULARY = """[PAD] [UNK] [CLS] [SEP] [MASK] . , the a relation relationship between inputs and
target changes change over time never stays same it is drift model retrain recent data on i
not ##s ##ed ##ing""".split()


def save_tiny_nli(
    folder: Path, labels: tuple[str, ...] = LABELS, *, seed: int = 7, safetensors: bool = True
) -> Path:
    """Save a BERT of 2 layers and 16 dimensions with random weights; the seed decides them."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    config = BertConfig(
        vocab_size=len(VOCABULARY),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
        id2label=dict(enumerate(labels)),
        label2id={label: column for column, label in enumerate(labels)},
        initializer_range=1.0,
    )
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        model = BertForSequenceClassification(config)
    model.save_pretrained(folder)
    if not safetensors:
        (folder / "model.safetensors").unlink()
        torch.save(model.state_dict(), folder / "pytorch_model.bin")
    (folder / "vocab.txt").write_text("\n".join(VOCABULARY) + "\n", encoding="utf-8")
    settings = {"tokenizer_class": "BertTokenizer", "do_lower_case": True}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings), encoding="utf-8")
    return folder
