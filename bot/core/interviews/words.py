"""Messages of mock interviews: asking, going on, and the report card."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from bot.core.command_refs import ref
from bot.core.interviews.errors import GO_ON_WITH_IT, ReportNotReady, ways_out
from bot.core.interviews.model import Interview
from bot.core.interviews.rules import ReportCard, ReportedAnswer, ReportedPoint, Study
from bot.core.reply import (
    Action,
    Bar,
    Bars,
    Block,
    Heading,
    Items,
    Paragraph,
    Prompt,
    Quote,
    Reply,
)
from bot.core.safe_text import one_line
from bot.core.words import captions
from bot.core.words.phrases import counted, percent, source
from grading.grade import Flag, PointStatus
from knowledge.bank import QuestionBank
from knowledge.question import Question

LOST = {
    PointStatus.CONTRADICTED: "You said the opposite",
    PointStatus.MISSED: "Missing",
    PointStatus.PARTIAL: "Not precise enough",
}

REASONS = {
    Flag.TOO_SHORT: "too short to grade",
    Flag.DONT_KNOW: "you didn't know",
    Flag.ECHO: "repeats the question",
    Flag.KEYWORD_LIST: "only a list of terms",
    Flag.OFF_TOPIC: "off topic",
    Flag.COPIED_REFERENCE: "the reference answer, copied",
    Flag.INSTRUCTION_TO_GRADER: "partly addressed to the grader",
    Flag.NOT_ENGLISH: "not in English",
    Flag.TOO_LONG: "too long to grade",
}
"""What decided a grade where no points did."""

LONGEST_ANSWER = 300
"""Characters of an answer that the report repeats: enough to recognise it by."""

MOST_POINTS = 6
"""Strengths or gaps that are told: as many as somebody takes in; the study list has the rest."""


class ReportTexts(NamedTuple):
    """The lines of a report, for the picture too."""

    strengths: tuple[str, ...]
    gaps: tuple[str, ...]
    study: tuple[str, ...]


def led(lead: tuple[Block, ...], reply: Reply) -> Reply:
    """Return the reply below what leads to it."""
    return replace(reply, blocks=(*lead, *reply.blocks))


def interview_begins(questions: int, ordered: int) -> tuple[Block, ...]:
    """Explain an interview at its beginning."""
    fewer = f" I have no more than {questions} on this." if questions < ordered else ""
    return (
        Paragraph(
            f"A mock interview of {counted(questions, 'question')}.{fewer} I'll take your answers "
            f"without comment, and you get your report at the end."
        ),
        _aside(
            f"{ref('interview pause')} stops the clock, {ref('skip')} goes on, "
            f"{ref('interview stop')} ends it."
        ),
    )


def interview_goes_on() -> tuple[Block, ...]:
    """Say that the interview goes on."""
    return (Paragraph("Your interview is running. The question is:"),)


def interview_notes() -> tuple[Block, ...]:
    """Say that an answer was taken, and no more."""
    return (Paragraph("Noted."),)


def interview_skips() -> tuple[Block, ...]:
    """Say that the interview goes on without an answer."""
    return (Paragraph("Skipped."),)


def interview_stops() -> tuple[Block, ...]:
    """Say that the interview was ended by the learner."""
    return (Paragraph("The interview has ended."),)


def interview_gives_back(text: str, *, unseen: bool) -> tuple[Block, ...]:
    """Give back an answer that was not taken, and say why."""
    reason = (
        "This came before the next question was on your screen, so I have not taken it:"
        if unseen
        else "The question you answered has since been removed and doesn't count. You wrote:"
    )
    return (Paragraph(reason), Quote(text))


def interview_question(interview: Interview, question: Question, bank: QuestionBank) -> Reply:
    """Ask a question of the interview, or follow it up."""
    of = len(interview.question_ids)
    if interview.following:
        heading = f"Question {interview.position} of {of}, followed up"
        prompt = interview.follow_ups[-1]
    else:
        topic = bank.topic(question.topic).title
        heading, prompt = f"Question {interview.position + 1} of {of} · {topic}", question.prompt
    return Reply((Heading(heading), Prompt(prompt)), (Action.ANSWER, Action.SKIP), question.id)


def interview_paused(interview: Interview) -> Reply:
    """Say that the clock has stopped, and how to go on."""
    through = f"{interview.position} of {counted(len(interview.question_ids), 'question')}"
    return Reply(
        (
            Paragraph(f"Your interview is paused after {through}; the clock has stopped."),
            _aside(
                f"{ref('interview resume')} goes on, {ref('interview stop')} ends it. "
                f"{ref('ask')} and {ref('review')} work."
            ),
        ),
        (Action.ASK,),
        choices=ways_out(paused=True),
    )


def interview_waits() -> Reply:
    """Remind somebody who comes back of an interview that waits for them."""
    return Reply(
        (
            Paragraph("You have an interview in progress."),
            _aside(
                f"{ref('interview resume')} shows its question, {ref('interview stop')} ends it."
            ),
        ),
        choices=ways_out(paused=True),
    )


def interview_to_stop(*, paused: bool) -> Reply:
    """Ask somebody who says stop what of an interview is to stop."""
    state = "paused" if paused else "running"
    how = f"{ref('interview resume')} goes on, {ref('interview stop')} ends it with your report."
    return Reply((Paragraph(f"Your interview is {state}. {how}"),), choices=ways_out(paused=paused))


def interview_made_way(reply: Reply) -> Reply:
    """Say below a question that an interview was paused for it."""
    told = f"I've paused your interview. {ref('interview resume')} goes on with it."
    return replace(
        reply, blocks=(*reply.blocks, _aside(told)), choices=(*reply.choices, GO_ON_WITH_IT)
    )


def interview_ends(lead: tuple[Block, ...], problem: ReportNotReady) -> Reply:
    """Say that the interview is over and why its report has to wait."""
    return Reply((*lead, Paragraph("The interview is over."), Paragraph(problem.sentence)))


def interview_report(card: ReportCard, bank: QuestionBank) -> Reply:
    """Show what an interview showed: scores, strengths, gaps, what to study."""
    if card.overall is None:
        nothing = "No question was answered, so there is nothing to report."
        return Reply(
            (Paragraph(nothing), _aside(f"{ref('interview')} begins another.")), (Action.ASK,)
        )
    texts = report_texts(card, bank)
    scores = tuple(
        Bar(
            bank.topic(row.topic).title,
            row.score,
            captions.questions_note(row.questions, row.score),
        )
        for row in card.topics
    )
    blocks: list[Block] = [
        Heading(captions.YOUR_INTERVIEW),
        Paragraph(_headline(card)),
        Bars(scores),
        *_under(captions.STRENGTHS, texts.strengths),
        *_under(captions.GAPS, texts.gaps),
        *_under(captions.STUDY, texts.study),
        *_by_question(card, bank),
        _aside(
            f"{ref('interview report')} shows this again, {ref('interview report picture')} "
            "draws it."
        ),
    ]
    return Reply(tuple(blocks), (Action.ASK, Action.PROGRESS))


def _by_question(card: ReportCard, bank: QuestionBank) -> Iterator[Block]:
    """Show each question with its score, what decided it, and the learner's words."""
    yield Heading(captions.QUESTIONS)
    for number, row in enumerate(card.answers, 1):
        yield Paragraph(f"{number}. {bank.get(row.question_id).prompt} — {_verdict(row)}")
        yield from (Quote(one_line(answer, LONGEST_ANSWER)) for answer in row.answers)


def _verdict(row: ReportedAnswer) -> str:
    if row.score is None:
        return "skipped"
    raised = f", {percent(row.at_first)} before the follow-up" if row.at_first is not None else ""
    return ", ".join((percent(row.score) + raised, *(REASONS[flag] for flag in row.flags)))


def report_texts(card: ReportCard, bank: QuestionBank) -> ReportTexts:
    """Return the lines of a report."""
    return ReportTexts(
        tuple(map(_strength, card.strengths)),
        tuple(f"{LOST[gap.status]}: {gap.text}" for gap in card.gaps),
        tuple(_study(each, bank) for each in card.study),
    )


def _headline(card: ReportCard) -> str:
    skipped = f", {card.skipped} of them skipped" if card.skipped else ""
    return (
        f"{percent(card.overall or 0.0)} overall in {counted(card.asked, 'question')}{skipped}; "
        f"{captions.duration(card.seconds_active)} of answering."
    )


def _strength(point: ReportedPoint) -> str:
    return f"{point.text} (after the follow-up)" if point.after_follow_up else point.text


def _study(item: Study, bank: QuestionBank) -> str:
    question = bank.get(item.question_id)
    reading = "; ".join(map(source, item.sources))
    return f"{question.prompt} ({ref(f'ask {question.slug}')})" + (
        f" Read: {reading}" if reading else ""
    )


def _under(heading: str, lines: tuple[str, ...]) -> list[Block]:
    if not lines:
        return []
    left_out = len(lines) - MOST_POINTS
    more = (captions.more(left_out),) if left_out > 0 else ()
    return [Heading(heading), Items((*lines[:MOST_POINTS], *more))]


def _aside(text: str) -> Paragraph:
    return Paragraph(text, quiet=True)
