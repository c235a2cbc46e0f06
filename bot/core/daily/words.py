"""Messages about the daily question, in its channel and to those who answer it."""

from datetime import date, datetime

from bot.core.command_refs import Moment, ref
from bot.core.daily.composite import Composite, Sentence
from bot.core.daily.post import DailyPost, Thread
from bot.core.daily.results import Results, Teaser
from bot.core.practice.model import Attempt
from bot.core.reply import Action, Bar, Bars, Block, Heading, Items, Paragraph, Prompt, Quote, Reply
from bot.core.words.buttons import GRADE_MESSAGE
from bot.core.words.captions import MONTHS, WEEKDAYS
from bot.core.words.phrases import (
    BAND_NAMES,
    counted,
    difficulty,
    grade_name,
    in_a_sentence,
    percent,
    shortened,
)
from grading.grade import Band
from knowledge.bank import QuestionBank
from knowledge.question import Question

ANSWERS_ARE_PRIVATE = "Answers stay private until it closes."
IN_THREAD = (
    f"You can answer in the thread too: mention me, or pick “{GRADE_MESSAGE}” from your message's "
    "menu. Others can read it there."
)
OPENS_TO_ANSWERS = "Once you've answered, you can join the discussion."
NOBODY_NAMED = "Somebody here"


def daily_post(
    question: Question, bank: QuestionBank, post: DailyPost, answered: int, closes: datetime
) -> Reply:
    """Put the question of the day to a channel; `closes` is told on its wall."""
    blocks: list[Block] = [
        Heading(_title(question, bank, "Question of the day")),
        Prompt(question.prompt),
    ]
    if post.late:
        blocks.append(Paragraph("Sorry, today's question is late: I was offline.", quiet=True))
    in_thread = f" {IN_THREAD}" if post.thread is not Thread.NONE and not post.private else ""
    told = f"{_answered(answered)} It closes {moment(closes)}. {_what_is_private(post)}{in_thread}"
    blocks.append(Paragraph(told, quiet=True))
    return Reply(tuple(blocks), (Action.ANSWER, Action.HINT), question.id, post.id)


def daily_over(question: Question, bank: QuestionBank, post: DailyPost, answered: int) -> Reply:
    """Show the question of a day that is over, in place of the one to answer."""
    return Reply(
        (
            Heading(_title(question, bank, "Question of the day")),
            Prompt(question.prompt),
            Paragraph(
                f"Closed. {_answered(answered)} {ref('ask')} brings it any time.", quiet=True
            ),
        ),
        (),
        question.id,
        post.id,
    )


def discussion_begins() -> Reply:
    """Say in a private discussion what it is for."""
    told = (
        "This thread is for people who have answered the question. Everyone else gets in with "
        "their own answer, so nobody reads yours first."
    )
    return Reply((Paragraph(told),))


def discussion_opens() -> tuple[Block, ...]:
    """Say below the feedback that the discussion of the question opens to the learner."""
    told = "You can join the discussion now: look under the channel's threads."
    return (Paragraph(told, quiet=True),)


def thread_name(question: Question, day: date) -> str:
    """Return the name of the discussion below a question."""
    return f"{_day(day)}: {shortened(question.prompt)}"


def daily_question(
    question: Question,
    bank: QuestionBank,
    post: DailyPost,
    answered: int,
    mine: Attempt | None,
    closes: datetime,
) -> Reply:
    """Put the question of the day to one learner; `closes` is told on the channel's wall."""
    blocks: list[Block] = [
        Heading(_title(question, bank, "Question of the day")),
        Prompt(question.prompt),
        Paragraph(f"{_answered(answered)} It closes {moment(closes)}.", quiet=True),
    ]
    if mine is not None and mine.grade is not None:
        name = grade_name(mine.grade.score, mine.grade.band)
        done = f"You answered it: {percent(mine.grade.score)} ({name})."
        blocks.append(Paragraph(f"{done} Your first answer counts; another one can improve."))
        return Reply(tuple(blocks), (Action.RETRY, Action.REVEAL), question.id, post.id)
    if mine is not None:
        blocks.append(Paragraph("Your answer is saved, and its grade follows."))
        return Reply(tuple(blocks), (), question.id, post.id)
    blocks.append(
        Paragraph(
            f"Answer in your own words. {_what_is_private(post)} {ref('hint')} helps.", quiet=True
        )
    )
    return Reply(tuple(blocks), (Action.ANSWER, Action.HINT), question.id, post.id)


def no_daily_now(next_at: datetime | None) -> Reply:
    """Say that no question is open, and when the next one comes on the channel's wall."""
    if next_at is None:
        told = (
            f"There's no question of the day right now, and none is planned. {ref('ask')} gets you "
            "one any time."
        )
    else:
        told = f"There's no question of the day right now. The next one comes {moment(next_at)}."
    return Reply((Paragraph(told),), (Action.ASK,))


def no_daily_here(*, host: bool) -> Reply:
    """Say that nobody has set up a daily question, and how a host does."""
    how = (
        f"{ref('daily setup 09:00 Berlin')} starts one."
        if host
        else f"A host can start one with {ref('daily setup')}."
    )
    return Reply((Paragraph(f"There's no daily question here. {how}"),), (Action.ASK,))


def daily_results(results: Results, bank: QuestionBank) -> Reply:
    """Tell a channel how it did with a question, what a good answer is, and what comes next."""
    question = results.question
    blocks: list[Block] = [
        Heading(_title(question, bank, "Results")),
        Prompt(question.prompt),
        Paragraph(_answered(results.learners) if results.learners else "Nobody answered."),
        *_group(results),
        Heading("A good answer"),
        Paragraph(question.reference_answers.short),
        *_together(results),
        *_best(results),
    ]
    if results.teaser is not None:
        blocks.append(Paragraph(_teaser(results.teaser, bank), quiet=True))
    return Reply(tuple(blocks), (Action.ASK,), question.id, results.post.id)


def _group(results: Results) -> list[Block]:
    blocks: list[Block] = []
    if results.bands is not None:
        rows = (_bar(band, count, results.learners) for band, count in reversed(results.bands))
        blocks.append(Bars(tuple(rows)))
    if results.missed is not None:
        share = percent(results.missed.share)
        blocks.append(Paragraph(f"Most often missed ({share}): {results.missed.text}"))
    return blocks


def _bar(band: Band, count: int, learners: int) -> Bar:
    return Bar(BAND_NAMES[band], count / learners if learners else None, str(count))


def _together(results: Results) -> list[Block]:
    if not results.composite.sentences:
        return []
    blocks: list[Block] = [Heading("Together you said")]
    for sentence in results.composite.sentences:
        blocks += [Quote(sentence.text), Paragraph(f"– {_who(results, sentence)}", quiet=True)]
    return blocks + _uncovered(results.question, results.composite)


def _uncovered(question: Question, said: Composite) -> list[Block]:
    missing = [point.statement for point in question.key_points if point.id in said.uncovered]
    if not missing:
        return [Paragraph("That covers every point.", quiet=True)]
    return [Paragraph("Still missing:"), Items(tuple(missing))]


def _best(results: Results) -> list[Block]:
    blocks: list[Block] = []
    for answer in results.best:
        who = results.names.get(answer.learner_id, NOBODY_NAMED)
        blocks += [Quote(answer.answer), Paragraph(f"– {who}, {percent(answer.grade.score)}")]
    return [Heading("Best answers"), *blocks] if blocks else []


def _who(results: Results, sentence: Sentence) -> str:
    return results.names.get(sentence.learner_id, NOBODY_NAMED)


def _teaser(teaser: Teaser, bank: QuestionBank) -> str:
    topic = next((topic.title for topic in bank.topics if topic.id == teaser.topic), teaser.topic)
    return f"Next, {moment(teaser.at)}: {in_a_sentence(topic)}."


def _title(question: Question, bank: QuestionBank, what: str) -> str:
    return f"{what} · {bank.topic(question.topic).title} · {difficulty(question.difficulty)}"


def _answered(count: int) -> str:
    if count == 0:
        return "Nobody has answered yet."
    return f"{counted(count, 'learner has', 'learners have')} answered."


def _what_is_private(post: DailyPost) -> str:
    return (
        f"{ANSWERS_ARE_PRIVATE} {OPENS_TO_ANSWERS}"
        if post.opens_to_answers
        else ANSWERS_ARE_PRIVATE
    )


def _day(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def moment(at: datetime) -> str:
    """Name a moment, on the wall where it is told as 'Mon 23 Nov at 09:00'."""
    return str(Moment(at, f"{_day(at.date())} at {at:%H:%M}"))
