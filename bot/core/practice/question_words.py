"""Messages about questions: greeting, asking, skipping, revealing, listing, helping."""

from collections.abc import Mapping, Sequence

from bot.core.command_refs import ref
from bot.core.practice.model import Attempt
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
    counted,
    difficulty,
    grade_name,
    percent,
    source,
)
from knowledge.bank import QuestionBank
from knowledge.question import Question, Topic

DUE = "Due for review."


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
                f"({grade_name(last.grade.score, last.grade.band)}). Can you do better today?",
                quiet=True,
            )
        )
    blocks.append(
        Paragraph(
            f"Answer in your own words. {ref('hint')} helps, {ref('skip')} puts it aside.",
            quiet=True,
        )
    )
    return Reply(tuple(blocks), (Action.ANSWER, Action.HINT, Action.SKIP), item.id)


def skipped(item: Question) -> Reply:
    """Confirm that a question was put aside."""
    return Reply(
        (
            Paragraph(
                f"Skipped: {item.prompt} It will come again. Type {ref('ask')} for the next one."
            ),
        ),
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
                "An answer you give now is graded, but does not count as known. Come back to it "
                f"another day with {ref('ask')}.",
                quiet=True,
            ),
        ),
        (Action.ASK, Action.RETRY),
        item.id,
    )


def _under(heading: str, block: Block, *, there: bool) -> tuple[Block, ...]:
    return (Heading(heading), block) if there else ()


def topics(bank: QuestionBank, scores: Mapping[str, float]) -> Reply:
    """List every topic with how many of its questions the learner has answered."""
    asked = [(topic, bank.by_topic(topic.id)) for topic in bank.topics]
    first = bank.topics[0].id
    return Reply(
        (
            Heading(f"{counted(len(bank), 'question')} on {counted(len(asked), 'topic')}"),
            Items(tuple(_topic(topic, items, scores) for topic, items in asked)),
            Paragraph(f"{ref(f'topics {first}')} lists the questions of a topic.", quiet=True),
            Paragraph(
                f"{ref('ask')} takes a topic, a question's short name, or your own words: "
                f"{ref(f'ask {first}')}, {ref('ask drift')}, "
                f"{ref('ask how do I notice that a model got worse')}",
                quiet=True,
            ),
        ),
        (Action.ASK,),
    )


def _topic(topic: Topic, items: Sequence[Question], scores: Mapping[str, float]) -> str:
    answered = sum(item.id in scores for item in items)
    told = f", {answered} answered" if answered else ""
    return f"{topic.title} ({topic.id}): {counted(len(items), 'question')}{told}"


def questions_of(topic: Topic, bank: QuestionBank, scores: Mapping[str, float]) -> Reply:
    """List the questions of a topic, marked with the learner's last score."""
    items = bank.by_topic(topic.id)
    return Reply(
        (
            Heading(f"{topic.title} ({topic.id})"),
            Paragraph(topic.summary, quiet=True),
            Items(tuple(_line(item, scores.get(item.id)) for item in items)),
            Paragraph(
                f"{ref(f'ask {topic.id}')} brings one of them, and {ref('ask')} with the short "
                "name in front of a question brings that one.",
                quiet=True,
            ),
        ),
        (Action.ASK,),
    )


def _line(item: Question, score: float | None) -> str:
    told = "" if score is None else f" — {percent(score)}"
    return f"{item.slug}: {item.prompt}{told}"
