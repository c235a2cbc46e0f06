"""Messages about flags on questions."""

from collections.abc import Sequence

from bot.core.command_refs import ref
from bot.core.flags.model import MOST_WORDS, FlagKind, QuestionFlag
from bot.core.forms import Field, Form, Option
from bot.core.reply import Block, Choice, Heading, Paragraph, Quote, Reply
from bot.core.safe_text import one_line
from knowledge.bank import QuestionBank

WHAT_IS_THE_MATTER = {
    FlagKind.WRONG: "something is wrong",
    FlagKind.UNCLEAR: "it is unclear",
    FlagKind.OUTDATED: "it is outdated",
}


KINDS = {
    FlagKind.WRONG: "Something in it is wrong",
    FlagKind.UNCLEAR: "It is unclear",
    FlagKind.OUTDATED: "It is outdated",
}


def what_to_flag(answer: int | None) -> Reply:
    """Ask what is the matter with a question, with that of an answer where it is named."""
    about = f"flag answer {answer}" if answer is not None else "flag"
    choices = tuple(Choice(label, f"{about} {kind}") for kind, label in KINDS.items())
    which = "the question" if answer is not None else "the last question"
    how = (
        f"Type {ref('flag wrong')}, unclear or outdated, and a few words if you like, for instance "
        f"{ref('flag unclear The second sentence can be read in two ways.')}"
    )
    asked = Paragraph(f"What's the matter with {which}?", choices=choices, typed=how)
    return Reply((asked,), choices=choices)


def flag_form(prompt: str, answer: int | None) -> Form:
    """Ask in a form what is the matter with a question."""
    kinds = tuple(Option(kind.value, label) for kind, label in KINDS.items())
    remark = "What should be different? A sentence or two helps whoever mends it."
    fields = (
        Field("kind", "What's the matter with it?", options=kinds, value=FlagKind.WRONG.value),
        Field("remark", "In your own words", remark, most=MOST_WORDS, optional=True),
    )
    return Form("Flag this question", fields, prompt, answer)


def flagged(prompt: str, *, in_community: bool) -> Reply:
    """Say that a flag was kept, and who sees it."""
    who = "The hosts will see it" if in_community else "Whoever runs this coach will see it"
    return Reply(
        (
            Paragraph(
                f"Thanks, I've noted that about “{one_line(prompt)}”. {who}, and I'll tell "
                f"you when it's sorted out."
            ),
            Paragraph("To change what you said, flag it again.", quiet=True),
        )
    )


def flags(found: Sequence[QuestionFlag], bank: QuestionBank) -> Reply:
    """List flags for those who can help."""
    if not found:
        return Reply((Paragraph("No open flags."),))
    blocks: list[Block] = [Heading("What was flagged")]
    for flag in found:
        blocks.append(Paragraph(f"{flag.id}. {_about(flag, bank)}"))
        blocks += [Quote(flag.words)] if flag.words else []
    blocks.append(
        Paragraph(
            f"{ref(f'flags done {found[0].id}')} closes it and tells the learner.", quiet=True
        )
    )
    return Reply(tuple(blocks))


def flag_done(number: int) -> Reply:
    """Say that a flag was closed."""
    return Reply((Paragraph(f"Flag {number} is closed, and the learner has been told."),))


def _about(flag: QuestionFlag, bank: QuestionBank) -> str:
    matter = WHAT_IS_THE_MATTER[flag.kind]
    if flag.question_id not in bank:
        return f"{flag.question_id}, which is not in the bank any more: {matter}."
    return f"“{bank.get(flag.question_id).prompt}” ({flag.question_id}): {matter}."
