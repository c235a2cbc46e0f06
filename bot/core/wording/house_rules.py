"""Messages about what holds for a community as a whole."""

from bot.core.community import Community
from bot.core.errors.communities import EXAMPLES
from bot.core.reply import Heading, Items, Paragraph, Reply
from bot.core.words import captions
from bot.core.words.phrases import counted


def house_rules(community: Community, *, saved: bool = False) -> Reply:
    """Tell the rules of a community, and how to change one."""
    staff = "ranked like everybody" if community.staff_ranked else "not ranked"
    seasons = "the quarters of the year"
    if community.seasons_start is not None:
        seasons = f"three months each, the first from {captions.full_date(community.seasons_start)}"
    kept = "for as long as the coach keeps them"
    if community.retention_days is not None:
        kept = f"for {counted(community.retention_days, 'day')}, then only the grade stays"
    return Reply(
        (
            Heading("Saved. The rules here" if saved else "The rules here"),
            Items(
                (
                    f"Staff on leaderboards: {staff}",
                    f"Seasons of leaderboards: {seasons}",
                    f"Texts of answers: kept {kept}",
                )
            ),
            Paragraph(f"To change one, type for instance {EXAMPLES}.", quiet=True),
        )
    )
