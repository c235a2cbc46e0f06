"""What the coach says around practice: greetings and help."""

from collections.abc import Callable, Sequence

from bot.core.accounts.model import Learner
from bot.core.command_refs import ref
from bot.core.commands import Command, Group
from bot.core.practice.model import HeldText
from bot.core.progress.model import Progress
from bot.core.reply import (
    Action,
    Block,
    Choice,
    Heading,
    Items,
    Paragraph,
    Prompt,
    Quote,
    Reply,
)
from bot.core.text_commands import typed_as
from bot.core.words.phrases import (
    counted,
    in_a_sentence,
    percent,
    shortened,
)
from knowledge.bank import QuestionBank
from knowledge.question import Question

AROUND = (
    ("any other text", "your answer to the current question; answer again to improve"),
    ("/quit", "leave; everything is saved"),
)
"""What can be typed at a terminal beside the commands of the table."""

FOR_HOSTS = "For hosts"


def first_welcome(bank: QuestionBank) -> Reply:
    """Greet somebody new."""
    titles = [in_a_sentence(topic.title) for topic in bank.topics]
    return Reply(
        (
            Paragraph(
                f"Welcome to the interview coach. I have {counted(len(bank), 'question')} on "
                f"{counted(len(titles), 'topic')}, from {titles[0]} to {titles[-1]}. Answer in "
                "your own words; I grade the meaning, show which of your sentences earned what, "
                "and remember how you did."
            ),
            Paragraph(
                f"Type {ref('ask')} for a question or {ref('help')} for everything else.",
                quiet=True,
            ),
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
            (*blocks, Paragraph(f"Type {ref('ask')} for the next question.", quiet=True)),
            (Action.ASK,),
        )
    return Reply(
        (*blocks, Paragraph("This question is still open:"), Prompt(still_open.prompt)),
        (Action.ANSWER, Action.HINT, Action.SKIP),
        still_open.id,
    )


def help_for(
    commands: Sequence[Command],
    *,
    hosts: bool,
    typed: Callable[[Command], str] = typed_as,
    more: Sequence[str] = (),
) -> Reply:
    """List what can be asked for, by what it is for.

    Args:
        commands: the command table.
        hosts: whether what is for those who manage a community is listed too.
        typed: says how a command is typed.
        more: lines of hosts that are in no table.
    """
    commands = [each for each in commands if not each.hidden]
    parts = [
        (group.value, [each for each in commands if each.group is group and not each.hosts])
        for group in Group
    ]
    blocks: list[Block] = [Heading("What I can do")]
    for title, found in parts:
        if found:
            lines = tuple(f"{typed(each)}: {each.summary}" for each in found)
            blocks += (Paragraph(title), Items(lines))
    theirs = [f"{typed(each)}: {each.summary}" for each in commands if each.hosts]
    if hosts and (theirs or more):
        blocks += (Paragraph(FOR_HOSTS), Items((*more, *theirs)))
    return Reply(tuple(blocks))


def small_talk() -> Reply:
    """Answer somebody who greets, thanks or praises."""
    how = f"Happy to help. {ref('ask')} brings you a question whenever you like."
    return Reply((Paragraph(how),), (Action.ASK,))


def only_words() -> Reply:
    """Say that a message without plain words cannot be graded."""
    how = "I read plain text only: write your answer as a normal message, and I'll grade it."
    return Reply((Paragraph(how),), (Action.ASK,))


def not_your_message() -> Reply:
    """Say that only one's own messages can be graded."""
    return Reply((Paragraph("I only grade messages you wrote yourself."),))


GRADE_IT, FORGET_IT = "Yes, grade it", "No, forget it"


def shall_i_grade(held: HeldText, question: Question) -> Reply:
    """Ask whether a text is an answer to the question that is open."""
    choices = Choice(GRADE_IT, f"grade {held.id}"), Choice(FORGET_IT, f"grade {held.id} no")
    return Reply(
        (
            Paragraph(f"Shall I grade this as your answer to “{shortened(question.prompt)}”?"),
            Quote(held.text),
            Paragraph(
                "If it is none, just go on: it counts nowhere.",
                quiet=True,
                choices=choices,
                typed=f"{ref(f'grade {held.id}')} grades it, {ref('hint')} helps with it.",
            ),
        ),
        (Action.HINT,),
        question.id,
        ask_id=held.ask_id,
        choices=choices,
    )


def forgotten(question: Question | None, ask_id: int) -> Reply:
    """Say that a text is no answer, and that the question is still open."""
    said = "Forgotten; it counts nowhere."
    if question is None:
        return Reply((Paragraph(said),), (Action.ASK,))
    return Reply(
        (Paragraph(f"{said} The question is still open:"), Prompt(question.prompt)),
        (Action.ANSWER, Action.HINT, Action.SKIP),
        question.id,
        ask_id=ask_id,
    )


def nothing_to_stop(still_open: Question | None, ask_id: int | None) -> Reply:
    """Say to somebody who says stop that nothing runs, and what they can do."""
    if still_open is None:
        return Reply((Paragraph("All right. Come back any time."),), (Action.ASK,))
    return Reply(
        (Paragraph("All right. The question stays open; come back to it any time, or skip it."),),
        (Action.ANSWER, Action.SKIP, Action.ASK),
        still_open.id,
        ask_id=ask_id,
    )


def unknown_command(name: str, meant: str = "") -> Reply:
    """Say that a command does not exist, and which one was probably meant."""
    near = f" Did you mean {ref(meant)}?" if meant else ""
    said = f"There is no command /{shortened(name)}.{near} {ref('help')} lists them all."
    return Reply((Paragraph(said),))
