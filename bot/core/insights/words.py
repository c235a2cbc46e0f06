"""Messages about what many answers tell; no name of a learner is in any of them."""

from collections.abc import Sequence

from bot.core.command_refs import ref
from bot.core.insights.health import Concern, Health
from bot.core.insights.statistics import PointGap, TopicGap
from bot.core.practice.ratings import difficulty as estimated
from bot.core.reply import Bar, Bars, Block, Heading, Items, Paragraph, Reply
from bot.core.safe_text import one_line
from bot.core.words.phrases import BAND_NAMES, counted, in_a_sentence, listed, percent
from knowledge.bank import QuestionBank
from knowledge.question import Question

MOST_QUESTIONS_SHOWN = 20
"""Questions of one list: the doubtful ones come first."""

POINTS_OF_A_TOPIC = 3
"""The weakest points of each topic: enough for the next meeting of a group."""

CONCERNS = {
    Concern.REVERSED: "those who know more earn less: the key points may be wrong",
    Concern.FLAGGED: "somebody flagged it",
    Concern.TOO_HARD: "hardly anybody earns anything",
    Concern.BLUNT: "it hardly tells who knows more",
    Concern.TOO_EASY: "nearly everybody earns nearly everything",
}


def gaps(found: Sequence[TopicGap], bank: QuestionBank) -> Reply:
    """Show what a group covers, the weakest topic first."""
    rows = tuple(
        Bar(bank.topic(gap.topic).title, gap.share, f"{gap.learners} people") for gap in found
    )
    blocks: list[Block] = [Heading("What this group covers"), Bars(rows)]
    for gap in found:
        weakest = [point for point in gap.points if point.share < 1][:POINTS_OF_A_TOPIC]
        if weakest:
            title = f"Missed most in {in_a_sentence(bank.topic(gap.topic).title)}"
            blocks += [Heading(title), Items(tuple(_missed(point, bank) for point in weakest))]
    aside = "Everybody counts once a question, with the first answer given here without help."
    return Reply((*blocks, Paragraph(aside, quiet=True)))


def question_health(found: Sequence[Health], bank: QuestionBank) -> Reply:
    """List how questions do, the most doubtful first."""
    shown = found[:MOST_QUESTIONS_SHOWN]
    doubtful = sum(bool(health.concerns) for health in found)
    opening = f"{counted(len(found), 'question')} with enough answers, {doubtful} in doubt."
    more = len(found) - len(shown)
    ways = f"{ref('questions stats NAME')} shows one in full."
    return Reply(
        (
            Heading("How the questions do"),
            Paragraph(opening),
            Items(tuple(health_line(health, bank) for health in shown)),
            Paragraph(f"{more} more are not shown. {ways}" if more else ways, quiet=True),
        )
    )


def question_statistics(health: Health, question: Question) -> Reply:
    """Show all figures of a question."""
    one = health.statistics
    lines = [
        f"{counted(one.answers, 'person') if one.answers == 1 else f'{one.answers} people'} "
        f"answered, with {percent(one.mean)} on average",
        _discrimination(one.discrimination),
        _rated(health),
    ]
    if one.most_missed is not None:
        missed = one.most_missed
        lines.append(f"missed by {percent(missed.share)}: {one_line(missed.text)}")
    if health.flags:
        lines.append(f"{counted(health.flags, 'open flag')}")
    bands = tuple(
        Bar(BAND_NAMES[band], count / one.answers, str(count)) for band, count in one.bands
    )
    blocks: list[Block] = [Heading(question.slug), Paragraph(one_line(question.prompt))]
    blocks += [Items(tuple(lines)), Bars(bands)]
    if health.concerns:
        blocks += [Heading("In doubt"), Items(tuple(CONCERNS[each] for each in health.concerns))]
    return Reply(tuple(blocks))


def health_line(health: Health, bank: QuestionBank) -> str:
    """Return a question's figures on one line."""
    one = health.statistics
    told = "" if one.discrimination is None else f", discrimination {one.discrimination:.2f}"
    doubts = listed(tuple(CONCERNS[each] for each in health.concerns))
    known = one.question_id in bank
    name = bank.get(one.question_id).slug if known else one.question_id
    line = f"{name}: {one.answers} answers, {percent(one.mean)}{told}"
    return f"{line}. In doubt: {doubts}" if doubts else line


def _missed(point: PointGap, bank: QuestionBank) -> str:
    slug = bank.get(point.question_id).slug
    return f"{percent(point.share)} of {point.learners} cover it ({slug}): {one_line(point.text)}"


def _discrimination(told: float | None) -> str:
    if told is None:
        return "too few answers yet to say whether it tells who knows more"
    return f"discrimination {told:.2f} (0.4 is very good, below 0.2 it hardly tells who knows more)"


def _rated(health: Health) -> str:
    if health.elo is None:
        return "not rated yet"
    rated = estimated(health.elo)
    loses = f"an average learner loses {percent(rated.share)} at it"
    return loses if rated.settled else f"{loses}, which is not sure yet"
