"""Train the entailment network: `python -m tools.train ../shared/data`.

Some two hours on one core. Fixed seeds; the result is the same on the same machine and version of
PyTorch. `python -m tools.train.fit ../shared/data` then fits the coefficients.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from grading.entailment import WEIGHTS
from tools.train import entailment


def main(arguments: Sequence[str] | None = None) -> None:
    """Train the network and write its weights."""
    parser = argparse.ArgumentParser(prog="python -m tools.train", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with the labelled sets (*.jsonl.gz)")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="file to write")
    parser.add_argument(
        "--without",
        metavar="AUTHOR",
        help="only train on pairs without this author of contrasts, and measure on them",
    )
    parser.add_argument(
        "--more",
        metavar="FILE",
        type=Path,
        nargs="+",
        default=[],
        help="also train on these marked answers, such as those of `coach appeals export`",
    )
    options = parser.parse_args(arguments)
    if options.without and options.more:
        parser.error("--without measures on pairs of statements, which --more does not change")
    if options.without:
        entailment.measure(options.data, options.without)
    else:
        entailment.make(options.data, options.out, options.more)


if __name__ == "__main__":
    main()
