"""Embed what searches look through, for the package: `python -m tools.embed_bank`.

To be run when questions of the bank have changed; half a minute on one core.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from grading.corpus import searchable_texts
from grading.encoder import SentenceTransformerEncoder
from grading.premade import FILE, packed
from knowledge.loader import load_bank


def main(arguments: Sequence[str] | None = None) -> None:
    """Embed every searchable passage of the shipped bank and write the vectors."""
    parser = argparse.ArgumentParser(prog="python -m tools.embed_bank", description=__doc__)
    parser.add_argument("--out", type=Path, default=FILE, help="file to write")
    options = parser.parse_args(arguments)
    texts = searchable_texts(load_bank())
    encoded = SentenceTransformerEncoder().encode(texts)
    save_file(packed(texts, np.stack([one.sentence for one in encoded])), options.out)


if __name__ == "__main__":
    main()
