"""Feedback on an answer: verdict, what is wrong, points with evidence, what next; then details."""

from itertools import takewhile

from bot.core.command_refs import ref
from bot.core.practice.model import Attempt
from bot.core.reply import (
    Action,
    Block,
    Choice,
    Contrast,
    Heading,
    Items,
    Paragraph,
    Point,
    Quote,
    Reply,
    Score,
)
from bot.core.words.phrases import BAND_NAMES, counted, percent, source
from grading.grade import Band, Flag, Grade, OpinionOutcome, PointResult, PointStatus
from knowledge.bank import QuestionBank
from knowledge.question import PointRole, Question, fold

MISSING, FURTHER = "What is missing", "To go further"
DETAILS = (Heading(MISSING), Heading(FURTHER))
"""Headings with which the details begin, behind what fits a phone."""


def points(question: Question, grade: Grade) -> list[Block]:
    """Show each point that was asked for once, wrong ones first and missing ones as hints only.

    A bonus that was not made is named where nothing else is missing. Nothing is listed for an
    answer that earned nothing and says nothing wrong: every point would be missing.
    """
    wrong = _wrong(grade)
    if not grade.score and not wrong:
        return []
    earned = [
        _earned(question, result)
        for result in grade.points
        if result.status in {PointStatus.COVERED, PointStatus.PARTIAL}
    ]
    missing = [
        Point(
            each.status,
            hint_of(question, each),
            each.evidence,
            UNSURE if each.unsure else None,
            claim=each.id,
        )
        for each in _missed(question, grade)
    ]
    further = [
        Point(result.status, hint_of(question, result))
        for result in grade.points
        if result.status is PointStatus.MISSED and not missing and result.id in _bonus(question)
    ]
    return [
        *_under("What is wrong", wrong),
        *_under("What earned credit", earned),
        *_under(MISSING, missing),
        *_under(FURTHER, further),
    ]


def claimable(grade: Grade) -> tuple[PointResult, ...]:
    """Return the points of which the author of an answer may say that they made them."""
    short = {PointStatus.MISSED, PointStatus.PARTIAL}
    return tuple(result for result in grade.points if result.status in short)


def own_view(hint: str, *, kept: bool) -> Reply:
    """Say that a learner's own view of a point is kept beside the grade, or no longer."""
    if kept:
        said = f"Kept as your own view: you did make “{hint}”. The grade stays as it is."
    else:
        said = f"Taken back: “{hint}” stands as it was graded."
    return Reply((Paragraph(said, quiet=True),))


def hint_of(question: Question, result: PointResult) -> str:
    """Return the hint for a graded point; its text where the question no longer has the point."""
    known = {point.id: point.hint for point in question.key_points}
    return known.get(result.id, result.text)


def _missed(question: Question, grade: Grade) -> list[PointResult]:
    """Return the points that were asked for and not made; none once enough of them were."""
    asked = [result for result in grade.points if result.id not in _bonus(question)]
    made = sum(result.status is PointStatus.COVERED for result in asked)
    if question.enough is not None and made >= question.enough:
        return []
    return [result for result in asked if result.status is PointStatus.MISSED]


def _bonus(question: Question) -> set[str]:
    return {point.id for point in question.key_points if point.role is PointRole.BONUS}


def _under(heading: str, blocks: list[Point] | list[Contrast]) -> list[Block]:
    return [Heading(heading), *blocks] if blocks else []


def _earned(question: Question, result: PointResult) -> Point:
    note = None
    if result.unsure:
        note = CLEARER if result.status is PointStatus.COVERED else UNSURE
    elif result.status is PointStatus.PARTIAL:
        note = f"Be more precise. {hint_of(question, result)}"
    claim = result.id if result.status is PointStatus.PARTIAL else ""
    return Point(result.status, result.text, result.evidence, note, claim)


def _wrong(grade: Grade) -> list[Contrast]:
    """Lay each wrong sentence beside the points that it contradicts and what explains the mistake.

    A misconception joins the points that its sentence contradicts; one that contradicts no point
    stands alone, with its correction for the truth.
    """
    contrasts: list[Contrast] = []
    for result in grade.points:
        if result.status is PointStatus.CONTRADICTED:
            _lay(contrasts, Contrast(result.evidence, (result.text,)))
    for hit in grade.misconceptions:
        joined = any(_same(hit.evidence, contrast.wrote) for contrast in contrasts)
        truths, reasons = ((), (hit.correction,)) if joined else ((hit.correction,), ())
        _lay(contrasts, Contrast(hit.evidence, truths, reasons))
    return contrasts


def _lay(contrasts: list[Contrast], new: Contrast) -> None:
    """Add a contrast, to the one about the same sentence if there is one; say nothing twice."""
    for place, old in enumerate(contrasts):
        if _same(old.wrote, new.wrote):
            wrote = max(old.wrote or "", new.wrote or "", key=len)
            said = {fold(text) for text in (*old.truths, *old.reasons)}
            truths = tuple(text for text in new.truths if fold(text) not in said)
            reasons = tuple(text for text in new.reasons if fold(text) not in said)
            contrasts[place] = Contrast(wrote, old.truths + truths, old.reasons + reasons)
            return
    contrasts.append(new)


def _same(one: str | None, other: str | None) -> bool:
    """Whether two pieces of evidence are one sentence, or one is a clause of the other."""
    if not one or not other:
        return False
    return one in other or other in one


VERDICTS = {
    Band.STRONG: "Strong answer: you made the points an interviewer listens for.",
    Band.GOOD: "Good answer: the essentials are there.",
    Band.PARTIAL: "You're on your way: part of the answer is there.",
    Band.WEAK: "A start, but most of the answer is missing.",
    Band.NONE: "That doesn't answer the question yet.",
}

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
    PointStatus.MISSED: "add a sentence on",
    PointStatus.CONTRADICTED: "correct what you say on",
    PointStatus.PARTIAL: "be more precise on",
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
    late: bool = False,
) -> Reply:
    """Give feedback on a graded attempt.

    Args:
        question: what was asked.
        bank: names the question that an off-topic answer would rather answer.
        attempt: has a grade.
        previous: the learner's last graded attempt at the same question before this one.
        late: the grade was completed at a later start than the answer.
    """
    grade = attempt.grade
    assert grade is not None  # noqa: S101 only graded attempts come here
    blocks: list[Block] = []
    if late:
        blocks += [
            Paragraph("Your earlier answer has been graded now."),
            Heading(question.prompt),
            Quote(attempt.answer),
        ]
    blocks += [Score(grade.score, grade.band, BAND_NAMES[grade.band]), *_verdict(grade, bank)]
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
    judged = points(question, grade)
    first = list(takewhile(lambda block: block not in DETAILS, judged))
    lost = _lost(question, grade)
    blocks += [*first, *_next_step(question, lost)]
    details = len(blocks)
    blocks += [*judged[len(first) :], *_further(question, lost, counts=attempt.counts)]
    doubts = [Choice(FLAG, f"flag answer {attempt.id}")]
    if attempt.community_id is not None and _lost(question, grade):
        doubts.insert(0, Choice(APPEAL, f"appeal answer {attempt.id}"))
        how = f"{ref('appeal')} asks a host to take a look."
        blocks.append(
            Paragraph("Did I miss a point you made?", quiet=True, choices=(doubts[0],), typed=how)
        )
    actions = (Action.RETRY, Action.HINT, Action.REVEAL, Action.ASK)
    return Reply(
        tuple(blocks),
        actions,
        question.id,
        ask_id=attempt.ask_id,
        attempt_id=attempt.id,
        choices=tuple(doubts),
        details=details,
    )


def _verdict(grade: Grade, bank: QuestionBank) -> list[Block]:
    """Say what the grade means, and the reason where a flag decided it."""
    remarks = [FLAG_REMARKS[flag] for flag in grade.flags]
    if grade.closest_question is not None and grade.closest_question in bank:
        remarks.append(
            f"It sounds like an answer to “{bank.get(grade.closest_question).prompt}” "
            f"({ref(f'ask {bank.get(grade.closest_question).slug}')})."
        )
    opposed = sum(p.status is PointStatus.CONTRADICTED for p in grade.points)
    if opposed:
        remarks.append(f"On {counted(opposed, 'key point')} you say the opposite of what is true.")
    if grade.score or not remarks:
        remarks.insert(0, VERDICTS[grade.band])
    return [Paragraph(" ".join(remarks))]


def _next_step(question: Question, lost: list[PointResult]) -> list[Block]:
    """Name the one improvement."""
    lines = tuple(_improvement(question, result) for result in lost[:1])
    return [Heading("Next"), Items(lines)] if lines else []


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


def _lost(question: Question, grade: Grade) -> list[PointResult]:
    """Return what cost something: the weightiest points first, half-made ones last."""
    missed = _missed(question, grade)
    spoken_of = {PointStatus.CONTRADICTED, PointStatus.PARTIAL}
    lost = [r for r in grade.points if r.status in spoken_of or r in missed]
    return sorted(lost, key=lambda result: (result.status is PointStatus.PARTIAL, -result.weight))


def _improvement(question: Question, result: PointResult) -> str:
    return f"Improve first: {IMPROVEMENTS[result.status]} “{hint_of(question, result)}”"


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
