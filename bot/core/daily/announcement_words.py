"""What a channel is told of its daily question: what will happen, how to take part, how to stop."""

from bot.core.command_refs import ref
from bot.core.daily.plan import Coming, Plan
from bot.core.daily.schedule import EVERY_DAY
from bot.core.daily.words import moment
from bot.core.reply import Heading, Paragraph, Reply
from bot.core.words.captions import WEEKDAYS
from bot.core.words.phrases import counted, listed


def begins(plan: Plan, first: Coming) -> Reply:
    """Tell a channel that a question will come, and that nobody has to do anything."""
    closes = f"after {counted(plan.schedule.open_hours, 'hour')}"
    return Reply(
        (
            Heading("A question to practise on"),
            Paragraph(
                f"Hello, I'm the interview coach. I'll post one interview question here "
                f"{when(plan)}. The first one comes {moment(first.at)}."
            ),
            Paragraph(
                "To take part, press Answer below the question and say it in your own words. Only "
                f"you see your grade. The question closes {closes}; then I'll show everyone a good "
                "answer and how the group did."
            ),
            Paragraph(
                "Join in when you like and stop whenever you like: there's nothing to sign up for. "
                f"Leaderboards show you only if you say so, and {ref('privacy')} shows or deletes "
                "what I keep about you. Whoever runs this channel can pause me at any time.",
                quiet=True,
            ),
        )
    )


def changed(plan: Plan, coming: Coming) -> Reply:
    """Tell a channel that its question comes at another time."""
    said = f"The question now comes {when(plan)}. The next one is due {moment(coming.at)}."
    return Reply((Paragraph(said),))


def when(plan: Plan) -> str:
    """Say on which days and at which time a question comes."""
    schedule = plan.schedule
    days = listed(tuple(WEEKDAYS[day] for day in sorted(schedule.weekdays)))
    named = "every day" if schedule.weekdays == EVERY_DAY else f"every {days}"
    return f"{named} at {schedule.at:%H:%M} ({schedule.zone})"


def channel_told(name: str) -> str:
    """Say to a host that their channel knows."""
    return f"I've told #{name} what will happen."


def channel_not_told(name: str, reason: str) -> str:
    """Say to a host why their channel does not know yet, where nothing can be posted."""
    return f"It's saved, but I can't post in #{name} yet: {reason}."
