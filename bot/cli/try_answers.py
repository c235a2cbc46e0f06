"""`coach knowledge test`: try answers on a question, see which points fire and why."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import Home, started_with, stop

if TYPE_CHECKING:
    from bot.bootstrap.grading import Grading
    from grading.explanation import Explanation, Nearest
    from grading.grade import Grade, PointResult
    from knowledge.bank import QuestionBank
    from knowledge.question import Question

DOUBT_SHOWN_FROM = 0.05
"""Probability of a contradiction from which it is told; less is none."""

MARKS = {"covered": "✓", "partial": "~", "missed": "○", "contradicted": "✗"}


def try_answers(
    context: typer.Context,
    question: Annotated[
        str, typer.Argument(metavar="ID", help="A question's id or name, or a draft's file.")
    ],
    home: Home = None,
) -> None:
    """Try answers on a question: each point with its verdict, and what speaks for and against it.

    The question's file is read anew when it is saved, and the last answer is graded again.
    """
    from bot.bootstrap.grading import grading_of
    from bot.platforms.terminal.trying import Watched, tried

    grading = grading_of(started_with(context, home))
    path = _file_of(question, grading.shipped, context, home)
    bench = _Bench(grading, path)
    if not bench.read():
        raise typer.Exit(1)
    typer.echo(f"{path}\nQuestion: {bench.question.prompt}")
    for answer in tried(Watched(path)):
        if answer is None:
            bench.read_anew()
        elif answer.strip():
            bench.try_out(answer)


def _file_of(named: str, bank: "QuestionBank", context: typer.Context, home: Path | None) -> Path:
    """Return the file of a question, or the one that was named."""
    from importlib.resources import files

    from bot.cli.options import settings_for

    if named.endswith(".md"):
        path = Path(named)
        if not path.is_file():
            stop(f"{path} is not there")
        return path
    found = bank.named(named) or bank.get(named)
    root = settings_for(context, home).knowledge or Path(str(files("knowledge")))
    path = root / "questions" / f"{found.id}.md"
    if not path.is_file():
        stop(f"{path} is not there")
    return path


class _Bench:
    """A question under trial, with the last answer and its grade."""

    def __init__(self, grading: "Grading", path: Path) -> None:
        self._grading = grading
        self._path = path
        self._answer = ""
        self._grade: Grade | None = None
        self.question: Question

    def read(self) -> bool:
        """Read the question; tell what is missing where it is none yet, and keep the earlier."""
        from knowledge.authoring.draft import question_of, read_draft
        from knowledge.errors import InvalidBank

        try:
            self.question = question_of(read_draft(self._path))
        except InvalidBank as error:
            for fault in error.faults:
                typer.echo(f"  {fault}", err=True)
            return False
        return True

    def read_anew(self) -> None:
        """Read the question that was saved, and grade the last answer again."""
        if not self.read():
            typer.echo("The file has faults, so the question stays as it was.")
            return
        typer.echo("Read anew.")
        if self._answer:
            self.try_out(self._answer)

    def try_out(self, answer: str) -> None:
        """Grade an answer; show what each point came to, and what changed since the last time."""
        from grading.explanation import explain
        from grading.text import storable

        text = storable(answer)
        grade = self._grading.grader.grade(self.question, text)
        whys = {each.point_id: each for each in explain(self._grading.corpus, self.question, text)}
        before = self._grade if self._answer == answer else None
        self._answer, self._grade = answer, grade
        for line in _told(grade, whys, before):
            typer.echo(line)


def _told(grade: "Grade", whys: "dict[str, Explanation]", before: "Grade | None") -> list[str]:
    was = f" (was {before.score:.2f})" if before and before.score != grade.score else ""
    lines = [f"\nScore {grade.score:.2f}{was}, {grade.band.value}"]
    lines += [f"  {flag.value.replace('_', ' ')}" for flag in grade.flags]
    earlier = {each.id: each for each in before.points} if before else {}
    for point in grade.points:
        lines += _point(point, whys.get(point.id), earlier.get(point.id))
    for each in grade.misconceptions:
        lines.append(f"✗ misconception: {each.text}\n    you: “{each.evidence}”")
    return lines


def _point(
    point: "PointResult", why: "Explanation | None", before: "PointResult | None"
) -> list[str]:
    changed = before is not None and before.status is not point.status
    was = f" (was {before.status.value})" if changed and before else ""
    doubt = f", contradicted with {point.opposed:.2f}" if point.opposed >= DOUBT_SHOWN_FROM else ""
    lines = [
        f"{MARKS[point.status.value]} {point.id}: {point.status.value}{was}, "
        f"{point.credit:.2f} of weight {point.weight:g}{doubt}"
    ]
    if point.evidence:
        lines.append(f"    you: “{point.evidence}”")
    if why is not None:
        lines.append(f"    right {_near(why.right)}")
        if why.wrong is not None:
            lines.append(f"    wrong {_near(why.wrong)}")
    return lines


def _near(nearest: "Nearest") -> str:
    return f"{nearest.similarity:.2f}  {nearest.wording}"
