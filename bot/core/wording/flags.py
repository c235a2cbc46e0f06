"""Messages about flags on questions."""

from collections.abc import Sequence

from bot.core.display import one_line
from bot.core.errors.flags import FlagTooLong, NothingToFlag, TooManyFlags, UnclearFlag, UnknownFlag
from bot.core.flag import FlagKind, QuestionFlag
from bot.core.reply import Block, Heading, Paragraph, Quote, Reply
from bot.core.wording.errors import sentence_of
from bot.core.wording.phrases import counted, shortened
from knowledge.bank import QuestionBank

WHAT_IS_THE_MATTER = {
    FlagKind.WRONG: "something is wrong",
    FlagKind.UNCLEAR: "it is unclear",
    FlagKind.OUTDATED: "it is outdated",
}

HOW_TO_FLAG = "/flag unclear The second sentence can be read in two ways."


def flagged(prompt: str, *, in_community: bool) -> Reply:
    """Say that a flag was kept, and who sees it."""
    who = "The hosts see it" if in_community else "Whoever runs this coach sees it"
    return Reply(
        (
            Paragraph(f"Noted about “{one_line(prompt)}”. {who}, and you hear when it was done."),
            Paragraph("To change what you said, flag it again.", quiet=True),
        )
    )


def flags(found: Sequence[QuestionFlag], bank: QuestionBank) -> Reply:
    """List flags for those who can help."""
    if not found:
        return Reply((Paragraph("Nothing is flagged at the moment."),))
    blocks: list[Block] = [Heading("What was flagged")]
    for flag in found:
        blocks.append(Paragraph(f"{flag.id}. {_about(flag, bank)}"))
        blocks += [Quote(flag.words)] if flag.words else []
    blocks.append(Paragraph(f"/flags done {found[0].id} closes one and says so.", quiet=True))
    return Reply(tuple(blocks))


def flag_done(number: int) -> Reply:
    """Say that a flag was closed."""
    return Reply((Paragraph(f"Flag {number} is done, and the learner is told."),))


def _about(flag: QuestionFlag, bank: QuestionBank) -> str:
    matter = WHAT_IS_THE_MATTER[flag.kind]
    if flag.question_id not in bank:
        return f"{flag.question_id}, which is not in the bank any more: {matter}."
    return f"“{bank.get(flag.question_id).prompt}” ({flag.question_id}): {matter}."


@sentence_of.register
def _(_: UnclearFlag) -> str:
    return (
        "Say what is the matter with the last question: wrong, unclear or outdated, and a few "
        f"words if you like, for instance {HOW_TO_FLAG}"
    )


@sentence_of.register
def _(problem: FlagTooLong) -> str:
    return (
        f"That remark has {problem.length:,} characters, and nothing was noted. Say it in "
        f"{problem.most}."
    )


@sentence_of.register
def _(_: NothingToFlag) -> str:
    return "I have not asked you anything yet, so there is nothing to flag. Type /ask first."


@sentence_of.register
def _(problem: TooManyFlags) -> str:
    return (
        f"You flagged {counted(problem.most, 'question')} within a day, and this one was not "
        "noted. Flag it tomorrow."
    )


@sentence_of.register
def _(problem: UnknownFlag) -> str:
    return (
        f"No open flag here has the number {shortened(problem.words)!r}. /flags lists them, and "
        "/flags done with a number closes one."
    )
