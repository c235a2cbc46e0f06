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

COMMANDS = (
    ("/ask [topic or words]", "a question: the next one, one of a topic, or one about your words"),
    ("any other text", "your answer to the current question; answer again to improve"),
    ("/hint", "help with the weightiest point you have not made, a little more each time"),
    ("/reveal", "the reference answer and the key points"),
    ("/skip", "put the question aside"),
    ("/progress", "what you have answered and how well, topic by topic"),
    ("/topics", "everything I can ask"),
    ("/help", "this list"),
    ("/quit", "leave; everything is saved"),
)


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


def help_for(more: Sequence[Command] = ()) -> Reply:
    """List what can be typed, with more commands than those of practice."""
    further = tuple((f"/{one.name} {one.usage}".rstrip(), one.summary) for one in more)
    named = {line.split()[0] for line, _ in further}
    ours = tuple(line for line in COMMANDS if line[0].split()[0] not in named)
    return Reply(
        (
            Heading("What you can type"),
            Items(tuple(f"{command}: {meaning}" for command, meaning in (*ours, *further))),
        )
    )


def unknown_command(name: str) -> Reply:
    """Say that a command does not exist."""
    return Reply((Paragraph(f"There is no command /{shortened(name)}. /help lists them all."),))
