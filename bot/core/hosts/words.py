"""Messages in the channel of hosts: one for each thing that waits for them, with what to do."""

from dataclasses import replace

from bot.core.appeals.model import Case
from bot.core.appeals.words import appeal_case
from bot.core.flags.model import QuestionFlag
from bot.core.flags.words import flags
from bot.core.own_questions.model import Contribution
from bot.core.own_questions.words import suggestions
from bot.core.reply import Choice, Heading, Paragraph, Reply
from knowledge.bank import QuestionBank

ACCEPT, DECLINE, LOOK, SEEN_TO = "Accept", "Decline", "Look", "Seen to"
FOR_HOSTS = "The buttons work for those who manage this place."


def appeal_waits(case: Case) -> Reply:
    """Lay an appeal before the hosts."""
    number = case.appeal.id
    return Reply(
        (Heading("An appeal"), *appeal_case(case).blocks, Paragraph(FOR_HOSTS, quiet=True)),
        choices=(
            Choice(ACCEPT, f"appeals accept {number}"),
            Choice(DECLINE, f"appeals decline {number}"),
            Choice(LOOK, "appeals"),
        ),
    )


def flag_waits(flag: QuestionFlag, bank: QuestionBank) -> Reply:
    """Tell the hosts what somebody flagged."""
    return replace(
        flags((flag,), bank),
        choices=(Choice(SEEN_TO, f"flags done {flag.id}"), Choice(LOOK, "flags")),
    )


def suggestion_waits(suggested: Contribution) -> Reply:
    """Lay a question that a member suggests before the hosts."""
    return replace(
        suggestions((suggested,)),
        choices=(
            Choice(ACCEPT, f"questions accept {suggested.id}"),
            Choice(DECLINE, f"questions decline {suggested.id}"),
            Choice(LOOK, "questions suggestions"),
        ),
    )
