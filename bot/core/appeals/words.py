"""Messages about appeals: to the learners who make them and to the hosts who decide."""

from collections.abc import Sequence

from bot.core.appeals.model import LONGEST, Appeal, Case, lost_points
from bot.core.command_refs import ref
from bot.core.forms import MOST_OPTIONS, Field, Form, Option
from bot.core.practice.findings import hint_of
from bot.core.practice.model import Attempt
from bot.core.reply import Block, Choice, Heading, Items, Paragraph, Point, Quote, Reply
from bot.core.safe_text import one_line
from grading.grade import PointResult, PointStatus
from knowledge.question import Question

SAID = {
    PointStatus.COVERED: "covered by now",
    PointStatus.PARTIAL: "only partly made",
    PointStatus.MISSED: "missing",
    PointStatus.CONTRADICTED: "contradicted",
}


WHAT_IS_KEPT = (
    "If a host accepts it, the sentence counts in this community from then on; it is kept without "
    "your name, also when you delete your record."
)


WHO_SEES = "A host takes a look. An accepted sentence is kept without your name."
ELSEWHERE = "elsewhere"
"""What is chosen where no sentence of the answer fits."""


def appeal_form(question: Question, attempt: Attempt, sentences: Sequence[str]) -> Form:
    """Let somebody choose a point of an answer, and the sentence of theirs that makes it."""
    lost = lost_points(attempt.grade) if attempt.grade else ()
    points = tuple(
        Option(result.id, f"{hint_of(question, result)} ({SAID[result.status]})")
        for result in lost[:MOST_OPTIONS]
    )
    offered = sentences[: MOST_OPTIONS - 1]
    chosen = (
        *(Option(str(place), sentence) for place, sentence in enumerate(offered, start=1)),
        Option(ELSEWHERE, "Somewhere else"),
    )
    copied = "For “Somewhere else”: copy the words from your answer, exactly as they are."
    return Form(
        "Appeal this grade",
        (
            Field("point", "Which point did you make?", WHO_SEES, points, _only(points)),
            Field("sentence", "Which of your sentences makes it?", options=chosen),
            Field("words", "Or these words of your answer", copied, most=LONGEST, optional=True),
        ),
        question.prompt,
        attempt.id,
    )


def points_to_appeal(question: Question, attempt: Attempt, mine: Sequence[Appeal]) -> Reply:
    """Number the points without full credit, and list what the learner has appealed."""
    lost = lost_points(attempt.grade) if attempt.grade else ()
    lines = tuple(
        f"{number}. {SAID[result.status]}: {hint_of(question, result)}"
        for number, result in enumerate(lost, start=1)
    )
    choices = tuple(
        Choice(f"Point {number}", f"appeal answer {attempt.id} {number}")
        for number, _ in enumerate(lost, start=1)
    )
    how = f"{ref('appeal 1')} shows your sentences to choose from."
    blocks: list[Block] = [
        Heading(f"“{question.prompt}”: what was not credited in full"),
        Items(lines),
        Paragraph("Did you make one of these?", choices=choices, typed=how),
    ]
    if mine:
        waiting = tuple(f"{appeal.id}. {one_line(appeal.question_id)}" for appeal in mine)
        how = f"{ref(f'appeal withdraw {mine[0].id}')} takes one back."
        blocks += [Heading("Your open appeals"), Items(waiting), Paragraph(how, quiet=True)]
    return Reply(tuple(blocks), question_id=question.id, choices=choices)


def sentences_to_appeal(
    question: Question, point: PointResult, which: tuple[int, int], sentences: Sequence[str]
) -> Reply:
    """Number the learner's sentences, of which one may make the point.

    Args:
        question: what was asked.
        point: what was not credited.
        which: the numbers of the point and of the answer.
        sentences: those of the answer that can be named.
    """
    number, answer = which
    blocks: list[Block] = [
        Paragraph(f"Which of your sentences makes the point behind “{hint_of(question, point)}”")
    ]
    for place, sentence in enumerate(sentences, start=1):
        blocks += [Paragraph(f"{place}."), Quote(sentence)]
    choices = tuple(
        Choice(f"Sentence {place}", f"appeal answer {answer} {number} {place}")
        for place, _ in enumerate(sentences, start=1)
    )
    first = f"{ref(f'appeal {number} 1')} names the first. " if sentences else ""
    how = f"{first}{ref(f'appeal {number}')} with your words quotes a part of your answer."
    asked = Paragraph("Choose one of them.", choices=choices, typed=how)
    blocks += [
        asked if sentences else Paragraph(f"None is short or long enough. {how}"),
        Paragraph(WHAT_IS_KEPT, quiet=True),
    ]
    return Reply(tuple(blocks), question_id=question.id, choices=choices)


def appealed(appeal: Appeal, prompt: str) -> Reply:
    """Say that an appeal was made, and what happens next."""
    return Reply(
        (
            Paragraph(f"Your appeal about “{one_line(prompt)}” is with the hosts:"),
            Quote(appeal.sentence),
            Paragraph(
                f"I'll tell you what they decide. {ref(f'appeal withdraw {appeal.id}')} takes it "
                f"back. {WHAT_IS_KEPT}",
                quiet=True,
            ),
        ),
        choices=(Choice("Take it back", f"appeal withdraw {appeal.id}"),),
    )


def appeal_withdrawn(number: int) -> Reply:
    """Say that an appeal was taken back."""
    return Reply((Paragraph(f"Appeal {number} is withdrawn."),))


def _only(options: Sequence[Option]) -> str:
    """Return the value of the one option that there is, empty where there are more."""
    return options[0].value if len(options) == 1 else ""


def appeals(cases: "Sequence[Case]") -> Reply:
    """List open appeals for a host."""
    if not cases:
        return Reply((Paragraph("No open appeals."),))
    blocks: list[Block] = [Heading("Open appeals")]
    for case in cases:
        blocks += appeal_case(case).blocks
    first = cases[0].appeal.id
    how = (
        f"{ref(f'appeals accept {first}')}, or {ref(f'appeals decline {first}')} and a reason "
        "if you like."
    )
    return Reply((*blocks, Paragraph(how, quiet=True)))


def appeal_case(case: "Case") -> Reply:
    """Lay an appeal before a host: the question, the point, the sentence, what the grader said."""
    blocks: list[Block] = [Paragraph(f"{case.appeal.id}. “{one_line(case.prompt)}”")]
    if case.result is not None:
        said = f"The grader found this point {SAID[case.result.status]}."
        blocks.append(Point(case.result.status, case.result.text, case.result.evidence, said))
    blocks += [Paragraph("The learner says this sentence makes it:")]
    blocks.append(Quote(case.appeal.sentence))
    if not case.known:
        gone = "The question is not in the bank any more: this appeal can only be declined."
        blocks.append(Paragraph(gone))
    return Reply(tuple(blocks))


def appeal_accepted(number: int) -> Reply:
    """Say what follows from an acceptance."""
    return Reply(
        (
            Paragraph(
                f"Appeal {number} is accepted: the sentence counts here from now on. I'm "
                f"regrading earlier answers; anyone who gains will hear from me, and nobody "
                f"loses."
            ),
        )
    )


def appeal_declined(number: int) -> Reply:
    """Say that a learner is told."""
    return Reply((Paragraph(f"Appeal {number} is declined, and the learner has been told."),))
