"""Train the network: `python -m tools.train ../shared/data`.

Some ten minutes on two cores. The encoder stays as it is: its token vectors are computed
once, and a small network on top of them learns from those. Fixed seeds; the result is the same on
the same machine and version of PyTorch.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from tools.train import entailment


def main(arguments: Sequence[str] | None = None) -> None:
    """Train the network and write its weights."""
    parser = argparse.ArgumentParser(prog="python -m tools.train", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with the labelled sets (*.jsonl.gz)")
    parser.add_argument(
        "--fit-half-only",
        action="store_true",
        help="keep the key points of the held-out questions from the entailment network",
    )
    options = parser.parse_args(arguments)
    entailment.make(options.data, fit_half_only=options.fit_half_only)


if __name__ == "__main__":
    main()
