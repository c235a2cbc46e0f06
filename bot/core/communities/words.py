"""Messages about what holds for a community, and what its hosts did."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.command_refs import Moment
from bot.core.communities.errors import EXAMPLES
from bot.core.communities.model import AuditEntry, Community
from bot.core.reply import Heading, Items, Paragraph, Reply
from bot.core.safe_text import one_line
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
    hosts = "in a channel of theirs" if community.hosts_channel else "only when they look"
    return Reply(
        (
            Heading("Saved. The rules here" if saved else "The rules here"),
            Items(
                (
                    f"Staff on leaderboards: {staff}",
                    f"Seasons of leaderboards: {seasons}",
                    f"Texts of answers: kept {kept}",
                    f"Hosts hear of appeals, flags and suggestions: {hosts}",
                )
            ),
            Paragraph(f"To change one, type for instance {EXAMPLES}.", quiet=True),
        )
    )


ACTS = {
    "exclude": "excluded from the leaderboards",
    "include": "let back on the leaderboards",
    "add question": "added to the questions",
    "edit question": "edited",
    "retire question": "retired",
    "accept question": "accepted as a question",
    "decline question": "declined as a question",
    "change rule": "set as a rule",
    "set daily": "given a new plan for its daily question",
    "pause daily": "paused",
    "resume daily": "resumed",
    "flag done": "had a flag looked at",
    "appeal accepted": "had an appeal accepted",
    "appeal declined": "had an appeal declined",
}
"""Phrases for acts; one without a phrase is shown by its own name."""


NAME = 60
"""Characters of a name in a line."""


def audit(entries: Sequence[AuditEntry], page: int, pages: int) -> Reply:
    """Show one page of what hosts did, the newest first."""
    if not entries:
        return Reply((Paragraph("Nothing to show yet."),))
    lines = tuple(map(_act, entries))
    count = (Paragraph(f"Page {page} of {pages}.", quiet=True),) if pages > 1 else ()
    return Reply((Heading("What hosts did"), Items(lines), *count))


def _act(entry: AuditEntry) -> str:
    host = one_line(entry.actor, NAME) or "somebody who is gone"
    subject = one_line(entry.about, NAME) or one_line(entry.subject)
    act = ACTS.get(entry.act, one_line(entry.act))
    return f"{_when(entry.at)}, {host}: {subject} {act}{_because(entry.detail)}"


def _when(at: datetime) -> str:
    return str(Moment(at, f"{captions.full_date(at.date())} {at:%H:%M} UTC"))


def _because(reason: str) -> str:
    told = one_line(reason)
    return f" ({told})" if told else ""
