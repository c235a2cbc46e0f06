"""Embed what searches look through, for the package: `python -m tools.embed_bank`.

To be run when questions of the bank have changed. What has its vector keeps it; all of them anew,
after a change of the model, take half a minute on one core.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from grading.corpus import searchable_texts
from grading.encoder import DEFAULT_MODEL, SentenceTransformerEncoder
from grading.premade import FILE, key_of, packed, premade_vectors
from knowledge.loader import load_bank


def main(arguments: Sequence[str] | None = None) -> None:
    """Embed every searchable passage of the shipped bank and write the vectors."""
    parser = argparse.ArgumentParser(prog="python -m tools.embed_bank", description=__doc__)
    parser.add_argument("--out", type=Path, default=FILE, help="file to write")
    parser.add_argument("--anew", action="store_true", help="embed all, also what has its vector")
    options = parser.parse_args(arguments)
    texts = searchable_texts(load_bank())
    vectors = {} if options.anew else dict(premade_vectors(DEFAULT_MODEL))
    new = [text for text in texts if key_of(text) not in vectors]
    for text, one in zip(new, SentenceTransformerEncoder().encode(new), strict=True):
        vectors[key_of(text)] = one.sentence
    save_file(packed(texts, np.stack([vectors[key_of(text)] for text in texts])), options.out)


if __name__ == "__main__":
    main()
