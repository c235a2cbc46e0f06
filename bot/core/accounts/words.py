"""Messages about accounts and settings."""

from bot.core.accounts.model import MINUTES_VALID, LearnerSettings, spelled
from bot.core.accounts.settings import EXAMPLES, SETTINGS
from bot.core.command_refs import ref
from bot.core.reply import Heading, Items, Paragraph, Reply
from bot.core.words.phrases import listed


def settings(chosen: LearnerSettings, *, saved: bool = False) -> Reply:
    """Show what the learner chose, and how to change it."""
    return Reply(
        (
            Heading("Saved. Your settings" if saved else "Your settings"),
            Items(tuple(each.said(each.chosen(chosen)) for each in SETTINGS)),
            Paragraph(f"To change one, type for instance {listed(EXAMPLES, 'or')}.", quiet=True),
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
