"""Messages about a learner's record."""

from bot.core.figures import Picture, ProgressFigures
from bot.core.progress import Progress, TopicProgress
from bot.core.reply import Action, Bar, Bars, Block, Heading, Items, Paragraph, Reply
from bot.core.safe_text import one_line
from bot.core.words.figures import progress_figures
from bot.core.words.phrases import BAND_NAMES, counted, percent
from knowledge.bank import QuestionBank


def progress(record: Progress, bank: QuestionBank) -> Reply:
    """Show the record: totals, each topic's mean, what to revisit."""
    if not record.answers:
        return Reply(
            (Paragraph("You have not answered anything yet. Type /ask for your first question."),),
            (Action.ASK,),
        )
    blocks: list[Block] = [Heading("Your progress"), Paragraph(_totals(record))]
    if record.mean_score is not None:
        rows = [Bar(bank.topic(t.topic).title, t.mean_score, _answered(t)) for t in record.topics]
        blocks.append(Bars(tuple(rows)))
        bands = [f"{count} {BAND_NAMES[band]}" for band, count in reversed(record.bands) if count]
        blocks.append(Paragraph(f"Latest answers: {', '.join(bands)}.", quiet=True))
    if record.weakest:
        blocks += [
            Heading("Worth another look"),
            Items(
                tuple(
                    f"/ask {bank.get(question).slug} — {percent(score)}"
                    for question, score in record.weakest
                )
            ),
        ]
    return Reply(tuple(blocks), (Action.ASK,))


def progress_in_words(record: Progress, bank: QuestionBank, figures: ProgressFigures) -> Reply:
    """Show the record and, below, the figures that a picture would show."""
    told = progress(record, bank)
    if not record.answers:
        return told
    # The title and, without a streak, the line below it say again what the record says.
    said = 1 if figures.streak else 2
    return Reply((*told.blocks, *progress_figures(figures).blocks[said:]), told.actions)


def picture_saved(place: str, picture: Picture) -> Reply:
    """Say where a picture is and what it shows."""
    return Reply(
        (
            Paragraph(f"The picture is in {one_line(place)}."),
            Paragraph(picture.alt_text, quiet=True),
        )
    )


def _totals(record: Progress) -> str:
    sentence = (
        f"{counted(record.answers, 'answer')} so far; "
        f"{record.questions_answered} of {counted(record.questions, 'question')} answered"
    )
    if record.mean_score is not None:
        sentence += f", {percent(record.mean_score)} on average"
    if record.pending:
        sentence += f"; {counted(record.pending, 'grade')} still to come"
    return f"{sentence}."


def _answered(topic: TopicProgress) -> str:
    mean = f"{percent(topic.mean_score)}, " if topic.mean_score is not None else ""
    return f"{mean}{topic.answered} of {topic.questions} answered"
