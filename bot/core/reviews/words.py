"""Messages about reviews: what is due, how much is left, and when something comes back."""

from dataclasses import replace
from datetime import date

from bot.core.command_refs import ref
from bot.core.reply import Action, Paragraph, Reply
from bot.core.reviews.agenda import Agenda
from bot.core.words.captions import full_date
from bot.core.words.phrases import counted

AHEAD = f"{ref('review ahead')} practises what is not due yet and leaves the schedule as it is."


def review(asked: Reply, left: int) -> Reply:
    """Add to a due question how many more are left today."""
    more = f"{counted(left, 'more review')} left today." if left else "The last one for today."
    return replace(asked, blocks=(*asked.blocks, Paragraph(more, quiet=True)))


def review_ahead(asked: Reply, due: date, today: date) -> Reply:
    """Add to a question that is not due yet when it will be."""
    note = f"Ahead of schedule: it stays due {_when(due, today)}, whatever you answer."
    return replace(asked, blocks=(*asked.blocks, Paragraph(note, quiet=True)))


def nothing_due(day: Agenda) -> Reply:
    """Say that nothing is left to review today, and when the next comes."""
    if day.held_back:
        waits = "1 more is due and waits" if day.held_back == 1 else f"{day.held_back} more wait"
        return _with_ways_on(
            f"You have done {counted(day.done, 'review')} today, all you planned. Well done! "
            f"{waits} until tomorrow; {ref('settings reviews')} changes the number."
        )
    done = "That was the last one for today" if day.done else "Nothing is due today"
    soon = f" The next review is due {_when(day.next_due, day.today)}." if day.next_due else ""
    return _with_ways_on(f"{done}: you are up to date.{soon}")


def nothing_ahead() -> Reply:
    """Say that no question is left that could be practised ahead of schedule."""
    return Reply(
        (
            Paragraph("Nothing is ahead of schedule: every question you know is due or asked."),
            Paragraph(
                f"{ref('review')} brings what is due, {ref('ask')} a new question.", quiet=True
            ),
        ),
        (Action.ASK,),
    )


def nothing_to_review() -> Reply:
    """Explain reviews to somebody who has none yet."""
    return Reply(
        (
            Paragraph(
                "There is nothing to review yet. Each question you answer comes back here, just "
                "before you would forget it."
            ),
            Paragraph(f"Type {ref('ask')} for your first question.", quiet=True),
        ),
        (Action.ASK,),
    )


def _with_ways_on(text: str) -> Reply:
    return Reply(
        (Paragraph(text), Paragraph(f"{AHEAD} {ref('ask')} brings a new question.", quiet=True)),
        (Action.ASK,),
    )


def _when(due: date, today: date) -> str:
    days = (due - today).days
    return "tomorrow" if days == 1 else f"on {full_date(due)}, in {counted(days, 'day')}"
