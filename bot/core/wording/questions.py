"""Messages about questions: greeting, asking, skipping, revealing, listing, helping."""

from collections.abc import Sequence

from bot.core.accounts.model import Learner
from bot.core.attempt import Attempt
from bot.core.commands import Command
from bot.core.progress import Progress
from bot.core.reply import (
    Action,
    Block,
    Heading,
    Items,
    Markdown,
    Paragraph,
    Prompt,
    Reply,
)
from bot.core.words.phrases import (
    BAND_NAMES,
    counted,
    difficulty,
    listed,
    percent,
    shortened,
    source,
)
from grading.grade import Grade
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


DUE = "Due for review."


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


def question(
    item: Question, bank: QuestionBank, last: Attempt | None, *, due: bool = False
) -> Reply:
    """Ask a question, with what the learner made of it last time and whether it is due again."""
    blocks: list[Block] = [
        Heading(f"{bank.topic(item.topic).title} · {difficulty(item.difficulty)}"),
        Prompt(item.prompt),
    ]
    if due:
        blocks.append(Paragraph(DUE, quiet=True))
    if last is not None and last.grade is not None:
        when = f"{last.submitted_at:%d %B %Y}".lstrip("0")
        blocks.append(
            Paragraph(
                f"You answered this on {when}: {percent(last.grade.score)} "
                f"({BAND_NAMES[last.grade.band]}). Can you do better today?",
                quiet=True,
            )
        )
    blocks.append(
        Paragraph("Answer in your own words. /hint helps, /skip puts it aside.", quiet=True)
    )
    return Reply(tuple(blocks), (Action.ANSWER, Action.HINT, Action.SKIP), item.id)


def skipped(item: Question) -> Reply:
    """Confirm that a question was put aside."""
    return Reply(
        (Paragraph(f"Skipped: {item.prompt} It will come again. Type /ask for the next one."),),
        (Action.ASK,),
        item.id,
    )


def reveal(item: Question) -> Reply:
    """Show the reference answer, the key points, the explanation and where to read on.

    A community's own question may have only some of it.
    """
    answers = item.reference_answers
    mistakes = tuple(f"“{m.claim}” {m.correction}" for m in item.misconceptions)
    return Reply(
        (
            Heading("In short"),
            Paragraph(answers.short),
            *_under("In full", Paragraph(answers.full), there=answers.full != answers.short),
            Heading("What a good answer says"),
            Items(tuple(point.statement for point in item.key_points)),
            *_under("What people get wrong", Items(mistakes), there=bool(mistakes)),
            *_under("Why", Markdown(item.explanation), there=bool(item.explanation)),
            *_under("Read", Items(tuple(map(source, item.sources))), there=bool(item.sources)),
            Paragraph(
                "An answer you give now is graded, but does not count as known. "
                "Come back to it another day with /ask.",
                quiet=True,
            ),
        ),
        (Action.ASK, Action.RETRY),
        item.id,
    )


def _under(heading: str, block: Block, *, there: bool) -> tuple[Block, ...]:
    return (Heading(heading), block) if there else ()


def topics(bank: QuestionBank, grades: dict[str, Grade]) -> Reply:
    """List every topic with its questions, marked with the learner's last score."""
    blocks: list[Block] = []
    for topic in bank.topics:
        blocks += [
            Heading(f"{topic.title} ({topic.id})"),
            Paragraph(topic.summary, quiet=True),
            Items(tuple(_line(item, grades.get(item.id)) for item in bank.by_topic(topic.id))),
        ]
    blocks.append(
        Paragraph(
            "/ask takes a topic, a question's short name, or your own words: /ask "
            f"{bank.topics[0].id}, /ask drift, /ask how do I notice that a model got worse",
            quiet=True,
        )
    )
    return Reply(tuple(blocks), (Action.ASK,))


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


def _line(item: Question, grade: Grade | None) -> str:
    score = f" — {percent(grade.score)}" if grade else ""
    return f"{item.slug}: {item.prompt}{score}"
