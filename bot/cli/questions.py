"""`coach topics`, `coach ask` and `coach grade`: one question at a time, without a conversation."""

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.options import Home, Json, application_for, print_json, started_with
from bot.cli.table import print_table

if TYPE_CHECKING:
    from grading.grade import Grade
    from knowledge.bank import QuestionBank
    from knowledge.question import Question

MAX_READ = 1_000_000
"""Bytes read from a file or from stdin; far more than is ever graded."""

LONGEST_CHARACTER = 4
"""Bytes of a character in UTF-8, which may be cut where reading ends."""


def topics(context: typer.Context, home: Home = None, json: Json = False) -> None:
    """List the topics and how many questions each has."""
    from knowledge.loader import load_bank

    bank = load_bank(started_with(context, home).knowledge)
    if json:
        print_json(
            [
                {
                    "id": topic.id,
                    "title": topic.title,
                    "summary": topic.summary,
                    "questions": [question.id for question in bank.by_topic(topic.id)],
                }
                for topic in bank.topics
            ]
        )
        return
    counted = [(each, len(bank.by_topic(each.id))) for each in bank.topics]
    print_table([(each.id, f"{count} questions", each.summary) for each, count in counted])


def ask(
    context: typer.Context,
    about: Annotated[
        list[str] | None, typer.Argument(help="A topic, a question's name or free words.")
    ] = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Show a question: the next one for you, one of a topic, or one about your words."""
    features = application_for(context, home).features
    chosen = features.coach.peek(_user(), " ".join(about or []))
    if json:
        print_json(
            {
                "question_id": chosen.id,
                "topic": chosen.topic,
                "kind": chosen.kind.value,
                "difficulty": chosen.difficulty,
                "tags": list(chosen.tags),
                "prompt": chosen.prompt,
                "points": len(chosen.key_points),
            }
        )
        return
    typer.echo(f"{chosen.prompt}\n\nAnswer it:  coach grade {chosen.id}")


def grade(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="A question's id or free words.")],
    answer: Annotated[str | None, typer.Option(help="The answer itself.")] = None,
    answer_file: Annotated[Path | None, typer.Option(help="A file with the answer.")] = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Grade one answer, given as an option, in a file or on stdin. Nothing is stored."""
    if answer is not None and answer_file is not None:
        raise typer.BadParameter("give the answer once: --answer or --answer-file")
    from bot.bootstrap.grading import bank_of, grading_of
    from bot.bootstrap.storage import storage_of
    from bot.core.practice.answering import checked
    from bot.core.questions.search import question_about
    from grading.text import storable

    settings = started_with(context, home)
    text = storable(_text(answer, answer_file))
    checked(text)
    grading = grading_of(settings)
    bank = bank_of(grading.shipped, storage_of(settings))
    found = question_about(bank, grading.search, storable(question))
    grading.grader.warm_up(found)
    started = time.perf_counter()
    result = grading.grader.grade(found, text)
    milliseconds = (time.perf_counter() - started) * 1000
    if json:
        print_json(_document(result, milliseconds))
    else:
        _show(found, bank, result, text)


def _document(result: "Grade", milliseconds: float) -> dict[str, Any]:
    return {**result.model_dump(mode="json"), "milliseconds": round(milliseconds, 2)}


def _show(question: "Question", bank: "QuestionBank", result: "Grade", text: str) -> None:
    """Print the same feedback as in the chat, and who gave a second opinion."""
    from dataclasses import replace
    from datetime import UTC, datetime

    from bot.core.practice import words as practice_words
    from bot.core.practice.model import Attempt
    from bot.core.reply import Paragraph
    from bot.platforms.terminal.output import show_on

    now = datetime.now(UTC)
    attempt = Attempt(0, 0, 0, question.id, text, now, grade=result, graded_at=now)
    reply = practice_words.feedback(question, bank, attempt, None)
    if result.grader.second_opinion:
        line = Paragraph(f"Second opinion: {result.grader.second_opinion}.", quiet=True)
        reply = replace(reply, blocks=(*reply.blocks, line))
    show_on(sys.stdout)(reply)


def _text(answer: str | None, answer_file: Path | None) -> str:
    """Return the answer, as far as it is read.

    Raises:
        FileNotRead: it is no text.
        OSError: the file cannot be read.
    """
    if answer is not None:
        return answer
    if answer_file is not None:
        with answer_file.open("rb") as file:
            return _decoded(file.read(MAX_READ), str(answer_file))
    if sys.stdin.isatty():
        typer.echo("Type your answer and end it with Ctrl-D on a line of its own.", err=True)
    return _decoded(sys.stdin.buffer.read(MAX_READ), "the input")


def _decoded(content: bytes, name: str) -> str:
    from bot.core.errors import FileNotRead

    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        cut = len(content) == MAX_READ and error.end >= MAX_READ - LONGEST_CHARACTER
        if not cut:
            raise FileNotRead(name, "it is no text in UTF-8") from error
        text = content[: error.start].decode("utf-8-sig")
    if "\0" in text:
        raise FileNotRead(name, "it is no text")
    return text


def _user() -> Any:
    from bot.platforms.terminal.person import person

    return person()
