"""Feedback on an answer: verdict, what is wrong, points with evidence, what next; then details."""

from collections.abc import Iterable, Sequence

from bot.core.command_refs import ref
from bot.core.practice.brief_words import made, mistakes
from bot.core.practice.findings import (
    bonus_of,
    credited_in,
    hint_of,
    is_empty,
    lost_in,
    missed_in,
    wrong_in,
)
from bot.core.practice.model import Attempt
from bot.core.practice.point_names import beginning
from bot.core.reply import (
    Action,
    Block,
    Choice,
    Heading,
    Items,
    Paragraph,
    Point,
    Quote,
    Reply,
    Score,
)
from bot.core.words.phrases import SHOWN_CHARACTERS, grade_name, percent, source
from grading.grade import Band, Flag, Grade, OpinionOutcome, PointResult, PointStatus
from knowledge.bank import QuestionBank
from knowledge.question import Question


def _said(wrong: Sequence[Block], earned: Sequence[Block]) -> list[Block]:
    """Show what an answer said, wrong things first."""
    return [*_under("What is wrong", wrong), *_under("What earned credit", earned)]


def _unsaid(question: Question, grade: Grade) -> list[Block]:
    """Show as hints what was asked for and not said; a bonus where nothing else is missing.

    Nothing is listed for an answer that earned nothing and says nothing wrong: every point would
    be missing.
    """
    if is_empty(grade):
        return []
    missing = [
        Point(
            each.status,
            hint_of(question, each),
            each.evidence,
            UNSURE if each.unsure else None,
            claim=each.id,
        )
        for each in missed_in(question, grade)
    ]
    further = [
        Point(result.status, hint_of(question, result))
        for result in grade.points
        if result.status is PointStatus.MISSED and not missing and result.id in bonus_of(question)
    ]
    return [
        *_under("What is missing", missing),
        *_under("To go further", further),
    ]


def own_view(hint: str, *, kept: bool) -> Reply:
    """Say that a learner's own view of a point is kept beside the grade, or no longer."""
    if kept:
        said = f"Kept as your own view: you did make “{hint}”. The grade stays as it is."
    else:
        said = f"Taken back: “{hint}” stands as it was graded."
    return Reply((Paragraph(said, quiet=True),))


def _under(heading: str, blocks: Sequence[Block]) -> list[Block]:
    return [Heading(heading), *blocks] if blocks else []


def _earned(question: Question, credited: Iterable[PointResult]) -> list[Point]:
    """Show each point with the words that earned it; what serves several is quoted once."""
    shown: list[Point] = []
    before = None
    for result in credited:
        again = result.evidence is not None and result.evidence == before
        notes = [SAME_WORDS] if again else []
        if result.unsure:
            notes.append(CLEARER if result.status is PointStatus.COVERED else UNSURE)
        elif result.status is PointStatus.PARTIAL:
            notes.append(f"Be more precise. {hint_of(question, result)}")
        elif result.evidence is None:
            notes.append(AS_A_WHOLE)
        claim = result.id if result.status is PointStatus.PARTIAL else ""
        evidence = None if again else result.evidence
        shown.append(Point(result.status, result.text, evidence, " ".join(notes) or None, claim))
        before = result.evidence
    return shown


VERDICTS = {
    Band.STRONG: "Strong answer: you made the points an interviewer listens for.",
    Band.GOOD: "Good answer: the essentials are there.",
    Band.PARTIAL: "You're on your way: part of the answer is there.",
    Band.WEAK: "A start, but most of the answer is missing.",
    Band.NONE: "That doesn't answer the question yet.",
}

HARDLY_ANYTHING = "Hardly any of the answer is there yet."

FLAG_REMARKS = {
    Flag.TOO_SHORT: "That is too short to grade. Make your point in a sentence or two.",
    Flag.DONT_KNOW: "Not knowing is a fine place to start. Here is a hint; try a sentence with it.",
    Flag.ECHO: "That repeats the question. Say what you know about it in your own words.",
    Flag.KEYWORD_LIST: (
        "That is a list of terms. They earn hardly anything until a sentence says what they do: "
        "turn each into a claim."
    ),
    Flag.OFF_TOPIC: "That's about something else.",
    Flag.COPIED_REFERENCE: (
        "That is the reference answer, nearly word for word. Say it in your own words to see "
        "what you really know."
    ),
    Flag.INSTRUCTION_TO_GRADER: (
        "Part of that was addressed to the grader. It earns nothing; only what answers the "
        "question counts."
    ),
    Flag.NOT_ENGLISH: "So far I can only grade answers in English. Please try again in English.",
    Flag.TOO_LONG: "That is longer than I grade. Shorten it to what you would say in an interview.",
}

NO_TRY = "This one doesn't count; your next answer does."

IMPROVEMENTS = {
    PointStatus.MISSED: "add a sentence",
    PointStatus.CONTRADICTED: "put this right",
    PointStatus.PARTIAL: "be more precise",
}

OWN_VIEW = {
    OpinionOutcome.FAILED: "The second opinion didn't answer, so this is the grader's own view.",
    OpinionOutcome.TIMED_OUT: (
        "The second opinion took too long, so this is the grader's own view."
    ),
    OpinionOutcome.CAP_REACHED: (
        "Today's second opinions are used up, so this is the grader's own view."
    ),
}

SAME_WORDS = "Earned by the same words."
AS_A_WHOLE = "I took this from your answer as a whole."
UNSURE = "Do you mean this, or the opposite? I'm not sure. Say it in one plain sentence."
CLEARER = "This counts. One plain sentence would leave no doubt which way round you mean it."
"""Said of a point that has its credit, beside which a question would contradict the mark."""
APPEAL, FLAG = "Appeal", "Flag this question"

MOST_STUDY = 2


def feedback(
    question: Question,
    bank: QuestionBank,
    attempt: Attempt,
    previous: Attempt | None,
    *,
    remarks: Sequence[Block] = (),
    late: bool = False,
) -> Reply:
    """Give feedback on a graded attempt.

    Args:
        question: what was asked.
        bank: names the question that an off-topic answer would rather answer.
        attempt: has a grade.
        previous: the learner's last graded attempt at the same question before this one.
        remarks: what follows from the grade; may ask something by choices.
        late: the grade was completed at a later start than the answer.
    """
    grade = attempt.grade
    assert grade is not None  # noqa: S101 only graded attempts come here
    lost = lost_in(question, grade)
    wrong, credited = wrong_in(grade), credited_in(grade)
    judged = _judged(grade, bank, attempt, previous)
    blocks = [
        *(_late(question, attempt.answer) if late else ()),
        *judged,
        *_said(wrong, _earned(question, credited)),
        *_next_step(question, lost),
        *remarks,
        *_unsaid(question, grade),
        *_further(question, lost, counts=attempt.counts),
    ]
    brief = [
        *(_late_in_brief(question) if late else ()),
        *judged,
        *_said(mistakes(wrong), made(question, credited)),
        *_next_step(question, lost),
        *remarks,
    ]
    doubts = [Choice(FLAG, f"flag answer {attempt.id}")]
    if attempt.community_id is not None and lost:
        doubts.insert(0, Choice(APPEAL, f"appeal answer {attempt.id}"))
        how = f"{ref('appeal')} asks a host to take a look."
        blocks.append(
            Paragraph("Did I miss a point you made?", quiet=True, choices=(doubts[0],), typed=how)
        )
    asked = [each for block in remarks if isinstance(block, Paragraph) for each in block.choices]
    actions = (Action.RETRY, Action.HINT, Action.REVEAL, Action.ASK)
    return Reply(
        tuple(blocks),
        actions,
        question.id,
        ask_id=attempt.ask_id,
        attempt_id=attempt.id,
        choices=(*asked, *doubts),
        brief=tuple(brief),
        whole=f"feedback {attempt.id}",
    )


def _late(question: Question, answer: str) -> list[Block]:
    """Say to which answer a grade belongs that was owing."""
    told = Paragraph("Your earlier answer has been graded now.")
    return [told, Heading(question.prompt), Quote(answer)]


def _late_in_brief(question: Question) -> list[Block]:
    asked = beginning(question.prompt, SHOWN_CHARACTERS)
    return [Paragraph(f"Your earlier answer to “{asked}” has been graded now.")]


def _judged(
    grade: Grade, bank: QuestionBank, attempt: Attempt, previous: Attempt | None
) -> list[Block]:
    """Say how good the answer is, and what of the grade is out of the ordinary."""
    blocks = [
        Score(grade.score, grade.band, grade_name(grade.score, grade.band)),
        *_verdict(grade, bank),
    ]
    if attempt.counts and previous is not None and previous.grade is not None:
        blocks.append(Paragraph(_compared(grade.score, previous.grade.score), quiet=True))
    if not attempt.counts:
        blocks.append(Paragraph(NO_TRY, quiet=True))
    elif attempt.assisted:
        blocks.append(
            Paragraph("You had seen the reference answer, so this one does not count.", quiet=True)
        )
    if grade.second_opinion in OWN_VIEW:
        blocks.append(Paragraph(OWN_VIEW[grade.second_opinion], quiet=True))
    return blocks


def _verdict(grade: Grade, bank: QuestionBank) -> list[Block]:
    """Say what the grade means, and the reason where a flag decided it."""
    remarks = [FLAG_REMARKS[flag] for flag in grade.flags]
    if grade.closest_question is not None and grade.closest_question in bank:
        remarks.append(
            f"It sounds like an answer to “{bank.get(grade.closest_question).prompt}” "
            f"({ref(f'ask {bank.get(grade.closest_question).slug}')})."
        )
    if grade.score or not remarks:
        hardly = grade.band is Band.NONE and grade.score
        remarks.insert(0, HARDLY_ANYTHING if hardly else VERDICTS[grade.band])
    return [Paragraph(" ".join(remarks))]


def _next_step(question: Question, lost: list[PointResult]) -> list[Block]:
    """Name the one improvement."""
    return [
        Paragraph(f"Next: {IMPROVEMENTS[result.status]}. {hint_of(question, result)}")
        for result in lost[:1]
    ]


def _further(question: Question, lost: list[PointResult], *, counts: bool) -> list[Block]:
    """Name the question that an interviewer asks next, and something to read, after a try."""
    lines: list[str] = []
    if counts and question.follow_ups:
        lines.append(f"An interviewer would ask next: {_follow_up(question, lost)}")
    if counts:
        lines += [f"Read: {source(item)}" for item in question.sources[:MOST_STUDY]]
    closing = (
        f"Answer again in full to improve, {ref('reveal')} for the reference, {ref('ask')} for "
        "the next question."
        if lost
        else f"{ref('ask')} for the next question."
    )
    items: list[Block] = [Heading("To go on"), Items(tuple(lines))] if lines else []
    return [*items, Paragraph(closing, quiet=True)]


def _follow_up(question: Question, lost: list[PointResult]) -> str:
    """Return the follow-up on the weightiest lost point that has one, else the first of all."""
    asks: dict[str, str] = {}
    for follow_up in question.follow_ups:
        if follow_up.point is not None:
            asks.setdefault(follow_up.point, follow_up.ask)
    return next((asks[r.id] for r in lost if r.id in asks), question.follow_ups[0].ask)


def _compared(score: float, before: float) -> str:
    if percent(score) == percent(before):
        return f"The same as last time ({percent(before)})."
    direction = "up from" if score > before else "down from"
    return f"That is {direction} {percent(before)} last time."
