"""What the coach says around practice: greetings and help."""

from collections.abc import Sequence

from bot.core.accounts.model import Learner
from bot.core.commands import Command
from bot.core.progress.model import Progress
from bot.core.reply import (
    Action,
    Block,
    Heading,
    Items,
    Paragraph,
    Prompt,
    Reply,
)
from bot.core.words.phrases import (
    counted,
    listed,
    percent,
    shortened,
)
from knowledge.bank import QuestionBank
from knowledge.question import Question

AROUND = (
    ("any other text", "your answer to the current question; answer again to improve"),
    ("/help", "this list"),
    ("/quit", "leave; everything is saved"),
)
"""What can be typed beside the commands of the table."""


def first_welcome(bank: QuestionBank) -> Reply:
    """Greet somebody new."""
    titles = tuple(topic.title.lower() for topic in bank.topics)
    return Reply(
        (
            Paragraph(
                f"Welcome to the interview coach. I have {counted(len(bank), 'question')} on "
                f"{listed(titles)}. Answer in your own words; I grade the meaning, show which of "
                "your sentences earned what, and remember how you did."
            ),
            Paragraph("Type /ask for a question or /help for everything else.", quiet=True),
        ),
        (Action.ASK, Action.TOPICS),
    )


def welcome_back(learner: Learner, progress: Progress, still_open: Question | None) -> Reply:
    """Greet somebody known, with their record and the question they left open."""
    name = f", {learner.display_name}" if learner.display_name else ""
    if progress.mean_score is None:
        record = "You have no graded answers yet."
    else:
        record = (
            f"So far you have answered {progress.questions_answered} of "
            f"{counted(progress.questions, 'question')} with {percent(progress.mean_score)} "
            "on average."
        )
    blocks: tuple[Block, ...] = (Paragraph(f"Welcome back{name}. {record}"),)
    if still_open is None:
        return Reply(
            (*blocks, Paragraph("Type /ask for the next question.", quiet=True)), (Action.ASK,)
        )
    return Reply(
        (*blocks, Paragraph("This question is still open:"), Prompt(still_open.prompt)),
        (Action.ANSWER, Action.HINT, Action.SKIP),
        still_open.id,
    )


def help_for(commands: Sequence[Command]) -> Reply:
    """List what can be typed."""
    table = tuple((f"/{one.name} {one.usage}".rstrip(), one.summary) for one in commands)
    lines = tuple(f"{typed}: {meaning}" for typed, meaning in (*table, *AROUND))
    return Reply((Heading("What you can type"), Items(lines)))


def unknown_command(name: str) -> Reply:
    """Say that a command does not exist."""
    return Reply((Paragraph(f"There is no command /{shortened(name)}. /help lists them all."),))
