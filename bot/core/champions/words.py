"""Messages about the champion of the month."""

from collections.abc import Sequence
from datetime import date

from bot.core.command_refs import ref
from bot.core.reply import Block, Heading, Paragraph, Reply
from bot.core.words.phrases import listed

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def champion_role(name: str) -> Reply:
    """Tell a host what happens with the role that they chose, and whom it uncovers."""
    return Reply(
        (
            Heading("The champion of the month"),
            Paragraph(
                f"When a month closes, {name} goes to whoever came first on the server's board, "
                f"and the last champion loses it. If several people share first place, they all "
                f"get it."
            ),
            Paragraph(
                "A role shows who earned it, so it only goes to people who show their name on the "
                f"board, and they lose it if they stop. This month is the first. "
                f"{ref('coach champion')} without a role turns it off.",
                quiet=True,
            ),
        )
    )


def no_champion_role() -> Reply:
    """Tell a host that no role is given any more."""
    told = "Champions no longer get a role. Anyone who has it loses it within a few minutes."
    return Reply((Paragraph(told),))


def champions(names: Sequence[str], month: date) -> tuple[Block, ...]:
    """Name the champions of a month in one line; nothing where there are none to name."""
    if not names:
        return ()
    who = "Champion" if len(names) == 1 else "Champions"
    return (Paragraph(f"{who} of {MONTHS[month.month - 1]}: {listed(tuple(names))}"),)
