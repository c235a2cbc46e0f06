"""Messages for hosts: who and what is not ranked, and the log of their acts."""

from collections.abc import Sequence

from bot.core.command_refs import ref
from bot.core.communities.words import NAME, _because
from bot.core.leaderboard.model import Scored
from bot.core.leaderboard.ports import Exclusion
from bot.core.leaderboard.words import NOT_RANKED
from bot.core.reply import Heading, Items, Paragraph, Reply
from bot.core.safe_text import one_line
from bot.core.words import captions
from bot.core.words.phrases import counted


def excluded(name: str) -> Reply:
    """Say that a person is off the boards, and how to undo it."""
    who = one_line(name, NAME)
    return Reply(
        (
            Paragraph(f"{who} no longer appears on the leaderboards here."),
            Paragraph(f"To undo this: {ref(f'include {who}')}. Their points are kept.", quiet=True),
        )
    )


def included(name: str, *, changed: bool) -> Reply:
    """Say that a person is on the boards again."""
    who = one_line(name, NAME)
    again = "is on the leaderboards again." if changed else "was not excluded. Nothing was changed."
    return Reply((Paragraph(f"{who} {again}"),))


def answer_excluded(scored: Scored) -> Reply:
    """Say that an answer earns nothing any more, and how to undo it."""
    return Reply(
        (
            Paragraph(f"Answer {scored.attempt_id} no longer counts for the ranking."),
            Paragraph(f"To undo this: {ref(f'include answer {scored.attempt_id}')}.", quiet=True),
        )
    )


def answer_included(scored: Scored) -> Reply:
    """Say that an answer earns its points again."""
    points = counted(scored.points, "point")
    return Reply((Paragraph(f"Answer {scored.attempt_id} is ranked with {points}."),))


def not_ranked(people: Sequence[Exclusion], answers: Sequence[tuple[Scored, str]]) -> Reply:
    """List who and what is not ranked, with the reasons."""
    if not people and not answers:
        return Reply((Paragraph("Nobody is excluded, and every answer counts."), _how()))
    lines = [f"{one_line(each.name, NAME)}{_because(each.reason)}" for each in people]
    lines += [
        f"Answer {scored.attempt_id} of {one_line(name, NAME) or captions.NAMELESS}: "
        f"{NOT_RANKED[scored.unranked]}"
        for scored, name in answers
        if scored.unranked
    ]
    return Reply((Heading("Not ranked"), Items(tuple(lines)), _how()))


def answers_of(name: str, earned: Sequence[Scored]) -> Reply:
    """List a person's latest answers with the numbers by which they are excluded."""
    who = one_line(name, NAME)
    if not earned:
        return Reply((Paragraph(f"{who} hasn't answered a daily question here yet."),))
    lines = tuple(
        f"Answer {each.attempt_id}: {captions.full_date(each.day)}, "
        + ("not ranked" if each.unranked else counted(each.points, "point"))
        for each in earned
    )
    return Reply((Heading(f"Latest answers of {who}"), Items(lines), _how()))


def _how() -> Paragraph:
    return Paragraph(
        f"{ref('exclude NAME')}, reason takes a person off the boards. "
        f"{ref('exclude answers NAME')} lists their answers, and {ref('exclude answer NUMBER')}, "
        f"reason takes one off. {ref('include')} undoes either.",
        quiet=True,
    )
