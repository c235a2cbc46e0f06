"""Messages about a learner's record, as a whole and in one topic."""

from dataclasses import replace

from bot.core.command_refs import ref
from bot.core.figures import (
    Picture,
    ProgressFigures,
    QuestionFigures,
    TopicFigures,
    ahead,
    most_missed,
)
from bot.core.progress.model import WEAK_BELOW, Progress, TopicProgress
from bot.core.progress.parsing import ALL_TOPICS
from bot.core.reply import (
    Action,
    Attachment,
    Bar,
    Bars,
    Block,
    Choice,
    Heading,
    Items,
    Paragraph,
    Reply,
)
from bot.core.safe_text import one_line
from bot.core.words import captions
from bot.core.words.alt_text import in_short
from bot.core.words.figures import further_figures
from bot.core.words.phrases import BAND_NAMES, counted, percent
from knowledge.bank import QuestionBank
from knowledge.question import Topic

EVERY_TOPIC = Choice("All topics", f"progress {ALL_TOPICS} picture")


def progress(record: Progress, bank: QuestionBank) -> Reply:
    """Show the record: totals, each topic's mean, what to revisit."""
    if not record.answers:
        return Reply(
            (
                Paragraph(
                    f"You have not answered anything yet. Type {ref('ask')} for your first "
                    "question."
                ),
            ),
            (Action.ASK,),
        )
    blocks: list[Block] = [Heading("Your progress"), Paragraph(_totals(record))]
    if record.mean_score is not None:
        rows = [Bar(bank.topic(t.topic).title, t.mean_score, _answered(t)) for t in record.topics]
        blocks.append(Bars(tuple(rows)))
        bands = [f"{count} {BAND_NAMES[band]}" for band, count in reversed(record.bands) if count]
        blocks.append(Paragraph(f"Latest answers: {', '.join(bands)}.", quiet=True))
    if record.own:
        own = f"{captions.own_view(record.own)}. It counts in no score, board or streak."
        blocks.append(Paragraph(own, quiet=True))
    if record.weakest:
        blocks += [
            Heading("Worth another look"),
            Items(
                tuple(
                    f"{ref(f'ask {bank.get(question).slug}')} — {percent(score)}"
                    for question, score in record.weakest
                )
            ),
        ]
    return Reply(tuple(blocks), (Action.ASK,))


def progress_in_words(record: Progress, bank: QuestionBank, figures: ProgressFigures) -> Reply:
    """Show the record and, below, the figures that a picture would show; in brief, no bars."""
    told = progress(record, bank)
    if not record.answers:
        return told
    streak = (Paragraph(f"{captions.standing(figures)}."),) if figures.streak else ()
    brief = tuple(block for block in told.blocks if not isinstance(block, Bars))
    return replace(
        told,
        blocks=(*told.blocks, *streak, *further_figures(figures)),
        brief=(*brief, *streak),
        whole=f"progress {ALL_TOPICS}",
    )


def pictured(picture: Picture, file: str = "") -> Reply:
    """Hand out a picture, under its own name or another one, and say what it shows."""
    attached = Attachment(file or picture.file_name, picture.png, picture.alt_text)
    return Reply((Paragraph(picture.alt_text, quiet=True),), files=(attached,))


def at_a_glance(picture: Picture, file: str = "") -> Reply:
    """Hand out the wide picture, with the one of all topics behind a button."""
    return replace(pictured(picture, file), choices=(EVERY_TOPIC,))


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


MOST_QUESTIONS = 20
"""Rows of questions; the weakest come first, and what is left out is counted."""

ASK_ABOUT_IT = "Ask me about it"
AS_PICTURE = "As a picture"


def topic_progress(topic: Topic, figures: TopicFigures) -> Reply:
    """Show what is known of each question of a topic, what is missed in it, and what to do next."""
    if not figures.answers:
        return _untried(topic, figures)
    return Reply(
        (
            Heading(f"{captions.YOUR_PROGRESS}: {topic.title}"),
            Paragraph(_topic_totals(figures)),
            *(Paragraph(sentence) for sentence in in_short(figures)),
            *_questions(figures),
            *_missed(figures),
            Heading("What to do next"),
            Paragraph(_next(topic, figures)),
        ),
        choices=(
            Choice(ASK_ABOUT_IT, f"ask {topic.id}"),
            Choice(AS_PICTURE, f"progress {topic.id} picture"),
        ),
    )


def _untried(topic: Topic, figures: TopicFigures) -> Reply:
    waiting = counted(len(figures.questions), "question")
    return Reply(
        (
            Heading(f"{captions.YOUR_PROGRESS}: {topic.title}"),
            Paragraph(
                f"You have not answered anything about {topic.title} yet; {waiting} "
                f"{'waits' if len(figures.questions) == 1 else 'wait'}. Type "
                f"{ref(f'ask {topic.id}')} for the first."
            ),
        ),
        choices=(Choice(ASK_ABOUT_IT, f"ask {topic.id}"),),
    )


def _topic_totals(figures: TopicFigures) -> str:
    every = counted(len(figures.questions), "question")
    sentence = (
        f"{counted(figures.answers, 'answer')} so far; {len(figures.tried)} of {every} answered"
    )
    if figures.mean is not None:
        sentence += f", {percent(figures.mean)} on average"
    if figures.pending:
        sentence += f"; {counted(figures.pending, 'grade')} still to come"
    return f"{sentence}."


def _questions(figures: TopicFigures) -> list[Block]:
    rows = tuple(
        Bar(one_line(each.name), each.latest, _state(each, figures))
        for each in figures.questions[:MOST_QUESTIONS]
    )
    if not rows:
        return []
    left_out = figures.questions[MOST_QUESTIONS:]
    blocks: list[Block] = [Heading(captions.QUESTIONS), Bars(rows)]
    if left_out:
        fresh = sum(not each.answers for each in left_out)
        more = f"{captions.more(len(left_out))}, {fresh} of them {captions.NOT_TRIED}."
        blocks.append(Paragraph(more, quiet=True))
    return blocks


def _state(question: QuestionFigures, figures: TopicFigures) -> str:
    if not question.answers:
        return captions.NOT_TRIED
    parts = [captions.NO_OWN_SCORE]
    if question.latest is not None and question.best is not None:
        parts = [percent(question.latest)]
        if question.best > question.latest:
            parts.append(f"best {percent(question.best)}")
    if question.own:
        parts.append(captions.own_view(question.own))
    if question.due is not None:
        parts.append(captions.comes_back(question.due, figures.today))
    return ", ".join(parts)


def _missed(figures: TopicFigures) -> list[Block]:
    lines = [
        f"{one_line(point.text)} ({captions.times(point)} {captions.out_of(point)})"
        for point in most_missed(figures.missed)
    ]
    return [Heading(captions.MISSED), Items(tuple(lines))] if lines else []


def _next(topic: Topic, figures: TopicFigures) -> str:
    """Say what /ask would bring: reviews, then what is new, then what is weak."""
    due = ahead(figures.forecast, figures.today)[0]
    if due:
        are, them = ("is", "it") if due == 1 else ("are", "them")
        return f"{counted(due, 'review')} {are} due: {ref(f'ask {topic.id}')} brings {them} back."
    fresh = len(figures.questions) - len(figures.tried)
    if fresh:
        new = f"{counted(fresh, 'question')} {'is' if fresh == 1 else 'are'} {captions.NOT_TRIED}"
        return f"{new}: {ref(f'ask {topic.id}')} brings one."
    weak = [each for each in figures.tried if each.latest is not None and each.latest < WEAK_BELOW]
    if weak:
        score = percent(weak[0].latest or 0.0)
        return f"Your weakest is at {score}: {ref(f'ask {weak[0].name}')} gives it another go."
    days = [each.due for each in figures.questions if each.due]
    if not days:
        return (
            f"Nothing here needs you just now. {ref(f'ask {topic.id}')} brings a question anyway."
        )
    return (
        f"Nothing here needs you before {captions.full_date(min(days))}, when a review is due. "
        f"{ref(f'ask {topic.id}')} brings a question anyway."
    )
