"""Fit the grader's coefficients: `python -m tools.train.fit ../shared/data`.

Public sets of graded short answers (train splits only) teach how agreement with a reference answer
becomes a score. Answers of three authors, marked by readers, teach when a key point is covered or
contradicted. Everything is convex and deterministic; some four minutes on two cores.
"""

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from benchmarks.answers.loading import FITTED
from grading.calibration import Coefficients
from grading.encoder import SentenceTransformerEncoder
from grading.entailment import fingerprint
from tools.train import agreement, points

VERSION = "8"
COEFFICIENTS = Path(str(files("grading") / "coefficients.json"))


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit everything and write the file of coefficients."""
    parser = argparse.ArgumentParser(prog="python -m tools.train.fit", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with the graded public sets (*.jsonl.gz)")
    parser.add_argument("--out", type=Path, default=COEFFICIENTS, help="file to write")
    options = parser.parse_args(arguments)
    encoder = SentenceTransformerEncoder()
    coefficients = Coefficients(
        version=VERSION,
        provenance={
            "public": f"{', '.join(agreement.DATASETS)}: train splits, equal weight a set",
            "answers": f"benchmarks/answers: {', '.join(FITTED)}",
            "model": encoder.model_id,
            "network": f"entailment.safetensors {fingerprint()}",
            "date": datetime.now(UTC).date().isoformat(),
            "attribution": "Beetle and SciEntsBank (SemEval-2013 Task 7, CC BY-SA 3.0); "
            "SAF (Filighera et al. 2022, MIT)",
        },
        agreement=agreement.fit(options.data, encoder),
        **points.fit(encoder),
    )
    text = coefficients.model_dump_json(indent=2) + "\n"
    options.out.write_text(text, encoding="utf-8")
    print(text)  # noqa: T201 a command's output


if __name__ == "__main__":
    main()
