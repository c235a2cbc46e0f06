"""Messages about leaderboards: what answers earned, who sees whom, made-up names."""

import hashlib
from collections.abc import Iterator

from bot.core.calendar.periods import DateRange, Period
from bot.core.command_refs import ref
from bot.core.communities.model import Membership, Visibility
from bot.core.figures import BoardFigures
from bot.core.leaderboard.model import OwnRank, Scored, Unranked
from bot.core.reply import Block, Choice, Heading, Items, Paragraph, Reply
from bot.core.safe_text import one_line
from bot.core.words import captions
from bot.core.words.figures import leaderboard_figures
from bot.core.words.phrases import counted, ordinal, percent

NOT_RANKED = {
    Unranked.COPIED_REFERENCE: "it is the reference answer, nearly word for word",
    Unranked.COPIED_ANSWER: ("it is nearly word for word what somebody else answered before you"),
    Unranked.LOOKED_UP: "you had looked up its reference answer while the question was open",
    Unranked.HOST: "a host took it out",
}

SEEN_AS = {
    Visibility.UNASKED: "not at all until you choose",
    Visibility.NAMED: "by your name",
    Visibility.ANONYMOUS: "by a made-up name that changes with each board's period",
    Visibility.HIDDEN: "not at all",
}

CONSENT = (
    "Want to show up on the leaderboard here? Until you choose, nobody sees you, and you can "
    "change your mind at any time."
)
ALL_RANKS, NEXT_RANKS = "All ranks", "Next page"
HOW_TO_CONSENT = (
    f"{ref('visibility named')} shows your name, {ref('visibility anonymous')} a made-up one, "
    f"{ref('visibility hidden')} nothing."
)

SHOWN = {
    Visibility.NAMED: "Show my name",
    Visibility.ANONYMOUS: "Show a made-up name",
    Visibility.HIDDEN: "Show nothing",
}
QUOTED = {"on": "Quote my answers", "off": "Don't quote me"}
CHOSEN = "✓ "
"""What stands before the choice that holds."""


PERIOD_NAMES = {
    Period.DAY: "day",
    Period.WEEK: "week",
    Period.MONTH: "month",
    Period.SEASON: "season",
    Period.ALL_TIME: "all time",
}


def consents(community_id: int, chosen: Visibility = Visibility.UNASKED) -> tuple[Choice, ...]:
    """Return the ways to be shown in a community, or with 0 in all, with the one that holds."""
    where = f"community {community_id} " if community_id else ""
    return tuple(
        Choice(f"{CHOSEN if each is chosen else ''}{label}", f"visibility {where}{each.value}")
        for each, label in SHOWN.items()
    )


def points_earned(scored: Scored, *, asked: bool) -> tuple[Block, ...]:
    """Tell what an answer earned or why it is not ranked, and ask for consent."""
    told = f"{counted(scored.points, 'point')} on the leaderboard."
    if scored.unranked is not None:
        told = (
            f"This answer is not ranked: {NOT_RANKED[scored.unranked]}. If that is a mistake, a "
            f"host can fix it with {ref(f'include answer {scored.attempt_id}')}."
        )
    consent = Paragraph(CONSENT, choices=consents(scored.community_id), typed=HOW_TO_CONSENT)
    return (Paragraph(told, quiet=True), *((consent,) if asked else ()))


def improved(first: float) -> tuple[Block, ...]:
    """Tell that a later answer to a posted question is better than the first."""
    told = f"Improved: your first answer had {percent(first)}. On the leaderboard the first counts."
    return (Paragraph(told, quiet=True),)


def visibility(chosen: Membership | None, places: int, *, saved: bool = False) -> Reply:
    """Show how others see the learner, and how to change it."""
    if chosen is None:
        nowhere = "Nobody sees you: you are in no community yet. Choose once you are in one."
        return Reply((Paragraph(nowhere),))
    lines = (
        f"On leaderboards others see you {SEEN_AS[chosen.visibility]}",
        "Your answers may be quoted when a question closes"
        if chosen.shares_answers
        else "Your answers are not quoted to others",
    )
    title = "Saved. What others see of you" if saved else "What others see of you"
    everywhere = f", in {counted(places, 'community')}".replace("communitys", "communities")
    where = chosen.community_id if places == 1 else 0
    choices = (*consents(where, chosen.visibility), *_quotes(where, quoted=chosen.shares_answers))
    how = Paragraph(
        "You can change that at any time.",
        quiet=True,
        choices=choices,
        typed=f"To do so: {ref('visibility named')}, anonymous or hidden; "
        f"{ref('visibility quotes on')} or off.",
    )
    heading = Heading(title + (everywhere if places > 1 else ""))
    return Reply((heading, Items(lines), how), choices=choices)


def _quotes(community_id: int, *, quoted: bool) -> Iterator[Choice]:
    where = f"community {community_id} " if community_id else ""
    for switch, label in QUOTED.items():
        holds = quoted is (switch == "on")
        yield Choice(f"{CHOSEN if holds else ''}{label}", f"visibility {where}quotes {switch}")


def period_name(period: Period, days: DateRange) -> str:
    """Return the name of a period with its days, such as 'month, 1 Nov to 30 Nov 2026'."""
    name = PERIOD_NAMES[period]
    if days.start is None or days.end is None:
        return name
    last = days.end - captions.ONE_DAY
    if days.start == last:
        return f"{name}, {captions.full_date(last)}"
    return f"{name}, {captions.short_date(days.start)} to {captions.full_date(last)}"


def leaderboard(
    figures: BoardFigures,
    own: OwnRank | None,
    seen: Visibility,
    page: tuple[int, int] | None,
    *,
    off_the_board: str | None,
    crowned: tuple[Block, ...] = (),
    community_id: int = 0,
) -> Reply:
    """Show a board, and tell the learner alone where they stand.

    Args:
        figures: the rows.
        own: where they stand or would stand.
        seen: how others see them.
        page: the number of the page and how many there are; None for the top and their own rows.
        off_the_board: the reason of the host who took them off it; None when none did.
        crowned: the line about the champions of the period.
        community_id: whose board it is.
    """
    blocks: list[Block] = [*leaderboard_figures(figures).blocks, *crowned]
    if page is not None and page[1] > 1:
        blocks.append(Paragraph(f"Page {page[0]} of {page[1]}.", quiet=True))
    unseen = seen in {Visibility.UNASKED, Visibility.HIDDEN} and own is not None
    ways = consents(community_id, seen) if unseen and off_the_board is None else ()
    how = HOW_TO_CONSENT if ways else ""
    blocks.append(Paragraph(_own(own, seen, off_the_board), choices=ways, typed=how))
    if page is None and figures.learners > len(figures.rows):
        blocks.append(
            Paragraph(f"{ref('leaderboard page 1')} shows everybody in turn.", quiet=True)
        )
    return Reply(tuple(blocks), choices=ways)


def onward(figures: BoardFigures, page: tuple[int, int] | None, board: str) -> tuple[Choice, ...]:
    """Offer the ranks that are not shown: all in turn, or those of the next page.

    Args:
        figures: the rows.
        page: the number of the page and how many there are; None for the top and one's own rows.
        board: what is typed to see the board.
    """
    if page is None:
        more = figures.learners > len(figures.rows)
        return (Choice(ALL_RANKS, f"{board} page 1"),) if more else ()
    number, of = page
    return (Choice(NEXT_RANKS, f"{board} page {number + 1}"),) if number < of else ()


def _own(own: OwnRank | None, seen: Visibility, off_the_board: str | None) -> str:
    if off_the_board is not None:
        reason = one_line(off_the_board)
        return f"A host took you off the leaderboards here{f': {reason}' if reason else ''}."
    if own is None:
        return "No points for you in this period yet: answer the question of the day to earn some."
    rank = f"{ordinal(own.rank)} of {own.of} with {counted(own.points, 'point')}"
    if seen in {Visibility.NAMED, Visibility.ANONYMOUS}:
        return f"You're {rank}."
    choose = CONSENT if seen is Visibility.UNASKED else ""
    return f"Others can't see you here. You'd be {rank}. {choose}".strip()


MANNERS = (
    "Amber Brave Bright Brisk Calm Candid Clear Clever Copper Curious Daring Deft Eager Early "
    "Fair Fond Frosty Gentle Glad Golden Hardy Honest Humble Jolly Keen Kind Lively Lucid Mellow "
    "Merry Mild Misty Modest Nimble Patient Placid Plucky Polite Prompt Quick Quiet Ready Sandy "
    "Serene Sharp Silver Sincere Sly Snowy Sober Solid Spry Steady Sunny Swift Tender Tidy Tough "
    "Vivid Warm Wary Wise Witty Zesty"
).split()

ANIMALS = (
    "Badger Bear Beaver Bison Bittern Crane Cricket Curlew Deer Dolphin Dormouse Dove Eagle Eel "
    "Egret Falcon Ferret Finch Fox Gecko Goose Grouse Hare Hawk Hedgehog Heron Ibex Ibis Jackdaw "
    "Kestrel Kite Lark Lemur Linnet Lizard Lynx Magpie Marten Mole Newt Osprey Otter Owl Panda "
    "Pelican Plover Puffin Quail Rabbit Raven Robin Salmon Seal Shrew Sparrow Stoat Stork Swallow "
    "Swan Swift Thrush Tortoise Vole Weasel"
).split()

NUMBERS = 90
"""Two digits behind the name, from 10: with them two people of thousands rarely share one."""


def pseudonym(seed: str) -> str:
    """Return the made-up name of a seed, always the same one."""
    drawn = int.from_bytes(hashlib.blake2b(seed.encode(), digest_size=8).digest())
    drawn, manner = divmod(drawn, len(MANNERS))
    drawn, animal = divmod(drawn, len(ANIMALS))
    return f"{MANNERS[manner]} {ANIMALS[animal]} {10 + drawn % NUMBERS}"
