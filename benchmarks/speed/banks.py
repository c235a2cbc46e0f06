"""What a first grade costs with banks of several sizes: seconds and memory of fresh processes.

Banks are made of the shipped questions: the first so many of them, then copies whose prompts and
names are their own. A copy's points are the shipped ones, but no vectors ship for a bank in another
folder, so that nothing is had for free.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path

import frontmatter

from benchmarks.speed.processes import run_timed
from benchmarks.speed.report import BankFigures

SEARCHED = "relation between inputs and outcome changes over time"


def write_bank(folder: Path, size: int, among: str) -> None:
    """Write a bank of so many questions, `among` them: shipped ones, then copies of them."""
    shipped = Path(str(files("knowledge")))
    for name in ("topics.yaml", "tracks.yaml"):
        shutil.copy(shipped / name, folder / name)
    wanted = shipped / "questions" / f"{among}.md"
    paths = sorted((shipped / "questions").glob("**/*.md"), key=lambda path: path != wanted)
    for number in range(size):
        turn, place = divmod(number, len(paths))
        path = paths[place]
        target = folder / "questions" / path.parent.name / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        if turn == 0:
            shutil.copy(path, target)
            continue
        post = frontmatter.load(str(path))
        post.metadata.pop("phrasings", None)
        post["aliases"] = [f"copy {turn} of {path.stem}"]
        post["prompt"] = f"Copy {turn}: {post['prompt']}"
        frontmatter.dump(post, str(target.with_stem(f"{path.stem}-copy-{turn}")))


def measure_bank(size: int, question: str, answer: str, starts: int) -> BankFigures:
    """Measure first and later grades and a search, each in a process of its own.

    Args:
        size: questions of the bank.
        question: the id of the shipped question that is answered.
        answer: what is graded.
        starts: later grades, of which the median counts.
    """
    with tempfile.TemporaryDirectory() as place:
        bank, home = Path(place) / "bank", Path(place) / "home"
        bank.mkdir()
        write_bank(bank, size, question)

        def timed(*command: str) -> tuple[float, float]:
            whole = [sys.executable, "-m", "bot", "--home", str(home), *command]
            return run_timed(whole, {"COACH_KNOWLEDGE": str(bank)})

        grade = ("grade", question, "--answer", answer, "--json")
        first, _ = timed(*grade)
        later = [timed(*grade) for _ in range(starts)]
        search_first, _ = timed("ask", SEARCHED)
        search, search_mb = timed("ask", SEARCHED)
    seconds, mb = sorted(later)[len(later) // 2]
    return BankFigures(
        questions=size,
        first_grade_s=first,
        grade_s=seconds,
        grade_mb=mb,
        first_search_s=search_first,
        search_s=search,
        search_mb=search_mb,
    )


def measure_banks(
    sizes: Sequence[int], question: str, answer: str, starts: int, tick: Callable[[int], None]
) -> tuple[BankFigures, ...]:
    """Measure banks of these sizes, one step each."""
    found = []
    for size in sizes:
        found.append(measure_bank(size, question, answer, starts))
        tick(1)
    return tuple(found)
