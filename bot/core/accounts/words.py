"""Messages about accounts and settings, and what can go wrong with them."""

from bot.core.accounts.errors import SETTINGS_EXAMPLES
from bot.core.accounts.model import MINUTES_VALID, LearnerSettings, spelled
from bot.core.command_refs import ref
from bot.core.reply import Heading, Items, Paragraph, Reply
from bot.core.words.phrases import counted, listed


def settings(chosen: LearnerSettings, *, saved: bool = False) -> Reply:
    """Show what the learner chose, and how to change it."""
    zone = chosen.zone or "not chosen, so your days follow UTC"
    return Reply(
        (
            Heading("Saved. Your settings" if saved else "Your settings"),
            Items(
                (
                    f"Time zone: {zone}",
                    f"Your day starts at {chosen.day_starts:02}:00",
                    f"At most {counted(chosen.reviews_a_day, 'review')} a day",
                    f"Reminders: {'on' if chosen.reminders else 'off'}",
                )
            ),
            Paragraph(
                f"To change one, type for instance {listed(SETTINGS_EXAMPLES, 'or')}.", quiet=True
            ),
            Paragraph(
                f"What others see of you: {ref('visibility')} shows and changes it.", quiet=True
            ),
        )
    )


def link_code(code: str) -> Reply:
    """Show the code and where to use it."""
    return Reply(
        (
            Paragraph(f"Your code is {spelled(code)}."),
            Paragraph(
                f"Within {MINUTES_VALID} minutes, send {ref(f'link {spelled(code)}')} from your "
                "other account. Your records then become one. Give the code to nobody else: "
                "whoever uses it shares your record.",
                quiet=True,
            ),
        )
    )


def linked() -> Reply:
    """Say that two accounts are one now."""
    return Reply(
        (Paragraph("Both accounts are linked. From now on they share one record and progress."),)
    )
