"""Grade JSON lines {question, answer} from stdin with the code that is on the path.

A program of its own, so that `__main__` can run it in a checkout of another version as well.
"""

import json
import sys
import tempfile
from pathlib import Path

from grading.corpus import Corpus
from grading.encoder import SentenceTransformerEncoder
from grading.grader import Grader
from knowledge.loader import load_bank


def main() -> None:
    """Write one line for each line read: score, and each point's status and evidence."""
    bank = load_bank()
    with tempfile.TemporaryDirectory() as folder:
        grader = Grader(Corpus(bank, SentenceTransformerEncoder(), Path(folder)))
        for line in sys.stdin:
            asked = json.loads(line)
            grade = grader.grade(bank.get(asked["question"]), asked["answer"])
            points = {p.id: [p.status.value, p.evidence] for p in grade.points}
            flags = [flag.value for flag in grade.flags]
            found = {"score": grade.score, "points": points, "flags": flags}
            print(json.dumps(found), flush=True)  # noqa: T201 the output


if __name__ == "__main__":
    main()
