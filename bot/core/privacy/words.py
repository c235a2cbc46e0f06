"""Messages about what is stored of a person."""

from datetime import timedelta

from bot.core.command_refs import ref
from bot.core.privacy.model import Terms
from bot.core.reply import Attachment, Choice, Heading, Items, Paragraph, Reply
from bot.core.words.phrases import counted

STORED = (
    "Your account's id and name on this platform, to know you again.",
    "The questions you were asked and your answers with their grades, to give you feedback, to "
    "choose what comes next and to show your progress.",
    "What follows from your answers, such as when a question comes back, how strong you are in a "
    "topic, on which days you answered, and your mock interviews.",
    "Your settings, such as your time zone, so that your day begins when you say, and when you "
    "moved to another one, so that no streak suffers.",
    "What you flagged and appealed, so that a host can answer, and what you were told since.",
    "Where you take part, under which name, what others may see there, into which discussions you "
    "were let, and of which months you were the champion.",
)


def privacy(terms: Terms, outside: str | None = None) -> Reply:
    """Say what is stored, why, for how long, and what the learner can do about it.

    `outside` says in words to whom sentences of answers are sent, if to anybody.
    """
    return Reply(
        (
            Heading("What I store about you, and why"),
            Items(STORED),
            Heading("For how long"),
            Items(
                (
                    _answers(terms.answer_days),
                    *_departures(counted(terms.departure_days, "day")),
                    _copies(terms),
                )
            ),
            Paragraph(
                f"{_graded(outside)} What counts a question's difficulty names nobody and stays, "
                "and so does a sentence of yours that a host accepted as a wording of a key "
                "point. A question of yours that a community took stays too: it no longer says "
                "from whom. What you suggested and no host took goes with you."
            ),
            Paragraph(
                "When a host has decided on an appeal of yours, whoever runs me may use that "
                "answer, without your name, to teach the grader. To keep yours out, type "
                f"{ref('visibility hidden')} in the community where you gave it."
            ),
            Paragraph(
                f"{ref('privacy export')} writes everything to a file; {ref('privacy delete')} "
                "deletes it.",
                quiet=True,
            ),
        ),
        choices=(
            Choice("Export everything", "privacy export"),
            Choice("Delete everything", "privacy delete"),
        ),
    )


def exported(file: Attachment) -> Reply:
    """Hand out the export."""
    return Reply(
        (
            Paragraph("Everything I know about you is in this file."),
            Paragraph("Your answers are in it: keep it where only you can read it.", quiet=True),
        ),
        files=(file,),
    )


def nothing_stored() -> Reply:
    """Say that there is nothing to delete."""
    return Reply((Paragraph("I store nothing about you."),))


def confirm_deletion(code: str, valid: timedelta) -> Reply:
    """Say what would go, and how to confirm it."""
    minutes = int(valid.total_seconds() // 60)
    return Reply(
        (
            Paragraph(
                "This deletes your accounts, your answers with their grades, your progress and "
                "your settings, on every platform that you linked. It cannot be undone."
            ),
            Paragraph(
                f"To confirm, type {ref(f'privacy delete {code}')} within "
                f"{counted(minutes, 'minute')}. To keep a copy first, type {ref('privacy export')}."
            ),
        ),
        choices=(
            Choice("Delete everything for good", f"privacy delete {code}", grave=True),
            Choice("Export everything first", "privacy export"),
        ),
    )


def deleted(terms: Terms) -> Reply:
    """Say that everything is gone, and what is not yet."""
    return Reply(
        (
            Paragraph("Everything I stored about you is deleted."),
            Paragraph(
                f"{_copies(terms)} If you write to me again, we start from scratch.", quiet=True
            ),
        )
    )


def _answers(days: int | None) -> str:
    if days is None:
        return (
            "Your answers stay until you delete them, unless the community where you gave one has "
            "set a time; its text goes then, its score stays."
        )
    return (
        f"The text of an answer goes after {counted(days, 'day')}, or when the community where you "
        "gave it says so; its score stays."
    )


def _departures(days: str) -> tuple[str, str]:
    return (
        f"Once I find that you left a community, you're off its boards. {days} later your name, "
        "your points and your choices there go; come back before, and everything is as it was. "
        f"When a community removes me, what tied you to it goes after {days} too. Your own "
        "progress stays yours.",
        "Nobody tells me who leaves. So I look up who stands on a leaderboard before I show it, "
        "and everybody in turn meanwhile; where I get no answer, nothing changes. If you leave and "
        f"want it all gone at once, {ref('privacy delete')} works in a private message too.",
    )


def _graded(outside: str | None) -> str:
    if outside is None:
        return "Your answers are graded on this machine and sent to nobody."
    return (
        "Your answers are graded on this machine. When I am not sure about a sentence of yours, I "
        f"send it, without your name, to {outside} for a second opinion."
    )


def _copies(terms: Terms) -> str:
    return (
        "I make copies of the whole database from time to time; they may still hold what was "
        f"deleted since, and I remove them after {counted(terms.backup_days, 'day')}. Copies that "
        "the operator makes are theirs to remove. If a copy is ever put back, whoever was deleted "
        "since is deleted from it first: for that I keep a sealed mark of the account, and when."
    )
